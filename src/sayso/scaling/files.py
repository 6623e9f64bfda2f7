"""Files that are there whole or not at all, however the process ends that writes them."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from sayso.errors import ScaleError

BLOCK = 1 << 20


@contextmanager
def written(path: Path | str) -> Iterator[None]:
    """What goes wrong with files is said of this one. Raises ScaleError."""
    try:
        yield
    except OSError as error:
        raise ScaleError(f"{path}: cannot be written: {error.strerror or error}") from error


def put(part: Path, path: Path) -> None:
    """Put a finished file in its place; after this it is there even if the power fails."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def put_json(value: Any, path: Path, beside: Path) -> None:
    """Write JSON in the place of a file, by way of one in the folder `beside`."""
    part = beside / f"{path.name}.part"
    part.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", errors="backslashreplace")
    put(part, path)


def measured(path: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return path.stat().st_size, digest.hexdigest()


def compressed(path: Path, how: str | None) -> Path:
    """The file, or another beside it that holds the same, compressed; the same bytes give the same bytes."""
    if how is None:
        return path
    packed = path.with_name(f"{path.name}.{how}")
    with path.open("rb") as source, packed.open("wb") as target, _packer(target, how) as packer:
        shutil.copyfileobj(source, packer, BLOCK)
    path.unlink()
    return packed


@contextmanager
def _packer(target: BinaryIO, how: str) -> Iterator[BinaryIO]:
    if how == "gz":  # without name and time, which would differ between runs
        with gzip.GzipFile(filename="", mode="wb", fileobj=target, mtime=0) as packer:
            yield cast(BinaryIO, packer)
    else:
        import pyarrow as pa

        with pa.CompressedOutputStream(target, "zstd") as packer:
            yield packer


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one run at a time in a folder. Raises ScaleError where another is there. It ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    with written(folder):
        number = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ScaleError(f"{folder}: another sayso is at work in this folder") from None
        yield
    finally:
        os.close(number)
