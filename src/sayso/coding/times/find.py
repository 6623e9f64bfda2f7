"""From a text to its time expressions with their intervals: grammar, joining, and the running reference time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sayso.coding.times import calendar
from sayso.coding.times.calendar import Interval
from sayso.coding.times.cells import BREAK, Cell, cells
from sayso.coding.times.context import Context, Direction, Expression, Kind, Meaning
from sayso.coding.times.rules import GRAMMAR
from sayso.coding.words import Word, lex

Tense = Callable[[int], Direction]
"""Which way the verb at a code point looks."""

_DAYPART = re.compile(r"T?q?[pI]OT?$")
"""What stands before a day in "the evening of January 5"."""
_LIMIT = re.compile(r"\b(?:by|until|till)(?: the)?\s*$", re.IGNORECASE)
_OLD = 4
"""Named years that lie outside the year of publication and its neighbours, from which on a text may be history."""


_CLAUSE = re.compile(r"[.;!?\n]|\b(?:and|but|while|when|after|before|who|which)\b")
"""What parts a time of day from a day behind it that is another's."""
BEHIND = 40
"""Characters between a time of day and its day."""
FIRST = 3
"""Expressions at the head of a text of which one shows that it is a report."""
RECENT = 7
"""Days from what a report tells to its publication."""
COUNTED = ("later", "earlier", "afterwards", "previously")
SENTENCE = 600
"""Characters that a sentence is looked back over."""
OPENING = 4
"""Words before an expression that still opens its sentence: "But only two days later"."""


class Found(NamedTuple):
    """A resolved expression: code points, kind, and the interval where it names one.

    `value`: ISO 8601 of a duration; `ends`: the expressions at the ends of a range.
    """

    start: int
    end: int
    kind: Kind
    interval: Interval | None
    value: str | None = None
    ends: tuple[Found, ...] = ()


def find(text: str, published: date | None, tense: Tense, words: Sequence[Word] | None = None) -> list[Found]:
    """The time expressions of a text in order.

    `published` is the day that relative expressions are counted from; None leaves them without an interval.
    `tense(offset)` tells which way the verb that governs the word at a code point looks. `words`: `lex(text)`, where
    the caller has it.
    """
    stream = cells(lex(text) if words is None else words)
    expressions = _join(GRAMMAR.find(stream), stream, text)
    breaks = [cell.start for cell in stream if cell.letter == BREAK]
    return _resolve(text, expressions, breaks, published, tense)


def _resolve(
    text: str, expressions: Sequence[Expression], breaks: Sequence[int], published: date | None, tense: Tense
) -> list[Found]:
    context = Context(published, narrative=_is_history(expressions, published))
    found: list[Found] = []
    passed = spoke = spoken = 0
    for number, one in enumerate(expressions):
        if passed < len(breaks) and breaks[passed] < one.start:
            while passed < len(breaks) and breaks[passed] < one.start:
                passed += 1
            if not context.narrative:
                context.named_year = None
                context.moment = context.moment if one.anaphoric and passed <= spoke + 1 else None
        context.direction = tense(one.start)
        context.limit = _LIMIT.search(text, max(0, one.start - 12), one.start) is not None
        counted = text[one.start : one.end].lower().endswith(COUNTED)
        if one.anaphoric and counted and not _in_reach(text, one.start, spoken):
            interval = None
        else:
            interval = _of_day_behind(text, one, expressions[number + 1 : number + 3], context, tense) or _meaning(
                one, context
            )
        ends = tuple(Found(end.start, end.end, end.kind, _meaning(end, context)) for end in one.ends)
        found.append(Found(one.start, one.end, one.kind, interval, one.value, ends))
        before = context.moment
        _remember(context, one, interval)
        if context.moment is not before:
            spoke, spoken = passed, one.end
    return found


