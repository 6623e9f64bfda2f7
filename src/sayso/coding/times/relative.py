"""The grammar of expressions relative to another time, of durations, sets and times of day."""

from __future__ import annotations

from datetime import timedelta

from sayso.coding.times import calendar
from sayso.coding.times.calendar import Interval
from sayso.coding.times.cells import Cell
from sayso.coding.times.context import Context
from sayso.coding.times.grammar import Match, Reading
from sayso.coding.times.rules import GRAMMAR, MOD, modified, relative_unit

ABOUT = r"(?P<about>(?:LC|@)?T?)"
COUNT = r"(?P<n>Ak(?:O?[nd])?|A?kn?|[ndy]|A|FA)"
HALF = r"(?:NAF)"
FINE = frozenset(("second", "minute", "hour"))


@GRAMMAR.rule(r"(?P<mod>q?)(?P<D>D)(?P<p>p)?")
def deictic(match: Match) -> Reading | None:
    """today, yesterday evening, overnight, last night"""
    day = match.need("D")

    def meaning(context: Context) -> Interval | None:
        return calendar.of_day(context.published + timedelta(day.number)) if context.published else None

    fine = match.has("p") or day.lower in ("tonight", "overnight", "last night")

    def timed(context: Context) -> Interval | None:
        found = meaning(context)
        return found.at("hour") if found and fine else found

    return Reading("time" if fine else "date", modified(match, timed), deictic=True)


@GRAMMAR.rule(
    r"(?P<mod>q?)(?P<r>[tz])q?(?P<p>[pI])", r"(?P<mod>q?)T?(?P<r>[lx])(?P<p>p)", r"(?P<mod>)(?P<r>z)(?P<d>u)(?P<p>p)?"
)
def part_of_day(match: Match) -> Reading | None:
    """this morning, that night, the next evening"""
    relative = match.need("r")
    if match.last.letter == "u":
        return None
    lower = relative.lower
    if lower in ("these", "those", "current"):
        return None

    def meaning(context: Context) -> Interval | None:
        if relative.letter == "t":
            return calendar.of_day(context.published).at("hour") if context.published else None
        if context.moment is None or context.moment.start != context.moment.end:
            return None
        step = {"z": 0, "l": -1, "x": 1}[relative.letter]
        return calendar.of_day(context.moment.start + timedelta(step)).at("hour")

    return Reading("time", modified(match, meaning), deictic=relative.letter == "t", anaphoric=relative.letter != "t")


@GRAMMAR.rule(rf"{MOD}T?(?:z(?=z))?(?P<r>[ltxz])(?P<u>u)")
def relative_one(match: Match) -> Reading | None:
    """last week, this year, the next day, the following month, that day"""
    relative, unit = match.need("r"), match.need("u")
    if unit.value > 1 or unit.name == "season" or (unit.name in FINE and relative.letter not in "lx"):
        # "these weeks", "the following days"
        return (
            Reading("duration")
            if unit.value > 1 and unit.name != "season" and relative.lower not in ("that", "same")
            else None
        )
    if unit.name in FINE:
        return None if unit.name == "second" else Reading("duration")
    the = any(c.letter == "T" for c in match.cells)
    anaphoric = (
        relative.letter == "z"
        or relative.lower in ("following", "previous", "preceding", "subsequent")
        or (the and relative.lower == "next")
    )
    span = the and relative.lower in ("last", "past", "coming") and relative.lower != "previous"

    def meaning(context: Context) -> Interval | None:
        if anaphoric:
            return _from_moment(context, relative.letter, unit.name)
        if span:
            return _stretch(context, relative.letter, unit.name, 1)
        return relative_unit(context, relative.letter, unit.name)

    kind = "duration" if span else "date"
    return Reading(kind, modified(match, meaning), deictic=not anaphoric, anaphoric=anaphoric)  # type: ignore[arg-type]


def _from_moment(context: Context, relative: str, unit: str) -> Interval | None:
    """The unit before, at or after the one that the text spoke of last."""
    if context.moment is None:
        return None
    if unit in ("day", "night") and context.moment.start != context.moment.end:
        return None
    step = {"l": -1, "x": 1, "z": 0}.get(relative, 0)
    at = context.moment.start if relative == "l" else context.moment.end
    return calendar.containing(calendar.shift(at, unit, step), unit)


def _stretch(context: Context, relative: str, unit: str, count: float) -> Interval | None:
    """The past three days, the next two weeks: up to today or from today."""
    today = context.now
    if today is None or unit in FINE:
        return None
    if relative == "l":
        first = calendar.shift(today, unit, -count) + timedelta(1)
        return calendar.between(calendar.of_day(first), calendar.of_day(today), unit)
    last = calendar.shift(today, unit, count) - timedelta(1)
    return calendar.between(calendar.of_day(today), calendar.of_day(max(last, today)), unit)


