"""What is asked of a run, and what it tells while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sayso.errors import InvalidArticle, LostArticle, OtherLanguage, TooMuchInput, UnreadableInput
from sayso.reading.places import Place

SHARD_SIZE = 250
"""Articles of a shard: half a minute of one core's work, which is what a kill costs at most."""
FORMATS = {"jsonl": ".jsonl", "csv": ".csv"}
"""Formats whose every part is a file of its own, and the ends of their names."""
COMPRESSIONS = ("gz", "zst")

NOT_ENGLISH = "not in English"
KINDS: dict[str, str] = {
    UnreadableInput.__name__: "unreadable",
    InvalidArticle.__name__: "no article",
    TooMuchInput.__name__: "over a limit",
    LostArticle.__name__: "ended its process",
    OtherLanguage.__name__: NOT_ENGLISH,
}
"""What the summary calls errors, by the name of their class; others have "could not be coded"."""
OTHER = "could not be coded"


def kind_of(error: Exception) -> str:
    """What the summary calls an error of this class, or of the nearest class above it that has a name there."""
    return next((KINDS[one.__name__] for one in type(error).__mro__ if one.__name__ in KINDS), OTHER)


@dataclass(frozen=True)
class Job:
    """What decides the bytes of a run, beside its inputs and the coder. How many work on it does not."""

    format: str = "jsonl"
    compress: str | None = None
    shard_size: int = SHARD_SIZE
    model: str | None = None
    published: str | None = None
    columns: dict[str, str] | None = None
    time_limit: float = 10.0

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise ValueError(f"shards are {' or '.join(FORMATS)}, not {self.format}")
        if self.compress not in (None, *COMPRESSIONS):
            raise ValueError(f"shards are compressed as {' or '.join(COMPRESSIONS)}, not as {self.compress}")
        if self.shard_size < 1:
            raise ValueError(f"a shard has at least one article, not {self.shard_size}")

    def part(self, number: int) -> str:
        """The name of a shard's file."""
        return f"part-{number:05d}{FORMATS[self.format]}{f'.{self.compress}' if self.compress else ''}"


class At(NamedTuple):
    """A place in a whole run: in which of its inputs, and where in that."""

    input: int = 0
    place: Place = Place()


@dataclass(frozen=True)
class Piece:
    """Records that lie one after another: in an input, or among what was laid aside for this shard.

    Of its `count` records so many have been `passed` already.
    """

    path: str
    place: Place
    count: int
    laid_aside: bool = False
    passed: int = 0

    @property
    def name(self) -> str:
        """The file's name, as errors call it."""
        return f"{self.path.rstrip('/')}/{self.place.file}" if self.place.file else self.path


@dataclass(frozen=True)
class Shard:
    """So many articles in the order of reading. `read`: bytes of all inputs up to its end; `after`: where the next begins."""

    number: int
    pieces: tuple[Piece, ...]
    records: int
    read: int
    after: At


@dataclass(frozen=True)
class Tally:
    """What became of the records of a shard so far."""

    records: int = 0
    coded: int = 0
    words: int = 0
    events: int = 0
    errors: dict[str, int] = field(default_factory=dict)

    @property
    def has_failed(self) -> bool:
        """Whether anything is wrong: other languages are not, unless there was nothing else."""
        return any(kind != NOT_ENGLISH for kind in self.errors) or (self.records > 0 and self.coded == 0)

    def __add__(self, other: Tally) -> Tally:
        kinds = sorted({*self.errors, *other.errors})
        return Tally(
            self.records + other.records,
            self.coded + other.coded,
            self.words + other.words,
            self.events + other.events,
            {kind: self.errors.get(kind, 0) + other.errors.get(kind, 0) for kind in kinds},
        )


@dataclass(frozen=True)
class Stage:
    """How far a shard is: the records behind it, and where its two unfinished files end. From here it can go on.

    `given_up`: why the record that comes next is not to be coded.
    """

    tally: Tally = field(default_factory=Tally)
    written: int = 0
    wrong: int = 0
    given_up: str | None = None


class Folders(NamedTuple):
    """Where a run writes: the shards, the errors of each until they are merged, and what is not yet whole."""

    out: Path
    errors: Path
    parts: Path

    def errors_of(self, number: int) -> Path:
        """The file of a shard's errors."""
        return self.errors / f"errors-{number:05d}.jsonl"


@dataclass(frozen=True)
class Done:
    """A shard whose file is there, whole."""

    number: int
    tally: Tally
    size: int
    sha256: str
    read: int
    after: At
    coder: dict[str, str]
    """What coded it: the fields of `CoderInfo`."""


class Progress(NamedTuple):
    """How far a run is.

    `tally`: what became of the records so far, `before` of those of earlier runs. `read`: bytes of the inputs that are done, of
    which earlier runs did `skipped`; `total`: of all there are, 0 where that is not known.
    """

    tally: Tally
    before: Tally
    read: int
    skipped: int
    total: int