def _of_day_behind(
    text: str, one: Expression, following: Sequence[Expression], context: Context, tense: Tense
) -> Interval | None:
    """The day that stands behind a time of day: "at 2am local time (0100 UTC) on Sunday"."""
    if one.kind != "time" or not one.anaphoric:
        return None
    for other in following:
        gap = text[one.end : other.start]
        if len(gap) > BEHIND or _CLAUSE.search(gap):
            return None
        if other.kind == "date" and not other.anaphoric:
            found = _meaning(other, replace(context, direction=tense(other.start)))
            return found.at("minute") if found and found.start == found.end else None
    return None


def _in_reach(text: str, start: int, spoken: int) -> bool:
    """Whether "two days later" is counted from the time at `spoken`: it stands in that sentence, or opens its own.

    Deep in another sentence it is counted from what that sentence tells first: "He was jailed, and freed a year later."
    """
    begin = max(text.rfind(mark, max(0, start - SENTENCE), start) for mark in (". ", ".\n", "\n\n", "? ", "! ", "; "))
    return spoken > begin or text.count(" ", begin + 2, start) <= OPENING


def _meaning(one: Expression, context: Context) -> Interval | None:
    try:
        return one.meaning(context)
    except (ValueError, OverflowError):  # outside the calendar
        return None


def _remember(context: Context, one: Expression, interval: Interval | None) -> None:
    """Move the reference time: the text now speaks of this."""
    if interval is None or one.kind in ("duration", "set", "reference"):
        return
    if interval.granularity in ("decade", "century"):
        return
    context.moment = interval
    if one.names_year:
        context.named_year = interval.start.year
    elif (one.deictic or one.anaphoric) and interval.granularity in ("year", "season", "quarter", "half-year", "month"):
        other = context.published is None or interval.start.year != context.published.year
        context.named_year = interval.start.year if other or context.narrative else None
    elif context.narrative:
        context.named_year = interval.start.year


def _is_history(expressions: Sequence[Expression], published: date | None) -> bool:
    """Whether the text is a history: it names many years gone by, few near its publication, and does not open as a report.

    A report's first times are of its own days: its dateline, "yesterday", "on Monday".
    """
    if published is None:
        return True
    if any(one.deictic or _is_of(one, published) for one in expressions[:FIRST]):
        return False
    years = []
    for one in expressions:
        if one.names_year and (interval := _meaning(one, Context(published))):
            years.append(interval.start.year)
    old = sum(published.year - number > 1 for number in years)
    return old >= _OLD and old > 0.6 * len(years) and old > sum(one.deictic for one in expressions)


def _is_of(one: Expression, published: date) -> bool:
    """Whether it is the day of publication, or one just before."""
    found = _meaning(one, Context(published))
    return found is not None and found.start == found.end and 0 <= (published - found.start).days <= RECENT


def _join(expressions: Sequence[Expression], stream: Sequence[Cell], text: str) -> list[Expression]:
    """One expression of two that belong together: a range, a time of day and its day."""
    starts = {cell.start: at for at, cell in enumerate(stream)}
    ends = {cell.end: at for at, cell in enumerate(stream)}
    found: list[Expression] = []
    for one in expressions:
        taken = ends[found[-1].end] + 1 if found and found[-1].end in ends else 0
        one = _with_daypart(one, stream, starts, ends, taken)
        if found:
            gap = stream[ends.get(found[-1].end, 0) + 1 : starts.get(one.start, 0)] if len(text) else ()
            joined = _pair(found[-1], one, gap, stream, starts)
            if joined is not None:
                found[-1] = joined
                continue
        found.append(_from_to(one, stream, starts))
    return found


