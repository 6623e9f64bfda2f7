"""A run's manifest: what it says, and that whoever has it and the inputs makes the same bytes again."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

import sayso
from sayso.cli import recording
from sayso.cli import reproducing as again
from sayso.cli.commands import app
from sayso.coding.coder import Coder
from sayso.errors import RunError
from sayso.gazetteer import lookup
from sayso.libraries import installed
from sayso.reproducing import read_run, run_schema
from sayso.reproducing.inputs import Seen
from sayso.scaling import Job, Progress, code_into
from scaling import standin


class Stop(Exception):
    pass


ROWS = (
    {
        "id": "a",
        "text": "Police arrested nine people in Almaty on Tuesday, the ministry said.",
        "published": "2022-01-06",
    },
    {"id": "b", "text": "At least 12 guards were killed in Mosul, a nurse told Radio North."},
    {"id": "c", "text": "   "},
    {"id": "d", "text": "Teachers went on strike in Lima."},
)


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments], input=given)


def told(result: Result) -> str:
    """Its standard output, on one line."""
    return " ".join(result.stdout.split())


@pytest.fixture(autouse=True)
def _loaded_once(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's own coder, but for the seconds that it takes to load it."""
    monkeypatch.setattr(sayso, "load", lambda *_, **__: coder)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a file of rows, and a folder with two files."""
    place = tmp_path / "here"
    (place / "news" / "deep").mkdir(parents=True)
    (place / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")
    (place / "news" / "one.txt").write_text("Rebels shelled the town of Goma.", encoding="utf-8")
    (place / "news" / "deep" / "two.txt").write_text("Farmers blocked roads in Lyon.", encoding="utf-8")
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def made(here: Path) -> Path:
    """A run of both into one file, and its manifest."""
    assert run("code", "rows.jsonl", "news", "-o", "out.jsonl", "--manifest", "run.json").exit_code == 1
    return here / "run.json"


def held(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_manifest_says_what_the_bytes_depend_on(made: Path, coder: Coder) -> None:
    """Coder, libraries, settings, every input and output with its hash, and what was not coded, in the order of reading."""
    found = read_run(made)
    assert found.coder == coder.info
    assert found.libraries == installed()
    assert found.settings.format == "jsonl"
    assert found.settings.time_limit == 10.0
    rows, news = held(made)["inputs"]
    assert rows == as_told(made.parent / "rows.jsonl", "rows.jsonl")
    files = [as_told(made.parent / "news" / name, name) for name in ("deep/two.txt", "one.txt")]
    assert news == {"folder": "news", "files": files}
    assert held(made)["outputs"] == [as_told(made.parent / "out.jsonl", "out.jsonl")]
    assert (found.counts.records, found.counts.coded, found.counts.errors) == (6, 5, {"no article": 1})
    assert [(one.name, one.kind) for one in found.failures or ()] == [("rows.jsonl:3", "no article")]


def as_told(path: Path, name: str) -> dict[str, Any]:
    data = path.read_bytes()
    return {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def test_the_same_run_has_the_same_manifest_but_for_when_it_was(made: Path) -> None:
    """Byte for byte, whatever the clock says and whatever files were touched in between."""
    (made.parent / "rows.jsonl").touch()
    run("code", "rows.jsonl", "news", "-o", "out.jsonl", "--manifest", "other.json")
    lines = [
        [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(' "created": ')]
        for path in (made, made.parent / "other.json")
    ]
    assert lines[0] == lines[1]
    assert len(lines[0]) == len(made.read_text(encoding="utf-8").splitlines()) - 1


def test_a_manifest_keeps_to_its_schema(made: Path) -> None:
    """`sayso schema run` names every field that is written, and no other."""
    schema = json.loads(run("schema", "run").stdout)
    assert schema == run_schema()
    assert set(held(made)) == set(schema["properties"]) == set(schema["required"]) | {"schema"}
    for name, part in (("settings", "Settings"), ("counts", "Counts"), ("coder", "CoderInfo")):
        assert set(held(made)[name]) == set(schema["$defs"][part]["properties"])
    assert "coding" not in json.dumps(list(schema["properties"]))
    assert "$defs" in json.loads(run("schema").stdout)


def test_a_file_is_made_again(made: Path) -> None:
    result = run("reproduce", made)
    assert told(result).startswith("reproduced: 1 output is the same, byte for byte (5 coded,"), result.stderr
    assert told(result).endswith("; not coded, as then: no article 1)")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("format", ["csv", "html", "table"])
def test_so_is_every_format_on_standard_output(here: Path, format: str) -> None:
    """Its hash is that of what a shell would have redirected; how a table looked is kept."""
    extra = {"csv": ["--bom"], "table": ["--explain"]}.get(format, [])
    first = run("code", "rows.jsonl", "--format", format, "--manifest", "run.json", *extra)
    (here / "shell.out").write_bytes(first.stdout_bytes)
    output = held(here / "run.json")["outputs"]
    assert output == [{**as_told(here / "shell.out", ""), "path": None}]
    assert run("reproduce", "run.json", "--output", "shell.out").exit_code == 0


def test_a_folder_is_made_again_by_any_number_of_processes(here: Path) -> None:
    """Its errors too, though the inputs lie elsewhere now."""
    given = ("code", "rows.jsonl", "news/", "-o", "out/", "--shard-size", "2", "--compress", "gz", "--workers", "2")
    first = run(*given, "--manifest", "run.json")
    assert first.exit_code == 1, first.stderr
    assert [one["path"] for one in held(here / "run.json")["outputs"]] == [
        *(f"out/part-0000{number}.jsonl.gz" for number in range(3)),
        "out/errors.jsonl",
    ]
    (here.parent / "moved").mkdir()
    shutil.move(here / "rows.jsonl", here.parent / "moved" / "rows.jsonl")
    shutil.move(here / "news", here.parent / "moved" / "news")
    result = run("reproduce", "run.json", "--inputs", here.parent / "moved", "--workers", "1")
    assert told(result).startswith("reproduced: 4 outputs are the same, byte for byte"), result.stderr


def test_it_is_made_again_in_another_place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From another working folder with the inputs somewhere else, where errors have the names that they had."""
    shutil.move(made.parent, tmp_path / "moved")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    missing = run("reproduce", tmp_path / "moved" / "run.json")
    assert "error: rows.jsonl: is missing" in missing.stderr
    assert "error: news: is missing" in missing.stderr
    result = run("reproduce", tmp_path / "moved" / "run.json", "--inputs", tmp_path / "moved")
    assert result.exit_code == 0, result.output


