"""The command line: one function a command, and no logic in it. Heavy modules are imported when a command runs."""

from __future__ import annotations

import io
import logging
import os
import sys

from sayso.cli.commands import app
from sayso.cli.streams import BROKEN_PIPE, report_error, silence_stdout

__all__ = ["app", "main"]

LOG = logging.getLogger("sayso.cli")


def main() -> None:
    """Run the command line. What goes wrong is one line on standard error; `--debug` adds the traceback."""
    # One thread for the small products of arrays, as for the network: more only wait for each other, and the same input
    # must give the same bytes. Articles are coded side by side by processes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from sayso.errors import SaysoError

    if isinstance(sys.stdout, io.TextIOWrapper):  # else the bytes would depend on the locale
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except BrokenPipeError:
        silence_stdout()
        sys.exit(BROKEN_PIPE)
    except SaysoError as error:
        LOG.debug("stopped", exc_info=True)
        report_error(str(error))
        sys.exit(1)
    except Exception as error:  # a person at a terminal is never shown a traceback unasked
        LOG.debug("stopped", exc_info=True)
        report_error(f"sayso: {type(error).__name__}: {error} (--debug shows where)")
        sys.exit(1)
