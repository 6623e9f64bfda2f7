"""What `sayso reproduce` says of a run's output: whether it is the same, and if not, where it first differs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sayso.cli.counting import FEW
from sayso.cli.streams import one_line
from sayso.cli.writing import STDOUT
from sayso.errors import RunError
from sayso.reproducing.differing import first_difference, format_of
from sayso.reproducing.inputs import hashed
from sayso.reproducing.record import Counts, Failure, Output, Run


class Made(NamedTuple):
    """What a run gave when it was run again: its files beside what they are, in the order of the run's outputs."""

    files: list[tuple[Path, Output]]
    counts: Counts
    failures: tuple[Failure, ...] | None


def tell(text: str) -> None:
    sys.stdout.write(f"{one_line(text)}\n")


def compared(run: Run, made: Made, output: Path | None) -> int:
    """Say of each output whether it is the same; the exit status."""
    missing = len(run.outputs) - len(made.files)
    lines, same = [], 0
    for then, (path, now) in zip(run.outputs, made.files, strict=False):
        name = then.path or STDOUT
        there = place_of(run, then, output)
        there = there if there is not None and there.is_file() else None
        if (then.size, then.sha256) == (now.size, now.sha256):
            if there is not None and hashed(there, "").sha256 != then.sha256:
                lines.append(f"{there}: made again as it was, but what lies there is not what the run wrote")
            else:
                same += 1
        else:
            lines.append(f"{name}: differs, {_where(there, path, format_of(path, run.settings.format))}")
    if missing:
        lines.append(f"{amount(abs(missing), 'file', 'files')} {'fewer' if missing > 0 else 'more'} than then")
    lines += _failures(run, made)
    if made.counts != run.counts and not lines:
        lines.append("the counts of articles are others")
    for line in lines[:FEW]:
        tell(line)
    whole = len(run.outputs)
    if not lines:
        size = sum(one.size for one in run.outputs)
        tell(
            f"reproduced: {amount(whole, 'output is', 'outputs are')} the same, byte for byte"
            f" ({run.counts.coded:,} coded, {size:,} bytes{_left(run.counts)})"
        )
        return 0
    tell(f"not reproduced: of {amount(whole, 'output', 'outputs')} {same:,} the same")
    return 1


def _left(counts: Counts) -> str:
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in counts.errors.items())
    return f"; not coded, as then: {kinds}" if kinds else ""


def find(run: Run, output: Path | None) -> None:
    """Raises RunError where one of a run's outputs is not where somebody says it is; before anything is coded."""
    for one in run.outputs if output is not None else ():
        place = place_of(run, one, output)
        if place is None or not place.is_file():
            raise RunError(f"{place}: no such file")


def place_of(run: Run, one: Output, output: Path | None) -> Path | None:
    """Where an output of the run is, or was: at `output`, where that is given. None: on standard output."""
    if output is None:
        return Path(one.path) if one.path else None
    return output / Path(one.path or "").name if run.settings.output == "folder" else output


def _where(there: Path | None, path: Path, format: str) -> str:
    if there is None:
        return "where, cannot be said without the output itself (--output FILE)"
    return first_difference(there, path, format)


def _failures(run: Run, made: Made) -> Iterator[str]:
    """Where what could not be coded is not what it was."""
    if run.failures is None or made.failures is None or run.failures == made.failures:
        return
    then, now = dict.fromkeys(run.failures), dict.fromkeys(made.failures)
    gone, new = [one for one in then if one not in now], [one for one in now if one not in then]
    yield from (f"no such failure now: {one.name}: {one.reason}" for one in gone[:1])
    yield from (f"no such failure then: {one.name}: {one.reason}" for one in new[:1])
    if not gone and not new:
        yield "what could not be coded came in another order"


def amount(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
