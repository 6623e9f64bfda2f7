"""What `sayso evaluate expect` does: cases in, failures and a table out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import sayso
from sayso.cli.running import make_gazetteer
from sayso.cli.streams import progress, report_error, set_up_logging
from sayso.errors import InputError
from sayso.evaluation import Tally, read_cases


def run(cases: list[Path], model: str | None, least: float, *, quiet: bool, debug: bool) -> int:
    """Code the cases and print what failed; the exit status."""
    set_up_logging(debug)
    make_gazetteer()
    tally = _count(cases, model)
    sys.stdout.write(("" if quiet else _failures(tally)) + _table(tally))
    return int(100 * tally.share() < least or tally.uncoded > 0)


def _count(paths: list[Path], model: str | None) -> Tally:
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
