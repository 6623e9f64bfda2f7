"""Shards cut in a thread of their own, a few ahead of those who work on them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

from sayso.scaling.job import Shard

LOOK = 0.1
"""Seconds between looks whether anybody still wants the next."""


class Feed:
    """At most `ahead` shards wait to be taken. What goes wrong in cutting is raised where the next one is taken."""

    def __init__(self, shards: Iterator[Shard], *, ahead: int):
        self._shards = shards
        self._waiting: queue.Queue[Shard | Exception | None] = queue.Queue(max(1, ahead))
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._fill, daemon=True)
        self.is_over = False

    def __enter__(self) -> Feed:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()

    def take(self) -> Shard | None:
        """The next, or None where there is none yet, or none any more (`is_over`)."""
        if self.is_over:
            return None
        try:
            found = self._waiting.get_nowait()
        except queue.Empty:
            return None
        if isinstance(found, Exception):
            raise found
        self.is_over = found is None
        return found

    def _fill(self) -> None:
        try:
            for shard in self._shards:
                if not self._put(shard):
                    return
            self._put(None)
        except Exception as error:  # it belongs to the thread that takes
            self._put(error)

    def _put(self, found: Shard | Exception | None) -> bool:
        while not self._stopped.is_set():
            try:
                self._waiting.put(found, timeout=LOOK)
            except queue.Full:
                continue
            return True
        return False
