"""Wikitext to the paragraphs of a report: links and marks of style keep their words, templates go but for those that have any.

The parser needs time that grows with the square of what is opened and never closed, so a page is parsed section by
section and what opens something is counted before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sayso.errors import TooMuchInput
from sayso.reading.dates import published

MOST_IN_SECTION, MOST = 1_000, 5_000
"""Links, templates and elements of a section, and of a page: a second or two at the worst. Reports have some dozens."""

_HEADING = re.compile(r"^(={1,6})([^=\n]+)\1[ \t]*$", re.MULTILINE)
_OPENS = re.compile(r"\{\{|\{\||\[|<|''")
_CATEGORY = re.compile(r"\[\[\s*category\s*:\s*([^\]|\n]{1,200})", re.IGNORECASE)
_REDIRECT = re.compile(r"\s*#\s*redirect\b", re.IGNORECASE)
_FILE = re.compile(r"\s*(?:file|image|media|category)\s*:", re.IGNORECASE)
_OTHER_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8})?:")
_PREFIX = re.compile(r":?(?:[a-z]{1,12}:){0,2}")
_BREAK = "\n\n"


class Wikitext(NamedTuple):
    """A page as it is read: its paragraphs, lists' items and headings among them; the day as an ISO date."""

    paragraphs: tuple[str, ...]
    published: str | None
    categories: tuple[str, ...]


def is_redirect(raw: str) -> bool:
    return _REDIRECT.match(raw) is not None


def read_wikitext(raw: str, *, name: str) -> Wikitext:
    """What the page says. The date of a `{{date}}` is its first paragraph too, as it is on the page.

    Raises TooMuchInput for what would take too long.
    """
    if sum(1 for _ in _OPENS.finditer(raw)) > MOST:
        raise TooMuchInput(name, f"more than {MOST:,} links, templates and elements")
    paragraphs: list[str] = []
    days: list[str] = []
    for heading, body in _sections(raw):
        if sum(1 for _ in _OPENS.finditer(body)) > MOST_IN_SECTION:
            raise TooMuchInput(name, f"more than {MOST_IN_SECTION:,} links, templates and elements in one section")
        paragraphs += _paragraphs(_plain(_parse(heading), days) + _BREAK + _plain(_parse(body), days))
    categories = dict.fromkeys(" ".join(found[1].split()) for found in _CATEGORY.finditer(raw))
    day = next((iso for written in days if (iso := published(written))), None)
    return Wikitext((*days[:1], *paragraphs) if paragraphs else (), day, tuple(categories))


def _sections(raw: str) -> Iterator[tuple[str, str]]:
    """Heading and text of each section of the report; before the first heading there is none."""
    cut: int | None = None
    heading, level, start = "", 0, 0
    for found in (*_HEADING.finditer(raw), None):
        if cut is None:
            yield heading, raw[start : found.start() if found else len(raw)]
        if found is None:
            return
        heading, level, start = found[2].strip(" \t"), len(found[1]), found.end()
        if cut is None or level <= cut:
            cut = level if heading.strip(" ':").lower() in _data()["sections"]["cut"] else None


def _parse(text: str) -> Any:
    import mwparserfromhell

    return mwparserfromhell.parse(text)


def _plain(code: Any, days: list[str]) -> str:
    """The words of some wikitext; a dated template's day is added to `days`."""
    return "".join(_words(node, days) for node in code.nodes)


def _words(node: Any, days: list[str]) -> str:
    from mwparserfromhell import nodes

    if isinstance(node, nodes.Text):
        return str(node.value)
    if isinstance(node, nodes.HTMLEntity):
        return str(node.normalize())
    if isinstance(node, nodes.Wikilink):
        return _link(node, days)
    if isinstance(node, nodes.ExternalLink):
        return _plain(node.title, days) if node.title is not None else ""
    if isinstance(node, nodes.Tag):
        return _element(node, days)
    return _template(node, days) if isinstance(node, nodes.Template) else ""


def _link(node: Any, days: list[str]) -> str:
    title = str(node.title)
    if _FILE.match(title):
        return ""
    if node.text is not None:
        return _plain(node.text, days)
    if _OTHER_LANGUAGE.match(title):  # the same report in another language's wiki
        return ""
    return title[_PREFIX.match(title).end() :].strip()  # type: ignore[union-attr]  # it matches the empty string


def _element(node: Any, days: list[str]) -> str:
    tag = str(node.tag).strip().lower()
    if tag in _data()["elements"]["cut"]:
        return ""
    if tag == "br":
        return "\n"
    if (node.wiki_markup and node.contents is None) or tag in ("li", "dd", "dt", "p", "div", "blockquote", "hr"):
        return _BREAK + (_plain(node.contents, days) + _BREAK if node.contents else "")
    return _plain(node.contents, days) if node.contents is not None else ""


def _template(node: Any, days: list[str]) -> str:
    name = str(node.name).strip().lower()
    dated = _data()["dates"].get(name)
    if dated is not None and node.has(dated):
        days.append(" ".join(_plain(node.get(dated).value, []).split()))
    shown = (one for one in _data()["words"].get(name, ()) if node.has(one))
    first = next(shown, None)
    return "" if first is None else _plain(node.get(first).value, days).strip()


def _paragraphs(text: str) -> list[str]:
    """Paragraphs with single spaces; lines that are not apart are one, as on the page."""
    found = (" ".join(one.split()) for one in re.split(r"\n[ \t]*\n", text))
    return [one for one in found if one]


@cache
def _data() -> dict[str, Any]:
    source = files("sayso.reading").joinpath("wikitext.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    cut = {
        "sections": {"cut": frozenset(data["sections"]["cut"])},
        "elements": {"cut": frozenset(data["elements"]["cut"].split())},
    }
    return {**data, **cut}
