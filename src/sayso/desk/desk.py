"""What all pages share: the ledger, the coder, the settings."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Sequence
from functools import cached_property
from hashlib import sha256
from threading import Lock

from fastapi import Request

from sayso.coding.coder import Coder
from sayso.desk.jobs import Jobs
from sayso.desk.refreshing import Refreshing
from sayso.desk.sending import Turns
from sayso.desk.settings import Settings
from sayso.ledger import Ledger
from sayso.ledger.keeping import Kept, now
from sayso.records import Article, Coding

DIGITS = 8
"""Hexadecimal digits by which desks of one host are told apart."""


class Desk:
    """One ledger, open. Pages run in threads: what writes articles is done by one at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ledger = Ledger.open(settings.ledger)
        self._adding = Lock()
        self.began = now()
        self.jobs = Jobs()
        self.turns = Turns()
        self._refreshing = Refreshing(self.ledger)
        self._link = settings.link
        self.cookie = f"sayso-{sha256(f'{self.ledger.identity} {self.ledger.name}'.encode()).hexdigest()[:DIGITS]}"
        """Of its sessions. Browsers send the cookies of one host to all of its ports: another ledger's desk there has another name."""

    def refresh(self) -> bool:
        """Let the incidents of which reports were added be computed; a page waits for it only a moment, and may show some as they were.

        Whether there are such still.
        """
        return self._refreshing.begin()

    def close(self) -> None:
        self.jobs.stop()
        self._refreshing.stop()
        self.ledger.close()

    def take_link(self, key: str) -> bool:
        """Whether this is the secret of the link that lets the one person in; it is so once."""
        with self._adding:
            fits = self._link is not None and hmac.compare_digest(key.encode(), self._link.encode())
            if fits:
                self._link = None
            return fits

    @cached_property
    def coder(self) -> Coder:
        """Loaded when the first article is added: most who read never need it."""
        return Coder.load()

    @property
    def is_ready(self) -> bool:
        """Whether the coder was loaded."""
        return "coder" in vars(self)

    def code(self, articles: Sequence[Article]) -> list[Coding]:
        with self._adding:
            return [self.coder.code(one) for one in articles]

    def add(self, made: Coding, *, settled: bool = True) -> Kept:
        """Keep a coding. Who adds many leaves `settled` out and calls `settle` after the last."""
        with self._adding:
            kept = self.ledger.add(made)
            if settled:
                self.ledger.settle([kept.article])
            return kept

    def settle(self, articles: Collection[int]) -> None:
        """Find the incidents of what was added (`Kept.article`) anew."""
        with self._adding:
            self.ledger.settle(articles)


def desk_of(request: Request) -> Desk:
    """The desk that answers this request."""
    found: Desk = request.app.state.desk
    return found
