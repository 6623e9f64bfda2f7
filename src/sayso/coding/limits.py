"""A limit of time for one article, kept whatever a room is doing.

In the main thread of a POSIX process an interval timer interrupts the work. Elsewhere the limit is looked at
between rooms and between windows of the reader, so that it holds to within one of them.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sayso.errors import TooMuchInput


class Deadline:
    """When the work on the input called `name` must be done; `at` is a reading of `time.monotonic()`."""

    def __init__(self, name: str, seconds: float):
        self.name = name
        self.seconds = seconds
        self.at = time.monotonic() + seconds

    def check(self) -> None:
        """Raise TooMuchInput where the deadline has passed."""
        if time.monotonic() > self.at:
            raise self.error()

    def error(self) -> TooMuchInput:
        return TooMuchInput(self.name, f"took longer than the limit of {self.seconds:g} s")


def can_interrupt() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def limited(name: str, seconds: float) -> Iterator[Deadline]:
    """Work under a deadline. Raises TooMuchInput once it has passed.

    Leaves a timer that the caller has set alone: then only the looks between rooms count.
    """
    deadline = Deadline(name, seconds)
    if not can_interrupt() or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield deadline
        deadline.check()
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise deadline.error()

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield deadline
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
