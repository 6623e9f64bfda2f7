"""Fetching as a guest: what robots.txt allows, and a pause between two requests to a host.

Sources: RFC 9309 (Robots Exclusion Protocol); its 2.3.1 says what an answer other than the file means. Crawl-delay is no part
of it, and kept all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from protego import Protego

from sayso.errors import NotFetched, TooMuchInput
from sayso.reading.web import NONE, USUAL, Fetched, Limits, Validators, fetch

if TYPE_CHECKING:
    import httpx

TOKEN = "sayso"  # noqa: S105  # by which robots.txt calls us
PAUSE = 1.0
"""Seconds between two requests to a host."""
LONGEST_PAUSE = 300.0
"""Seconds up to which a Crawl-delay is kept: a longer one is kept so long."""
RULES_BYTES = 512 * 1024
"""Of a robots.txt that are read (RFC 9309 2.5 asks for at least 500 KiB)."""
KEPT = 24 * 3600.0
"""Seconds for which a robots.txt holds (RFC 9309 2.4)."""
KEPT_UNHEARD = 600.0
"""Seconds for which a host is left alone that would not say what it allows."""
MANY = 10_000
"""Hosts that are remembered at most."""


class Rules(NamedTuple):
    """What a host allows, until when that holds, and why it is not known. `found` None: everything, unless `unheard`."""

    found: Protego | None
    until: float
    unheard: str | None = None
    wait: float | None = None


class Polite:
    """Fetches for any number of threads. `pause`: seconds between two requests to a host, its redirects too."""

    def __init__(
        self,
        *,
        pause: float = PAUSE,
        limits: Limits = USUAL,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause, self._limits, self._clock, self._sleep = pause, limits, clock, sleep
        self._rules: dict[str, Rules] = {}
        self._free: dict[str, float] = {}
        self._lock = Lock()

    def fetch(self, url: str, *, client: httpx.Client | None = None, since: Validators = NONE) -> Fetched:
        """As `web.fetch`; raises NotFetched also where robots.txt forbids it or cannot be had."""
        return fetch(url, client=client, since=since, limits=self._limits, before=partial(self._admit, client))

    def wait(self, url: str) -> float:
        """The seconds until the host of this address may be asked again."""
        return max(0.0, self._free.get(_host(url), 0.0) - self._clock())

    def _admit(self, client: httpx.Client | None, url: str) -> None:
        host = _host(url)
        rules = self._rules_of(host, client)
        if rules.unheard is not None:
            reason = f"left alone: what its host allows cannot be known ({host}/robots.txt: {rules.unheard})"
            raise NotFetched(url, reason, "robots", wait=rules.wait)
        if rules.found is not None and not rules.found.can_fetch(url, TOKEN):
            raise NotFetched(url, f"{host}/robots.txt forbids it", "robots", lasting=True)
        delay = rules.found.crawl_delay(TOKEN) if rules.found is not None else None
        self._take_turn(host, max(self._pause, min(delay or 0.0, LONGEST_PAUSE)))

    def _take_turn(self, host: str, pause: float) -> None:
        """Wait until the host is free, and keep it from others for a while."""
        with self._lock:
            now = self._clock()
            begins = max(now, self._free.get(host, now))
            self._free[host] = begins + pause
            if len(self._free) > MANY:
                self._free = {name: free for name, free in self._free.items() if free > now}
        if begins > now:
            self._sleep(begins - now)

    def _rules_of(self, host: str, client: httpx.Client | None) -> Rules:
        with self._lock:
            known = self._rules.get(host)
            if len(self._rules) > MANY:
                self._rules.clear()
        if known is None or known.until < self._clock():
            known = self._asked(host, client)
            with self._lock:
                self._rules[host] = known
        return known

    def _asked(self, host: str, client: httpx.Client | None) -> Rules:
        """A robots.txt that is not there forbids nothing; one that its host cannot give now forbids all until it can."""

        def before(url: str) -> None:
            self._take_turn(_host(url), self._pause)

        try:
            page = fetch(f"{host}/robots.txt", client=client, limits=self._limits, before=before)
        except NotFetched as error:
            if error.lasting:
                return Rules(None, self._clock() + KEPT)
            kept = min(max(KEPT_UNHEARD, error.wait or 0.0), KEPT)
            return Rules(None, self._clock() + kept, error.reason, error.wait)
        except TooMuchInput as error:
            return Rules(None, self._clock() + KEPT_UNHEARD, error.reason)
        text = page.data[:RULES_BYTES].decode("utf-8-sig", "replace")
        return Rules(Protego.parse(text), self._clock() + KEPT)


def _host(url: str) -> str:
    """Scheme, host and port, as robots.txt is kept by (RFC 9309 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()
