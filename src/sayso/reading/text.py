"""Plain text: the file is the article, its characters unchanged."""

from __future__ import annotations

from sayso.errors import TooMuchInput
from sayso.reading.articles import LIMIT_CHARS, make_article
from sayso.reading.encodings import decode
from sayso.records import Article


def read_text(data: bytes, *, name: str, source: str, limit_chars: int = LIMIT_CHARS) -> Article:
    """The article of a text file. Raises InputError where it is binary, empty or over the limit."""
    if len(data) > 4 * limit_chars + 4:
        raise TooMuchInput(name, f"more than {limit_chars:,} characters")
    text = decode(data, name=name).text
    return make_article({"text": text}, name=name, source=source, limit_chars=limit_chars).made_of(data)
