"""What a room is: a function that reads some parts of a draft and adds others.

Rooms declare what they need and what they give, as spaCy's components do; the coder refuses a line of rooms
in which one needs what no earlier one gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sayso.coding.draft import Draft
from sayso.errors import SaysoError

Work = Callable[[Draft], None]


@dataclass(frozen=True)
class Room:
    """One step of coding: `work` changes the draft in place."""

    name: str
    work: Work
    needs: frozenset[str]
    gives: frozenset[str]

    def __call__(self, draft: Draft) -> None:
        self.work(draft)


def room(*, needs: Iterable[str] = (), gives: Iterable[str] = ()) -> Callable[[Work], Room]:
    """Make a function a room. Names are parts of the draft: `actors`, `places`, `events.place`, …"""

    def make(work: Work) -> Room:
        return Room(f"{work.__module__.rpartition('.')[2]}.{work.__name__}", work, frozenset(needs), frozenset(gives))

    return make


def check(rooms: Iterable[Room]) -> None:
    """Raise SaysoError where a room needs what no earlier one gives."""
    given: set[str] = {"article", "doc", "blocks"}
    for one in rooms:
        missing = one.needs - given
        if missing:
            raise SaysoError(f"room {one.name} needs {', '.join(sorted(missing))}, which no earlier room gives")
        given |= one.gives
