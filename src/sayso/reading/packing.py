"""Files packed by one of three programs, unpacked on the way: `.gz`, `.bz2`, `.zst`."""

from __future__ import annotations

import bz2
import gzip
import io
import sys
import zlib
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any, BinaryIO, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKED: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".zst": zstd.open}
"""What unpacks a file or a stream, by the end of the file's name."""

BROKEN = (OSError, EOFError, zlib.error, zstd.ZstdError)
"""What reading raises where a file cannot be read, or is packed and broken or cut off."""


MOST_TIMES = 200
"""What is packed may be so many times as long as it is packed: texts pack to a tenth, and what grows more is meant to fill memory."""
FREE = 4 * 1024 * 1024
"""Bytes up to which it may be."""


class Grown(OSError):
    """What is packed grows beyond measure as it is unpacked."""


class Unpacked(io.RawIOBase):
    """What a packed file holds; of one that is cut off all that can be had, and then the error.

    Python's own streams raise it as soon as the end is near, and what they had unpacked is lost. `packed` is what they read.
    """

    def __init__(self, stream: Any, packed: BinaryIO) -> None:
        self._stream = stream
        self.packed = packed
        self._error: Exception | None = None
        self._given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts: list[bytes] = []
        while size != 0 and (part := self._part(size, is_first=not parts)):
            parts.append(part)
            size = size - len(part) if size > 0 else size
        return b"".join(parts)

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _part(self, size: int, *, is_first: bool) -> bytes:
        try:
            if self._error is not None:
                raise self._error
            part: bytes = self._stream.read1(size if size > 0 else io.DEFAULT_BUFFER_SIZE)
            self._given += len(part)
            if self._given > FREE and self._given > MOST_TIMES * self.packed.tell():
                raise Grown(f"it unpacks to more than {MOST_TIMES} times its size")
            return part
        except BROKEN as error:
            self._error = error
            if is_first:
                raise
            return b""

    def close(self) -> None:
        self._stream.close()
        self.packed.close()
        super().close()


def opened(path: Path) -> BinaryIO:
    """The file's bytes, unpacked where the end of its name says that it is packed."""
    unpack = PACKED.get(path.suffix.lower())
    packed = path.open("rb")
    return packed if unpack is None else cast(BinaryIO, Unpacked(unpack(packed, "rb"), packed))


def unpacking(packed: BinaryIO, path: PurePath) -> BinaryIO:
    """The bytes of a stream that lies under this name, unpacked where its end says that it is packed."""
    unpack = PACKED.get(path.suffix.lower())
    return packed if unpack is None else cast(BinaryIO, Unpacked(unpack(packed, "rb"), packed))


def inner_suffix(path: PurePath) -> str:
    """The end of the name that says the format, in lower case: `.jsonl` of `news.jsonl.gz`."""
    suffix = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() if suffix in PACKED else suffix
