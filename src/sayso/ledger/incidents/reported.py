"""A report as the clustering compares it, and the keys under which it looks for others of the same incident."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
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
BUCKET = 8
"""Days of one key. Reports up to so many days apart share a key, as each is looked for under its own and the next."""
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
    return sorted({_key(*part) for part in _parts(report, around=False)})


def lookups(report: Reported) -> list[int]:
    """Under which others of its incident may be: those of the next days and cells too."""
    return sorted({_key(*part) for part in _parts(report, around=True)})


def denial_keys(report: Reported) -> list[int]:
    """Under which a denial waits for the report of what it denies."""
    return sorted({_key(f"denied {family}", bucket, where) for family, bucket, where in _parts(report, around=False)})


def denial_lookups(report: Reported) -> list[int]:
    """Under which the denials that wait for such a report may be."""
    return sorted({_key(f"denied {family}", bucket, where) for family, bucket, where in _parts(report, around=True)})


def _parts(report: Reported, *, around: bool) -> Iterator[tuple[str, int, str]]:
    for family in FAMILIES.get(report.type, ("other",)):
        for bucket in _buckets(report, around):
            for where in _where(report, around):
                yield family, bucket, where


def _buckets(report: Reported, around: bool) -> range:
    span = report.span
    if span is None:
        return range(0, 1)  # neither a time nor a day of publication: such meet each other alone
    first, last = span[0] // BUCKET, span[1] // BUCKET
    last = min(last, first + 4)
    return range(first - 1, last + 2) if around else range(first, last + 1)


def _where(report: Reported, around: bool) -> Iterator[str]:
    """Precise points by cells of a degree; what is coarser by state; what has no place by the places that its article names.

    A precise report is put down under its state too, but looks there only for what is coarse: a war has a thousand
    precise ones a week.
    """
    if around:
        yield from _cells(report.spots[:LANDS], around)  # the event may have been at another place of the article
    if report.precise:
        yield from _cells([(report.latitude or 0, report.longitude or 0)], around)
        if report.country:
            yield f"coarse {report.country}" if around else f"any {report.country}"
        return
    if not report.country and report.spots:
        yield from _cells(report.spots, around)
    for country in _countries(report) or ["nowhere"]:
        yield f"any {country}"
        if not around:
            yield f"coarse {country}"


def _countries(report: Reported) -> list[str]:
    """The state of a coarse place; of what has no place the states that its article and its parties name."""
    if report.country:
        return [report.country]
    named = (*report.lands[:LANDS], *(c for _, c, _ in (*report.who, *report.whom) if c))
    return sorted(set(named))[: 2 * LANDS]


def _cells(points: Iterable[tuple[float, float]], around: bool) -> Iterator[str]:
    """The cells of a degree in which points lie, or these and those beside them."""
    steps = (-1, 0, 1) if around else (0,)
    for latitude, longitude in points:
        for i in steps:
            for j in steps:
                yield f"at {math.floor(latitude) + i} {(math.floor(longitude) + j + 180) % 360 - 180}"


def _key(family: str, bucket: int, where: str) -> int:
    """64 bits, signed, the same on every machine."""
    digest = blake2b(f"{family} {bucket} {where}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
