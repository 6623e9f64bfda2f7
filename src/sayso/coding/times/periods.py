"""The grammar of seasons, decades, centuries, quarters, feasts and weekdays."""

from __future__ import annotations

from datetime import timedelta

from sayso.coding.tables import table
from sayso.coding.times import calendar
from sayso.coding.times.calendar import Interval
from sayso.coding.times.context import AGAINST_MONTH, Context, nothing
from sayso.coding.times.grammar import Match, Reading
from sayso.coding.times.rules import GRAMMAR, MOD, full_year, modified, relative_unit, timed


@GRAMMAR.rule(rf"{MOD}T?q?(?P<s>s)(?:,|O)?(?P<y>[yY])")
def season_of_year(match: Match) -> Reading | None:
    """the summer of 2020, spring 1975"""
    season, year = match.need("s"), match.need("y")
    return Reading(
        "date", modified(match, lambda c: calendar.season(full_year(year, c.published), season.number)), names_year=True
    )


@GRAMMAR.rule(rf"{MOD}(?P<r>[ltxz])q?(?P<s>s)", rf"{MOD}T?q?(?P<r>)(?P<s>s)(?![OP]T|a)")
def season_alone(match: Match) -> Reading | None:
    """last summer, the winter, (in) spring"""
    season, relative = match.need("s"), match["r"]
    the = any(cell.letter == "T" for cell in match.cells)
    if (
        relative is None
        and (not the or match.beside(-1).lower == "of")
        and match.beside(-1).lower not in ("in", "by", "during", "since", "until", "of")
    ):
        return None
    if (
        relative is None
        and season.lower in ("fall", "spring")
        and match.beside(-1).lower not in ("in", "by", "during", "since", "until")
    ):
        return None

    def meaning(context: Context) -> Interval | None:
        if relative is None:
            return context.year_for(lambda y: calendar.season(y, season.number), AGAINST_MONTH)
        today = context.now
        if today is None or relative.letter == "z":
            return None
        near = [calendar.season(today.year + offset, season.number) for offset in (-2, -1, 0, 1)]
        if relative.letter == "l":
            return max((one for one in near if one.end < today), key=lambda one: one.start)
        if relative.letter == "x":
            return min((one for one in near if one.start > today), key=lambda one: one.start, default=None)
        running = (one for one in near if one.start <= today <= one.end)
        return next(running, None) or calendar.season(today.year, season.number)

    return Reading("date", modified(match, meaning), deictic=relative is not None)


@GRAMMAR.rule(rf"{MOD}T?q?H?(?P<e>e)")
def decade(match: Match) -> Reading | None:
    """the late nineties, the 1870s, '60s"""
    number = match.need("e").number
    if (number < 100 and not (match.first.letter in "Tq" or match.first.text[0] in "'’")) or number % 10:
        return None
    if match.beside(-1).lower in ("his", "her", "their", "my", "your", "our"):
        return None  # in his sixties: an age
    return Reading(
        "date",
        modified(match, lambda _: calendar.decade(number + 1900 if number < 100 and number >= 20 else number or 2000)),
    )


@GRAMMAR.rule(rf"{MOD}T?q?(?P<o>o)H?(?P<u>u)(?P<era>B)?")
def century(match: Match) -> Reading | None:
    """the 19th century, mid-twentieth century"""
    if match.need("u").name != "century" or match.need("u").value > 1:
        return None
    number = match.need("o").number
    return Reading("date", nothing if match.has("era") else modified(match, lambda _: calendar.century(number)))


@GRAMMAR.rule(
    r"(?P<mod>)T?(?P<o>[olxtz])(?P<u>[uF])(?:,?O?T?(?P<y>y))",
    r"(?P<mod>)T?(?P<o>[olxtz])(?P<u>[uF])(?:O?(?P<y>)(?P<r>[ltxz])(?P<v>u))",
    r"(?P<mod>)T?(?P<o>o)(?P<u>[uF])(?P<y>)(?:OTu)?",
    r"(?P<mod>)(?P<u>Q)(?P<o>d)(?:,?O?(?P<y>y))?",
)
def quarter(match: Match) -> Reading | None:
    """the third quarter of 2011, the second half of 2008, Q1 2011, the first quarter"""
    unit, which, year = match.need("u"), match.need("o"), match["y"]
    name = {"F": "half", "Q": "quarter"}.get(unit.letter, unit.name)
    number = {"last": 4, "past": 4}.get(which.lower, which.number)
    if (
        which.letter not in "od"
        or name not in ("quarter", "half")
        or not 1 <= number <= (4 if name == "quarter" else 2)
        or unit.value > 1
    ):
        return None
    if year is None and name == "half" and match.last.name != "year":
        return None
    make = calendar.quarter if name == "quarter" else calendar.half

    def meaning(context: Context) -> Interval | None:
        if year is not None:
            return make(year.number, number)
        if match.end - match.start > 2 and match.last.letter == "u" and match.last.name == "year":
            relative = next((c for c in match.cells[::-1] if c.letter in "ltxz"), None)
            if relative is not None and (at := relative_unit(context, relative.letter, "year")):
                return make(at.start.year, number)
        return context.year_for(lambda y: make(y, number), AGAINST_MONTH)

    return Reading("date", meaning, names_year=year is not None)


