"""Addresses of the web without the personal data that they hand over: `https://ex.org/2?mail=jane@example.com`.

A source stays what an article is known by: host, path, and whatever names nobody stay to the letter, and masking is done at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote, unquote_plus, urlsplit, urlunsplit

from sayso.ledger.personal.spans import MASK, Found, masked, personal_spans
from sayso.ledger.personal.telephones import named

_AND = re.compile("([&;])")
_PLAIN = "/:?@!$'()*+,[]~"
"""What may stand in a query as it is (RFC 3986, section 3.4) and divides nothing there."""
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W\d_]+")


def spoken(key: str) -> str:
    """The name of a field as words, so that what it says of its value is understood: "phoneNumber", "mobile_1"."""
    return " ".join(_JOINED.sub(" ", key).split())


def masked_source(source: str) -> str:
    """The address without e-mail addresses in its path, and without them, homes and telephone numbers in query and fragment.

    A number is one there where its field says so ("phone=") or it begins with "+": any other may be the page's own. Names of
    files are left as they are.
    """
    try:
        parts = urlsplit(source)
    except ValueError:
        return source
    if not (parts.scheme and parts.netloc and (parts.query or parts.fragment or "@" in unquote(parts.path))):
        return source
    path = "/".join(_without("", one, _is_mail) for one in parts.path.split("/"))
    changed = parts._replace(path=path, query=_fields(parts.query), fragment=_fields(parts.fragment))
    return source if changed == parts else urlunsplit(changed)


def _fields(query: str) -> str:
    return "".join(one if one in "&;" else _field(one) for one in _AND.split(query))


def _field(field: str) -> str:
    key, equals, value = field.rpartition("=")
    return key + equals + _without(spoken(unquote(key)), value, _is_handed_over)


def _without(key: str, value: str, counts: Callable[[str, Found], bool]) -> str:
    """A value as it was written; where it holds personal data, decoded and without them."""
    head = f"{key}: " if key else ""
    for words in dict.fromkeys((unquote(value), unquote_plus(value))):
        text = head + words
        found = [one for one in personal_spans(text) if counts(text, one)]
        if found:
            return quote(masked(text, found)[len(head) :], safe=_PLAIN).replace(quote(MASK), MASK)
    return value


def _is_mail(_text: str, found: Found) -> bool:
    return found.kind == "e-mail"


def _is_handed_over(text: str, found: Found) -> bool:
    return found.kind != "telephone" or found.span.of(text).startswith("+") or named(text, found.span)
