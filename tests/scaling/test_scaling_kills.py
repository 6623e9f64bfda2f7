"""Whatever is killed, whenever: the run that ends leaves the folder of a run that nobody killed, byte for byte."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("driver.py")
PEOPLE = "At least {} people were killed in Mosul on Tuesday, police said."

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the workers in /proc")


def start(out: Path, path: Path, maker: str, size: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(DRIVER), str(out), str(path), maker, str(size)], stderr=subprocess.PIPE
    )


def finish(out: Path, path: Path, maker: str, size: int) -> None:
    with start(out, path, maker, size) as run:
        _, wrong = run.communicate(timeout=200)
    assert (run.returncode, wrong) == (0, b"")


def workers(parent: int) -> list[int]:
    """The processes that a run has started."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            told = (one / "stat").read_text().rpartition(")")[2].split()
            if int(told[1]) == parent and b"spawn_main" in (one / "cmdline").read_bytes():
                found.append(int(one.name))
    return found


def kill(number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def end(run: subprocess.Popen[bytes]) -> None:
    run.kill()
    run.communicate()


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")}


def troubled(out: Path, path: Path, maker: str, size: int, *, kills: int, longest: float, draw: random.Random) -> int:
    """Kill runs and their workers at random, as often as asked; how often it hit while there was work."""
    hits, run = 0, start(out, path, maker, size)
    for _ in range(kills):
        time.sleep(draw.uniform(0, longest))
        theirs = workers(run.pid)
        hits += run.poll() is None and (out / ".work").exists()
        if theirs and draw.random() < 0.4:
            kill(draw.choice(theirs))
        else:
            end(run)
            run = start(out, path, maker, size)
    end(run)
    return hits


def test_thirty_kills_leave_the_bytes_of_none(tmp_path: Path) -> None:
    """Of the parent and of workers, while they start, work, write and merge."""
    path, out = tmp_path / "in.jsonl", tmp_path / "out"
    texts = ["stumble" if number % 7 == 0 else f"Protest {number}" for number in range(3000)]
    path.write_text(
        "".join(f"{json.dumps({'id': str(n), 'text': t})}\n" for n, t in enumerate(texts)), encoding="utf-8"
    )
    hits = troubled(out, path, "slow", 40, kills=30, longest=1.5, draw=random.Random(3))
    assert hits >= 20, "the kills did not come while there was work"
    finish(out, path, "slow", 40)
    finish(tmp_path / "untroubled", path, "slow", 40)
    assert content(out) == content(tmp_path / "untroubled")
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (told["records"], told["coded"], told["errors"]) == (3000, 2571, {"no article": 429})


def test_kills_of_the_real_coder_leave_the_bytes_of_none(tmp_path: Path) -> None:
    path, out = tmp_path / "in.jsonl", tmp_path / "out"
    rows = [{"id": str(number), "text": PEOPLE.format(number)} for number in range(120)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    troubled(out, path, "real", 20, kills=2, longest=8.0, draw=random.Random(5))
    finish(out, path, "real", 20)
    finish(tmp_path / "untroubled", path, "real", 20)
    assert content(out) == content(tmp_path / "untroubled")