@GRAMMAR.rule(
    r"(?P<mod>)T?(?P<r>[lx])(?P<n>A?kn?|[ndy]|FA)(?P<u>u)",
    r"(?P<mod>)T?(?P<n>[nd])(?P<r>[lx])(?P<u>u)",
    r"(?P<mod>)T(?P<n>[nd]|k)(?P<r>)(?P<u>u)",
)
def several(match: Match) -> Reading | None:
    """the past three days, the next few weeks, the last 24 hours"""
    count, unit, relative = match.need("n"), match.need("u"), match["r"]
    if _is_age(match):
        return None

    def meaning(context: Context) -> Interval | None:
        if (
            relative is None
            or count.letter == "k"
            or count.value <= 0
            or relative.lower not in ("last", "past", "next", "coming")
        ):
            return None
        if unit.name == "hour" and count.value % 24 == 0:
            return _stretch(context, relative.letter, "day", count.value / 24 + 1)
        return _stretch(context, relative.letter, unit.name, count.value)

    return Reading("duration", meaning, deictic=relative is not None)


@GRAMMAR.rule(
    rf"{ABOUT}{COUNT}(?P<h>{HALF})?k?(?P<u>u)(?P<h2>{HALF})?(?P<g>[ag])",
    r"(?P<about>)(?P<n>)(?P<h>)(?P<u>u)(?P<h2>)(?P<g>[ag])",
)
def counted_from(match: Match) -> Reading | None:
    """two days later, a year and a half ago, three weeks earlier, the day before"""
    unit, way = match.need("u"), match.need("g")
    count = _count(match)
    if way.letter == "g" and not _ends_phrase(match, way):
        return None
    if unit.name == "season":
        return None
    if count is None and not match.has("n"):
        return (
            Reading("date") if unit.value > 1 and way.lower in ("later", "ago", "earlier", "before", "after") else None
        )
    back = way.lower in ("ago", "earlier", "before", "previously", "prior")
    anaphoric = way.letter == "g"

    def meaning(context: Context) -> Interval | None:
        if count is None:
            return None
        start = (context.moment.start if context.moment else None) if anaphoric else context.now
        if start is None:
            return None
        if (
            anaphoric
            and context.moment
            and unit.name in ("day", "night")
            and context.moment.start != context.moment.end
        ):
            return None
        at = calendar.shift(start, unit.name, -count if back else count)
        if unit.name in FINE:
            return calendar.of_day(at).at("hour")
        whole = count == int(count)
        finer = {"year": "month", "month": "week", "week": "day", "decade": "year", "century": "decade"}
        found = calendar.containing(at, unit.name if whole else finer.get(unit.name, unit.name))
        if unit.name in ("decade", "century"):
            found = calendar.year(at.year).about()
        return found

    return Reading("time" if unit.name in FINE else "date", meaning, anaphoric=anaphoric, deictic=not anaphoric)


@GRAMMAR.rule(r"T(?P<u>[up])(?P<g>g)")
def day_beside(match: Match) -> Reading | None:
    """the day before, the day after, the year before"""
    unit, way = match.need("u"), match.need("g")
    if way.lower not in ("before", "after", "earlier") or not _ends_phrase(match, way) or unit.value > 1:
        return None
    if unit.letter == "p":
        return Reading("time", lambda c: _from_moment(c, "l", "day") if way.lower == "before" else None, anaphoric=True)
    return Reading("date", lambda c: _from_moment(c, "x" if way.lower == "after" else "l", unit.name), anaphoric=True)


@GRAMMAR.rule(r"(?P<g>g)P?T?(?P<r>[ltxz])(?P<u>[uspm])", r"(?P<g>g)P(?P<r>T)(?P<u>u)")
def within(match: Match) -> Reading | None:
    """later that day, earlier this week, later in the year"""
    way, relative, unit = match.need("g"), match.need("r"), match.need("u")
    if way.lower not in ("later", "earlier"):
        return None
    name = unit.name if unit.letter == "u" else "day"
    if unit.letter in "sm":
        return None
    letter = "z" if relative.letter == "T" else relative.letter

    def meaning(context: Context) -> Interval | None:
        found = relative_unit(context, letter, name) if name not in FINE else None
        return found.about() if found and name != "day" else found

    return Reading("date" if unit.letter == "u" else "time", meaning, deictic=letter != "z", anaphoric=letter == "z")


def _ends_phrase(match: Match, way: Cell) -> bool:
    """ "two days before" alone, not "two days before the vote", which is counted from something else."""
    if way.lower in ("later", "ago", "earlier", "afterwards", "afterward", "previously"):
        return True
    after = match.beside(1)
    return after.letter in "|,P" or (after.letter == "." and not after.text[0].isalnum())


def _count(match: Match) -> float | None:
    """How many units: None where the words leave it open ("a few")."""
    parts = match.group("n")
    if not parts or any(cell.letter == "k" for cell in parts):
        return None
    number = 0.5 if parts[0].letter == "F" else next((cell.value for cell in parts if cell.letter in "ndy"), 1.0)
    return number + (0.5 if match.has("h") or match.has("h2") else 0)


