"""Processes that tests kill. They are children of one that has imported everything: that takes longest, and is done once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 60
"""Seconds after which a process that was to end is taken to hang."""


def serve(work: Callable[[list[str]], None]) -> None:
    """In the parent: read lines of tab-separated arguments, give each to a child, and print the child's number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for asked in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(asked.rstrip("\n").split("\t"))
            except SystemExit:
                pass
            finally:
                os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def environment() -> dict[str, str]:
    """In which a script finds what the tests find."""
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    return {**os.environ, "PYTHONPATH": path}


@contextmanager
def serving(script: Path, log: Path) -> Iterator[subprocess.Popen[str]]:
    """The parent: a script that calls `serve`. What it and its children complain of goes to `log`."""
    with (
        log.open("w") as told,
        subprocess.Popen(
            [sys.executable, str(script)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told, text=True, env=environment(),
        ) as made,
    ):  # fmt: skip
        yield made


def start(server: subprocess.Popen[str], *given: str | Path) -> int:
    """A child with these arguments; its number."""
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write("\t".join(map(str, given)) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def ended(process: int, number: int | None = None) -> None:
    """Wait for the end of a process, after a signal if there is one to be sent."""
    if number is not None:
        with suppress(ProcessLookupError):
            os.kill(process, number)
    until = time.monotonic() + PATIENCE
    while lives(process):
        assert time.monotonic() < until
        time.sleep(0.001)
