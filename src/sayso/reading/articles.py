"""From the fields of a row or a page to an Article: checks of type, the stable id, the day of publication."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sayso.errors import InvalidArticle, TooMuchInput
from sayso.reading.dates import published
from sayso.reading.language import guess
from sayso.records import Article

LOG = logging.getLogger(__name__)

LIMIT_CHARS = 1_000_000
"""Longer texts are refused: no report is that long, and spaCy's own limit is the same."""
OPTIONAL = ("title", "published", "url", "outlet", "byline", "language", "categories")
FIELDS = ("id", "text", *OPTIONAL)
"""What a row may give. `url` becomes the article's source."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def make_article(fields: Mapping[str, Any], *, name: str, source: str, limit_chars: int = LIMIT_CHARS) -> Article:
    """An Article of the named fields (`FIELDS`); others are ignored, None and empty strings are absent.

    `name` is how errors call the input ("news.jsonl:7"), `source` the file's name or the address, never a path of
    this machine. Raises InvalidArticle for missing text, wrong types and text that is no Unicode, TooMuchInput
    for text over `limit_chars`.
    """
    text = _text(fields, name, limit_chars)
    values = {field: _string(fields, field, name) for field in ("title", "url", "outlet", "byline", "language")}
    source = values.pop("url") or source.encode("utf-8", "replace").decode()  # names of files may be no Unicode
    return Article(
        id=_identifier(fields.get("id"), name) or stable_id(source, text),
        text=text,
        source=source,
        published=_published(fields.get("published"), name),
        categories=_categories(fields.get("categories"), name),
        title=values["title"],
        outlet=values["outlet"],
        byline=values["byline"],
        language=values["language"] or guess(text),
    )


def stable_id(source: str, text: str) -> str:
    """Sixteen hexadecimal digits that depend on source and text alone."""
    return hashlib.sha256(f"{source}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _text(fields: Mapping[str, Any], name: str, limit_chars: int) -> str:
    text = fields.get("text")
    if text is None:
        raise InvalidArticle(name, "no text")
    if not isinstance(text, str):
        raise InvalidArticle(name, f"text is {_kind(text)}, not a string")
    if not text.strip():
        raise InvalidArticle(name, "the text is empty")
    if len(text) > limit_chars:
        raise TooMuchInput(name, f"{len(text):,} characters, more than {limit_chars:,}")
    return _unicode(text, "text", name)


def _string(fields: Mapping[str, Any], field: str, name: str) -> str | None:
    value = fields.get(field)
    if value is None:
        return None
    if field == "byline" and isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    if not isinstance(value, str):
        raise InvalidArticle(name, f"{field} is {_kind(value)}, not a string")
    return _unicode(value.strip(), field, name) or None


def _identifier(value: Any, name: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise InvalidArticle(name, f"id is {_kind(value)}, not a string")
    return _unicode(value, "id", name)


def _published(value: Any, name: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if not isinstance(value, str):
        raise InvalidArticle(name, f"published is {_kind(value)}, not a date")
    found = published(value)
    if found is None:
        LOG.warning("%s: %r is no date that can be read; published is left empty", name, value[:40])
    return found


def _categories(value: Any, name: str) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        value = [one.strip() for one in re.split("[;,|]", value)]
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise InvalidArticle(name, f"categories is {_kind(value)}, not a list of strings")
    return tuple(_unicode(one, "categories", name) for one in value if one.strip())


def _unicode(value: str, field: str, name: str) -> str:
    found = _SURROGATE.search(value)
    if found and "\udc80" <= found[0] <= "\udcff":
        raise InvalidArticle(name, f"{field} is not valid Unicode at {found.start()}")
    if found:
        raise InvalidArticle(name, f"{field} holds half a surrogate pair (U+{ord(found[0]):04X}) at {found.start()}")
    return value


def _kind(value: Any) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
        tuple: "a list",
    }
    return names.get(type(value), type(value).__name__)
