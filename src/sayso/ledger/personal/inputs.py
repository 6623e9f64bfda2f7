"""Whether an input as it was read, a page or a row, has personal data anywhere: in boilerplate, attributes, other fields.

An input cannot be masked, since it is kept byte for byte: it is kept whole or not at all. So it is read leniently, as text
without markup and once more with it, and what is doubtful counts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.ledger.personal.masker import countries_of
from sayso.ledger.personal.sources import spoken
from sayso.ledger.personal.spans import has_any, has_email
from sayso.ledger.personal.telephones import has_unmistakable
from sayso.records import Article, Coding

_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|em|font|i|mark|small|span|strong|u|wbr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\(?:u00([0-9a-fA-F]{2})|x([0-9a-fA-F]{2})|([nrt])|([/\"']))")


def may_keep(made: Coding, clean: Coding) -> bool:
    """Whether the input of a coding may be kept, given the coding masked: where neither the article nor the input has any."""
    raw = made.article.raw
    return made.article == clean.article and (raw is None or not has_personal(raw, made.article, countries_of(made)))


def has_personal(raw: bytes, read: Article, countries: Iterable[str] = ()) -> bool:
    """Whether there is any in the bytes of which an article was made that has none itself; `countries` as for `personal_spans`.

    What a reader sees is searched as an article is. Programs and attributes are full of numbers: there only e-mail addresses,
    international telephone numbers and those that are called so count.
    """
    text = _decoded(raw)
    if text.strip() == read.text.strip():
        return False
    lines = _lines(text, read)
    whole, seen = (text, text) if lines is None else lines
    whole = _unescaped(whole)
    return has_email(whole) or has_unmistakable(whole) or has_any(_shown(seen), countries=countries)


def _decoded(raw: bytes) -> str:
    """As UTF-8, else each byte a letter: digits, and the letters of addresses, are the same in nearly every encoding."""
    bare = raw.replace(b"\0", b"")  # of UTF-16 this leaves what ASCII has
    try:
        return bare.decode("utf-8")
    except UnicodeDecodeError:
        return bare.decode("latin-1")


def _lines(text: str, read: Article) -> tuple[str, str] | None:
    """Of JSON all that is not the article's own, a line each with its key; and those lines of it that are not mere numbers."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        row = json.loads(text)
        found = list(_scalars("", row))
    except (ValueError, RecursionError):
        return None
    own = {read.id, read.text, read.title, read.byline, read.outlet, read.source}
    others = [(key, value) for key, value in found if value not in own]
    words = (f"{spoken(key)}: {value}" for key, value in others if not _is_number(value))
    return "\n\n".join(f"{spoken(key)}: {value}" for key, value in others), "\n\n".join(words)


def _scalars(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every value that holds no others, with the key that leads to it; keys are words too."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield "", name
            yield from _scalars(name, one)
    elif isinstance(value, list):
        for one in value:
            yield from _scalars(key, one)
    elif value is not None and not isinstance(value, bool):
        yield key, str(value)


def _is_number(value: str) -> bool:
    """Whether it is one that is written for machines: an id, a time, a measure."""
    try:
        float(value)
    except ValueError:
        return False
    return not value.startswith("+")


def _unescaped(text: str) -> str:
    """Character references, and the escapes of programs, as the characters that they stand for."""
    return _ESCAPE.sub(_meant, html.unescape(text))


def _meant(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else escape[4] or " "


def _shown(text: str) -> str:
    """What a reader sees of a page, near enough: without programs and tags, and with character references as characters."""
    bare = _INLINE.sub("", _UNSEEN.sub("\n\n", text))
    return html.unescape(_TAG.sub("\n\n", bare)).replace("\u00a0", " ")
