"""Web pages: trafilatura finds the report on the page; the page's own metadata say who, when and where from."""

from __future__ import annotations

import re
from typing import Any

from sayso.errors import InvalidArticle, TooMuchInput, UnreadableInput
from sayso.reading.articles import LIMIT_CHARS, make_article
from sayso.reading.encodings import decode
from sayso.reading.metadata import page_metadata
from sayso.reading.page import bare
from sayso.records import Article

LIMIT_BYTES = 10_000_000
MOST_TAGS = 150_000
"""Four seconds at the worst; the longest pages have some tens of thousands."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)


def read_html(
    data: bytes,
    *,
    name: str,
    source: str,
    url: str | None = None,
    declared: str | None = None,
    limit_chars: int = LIMIT_CHARS,
) -> Article:
    """The article of a web page. `text` is its title and the report's paragraphs, with blank lines between them.

    `declared` is the character set of the HTTP header. Raises UnreadableInput where no report is found.
    """
    if len(data) > LIMIT_BYTES:
        raise TooMuchInput(name, f"a page of {len(data):,} bytes, more than {LIMIT_BYTES:,}")
    page = decode(data, name=name, declared=declared or _charset(data)).text
    if page.count("<") > MOST_TAGS:
        raise TooMuchInput(name, f"a page of more than {MOST_TAGS:,} tags")
    try:
        tree = parse_page(page, name)
        fields = page_metadata(tree, url=url)
        paragraphs = _report(tree)
    except RecursionError:
        raise UnreadableInput(name, "HTML nested too deep") from None
    if not paragraphs:
        raise UnreadableInput(name, "no report found on the page")
    title = _title(fields, paragraphs)
    if title:
        fields["title"] = title
        if bare(title) not in (bare(line) for line in paragraphs[:4]):
            paragraphs = [title, *paragraphs]
    fields["text"] = "\n\n".join(paragraphs)
    if not url:
        # A saved page's address is where it came from, but the file is what was read.
        source = fields.pop("url", None) or source
    try:
        return make_article(fields, name=name, source=source, limit_chars=limit_chars).made_of(data)
    except InvalidArticle as error:
        raise UnreadableInput(name, error.reason) from error


def parse_page(page: str, name: str) -> Any:
    """The tree of a page. Raises UnreadableInput where there is none."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    try:
        # NUL and other control characters stop lxml; the page shows nothing in their place
        clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", page)
        return lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", clean))
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableInput(name, f"broken HTML: {str(error)[:120]}") from error


def _report(tree: Any) -> list[str]:
    """The paragraphs of the report, as trafilatura finds them: comments, menus and tables left out."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree, include_comments=False, include_tables=False, with_metadata=False, favor_precision=True
    )
    body = getattr(found, "body", None)
    parts = (part for element in (() if body is None else body) for part in _parts(element))
    lines = ("".join(part.itertext()) for part in parts)
    return [" ".join(line.split()) for line in lines if line.strip()]


def _parts(element: Any) -> list[Any]:
    """The items of a list and the paragraphs of a quotation, each by itself; any other element as it is."""
    inner = [child for child in element if child.tag in ("item", "p")]
    return inner if len(inner) > 1 else [element]


def _title(fields: dict[str, Any], paragraphs: list[str]) -> str | None:
    """The declared title without the outlet's name after a dash or bar ("Fire in the port | Example News")."""
    title = fields.get("title")
    if not isinstance(title, str):
        return None
    parts = re.split(r"\s+[|–—-]\s+|\s+»\s+", title)
    outlet = bare(fields.get("outlet") or "")
    while len(parts) > 1 and (bare(parts[-1]) == outlet or _starts(paragraphs, parts[:-1])):
        parts.pop()
    return title[: title.rindex(parts[-1]) + len(parts[-1])] if len(parts) > 1 else parts[0]


def _starts(paragraphs: list[str], parts: list[str]) -> bool:
    return any(bare(line) == bare(" ".join(parts)) for line in paragraphs[:4])


def _charset(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None
