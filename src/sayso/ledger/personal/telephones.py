"""Telephone numbers in running text: what the numbering plans know, and what the words before a number say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import phonenumbers
import pycountry

from sayso.ledger.personal.words import either, words
from sayso.records import Span

USUAL_REGIONS = ("US", "GB")
"""Tried for every article: most English-language outlets print numbers as these two write them."""

FEWEST, MOST = 6, 15
"""Digits of a number that only the words before it tell; ITU-T E.164 has 15 at most."""

SURE = 9
"""Digits from which a number that a numbering plan knows needs no word before it: shorter ones are counts as well."""

UNGROUPED = 10
"""The same for digits in one row, which may be any kind of number."""

BEFORE = 80
"""Code points before a number in which a word is looked for that says what it is."""

_DASH = r"\-‐‑‒–—"
_SHAPED = re.compile(
    rf"(?<![\w.,/=#@$€£¥₸₽₴₺+])[+(]?\d[\d \u00a0().{_DASH}/]{{4,30}}\d(?!\w)(?:-[A-Z]{{4,7}}\b)?(?:,?\s?(?i:ext|extension)\.?\s?\d{{1,5}}\b)?"
)
_RUN = re.compile(
    r"\d[\d\s+＋(（\[［)）\]］\-‐-―−ー－-／\u00ad\u200b\u2060.．/~⁓∼～,;:=#＃extnsioóa\u0301ｅｘｔｎｉдоб]*",
    re.IGNORECASE,
)
"""Digits, and whatever libphonenumber lets stand between those of one number and of its extension ("ext.", "int", "доб", "anexo")."""
_PARTS = re.compile(r"\d+")
_YEAR = r"(?:1[0-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"(?:{_YEAR}([-./]){_DAY}\1{_DAY}|{_DAY}([-./]){_DAY}\2(?:{_YEAR}|\d\d)|{_YEAR}(?:0\d|1[0-2])(?:[0-2]\d|3[01]))"
)
_CLOCK = r"(?:(?:[01]\d|2[0-4])[.:]?|\d[.:])[0-5]\d"
_NEVER = re.compile(
    rf"{_DATE}(?:[ T–—].*)?|{_YEAR}(?:\s?[{_DASH}/]\s?(?:{_YEAR}|\d\d))+|{_YEAR}(?:[ /]{_YEAR})+|{_CLOCK}\s?[{_DASH}]\s?{_CLOCK}"
    rf"|\d{{1,3}}\.\d{{3,}}(?:\s?[{_DASH} ]\s?\d{{1,3}}\.\d{{3,}})?|97[89][-  ]?(?:\d[-  ]?){{9}}\d"
)
_COUNTED = re.compile(
    rf"[1-9]\d{{0,2}}(?:[ \u00a0.]\d{{3}})+(?:\s?[{_DASH}]\s?[1-9]\d{{0,2}}(?:[ \u00a0.]\d{{3}})+)?"
    rf"|\d{{1,3}}[{_DASH}/]\d{{1,3}}(?:[ \u00a0]+\d{{1,3}}[{_DASH}/]\d{{1,3}})*|[12]?\d?\d(?:\.[12]?\d?\d){{3}}"
)
"""Numbers grouped by thousands, scores and votes, addresses of machines: telephone numbers only where a noun says so."""

_PAIRS = re.compile(r"\d\d-\d\d-\d\d")
"""A date, or a number of a town's exchange where a noun says so."""

_RANGE = re.compile(rf"(\d+0)\s?[{_DASH}]\s?(\d+0)")
_AFTER = re.compile(r"\s?[%‰°$€£¥₸₽₴₺]|,\d{3}(?![\d-])|\.\d")
_IN_ADDRESS = re.compile(r"(?:[/#_@\\]|=[\"']?)$")
"""Within an address of the web, a handle, or an attribute of a page."""

_BETWEEN = re.compile(r"\s*(?:[,;/&]|(?:,\s*)?(?:or|and)(?:\s+at|\s+on)?)\s*")


