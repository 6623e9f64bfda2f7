"""The contract of a run's manifest, `sayso-run/1`: everything that the bytes of a run's output depend on, and these bytes' hashes.

It is the same for the same run but for `created`, which is information. `platform` is information too.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from sayso.errors import RunError
from sayso.records import CoderInfo, Record
from sayso.scaling.job import Tally

FORM: Literal["sayso-run/1"] = "sayso-run/1"
WHERE = Literal["standard output", "file", "folder"]
STDIN = "-"


class File(Record):
    """A file: its path, its size in bytes and the SHA-256 of its bytes in hexadecimal digits; both null where it could not be read."""

    path: str = Field(description="as it was named, or below its folder; `-` is standard input")
    size: int | None = Field(description="bytes; null: it could not be read")
    sha256: str | None = Field(description="of its bytes, in hexadecimal digits; null: it could not be read")


class Folder(Record):
    """A folder that was read, as it was named, and its files in the order of reading; their paths are below it."""

    folder: str = Field(description="as it was named")
    files: tuple[File, ...] = Field(description="in the order of reading; their paths are below it")


class Address(Record):
    """An address, as it was named, and what was fetched for it: `path` is where the redirects ended. It is not kept."""

    address: str = Field(description="as it was named")
    fetched: tuple[File, ...] = Field(description="what was fetched for it; `path` is where the redirects ended")


class Settings(Record):
    """What was asked for. Null, or false, is what does not apply or was not given.

    `output`: where it was written to; `time_limit`: seconds of one article; `published`: the day of articles that give none;
    `columns`: the names under which rows keep fields; `width`, `color`, `explain`: of a table; `bom`: of CSV; `shard_size` and
    `compress`: of a folder.
    """

    output: WHERE = Field(description="where it was written to")
    format: str = Field(description="what was written")
    model: str | None = Field(default=None, description="the pipeline that was named; null: the shipped model")
    published: str | None = Field(default=None, description="the day of articles that give none")
    columns: dict[str, str] | None = Field(default=None, description="the names under which rows keep fields")
    time_limit: float = Field(description="seconds that one article may take")
    width: int | None = Field(default=None, description="of a table: its columns")
    color: bool = Field(default=False, description="of a table: whether in colours")
    explain: bool = Field(default=False, description="of a table: whether it says why each event was coded")
    bom: bool = Field(default=False, description="of CSV: whether it begins with a byte-order mark")
    shard_size: int | None = Field(default=None, description="of a folder: articles of a shard")
    compress: str | None = Field(default=None, description="of a folder: how its shards are compressed")


class Counts(Record):
    """What became of the articles: how many there were, were coded, and were not by kind; words and events of those coded."""

    records: int = Field(description="how many articles there were")
    coded: int = Field(description="how many were coded")
    words: int = Field(description="of those, the words")
    events: int = Field(description="of those, the events")
    errors: dict[str, int] = Field(description="how many were not coded, by kind")

    @classmethod
    def of(cls, tally: Tally) -> Counts:
        errors = {kind: tally.errors[kind] for kind in sorted(tally.errors)}
        return cls(records=tally.records, coded=tally.coded, words=tally.words, events=tally.events, errors=errors)


class Failure(Record):
    """An article that was not coded, as it was named, and why."""

    name: str = Field(description="as it was named")
    kind: str = Field(description="of which kind the hindrance is")
    reason: str = Field(description="why, in words")


class Run(Record):
    """The manifest of a run of `sayso code`.

    `libraries`: versions of Python and of what decides over what is read, coded and written, on the machine that the command was
    given to; another one may give other bytes.
    `inputs`: in the order they were named; a `File` of path "-" is standard input. `outputs`: all files that were written, in order;
    path null is standard output. `failures`: in the order of reading; of a folder, null: they are in its `errors.jsonl`, an output.
    """

    schema_: Literal["sayso-run/1"] = Field(default=FORM, alias="schema", description="the version of this contract")
    created: datetime = Field(description="when it was written, UTC; information alone")
    coder: CoderInfo = Field(description="what coded")
    libraries: dict[str, dict[str, str]] = Field(
        description="versions of Python and of what decides over what is read, coded and written"
    )
    platform: dict[str, str] = Field(description="the machine; information alone")
    settings: Settings = Field(description="what was asked for")
    inputs: tuple[File | Folder | Address, ...] = Field(description="in the order in which they were named")
    outputs: tuple[Output, ...] = Field(description="all files that were written, in order")
    counts: Counts = Field(description="what became of the articles")
    failures: tuple[Failure, ...] | None = Field(
        description="what was not coded, in the order of reading; null: it is in a folder's `errors.jsonl`"
    )


class Output(Record):
    """A file that was written, its size in bytes and the SHA-256 of its bytes; path null: standard output."""

    path: str | None = Field(description="as it was named, or below its folder; null: standard output")
    size: int = Field(description="bytes")
    sha256: str = Field(description="of its bytes, in hexadecimal digits")


Run.model_rebuild()


def run_schema() -> dict[str, Any]:
    """JSON Schema of a run's manifest."""
    return Run.model_json_schema(by_alias=True)


def now() -> datetime:
    """To the second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def to_json(run: Run) -> str:
    """The manifest as it is written: indented, a line's end after it."""
    return json.dumps(run.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False) + "\n"


def read_run(path: Path) -> Run:
    """The manifest in a file. Raises RunError where it cannot be read or is none of `sayso-run/1`."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise RunError(f"{path}: is no manifest of a run: not JSON") from error
    form = held.get("schema") if isinstance(held, dict) else None
    if form != FORM:
        folder = isinstance(held, dict) and "form" in held
        hint = "; that of a folder of shards is another: give the one that --manifest wrote" if folder else ""
        raise RunError(f"{path}: is no manifest of a run ({FORM}){hint}")
    try:
        return Run.model_validate(held)
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise RunError(f"{path}: is no manifest of a run: {at}: {first['msg']}") from error
