"""One input through the real command, `sayso code`, in a process of its own that is measured and ended when it is late."""

from __future__ import annotations

import gc
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

MOST_SECONDS = 10.0
"""What one input may take."""
MOST_BYTES = 1_000_000_000
"""Memory that one input may take, the language model's included."""
PATIENCE = 90
"""Seconds of the clock after which the process is ended."""
HEADROOM = 6 * 1024**3
"""Bytes of addresses beyond those in use that a process may ask for: the machine is to live."""
UNFORESEEN = re.compile(r"Traceback|could not be coded \(|^error: sayso: |Fatal Python error", re.MULTILINE)
"""How errors read that nobody foresaw: as such, or caught by the last net."""


class Outcome(NamedTuple):
    """What became of one input. `status` is negative for a signal; `bytes` the most memory of the process or of one that it began.

    `seconds` are the processor's, so that what else the machine does is not counted; who waits for nothing is ended.
    """

    seconds: float
    bytes: int
    status: int
    told: str

    @property
    def faults(self) -> list[str]:
        """What must not be, in words."""
        found = []
        if UNFORESEEN.search(self.told):
            found.append("an error that nobody foresaw")
        if self.status not in (0, 1):
            found.append(f"status {self.status}")
        if self.status == 1 and not re.search(r"^(?:error|note): \S", self.told, re.MULTILINE):
            found.append("failed without a word")
        if self.seconds > MOST_SECONDS:
            found.append(f"{self.seconds:.1f} s")
        if self.bytes > MOST_BYTES:
            found.append(f"{self.bytes / 1e6:,.0f} MB")
        return found


def ready() -> None:
    """Load once what every run of the command would load; processes forked from this one have it."""
    import sayso
    import sayso.cli.running
    from sayso.exports import writers  # noqa: F401
    from sayso.reading import html  # noqa: F401

    sayso.load = cache(sayso.load)  # type: ignore[assignment]
    sayso.load(None, time_limit=10.0)("Police arrested nine people in Almaty on Wednesday, the ministry said.")
    gc.freeze()


def code(*arguments: str) -> Callable[[], None]:
    """The command, as a person types it."""

    def run() -> None:
        from sayso.cli import main

        sys.argv = ["sayso", "code", "--format", "jsonl", *arguments]
        main()

    return run


def tried(work: Callable[[], None], folder: Path, stdin: Path | None = None) -> Outcome:
    """Do the work in a forked process, its output into the folder, and say what became of it."""
    told, given = folder / "told", str(stdin or os.devnull)
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _child(work, folder, given)
    status, usage = _waited(child, began)
    seconds = usage.ru_utime + usage.ru_stime
    return Outcome(seconds, usage.ru_maxrss * 1024, status, told.read_text(encoding="utf-8", errors="replace"))


def _child(work: Callable[[], None], folder: Path, given: str) -> None:
    status = 70
    try:
        os.setpgid(0, 0)
        for number, name, flags in (
            (0, given, os.O_RDONLY),
            (1, folder / "written", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (2, folder / "told", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            os.dup2(os.open(name, flags, 0o600), number)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
            for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + HEADROOM, used + HEADROOM))
        work()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _waited(child: int, began: float) -> tuple[int, resource.struct_rusage]:
    pause = 0.001
    while True:
        found, status, usage = os.wait4(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status), usage
        if time.monotonic() - began > PATIENCE:
            os.killpg(child, signal.SIGKILL)
            _, status, usage = os.wait4(child, 0)
            return os.waitstatus_to_exitcode(status), usage
        time.sleep(pause)
        pause = min(pause * 1.3, 0.02)
