"""How a command ends that is not let to its end: its reader has gone, or somebody pressed Ctrl-C.

Click and Typer have words and exit statuses of their own for both, which differ between their versions; so what they would
catch goes past them here under another name, to `main`.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer.core import TyperGroup

BROKEN_PIPE = 141
"""Exit status when the reader of our output has gone: what a shell reports for SIGPIPE (128 + 13)."""
INTERRUPTED = 130
"""Exit status after Ctrl-C: what a shell reports for SIGINT (128 + 2)."""
GRACE = 1.0
"""Seconds in which a command may end by itself after Ctrl-C."""


class ReaderGone(Exception):
    """Nobody reads what is written any more."""


class Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


class Commands(TyperGroup):
    """The commands of `sayso`, of whose two sudden ends Click is not told."""

    def make_context(self, *given: Any, **named: Any) -> Any:
        with _renamed():
            return super().make_context(*given, **named)

    def invoke(self, ctx: Any) -> Any:
        with _renamed():
            return super().invoke(ctx)


@contextmanager
def _renamed() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGone from error
    except KeyboardInterrupt as error:
        raise Interrupted from error
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):  # how rich ends where its reader has gone
            raise ReaderGone from error
        raise


@contextmanager
def interrupted_at_once() -> Iterator[None]:
    """After Ctrl-C the command ends within GRACE seconds, though it is in a library that does not listen.

    Python's own signal handlers run only between two of its own instructions: a thread beside it has to see to this one.
    """
    if threading.current_thread() is not threading.main_thread() or os.name != "posix":
        yield
        return
    read, write = os.pipe()
    os.set_blocking(write, False)
    former = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    over = threading.Event()
    threading.Thread(target=_watch, args=(read, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(former)
        os.close(write)


def _watch(read: int, over: threading.Event) -> None:
    told = os.read(read, 1)
    os.close(read)
    if told and told[0] == signal.SIGINT and not over.wait(GRACE):
        sys.stderr.write("error: interrupted\n")
        sys.stderr.flush()
        os._exit(INTERRUPTED)
