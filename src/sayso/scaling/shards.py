"""One shard, worked through: its articles read and coded, and what came of them written whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol

from sayso.errors import InputError, LostArticle, ScaleError
from sayso.exports import WRITERS
from sayso.exports.writers import Style, Writer
from sayso.reading.places import is_whole, records
from sayso.records import Article, CoderInfo, Coding
from sayso.scaling.aside import take_up
from sayso.scaling.files import compressed, measured, put, written
from sayso.scaling.job import Done, Folders, Job, Piece, Shard, Stage, Tally, kind_of


class CodesArticles(Protocol):
    """What is asked of a coder here; `sayso.Coder` is one."""

    @property
    def info(self) -> CoderInfo: ...

    def pipe(self, articles: list[Article | InputError]) -> Iterator[Coding | InputError]: ...


class Work:
    """What codes shards in one process."""

    def __init__(self, coder: CodesArticles, job: Job, folders: Folders):
        self._coder, self._job, self._folders = coder, job, folders
        self._writer: Writer = WRITERS[job.format]()

    def __call__(self, shard: Shard, stage: Stage, tell: Callable[[Stage], None]) -> Done:
        """Work a shard through from a stage on. Before each record `tell` hears how far it is.

        Raises ScaleError where nothing can be written, or the input is not what it was.
        """
        part = self._folders.parts / f"part-{shard.number:05d}"
        wrong = self._folders.parts / f"wrong-{shard.number:05d}"
        with written(self._folders.out):
            with _from(part, stage.written) as out, _from(wrong, stage.wrong) as errors:
                tally = self._records(shard, stage, tell, out, errors)
            return self._finish(shard, tally, part, wrong)

    def _records(
        self, shard: Shard, stage: Stage, tell: Callable[[Stage], None], out: BinaryIO, errors: BinaryIO
    ) -> Tally:
        if not stage.written:
            out.write(self._writer.before().encode())
        tally, given_up = stage.tally, stage.given_up
        read = self._read(shard, tally.records, given_up)
        for _ in range(tally.records, shard.records):
            if given_up is None:
                tell(Stage(tally, out.tell(), errors.tell()))
            found = next(read, None)
            if found is None:
                raise ScaleError(f"{shard.pieces[-1].path}: is not what it was when it was looked through")
            tally += self._one(_lost(found, given_up) if given_up else found, out, errors)
            given_up = None
        out.write(self._writer.after().encode())
        return tally

    def _read(self, shard: Shard, first: int, given_up: str | None) -> Iterator[Article | InputError]:
        """The records from one on. One that is given up is not read, where it is a file of its own: that may be what kills."""
        for piece in _pieces_from(shard, first):
            if given_up and is_whole(piece.path, piece.place) and not piece.laid_aside:
                yield LostArticle(piece.name, given_up)
            elif piece.laid_aside:
                yield from take_up(Path(piece.path), piece.place.record + piece.passed, piece.count - piece.passed)
            else:
                yield from islice(
                    records(piece.path, piece.place, piece.count, columns=self._job.columns), piece.passed, None
                )
            given_up = None

    def _one(self, found: Article | InputError, out: BinaryIO, errors: BinaryIO) -> Tally:
        """Code one record and write what comes of it, at once."""
        if isinstance(found, Article) and found.published is None and self._job.published:
            found = found.model_copy(update={"published": self._job.published})
        (made,) = self._coder.pipe([found])
        if isinstance(made, InputError):
            kind = kind_of(made)
            told = json.dumps({"name": made.name, "kind": kind, "reason": made.reason})
            errors.write(f"{told}\n".encode())
            errors.flush()
            return Tally(1, errors={kind: 1})
        out.write(self._writer.each(made, Style()).encode("utf-8", "replace"))
        out.flush()
        return Tally(1, 1, len(made.article.text.split()), len(made.events))

    def _finish(self, shard: Shard, tally: Tally, part: Path, wrong: Path) -> Done:
        packed = compressed(part, self._job.compress)
        size, sha256 = measured(packed)
        put(wrong, self._folders.errors_of(shard.number))
        put(packed, self._folders.out / self._job.part(shard.number))
        return Done(shard.number, tally, size, sha256, shard.read, shard.after, self._coder.info.model_dump())


@contextmanager
def _from(path: Path, size: int) -> Iterator[BinaryIO]:
    """A file to write on from so many bytes."""
    with path.open("ab") as file:
        file.truncate(size)
    with path.open("ab") as file:
        yield file


def _pieces_from(shard: Shard, first: int) -> Iterator[Piece]:
    """The shard's pieces without its first records."""
    for piece in shard.pieces:
        if first < piece.count:
            yield replace(piece, passed=first)
        first = max(0, first - piece.count)


def _lost(found: Article | InputError, reason: str) -> InputError:
    from sayso.coding.coder import named

    return LostArticle(named(found), reason) if isinstance(found, Article) else found
