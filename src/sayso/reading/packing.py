"""Files packed by one of three programs, unpacked on the way: `.gz`, `.bz2`, `.zst`."""

from __future__ import annotations

import bz2
import gzip
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


def opened(path: Path) -> BinaryIO:
    """The file's bytes, unpacked where the end of its name says that it is packed."""
    unpack = PACKED.get(path.suffix.lower())
    return path.open("rb") if unpack is None else cast(BinaryIO, unpack(path, "rb"))


def unpacking(packed: BinaryIO, path: PurePath) -> BinaryIO:
    """The bytes of a stream that lies under this name, unpacked where its end says that it is packed."""
    unpack = PACKED.get(path.suffix.lower())
    return packed if unpack is None else cast(BinaryIO, unpack(packed, "rb"))


def inner_suffix(path: PurePath) -> str:
    """The end of the name that says the format, in lower case: `.jsonl` of `news.jsonl.gz`."""
    suffix = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() if suffix in PACKED else suffix
