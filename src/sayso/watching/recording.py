"""What came of what was asked, read and coded: written down, told and counted."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sayso.errors import InputError, NotFetched, TooMuchInput
from sayso.reading.backoff import DAY, Backoff
from sayso.reading.items import Item, Listing
from sayso.watching.fetching import PATIENT, Failed, Poll, Polled, Result, Visit, Visited, is_passing, is_since
from sayso.watching.keeping import NEW, Outcome
from sayso.watching.memory import Memory, Read
from sayso.watching.metrics import Metrics
from sayso.watching.sources import Source
from sayso.watching.telling import tell

PERSISTENT = 3 * DAY
"""Seconds for which a page is tried that may come."""
STUBBORN = 5
"""Tries of an article that a ledger refuses though it is there."""


class Recorder:
    """Writes down results. `counted`: what became of items, and `failed` for sources too."""

    def __init__(
        self, memory: Memory, metrics: Metrics, *, backoff: Backoff, clock: Callable[[], float] = time.time
    ) -> None:
        self.counted: Counter[str] = Counter()
        self._memory, self._metrics, self._backoff, self._clock = memory, metrics, backoff, clock

    def take(self, result: Result) -> None:
        if isinstance(result, Polled):
            self._polled(result)
        elif isinstance(result, Visited):
            self._visited(result)
        elif isinstance(result.job, Poll):
            self._source_failed(result.job.source, result.error)
        else:
            self._page_failed(result.job, result)

    def _polled(self, result: Polled) -> None:
        source, now = result.job.source, self._clock()
        due, added = now + source.every, 0
        if result.listing is not None:
            wanted = _wanted(result.listing, result.job, now)
            added = self._memory.listed(source.url, wanted, now, due, result.validators, result.address)
        elif result.article is not None:
            added = self._memory.page(source.url, result.article, now, due, result.validators)
        else:
            self._memory.unchanged(source.url, now, due)
            self._metrics.not_modified.labels(source.name).inc()
        if result.listing is not None or result.article is not None:
            self._metrics.fetched.labels(source.name).inc()
        self._metrics.listed.labels(source.name).inc(added)
        self._metrics.succeeded.labels(source.name).set(now)
        tell("polled", f"{source.name}: {added} new", source=source.name, url=result.job.url, new=added)

    def _source_failed(self, source: Source, error: InputError) -> None:
        failures = self._memory.source(source.url).failures + 1
        wait = error.wait if isinstance(error, NotFetched) else None
        pause = max(source.every, self._backoff.after(failures, wait))
        self._memory.failed(source.url, self._clock() + pause)
        self._fail(error, f"{source.name}: {error.reason}; asked again in {_span(pause)}", source, source.url)
        self.counted["failed"] += 1

    def _visited(self, result: Visited) -> None:
        self._metrics.fetched.labels(result.job.source.name).inc()
        self._memory.read(result.job.listed.id, result.article, self._clock())

    def _page_failed(self, job: Visit, result: Failed) -> None:
        listed, error, now = job.listed, result.error, self._clock()
        if _is_worth_while(error, listed.tries + 1, now - listed.found):
            wait = error.wait if isinstance(error, NotFetched) else None
            pause = self._backoff.after(listed.tries + 1, wait)
            self._memory.put_off(listed.id, now + pause)
            self._fail(error, f"{job.url}: {error.reason}; tried again in {_span(pause)}", job.source, job.url)
        else:
            self._memory.done(listed.id, "failed")
            self.counted["failed"] += 1
            self._fail(error, f"{job.url}: {error.reason}; given up", job.source, job.url)

    def _fail(self, error: InputError, message: str, source: Source, url: str) -> None:
        reason = reason_of(error)
        self._metrics.failed.labels(reason).inc()
        tell("failed", message, level=logging.WARNING, source=source.name, url=url, reason=reason, why=error.reason)

    def kept(self, read: Read, name: str, outcome: Outcome) -> None:
        """An article is in the ledger, or need not be. `name`: the source's."""
        url, status = read.article.source, outcome.status
        # of what is the same, nobody knows whether its days were settled
        number = outcome.article if status in (*NEW, "same") else None
        self._memory.done(read.id, status, number)
        self.counted[status] += 1
        if outcome.seconds is not None:
            self._metrics.coding.observe(outcome.seconds)
        fields: dict[str, Any] = {"source": name, "url": url, "article": outcome.key}
        if status in NEW:
            self._metrics.added.labels(name).inc()
        if status == "foreign":
            self._metrics.foreign.labels(outcome.reason).inc()
            tell(
                "foreign",
                f"{url}: not in English ({outcome.reason}), kept without a coding",
                language=outcome.reason,
                **fields,
            )
        elif status == "failed":
            self._metrics.failed.labels("coding").inc()
            tell(
                "failed",
                f"{url}: {outcome.reason}",
                level=logging.WARNING,
                reason="coding",
                why=outcome.reason,
                **fields,
            )
        else:
            tell(status, f"{url}: {status}", seconds=round(outcome.seconds or 0.0, 3), **fields)

    def refused(self, read: Read, name: str, error: Exception) -> None:
        """The ledger is there and does not take an article."""
        given_up = read.tries + 1 >= STUBBORN
        if given_up:
            self._memory.done(read.id, "failed")
            self.counted["failed"] += 1
        else:
            self._memory.put_off(read.id, self._clock() + self._backoff.after(read.tries + 1))
        self._metrics.failed.labels("ledger").inc()
        url, why = read.article.source, f"{type(error).__name__}: {error}"
        message = f"{url}: not taken by the ledger ({why}); {'given up' if given_up else 'tried again later'}"
        tell("failed", message, level=logging.WARNING, source=name, url=url, reason="ledger", why=why)


def reason_of(error: InputError) -> str:
    """One of few words, for counting."""
    if isinstance(error, NotFetched):
        return f"answer {error.status}" if error.status else error.hindrance
    return "limit" if isinstance(error, TooMuchInput) else "unreadable"


def _wanted(listing: Listing, job: Poll, now: float) -> Iterator[tuple[Item, bool]]:
    """Each item with whether it is new enough. What a sitemap lists without a day when it is first had was there before the watch."""
    source = job.source
    for item in listing.items:
        is_dated = bool(item.published or item.changed)
        unknown = listing.kind == "sitemap" and job.succeeded is None and not is_dated
        yield item, not unknown and (source.within is None or is_since(item, now - source.within))


def _is_worth_while(error: InputError, tries: int, age: float) -> bool:
    """Whether a page is tried once more: for days where its host is in trouble, a few times where it is too large or slow."""
    if not is_passing(error):
        return False
    return age < PERSISTENT if isinstance(error, NotFetched) else tries <= PATIENT


def _span(seconds: float) -> str:
    for unit, length in (("d", DAY), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
