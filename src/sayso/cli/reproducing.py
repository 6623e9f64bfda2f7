"""`sayso reproduce`: codes what a manifest tells of anew, and says whether the bytes are the same."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sayso.cli.comparing import Made, amount, compared, find, tell
from sayso.cli.recording import outputs_of
from sayso.cli.running import Choice, Shape, articles, load, make_gazetteer, write_codings
from sayso.cli.streams import report_error, report_warning, set_up_logging, steps
from sayso.exports.writers import Style
from sayso.libraries import differences, installed
from sayso.reproducing.account import Account
from sayso.reproducing.finding import Located, as_named, changes, located
from sayso.reproducing.inputs import hashed
from sayso.reproducing.record import Counts, Output, Run, read_run

if TYPE_CHECKING:
    from typing import BinaryIO

    from sayso.records import CoderInfo


def reproduce(manifest: Path, inputs: Path | None, output: Path | None, workers: int | None, debug: bool) -> int:
    """Run a run again and tell; 0 where all is the same, else 1."""
    set_up_logging(debug)
    run = read_run(manifest)
    found = located(run, inputs)
    find(run, output)
    for difference in differences(run.libraries, installed()):
        report_warning(f"another version: {difference}")
    with steps("looking through the inputs") as told:
        changed = changes(run, found, told)
    for change in changed:
        report_error(change)
    if changed:
        tell(f"not reproduced: {amount(len(changed), 'input is', 'inputs are')} not what it read")
        return 1
    make_gazetteer()
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        made = (_folder if run.settings.output == "folder" else _stream)(run, found, Path(folder), workers, debug)
        return compared(run, made, output)


def _stream(run: Run, found: Located, folder: Path, workers: int | None, debug: bool) -> Made:
    settings, path = run.settings, folder / "output"
    columns = ",".join(f"{name}={value}" for name, value in (settings.columns or {}).items()) or None
    choice = Choice(found.paths, settings.model, settings.published, columns, settings.time_limit, path, debug)
    shape = Shape(settings.format, Style(settings.width or 100, settings.color, settings.explain), settings.bom)
    with ExitStack() as stack:
        stdin = cast("BinaryIO", stack.enter_context(found.stdin.open("rb"))) if found.stdin else None
        coder, account = load(choice), Account()
        _name_coder(run.coder, coder.info)
        read = articles(choice, stdin=stdin)
        write_codings(
            account.through(coder.pipe(read)),
            shape,
            choice,
            heard=account.wrote,
            total=run.counts.records,
            quiet=True,
        )
    failures = tuple(one.model_copy(update={"name": as_named(one.name, found.moved)}) for one in account.failures)
    return Made([(path, account.output(None))], Counts.of(account.tally), failures)


def _folder(run: Run, found: Located, folder: Path, workers: int | None, debug: bool) -> Made:
    from sayso.cli.scaling import Watch
    from sayso.scaling import SHARD_SIZE, Job, code_into
    from sayso.scaling.manifest import ERRORS

    settings, out = run.settings, folder / "out"
    job = Job(
        format=settings.format,
        compress=settings.compress,
        shard_size=settings.shard_size or SHARD_SIZE,
        model=settings.model,
        published=settings.published,
        columns=settings.columns,
        time_limit=settings.time_limit,
    )
    _name_coder(run.coder, load(Choice([], job.model, None, None, job.time_limit, None, debug)).info)
    with steps("articles") as told:
        tally = code_into(out, found.paths, job, workers=workers, watch=Watch(told), debug=debug)
    made = outputs_of(out)
    if found.moved:
        _rename(out / ERRORS, found.moved)
        made = tuple(
            Output(path=one.path, **hashed(out / ERRORS, "").model_dump(exclude={"path"}))
            if Path(one.path or "").name == ERRORS
            else one
            for one in made
        )
    return Made([(Path(one.path or ""), one) for one in made], Counts.of(tally), None)


def _rename(errors: Path, moved: dict[str, str]) -> None:
    """Write the names of errors as they would be were the inputs where they were."""
    rows = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]
    lines = (json.dumps({**row, "name": as_named(row["name"], moved)}) for row in rows)
    errors.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _name_coder(then: CoderInfo, now: CoderInfo) -> None:
    for change in other_coder(then, now):
        report_warning(f"another coder: {change}")


def other_coder(then: CoderInfo, now: CoderInfo) -> list[str]:
    """What codes otherwise now than then, in words."""
    pairs = zip(then.model_dump().items(), now.model_dump().values(), strict=True)
    return [
        f"{'sayso' if name == 'version' else name} {old} then, {new} now" for (name, old), new in pairs if old != new
    ]
