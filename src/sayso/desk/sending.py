"""Files that are sent while they are written, all of one state of the ledger.

What fails before the first part is written is answered as any other error. What fails later breaks the answer off, so that whoever asked
knows that the file is not whole; but nothing that others do to the ledger meanwhile makes it fail.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from threading import BoundedSemaphore

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from sayso.desk.errors import TooOften

PART = 64 * 1024
"""Characters that are sent at once."""
MOST = 4
"""Files that are written at a time: each holds a connection to the ledger for as long as it is sent."""


class Turns:
    """Who writes a file takes a turn; there are MOST."""

    def __init__(self, number: int = MOST) -> None:
        self._left = BoundedSemaphore(number)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Raises TooOften where all are taken."""
        if not self._left.acquire(blocking=False):
            raise TooOften("Too many files are being written at the moment; try again when one of them is there.")
        try:
            yield
        finally:
            self._left.release()


class File(StreamingResponse):
    """A file of these parts, the first of which is written at once. Raises what the first part raises."""

    def __init__(self, name: str, kind: str, parts: Iterable[str], turns: Turns) -> None:
        self._parts = _gathered(parts, turns)
        first = next(self._parts, b"")
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        super().__init__(chain((first,), self._parts), media_type=kind, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whether it was read to its end or not, what was held for it is let go."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await run_in_threadpool(self._parts.close)


def _gathered(parts: Iterable[str], turns: Turns) -> Generator[bytes, None, None]:
    """In pieces of some size: each costs a change of threads."""
    waiting: list[str] = []
    with turns.one():
        for part in parts:
            waiting.append(part)
            if sum(map(len, waiting)) >= PART:
                yield "".join(waiting).encode("utf-8", "replace")
                waiting = []
        yield "".join(waiting).encode("utf-8", "replace")
