"""Work that takes longer than a page may: one thread does it, piece after piece; who asked for it can look how far it is.

Nothing of it outlives the desk: what a piece of work has put into the ledger does, and is there for whoever looks. The page of
what a former desk was at says so.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from threading import Condition, Thread

from sayso.desk.errors import TooOften
from sayso.desk.job import Job, Seen, State, Work
from sayso.errors import SaysoError

LOG = logging.getLogger(__name__)

WAITING = 20
"""Pieces of work that wait at most, of all people."""
EACH = 4
"""Of one person, waiting or under way."""
KEPT = 100
"""Whose outcome can still be looked at when they are done."""
PATIENCE = 15.0
"""Seconds that closing waits for the article that is being coded."""


class Jobs:
    """All of a desk. The thread begins with the first and ends with `stop`."""

    def __init__(self, *, waiting: int = WAITING, each: int = EACH, kept: int = KEPT) -> None:
        self._most, self._each, self._kept = waiting, each, kept
        self._changed = Condition()
        self._waiting: deque[Job] = deque()
        self._all: dict[str, Job] = {}
        self._thread: Thread | None = None
        self._running: Job | None = None
        self._stopped = False

    def begin(self, owner: int, label: str, work: Work) -> Job:
        """Put it behind what waits. Raises TooOften, with the work closed, where there is too much."""
        job = Job(owner, label, work)
        try:
            with self._changed:
                self._refuse(owner)
                self._all[job.id] = job
                self._waiting.append(job)
                self._forget()
                if self._thread is None:
                    self._thread = Thread(target=self._work, name="sayso-jobs", daemon=True)
                    self._thread.start()
                self._changed.notify()
        except TooOften:
            work.close()
            raise
        return job

    def _refuse(self, owner: int) -> None:
        own = sum(job.owner == owner and job.state in ("waiting", "running") for job in self._all.values())
        if own >= self._each:
            raise TooOften(f"{own} of your additions are not done yet. Wait until one of them is, and send this again.")
        if self._stopped or len(self._waiting) >= self._most:
            raise TooOften("Too much is waiting to be added. Try again in some minutes.")

    def _forget(self) -> None:
        """The oldest that are over, where there are more than are kept."""
        over = [job.id for job in self._all.values() if job.state in ("done", "failed")]
        for name in over[: max(0, len(over) - self._kept)]:
            del self._all[name]

    def find(self, name: str, owner: int) -> Job | None:
        """Of this owner; another's is as if there were none."""
        with self._changed:
            found = self._all.get(name)
        return found if found is not None and found.owner == owner else None

    def seen(self, job: Job) -> Seen:
        """How far it is."""
        with self._changed:
            ahead = self._waiting.index(job) + (self._running is not None) if job in self._waiting else 0
            return job.seen(ahead)

    def of(self, owner: int) -> Sequence[Seen]:
        """Those of a person, the newest first."""
        with self._changed:
            own = [job for job in self._all.values() if job.owner == owner]
        return [self.seen(job) for job in reversed(own)]

    def stop(self) -> None:
        """Begin nothing more, and wait for the article that is being coded; what waits is put away."""
        with self._changed:
            self._stopped = True
            dropped = list(self._waiting)
            self._waiting.clear()
            if self._running is not None:
                self._running.is_stopped = True
            self._changed.notify_all()
        for job in dropped:
            job.end("failed", "The desk was closed before this was begun.")
            job.work.close()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _next(self) -> Job | None:
        with self._changed:
            self._running = None
            while not self._waiting and not self._stopped:
                self._changed.wait()
            if self._stopped:
                return None
            self._running = self._waiting.popleft()
            self._running.state = "running"
            return self._running

    def _work(self) -> None:
        while (job := self._next()) is not None:
            job.end(*_done(job))


def _done(job: Job) -> tuple[State, str]:
    """Do it, whatever happens; how it ended."""
    try:
        try:
            job.work.run(job)
        finally:
            job.work.close()
    except SaysoError as error:
        return "failed", str(error)
    except Exception as error:  # the next one's work must be done nevertheless
        LOG.exception("%s could not be added", job.label)
        return "failed", f"Something went wrong that should not ({type(error).__name__}); the desk's log says more."
    return ("failed", "The desk was closed before all was done.") if job.is_stopped else ("done", "")
