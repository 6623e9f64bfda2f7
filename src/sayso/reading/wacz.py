"""WACZ: web archives in a zip, each WARC file in it read as it lies there, without unpacking it to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading.articles import LIMIT_CHARS
from sayso.reading.packing import inner_suffix, unpacking
from sayso.reading.warc import read_warc
from sayso.records import Article

MOST_FILES = 100_000
"""Files that such a zip may have; one for each gigabyte or so of pages."""
MOST_TIMES = 200
"""A WARC file may be so many times as long as it is in the zip: WACZ stores them as they are, and pages pack to a tenth."""


def read_wacz(stream: BinaryIO, *, name: str, limit_chars: int = LIMIT_CHARS) -> Iterator[Article | InputError]:
    """One article or error a page of every WARC file below `archive/`, by the files' names. `stream` must be able to seek."""
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in _warcs(archive, name):
                yield from _read(archive, member, f"{name}/{member.filename}", limit_chars)
    except InputError as error:
        yield error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        yield UnreadableInput(name, f"a broken zip archive: {str(error)[:120]}")


def _warcs(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise TooMuchInput(name, f"a zip archive of {len(members):,} files, more than {MOST_FILES:,}")
    found = [one for one in members if inner_suffix(PurePosixPath(one.filename)) == ".warc"]
    if not found:
        raise UnreadableInput(name, "a zip archive without WARC files")
    return sorted(found, key=lambda one: one.filename)


def _read(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limit_chars: int
) -> Iterator[Article | InputError]:
    if member.file_size > MOST_TIMES * max(member.compress_size, 1):
        yield TooMuchInput(name, f"unpacks to more than {MOST_TIMES} times its size")
        return
    try:
        with archive.open(member) as packed:
            yield from read_warc(
                unpacking(cast(BinaryIO, packed), PurePosixPath(member.filename)), name=name, limit_chars=limit_chars
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        # RuntimeError is what the library raises for a file under a password
        yield UnreadableInput(name, f"cannot be unpacked: {str(error)[:120]}")