@GRAMMAR.rule(rf"{MOD}(?P<r>[ltx]?)(?P<h>h)(?:,?O?(?P<y>[yY]))?")
def feast(match: Match) -> Reading | None:
    """Christmas, Good Friday 2019, last Easter"""
    name, year, relative = match.need("h").name, match["y"], match["r"]
    if not match.need("h").text[0].isupper() or (match.beside(1).letter == "." and match.beside(1).text[0].isupper()):
        return None  # Easter Island

    def make(number: int) -> Interval:
        moved = table("times")["easter"].get(name)
        if moved is not None:
            return calendar.of_day(calendar.easter(number) + timedelta(moved))
        month, _, day = table("times")["feasts"][name].partition("-")
        return calendar.day(number, int(month), int(day))

    def meaning(context: Context) -> Interval | None:
        if year is not None:
            return make(full_year(year, context.published))
        if relative is not None and context.now is not None:
            options = [make(context.now.year + offset) for offset in (-1, 0, 1)]
            if relative.letter == "l":
                return max((one for one in options if one.end < context.now), key=lambda one: one.start)
            return min((one for one in options if one.start >= context.now), key=lambda one: one.start)
        return context.year_for(make)

    return Reading("date", modified(match, meaning), names_year=year is not None)


@GRAMMAR.rule(rf"{MOD}(?P<w>w)(?P<p>p)?", r"(?P<mod>)(?P<w>v)(?P<p>p)")
def weekday(match: Match) -> Reading | None:
    """Sunday, Sunday night, late Friday"""
    day = match.need("w")
    return Reading("time" if match.has("p") else "date", timed(match, lambda c: c.weekday(day.number)), deictic=True)


@GRAMMAR.rule(
    r"(?P<mod>T?q?bO|T?qP)T?(?P<u>u)",
)
def part_of_unit(match: Match) -> Reading | None:
    """the end of the year, late in the month: of the unit that the text speaks of, or the present one"""
    unit = match.need("u")
    if (
        unit.value > 1
        or unit.name not in ("day", "week", "month", "year", "decade", "century")
        or match.beside(-1).lower in ("a", "an")
    ):
        return None
    if match.cells[-2].letter != "T":
        return None

    def meaning(context: Context) -> Interval | None:
        if context.narrative or context.named_year is not None:
            return relative_unit(context, "z", unit.name)
        return relative_unit(context, "t", unit.name)

    return Reading("date", modified(match, meaning))


@GRAMMAR.rule(rf"{MOD}T?(?P<r>[ltxz])(?P<w>w)(?P<p>p)?", r"(?P<mod>)T?(?P<w>w)(?P<p>p)?O?(?P<r>[ltxz])(?P<u>u)")
def relative_weekday(match: Match) -> Reading | None:
    """last Friday, this Sunday night, Friday of last week"""
    day, relative = match.need("w"), match.need("r").letter
    if match.last.letter == "u" and match.last.name != "week":
        return None

    def meaning(context: Context) -> Interval | None:
        today = context.now
        if today is None:
            return None
        if match.last.letter == "u":
            week = relative_unit(context, relative, "week")
            return calendar.of_day(week.start + timedelta(day.number - 1)) if week else None
        back = (today.isoweekday() - day.number) % 7
        if relative == "l":
            return calendar.of_day(today - timedelta(back or 7))
        if relative == "x":
            return calendar.of_day(today + timedelta(7 - back))
        if relative == "z":
            return context.moment if context.moment and context.moment.start.isoweekday() == day.number else None
        return context.weekday(day.number)

    return Reading("time" if match.has("p") else "date", timed(match, meaning), deictic=relative != "z")
