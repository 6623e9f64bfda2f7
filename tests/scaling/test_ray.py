"""Ray's actors make the same bytes as the processes of one machine, whichever of them is killed."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from pathlib import Path

import pytest

from sayso.errors import ScaleError
from sayso.scaling import Job, code_into
from scaling.test_scaling_kills import DRIVER, content, finish

ROOT = Path(__file__).parents[2]
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None and os.environ.get("SAYSO_REQUIRE_RAY") != "1",
    reason="Ray is not installed (SAYSO_REQUIRE_RAY=1 makes that a failure)",
)


def ours(mark: str, title: bytes) -> list[int]:
    """The processes that a marked run has started, of a title."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (one / "cmdline").read_bytes().startswith(title) and mark.encode() in (one / "environ").read_bytes():
                found.append(int(one.name))
    return sorted(found)


def start(out: Path, path: Path, mark: str) -> subprocess.Popen[bytes]:
    """A run on a Ray of its own. The token is given, else Ray would write one into the home folder."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, str(DRIVER), str(out), str(path), "slow", "50", "ray"],
        env={
            **os.environ,
            "PYTHONPATH": paths,
            "SAYSO_TEST_MARK": mark,
            "RAY_ADDRESS": "local",
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": mark,
        },
    )


@needs_ray
def test_an_actor_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    """Its shard is coded by another, and the folder is the one that two processes of one machine make."""
    path = tmp_path / "in.jsonl"
    texts = ["stumble" if number % 7 == 0 else f"Protest {number}" for number in range(1500)]
    path.write_text(
        "".join(f"{json.dumps({'id': str(n), 'text': t})}\n" for n, t in enumerate(texts)), encoding="utf-8"
    )
    mark = uuid.uuid4().hex
    with start(tmp_path / "ray", path, mark) as run:
        until, killed = time.monotonic() + 200, 0
        while run.poll() is None and time.monotonic() < until:
            actors = ours(mark, b"ray::MapWorker")
            if not killed and len(list((tmp_path / "ray").glob("part-*"))) >= 3 and actors:
                os.kill(actors[0], signal.SIGKILL)
                killed += 1
            time.sleep(0.05)
        assert run.wait(timeout=10) == 0
    assert killed
    finish(tmp_path / "local", path, "slow", 50)
    assert content(tmp_path / "ray") == content(tmp_path / "local")


def test_ray_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what installs it."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ScaleError, match=r"pip install 'sayso\[ray\]'"):
        code_into(tmp_path / "out", ["in.jsonl"], Job(), engine="ray")
    assert not (tmp_path / "out").exists()


def test_an_engine_that_there_is_not_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScaleError, match="no such engine; there are: local, ray"):
        code_into(tmp_path / "out", ["in.jsonl"], Job(), engine="steam")
