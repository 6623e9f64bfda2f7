"""Which prediction is of which article of the gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple


class Key(NamedTuple):
    """What an article is known by."""

    id: str
    text: str

    @property
    def characters(self) -> str:
        """The text without its white space."""
        return "".join(self.text.split())


def match(gold: Sequence[Key], found: Sequence[Key]) -> list[int | None]:
    """For each article of the gold the number of its prediction, or None where there is none.

    By id, else by text without white space; where neither ever matches and there are as many, by order. Each prediction
    is taken once, the first one first.
    """
    matched: list[int | None] = [None] * len(gold)
    free = set(range(len(found)))
    keys = (
        ([key.id for key in gold], [key.id for key in found]),
        ([key.characters for key in gold], [key.characters for key in found]),
    )
    for wanted, given in keys:
        at: dict[str, list[int]] = defaultdict(list)
        for number in sorted(free, reverse=True):
            at[given[number]].append(number)
        for row, key in enumerate(wanted):
            if key and matched[row] is None and at[key]:
                matched[row] = at[key].pop()
        free.difference_update(number for number in matched if number is not None)
    if len(free) == len(found) == len(gold):
        return list(range(len(gold)))
    return matched
