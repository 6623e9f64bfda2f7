"""What a watch asks of the web: sources for what is new there, and the pages of new items; some at once, in threads."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

import httpx

from sayso.errors import InputError, NotFetched, TooMuchInput, UnreadableInput
from sayso.reading.addresses import is_public
from sayso.reading.articles import stable_id
from sayso.reading.discovery import find_feed
from sayso.reading.guarded import PORTS, guarded_client
from sayso.reading.items import Item, Listing, of_page, read_item
from sayso.reading.listings import read_listing
from sayso.reading.polite import Polite
from sayso.reading.web import LIMIT_SECONDS, NONE, Fetched, Validators, agent
from sayso.records import Article
from sayso.watching.memory import Listed
from sayso.watching.sources import Source

LOG = logging.getLogger(__name__)

PATIENT = 3
"""Tries of a page before the text that the feed gives of it is taken in its place."""
MOST_MAPS = 20
"""Sitemaps of an index that are read in one round: those that changed last."""
A_DAY = 86_400.0


class Poll(NamedTuple):
    """Ask a source what is new. `succeeded`: when it was last had."""

    source: Source
    since: Validators
    address: str | None
    succeeded: float | None

    @property
    def url(self) -> str:
        return self.address or self.source.url


class Visit(NamedTuple):
    """Read the page of an item."""

    source: Source
    listed: Listed

    @property
    def url(self) -> str:
        return self.listed.item.url or self.source.url


class Polled(NamedTuple):
    """What a source lists, or says of itself; neither where nothing has changed. `address`: where a page's feed was found."""

    job: Poll
    validators: Validators
    listing: Listing | None = None
    article: Article | None = None
    address: str | None = None


class Visited(NamedTuple):
    job: Visit
    article: Article


class Failed(NamedTuple):
    job: Poll | Visit
    error: InputError


Job: TypeAlias = Poll | Visit
Result: TypeAlias = Polled | Visited | Failed


@dataclass(frozen=True)
class Guest:
    """Does the work of one job at a time in any thread. `seconds`: that one fetch may take."""

    polite: Polite
    contact: str | None = None
    seconds: float = LIMIT_SECONDS
    context: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)

    def work(self, job: Job) -> Result:
        """Never raises: one job must not cost the others."""
        try:
            with self._client(job.source) as client:
                get = partial(self.polite.fetch, client=client)
                return poll(job, get) if isinstance(job, Poll) else visit(job, get)
        except InputError as error:
            return Failed(job, error)
        except Exception as error:
            LOG.debug("%s", job.url, exc_info=True)
            return Failed(job, UnreadableInput(job.url, f"{type(error).__name__}: {error}"))

    def _client(self, source: Source) -> httpx.Client:
        """Items lead where their feed's author wants: to the public internet, unless the source's file says otherwise."""
        own = urlsplit(source.url).port
        return guarded_client(
            is_allowed=(lambda address: True) if source.private else is_public,
            ports=None if source.private else (*PORTS, *([own] if own else ())),
            verify=self.context,
            seconds=self.seconds,
            agent=agent(self.contact),
        )


def poll(job: Poll, get: Callable[..., Fetched]) -> Polled:
    """Raises InputError where the source cannot be had or is none."""
    source, page = job.source, get(job.url, since=job.since)
    if page.unchanged:
        return Polled(job, job.since, address=job.address)
    if source.kind == "page":
        article = of_page(Item(source.url, source.url), page)
        # one article, whose text changes
        named = article.model_copy(update={"id": stable_id(source.url, "")})
        return Polled(job, page.validators, article=_told(named, source))
    listing, address = read_listing(page, name=job.url), job.address
    if listing is None:
        page, listing = _feed_of(page, get, source)
        address = page.url
    if listing.more:
        # that an index is what it was does not say that its sitemaps are
        return Polled(job, NONE, _with_more(listing, job, get), address=address)
    return Polled(job, page.validators, listing, address=address)


def _feed_of(page: Fetched, get: Callable[..., Fetched], source: Source) -> tuple[Fetched, Listing]:
    if source.kind == "feed":
        found = find_feed(page, get, name=source.url)
        if found is not None:
            return found
        raise UnreadableInput(source.url, "no feed, and a page that names none")
    raise UnreadableInput(source.url, "no sitemap")


def _with_more(listing: Listing, job: Poll, get: Callable[..., Fetched]) -> Listing:
    """An index with the items of those of its sitemaps that may have changed since it was last had.

    One that cannot be had costs no other; raises its InputError where none can.
    """
    fresh = [one for one in listing.more if job.succeeded is None or is_since(one, job.succeeded - A_DAY)]
    newest = sorted(fresh, key=lambda one: one.changed or "9999", reverse=True)[:MOST_MAPS]
    items, failed = list(listing.items), []
    for one in newest:
        try:
            below = read_listing(get(one.id), name=one.id)
        except InputError as error:
            failed.append(error)
            LOG.warning("%s: %s", one.id, error.reason)
        else:
            items += below.items if below is not None else ()
    if failed and len(failed) == len(newest):
        raise failed[0]
    return listing._replace(items=tuple(items), more=())


def is_since(item: Item, moment: float) -> bool:
    """Whether an item is of this moment (seconds since 1970) or later, or says nothing of it."""
    days = [datetime.fromisoformat(one) for one in (item.published, item.changed) if one]
    if not days:
        return True
    newest = max(day if day.tzinfo else day.replace(tzinfo=UTC) for day in days)
    return newest.timestamp() >= moment


def visit(job: Visit, get: Callable[..., Fetched]) -> Visited:
    """Raises InputError where there is no article, or where it is worth while to try the page again."""

    def again(error: InputError) -> bool:
        return job.listed.tries < PATIENT and is_passing(error)

    article = read_item(job.listed.item, get, name=job.source.url, again=again)
    return Visited(job, _told(article, job.source))


def is_passing(error: InputError) -> bool:
    """Whether another try may have what this one had not."""
    return not error.lasting if isinstance(error, NotFetched) else isinstance(error, TooMuchInput)


def _told(article: Article, source: Source) -> Article:
    """The article with what the file of sources says of it: the outlet's name is the same for all; a language only where none is known."""
    update = {"outlet": source.outlet or article.outlet, "language": article.language or source.language}
    return article.model_copy(update=update)


class Fetchers:
    """Threads that work on jobs. One thread gives these and takes what comes of them."""

    def __init__(self, guest: Guest, count: int) -> None:
        self.busy = 0
        self._guest, self._count = guest, count
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._results: SimpleQueue[Result | None] = SimpleQueue()
        for _ in range(count):
            # what they do is done again when it is cut off, so nobody waits for them at the end
            Thread(target=self._run, daemon=True).start()

    @property
    def is_free(self) -> bool:
        return self.busy < self._count

    def give(self, job: Job) -> None:
        self.busy += 1
        self._jobs.put(job)

    def take(self, patience: float) -> Iterator[Result]:
        """What has come, if anything does within so many seconds or until woken."""
        with suppress(Empty):
            result = self._results.get(timeout=patience)
            while True:
                if result is not None:
                    self.busy -= 1
                    yield result
                result = self._results.get_nowait()

    def wake(self) -> None:
        """Let who waits in `take` go on; for signal handlers too (a SimpleQueue's `put` may interrupt another)."""
        self._results.put(None)

    def close(self) -> None:
        """Let them end when they have done what they do."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._results.put(self._guest.work(job))
