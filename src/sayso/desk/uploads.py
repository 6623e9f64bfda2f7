"""Files that somebody sends, put where only the desk chooses: their names say their format and are shown, and no path is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from sayso.desk.errors import TooLarge
from sayso.errors import TooMuchInput, UnreadableInput
from sayso.exports.view import plain
from sayso.reading import open_named
from sayso.reading.formats import READERS, Found
from sayso.reading.packing import BROKEN, PACKED, opened

MOST_FILES = 50
UNPACKED = 200_000_000
"""Bytes to which a packed file may unpack, and the columns of a Parquet file."""
LONGEST_NAME = 120
"""Characters of a file's name that are kept."""
PIECE = 1 << 16


@dataclass
class Upload:
    """One file. `name`: as its sender calls it, fit to be shown; `path`: where it lies."""

    name: str
    path: Path

    def articles(self, limit_chars: int) -> Found:
        """Its articles and errors. Raises InputError where it unpacks to too much."""
        if self.path.suffix in PACKED:
            self.path = self._unpacked()
        if self.path.suffix in (".parquet", ".pq"):
            _check_columns(self.path, self.name)
        return open_named(self.path, self.name, limit_chars=limit_chars)

    def _unpacked(self) -> Path:
        target, size = self.path.with_suffix(""), 0
        try:
            with opened(self.path) as packed, target.open("wb") as plain_file:
                while piece := packed.read(PIECE):
                    size += len(piece)
                    if size > UNPACKED:
                        raise TooMuchInput(self.name, f"unpacks to more than {UNPACKED // 1_000_000} MB")
                    plain_file.write(piece)
        except BROKEN as error:
            raise UnreadableInput(self.name, f"broken {self.path.suffix} data") from error
        self.path.unlink()
        return target


@dataclass
class Uploads:
    """The files of one request, in a folder of their own that `close` takes away."""

    most: int
    """Bytes of all of them."""
    files: list[Upload] = field(default_factory=list)
    _folder: TemporaryDirectory[str] | None = None
    _size: int = 0

    def take(self, name: str | None, stream: BinaryIO) -> None:
        """Copy one. Raises TooLarge where there are too many or they are too big."""
        if len(self.files) >= MOST_FILES:
            raise TooLarge(f"At most {MOST_FILES} files are taken at once.")
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="sayso-added-")
        shown = shown_name(name)
        path = Path(self._folder.name) / f"{len(self.files)}{ending(shown)}"
        with path.open("wb") as target:
            while piece := stream.read(PIECE):
                self._size += len(piece)
                if self._size > self.most:
                    raise TooLarge(f"At most {self.most // 1_000_000} MB are taken at once.")
                target.write(piece)
        self.files.append(Upload(shown, path))

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def shown_name(name: str | None) -> str:
    """The last part of a name, without what would not be seen on a page."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    clean = plain(last.encode("utf-8", "replace").decode()).strip()
    if len(clean) > LONGEST_NAME:
        stem, end = clean[:LONGEST_NAME], ending(clean)
        clean = f"{stem}…{end}"
    return clean if clean.strip(".") else "file"


def ending(name: str) -> str:
    """The end that says the format, if it is one that is known: nothing else of a name becomes part of a path."""
    low = name.lower()
    packed = next((one for one in PACKED if low.endswith(one)), "")
    suffix = Path(low.removesuffix(packed)).suffix
    return (suffix if suffix in READERS else "") + packed


def _check_columns(path: Path, name: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        told = pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        return  # the reader will say what is wrong with it
    if sum(told.row_group(at).total_byte_size for at in range(told.num_row_groups)) > UNPACKED:
        raise TooMuchInput(name, f"unpacks to more than {UNPACKED // 1_000_000} MB")
