"""Personal data in running text, and the text without it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.errors import LedgerError
from sayso.gazetteer.countries import country
from sayso.ledger.personal.addresses import home_addresses, street_of
from sayso.ledger.personal.telephones import merged, telephones
from sayso.ledger.personal.words import either
from sayso.records import Span

Kind = Literal["telephone", "e-mail", "address"]
MASK = "█"
"""Stands for each letter and digit of personal data. It is neither, so that what is masked is never found again."""

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%'’-]{1,64}(?:@|%40)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@])"
)
REMEMBERED = 4096
"""Texts of which it is remembered what was found in them."""
_CLUE = re.compile(r"[\d@]")


class Found(NamedTuple):
    """Personal data: code points [start, end) of the text, and what they are."""

    span: Span
    kind: Kind


def _once(text: str, regions: tuple[str, ...]) -> list[Found]:
    mails = [Found(Span(*found.span()), "e-mail") for found in _EMAIL.finditer(text)]
    phones = [Found(span, "telephone") for span in merged(telephones(text, regions, after=[m.span for m in mails]))]
    homes = [Found(span, "address") for span in home_addresses(text)]
    kept: list[Found] = []
    for one in (*mails, *phones, *homes):
        if not any(one.span.overlaps(other.span) for other in kept) and any(c.isalnum() for c in one.span.of(text)):
            kept.append(one)
    return kept


def told(text: str, found: Iterable[Found]) -> dict[str, Kind]:
    """The words of what was found, and the streets of addresses without the flat → their kind."""
    kinds = {one.span.of(text): one.kind for one in found}
    return {street_of(words): kind for words, kind in kinds.items() if kind == "address"} | kinds


def _again(text: str, found: list[Found]) -> list[Found]:
    """The same words elsewhere in the text, where nothing beside them says what they are."""
    kinds = told(text, found)
    if not kinds:
        return []
    others = re.compile(rf"(?<!\w){either(kinds)}(?!\w)")
    taken = {one.span for one in found}
    spans = (Span(*other.span()) for other in others.finditer(text))
    return [
        Found(span, kinds[span.of(text)])
        for span in spans
        if span not in taken and span.of(text) in kinds and not any(span.overlaps(one) for one in taken)
    ]


def may_have(text: str) -> bool:
    """False where there is nothing by which personal data are known."""
    return _CLUE.search(text) is not None


def has_email(text: str) -> bool:
    return _EMAIL.search(text) is not None


def has_any(text: str, *, countries: Iterable[str] = ()) -> bool:
    """Whether `personal_spans` would find any; nothing is remembered of the text, which may be long."""
    return may_have(text) and bool(_once(text, _regions(countries)))


def _regions(countries: Iterable[str]) -> tuple[str, ...]:
    known = (country(code) for code in sorted(set(countries)))
    return tuple(one.alpha2 for one in known if one)


def personal_spans(text: str, *, countries: Iterable[str] = ()) -> list[Found]:
    """Telephone numbers, e-mail addresses and home addresses of private people, in the order of the text, none overlapping.

    `countries` are ISO 3166-1 alpha-3 codes of countries that the text is about: their national ways of writing telephone
    numbers are tried too; codes that nobody has are passed over. What is found once counts wherever it stands. The search is repeated on the masked text until
    nothing is left, so that masking twice gives what masking once gives. Every span has a digit or an "@".
    """
    return list(_searched(text, _regions(countries))) if may_have(text) else []


@lru_cache(maxsize=REMEMBERED)
def _searched(text: str, regions: tuple[str, ...]) -> tuple[Found, ...]:
    """Remembered, since an article is masked for every incident of which it tells, with the same names and titles each time."""
    found: list[Found] = []
    while _CLUE.search(text) and (more := _once(text, regions)):
        more += _again(text, more)
        found += more
        text = masked(text, more)
    return tuple(sorted(found))


def masked(text: str, found: Iterable[Found]) -> str:
    """The text with MASK for every letter and digit of what was found; its length and all offsets stay.

    Raises LedgerError for a span that is empty or outside the text.
    """
    pieces, at = [], 0
    for span, kind in sorted(found):
        if not 0 <= span.start < span.end <= len(text):
            raise LedgerError(f"{kind} at {span.start}–{span.end}: no words of a text of {len(text)} code points")
        start = max(at, span.start)
        pieces += [text[at:start], *(MASK if c.isalnum() else c for c in text[start : span.end])]
        at = max(at, span.end)
    return "".join((*pieces, text[at:]))
