"""A report as the clustering compares it, and the keys under which it looks for others of the same incident."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "ASSAULT": ("force",),
    "PROTEST": ("force", "protest"),
    "COERCE": ("force", "measure"),
    "MOBILIZE": ("force", "measure"),
    "SANCTION": ("measure",),
    "RETREAT": ("measure", "accord", "word"),
    "CONCEDE": ("measure", "accord"),
    "AGREE": ("accord",),
    "CONSULT": ("accord",),
    "SUPPORT": ("accord",),
    "COOPERATE": ("accord",),
    "AID": ("accord",),
    "REQUEST": ("word",),
    "REJECT": ("word",),
    "ACCUSE": ("word", "measure"),
    "THREATEN": ("word",),
}
"""Kinds of act as which two newspapers may tell the same thing: a riot of one is another's crackdown."""
FAMILY = {family: number for number, family in enumerate(("other", "force", "protest", "measure", "accord", "word"))}
BUCKET = 8
"""Days of one key."""
REACH = 4
"""Days before and after its own in which a report is looked for."""
LONGEST = 4
"""Keys after the first that a long time spans; what lasted longer is found by its beginning."""
AROUND = 0.6
"""Degrees from a point, some sixty kilometres, within which others may be at the same place."""
ANY, COARSE, NOWHERE = 1 << 17, 1 << 18, 0
"""Where reports are put down by state: all of them, and those without a precise point. Cells are below 2^16."""
LAG = 6
"""Days before publication within which something untimed is taken to have happened."""
LANDS = 3
"""States of an article under which what has no place is looked for."""
PRECISE = frozenset(("facility", "settlement"))


class Reported(NamedTuple):
    """One report. Days are ordinals; `first` and `last` are None where the article gives no time for the event."""

    event: int
    article: int
    type: str
    mode: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    precision: str | None
    first: int | None
    last: int | None
    published: int | None
    who: tuple[tuple[str, str | None, tuple[str, ...]], ...]
    whom: tuple[tuple[str, str | None, tuple[str, ...]], ...]
    figures: tuple[tuple[str, float | None, float | None], ...]
    trigger: frozenset[int]
    words: frozenset[int]
    names: frozenset[int]
    about: frozenset[int]
    spots: tuple[tuple[float, float], ...]
    """Towns and sites that the article names, latitude and longitude."""
    lands: tuple[str, ...]
    """States in which the article's places lie."""
    same_text: int
    """The article of which this one is a copy, else the article itself."""

    @property
    def precise(self) -> bool:
        return self.precision in PRECISE and self.latitude is not None

    @property
    def span(self) -> tuple[int, int] | None:
        """The days on which it may have been: as told, else some before publication."""
        if self.first is not None and self.last is not None:
            return self.first, self.last
        return None if self.published is None else (self.published - LAG, self.published)


def reported(row: Mapping[Any, Any], notes: Mapping[str, Any], published: int | None, copy_of: int | None) -> Reported:
    """Of a row of the table `event` and its facts."""
    place = notes["place"] or {}
    figures = tuple(
        (measure, one.get("low"), one.get("high"))
        for measure, given in notes["values"].items()
        for one in given
        if "low" in one
    )
    return Reported(
        row["id"], row["article"], row["type"], row["mode"], row["country"], place.get("admin1"), row["latitude"],
        row["longitude"], row["precision"], row["first_day"], row["last_day"], published,
        tuple((n, c, tuple(s)) for n, c, s in notes["who"]), tuple((n, c, tuple(s)) for n, c, s in notes["whom"]),
        figures, frozenset(notes["trigger"]), frozenset(notes["words"]), frozenset(notes["names"]), frozenset(notes["about"]),
        tuple((a, b) for a, b in notes["spots"]), tuple(notes["lands"]), copy_of or row["article"],
    )  # fmt: skip


def keys(report: Reported) -> list[int]:
    """Under which it is put down: kind of act, days, and where."""
    return _keys(report, around=False)


def lookups(report: Reported) -> list[int]:
    """Under which others of its incident may be: those of the days and cells beside its own too."""
    return _keys(report, around=True)


def denial_keys(report: Reported) -> list[int]:
    """Under which a denial waits for the report of what it denies."""
    return _keys(report, around=False, denied=True)


def denial_lookups(report: Reported) -> list[int]:
    """Under which the denials that wait for such a report may be."""
    return _keys(report, around=True, denied=True)


def bucket_of(key: int) -> int:
    """The days of a key; 0 where they are not known."""
    return key >> 20 & (1 << 20) - 1


def bucket_before(day: int) -> int:
    """The bucket before which nothing is looked for any more by reports of this day or later."""
    return (day - LAG - REACH) // BUCKET


def _keys(report: Reported, *, around: bool, denied: bool = False) -> list[int]:
    """Whole numbers: family and whether it is denied, days in the middle 20 bits, where in the lower 20."""
    where = _where(report, around)
    kinds = [2 * FAMILY[family] + denied for family in FAMILIES.get(report.type, ("other",))]
    return sorted(
        kind << 40 | bucket << 20 | one for kind in kinds for bucket in _buckets(report, around) for one in where
    )


def _buckets(report: Reported, around: bool) -> range:
    span = report.span
    if span is None:
        return range(0, 1)  # neither a time nor a day of publication: such meet each other alone
    reach = REACH if around else 0
    first = max(0, span[0] - reach) // BUCKET
    return range(first, min((span[1] + reach) // BUCKET, first + LONGEST) + 1)


def _where(report: Reported, around: bool) -> set[int]:
    """Precise points by cells of a degree; what is coarser by state; what has no place by the places that its article names.

    A precise report is put down under its state too, but looks there only for what is coarse: a war has a thousand
    precise ones a week.
    """
    if report.precise:
        own = set(_cells([(report.latitude or 0, report.longitude or 0)], around))
        if report.country:
            own.add((COARSE if around else ANY) + _code(report.country))
    else:
        own = set() if report.country else set(_cells(report.spots, around))
        for country in _countries(report):
            own.add(ANY + country)
            if not around:
                own.add(COARSE + country)
    if around:
        own.update(_cells(report.spots[:LANDS], around))  # the event may have been at another place of the article
    return own


def _countries(report: Reported) -> list[int]:
    """The state of a coarse place; of what has no place the states that its article and its parties name."""
    if report.country:
        return [_code(report.country)]
    named = (*report.lands[:LANDS], *(c for _, c, _ in (*report.who, *report.whom) if c))
    return sorted(map(_code, set(named)))[: 2 * LANDS] or [NOWHERE]


def _code(alpha3: str) -> int:
    """Three letters as a number below 2^15."""
    first, second, third = (ord(letter) - 64 & 31 for letter in alpha3[:3].ljust(3, "@"))
    return first << 10 | second << 5 | third


def _cells(points: Iterable[tuple[float, float]], around: bool) -> Iterator[int]:
    """The cells of a degree in which points lie, or these and those that are a little way off."""
    reach = AROUND if around else 0.0
    for latitude, longitude in points:
        for north in range(math.floor(latitude - reach), math.floor(latitude + reach) + 1):
            for east in range(math.floor(longitude - reach), math.floor(longitude + reach) + 1):
                yield (north + 90) * 360 + (east + 180) % 360
