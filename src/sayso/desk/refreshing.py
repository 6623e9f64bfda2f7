"""Records of incidents that are out of date are computed beside the pages, which wait for it a moment and no longer."""

from __future__ import annotations

import logging
from threading import Event, Lock, Thread

from sayso.errors import LedgerError
from sayso.ledger import Ledger

MOMENT = 0.3
"""Seconds for which a page waits: some articles' worth."""
AT_ONCE = 0.5
"""Seconds of work between two looks whether the desk is being closed."""

log = logging.getLogger(__name__)


class Refreshing:
    """One thread at a time does the work, however many pages ask for it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._thread: Thread | None = None
        self._stopped = Event()

    def begin(self) -> bool:
        """Begin where there is work and nobody does it; then wait a moment for its end. Whether there is more to do."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                if self._stopped.is_set() or not self._ledger.is_stale():
                    return False
                self._thread = Thread(target=self._work, name="sayso-refresh", daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(MOMENT)
        return thread.is_alive()

    def stop(self) -> None:
        """End it after what it is at; no more is begun."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            while not self._stopped.is_set() and self._ledger.refresh(within=AT_ONCE):
                pass
        except LedgerError as error:
            log.warning("incidents could not be computed anew: %s", error)
