"""Waits for who tries passwords too often: they grow with every try, by account and by the address of whoever tries."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

Clock = Callable[[], float]


class Rule(NamedTuple):
    """`free` tries without a wait; then 1, 2, 4… seconds between tries, at most `longest`. After `forgotten` quiet seconds all is as new.

    The longest wait of an account bounds what a stranger can do to whoever owns it, as well as how often a password is guessed.
    """

    free: int
    longest: float
    forgotten: float = 3600.0


ACCOUNT = Rule(free=5, longest=120.0)
"""At most 720 guesses a day, from however many addresses."""
ADDRESS = Rule(free=20, longest=900.0)
"""A newsroom may share one address."""
MOST = 10_000
"""Keys that are remembered; the one that was quiet longest makes room. Some 2 MB."""


class _Tried(NamedTuple):
    number: int
    last: float


class Throttle:
    """Tries by key. Safe in threads: a try counts from when it is let through, so that none slips past others that are under way."""

    def __init__(self, rule: Rule, *, most: int = MOST, clock: Clock = time.monotonic) -> None:
        self.rule = rule
        self.most = most
        self.clock = clock
        self._tried: OrderedDict[str, _Tried] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._tried)

    def wait(self, key: str) -> float:
        """Seconds until the next try; 0 where it may be now, and then it counts."""
        with self._lock:
            at = self.clock()
            tried = self._tried.get(key, _Tried(0, at))
            if at - tried.last >= self.rule.forgotten:
                tried = _Tried(0, at)
            left = tried.last + self._pause(tried.number) - at
            if left > 0:
                return left
            self._tried[key] = _Tried(tried.number + 1, at)
            self._tried.move_to_end(key)
            if len(self._tried) > self.most:
                self._tried.popitem(last=False)
            return 0.0

    def forgive(self, key: str) -> None:
        """Forget all tries: the right one was among them."""
        with self._lock:
            self._tried.pop(key, None)

    def take_back(self, key: str) -> None:
        """Let one try not count. The others do: who has a password of his own may still guess at others'."""
        with self._lock:
            tried = self._tried.get(key)
            if tried is not None:
                self._tried[key] = tried._replace(number=max(0, tried.number - 1))

    def _pause(self, number: int) -> float:
        over = number - self.rule.free
        return 0.0 if over < 0 else float(min(self.rule.longest, 2.0 ** min(over, 30)))


class Doors:
    """The two throttles of sign-in."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self.accounts = Throttle(ACCOUNT, clock=clock)
        self.addresses = Throttle(ADDRESS, clock=clock)

    def wait(self, name: str, address: str) -> float:
        """Seconds until somebody at this address may try a password of this account; 0: now, and it counts."""
        return self.addresses.wait(network(address)) or self.accounts.wait(name)

    def opened(self, name: str, address: str) -> None:
        """The password was right."""
        self.accounts.forgive(name)
        self.addresses.take_back(network(address))


def network(address: str) -> str:
    """Whose address it is: of IPv6 the /64, all of which one customer has."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
