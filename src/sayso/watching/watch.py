"""The watch: asks sources when it is time, reads what is new there, and keeps it.

One thread decides, remembers, codes and keeps; others only fetch. A round is over when nothing is left that could be done now,
or after a minute: then the incidents of the days of which was told are found, and the heart beats.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sayso.errors import LedgerError, UnreadableInput, WatchError
from sayso.reading.backoff import Backoff
from sayso.reading.polite import Polite
from sayso.reading.web import LIMIT_SECONDS, Limits
from sayso.watching.fetching import Failed, Fetchers, Guest, Job, Poll, Result, Visit
from sayso.watching.hosts import Hosts
from sayso.watching.keeping import Keeper, is_away
from sayso.watching.memory import Memory, Read, host_of
from sayso.watching.metrics import Metrics
from sayso.watching.recording import Recorder
from sayso.watching.sources import Plan, Source
from sayso.watching.telling import LOG, beat, tell

FETCHERS = 4
"""Threads that fetch."""
ROUND = 60.0
"""Seconds after which a round is over though there is more to do."""
TICK = 0.05
"""Seconds after which a host that only wants its pause is looked at again."""
IDLE = 1.0
"""Seconds after which it is looked again whether anything is due."""
LEDGER_AWAY = Backoff(first=1.0, most=60.0)


class Settings(NamedTuple):
    """How a watch goes about it; the tests are in a hurry. `seconds`: of one fetch."""

    heartbeat: Path | None = None
    seconds: float = LIMIT_SECONDS
    backoff: Backoff = Backoff()
    ledger_away: Backoff = LEDGER_AWAY
    fetchers: int = FETCHERS
    clock: Callable[[], float] = time.time


USUAL = Settings()


class Watch:
    """A watch on some sources: `run` until `stop`."""

    def __init__(
        self,
        plan: Plan,
        memory: Memory,
        keeper: Keeper,
        *,
        metrics: Metrics | None = None,
        settings: Settings = USUAL,
    ) -> None:
        self._memory, self._keeper, self._settings = memory, keeper, settings
        self._metrics = metrics or Metrics()
        self._sources = {one.url: one for one in plan.sources}
        self._polite = Polite(pause=plan.pause, limits=Limits(seconds=settings.seconds))
        self._fetchers = Fetchers(Guest(self._polite, plan.contact, settings.seconds), settings.fetchers)
        self._hosts = Hosts(settings.backoff, settings.clock)
        self._recorder = Recorder(memory, self._metrics, backoff=settings.backoff, clock=settings.clock)
        self._stopped = False
        self._polling: set[str] = set()
        self._once: set[str] | None = None
        self._away, self._away_until = 0, 0.0
        self._began, self._is_fresh = time.monotonic(), False

    def stop(self) -> None:
        """End after the article in hand; for signal handlers and other threads."""
        self._stopped = True
        self._fetchers.wake()

    def run(self, *, once: bool = False) -> Counter[str]:
        """Watch until stopped or, if `once`, until nothing is left that can be done now; what became of the items.

        Raises WatchError where the memory or the heartbeat cannot be written.
        """
        self._memory.choose(self._sources)
        self._once = set(self._sources) if once else None
        while not self._stopped:
            is_waiting = self._give_out()
            kept = self._keep_one()
            is_idle = not (is_waiting or kept or self._fetchers.busy)
            if is_idle and once:
                break
            if (is_idle and not self._is_fresh) or time.monotonic() - self._began >= ROUND:
                self._finish_round()
            self._take_results(0.0 if kept else IDLE if is_idle else TICK)
        self._take_results(0.0)
        self._fetchers.close()
        if self._stopped:
            self._settle()
        else:
            self._finish_round()
        return self._recorder.counted

    def _give_out(self) -> bool:
        """Give the fetchers what may be asked now; whether there is more that only has to wait its turn."""
        now, is_waiting = self._settings.clock(), False
        for source in self._sources.values():
            if self._is_due(source, now):
                is_waiting |= not self._poll(source)
        for host, due in self._memory.hosts():
            if max(due, self._hosts.until(host)) <= now:
                is_waiting |= not self._visit(host, now)
        return is_waiting

    def _is_due(self, source: Source, now: float) -> bool:
        if source.url in self._polling or (self._once is not None and source.url not in self._once):
            return False
        known = self._memory.source(source.url)
        due = 0.0 if self._once is not None and not known.failures else known.due
        return max(due, self._hosts.until(host_of(known.address or source.url))) <= now

    def _poll(self, source: Source) -> bool:
        known = self._memory.source(source.url)
        given = self._give(Poll(source, known.since, known.address, known.succeeded))
        if given:
            self._polling.add(source.url)
            if self._once is not None:
                self._once.discard(source.url)
        return given

    def _visit(self, host: str, now: float) -> bool:
        if not self._may_ask(host):
            return False
        listed = self._memory.next_of(host, now)
        return listed is None or self._give(Visit(self._sources[listed.source], listed))

    def _may_ask(self, host: str) -> bool:
        return self._fetchers.is_free and not self._hosts.is_busy(host)

    def _give(self, job: Job) -> bool:
        """Whether a fetcher could take the job now."""
        host = host_of(job.url)
        if not self._may_ask(host) or self._polite.wait(job.url) > 0:
            return False
        self._hosts.begin(host)
        self._fetchers.give(job)
        return True

    def _take_results(self, patience: float) -> None:
        for result in self._fetchers.take(patience):
            self._is_fresh = False
            self._take(result)

    def _take(self, result: Result) -> None:
        job = result.job
        self._hosts.end(host_of(job.url), result.error if isinstance(result, Failed) else None)
        if isinstance(job, Poll):
            self._polling.discard(job.source.url)
        try:
            self._recorder.take(result)
        except WatchError:
            raise
        except Exception as error:  # what one host sends must not end the watch
            LOG.debug("%s", job.url, exc_info=True)
            reason = f"cannot be written down ({type(error).__name__}: {error})"
            self._recorder.take(Failed(job, UnreadableInput(job.url, reason)))

    def _keep_one(self) -> bool:
        """Code an article that was read and keep it; whether there was one."""
        now = self._settings.clock()
        read = self._memory.next_read(now) if now >= self._away_until else None
        if read is None:
            return False
        self._is_fresh = False
        try:
            outcome = self._keeper.keep(read.article)
        except Exception as error:  # one article must not cost the others
            self._not_kept(read, error)
        else:
            self._away = 0
            self._recorder.kept(read, self._name(read.source), outcome)
        return True

    def _not_kept(self, read: Read, error: Exception) -> None:
        if isinstance(error, LedgerError) and is_away(error):
            self._miss_ledger(error)
        else:
            LOG.debug("%s", read.article.id, exc_info=error)
            self._recorder.refused(read, self._name(read.source), error)

    def _miss_ledger(self, error: LedgerError) -> None:
        self._away += 1
        self._recorder.counted["ledger away"] += 1
        pause = self._settings.ledger_away.after(self._away)
        self._away_until = self._settings.clock() + pause
        self._metrics.failed.labels("ledger away").inc()
        message = f"the ledger cannot be used ({error}); tried again in {pause:.0f} s, what is read meanwhile waits"
        tell("ledger away", message, level=logging.WARNING, why=str(error))

    def _name(self, url: str) -> str:
        return self._sources[url].name if url in self._sources else url

    def _finish_round(self) -> None:
        self._settle()
        now = self._settings.clock()
        self._began, self._is_fresh = time.monotonic(), True
        self._metrics.queue.set(self._memory.waiting())
        self._metrics.round.set(now)
        if self._settings.heartbeat is not None:
            beat(self._settings.heartbeat, now)

    def _settle(self) -> None:
        """Find the incidents of the days of which new articles tell anew, unless the ledger is away."""
        articles = self._memory.unsettled()
        if not articles or self._settings.clock() < self._away_until:
            return
        try:
            self._keeper.ledger.settle(articles)
        except LedgerError as error:
            self._miss_ledger(error)
        else:
            self._memory.settled(articles)
