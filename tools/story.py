"""Run the blocks of pages as `pages.py` has them, and put into the pages what they print: `python tools/story.py [PAGE…]`.

Each page has a folder, a home and a ledger of its own, with `sayso` and `python` being those of this tree; the gazetteer is the one
that this machine has already. What a page started is ended with it.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from pages import ROOT, Block, PageError, blocks, pages
from sayso.gazetteer.lookup import cache_folder, gazetteer

SECONDS = 120.0
"""What one block may take."""
ENDING = 2.0
"""Seconds that what a page has started may take to end."""
SHOWN = 2_000
"""Characters of what a block printed that an error shows."""
REPLY = 9
"""Where bash and Python say that a block has ended. No program that a block starts has it open."""


class Ended(NamedTuple):
    """What a block printed on standard output, trailing blanks off."""

    block: Block
    printed: str


class Process:
    """A program that is given one block after the other, and answers to each with a line."""

    def __init__(self, command: list[str], folder: Path, environment: Mapping[str, str], log: IO[bytes]):
        reading, end = os.pipe()
        writing = fcntl.fcntl(end, fcntl.F_DUPFD, REPLY + 1)  # never REPLY itself, which it becomes
        os.close(end)
        command = ["bash", "-c", f'exec "$@" {REPLY}>&{writing} {writing}>&-', "bash", *command]
        self._process = subprocess.Popen(  # noqa: S603
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log,
            pass_fds=[writing], start_new_session=True,
        )  # fmt: skip
        os.close(writing)
        self._answers = os.fdopen(reading, "r", encoding="utf-8")

    def ask(self, line: str) -> str | None:
        """The answer; None where the program ended instead. Raises TimeoutError."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            if select.select([self._answers], [], [], 0.05)[0]:
                return self._answers.readline().strip() or None
            if self._process.poll() is not None:
                return None
        raise TimeoutError

    @property
    def status(self) -> int:
        return self._process.wait(ENDING)

    def end(self) -> None:
        """End the program and what it started, which is its process group."""
        for last in (False, True):
            try:
                os.killpg(self._process.pid, signal.SIGKILL if last else signal.SIGTERM)
            except ProcessLookupError:
                break
            until = time.monotonic() + ENDING
            while not last and time.monotonic() < until and self._alive():
                time.sleep(0.02)
        self._process.wait(ENDING)
        if self._process.stdin:
            self._process.stdin.close()
        self._answers.close()

    def _alive(self) -> bool:
        self._process.poll()
        try:
            os.killpg(self._process.pid, 0)
        except ProcessLookupError:
            return False
        return True