def _with_daypart(
    one: Expression, stream: Sequence[Cell], starts: dict[int, int], ends: dict[int, int], taken: int
) -> Expression:
    """ "the evening of January 5", "January 5 evening"; determiners of the day stay inside.

    `taken`: the cells before this one are the expression's before it: "Monday night of 2022" is no night of 2022.
    """
    if one.kind != "date":
        return one
    at = starts.get(one.start)
    if at is not None:
        letters = "".join(cell.letter for cell in stream[max(taken, at - 5) : at])
        if match := _DAYPART.search(letters):
            return replace(one, start=stream[at - len(match.group())].start, kind="time", meaning=_timed(one.meaning))
    after = ends.get(one.end, len(stream)) + 1
    if after < len(stream) and stream[after].letter == "p" and stream[after - 1].letter in "dowy":
        return replace(one, end=stream[after].end, kind="time", meaning=_timed(one.meaning))
    return one


def _timed(meaning: Meaning) -> Meaning:
    def timed(context: Context) -> Interval | None:
        found = meaning(context)
        return found.at("hour") if found and found.granularity == "day" else found

    return timed


def _pair(
    first: Expression, second: Expression, gap: Sequence[Cell], stream: Sequence[Cell], starts: dict[int, int]
) -> Expression | None:
    """The two as one expression, None where they are two."""
    if first.joined or len(gap) > 1:
        return None
    words = [cell.lower for cell in gap]
    if first.kind == "time" and first.anaphoric and second.kind in ("date", "time") and words in ([], ["on"], [","]):
        return replace(second, start=first.start, kind="time", meaning=_timed(second.meaning), joined=True)
    if (
        second.kind == "time"
        and second.anaphoric
        and first.kind in ("date", "time")
        and words in ([], ["at"], [","], ["around"])
    ):
        return replace(first, end=second.end, kind="time", meaning=_timed(first.meaning), joined=True)
    if first.kind == second.kind == "date":
        opened = _opening(first, stream, starts)
        if (opened == "from" and words in (["to"], ["until"], ["till"], ["through"], ["-"], ["–"])) or (
            opened == "between" and words == ["and"]
        ):
            before = stream[starts[first.start] - 1]
            return replace(
                first,
                start=before.start,
                end=second.end,
                meaning=_range(first, second),
                names_year=second.names_year,
                joined=True,
                ends=_ends(first, second),
            )
        if words in (["-"], ["–"], ["—"], ["through"]):
            return replace(
                first, end=second.end, meaning=_range(first, second), names_year=second.names_year, joined=True,
                ends=_ends(first, second),
            )  # fmt: skip
    return None


def _opening(one: Expression, stream: Sequence[Cell], starts: dict[int, int]) -> str:
    at = starts.get(one.start, 0)
    return stream[at - 1].lower if at else ""


def _ends(first: Expression, second: Expression) -> tuple[Expression, Expression]:
    """The ends of a range; the first takes the second's year where only that is named."""
    if not second.names_year or first.names_year or first.deictic:
        return first, second

    def begun(context: Context) -> Interval | None:
        last = second.meaning(context)
        return first.meaning(replace(context, named_year=last.start.year)) if last else None

    return replace(first, meaning=begun), second


def _range(first: Expression, second: Expression) -> Meaning:
    """From the one to the other; the first takes the second's year where only that is named."""

    def meaning(context: Context) -> Interval | None:
        last = second.meaning(context)
        if last is None:
            return None
        begin = first.meaning(context)
        if second.names_year and not first.names_year and not first.deictic:
            begin = first.meaning(replace(context, named_year=last.start.year))
        if begin is None or last.end < begin.start:
            return None
        return calendar.between(begin, last)

    return meaning


def _from_to(one: Expression, stream: Sequence[Cell], starts: dict[int, int]) -> Expression:
    """ "from 2 to 5 January" is one expression already; its preposition belongs to it."""
    at = starts.get(one.start, 0)
    inside = [c.lower for c in stream[at : at + 4] if c.end <= one.end]
    if at and stream[at - 1].lower in ("from", "between") and ({"to", "and"} & set(inside)) and one.kind == "date":
        return replace(one, start=stream[at - 1].start)
    return one
