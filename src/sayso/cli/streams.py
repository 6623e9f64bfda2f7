"""Standard output, standard error and the progress bar between them."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import BinaryIO, Protocol

BROKEN_PIPE = 141
"""Exit status when the reader of our output has gone: what a shell reports for SIGPIPE (128 + 13)."""
PATIENCE = 2.0
"""Seconds before a progress bar appears."""


def one_line(text: str) -> str:
    """The text on one line, with what would steer a terminal made visible."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def report_error(text: str) -> None:
    """One line on standard error: `error: NAME: reason`."""
    sys.stderr.write(f"error: {one_line(text)}\n")
    sys.stderr.flush()


def silence_stdout() -> None:
    """Point standard output at nothing, so that its closing says nothing about a broken pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file, as in tests
        return


def set_up_logging(debug: bool) -> None:
    """The library's warnings go to standard error as `warning: …`; other libraries stay silent but for `--debug`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s" if debug else "warning: %(message)s"))
    ours = logging.getLogger("sayso")
    ours.handlers, ours.propagate = [handler], False
    ours.setLevel(logging.DEBUG if debug else logging.WARNING)
    if not debug and not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """The file to write, or standard output."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    with path.open("wb") as out:
        yield out


class Counter(Protocol):
    """What counts articles as they are done."""

    def __call__(self) -> None: ...


@contextmanager
def progress(label: str, *, show: bool) -> Iterator[Counter]:
    """A progress bar on standard error, where that is a terminal, once the work has lasted PATIENCE seconds."""
    if not show or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    task = bar.add_task(label, total=None)
    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: bar.advance(task)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