class Story:
    """One page being run in `folder`."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.work = folder / "work"
        self.work.mkdir()
        shutil.copytree(ROOT / "examples", self.work / "examples")
        self._notes = folder / "notes"
        self._notes.mkdir()
        self._log = (self._notes / "log").open("wb")
        environment = _environment(folder)
        self._shell = Process(["bash", "--noprofile", "--norc"], self.work, environment, self._log)
        self._python: Process | None = None
        self._environment = environment

    def close(self) -> None:
        for process in (self._python, self._shell):
            if process:
                process.end()
        self._log.close()

    def tell(self, block: Block) -> Ended:
        """Run a block, or write it where it is a file. Raises PageError where it does not end as it should."""
        if block.title:
            self._write(block)
            return Ended(block, "")
        out, err = self._notes / f"{block.line}.out", self._notes / f"{block.line}.err"
        wanted = int(block.marks.get("exits", "0"))
        try:
            status = (self._sh if block.language == "sh" else self._py)(block, out, err)
        except TimeoutError:
            raise PageError(f"{block.where}: not done after {SECONDS:.0f} seconds\n{_printed(out, err)}") from None
        if status != wanted:
            raise PageError(
                f"{block.where}: ended with {status}, not with {wanted}\n{block.text}\n{_printed(out, err)}"
            )
        return Ended(block, trimmed(out.read_text(encoding="utf-8")))

    def _sh(self, block: Block, out: Path, err: Path) -> int:
        script = self._notes / f"{block.line}.sh"
        script.write_text(block.text, encoding="utf-8")
        run = f". {shlex.quote(str(script))}"
        into = f">{shlex.quote(str(out))} 2>{shlex.quote(str(err))} </dev/null {REPLY}>&-"
        if "exits" in block.marks:  # in a shell of its own, which ends
            asked = f"set +e; ( set -euo pipefail; {run} ) {into}; echo $? >&{REPLY}; set -e"
        else:
            asked = f"set -euo pipefail; {run} {into}; echo 0 >&{REPLY}"
        answer = self._shell.ask(asked)
        return self._shell.status if answer is None else int(answer)

    def _py(self, block: Block, out: Path, err: Path) -> int:
        if self._python is None:
            driver = [sys.executable, str(Path(__file__).with_name("story_python.py")), str(REPLY)]
            self._python = Process(driver, self.work, self._environment, self._log)
        variables = self._notes / "variables"
        self._shell.ask(f"env -0 >{shlex.quote(str(variables))}; pwd >>{shlex.quote(str(variables))}; echo 0 >&{REPLY}")
        *pairs, folder = variables.read_text(encoding="utf-8").rstrip("\n").split("\0")
        asked = {
            "text": block.text, "page": str(block.page), "line": block.line, "out": str(out), "err": str(err),
            "folder": folder, "variables": dict(pair.split("=", 1) for pair in pairs),
        }  # fmt: skip
        answer = self._python.ask(json.dumps(asked))
        return self._python.status if answer is None else int(answer)

    def _write(self, block: Block) -> None:
        assert block.title is not None
        path = self.work / block.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")


def trimmed(text: str) -> str:
    """Lines without trailing blanks, text without empty lines around it."""
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").split("\n")) if text.strip() else ""


def _printed(out: Path, err: Path) -> str:
    told = []
    for name, path in (("standard output", out), ("standard error", err)):
        text = path.read_text(encoding="utf-8", errors="replace").strip() if path.exists() else ""
        told.append(f"--- {name}\n{text[-SHOWN:]}" if text else f"--- {name}: nothing")
    return "\n".join(told)


def _environment(folder: Path) -> dict[str, str]:
    """A home where nothing is yet but the gazetteer, and a path with this tree's `sayso` and `python`."""
    programs = {"python": '"$@"', "python3": '"$@"', "sayso": '-m sayso "$@"'}
    for name in ("bin", "home", "cache", "tmp"):
        (folder / name).mkdir()
    for name, arguments in programs.items():
        program = folder / "bin" / name
        program.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} {arguments}\n", encoding="utf-8")
        program.chmod(0o755)
    gazetteer()  # made where there is none yet
    for path in cache_folder().iterdir():
        (folder / "cache" / path.name).symlink_to(path)
    return {
        "PATH": f"{folder / 'bin'}:{os.environ.get('PATH', os.defpath)}",
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "SAYSO_CACHE": str(folder / "cache"),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
    }


@contextmanager
def story() -> Iterator[Story]:
    """A story in a folder of its own, which is gone afterwards."""
    with TemporaryDirectory(prefix="sayso-page-", ignore_cleanup_errors=True) as folder:
        made = Story(Path(folder).resolve())
        try:
            yield made
        finally:
            made.close()


def told(page: Path, text: str) -> Iterator[tuple[Block, Ended]]:
    """Run a page, and give for each block that shows an output the block that printed it. Raises PageError."""
    found = list(blocks(page, text))
    if not any(block.runs for block in found):
        return
    with story() as going:
        last: Ended | None = None
        for block in found:
            if "output" in block.marks:
                if last is None:
                    raise PageError(f"{block.where}: an output before anything was run")
                yield block, last
            elif block.runs or (block.title and "not run" not in block.marks):
                last = going.tell(block)


def filled(page: Path, text: str) -> str:
    """The page with what its blocks print now."""
    lines = text.split("\n")
    for shown, ended in reversed(list(told(page, text))):
        start = shown.line - 1
        indent = lines[start - 1][: len(lines[start - 1]) - len(lines[start - 1].lstrip())]
        count = shown.text.count("\n")
        lines[start : start + count] = [f"{indent}{line}".rstrip() for line in ended.printed.splitlines()]
    return "\n".join(lines)


def check(page: Path, text: str) -> None:
    """Raise PageError where a block fails, or prints something else than the page shows."""
    for shown, ended in told(page, text):
        if trimmed(shown.text) != ended.printed:
            raise PageError(
                f"{shown.where}: `python tools/story.py {page}` puts here what {ended.block.where} prints now:\n{ended.printed}"
            )


if __name__ == "__main__":
    for name in [Path(name) for name in sys.argv[1:]] or pages():
        path = ROOT / name
        path.write_text(filled(name, path.read_text(encoding="utf-8")), encoding="utf-8")
