"""Inputs, cut into shards: so many articles each, in the order of reading, whoever works on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sayso.errors import ScaleError
from sayso.reading.places import START, Mark, Place, marks
from sayso.scaling.aside import Aside
from sayso.scaling.job import At, Job, Piece, Shard

BEGINNING = At()


class Cutter:
    """Cuts shards, from the beginning or from where an earlier run left off.

    `folder`: where articles are laid that had to be read to be found. Those of shards that are done (`is_done`) are not.
    """

    def __init__(
        self,
        paths: Sequence[str],
        inputs: Sequence[dict[str, Any]],
        job: Job,
        folder: Path,
        is_done: Callable[[int], bool],
    ):
        self._paths, self._job, self._folder, self._is_done = paths, job, folder, is_done
        self._sizes = [int(one.get("size", 0)) for one in inputs]
        self.records = self.read = 0
        """Records that were cut, and bytes of all inputs up to the last of them."""

    def shards(self, number: int = 0, start: At = BEGINNING) -> Iterator[Shard]:
        """The shards from this number on; the first begins at `start`."""
        making = self._making(number)
        for index in range(start.input, len(self._paths)):
            path, before = self._paths[index], sum(self._sizes[:index])
            for mark in _found(path, start.place if index == start.input else START, self._job):
                making.add(path, mark)
                self.records, self.read = self.records + 1, before + mark.read
                if making.records == self._job.shard_size:
                    yield making.shard(self.read, At(index, mark.after))
                    making = self._making(making.number + 1)
        if making.records:
            yield making.shard(self.read, At(len(self._paths)))

    def _making(self, number: int) -> _Making:
        return _Making(number, None if self._is_done(number) else Aside(laid_aside(self._folder, number)))


def laid_aside(folder: Path, number: int) -> Path:
    """The file of a shard's articles that had to be read to be found."""
    return folder / f"shard-{number:05d}.jsonl"


def _found(path: str, start: Place, job: Job) -> Iterator[Mark]:
    try:
        yield from marks(path, start=start, columns=job.columns)
    except OSError as error:  # of files that went away or broke while they were looked through
        raise ScaleError(f"{path}: cannot be read any more: {error.strerror or error}") from error


class _Making:
    """A shard that is being filled."""

    def __init__(self, number: int, aside: Aside | None):
        self.number = number
        self.records = 0
        self._aside = aside
        self._pieces: list[Piece] = []
        self._end: Place | None = None

    def add(self, path: str, mark: Mark) -> None:
        """One record more."""
        self.records += 1
        if mark.found is None:
            self._extend(Piece(path, mark.place, 1), mark.after)
        elif self._aside is not None:
            line = self._aside.add(mark.found)
            self._extend(Piece(str(self._aside.path), Place("", line), 1, laid_aside=True), Place("", line + 1))

    def _extend(self, piece: Piece, after: Place) -> None:
        last = self._pieces[-1] if self._pieces else None
        if last and self._end == piece.place and (last.path, last.laid_aside) == (piece.path, piece.laid_aside):
            self._pieces[-1] = replace(last, count=last.count + 1)
        else:
            self._pieces.append(piece)
        self._end = after

    def shard(self, read: int, after: At) -> Shard:
        if self._aside is not None:
            self._aside.close()
        return Shard(self.number, tuple(self._pieces), self.records, read, after)
