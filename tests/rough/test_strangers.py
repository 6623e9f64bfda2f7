"""What else a machine can be like: streams that are closed, disks that are full, files without end, no home, a clock that stands."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fuzz import trial
from sayso.errors import GazetteerError, InputError, LedgerError
from sayso.gazetteer.lookup import cache_folder
from sayso.gazetteer.writing import write
from sayso.ledger.database import default_url
from sayso.reading import open_articles

SENTENCE = "Police arrested nine people in Almaty on Wednesday, the ministry said."
HUGE = 10 * 1024**3


def ran(*arguments: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """`sayso` with these arguments; `shell` is what stands behind them on the line."""
    command = ["bash", "-c", f'exec "$@" {shell}', "bash", sys.executable, "-m", "sayso", *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env={**os.environ, **environment}, check=False, timeout=200
    )


def test_standard_output_that_is_closed_is_named() -> None:
    """It is an error in words, not one of Python's."""
    done = ran("schema", shell=">&-")
    assert done.returncode == 1
    assert done.stderr == "error: standard output: cannot be written: it is closed\n"


def test_standard_input_that_is_closed_is_named() -> None:
    """As any other input that is not there."""
    done = ran("parse", "-", shell="<&-")
    assert done.returncode == 1
    assert done.stderr == "error: <stdin>: it is closed\n"


def test_standard_error_that_is_closed_costs_no_result(tmp_path: Path) -> None:
    """What cannot be told is not told, and the rest is coded; in the poorest environment, and after the error."""
    (tmp_path / "a.txt").write_text(SENTENCE)
    done = ran(
        "code", str(tmp_path / "nowhere.txt"), str(tmp_path / "a.txt"), shell="2>&-", LC_ALL="C", TMPDIR="/nowhere"
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["article"]["text"] == SENTENCE


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    """The file that cannot be written, and why."""

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
        trial.code("-o", str(tmp_path / "out.jsonl"), str(tmp_path / "a.txt"))()

    (tmp_path / "a.txt").write_text(SENTENCE)
    found = trial.tried(work, tmp_path)
    assert found.status == 1
    assert found.told == f"error: {tmp_path / 'out.jsonl'}: cannot be written: File too large\n"


@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.json", "a.pdf", "a.eml", "a.parquet", "a.warc", "a.wacz", "a.xml", "a.jsonl", "a"]
)
def test_a_file_without_end_is_refused_at_once(tmp_path: Path, name: str) -> None:
    """Ten gigabytes of nothing, under any name, take seconds and little memory."""
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(HUGE)

    def work() -> None:
        (found,) = open_articles(path)
        assert isinstance(found, InputError)
        assert found.name.startswith(str(path))

    before = trial.tried(lambda: None, tmp_path).bytes
    found = trial.tried(work, tmp_path)
    assert (found.status, found.told) == (0, "")
    assert found.seconds < 5
    assert found.bytes - before < 300_000_000


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty", "/proc/self/mem"])
def test_a_device_is_no_article(device: str) -> None:
    """It is not read: it may have no end."""
    if Path(device).exists():
        (found,) = open_articles(device)
        assert isinstance(found, InputError)
        assert found.name == device


def test_an_empty_name_is_not_the_folder_where_one_stands() -> None:
    """Nothing is read that was not named."""
    (found,) = open_articles("")
    assert isinstance(found, InputError)
    assert found.reason == "an empty name"


def test_a_folder_that_nobody_may_read_is_named(tmp_path: Path) -> None:
    """Files and folders without permission are errors in words; the process gives up being the owner for it."""
    locked = tmp_path / "locked.txt"
    locked.write_text(SENTENCE)
    locked.chmod(0)

    def work() -> None:
        os.setegid(65534)
        os.seteuid(65534)
        (found,) = open_articles(locked)
        assert isinstance(found, InputError)
        assert found.reason == "no permission to read it"

    if os.geteuid() != 0:
        (found,) = open_articles(locked)
        assert isinstance(found, InputError)
        assert found.reason == "no permission to read it"
        return
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if str(folder) not in ("/", "/tmp"):
            folder.chmod(0o755)
    found = trial.tried(work, tmp_path)
    assert (found.status, found.told) == (0, "")


def test_a_cache_that_cannot_be_written_is_named() -> None:
    """The folder, the reason, and how another one is named."""
    with pytest.raises(
        GazetteerError, match=r"cannot make the gazetteer at /proc/nowhere/a: No such file .*SAYSO_CACHE"
    ):
        write(Path("/proc/nowhere/a"), [], 0, "1")


def test_no_home_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no home folder can name another one."""

    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("SAYSO_CACHE", "XDG_CACHE_HOME", "XDG_DATA_HOME", "SAYSO_LEDGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", none)
    with pytest.raises(GazetteerError, match="SAYSO_CACHE"):
        cache_folder()
    with pytest.raises(LedgerError, match="--ledger"):
        default_url()


def test_the_clock_does_not_matter(tmp_path: Path) -> None:
    """The same bytes, whatever day the machine takes it to be."""
    (tmp_path / "a.txt").write_text(SENTENCE)
    written = []
    for moment in (0.0, 4e9):

        def work(moment: float = moment) -> None:
            time.time = lambda: moment
            trial.code(str(tmp_path / "a.txt"))()

        assert trial.tried(work, tmp_path).status == 0
        written.append((tmp_path / "written").read_bytes())
    assert written[0] == written[1] != b""
