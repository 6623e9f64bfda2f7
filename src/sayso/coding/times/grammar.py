"""The machinery of the grammar: patterns over the letters of `cells`, the longest that makes sense wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.coding.times.cells import BREAK, Cell
from sayso.coding.times.context import Expression, Kind, Meaning, nothing

EDGE = Cell(BREAK, "", "", 0, 0)
IDLE = ".|,O"
"""Letters with which no expression begins."""


@dataclass(frozen=True)
class Reading:
    """What a rule makes of the cells it matched."""

    kind: Kind
    meaning: Meaning = nothing
    names_year: bool = False
    deictic: bool = False
    anaphoric: bool = False
    ends: tuple[Expression, ...] = ()
    value: str | None = None


class Match:
    """The cells a rule matched: `match["m"]` is the first cell of the group named m, None where it is empty."""

    def __init__(self, found: re.Match[str], cells: Sequence[Cell]):
        self._found, self._cells = found, cells
        self.start, self.end = found.span()

    def __getitem__(self, name: str) -> Cell | None:
        start, end = self._found.span(name)
        return self._cells[start] if start < end else None

    def need(self, name: str) -> Cell:
        """The first cell of a group that the pattern always fills."""
        return self._cells[self._found.start(name)]

    def group(self, name: str) -> Sequence[Cell]:
        start, end = self._found.span(name)
        return self._cells[start:end] if start < end else ()

    def has(self, name: str) -> bool:
        return self[name] is not None

    def beside(self, steps: int) -> Cell:
        """A cell before (-1, …) or after (1, …) the match."""
        at = self.start + steps if steps < 0 else self.end + steps - 1
        return self._cells[at] if 0 <= at < len(self._cells) else EDGE

    @property
    def cells(self) -> Sequence[Cell]:
        """All the cells matched."""
        return self._cells[self.start : self.end]

    @property
    def last(self) -> Cell:
        return self._cells[self.end - 1]

    @property
    def first(self) -> Cell:
        return self._cells[self.start]


Maker = Callable[[Match], Reading | None]


@dataclass(frozen=True)
class Rule:
    pattern: re.Pattern[str]
    make: Maker


class Grammar:
    """Rules in the order in which they are written; on equal length the earlier one wins."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def rule(self, *patterns: str) -> Callable[[Maker], Maker]:
        """Make a function the maker of patterns."""

        def add(make: Maker) -> Maker:
            self.rules += [Rule(re.compile(pattern), make) for pattern in patterns]
            return make

        return add

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """Where an expression may begin: what any of the patterns matches."""
        nameless = (re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in self.rules)
        return re.compile(rf"(?![{IDLE}])(?:{'|'.join(nameless)})")

    def find(self, cells: Sequence[Cell]) -> list[Expression]:
        """All expressions, from left to right, none overlapping. Linear: every pattern is of bounded length."""
        letters = "".join(cell.letter for cell in cells)
        found: list[Expression] = []
        at = 0
        while place := self._any.search(letters, at):
            at = place.start()
            best = self._longest(letters, cells, at)
            if best is None:
                at += 1
                continue
            match, reading = best
            found.append(
                Expression(
                    match.first.start, match.last.end, reading.kind, reading.meaning,
                    reading.names_year, reading.deictic, reading.anaphoric, ends=reading.ends, value=reading.value,
                )
            )  # fmt: skip
            at = match.end
        return found

    def _longest(self, letters: str, cells: Sequence[Cell], at: int) -> tuple[Match, Reading] | None:
        matches = [(m.end(), rule.make, m) for rule in self.rules if (m := rule.pattern.match(letters, at))]
        for _, make, m in sorted(matches, key=lambda one: -one[0]):
            match = Match(m, cells)
            try:
                reading = make(match)
            except (ValueError, OverflowError):  # a day that the calendar does not have
                continue
            if reading is not None:
                return match, reading
        return None
