"""Looking after a ledger from the command line, and what every command says of what is wrong."""

from __future__ import annotations

import functools
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.ledgers import Done, Sayso, refused, stats


def test_one_unknown_article_does_not_keep_the_others_from_being_forgotten(run: Sayso, url: Path) -> None:
    done = run("ledger", "forget", "nobody", "05-local-reporter", "--who", "Ada")
    assert (done.err, done.status) == ("error: nobody: no such article in the ledger\n", 1)
    assert stats(run)["articles"] == "5"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["annotate", "nobody", "words"], ["nobody", "no such article"]),
        (["annotate", "05-local-reporter", "xylophone"], ["05-local-reporter", "xylophone"]),
        (["annotate", "05-local-reporter", "the"], ["05-local-reporter", "more than once"]),
        (["annotate", "05-local-reporter", "xylophone", "--field", "events/type"], ["--value"]),
        (["annotate", "05-local-reporter", "xylophone", "--value", "3"], ["--field"]),
        (["annotate", "05-local-reporter", "xylophone", "--incident", "i1"], ["--body"]),
        (["annotate", "05-local-reporter", "five hundred", "--incident", "i1", "--body", "So"], ["five hundred"]),
        (["annotate", "05-local-reporter", "Tole Bi Street", "--field", "words/type", "--value", "X"], ["words/type"]),
        (["annotate", "05-local-reporter", "Tole Bi Street", "--field", "events/type"], ["--value"]),
        (["annotate", "05-local-reporter", "Tole Bi Street", "--value", "X"], ["--field"]),
        (["annotate", "05-local-reporter", "Tole Bi Street", "--incident", "i1"], ["--body"]),
        (["annotate", "05-local-reporter", "Tole Bi Street", "--incident", "i1", "--body", "So."], ["i1"]),
        (["review", "accepted", "nothing"], ["nothing"]),
        (["decide", "join", "nothing", "other"], ["nothing"]),
        (["decide", "part", "nothing", "unslashed"], ["unslashed", "ARTICLE/EVENT"]),
        (["decide", "marry", "nothing", "other"], ["marry", "join or part"]),
        (["ledger", "restore", "nothing.db"], ["nothing.db", "no such ledger"]),
        (["ledger", "merge", "nothing.db"], ["nothing.db", "no such ledger"]),
        (["incidents", "-o", "no/folder/out.jsonl"], ["no/folder/out.jsonl", "cannot be written"]),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_line(run: Sayso, url: Path, arguments: list[str], named: list[str]) -> None:
    refused(run(*arguments), *named)


def test_a_whole_ledger_has_nothing_wrong(run: Sayso, url: Path) -> None:
    assert run("ledger", "check") == Done("", "", 0)


def test_damage_is_told(run: Sayso, url: Path) -> None:
    """One line for each thing, which names it."""
    with sqlite3.connect(url) as connection:
        connection.execute("UPDATE article SET text_hash = 'other' WHERE key = '05-local-reporter'")
    connection.close()
    done = run("ledger", "check")
    assert (done.out, done.status) == ("", 1)
    assert done.err.startswith("error: 05-local-reporter: ")


def test_a_backup_is_restored(run: Sayso, url: Path, tmp_path: Path) -> None:
    """The same incidents; neither a backup nor a ledger with articles is written over."""
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    assert run("ledger", "backup", copy) == Done("", "", 0)
    assert run("ledger", "restore", copy, "-l", other) == Done("", "", 0)
    assert run("incidents", "--type", "PROTEST", "-l", other) == run("incidents", "--type", "PROTEST")
    assert stats(run, "-l", other) | {"ledger": ""} == stats(run) | {"ledger": ""}
    refused(run("ledger", "backup", copy), f"{copy}: is there already")
    refused(run("ledger", "restore", copy), f"{url}: holds articles already")


def test_another_ledger_is_merged(run: Sayso, url: Path, tmp_path: Path) -> None:
    """What is there already is told as `add` tells it."""
    other = tmp_path / "other.db"
    first = run("ledger", "merge", url, "-l", other, "--who", "Ada")
    assert [line.split("\t")[0] for line in first.lines] == ["added"] * 6
    again = run("ledger", "merge", url, "-l", other, "--who", "Ada")
    assert [line.split("\t")[0] for line in again.lines] == ["there already"] * 6
    assert (again.err, again.status) == ("", 0)
    assert stats(run, "-l", other)["incidents"] == stats(run)["incidents"]


def test_the_tables_are_listed(run: Sayso) -> None:
    """Without a ledger."""
    from sayso.ledger.asking.querying import TABLES

    done = run("ledger", "tables")
    assert [line for line in done.lines if line and not line.startswith(" ")] == list(TABLES)
    assert "    start_day DATE" in done.lines


NEEDING = [
    ["incidents"],
    ["search", "Almaty"],
    ["query", "SELECT 1"],
    ["export", "-f", "csv"],
    ["recode"],
    ["annotate", "a", "b"],
    ["review", "accepted", "a"],
    ["decide", "join", "a", "b"],
    *(["ledger", name] for name in ("stats", "check", "recluster", "log")),
    ["ledger", "backup", "b.db"],
    ["ledger", "forget", "a"],
    ["evaluate", "corrections"],
]


