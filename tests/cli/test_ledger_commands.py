"""The commands of a ledger: what goes in, what is shown, and what is written where."""

from __future__ import annotations

import csv
import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli.ledgers import NOTHING, Done, Sayso, refused, rows, stats, watch
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.reading import make_article
from sayso.records import Coding, Incident

STORY = "Police arrested nine protesters in Almaty on Wednesday, the interior ministry said."


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    path = tmp_path / "stories.jsonl"
    rows = [{"id": f"story-{n}", "text": text, "published": "2022-01-06"} for n, text in enumerate((STORY, "Quiet."))]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_articles_are_added_and_told_one_by_one(
    run: Sayso, stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    """What cannot be read costs none of the others: it is one line, and the status is 1."""
    watch(monkeypatch, coder)
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{\n", encoding="utf-8")
    done = run("add", tmp_path / "no.txt", stories, broken, "-l", tmp_path / "new" / "ledger.db")
    assert done.lines == ["added\tstory-0", "added\tstory-1"]
    errors = done.err.splitlines()
    assert [line.startswith(f"error: {path}") for line, path in zip(errors, (tmp_path / "no.txt", broken), strict=True)]
    assert done.status == 1
    assert stats(run, "-l", tmp_path / "new" / "ledger.db")["articles"] == "2"


def test_what_is_there_is_not_coded_again(
    run: Sayso, stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    watched = watch(monkeypatch, coder)
    ledger = tmp_path / "ledger.db"
    run("add", stories, "-l", ledger)
    assert watched.coded == ["story-0", "story-1"]
    again = run("add", stories, "-l", ledger)
    assert again == Done("there already\tstory-0\nthere already\tstory-1\n", "", 0)
    assert watched.coded == ["story-0", "story-1"]


def test_what_was_forgotten_stays_out(
    run: Sayso, stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    """And is told apart from what is there."""
    watched = watch(monkeypatch, coder)
    ledger = tmp_path / "ledger.db"
    run("add", stories, "-l", ledger)
    assert run("ledger", "forget", "story-0", "-l", ledger, "--who", "Ada", "--why", "asked to") == Done("", "", 0)
    again = run("add", stories, "-l", ledger)
    assert again.lines == ["forgotten before, left out\tstory-0", "there already\tstory-1"]
    assert len(watched.coded) == 2
    assert {name: stats(run, "-l", ledger)[name] for name in ("articles", "forgotten")} == {
        "articles": "1",
        "forgotten": "1",
    }


def test_another_coder_codes_anew(run: Sayso, url: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    """Every article once; former codings stay."""
    watch(monkeypatch, coder, version="9.9")
    done = run("recode")
    assert [line.split("\t")[0] for line in done.lines] == ["coded anew"] * 6
    assert stats(run)["codings"] == "12"
    assert run("recode") == Done("", "", 0)


def test_incidents_in_every_format(run: Sayso, url: Path, tmp_path: Path) -> None:
    """JSON Lines unless asked for something else, the oldest first; the same bytes in a file."""
    here = ("incidents", "--place", "Almaty", "--format")
    found = [Incident.model_validate(row) for row in rows(run(*here[:-1]))]
    starts = [one.start for one in found if one.start]
    assert len(starts) > 1
    assert starts == sorted(starts)
    table = run(*here, "table")
    assert all(f"  {one.id}\n" in table.out for one in found)
    assert len(run(*here, "csv").lines) == len(found) + 1
    assert len(json.loads(run(*here, "geojson").out)["features"]) == len(found)
    assert run(*here, "table", "-o", tmp_path / "out") == Done("", "", 0)
    assert (tmp_path / "out").read_text(encoding="utf-8") == table.out


def test_incidents_are_chosen(run: Sayso, url: Path) -> None:
    """By type, place, days, standing and party; every filter must hold."""
    everything = [Incident.model_validate(row) for row in rows(run("incidents"))]

    def asked(*filters: str) -> list[Incident]:
        return [Incident.model_validate(row) for row in rows(run("incidents", *filters))]

    assert asked("--type", "protest") == [one for one in everything if one.type == "PROTEST"]
    assert asked("--standing", "disputed") == [one for one in everything if one.standing == "disputed"]
    here = asked("--place", "almaty")
    assert here
    assert all(one.place and "Almaty" in one.place.name for one in here)
    days = asked("--since", "5 January 2022", "--until", "2022-01-05")
    assert days
    assert all((one.start or "") <= "2022-01-05" <= (one.end or "") for one in days)
    assert 0 < len(asked("--actor", "MIL")) < len(everything)
    assert asked("--least-reports", "3") == [one for one in everything if len(one.reports) >= 3]
    assert asked("--place", "Kazakhstan") == asked("--place", "kaz") != []
    assert asked("--type", "AID", "--place", "Almaty") == []


def test_nothing_found_is_said(run: Sayso, url: Path) -> None:
    """On standard error, and is no error."""
    assert run("incidents", "--place", "Atlantis") == run("search", "xylophone") == Done("", NOTHING, 0)
    assert run("incidents", "--place", "Almaty").err == ""


def test_articles_are_found_by_words_and_by_events(run: Sayso, url: Path) -> None:
    """A line of JSON each; nothing found is no error."""
    (one,) = rows(run("search", "Tole Bi Street"))
    assert one["article"] == "05-local-reporter"
    assert "Tole Bi Street" in str(one["title"]) + str(one["snippet"])
    assert len(rows(run("search", "--type", "PROTEST"))) >= 2
    assert len(rows(run("search", "Almaty", "--limit", "1"))) == 1
    assert rows(run("search", "xylophone")) == []


def test_a_search_for_nothing_is_refused(run: Sayso, url: Path) -> None:
    refused(run("search"), "search: ", "--type")
    refused(run("search", '"'), '"')


def test_queries_are_answered_in_every_format(run: Sayso, url: Path) -> None:
    """CSV unless asked for something else; lists are one cell."""
    sql = "SELECT name, sectors, mentions, country FROM actors WHERE name LIKE 'Kassym%' AND mentions > 3"
    csv = run("query", sql)
    assert csv.lines[0] == "name,sectors,mentions,country"
    assert csv.lines[1].startswith("Kassym-Jomart Tokayev,GOV,")
    row = rows(run("query", sql, "-f", "jsonl"))[0]
    assert (row["name"], row["sectors"]) == ("Kassym-Jomart Tokayev", ["GOV"])
    table = run("query", sql, "-f", "table").lines
    assert [line.split()[0] for line in table][:2] == ["name", "Kassym-Jomart"]


def test_a_wide_table_is_shown_whole(run: Sayso, url: Path) -> None:
    """A terminal wraps it; no cell is cut."""
    because = {str(row["because"]) for row in rows(run("incidents"))}
    shown = run("query", "SELECT * FROM incidents", "-f", "table").out
    assert all(text in shown for text in because)


@pytest.mark.parametrize(
    ("form", "expected"),
    [("csv", "a,a_1,b\n1,2,3\n"), ("jsonl", '{"a": 1, "a_1": 2, "b": 3}\n'), ("table", "a  a_1  b\n1  2    3\n")],
)
def test_no_column_is_lost_that_has_anothers_name(run: Sayso, url: Path, form: str, expected: str) -> None:
    """Nor does a cell stand below another column's name."""
    done = run("query", "SELECT 1 AS a, 2 AS a, 3 AS b", "-f", form)
    assert "\n".join(line.rstrip() for line in done.lines) + "\n" == expected
    joined = run("query", "SELECT e.*, a.* FROM events e JOIN articles a USING (article) LIMIT 9")
    assert {len(row) for row in csv.reader(io.StringIO(joined.out))} == {37}


def test_cells_are_harmless_to_a_spreadsheet(run: Sayso, url: Path) -> None:
    assert run("query", "SELECT '=1+1' AS a, ['=2'] AS b").out == "a,b\n'=1+1,'=2\n"


@pytest.mark.parametrize(
    "sql", ["SELEC 1", "SELECT * FROM nothing", "DROP TABLE events", "SELECT 1; SELECT 2", "", "FROM '/etc/passwd'"]
)
def test_a_wrong_query_is_one_line(run: Sayso, url: Path, sql: str) -> None:
    done = run("query", sql)
    assert (done.out, done.status) == ("", 1)
    assert done.err.startswith(("error: query: ", "error: a query is one SELECT"))
    assert done.err.count("\n") == 1


def test_a_query_of_no_table_says_where_the_tables_are(run: Sayso, url: Path) -> None:
    done = run("query", "SELECT * FROM nothing")
    assert "nothing does not exist! `sayso ledger tables` lists the tables" in done.err
    assert "Did you mean" not in done.err


ARRAYS = {"geojson": "features", "jsonld": "@graph", "annotations": "items", "prov": "@graph"}


@pytest.mark.parametrize(
    "form",
    ["jsonl", "csv", "geojson", "acled", "gdelt-events", "gdelt-mentions", "plover", "jsonld", "annotations", "prov"],
)
def test_every_export_is_one_whole_file(run: Sayso, url: Path, tmp_path: Path, form: str) -> None:
    """On standard output, and the same bytes in a file. A filter leaves less."""
    here = ("export", "--format", form, "--type", "PROTEST")
    done = run(*here)
    assert (done.err, done.status) == ("", 0)
    if form in ARRAYS:
        assert ARRAYS[form] in json.loads(done.out)
    elif form in ("jsonl", "plover"):
        assert [json.loads(line) for line in done.lines]
    else:
        assert len(done.lines) > 1
    run(*here, "-o", tmp_path / "out")
    assert (tmp_path / "out").read_bytes().decode() == done.out
    if form != "annotations":  # nobody has said anything yet
        assert len(run(*here, "--standing", "single origin").out) < len(done.out)


def test_every_annotation_is_exported_or_those_of_the_chosen(run: Sayso, url: Path, tmp_path: Path) -> None:
    """With a filter those of the articles in which the chosen incidents are told; else those of articles without any too."""
    quiet = make_article({"id": "quiet", "text": "Quiet, as jo@mail.example wrote."}, name="a", source="quiet.txt")
    with Ledger.open(url) as ledger:
        known = next(ledger.codings())
        ledger.add(Coding(coder=known.coder, article=quiet), personal=True)
    made = [
        run("annotate", "quiet", "Quiet", "--body", "Is it?").lines[0],
        run("annotate", "05-local-reporter", "Tole Bi Street", "--body", "Where?").lines[0],
    ]

    def told(*more: str) -> list[str]:
        items = json.loads(run("export", "-f", "annotations", *more).out)["items"]
        return [one["id"].removeprefix("urn:sayso:annotation:") for one in items]

    assert sorted(told()) == sorted(made)
    sql = "SELECT type FROM events WHERE article = '05-local-reporter' AND role = 'report'"
    assert told("--type", str(rows(run("query", sql, "-f", "jsonl"))[0]["type"])) == made[1:]
    assert told("--type", "AID") == []
    assert "jo@mail" not in run("export", "-f", "annotations").out
    assert "jo@mail" in run("export", "-f", "annotations", "--personal-data").out


@pytest.mark.parametrize("command", [["incidents"], ["export", "-f", "csv"], ["export", "-f", "parquet"]], ids=" ".join)
def test_the_ledger_is_never_written_over(run: Sayso, url: Path, tmp_path: Path, command: list[str]) -> None:
    """By whatever name its file is called."""
    (tmp_path / "link").symlink_to(url)
    os.link(url, tmp_path / "same")
    for name in (url, tmp_path / "link", tmp_path / "same", tmp_path / "sub" / ".." / "ledger.db-wal"):
        (tmp_path / "sub").mkdir(exist_ok=True)
        refused(run(*command, "-o", name), str(name), "is the ledger itself")
    assert run("ledger", "check") == Done("", "", 0)


def test_a_failing_export_keeps_the_former_file(
    run: Sayso, url: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves nothing beside it; one that succeeds keeps its permissions and the link to it."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "link.csv").symlink_to(folder / "a.csv")
    (folder / "a.csv").write_text("former", encoding="utf-8")
    (folder / "a.csv").chmod(0o640)
    with monkeypatch.context() as patched:
        patched.setattr("sayso.exports.incident_table.row", lambda dossier: 1 / 0)
        done = run("export", "-f", "csv", "-o", folder / "a.csv")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert {one.name for one in folder.iterdir()} == {"a.csv", "link.csv"}
    assert (folder / "a.csv").read_text(encoding="utf-8") == "former"
    assert run("export", "-f", "csv", "-o", folder / "link.csv") == Done("", "", 0)
    assert (folder / "link.csv").is_symlink()
    assert (folder / "a.csv").read_text(encoding="utf-8").startswith("id,")
    assert (folder / "a.csv").stat().st_mode & 0o777 == 0o640
    assert {one.name for one in folder.iterdir()} == {"a.csv", "link.csv"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_devices_and_pipes_are_written_as_they_are(run: Sayso, url: Path, tmp_path: Path) -> None:
    """What cannot be written is one line that names it."""
    full = run("incidents", "-o", "/dev/full")
    assert full == Done("", "error: /dev/full: cannot be written: No space left on device\n", 1)
    folder = run("incidents", "-o", tmp_path)
    assert folder == Done("", f"error: {tmp_path}: cannot be written: Is a directory\n", 1)
    assert run("incidents", "-o", "/dev/null") == Done("", "", 0)
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor() as pool:
        read = pool.submit((tmp_path / "pipe").read_bytes)
        assert run("incidents", "-o", tmp_path / "pipe") == Done("", "", 0)
        assert read.result(60).decode() == run("incidents").out


def test_what_is_mistyped_is_told(run: Sayso, url: Path) -> None:
    """With what there is; or with how much there may be."""
    refused(run("incidents", "--type", "PROTST"), "type 'PROTST'", "PROTEST")
    refused(run("search", "--type", "PROTST"), "type 'PROTST'", "PROTEST")
    refused(run("export", "-f", "csv", "--type", "PROTST"), "type 'PROTST'", "PROTEST")
    wrong = run("incidents", "--standing", "sure")
    assert (wrong.out, wrong.status) == ("", 2)
    assert "corroborated" in wrong.err
    refused(run("search", "Almaty", "--limit", "99999999999999999999"), "limit 99999999999999999999: at least 1")
    refused(run("incidents", "--least-reports", "9999999999999999999999"), "least reports 9999999999999999999999")


def test_parquet_is_a_folder_of_its_own(run: Sayso, url: Path, tmp_path: Path) -> None:
    import pyarrow.dataset as ds

    assert run("export", "-f", "parquet", "--type", "PROTEST", "-o", tmp_path / "out") == Done("", "", 0)
    table = ds.dataset(tmp_path / "out", partitioning="hive").to_table(columns=["incident", "day"])
    assert set(table["incident"].to_pylist()) == {row["id"] for row in rows(run("incidents", "--type", "PROTEST"))}
    refused(run("export", "-f", "parquet", "-o", tmp_path / "out"), f"{tmp_path / 'out'}: there is something in it")
    unnamed = run("export", "-f", "parquet")
    assert (unnamed.out, unnamed.status) == ("", 2)
    assert "parquet is a folder" in unnamed.err


def test_personal_data_are_masked_unless_asked_for(
    run: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    """In the ledger unless it was told to keep them, and in what is exported unless that is."""
    watch(monkeypatch, coder)
    path, ledger = tmp_path / "in.jsonl", tmp_path / "ledger.db"
    text = f'{STORY} "Police beat my brother in Almaty, call +7 727 250 12 34", said a student.'
    path.write_text(json.dumps({"id": "a", "text": text, "published": "2022-01-06"}), encoding="utf-8")
    run("add", path, "-l", ledger)
    assert "250 12 34" not in run("query", "SELECT * FROM statements", "-l", ledger).out
    kept = tmp_path / "kept.db"
    run("add", path, "-l", kept, "--keep-personal-data")
    assert "250 12 34" in run("query", "SELECT content FROM statements", "-l", kept).out
    assert "250 12 34" not in run("export", "-f", "plover", "-l", kept).out
    assert "250 12 34" in run("export", "-f", "plover", "-l", kept, "--personal-data").out
