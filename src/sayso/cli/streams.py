"""Standard error: its lines, and the progress bar."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 2.0
"""Seconds before a progress bar appears."""


def one_line(text: str) -> str:
    """The text on one line, with what would steer a terminal made visible."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def report_error(text: str) -> None:
    """One line on standard error: `error: NAME: reason`."""
    sys.stderr.write(f"error: {one_line(text)}\n")
    sys.stderr.flush()


def report_warning(text: str) -> None:
    """One line on standard error of what may matter: `warning: …`."""
    sys.stderr.write(f"warning: {one_line(text)}\n")
    sys.stderr.flush()


def report_note(text: str) -> None:
    """One line on standard error of what is no error: `note: …`."""
    sys.stderr.write(f"note: {one_line(text)}\n")
    sys.stderr.flush()


def set_up_logging(debug: bool) -> None:
    """The library's warnings go to standard error as `warning: …`; other libraries stay silent but for `--debug`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s" if debug else "warning: %(message)s"))
    ours = logging.getLogger("sayso")
    ours.handlers, ours.propagate = [handler], False
    ours.setLevel(logging.DEBUG if debug else logging.WARNING)
    if not debug and not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())


class Counter(Protocol):
    """What counts articles as they are done."""

    def __call__(self) -> None: ...


@contextmanager
def _bar(label: str, total: float | None, *, counts: bool = False) -> Iterator[tuple[Progress, TaskID]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    amount = (() if total is None else (BarColumn(),)) + ((MofNCompleteColumn(),) if counts else ())
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *amount, TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    task = bar.add_task(label, total=total)
    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield bar, task
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


@contextmanager
def progress(label: str, *, show: bool, total: int | None = None) -> Iterator[Counter]:
    """Counts articles on standard error, where that is a terminal, once the work has lasted PATIENCE seconds.

    `total`: how many there are, where that is known.
    """
    if not show or not sys.stderr.isatty():
        yield lambda: None
        return
    with _bar(label, total, counts=True) as (bar, task):
        yield lambda: bar.advance(task)


@contextmanager
def steps(label: str) -> Iterator[Callable[[str, float], None]]:
    """The same for work that knows how far it is: it is told the step and the share done, 0 to 1."""
    if not sys.stderr.isatty():
        yield lambda step, share: None
        return
    with _bar(label, 1.0) as (bar, task):
        yield lambda step, share: bar.update(task, completed=share, description=f"{label}: {step}")