@cache
def _money() -> re.Pattern[str]:
    """A currency's sign or ISO 4217 code before a number."""
    return re.compile(rf"(?:[$€£¥₸₽₴₺]|\b{either(one.alpha_3 for one in pycountry.currencies)})\s?$")


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a number: a noun of telephony, a verb of calling, a word for another kind of number."""
    links = rf"(?:{either(words('telephone', 'links'))}\b\.?|[:(#,.{_DASH}])"
    noun = rf"\b{either(words('telephone', 'nouns'))}\b[.)]?(?:\s*{links}){{0,4}}\s*$"
    verb = rf"\b{either(words('telephone', 'verbs'))}(?:\b[^\d.!?;\n]*\b(?:at|on|or|via|number)|\s*:)?\s*$"
    other = rf"(?<!\w){either(words('telephone', 'other'))}(?!\w)\.?[\s:#]*$"
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (noun, verb, other))  # type: ignore[return-value]


def _digits(written: str) -> int:
    return sum(map(len, _PARTS.findall(written)))


def _is_range(written: str) -> bool:
    """Whether it runs from a round number to a higher one: "3500-4000"."""
    ends = _RANGE.fullmatch(written)
    return ends is not None and int(ends[1]) < int(ends[2])


def _never(text: str, span: Span) -> bool:
    """Whether it is a date, years, hours, money, a share, an ISBN, a coordinate, or named as another kind of number."""
    written = span.of(text).strip(" ()")
    before = text[max(0, span.start - BEFORE) : span.start]
    named = _cues()[0].search(before) is not None
    if _NEVER.fullmatch(written) and not (named and _PAIRS.fullmatch(written)):
        return True
    if _AFTER.match(text, span.end) or _money().search(before) or _IN_ADDRESS.search(before):
        return True
    return not named and _cues()[2].search(before) is not None


def named(text: str, span: Span) -> bool:
    """Whether the words before a number call it a telephone number."""
    return _cues()[0].search(text[max(0, span.start - BEFORE) : span.start]) is not None


def _called(text: str, span: Span) -> bool:
    return _cues()[1].search(text[max(0, span.start - BEFORE) : span.start]) is not None


def _is_countlike(written: str) -> bool:
    return _COUNTED.fullmatch(written.strip()) is not None or _is_range(written)


def _is_short(written: str, regions: Iterable[str]) -> bool:
    """Whether it is a short number that a region lets anybody call for nothing, as for emergencies (116 111): nobody's own."""
    digits = "".join(_PARTS.findall(written))
    return len(digits) == FEWEST and any(
        phonenumbers.expected_cost_for_region(
            phonenumbers.PhoneNumber(phonenumbers.country_code_for_region(region), int(digits)), region
        )
        == phonenumbers.ShortNumberCost.TOLL_FREE
        for region in regions
    )


def _may_be_known(text: str) -> bool:
    return any(_digits(run[0]) >= SURE for run in _RUN.finditer(text))


def _known(text: str, regions: Iterable[str]) -> Iterator[Span]:
    """Numbers that a numbering plan knows and that are written as telephone numbers.

    Looking for them is slow: it is left where digits are nowhere enough.
    """
    if not _may_be_known(text):
        return
    for found in phonenumbers.PhoneNumberMatcher(text, None, leniency=phonenumbers.Leniency.POSSIBLE):
        span = Span(found.start, found.end)
        if _digits(found.raw_string) >= SURE and not _never(text, span):
            yield span
    for region in regions:
        for found in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID):
            span, digits = Span(found.start, found.end), _digits(found.raw_string)
            grouped = len(_PARTS.findall(found.raw_string)) > 1
            sure = digits >= (SURE if grouped else UNGROUPED) and not _is_countlike(found.raw_string)
            if sure and not _never(text, span):
                yield span


def _told(text: str, regions: tuple[str, ...]) -> Iterator[tuple[Span, bool]]:
    """Numbers of a telephone number's length, and whether the words before tell that they are telephone numbers."""
    for found in _SHAPED.finditer(text):
        span = Span(*found.span())
        written = found[0]
        if not FEWEST <= _digits(written) <= MOST or _never(text, span) or _is_short(written, regions):
            continue
        yield span, named(text, span) or (_called(text, span) and not _is_countlike(written))


def has_unmistakable(text: str) -> bool:
    """Whether there is a number in the international form, or one that a noun calls so: what counts even within a program."""
    return any(_known(text, ())) or any(named(text, span) for span, told in _told(text, USUAL_REGIONS) if told)


def telephones(text: str, regions: Iterable[str], *, after: Iterable[Span] = ()) -> list[Span]:
    """The telephone numbers of a text, in order; they may overlap.

    `regions` are ISO 3166-1 alpha-2 codes whose national formats are tried besides the international one and
    USUAL_REGIONS. Shorter numbers, and those that could be counts, need a word that tells ("tel.", "call … on"); a number
    that follows another, or one of the e-mail addresses `after`, behind "or" or a comma is one too. Emergency and other
    short numbers are none.
    """
    tried = tuple(dict.fromkeys((*regions, *USUAL_REGIONS)))
    found = set(_known(text, tried))
    told = list(_told(text, tried))
    found.update(span for span, is_told in told if is_told)
    ends = {span.end for span in (*found, *after)}
    for span, _ in told:
        before = max((end for end in ends if end <= span.start), default=None)
        if before is not None and _BETWEEN.fullmatch(text, before, span.start):
            found.add(span)
            ends.add(span.end)
    return sorted(found)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Overlapping spans made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and result[-1].overlaps(span):
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result
