"""The inputs of a run: what their bytes are, looked through before it and found unchanged after it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import RunError
from sayso.reading.sources import files_below
from sayso.reading.web import Fetched
from sayso.reproducing.record import STDIN, Address, File, Folder

BLOCK = 1 << 20

Told = Callable[[str, float], None]
"""Hears at which step one is, and what share of all is done, 0 to 1."""
State = tuple[int, int]
"""A file's size and time of change (ns)."""


class Seen:
    """The inputs of a run, looked through before it: `described()` says afterwards what they were."""

    def __init__(self, paths: Sequence[str], told: Told):
        self._paths = paths
        self._files: dict[str, list[tuple[Path, str, State | None, File]]] = {}
        self.stdin: Hashed | None = None
        self._fetched: dict[str, list[File]] = {}
        local = {path: _files_of(path) for path in dict.fromkeys(paths) if is_local(path)}
        sizes = {file: _state(file) for files in local.values() for file, _ in files}
        total, read = sum(state[0] for state in sizes.values() if state), 0
        for path, files in local.items():
            self._files[path] = []
            for file, name in files:
                told(name, read / total if total else 0.0)
                self._files[path].append((file, name, sizes[file], hashed(file, name)))
                read += (sizes[file] or (0, 0))[0]

    def fetched(self, path: str) -> Callable[[Fetched], None]:
        """What is to hear of every page that is fetched for an address."""
        pages = self._fetched.setdefault(path, [])

        def hear(page: Fetched) -> None:
            pages.append(File(path=page.url, size=len(page.data), sha256=hashlib.sha256(page.data).hexdigest()))

        return hear

    def described(self) -> tuple[File | Folder | Address, ...]:
        """The inputs as the manifest has them. Raises RunError where a file has changed meanwhile."""
        for path, files in self._files.items():
            for file, name, state, _ in files:
                if _state(file) != state:
                    raise RunError(f"{name}: has changed while it was coded; no manifest is written")
            if [file for file, _ in _files_of(path)] != [file for file, *_ in files]:
                raise RunError(f"{path}: has other files in it than when coding began; no manifest is written")
        return tuple(self._one(path) for path in self._paths)

    def _one(self, path: str) -> File | Folder | Address:
        if path == STDIN:
            return (self.stdin or Hashed(cast(BinaryIO, _Empty()))).file()
        if not is_local(path):
            return Address(address=path, fetched=tuple(self._fetched.get(path, ())))
        files = [file for *_, file in self._files[path]]
        if Path(path).is_dir():
            below = [Path(file.path).relative_to(path).as_posix() for file in files]
            named = zip(files, below, strict=True)
            return Folder(folder=path, files=tuple(file.model_copy(update={"path": name}) for file, name in named))
        return files[0]


class _Empty:
    def read(self, size: int = -1) -> bytes:
        return b""


class Hashed:
    """A stream that is hashed as it is read; `file()` reads what nobody has read."""

    def __init__(self, stream: BinaryIO):
        self._stream, self._digest, self._size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        self._size += len(data)
        return data

    def file(self) -> File:
        while self.read(BLOCK):
            pass
        return File(path=STDIN, size=self._size, sha256=self._digest.hexdigest())


def is_local(path: str) -> bool:
    """Whether it is a file or folder of this machine; else it is standard input or an address."""
    return path != STDIN and "://" not in path


def hashed(file: Path, name: str) -> File:
    """The size and SHA-256 of a file, under a name of its own."""
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
                size += len(block)
    except OSError:  # an error of its own where it is read
        return File(path=name, size=None, sha256=None)
    return File(path=name, size=size, sha256=digest.hexdigest())


def _files_of(path: str) -> list[tuple[Path, str]]:
    """The files of an input, and what they are called."""
    if not Path(path).is_dir():
        return [(Path(path), path)]
    return [(file, str(Path(path) / file.relative_to(path))) for file in files_below(Path(path))]


def _state(file: Path) -> State | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def refuse_inside(paths: Sequence[str], written: Path, what: str) -> None:
    """Raises RunError where what is written is an input or lies in one: the run would not be the same again."""
    for path in filter(is_local, paths):
        target, read = written.resolve(), Path(path).resolve()
        if target == read or (read.is_dir() and target.is_relative_to(read)):
            raise RunError(f"{written}: {what} lies in what is read ({path}); write it elsewhere")
