"""`sayso code --manifest`: what the output of a run depends on, written beside it."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.cli.running import Choice, Shape, articles, columns_of, load, make_gazetteer, read_date, write_codings
from sayso.cli.streams import steps
from sayso.cli.writing import opened
from sayso.errors import RunError
from sayso.libraries import differences, installed
from sayso.records import CoderInfo
from sayso.reproducing.account import Account
from sayso.reproducing.inputs import Hashed, Seen, is_local, refuse_inside
from sayso.reproducing.record import STDIN, Counts, Output, Run, Settings, now, to_json
from sayso.scaling.files import measured
from sayso.scaling.manifest import MANIFEST

if TYPE_CHECKING:
    from sayso.scaling import Job, Tally


def code(choice: Choice, shape: Shape, path: Path) -> int:
    """Code every article into one stream and write the manifest; the exit status."""
    refuse(choice.paths, choice.output, path)
    seen = looked_through(choice.paths)
    if STDIN in choice.paths:
        seen.stdin = Hashed(sys.stdin.buffer)
    read = articles(choice, stdin=seen.stdin, fetched=seen.fetched)  # type: ignore[arg-type]  # it is read, and no more
    make_gazetteer()
    coder, account = load(choice), Account()
    status = write_codings(account.through(coder.pipe(read)), shape, choice, heard=account.wrote)
    put(
        Run(
            created=now(),
            coder=coder.info,
            libraries=installed(),
            platform=this_platform(),
            settings=settings_of(choice, shape),
            inputs=seen.described(),
            outputs=(account.output(str(choice.output) if choice.output else None),),
            counts=Counts.of(account.tally),
            failures=tuple(account.failures),
        ),
        path,
    )
    return status


def refuse(paths: Sequence[str], output: Path | None, manifest: Path) -> None:
    """Raises RunError where what is written is read, or where output and manifest are one file."""
    refuse_inside(paths, manifest, "the manifest")
    if output is not None:
        refuse_inside(paths, output, "the output")
        if output.resolve() == manifest.resolve():
            raise RunError(f"{manifest}: is the output too; write the manifest to a file of its own")


def looked_through(paths: Sequence[str]) -> Seen:
    """The inputs' sizes and hashes, with a bar: they are read once more than else."""
    with steps("looking through the inputs") as told:
        return Seen(paths, told)


def settings_of(choice: Choice, shape: Shape) -> Settings:
    """What was asked for of one stream."""
    table = shape.format == "table"
    return Settings(
        output="standard output" if choice.output is None else "file",
        format=shape.format,
        model=choice.model,
        published=read_date(choice.published),
        columns=columns_of(choice),
        time_limit=choice.time_limit,
        width=shape.style.width if table else None,
        color=table and shape.style.color,
        explain=table and shape.style.explain,
        bom=shape.bom,
    )


def this_platform() -> dict[str, str]:
    """Information: the system, and what kind of processor it has."""
    return {"system": platform.system(), "machine": platform.machine()}


def put(run: Run, path: Path) -> None:
    """Write the manifest, whole or not at all."""
    with opened(path, whole=True) as out:
        out.write(to_json(run).encode("utf-8", "backslashreplace"))


class OfFolder:
    """The manifest of a run into a folder: begun before it, written after it.

    Raises RunError for inputs that cannot be looked through, and for a folder that other versions of libraries began.
    """

    def __init__(self, paths: Sequence[str], out: Path, manifest: Path, *, anew: bool):
        for path in paths:
            if not is_local(path):
                what = "standard input" if path == STDIN else path
                raise RunError(f"{what}: a folder with a manifest is made of files; keep it in one first")
        refuse(paths, out, manifest)
        if manifest.resolve().is_relative_to(out.resolve()):
            raise RunError(f"{manifest}: lies in the folder of the shards; write the manifest elsewhere")
        self._out, self._manifest = out, manifest
        self._libraries = installed()
        if not anew:
            self._check()
        self._seen = looked_through(paths)

    def _check(self) -> None:
        """Shards that other libraries have coded cannot be told of as if these had."""
        with_what = _held(self._out).get("libraries", self._libraries)
        if with_what != self._libraries:
            words = "; ".join(differences(with_what or {}, self._libraries)) if with_what else "of several versions"
            raise RunError(f"{self._out}: was coded with other libraries ({words}); --restart codes it anew with these")

    def finish(self, job: Job, tally: Tally) -> None:
        """Write it, now that all shards are done."""
        self._check()
        held = _held(self._out)
        put(
            Run(
                created=now(),
                coder=CoderInfo(**held["coder"]),
                libraries=self._libraries,
                platform=this_platform(),
                settings=settings_of_folder(job),
                inputs=self._seen.described(),
                outputs=outputs_of(self._out),
                counts=Counts.of(tally),
                failures=None,
            ),
            self._manifest,
        )


def settings_of_folder(job: Job) -> Settings:
    """What was asked for of a folder of shards."""
    return Settings(
        output="folder",
        format=job.format,
        model=job.model,
        published=job.published,
        columns=job.columns,
        time_limit=job.time_limit,
        shard_size=job.shard_size,
        compress=job.compress,
    )


def outputs_of(out: Path) -> tuple[Output, ...]:
    """The files of a finished folder, in their order; not its own manifest, which holds times of change."""
    held = _held(out)
    files = [*held["shards"], held["errors_file"]]
    for one in files:
        if measured(out / one["file"]) != (one["size"], one["sha256"]):
            raise RunError(f"{out / one['file']}: is not what was written there; --restart codes the folder anew")
    return tuple(Output(path=str(out / one["file"]), size=one["size"], sha256=one["sha256"]) for one in files)


def _held(out: Path) -> dict[str, Any]:
    """The folder's own manifest; what is wrong with it is said where the run begins."""
    try:
        held: dict[str, Any] = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}