def test_what_is_not_as_it_was_is_named(made: Path) -> None:
    """Each input that has other bytes, is missing, or was not there; nothing is coded then."""
    news = made.parent / "news"
    (news / "one.txt").write_text("Rebels shelled the town of Gona.", encoding="utf-8")
    (news / "deep" / "two.txt").unlink()
    (news / "three.txt").write_text("New.", encoding="utf-8")
    result = run("reproduce", made)
    assert result.stderr.splitlines() == [
        "error: news/deep/two.txt: is missing",
        "error: news/one.txt: its bytes have changed",
        "error: news/three.txt: was not there",
    ]
    assert told(result) == "not reproduced: 3 inputs are not what it read"
    assert result.exit_code == 1


def test_standard_input_can_only_be_given_again(here: Path) -> None:
    """It is not kept; a file with the same bytes stands for it, and no other."""
    data = (here / "rows.jsonl").read_bytes()
    run("code", "-", "--manifest", "run.json", "-o", "out.jsonl", given=data)
    assert held(here / "run.json")["inputs"] == [as_told(here / "rows.jsonl", "-")]
    refused = run("reproduce", "run.json")
    assert isinstance(refused.exception, RunError)
    assert "standard input: is not kept" in str(refused.exception)
    assert run("reproduce", "run.json", "--inputs", "rows.jsonl").exit_code == 0
    other = run("reproduce", "run.json", "--inputs", "news/one.txt")
    assert "news/one.txt: its bytes have changed (" in other.stderr


