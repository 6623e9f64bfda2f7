"""Shards coded by the actors of a Ray cluster, with Ray Data. Needs `sayso[ray]`, and inputs and output where all nodes see them.

Each actor has one process of its own under it, the same as on one machine: what ends that is seen to there, and what ends the
actor by Ray, which gives its shard to another. What an actor gives back is no more than what became of a shard; its file it
has written itself.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterator
from typing import Any

from sayso.errors import ScaleError
from sayso.scaling.crew import Crew
from sayso.scaling.job import Done, Shard, Tally
from sayso.scaling.worker import Plan

MOST_BLOCKS = 10_000
"""Blocks of a data set, one shard each until there are more; Ray keeps account of every one."""
SPARE = 1 / 16
"""Share of the cluster's cores, at least one, that is left to Ray and to what reads: actors on all of them starve both."""


class Coding:
    """What an actor does: code one shard after another."""

    def __init__(self, plan: Plan):
        self._crew = Crew(plan, 1)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        shard: Shard = pickle.loads(row["shard"])  # noqa: S301  # our own, from the driver
        try:
            done = next(one for one in self._crew.work(iter((shard,))) if one is not None)
        except ScaleError as error:
            return {"done": None, "failed": str(error)}
        return {"done": pickle.dumps(done), "failed": None}


class RayCrew:
    """So many actors; where no number is given, on all cores of the cluster but a few."""

    def __init__(self, plan: Plan, size: int | None):
        try:
            import ray.data
        except ImportError:
            raise ScaleError("the engine ray needs Ray, which is not installed: pip install 'sayso[ray]'") from None
        self._ray, self._plan, self._size = ray, plan, size
        self.tally = Tally()
        """Of shards that are not done nothing is heard."""

    def __enter__(self) -> RayCrew:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody unasked
        self._is_ours = not self._ray.is_initialized()
        if self._is_ours:
            self._begin()
        return self

    def _begin(self) -> None:
        if not self._plan.debug:
            logging.getLogger("ray.data").setLevel(logging.ERROR)
        try:
            self._ray.init(log_to_driver=self._plan.debug, logging_level=logging.ERROR, include_dashboard=False)
        except (OSError, RuntimeError, ValueError, self._ray.exceptions.RayError) as error:
            raise ScaleError(f"the Ray cluster cannot be reached: {_last_line(error)}") from error

    def __exit__(self, *_: object) -> None:
        if self._is_ours:
            self._ray.shutdown()

    def coder(self) -> dict[str, str]:
        """What this machine codes with, asked of a process here; what other nodes code with is compared with it."""
        with Crew(self._plan, 1) as one:
            return one.coder()

    def work(self, shards: Iterator[Shard]) -> Iterator[Done]:
        """The shards as they are done, in any order. All are cut before the first is begun."""
        rows = [{"shard": pickle.dumps(shard)} for shard in shards]
        if not rows:
            return
        for row in self._coded(rows):
            if row["failed"] is not None:
                raise ScaleError(row["failed"])
            done: Done = pickle.loads(row["done"])  # noqa: S301  # our own, from an actor
            yield done

    def _coded(self, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        data = self._ray.data
        context = data.DataContext.get_current()
        context.enable_progress_bars = self._plan.debug
        actors = data.ActorPoolStrategy(min_size=1, max_size=self._actors(), max_tasks_in_flight_per_actor=2)
        made = data.from_items(rows, override_num_blocks=min(len(rows), MOST_BLOCKS))
        coded = made.map(Coding, fn_constructor_args=(self._plan,), compute=actors, num_cpus=1)
        try:
            yield from coded.iter_rows()
        except self._ray.exceptions.RayError as error:
            raise ScaleError(f"the Ray cluster: {_last_line(error)}") from error

    def _actors(self) -> int:
        if self._size is not None:
            return self._size
        there = int(self._ray.cluster_resources().get("CPU", 1))
        return max(1, there - max(1, int(there * SPARE)))


def _last_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]
