"""The grammar of calendar dates: days, months, years.

Extents are TimeML's (Saurí et al., TimeML Annotation Guidelines 1.2.1): no preposition, determiners and
modifiers inside ("the late nineties", "early last week").
"""

from __future__ import annotations

from datetime import date

from sayso.coding.tables import table
from sayso.coding.times import calendar
from sayso.coding.times.calendar import Interval
from sayso.coding.times.cells import Cell
from sayso.coding.times.context import AGAINST_MONTH, Context, Expression, Meaning
from sayso.coding.times.grammar import Grammar, Match, Reading

GRAMMAR = Grammar()
MOD = r"(?P<mod>(?:T?(?:qH?|q?bO|qP))?)"
"""What may precede: "early", "mid-", "the end of", "late in"."""
WEEKDAY = r"(?:(?P<w>[wv])H?,?)?"
YEAR = r"(?:,?O?(?P<y>[yY]))?"


def modified(match: Match, meaning: Meaning) -> Meaning:
    """The meaning, approximate where the match has "early", "late", "the end of"."""
    if not any(cell.letter in "qb" for cell in match.group("mod")):
        return meaning

    def about(context: Context) -> Interval | None:
        found = meaning(context)
        return found.about() if found else None

    return about


def timed(match: Match, meaning: Meaning) -> Meaning:
    """The meaning, as fine as a time of day where the match has one."""
    if not match.has("p"):
        return meaning

    def finer(context: Context) -> Interval | None:
        found = meaning(context)
        return found.at("hour") if found else None

    return finer


def range_ends(
    meaning: Meaning, first: tuple[int, int], last: tuple[int, int], unit: str = "day"
) -> tuple[Expression, Expression]:
    """The expressions at the two ends of a range, by their code points: the units that its first and last day are in."""

    def edge(which: str) -> Meaning:
        def found(context: Context) -> Interval | None:
            whole = meaning(context)
            return calendar.containing(getattr(whole, which), unit) if whole else None

        return found

    return Expression(*first, "date", edge("start")), Expression(*last, "date", edge("end"))


def relative_unit(context: Context, relative: str, unit: str) -> Interval | None:
    """last (l), this (t), next (x) or that (z) week, month, year … as the reader stands.

    "next" and "last" are counted from the day of publication; "that" from what the text spoke of.
    """
    if relative == "z":
        if context.moment is None or (unit in ("day", "night") and context.moment.start != context.moment.end):
            return None
        return calendar.containing(context.moment.start, unit)
    today = context.now
    if today is None:
        return None
    return calendar.containing(calendar.shift(today, unit, {"l": -1, "t": 0, "x": 1}[relative]), unit)


def full_year(cell: Cell, published: date | None = None) -> int:
    """'99 is 1999, '05 is 2005; a year of four digits is itself."""
    if cell.number >= 100:
        return cell.number
    pivot = (published.year % 100 if published else 40) + 1
    century = published.year // 100 * 100 if published else 2000
    return century + cell.number - (100 if cell.number > pivot else 0)


@GRAMMAR.rule("i")
def iso_date(match: Match) -> Reading | None:
    """2022-01-05"""
    found = calendar.of_day(date.fromisoformat(match.first.text[:10]))
    return Reading("time" if len(match.first.text) > 10 else "date", lambda _: found, names_year=True)


@GRAMMAR.rule("f")
def slashed_date(match: Match) -> Reading | None:
    """05/01/2022, 5.1.2022: day first, unless only the other order is a date or the dateline tells that."""
    first, second, last = (int(part) for part in match.first.text.replace(".", "/").replace("-", "/").split("/"))
    orders = [(first, second), (second, first)]
    if all(month > 12 for _, month in orders) or not (0 < first < 32 and 0 < second < 32):
        return None

    def meaning(context: Context) -> Interval | None:
        year = full_year(Cell("y", "", "", 0, 0, last), context.published)
        days = [
            calendar.day(year, month, number)
            for number, month in orders
            if 0 < month < 13 and _is_day(year, month, number)
        ]
        if len(days) == 2 and context.published and days[1].start == context.published:
            return days[1]
        return days[0] if days else None

    return Reading("date", meaning, names_year=True)


def _is_day(year: int, month: int, number: int) -> bool:
    return 1 <= number <= calendar.month(year, month).end.day