def test_of_an_address_the_hash_of_what_was_fetched_is_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else, so that the run cannot be made again, which it says."""
    page = b"<html><body><article><p>Police arrested nine people in Almaty on Tuesday.</p></article></body></html>"
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=page, headers={"content-type": "text/html"}))
    true = httpx.Client
    monkeypatch.setattr(httpx, "Client", lambda **named: true(transport=transport))
    (here / "page").write_bytes(page)
    run("code", "https://example.org/a", "--manifest", "run.json", "-o", "out.jsonl")
    fetched = [as_told(here / "page", "https://example.org/a")]
    assert held(here / "run.json")["inputs"] == [{"address": "https://example.org/a", "fetched": fetched}]
    with pytest.raises(RunError, match="what stood there is not kept"):
        again.reproduce(here / "run.json", None, None, None, False)


def test_another_version_of_a_library_is_a_warning(made: Path) -> None:
    """Named with both versions; the comparison goes on."""
    then = held(made)
    then["libraries"]["coding"]["spacy"] = "3.7.0"
    made.write_text(json.dumps(then), encoding="utf-8")
    result = run("reproduce", made)
    assert result.exit_code == 0
    now = installed()["coding"]["spacy"]
    assert result.stderr == f"warning: another version: spacy 3.7.0 then, {now} now\n"


def test_another_lexicon_is_named_and_so_is_what_it_changes(
    made: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    """Where no field but the record of the coder is another, the result says that."""
    other = coder.info.model_copy(update={"lexicon": "0123456789ab"})
    monkeypatch.setitem(coder.__dict__, "info", other)
    result = run("reproduce", made)
    was = held(made)["coder"]["lexicon"]
    assert result.stderr == f"warning: another coder: lexicon {was} then, 0123456789ab now\n"
    assert (
        f'differs, in nothing but what it says of its coder: coder.lexicon: "{was}" then, "0123456789ab" now'
        in told(result)
    )
    assert told(result).endswith("not reproduced: of 1 output 0 the same")
    assert result.exit_code == 1


def test_another_gazetteer_is_named(made: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder, tmp_path: Path) -> None:
    """The one that $SAYSO_GAZETTEER names, with the first article and field that it makes another."""
    emptied = tmp_path / "emptied.sqlite3"
    shutil.copy(lookup.gazetteer().path, emptied)
    with sqlite3.connect(emptied) as database:
        database.execute("DELETE FROM name WHERE key = 'mosul'")
        database.execute("UPDATE meta SET value = 'emptied' WHERE key = 'version'")
    database.close()
    monkeypatch.setenv("SAYSO_GAZETTEER", str(emptied))
    monkeypatch.delitem(coder.__dict__, "info", raising=False)
    result = run("reproduce", made)
    monkeypatch.undo()
    del coder.__dict__["info"]
    assert "warning: another coder: gazetteer " in result.stderr
    assert "emptied now" in result.stderr
    assert 'out.jsonl: differs, first in article b (line 2): actors[0].country: "IRQ" then, null now' in told(result)


def test_a_difference_is_told_by_article_and_field(made: Path) -> None:
    """As well as it can be: without the output itself, only that there is one."""
    then, out = held(made), made.parent / "out.jsonl"
    lines = out.read_text(encoding="utf-8").splitlines()
    coding = json.loads(lines[0])
    coding["events"][0]["type"] = "PROTEST"
    out.write_text("\n".join([json.dumps(coding, ensure_ascii=False), *lines[1:], ""]), encoding="utf-8")
    spoilt = run("reproduce", made)
    assert "out.jsonl: made again as it was, but what lies there is not what the run wrote" in told(spoilt)
    then["outputs"] = [as_told(out, "out.jsonl")]
    made.write_text(json.dumps(then), encoding="utf-8")
    result = run("reproduce", made)
    assert 'differs, first in article a (line 1): events[0].type: "PROTEST" then, "COERCE" now' in told(result)
    out.unlink()
    assert "where, cannot be said without the output itself" in told(run("reproduce", made))
    assert isinstance(run("reproduce", made, "--output", "gone.jsonl").exception, RunError)


def test_a_failure_that_there_was_not_is_named(made: Path) -> None:
    then = held(made)
    then["failures"] = []
    made.write_text(json.dumps(then), encoding="utf-8")
    result = run("reproduce", made)
    assert "no such failure then: rows.jsonl:3: the text is empty" in told(result)
    assert result.exit_code == 1


def test_no_manifest_is_written_of_an_input_that_changed_meanwhile(here: Path) -> None:
    """Neither of a file's bytes nor of what files a folder has could it be said what was coded."""
    seen = Seen(["rows.jsonl", "news"], lambda step, share: None)
    assert len(seen.described()) == 2
    (here / "news" / "new.txt").write_text("New.", encoding="utf-8")
    with pytest.raises(RunError, match="news: has other files in it than when coding began"):
        seen.described()
    (here / "rows.jsonl").write_text("{}", encoding="utf-8")
    with pytest.raises(RunError, match=r"rows\.jsonl: has changed while it was coded"):
        seen.described()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (["rows.jsonl", "--manifest", "rows.jsonl"], "the manifest lies in what is read"),
        (["news", "--manifest", "news/run.json"], "the manifest lies in what is read"),
        (["news", "-o", "news/out.jsonl", "--manifest", "run.json"], "the output lies in what is read"),
        (["news", "-o", "out", "--manifest", "out"], "is the output too"),
        (["-", "-o", "out/", "--manifest", "run.json"], "standard input: a folder with a manifest is made of files"),
        (["https://example.org", "-o", "out/", "--manifest", "run.json"], "a folder with a manifest is made of files"),
        (["news", "-o", "out/", "--manifest", "out/run.json"], "lies in the folder of the shards"),
    ],
)
def test_what_would_not_be_the_same_again_is_refused(here: Path, given: list[str], reason: str) -> None:
    """Before anything is written."""
    before = sorted(here.rglob("*"))
    result = run("code", *given)
    assert isinstance(result.exception, RunError)
    assert reason in str(result.exception)
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "is no manifest of a run (sayso-run/1)"),
        ('{"form": "sayso-shards/1"}', "that of a folder of shards is another"),
        ('{"schema": "sayso-run/2"}', "is no manifest of a run (sayso-run/1)"),
        ('{"schema": "sayso-run/1", "created": "yesterday"}', "is no manifest of a run: created: "),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """With the file's name and what is wrong with it."""
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunError) as refused:
        read_run(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert reason in str(refused.value)
    with pytest.raises(RunError, match="cannot be read: No such file"):
        read_run(tmp_path / "none.json")


def test_a_folder_that_several_versions_coded_has_no_manifest(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries of now did not make it, or not all of it; --restart does it anew."""
    given = ("code", "news", "-o", "out/", "--workers", "1")
    assert run(*given).exit_code == 0
    now = installed()
    with monkeypatch.context() as other:
        other.setattr(recording, "installed", lambda: {**now, "coding": {**now["coding"], "spacy": "9.9"}})
        refused = run(*given, "--manifest", "run.json")
        assert f"was coded with other libraries (spacy {now['coding']['spacy']} then, 9.9 now)" in str(
            refused.exception
        )
    assert run(*given, "--manifest", "run.json").exit_code == 0, "what is done can be told of later"


def test_a_folder_that_versions_shared_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begun with one, finished with another: its own manifest has no set of libraries that would make it again."""
    rows = tmp_path / "in.jsonl"
    rows.write_text(
        "".join(f"{json.dumps({'id': str(n), 'text': f'Protest {n}'})}\n" for n in range(40)), encoding="utf-8"
    )

    def stop(progress: Progress) -> None:
        if progress.tally.records >= 20:
            raise Stop

    def work(watch: Callable[[Progress], None]) -> None:
        code_into(tmp_path / "out", [str(rows)], Job(shard_size=5), workers=1, watch=watch, maker=standin.quick)

    with pytest.raises(Stop):
        work(stop)
    assert held(tmp_path / "out" / "manifest.json")["libraries"] == installed()
    monkeypatch.setattr("sayso.scaling.run.installed", lambda: {"coding": {"spacy": "9.9"}})
    work(lambda progress: None)
    assert held(tmp_path / "out" / "manifest.json")["libraries"] is None
    with pytest.raises(RunError, match=r"was coded with other libraries \(of several versions\)"):
        recording.OfFolder([str(rows)], tmp_path / "out", tmp_path / "run.json", anew=False)
