"""`sayso watch`, as a person or a service runs it."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest

from cli.ledgers import Sayso, refused, runner, watch
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.watching.metrics import Metrics
from sites import Site, item, page, rss, site
from watching.watched import Quick

__all__ = ["site"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sayso:
    return runner(monkeypatch, capsys)


@pytest.fixture
def file(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of one source with two stories, one of which is not there; $SAYSO_LEDGER names a ledger to be made."""
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger.db"))
    site.give("/feed", rss(item(1, "/1"), item(2, "/2")), "application/rss+xml")
    site.give("/1", page("Miners shot dead in Oruro"))
    path = tmp_path / "sources.toml"
    path.write_text(f'pause = "0s"\n[[source]]\nurl = "{site.at("/feed")}"\nname = "Post"\nprivate = true\n')
    return path


def test_what_is_new_is_coded_and_kept(
    run: Sayso, file: Path, site: Site, coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(monkeypatch, coder)
    done = run("watch", file, "--once")
    assert (done.out, done.status) == ("", 1)
    told = [line.split(" ", 1)[1] for line in done.err.splitlines()]
    assert told[0] == f"{file}: 1 source into {file.parent / 'ledger.db'}"
    assert "Post: 2 new" in told
    assert f"warning: {site.at('/2')}: the server answered 404; given up" in told
    assert f"{site.at('/1')}: added" in told
    assert told[-1] == "stopped: 1 added, 1 failed"
    with Ledger.open() as ledger:
        (made,) = ledger.codings()
        assert made.events
        assert "ASSAULT" in [one.type for one in ledger.incidents()]
    assert Path(f"{file.parent / 'ledger.db'}.watch").exists()
    assert run("watch", file, "--once").status == 0


def test_its_log_may_be_objects_for_programs(
    run: Sayso, file: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.load", lambda *_, **__: Quick())
    site.give("/2", page("Second").replace("</title>", "</title><meta name=date content='Yesterdayish'>"))
    done = run("watch", file, "--once", "--log-json")
    said = [json.loads(line) for line in done.err.splitlines()]
    assert [one["event"] for one in said] == ["started", "polled", "added", "added", "stopped"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["time"]) for one in said)
    assert {one["level"] for one in said} == {"info"}
    assert [one["url"] for one in said if one["event"] == "added"] == [site.at("/1"), site.at("/2")]
    assert said[-1]["added"] == 2


def test_it_beats_and_counts(run: Sayso, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.load", lambda *_, **__: Quick())
    made: list[Metrics] = []

    class Kept(Metrics):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr("sayso.cli.watching.Metrics", Kept)
    done = run(
        "watch", file, "--once", "--heartbeat", tmp_path / "beat", "--metrics", "0", "--state", tmp_path / "state"
    )
    port = re.search(r"http://127\.0\.0\.1:(\d+)/metrics", done.err)
    assert port is not None
    with urllib.request.urlopen(f"http://127.0.0.1:{port[1]}/metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    assert 'sayso_watch_articles_added_total{source="Post"} 1.0' in lines
    assert 'sayso_watch_failed_total{reason="answer 404"} 1.0' in lines
    assert "sayso_watch_queue 0.0" in lines
    assert (tmp_path / "beat").read_text().endswith("Z\n")
    assert [one.name for one in tmp_path.glob("*state*")] == ["state"]
    assert not list(tmp_path.glob(".beat*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--metrics", "1"], "--metrics 1"),
        (["--heartbeat", "/nowhere/at/all"], "/nowhere/at/all"),
        (["-l", "mysql://x/y"], "a ledger is SQLite or PostgreSQL"),
    ],
)
def test_what_it_cannot_do_is_one_line(
    run: Sayso, file: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.setattr("sayso.load", lambda *_, **__: Quick())
    monkeypatch.setattr("sayso.watching.metrics.start_http_server", _taken)
    done = run("watch", file, "--once", *arguments)
    assert (done.out, done.status) == ("", 1)
    (line,) = [one for one in done.err.splitlines() if one.startswith("error: ")]
    assert words in line
    assert "--debug" not in line


def _taken(*given: object) -> object:
    raise OSError(98, "Address already in use")


def test_a_wrong_file_is_refused_before_anything_is_made(run: Sayso, file: Path) -> None:
    file.write_text("[[source]]\nurl = 'http://h/'\nevery = 'often'\n")
    refused(run("watch", file), str(file), "source 1", "every", "often")
    assert not (file.parent / "ledger.db").exists()


def test_its_help_shows_a_file_of_sources(run: Sayso) -> None:
    done = run("watch", "--help")
    assert "[[source]]" in done.out
    assert 'every = "15m"' in done.out
