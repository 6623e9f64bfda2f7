"""`sayso code` into a folder: any amount, by several processes, gone on with where it was ended."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from sayso.cli.counting import FEW
from sayso.cli.running import Choice, columns_of, make_gazetteer, read_date
from sayso.cli.streams import one_line, report_error, set_up_logging, steps

if TYPE_CHECKING:
    from sayso.scaling import Job, Progress, Tally

OFTEN = 0.5
"""Seconds between two changes of the progress bar."""


class Scale(NamedTuple):
    """What only a folder of shards is asked for."""

    workers: int | None
    shard_size: int | None
    compress: str | None
    engine: str | None
    restart: bool


def is_folder(output: str | None, scale: Scale) -> bool:
    """Whether shards are to be written: the output is named as a folder, or something is asked that only shards have."""
    return any(scale) or (output is not None and (output.endswith("/") or Path(output).is_dir()))


def code(choice: Choice, format: str | None, scale: Scale, manifest: Path | None = None) -> int:
    """Code every article into a folder of shards; the exit status. `manifest`: where to write what they depend on."""
    from sayso.scaling import code_into

    set_up_logging(choice.debug)
    if choice.output is None:
        raise typer.BadParameter("name the folder for the shards: -o OUT/", param_hint="--output")
    job = _job(choice, format, scale)
    recorded = None
    if manifest is not None:
        from sayso.cli.recording import OfFolder

        recorded = OfFolder(choice.paths, choice.output, manifest, anew=scale.restart)
    make_gazetteer()
    with steps("articles") as told:
        watch = Watch(told)
        tally = code_into(
            choice.output,
            choice.paths,
            job,
            workers=scale.workers,
            engine=scale.engine or "local",
            restart=scale.restart,
            watch=watch,
            debug=choice.debug,
        )
    if recorded is not None:
        recorded.finish(job, tally)
    for reason in few_failures(choice.output, tally):
        report_error(reason)
    sys.stderr.write(f"{one_line(summary(tally, watch, choice.output))}\n")
    return int(tally.has_failed)


def few_failures(out: Path, tally: Tally) -> list[str]:
    """What could not be read or coded, by name, where it is so little that each is worth a line; the file has all."""
    from sayso.scaling.job import NOT_ENGLISH

    failed = sum(count for kind, count in tally.errors.items() if kind != NOT_ENGLISH)
    if not 0 < failed <= FEW:
        return []
    with (out / "errors.jsonl").open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return [f"{one['name']}: {one['reason']}" for one in rows if one["kind"] != NOT_ENGLISH]


def _job(choice: Choice, format: str | None, scale: Scale) -> Job:
    from sayso.scaling import SHARD_SIZE, Job

    try:
        return Job(
            format=format or "jsonl",
            compress=scale.compress,
            shard_size=scale.shard_size or SHARD_SIZE,
            model=choice.model,
            published=read_date(choice.published),
            columns=columns_of(choice),
            time_limit=choice.time_limit,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


class Watch:
    """Tells the bar how far a run is, how fast, and what time is left; not oftener than one can read."""

    def __init__(self, told: Callable[[str, float], None]):
        self._told = told
        self._began = self._last = time.monotonic()
        self.fresh = 0
        """Articles that this run has done, and no earlier one."""

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def __call__(self, progress: Progress) -> None:
        self.fresh = progress.tally.records - progress.before.records
        if time.monotonic() - self._last >= OFTEN:
            self._last = time.monotonic()
            self._told(pace(progress, self.seconds), progress.read / progress.total if progress.total else 0.0)


def pace(progress: Progress, seconds: float) -> str:
    """How many articles are done, how many and how many words a second, and how long the rest will take."""
    records = progress.tally.records - progress.before.records
    words = progress.tally.words - progress.before.words
    told = f"{progress.tally.records:,}, {records / seconds:,.1f} a second, {words / seconds:,.0f} words a second"
    if progress.total and progress.read > progress.skipped:
        left = seconds * (progress.total - progress.read) / (progress.read - progress.skipped)
        told += f", {duration(max(0, left))} left"
    return told


def summary(tally: Tally, watch: Watch, out: Path) -> str:
    """What became of all articles, and what was left out and why."""
    when = (
        duration(watch.seconds)
        if watch.fresh == tally.records
        else f"{duration(watch.seconds)}, {watch.fresh:,} of them new"
    )
    articles = "article" if tally.coded == 1 else "articles"
    told = f"{out}: {tally.coded:,} {articles} coded ({tally.words:,} words, {tally.events:,} events) in {when}"
    if not tally.errors:
        return told
    left = sum(tally.errors.values())
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(tally.errors.items()))
    return f"{told}; {left:,} {'was' if left == 1 else 'were'} not: {kinds} (errors.jsonl)"


def duration(seconds: float) -> str:
    """In the two largest units: 3 h 20 min, 2 min 5 s, 9 s."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
