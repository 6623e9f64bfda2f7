"""Names of hosts, looked up in bounded time: the operating system waits for its resolvers as long as it was told to, which may be minutes."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from queue import Empty, Queue
from threading import BoundedSemaphore, Thread

Resolver = Callable[[str, int], Sequence[str]]
"""The addresses of a name, for a port. Raises socket.gaierror where there are none."""

SECONDS = 8.0
"""For one name: two tries of a resolver of whom nothing was lost take less."""
MOST = 32
"""Look-ups under way, those included for which nobody waits any more."""

_turns = BoundedSemaphore(MOST)


def system(host: str, port: int) -> list[str]:
    """The addresses as the operating system knows them, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def looked_up(resolve: Resolver, host: str, port: int, seconds: float = SECONDS) -> list[str]:
    """The addresses of a name. Raises TimeoutError where they do not come in time, and whatever `resolve` raises.

    Nothing can break a look-up off: a thread of its own goes on with it, and does not keep the program from ending.
    """
    if not _turns.acquire(timeout=seconds):
        raise TimeoutError("too many look-ups are under way")
    answer: Queue[list[str] | Exception] = Queue(1)
    Thread(target=_ask, args=(resolve, host, port, answer), name="sayso-lookup", daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except Empty:
        raise TimeoutError("no answer came in time") from None
    if isinstance(found, Exception):
        raise found
    return found


def _ask(resolve: Resolver, host: str, port: int, answer: Queue[list[str] | Exception]) -> None:
    try:
        answer.put(list(resolve(host, port)))
    except Exception as error:
        answer.put(error)
    finally:
        _turns.release()
