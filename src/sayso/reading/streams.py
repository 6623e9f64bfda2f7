"""A stream of which the beginning was read to see what it is."""

from __future__ import annotations

import io
from typing import Any, BinaryIO


class Joined(io.RawIOBase):
    """What was read and what comes after it, as one stream; closing it leaves the other one open.

    `read` gives all that is asked for, as far as there is so much.
    """

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        first = self._head.read(size)
        if 0 <= size <= len(first):
            return first
        return first + self._stream.read(size if size < 0 else size - len(first))

    def readinto(self, buffer: Any) -> int:
        taken = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(taken)] = taken
        return len(taken)