def _is_age(match: Match) -> bool:
    """29-year-old, 18 years old, at the age of 30 years"""
    after = match.beside(1)
    if after.lower == "old" or (after.letter == "H" and match.beside(2).lower == "old"):
        return True
    return after.letter == "O" and match.beside(2).lower == "age"


@GRAMMAR.rule(rf"{ABOUT}{COUNT}(?P<h>{HALF})?H?k?(?P<u>u)(?P<h2>{HALF})?(?:H?G)?")
def duration(match: Match) -> Reading | None:
    """three days, a two-year, about a week, half a century, several months"""
    unit, parts = match.need("u"), match.group("n")
    if _is_age(match) or unit.name == "season":
        return None
    counted = any(cell.letter in "ndyF" for cell in parts)
    if unit.name == "quarter" and (not counted or match.beside(1).letter == "O"):
        return None
    if (
        not counted
        and parts[0].letter == "A"
        and unit.value == 1
        and unit.name in ("second", "quarter", "night", "weekend", "half", "minute")
    ):
        return None
    if parts[0].lower in ("many", "some") and unit.value == 1:
        return None
    if (
        unit.value == 1
        and len(parts) == 1
        and parts[0].letter == "k"
        and parts[0].lower not in ("single", "full", "whole", "entire")
    ):
        return None
    return Reading("duration", value=_period(match))


def _period(match: Match) -> str | None:
    """ISO 8601 of a counted duration; "PXD" where it is not told how many, as TimeML writes it."""
    unit, count = match.need("u").name, _count(match)
    letter = PERIODS.get(unit)
    if letter is None:
        return None
    factor, form = letter
    return form.format("X" if count is None else f"{count * factor:g}")


PERIODS = {
    "minute": (1, "PT{}M"), "hour": (1, "PT{}H"), "second": (1, "PT{}S"), "day": (1, "P{}D"), "night": (1, "P{}D"),
    "week": (1, "P{}W"), "weekend": (1, "P{}WE"), "fortnight": (2, "P{}W"), "month": (1, "P{}M"), "quarter": (3, "P{}M"),
    "year": (1, "P{}Y"), "decade": (10, "P{}Y"), "century": (100, "P{}Y"), "millennium": (1000, "P{}Y"),
}  # fmt: skip
"""How many of what a unit is, and how ISO 8601 writes it."""


@GRAMMAR.rule(r"(?P<u>u)(?P<n>)(?P<h>)(?P<h2>)(?:H?G)?")
def bare_units(match: Match) -> Reading | None:
    """weeks, year-long"""
    unit = match.need("u")
    if match.end - match.start > 1:
        return Reading("duration", value=_period(match))
    if unit.value < 2 or unit.name in ("second", "quarter", "season", "half") or match.beside(1).lower == "old":
        return None
    return Reading("duration", value=_period(match))


@GRAMMAR.rule(r"E(?P<n>[nodkly]?)(?P<u>[uwpsm])", r"(?P<n>)j", r"(?P<n>)W", r"V(?P<n>)u", r"(?P<n>)WN?W")
def recurring(match: Match) -> Reading | None:
    """every day, each Friday, annually, Mondays"""
    if match.last.letter == "u" and match.last.name == "season":
        return None
    if match.first.letter == "j" and match.first.text[0].isupper() and match.beside(1).text[:1].isupper():
        return None  # a name: the Daily Nation
    if match.first.lower == "quarterly" and match.beside(1).letter == ".":
        return Reading("set")
    return Reading("set")


@GRAMMAR.rule("(?P<a>k)")
def lately(match: Match) -> Reading | None:
    """(a) recent (attack)"""
    return Reading("reference") if match.need("a").lower == "recent" else None


@GRAMMAR.rule("(?P<p>p)")
def at_night(match: Match) -> Reading | None:
    """(at) night, (at) dawn: of the day that the text speaks of"""
    if match.beside(-1).lower not in ("at", "by", "until", "till", "before", "after", "towards", "toward"):
        return None

    def meaning(context: Context) -> Interval | None:
        one_day = context.moment is not None and context.moment.start == context.moment.end
        return context.moment.at("hour") if one_day and context.moment is not None else None

    return Reading("time", meaning, anaphoric=True)


@GRAMMAR.rule("R")
def reference(match: Match) -> Reading | None:
    """now, recently, the future: no interval"""
    if match.first.lower == "the past" and match.beside(1).letter in "ndkuO" and match.beside(1).letter != "O":
        return None
    return Reading("reference")


@GRAMMAR.rule(r"(?P<c>c)r?Z?", r"(?P<c>[dn])rZ?", r"(?P<c>I)")
def clock(match: Match) -> Reading | None:
    """10:57, 5 p.m. GMT, noon: the day is that which the text speaks of"""
    if match.need("c").letter == "n" and not 0 < match.need("c").value < 24:
        return None

    def meaning(context: Context) -> Interval | None:
        if context.moment is not None and context.moment.start == context.moment.end:
            return context.moment.at("minute")
        return None

    return Reading("time", meaning, anaphoric=True)
