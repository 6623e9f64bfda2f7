"""Media as origins: agencies and channels by name, and the agency under whose name an article stands.

Names and kinds are those of the coder's `lexicon/channels.toml`; `media.toml` says which names are one, and what carries
anybody's words and so is nobody's voice.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sayso.coding.agents import singular
from sayso.coding.tables import table
from sayso.errors import LexiconError
from sayso.gazetteer.countries import country_of
from sayso.gazetteer.normal import normal
from sayso.reading.dateline import dateline
from sayso.records import Article, OriginKind

FILE = Path(__file__).parent / "media.toml"

_MARKS = "“”\"'‘’«»„ "
_BRACKETS = re.compile(r"\(([^()]{2,60})\)|/([^/]{2,40})/")
_FORWARDED = re.compile(r"\W{0,4}forwarded (?:message )?from:?\s+(.{1,60})", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.&'’-]*(?:[ -][A-Z][\w.&'’-]*){0,3}")
_PARTS = re.compile(r"\s*(?:[,;/|&]|\s-\s|\bby\b|\bwith\b|\band\b|\bfor\b|\bin\b)\s*", re.IGNORECASE)


class Medium(NamedTuple):
    """A medium: its name in normal form, its name for display, and which kind of origin it is."""

    key: str
    name: str
    kind: OriginKind


@cache
def words() -> dict[str, Any]:
    """`media.toml`. Raises LexiconError where it cannot be read."""
    try:
        return tomllib.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{FILE.name}: {error}") from error


@cache
def _known() -> dict[str, tuple[str, str]]:
    """By every name in normal form: the first name, and the kind of channel."""
    same = {normal(other): name for name, others in words()["same"].items() for other in (name, *others)}
    found: dict[str, tuple[str, str]] = {}
    for row in table("channels")["channel"]:
        for name in row.get("names", ()):
            found.setdefault(normal(name), (same.get(normal(name), name), row["kind"]))
    for other, name in same.items():
        found.setdefault(other, found.get(normal(name), (name, "agency")))
    return found


@cache
def _endings() -> dict[str, str]:
    return {normal(end): row["kind"] for row in table("channels")["channel"] for end in row.get("endings", ())}


def bare(name: str) -> str:
    """The name without quotation marks, article, and the noun for what the medium is: "the Pelikan news agency" → "Pelikan"."""
    left = name.strip(_MARKS).removeprefix("the ").removeprefix("The ")
    for noun in sorted(words()["words"]["nouns"], key=len, reverse=True):
        rest = left[: -len(noun)].strip(_MARKS + ",") if left.lower().endswith(" " + noun) else ""
        if rest:
            return rest
        rest = left[len(noun) :].strip(_MARKS + ",") if left.lower().startswith(noun + " ") else ""
        if rest:
            return rest
    return left


def is_platform(kind: str) -> bool:
    """Whether a kind of channel carries anybody's words."""
    return kind in words()["kinds"]["platforms"]


def is_platform_name(name: str) -> bool:
    """Whether a name is of a platform: Twitter brought the word and is not whose it is."""
    known = _known().get(normal(name))
    return known is not None and is_platform(known[1])


def medium(name: str, kind: str | None = None) -> Medium | None:
    """The medium of this name, or None where it is none with a voice of its own: a platform, or a noun without a name.

    `kind`: that of the channel where the coding has it; without it the name must be known, or end as media's names do.
    """
    whole = name.strip(_MARKS).removeprefix("the ").removeprefix("The ")
    known = _known().get(normal(whole)) or _known().get(normal(bare(name)))
    if known is not None:
        return None if _is_bare_platform(known) else _made(*known)
    by_end = _endings().get(normal(whole).rpartition(" ")[2]) if " " in whole else None
    told = by_end or kind
    if told is None or is_platform(told) or told in words()["kinds"]["documents"] or not _is_name(bare(name)):
        return None
    return _made(bare(name), told)


def _is_bare_platform(known: tuple[str, str]) -> bool:
    name, kind = known
    return is_platform(kind) or normal(name) == kind


def _is_name(name: str) -> bool:
    return any(c.isupper() for c in name) and normal(name) not in words()["words"]["nouns"]


def _made(name: str, kind: str) -> Medium:
    return Medium(normal(name), name, "agency" if kind in words()["kinds"]["agencies"] else "channel")


def state_medium(phrase: str) -> str | None:
    """ "State television" and the like: what it is called; None for others."""
    plain = " ".join(singular(w) if w != "media" else w for w in normal(phrase).removeprefix("the ").split())
    return next((one for one in words()["words"]["state"] if plain == one or plain.endswith(" " + one)), None)


def is_document(phrase_head: str) -> bool:
    """Whether the noun, in the singular, is of writing or recordings."""
    return phrase_head in words()["documents"]["nouns"].split()


def signed_by(article: Article) -> Medium | None:
    """The agency in the article's dateline or byline, or the channel from which a message was passed on; None without.

    "ALMATY, Jan 6 (Reuters) -", "MOSCOW, January 6. /TASS/.", a byline "AFP" or "Jane Roe, Reuters", "Forwarded from …". A message
    that was passed on is known by its byline alone; exports of messengers that say so elsewhere are not read.
    """
    return _passed_on(article) or _in_dateline(article) or _in_byline(article.byline or "")


def _passed_on(article: Article) -> Medium | None:
    blocks = [block.span.of(article.text) for block in article.blocks if block.kind == "byline"]
    for line in (*blocks, article.byline or "", *article.categories):
        found = _FORWARDED.match(line)
        if found and found[1].strip():
            known = medium(found[1])
            name = known.name if known else found[1].strip(_MARKS)
            return Medium(normal(name), name, "channel")
    return None


def _in_dateline(article: Article) -> Medium | None:
    lines = [block.span.of(article.text) for block in article.blocks if block.kind == "date"] or [article.text]
    for first in (one.strip() for one in lines):
        line = dateline(first + " ")
        for match in _BRACKETS.finditer(first, 0, line.end) if line is not None and line.sure else ():
            name = (match[1] or match[2]).strip()
            known = medium(name)
            if known is not None:
                return known
            if _NAME.fullmatch(name) and country_of(name) is None:
                return _made(name, "agency")
    return None


def _in_byline(line: str) -> Medium | None:
    for part in _PARTS.split(" ".join(line.strip("() ").split())):
        found = medium(part) if part else None
        if found is not None and found.kind == "agency":
            return found
    return None
