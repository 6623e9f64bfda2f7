"""How long to leave a server alone: what it asks for, and longer after each failure.

Sources: RFC 9110 10.2.3 (Retry-After); M. Brooker, Exponential Backoff and Jitter (2015).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

DAY = 86_400.0


@dataclass(frozen=True)
class Backoff:
    """Seconds until the next try: `first` after one failure, twice as long after each further one, never more than `most`.

    `draw` gives a number from 0 to 1; by as many tenths the time is longer, so that who failed together does not come back together.
    """

    first: float = 60.0
    most: float = DAY
    draw: Callable[[], float] = random.random

    def after(self, failures: int, asked: float | None = None) -> float:
        """`failures`: in a row, from 1 on; `asked`: the seconds that the server asks for."""
        doubled = self.first * 2.0 ** min(max(failures, 1) - 1, 64)
        return min(max(doubled, asked or 0.0), self.most) * (1 + 0.1 * self.draw())


def retry_after(value: str | None, now: float) -> float | None:
    """The seconds that a Retry-After header asks for, given as seconds or as a date; None where it says nothing.

    `now`: seconds since 1970.
    """
    given = (value or "").strip()
    if given.isascii() and given.isdigit():
        return float(given[:9])
    try:
        return max(0.0, parsedate_to_datetime(given).timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
