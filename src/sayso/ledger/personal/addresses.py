"""Street addresses at which private people live, told by the words that make an address somebody's home."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import NamedTuple

from sayso.ledger.personal.words import either, words
from sayso.records import Span

REACH = 120
"""Code points before an address in which the words stand that say whose it is."""

LISTED = 80
"""Code points between two addresses of one list: a name and a telephone number."""

GAP_WORDS = 6
"""Words between "lives" or "her home" and the address: "with two sons in the town of X at"."""

_WS = r"(?:(?!\s*\n\s*\n)\s){1,4}"
_SEP = rf"(?:\s?,{_WS}|{_WS}|,)"
_NUM = r"(?<![\w.,/])\d{1,5}(?:[A-Za-z](?!\w))?(?:[/-]\d{1,4}[A-Za-z]?)?(?!\w|[.,:]\d)"
_LISTING = re.compile(r"(?:[\s,;:&()+\d•*–—.\-█]|and\b|or\b|tel\b|[^\W\da-z_][\w'’-]*)+")
_words = partial(words, "address")


class _Patterns(NamedTuple):
    address: re.Pattern[str]
    home: re.Pattern[str]
    institution: re.Pattern[str]
    dwelling: re.Pattern[str]
    open: re.Pattern[str]
    clue: re.Pattern[str]
    """Whatever makes an address a home has one of these somewhere in the text: a text without is read no further."""


def _any(name: str) -> str:
    return f"(?i:{either(_words(name))})"


def _address() -> str:
    """Number and street in either order, with the parts of the house that stand before or after."""
    part = rf"(?:(?i:{either((*_words('dwelling'), *_words('part')))})(?!\w)\.?[\s:#№]*|#\s?)(?:no\.?\s?)?{_NUM}"
    number = rf"(?:(?<!\w){_any('number')}(?!\w)\.?:?\s?)?{_NUM}"
    word = r"(?:[^\W\da-z_][\w'’-]*\.?|\d+(?i:st|nd|rd|th)\b)"
    name = rf"(?:{word}|\d+)(?:{_WS}(?:{word}|(?i:{either(_words('particles'))})(?!\w))){{0,4}}"
    before = rf"(?<!\w){_any('before')}(?!\w)\.?{_WS}(?:(?i:{either(_words('particles'))}){_WS}){{0,2}}{name}"
    after = rf"{name}{_WS}{_any('after')}(?!\w)\.?"
    glued = rf"(?<!\w)[^\W\da-z_][\w-]*(?i:{either(_words('glued'))})"
    ending = rf"(?!{_WS}(?!(?:{either((*_words('follow'), *_words('dwelling'), *_words('part')))})\b)[^\W\dA-Z_])"
    street = (
        rf"{number}\s?,?{_WS}{after}(?:{_WS}(?:NW|NE|SW|SE|North|South|East|West)\b)?|{number}\s?,?{_WS}{before}"
        rf"|(?<!\w)(?:{after}|{glued}){_SEP}{number}{ending}|{before}{_SEP}{number}{ending}"
    )
    return rf"(?:{part}(?:{_SEP}|{_WS}(?:at|in|of){_WS}))?(?P<street>{street})(?:{_SEP}{part}){{0,3}}"


def _institution() -> str:
    return rf"(?:{either(_words('institutions'))}(?:e?s)?)(?!\w)"


def _home() -> str:
    """What says that the address which follows is where somebody lives."""
    gap = rf"(?:[\s,:]+(?!(?:{either(_words('stops'))}(?!\w)|{_institution()}))[^\W\d_][\w'’-]*){{0,{GAP_WORDS}}}[\s,:;(–—•*-]*$"
    return rf"(?:{'|'.join(_cues())}){gap}"


def _cues() -> tuple[str, ...]:
    """Verbs of dwelling, somebody's home, headings."""
    owner = rf"(?:\b{either(_words('owners'))}|\w['’]s|s['’])"
    described = rf"(?:\s+(?!{either(_words('not_homes'))}(?!\w)|{_institution()})[^\W\d_][\w'’-]*){{0,2}}?"
    homes = either(_words("homes"))
    return (
        rf"\b{either(_words('lives'))}\b",
        rf"{owner}{described}\s+(?<!\w){homes}\b",
        rf"\b{either(_words('headings'))}\b",
        r",\s\d{1,3},\sof\b",
    )


def _dwelling() -> str:
    return rf"(?<!\w){either(_words('dwelling'))}(?!\w)\.?[\s:#№]*(?:no\.?\s?)?\d"


@cache
def _patterns() -> _Patterns:
    fold = partial(re.compile, flags=re.IGNORECASE)
    return _Patterns(
        re.compile(_address()),
        fold(_home()),
        fold(rf"\b{_institution()}(?:\s+[^\W\d_][\w'’-]*){{0,3}}[\s,:(]*$"),
        fold(_dwelling()),
        fold(rf"\b{either(_words('open'))}(?!\w)"),
        fold("|".join((*_cues(), _dwelling()))),
    )


def _is_home(text: str, span: Span) -> bool:
    """Whether the words before it, or a flat within it, make an address a private home."""
    found = _patterns()
    before = max(0, span.start - REACH), span.start
    if found.open.search(text, *span):
        return False
    if found.home.search(text, *before):
        return True
    return found.dwelling.search(text, *span) is not None and not found.institution.search(text, *before)


def home_addresses(text: str) -> list[Span]:
    """The street addresses of private people in a text, in order, none overlapping.

    A number and a street's name, with flat and entrance but without the town, where somebody is said to live there, it is
    called somebody's home or home address, or a flat is named. In a list the addresses after the first are homes too.
    Addresses of institutions and of events, and streets without a number, are not given.
    """
    homes: list[Span] = []
    if not _patterns().clue.search(text):
        return homes
    for found in _patterns().address.finditer(text):
        span = Span(found.start(), found.start() + len(found[0].rstrip(". ")))
        listed = bool(homes) and _is_listing(text[homes[-1].end : span.start])
        if listed or _is_home(text, span):
            homes.append(span)
    return homes


def street_of(address: str) -> str:
    """The number and the street of an address, without flat and entrance: "14 Oak Street" of "Flat 7, 14 Oak Street"."""
    found = _patterns().address.search(address)
    return found["street"].rstrip(". ") if found else address


def _is_listing(between: str) -> bool:
    """Whether only names, numbers and the marks of a list stand between two addresses."""
    return 0 < len(between) <= LISTED and _LISTING.fullmatch(between) is not None