@pytest.mark.parametrize("command", NEEDING, ids=" ".join)
def test_a_missing_ledger_is_named_and_not_made(
    run: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(run(*command, "--ledger", "nowhere.db"), "nowhere.db: no such ledger")
    monkeypatch.setenv("SAYSO_LEDGER", "elsewhere.db")
    refused(run(*command), "elsewhere.db: no such ledger")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["incidents"], ["search", "Almaty"], ["export", "-f", "csv"]], ids=" ".join)
@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_day_that_is_none_is_refused(run: Sayso, url: Path, command: list[str], option: str) -> None:
    done = run(*command, option, "someday")
    assert (done.out, done.status) == ("", 2)
    assert option in done.err
    assert "'someday' is no date" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "wrong", ["mysql://host/db", "notes.txt", "folder", "postgresql://ada:secret@127.0.0.1:1/none"]
)
def test_what_is_no_ledger_is_one_line(run: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    """And no password is shown."""
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("nothing of a database", encoding="utf-8")
    Path("folder").mkdir()
    done = run("incidents", "-l", wrong)
    refused(done, "127.0.0.1" if "127" in wrong else wrong)
    assert "secret" not in done.err


@pytest.mark.skipif(os.name != "posix", reason="pipes of a POSIX shell")
@pytest.mark.parametrize(
    "command",
    [
        "export -f prov",
        "incidents -f jsonl",
        "query 'FROM events'",
        "query 'FROM events' -f table",
        "search Almaty",
        "ledger tables",
        "--help",
    ],
)
def test_a_reader_that_leaves_is_no_error(url: Path, command: str) -> None:
    """`sayso … | true` says nothing about a broken pipe; its status is that of one."""
    line = f'"{sys.executable}" -m sayso {command} | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", ["incidents", "ledger tables"])
def test_what_standard_output_does_not_take_is_one_line(url: Path, command: str) -> None:
    line = f'"{sys.executable}" -m sayso {command} > /dev/full'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == "error: standard output: cannot be written: No space left on device\n"
    assert done.returncode == 1


ENDLESS = [
    "SELECT max(hash(a.range + b.range)) FROM range(10000000) a, range(1000000) b",
    "SELECT a.range, b.range FROM range(10000000) a, range(1000000) b",
]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("sql", ENDLESS)
def test_an_endless_query_ends_with_a_key(url: Path, sql: str) -> None:
    """Whether DuckDB counts or hands over rows: at once, in one line, with the status of an interruption."""
    command = [sys.executable, "-m", "sayso", "query", sql]
    # a shell that starts the tests in the background has them ignore the key, and what they start too
    listening = functools.partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=listening
    ) as running:
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                running.wait(5)
            running.send_signal(signal.SIGINT)
            begun = time.monotonic()
            _, err = running.communicate(timeout=30)
        finally:
            running.kill()
    assert (err, running.returncode) == ("error: interrupted\n", 130)
    assert time.monotonic() - begun < 5


def test_what_is_no_backup_makes_no_ledger(run: Sayso, url: Path, tmp_path: Path) -> None:
    """Nor does one that turns out to be damaged."""
    new, damaged = tmp_path / "new.db", tmp_path / "damaged.db"
    refused(run("ledger", "restore", tmp_path / "nosuch", "-l", new), f"{tmp_path / 'nosuch'}: no such ledger")
    assert run("ledger", "backup", damaged) == Done("", "", 0)
    with sqlite3.connect(damaged) as connection:
        connection.execute("UPDATE coding SET data = x'00'")
    connection.close()
    refused(run("ledger", "restore", damaged, "-l", new), f"error: {damaged}: the coding of ", " cannot be read")
    assert not list(tmp_path.glob("new.db*"))


def test_a_backup_makes_no_folder_and_blames_what_is_to_blame(run: Sayso, url: Path, tmp_path: Path) -> None:
    """The damaged ledger, by its name; nothing is left of the copy."""
    refused(run("ledger", "backup", tmp_path / "no" / "b.db"), f"{tmp_path / 'no' / 'b.db'}: there is no folder")
    assert not (tmp_path / "no").exists()
    with sqlite3.connect(url) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with url.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    done = run("ledger", "backup", tmp_path / "b.db")
    refused(done, f"error: {url}: ", "malformed")
    assert not list(tmp_path.glob("b.db*"))


def test_output_is_utf8_in_any_locale(url: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "sayso", "search", "clash"]
    done = subprocess.run(command, capture_output=True, check=False, env=environment, timeout=60)
    assert (done.stderr, done.returncode) == (b"", 0)
    assert "…" in done.stdout.decode("utf-8")


def test_every_command_has_a_help_of_its_own(run: Sayso) -> None:
    """Its first line says what it does."""
    from typer.main import get_command

    from sayso.cli.commands import app

    group = get_command(app)
    names = [*group.commands, *(f"ledger {name}" for name in group.commands["ledger"].commands)]  # type: ignore[attr-defined]
    assert {"add", "ledger forget", "export"} <= set(names)
    for name in names:
        assert run(*name.split(), "--help").status == 0
