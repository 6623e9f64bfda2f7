"""Who works on the shards: processes of this machine, or of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from sayso.scaling.job import Done, Shard, Tally
from sayso.scaling.worker import Plan


class Engine(Protocol):
    """So many processes that code shards."""

    @property
    def tally(self) -> Tally:
        """What they have of shards that are not done."""

    def coder(self) -> dict[str, str]:
        """What they code with: the fields of `CoderInfo`."""

    def work(self, shards: Iterator[Shard]) -> Iterator[Done | None]:
        """The shards as they are done, in any order; None from time to time in between."""


def _local(plan: Plan, size: int | None) -> AbstractContextManager[Engine]:
    from sayso.scaling.crew import Crew

    return Crew(plan, size)


def _ray(plan: Plan, size: int | None) -> AbstractContextManager[Engine]:
    from sayso.scaling.ray_data import RayCrew

    return RayCrew(plan, size)


ENGINES: dict[str, Callable[[Plan, int | None], AbstractContextManager[Engine]]] = {"local": _local, "ray": _ray}
