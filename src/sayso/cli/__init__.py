"""The command line: one function a command, and no logic in it. Heavy modules are imported when a command runs."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
from typing import NoReturn

from sayso.cli.commands import app
from sayso.cli.stopping import BROKEN_PIPE, INTERRUPTED, Interrupted, ReaderGone
from sayso.cli.streams import report_error
from sayso.cli.writing import STDOUT, flush_stdout, open_streams, silence_stdout, unwritable
from sayso.starting import start_quickly

__all__ = ["app", "main"]

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF)
"""Why standard output takes nothing more: files of their own are named in their errors."""

LOG = logging.getLogger("sayso.cli")


def main() -> None:
    """Run the command line. What goes wrong is one line on standard error; `--debug` adds the traceback."""
    # One thread for the small products of arrays, as for the network: more only wait for each other, and the same input
    # must give the same bytes. Articles are coded side by side by processes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from sayso.errors import SaysoError

    start_quickly()
    open_streams()
    if isinstance(sys.stdout, io.TextIOWrapper):  # else the bytes would depend on the locale
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        _run()
    except (ReaderGone, BrokenPipeError):
        silence_stdout()
        sys.exit(BROKEN_PIPE)
    except (Interrupted, KeyboardInterrupt):
        _end("interrupted", INTERRUPTED)
    except SaysoError as error:
        LOG.debug("stopped", exc_info=True)
        _end(str(error), 1)
    except OSError as error:
        LOG.debug("stopped", exc_info=True)
        _end(str(unwritable(STDOUT, error)) if error.errno in FULL and not error.filename else _unforeseen(error), 1)
    except Exception as error:  # a person at a terminal is never shown a traceback unasked
        LOG.debug("stopped", exc_info=True)
        _end(_unforeseen(error), 1)


def _run() -> None:
    status: str | int | None = 0
    try:
        app()
    except SystemExit as stopped:
        status = stopped.code
    flush_stdout()
    sys.exit(status)


def _unforeseen(error: Exception) -> str:
    return f"sayso: {type(error).__name__}: {error} (--debug shows where)"


def _end(text: str, status: int) -> NoReturn:
    report_error(text)
    silence_stdout()
    sys.exit(status)
