"""`sayso evaluate`: how well the coding does, on cases of one's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from sayso.evaluation import Tally

evaluate = typer.Typer(no_args_is_help=True, help="Scores: how well the coding does.")


@evaluate.callback()
def group() -> None:
    """Scores: how well the coding does."""


@evaluate.command()
def expect(
    cases: Annotated[list[Path], typer.Argument(metavar="CASES.jsonl…", help="Texts with what a reader expects.")],
    model: Annotated[
        Optional[str],  # noqa: UP045  # Typer reads the annotation at run time
        typer.Option(metavar="NAME", help="Any spaCy pipeline with Universal Dependencies, by name or folder."),
    ] = None,
    least: Annotated[float, typer.Option(metavar="PERCENT", help="Exit with 1 below this share of checks.")] = 0.0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the table, not what failed.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show what the rooms log, and tracebacks.")] = False,
) -> None:
    """Code short texts and tell which of their checks hold, by category.

    A line of CASES.jsonl is {"id", "category", "text", "expect": [check, …]}, as in
    {"event": {"near": "shot", "type": "ASSAULT", "voice": "witnesses"}}.
    """
    from sayso.cli.running import make_gazetteer
    from sayso.cli.streams import set_up_logging

    set_up_logging(debug)
    make_gazetteer()
    tally = _count(cases, model)
    sys.stdout.write(("" if quiet else _failures(tally)) + _table(tally))
    raise typer.Exit(int(100 * tally.share() < least or tally.uncoded > 0))


def _count(paths: list[Path], model: str | None) -> Tally:
    import sayso
    from sayso.cli.streams import progress, report_error
    from sayso.errors import InputError
    from sayso.evaluation import Tally, read_cases

    cases = [case for path in paths for case in read_cases(path)]
    found = sayso.load(model).pipe(case.article for case in cases)
    tally = Tally()
    with progress("cases", show=True) as done:
        for case, coding in zip(cases, found, strict=True):
            if isinstance(coding, InputError):
                report_error(str(coding))
            tally.add(case, coding)
            done()
    return tally


def _failures(tally: Tally) -> str:
    lines = [f"{case.id}: {check.kind} {json.dumps(check.want, ensure_ascii=False)}\n" for case, check in tally.failed]
    return "".join(lines) + ("\n" if lines else "")


def _table(tally: Tally) -> str:
    names = sorted(tally.total)
    width = max(map(len, [*names, "all"]))
    rows = [(name, tally.right[name], tally.total[name]) for name in names]
    rows.append(("all", tally.right.total(), tally.total.total()))
    return "".join(
        f"{name:<{width}} {right:>5} of {of:>5}  {100 * right / max(1, of):5.1f} %\n" for name, right, of in rows
    )
