"""Figures, and the counts they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """A named value, in per cent unless the name says otherwise, and how many items it is over."""

    name: str
    value: float
    n: int


class Scored(NamedTuple):
    """What a scorer found out. `headline` is the one figure that stands for the task."""

    figures: tuple[Figure, ...]
    headline: float


def percent(part: float, whole: float) -> float:
    """0 where there is nothing to take a share of."""
    return 100 * part / whole if whole else 0.0


@dataclass
class Counts:
    """How many items are right, how many were found and how many there are. Grows article by article."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, *, right: int = 0, found: int = 0, gold: int = 0) -> None:
        self.right += right
        self.found += found
        self.gold += gold

    def compare(self, gold: AbstractSet[Any], found: AbstractSet[Any]) -> None:
        """Count the members that two sets share."""
        self.add(right=len(gold & found), found=len(found), gold=len(gold))

    @property
    def precision(self) -> float:
        return percent(self.right, self.found)

    @property
    def recall(self) -> float:
        return percent(self.right, self.gold)

    @property
    def f1(self) -> float:
        return percent(2 * self.right, self.found + self.gold)

    def figures(self, name: str) -> list[Figure]:
        """Precision over what was found; recall and F1 over the gold."""
        return [
            Figure(f"{name}_p", self.precision, self.found),
            Figure(f"{name}_r", self.recall, self.gold),
            Figure(f"{name}_f1", self.f1, self.gold),
        ]


def mean_f1(counts: Iterable[Counts]) -> float:
    """Macro F1: every label weighs the same."""
    values = [one.f1 for one in counts]
    return sum(values) / len(values) if values else 0.0
