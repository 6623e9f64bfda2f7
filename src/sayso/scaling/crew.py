"""Processes that code shards, each replaced when it ends before its time.

The record at which a process ended is tried once more by the next; if that ends too, the record is given up as an error that
names it. So it is with one that neither ends nor goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import wait

from sayso.errors import ScaleError
from sayso.scaling.feeding import Feed
from sayso.scaling.job import Done, Shard, Stage, Tally
from sayso.scaling.worker import Failed, Plan, Ready, Told, serve

TRIES = 2
STARTS = 5
"""Processes in a row that may end before they are at a record."""
RETIRE = 20_000
"""Records after which a process gives way to a fresh one: spaCy keeps every word that it has ever seen."""
LOADING = 300.0
"""Seconds that a process may take to begin."""
SLACK = 30.0
"""Seconds beside twice its limit of time that a record may take before its process is ended from outside."""
LOOK = 0.2
"""Seconds between looks for what is late, and for more work."""


class Member:
    """One process at a time, and the shard that it is at."""

    def __init__(self, plan: Plan):
        self._plan = plan
        self.shard: Shard | None = None
        self._stage = Stage()
        self._ended = self._unbegun = 0
        self.coder: dict[str, str] | None = None
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, self._plan), daemon=True)
        self.process.start()
        theirs.close()
        self._is_ready = self._has_begun = False
        self._records = 0
        self._since = time.monotonic()

    @property
    def is_idle(self) -> bool:
        return self._is_ready and self.shard is None

    @property
    def tally(self) -> Tally:
        """What it has of its shard."""
        return self._stage.tally if self.shard else Tally()

    def give(self, shard: Shard) -> None:
        self.shard, self._stage, self._ended = shard, Stage(), 0
        self._send()

    def _send(self) -> None:
        self._since = time.monotonic()
        with suppress(OSError):  # it has ended, which is seen to when that is heard
            self.connection.send((self.shard, self._stage))

    def hear(self) -> Done | None:
        """Take up what the process says, or see to it that another takes its place. Raises ScaleError where none can go on."""
        try:
            told: Told = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            self.replace(_ending(self.process.exitcode))
            return None
        self._since = time.monotonic()
        if isinstance(told, Failed):
            raise ScaleError(told.reason)
        if isinstance(told, Done):
            self._is_done(told)
            return told
        if isinstance(told, Ready):
            self._is_ready, self.coder = True, told.coder
            if self.shard is not None:
                self._send()
        else:
            self._is_at(told)
        return None

    def _is_done(self, done: Done) -> None:
        self.shard = None
        self._records += done.tally.records
        if self._records >= RETIRE:
            self.end()
            self._start()

    def _is_at(self, stage: Stage) -> None:
        if stage.tally.records != self._stage.tally.records:
            self._ended = 0
        self._has_begun, self._unbegun, self._stage = True, 0, stage

    @property
    def is_late(self) -> bool:
        patience = 2 * self._plan.job.time_limit + SLACK if self._is_ready else LOADING
        return not self.is_idle and time.monotonic() - self._since > patience

    def replace(self, why: str) -> None:
        """Another process in the place of one that ended or is late. Raises ScaleError where that has been tried enough."""
        self.end()
        if self._has_begun:
            self._ended += 1
        else:
            self._unbegun += 1
        if self._unbegun >= STARTS:
            raise ScaleError(f"processes end again and again before they begin: the last {why}")
        if self._ended >= TRIES:
            self._stage = replace(self._stage, given_up=f"its process {why}, and so did another one")
        self._start()

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def cores() -> int:
    """The processor's cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """So many processes under one plan; one a core where no number is given."""

    def __init__(self, plan: Plan, size: int | None):
        self._members = [Member(plan) for _ in range(size or cores())]

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for member in self._members:
            member.end()

    @property
    def tally(self) -> Tally:
        """What they have of shards that are not done."""
        return sum((member.tally for member in self._members), Tally())

    def coder(self) -> dict[str, str]:
        """What they code with: waits until one of them is ready. Raises ScaleError where none can be."""
        while True:
            self._heard()
            for member in self._members:
                if member.coder is not None:
                    return member.coder

    def work(self, shards: Iterator[Shard]) -> Iterator[Done | None]:
        """The shards as they are done, in any order; None from time to time in between."""
        with Feed(shards, ahead=len(self._members)) as feed:
            while True:
                for member in self._members:
                    if member.is_idle and (shard := feed.take()):
                        member.give(shard)
                if feed.is_over and all(member.shard is None for member in self._members):
                    return
                yield from self._heard()
                yield None

    def _heard(self) -> list[Done]:
        said = set(wait([member.connection for member in self._members], LOOK))
        done = [member.hear() for member in self._members if member.connection in said]
        for member in self._members:
            if member.is_late:
                member.replace("neither ended nor went on")
        return [one for one in done if one is not None]


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with status {code}"
