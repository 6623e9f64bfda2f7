"""Which hosts may be asked now: one request at a time to each, and none to one that is in trouble or wants its peace."""

from __future__ import annotations

from collections.abc import Callable

from sayso.errors import InputError, NotFetched
from sayso.reading.backoff import Backoff

OF_ALL = (429, 503)
"""Answers that hold for a whole host (RFC 6585 4, RFC 9110 15.6.4)."""


class Hosts:
    """What a watch knows of them while it runs. Moments are seconds of the `clock`."""

    def __init__(self, backoff: Backoff, clock: Callable[[], float]) -> None:
        self._backoff, self._clock = backoff, clock
        self._busy: set[str] = set()
        self._failures: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def begin(self, host: str) -> None:
        self._busy.add(host)

    def end(self, host: str, error: InputError | None) -> None:
        """A request is over: well, or with something that may hold for all that the host has."""
        self._busy.discard(host)
        if isinstance(error, NotFetched) and _is_of_host(error):
            self._failures[host] = self._failures.get(host, 0) + 1
            self._until[host] = self._clock() + self._backoff.after(self._failures[host], error.wait)
        else:
            self._failures.pop(host, None)
            self._until.pop(host, None)

    def is_busy(self, host: str) -> bool:
        return host in self._busy

    def until(self, host: str) -> float:
        """The moment from which it may be asked, if it is in trouble; else 0."""
        return self._until.get(host, 0.0)


def _is_of_host(error: NotFetched) -> bool:
    return not error.lasting and (error.hindrance in ("network", "robots") or error.status in OF_ALL)