@GRAMMAR.rule(
    rf"{MOD}{WEEKDAY}T?(?P<d>[do])O?(?P<m>[mM]){YEAR}",
    rf"{MOD}{WEEKDAY}(?P<m>[mM])T?(?P<d>[do])(?!u){YEAR}",
    rf"{MOD}T?(?P<d>[do])(?P<m>[mM])(?P<y>[nd])",
)
def day_of_month(match: Match) -> Reading | None:
    """5 January, Jan. 5th, Wednesday, January 5, 2022, the 25th of August, 5 JAN 90"""
    month, number, year = match.need("m"), match.need("d"), match["y"]
    if not 1 <= number.number <= 31 or (
        number.letter == "o" and number.lower == "second" and month.start > number.end + 4
    ):
        return None
    if month.lower in ("may", "march") and number.start < month.start and match.beside(1).letter in ("n", "A"):
        return None
    if year is not None and year.letter in "nd" and not (month.text.isupper() and len(year.text) == 2):
        return None
    calendar.day(2000, month.number, number.number)

    def meaning(context: Context) -> Interval | None:
        if year is not None:
            return calendar.day(full_year(year, context.published), month.number, number.number)
        return context.year_for(lambda y: calendar.day(y, month.number, number.number))

    return Reading("date", modified(match, meaning), names_year=year is not None)


@GRAMMAR.rule(
    r"(?P<mod>)(?P<d>[do])[HN](?P<d2>[do])O?(?P<m>[mM])" + YEAR,
    r"(?P<mod>)(?P<m>[mM])(?P<d>[do])[HN](?P<d2>[do])(?!u)" + YEAR,
)
def days_of_month(match: Match) -> Reading | None:
    """2-5 January, January 2 to 5, 2022; "2 and 5 January" are two days, not these."""
    first, last, month, year = match.need("d"), match.need("d2"), match.need("m"), match["y"]
    if any(cell.lower in ("and", "or") for cell in match.cells) and match.beside(-1).lower != "between":
        return None
    if last.number <= first.number:
        return None

    def make(y: int) -> Interval:
        return calendar.between(calendar.day(y, month.number, first.number), calendar.day(y, month.number, last.number))

    def meaning(context: Context) -> Interval | None:
        return make(full_year(year, context.published)) if year else context.year_for(make)

    make(2000)
    first_end = month if month.start < first.start else first
    ends = range_ends(meaning, (first_end.start, first.end), (last.start, match.last.end))
    return Reading("date", meaning, names_year=year is not None, ends=ends)


@GRAMMAR.rule(rf"{MOD}(?P<m>[mM])(?:,|O)?(?P<y>[yY])(?P<era>B)?")
def month_of_year(match: Match) -> Reading | None:
    """January 2022, early Sept. 1999, February of 1940"""
    month, year = match.need("m"), match.need("y")
    if match.has("era"):
        return Reading("date")
    return Reading(
        "date",
        modified(match, lambda c: calendar.month(full_year(year, c.published), month.number)),
        names_year=True,
    )


@GRAMMAR.rule(rf"{MOD}(?P<m>[mM])")
def month_alone(match: Match) -> Reading | None:
    """(in) January, mid-September. Month names that are other words too need a word of time before them."""
    month = match.need("m")
    before = match.beside(-1).lower
    if month.letter == "M" and not match.group("mod") and before not in table("times")["words"]["before_month"]:
        return None
    if (
        month.lower in ("may", "march", "mar", "dec", "jan", "sep")
        and before in ("to", "and", "by", "from", "for")
        and month.letter == "M"
        and match.beside(-2).letter not in "mM"  # "between March and May"
    ):
        return None
    after = match.beside(1)
    if after.letter == "." and after.text[:1].isupper() and before not in table("times")["words"]["before_month"]:
        return None  # April Jones, August Wilson
    led = bool(match.group("mod")) or before in ("in", "since", "until", "during", "by")
    if month.lower in ("april", "june", "august") and not led and after.letter == "." and after.text[:1].isupper():
        return None
    return Reading(
        "date", modified(match, lambda c: c.year_for(lambda y: calendar.month(y, month.number), AGAINST_MONTH))
    )


@GRAMMAR.rule(rf"{MOD}(?P<m>[mM]),?O?(?P<r>[ltxz])(?P<u>u)")
def month_of_relative_year(match: Match) -> Reading | None:
    """late April last year, August of that year"""
    month, relative = match.need("m"), match.need("r")
    if match.need("u").name != "year":
        return None

    def meaning(context: Context) -> Interval | None:
        year = relative_unit(context, relative.letter, "year")
        return calendar.month(year.start.year, month.number) if year else None

    return Reading("date", modified(match, meaning), deictic=relative.letter in "lt", anaphoric=relative.letter == "z")


