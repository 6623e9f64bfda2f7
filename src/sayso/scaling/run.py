"""Any amount of articles into a folder of shards: begun, gone on with after whatever ended it, finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from sayso.errors import ScaleError
from sayso.libraries import installed
from sayso.scaling.cutting import Cutter, laid_aside
from sayso.scaling.engines import ENGINES, Engine
from sayso.scaling.files import alone, written
from sayso.scaling.inputs import described, refuse_own, total
from sayso.scaling.job import Job, Progress, Tally
from sayso.scaling.manifest import FORM, Run
from sayso.scaling.worker import Maker, Plan, make_coder

Watch = Callable[[Progress], None]


def code_into(
    out: Path,
    paths: Sequence[str],
    job: Job,
    *,
    workers: int | None = None,
    engine: str = "local",
    restart: bool = False,
    watch: Watch = lambda progress: None,
    maker: Maker = make_coder,
    debug: bool = False,
) -> Tally:
    """Code the articles of all paths into the folder `out`, and say what became of them: see `sayso.code_all`.

    `watch` hears several times a second how far it is. `maker` makes the coder of each process.

    Raises ScaleError where the folder is of something else or cannot be written, where the engine is not there, and where
    processes end again and again.
    """
    refuse_own(paths, out)
    if engine not in ENGINES:
        raise ScaleError(f"{engine}: no such engine; there are: {', '.join(ENGINES)}")
    with written(out):
        out.mkdir(parents=True, exist_ok=True)
    with alone(out):
        with written(out):
            run = Run(out.absolute(), job)
        try:
            with ENGINES[engine](Plan(job, run.folders, Path.cwd(), maker, debug), workers) as hands:
                inputs = described(paths)
                head = {
                    "form": FORM,
                    "coder": hands.coder(),
                    "libraries": installed(),
                    "settings": asdict(job),
                    "inputs": inputs,
                }
                with written(out):
                    run.begin(head, restart=restart)
                if not run.is_finished:
                    cutter = Cutter(paths, inputs, job, run.folders.parts, run.done.__contains__)
                    _work(run, cutter, hands, watch, total(inputs))
                    run.finish()
        finally:
            run.leave()
    return run.tally


def _work(run: Run, cutter: Cutter, hands: Engine, watch: Watch, total: int) -> None:
    number, start, skipped = run.next()
    before = run.tally
    shards = (shard for shard in cutter.shards(number, start) if shard.number not in run.done)
    for done in hands.work(shards):
        if done is not None:
            run.add(done)
            laid_aside(run.folders.parts, done.number).unlink(missing_ok=True)
        tally = run.tally + hands.tally
        fresh = tally.records - before.records
        # The inputs are cut ahead of the work: what is done of what was cut is done of the bytes that were read for it.
        read = skipped + (cutter.read - skipped) * fresh // max(1, cutter.records)
        watch(Progress(tally, before, read, skipped, total))