@GRAMMAR.rule(rf"{MOD}(?P<r>[ltxz])(?P<m>[mM])")
def relative_month(match: Match) -> Reading | None:
    """last July, next May"""
    month, relative = match.need("m"), match.need("r")
    if relative.letter == "z":
        return None

    def meaning(context: Context) -> Interval | None:
        today = context.now
        if today is None:
            return None
        year = today.year
        if relative.letter == "l":
            year -= month.number >= today.month
        elif relative.letter == "x":
            year += month.number <= today.month
        return calendar.month(year, month.number)

    return Reading("date", modified(match, meaning), deictic=True)


APPROXIMATE = frozenset(
    "about some nearly almost over than least around up only $ € £ # no number the exactly roughly".split()
)


@GRAMMAR.rule(rf"{MOD}(?:T?u)?(?P<y>[yY])(?P<era>B)?")
def year_alone(match: Match) -> Reading | None:
    """2017, the year 1999, the end of 2006, late 1919. Not "2000 people"."""
    year, before, after = match.need("y"), match.beside(-1), match.beside(1)
    if any(cell.letter == "u" and cell.name != "year" for cell in match.group("mod")) or match.has("era"):
        return Reading("date", names_year=True) if match.has("era") else None
    if year.letter == "y" and not _is_year(match, year, before, after):
        return None
    if year.letter == "Y" and before.lower not in ("in", "of", "since", "by", "the", "from", "until", "class"):
        return None
    return Reading("date", modified(match, lambda c: calendar.year(full_year(year, c.published))), names_year=True)


def _is_year(match: Match, year: Cell, before: Cell, after: Cell) -> bool:
    """Whether four digits name a year rather than count something."""
    if match.start < match.end - 1 and any(c.letter in "qbu" for c in match.group("mod")):
        return True
    if (before.lower in APPROXIMATE and before.lower not in ("the", "around", "about")) or before.text in (
        "$",
        "€",
        "£",
        "#",
    ):
        return False
    if after.lower in table("times")["words"]["measures"] or after.text in ("%", "€", "°"):
        return False
    if after.lower in table("times")["words"]["zones"] or after.lower in ("hours", "hrs"):
        return False  # "at 1639 UTC"
    if after.letter == "u" or (after.letter in "HN." and after.text == "-" and match.beside(2).letter == "u"):
        return False
    if (
        after.text in (":", "/", "-")
        and match.beside(2).text[:1].isdigit()
        and match.beside(2).letter != "y"
        and after.text != "-"
    ):
        return False
    led = before.letter in "PTO" or before.lower in (
        "in", "of", "since", "until", "till", "from", "by", "during", "after", "before", "between", "and", "to", "through", "around",
        "circa", "ca", "c", "for", "his", "her", "its", "their", "election", "throughout",
    ) or before.text in ("(", "[", "–", "-", "s", "'")  # fmt: skip
    plural = (
        after.letter == "."
        and after.text.islower()
        and after.text.endswith("s")
        and not after.text.endswith(("ss", "us", "is", "was", "has"))
        and after.text not in ("as", "was", "has", "is", "its", "his", "this")
    )
    if plural and before.lower not in ("the", "in", "since", "his", "her", "its", "their", "s", "of"):
        return False
    modern = 1800 <= year.number < 2100
    return led if not modern else (led or (before.letter not in "n" and not plural))


@GRAMMAR.rule(r"(?P<y>y)H(?P<y2>[ydn])(?!u)")
def years(match: Match) -> Reading | None:
    """2011-13, 1751–1777"""
    first, second = match.need("y"), match.need("y2")
    if second.letter in "nd" and not (len(second.text) == 2 and second.text.isdigit()):
        return None
    last = second.number if second.letter == "y" else first.number - first.number % 100 + second.number
    if not first.number < last <= first.number + 200:
        return None
    found = calendar.between(calendar.year(first.number), calendar.year(last))
    ends = range_ends(lambda _: found, (first.start, first.end), (second.start, second.end), unit="year")
    return Reading("date", lambda _: found, ends=ends)


@GRAMMAR.rule(rf"{MOD}(?P<n>[ndoy])(?P<era>B)")
def before_christ(match: Match) -> Reading | None:
    """493 BC: outside the calendar of intervals"""
    return Reading("date", names_year=True)
