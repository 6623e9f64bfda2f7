"""A run: the same bytes however many work on it, gone on with where it was ended, and one line for what cannot be done."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from sayso.errors import InputError, NotFetched, OtherLanguage, ScaleError, TooMuchInput, UnreadableInput
from sayso.reading import open_articles
from sayso.records import Coding
from sayso.scaling import Job, Progress, Tally, code_into
from sayso.scaling.aside import Aside, take_up
from sayso.scaling.crew import Member
from sayso.scaling.job import kind_of
from scaling import standin
from scaling.test_scaling_kills import content

JOB = Job(shard_size=10, time_limit=1.0)


def jsonl(path: Path, texts: list[str]) -> Path:
    path.write_text(
        "".join(f"{json.dumps({'id': f'a{n}', 'text': t})}\n" for n, t in enumerate(texts)), encoding="utf-8"
    )
    return path


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of everything: files of one article, lines that can be found and lines that cannot, what cannot be read."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(12):
        (folder / f"a{number:02}.txt").write_text(f"Protest number {number}", encoding="utf-8")
    (folder / "a12.exe").write_bytes(b"MZ")
    jsonl(folder / "b.jsonl", [f"Strike {number}" if number % 5 else "stumble" for number in range(25)])
    packed = jsonl(tmp_path / "c.jsonl", [f"Riot {number}" for number in range(15)])
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(packed.read_bytes()))
    (folder / "d.csv").write_text("id,text\n" + "".join(f"d{n},Rally {n}\n" for n in range(7)), encoding="utf-8")
    return folder


def code(out: Path, *paths: Path, job: Job = JOB, **named: Any) -> Tally:
    return code_into(out, [str(path) for path in paths], job, **{"workers": 1, "maker": standin.quick, **named})


def lines(folder: Path, name: str = "part-*.jsonl") -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in sorted(folder.glob(name)) for line in path.read_text(encoding="utf-8").splitlines()
    ]


def test_the_shards_are_what_one_process_writes(news: Path, tmp_path: Path) -> None:
    """Every article once, in the order of reading, coded as by `sayso code`; errors in their order beside them."""
    tally = code(tmp_path / "out", news, workers=2)
    found = list(standin.StandIn().pipe(list(open_articles(news))))
    assert lines(tmp_path / "out") == [json.loads(one.to_json()) for one in found if isinstance(one, Coding)]
    wrong = [(one.name, one.reason) for one in found if not isinstance(one, Coding)]
    assert [(one["name"], one["reason"]) for one in lines(tmp_path / "out", "errors.jsonl")] == wrong
    assert tally == Tally(60, 54, 3 * 12 + 2 * (20 + 15 + 7), 54, {"no article": 5, "unreadable": 1})


def test_neither_workers_nor_what_was_done_before_change_a_byte(news: Path, tmp_path: Path) -> None:
    code(tmp_path / "one", news)
    code(tmp_path / "three", news, workers=3)
    assert content(tmp_path / "one") == content(tmp_path / "three")


def test_the_manifest_says_what_is_there(news: Path, tmp_path: Path) -> None:
    """Its counts and hashes are those of the files, and no file is there beside."""
    out = tmp_path / "out"
    code(out, news)
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert told["finished"]
    assert told["coder"] == standin.INFO.model_dump()
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["errors.jsonl", "manifest.json", *(one["file"] for one in told["shards"])]
    )
    for one in [*told["shards"], told["errors_file"]]:
        data = (out / one["file"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["size"], one["sha256"])
    assert [one["records"] for one in told["shards"]] == [10] * 6
    assert sum(one["coded"] for one in told["shards"]) == told["coded"] == 54


@pytest.mark.parametrize(
    ("compress", "unpack"),
    [("gz", gzip.decompress), ("zst", lambda data: pa.CompressedInputStream(io.BytesIO(data), "zstd").read())],
)
def test_compressed_shards_hold_the_same(
    news: Path, tmp_path: Path, compress: str, unpack: Callable[[bytes], bytes]
) -> None:
    code(tmp_path / "plain", news)
    for name in ("one", "again"):
        code(tmp_path / name, news, job=Job(compress=compress, shard_size=10, time_limit=1.0))
    assert content(tmp_path / "one") == content(tmp_path / "again")
    assert (
        unpack((tmp_path / "one" / f"part-00001.jsonl.{compress}").read_bytes())
        == (tmp_path / "plain" / "part-00001.jsonl").read_bytes()
    )


def test_every_csv_shard_is_a_table_of_its_own(news: Path, tmp_path: Path) -> None:
    code(tmp_path / "out", news, job=Job(format="csv", shard_size=10))
    tables = [
        list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        for path in sorted((tmp_path / "out").glob("*.csv"))
    ]
    assert [len(table) for table in tables] == [10, 7, 8, 9, 10, 10]
    assert tables[0][0]["type"] == "PROTEST"


class Stop(Exception):
    pass


def test_a_run_goes_on_where_it_was_ended(news: Path, tmp_path: Path) -> None:
    """What is done is not done again, and the end is what it would have been."""
    seen: list[Progress] = []

    def stopping(progress: Progress) -> None:
        seen.append(progress)
        if progress.tally.records >= 30:
            raise Stop

    with pytest.raises(Stop):
        code(tmp_path / "out", news, watch=stopping)
    there = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("part-*")}
    assert len(there) >= 2
    seen.clear()
    code(tmp_path / "out", news, watch=seen.append)
    assert seen[0].before.records == 10 * len(there)
    assert seen[-1].total == sum(path.stat().st_size for path in news.iterdir())
    assert {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in there} == there
    code(tmp_path / "whole", news)
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_a_finished_run_is_not_done_again(news: Path, tmp_path: Path) -> None:
    first = code(tmp_path / "out", news)
    there = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert code(tmp_path / "out", news) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == there


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda news: None, r"with other settings \(shard_size 10, now 20\)"),
        (lambda news: jsonl(news / "b.jsonl", ["Other"]), "of other inputs, or these have changed"),
        (lambda news: (news / "z.txt").write_text("New"), "of other inputs, or these have changed"),
    ],
)
def test_a_run_of_something_else_is_not_gone_on_with(
    news: Path, tmp_path: Path, change: Callable[[Path], object], words: str
) -> None:
    """What is there stays as it is, unless the run is to begin anew; then nothing of the old one is left."""
    out = tmp_path / "out"
    code(out, news)
    before = content(out)
    change(news)
    job = Job(shard_size=20, time_limit=1.0) if "settings" in words else JOB
    with pytest.raises(ScaleError, match=words):
        code(out, news, job=job)
    assert content(out) == before
    code(out, news, job=job, restart=True)
    code(tmp_path / "new", news, job=job)
    assert content(out) == content(tmp_path / "new")


def test_a_folder_with_other_things_in_it_is_left_alone(news: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part-of-thesis.txt").write_text("years of work", encoding="utf-8")
    for restart in (False, True):
        with pytest.raises(ScaleError, match=r"has other files in it \(part-of-thesis.txt\)"):
            code(tmp_path / "out", news, restart=restart)
    assert content(tmp_path / "out") == {"part-of-thesis.txt": b"years of work"}


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json", '{"form": "other/1"}'])
def test_a_broken_manifest_is_named(news: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ScaleError, match=r"manifest\.json: is .*--restart begins anew"):
        code(tmp_path / "out", news)


def test_the_output_may_not_lie_in_the_input(news: Path) -> None:
    with pytest.raises(ScaleError, match="which is read; write to a folder elsewhere"):
        code(news / "out", news)


def test_what_is_missing_is_an_error_among_the_others(tmp_path: Path) -> None:
    """It has no shard of its own making, and the rest is done."""
    path = jsonl(tmp_path / "in.jsonl", ["Protest 1"])
    assert code(tmp_path / "out", tmp_path / "gone.txt", path).errors == {"unreadable": 1}
    assert len(lines(tmp_path / "out")) == 1


def test_other_languages_are_counted_and_are_no_failure() -> None:
    """Unless there was nothing else."""
    assert kind_of(OtherLanguage("a", "kk")) == "not in English"
    assert not Tally(3, 2, errors={"not in English": 1}).has_failed
    assert Tally(3, 1, errors={"not in English": 1, "unreadable": 1}).has_failed
    assert Tally(1, 0, errors={"not in English": 1}).has_failed
    assert not Tally().has_failed


def test_an_error_laid_aside_is_taken_up_as_what_it_is(tmp_path: Path) -> None:
    """Or the nearest above it, where that takes more to make than words."""
    aside = Aside(tmp_path / "aside.jsonl")
    given = [NotFetched("a", "gone", "answer", status=404), TooMuchInput("b", "long"), InputError("c", "odd")]
    for one in given:
        aside.add(one)
    aside.close()
    taken = [one for one in take_up(aside.path, 0, 3) if isinstance(one, InputError)]
    assert [(type(one), one.name, one.reason) for one in taken] == [
        (UnreadableInput, "a", "gone"),
        (TooMuchInput, "b", "long"),
        (InputError, "c", "odd"),
    ]


def test_nothing_to_read_is_a_finished_run(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"")
    assert code(tmp_path / "out", tmp_path / "in.jsonl") == Tally()
    assert (tmp_path / "out" / "errors.jsonl").read_bytes() == b""


def test_an_article_that_ends_its_process_is_tried_once_more(tmp_path: Path) -> None:
    """As when another program took the memory; the articles around it are coded once."""
    path = jsonl(tmp_path / "in.jsonl", ["Protest 1", f"faint {tmp_path / 'fainted'}", "Protest 2"])
    assert code(tmp_path / "out", path) == Tally(3, 3, 6, 3)
    assert [one["article"]["id"] for one in lines(tmp_path / "out")] == ["a0", "a1", "a2"]


def test_an_article_that_ends_two_processes_is_named(tmp_path: Path) -> None:
    texts = ["Protest 1", "die", "Protest 2", "die"]
    tally = code(tmp_path / "out", jsonl(tmp_path / "in.jsonl", texts), workers=2)
    assert tally == Tally(4, 2, 4, 2, {"ended its process": 2})
    assert [one["name"] for one in lines(tmp_path / "out", "errors.jsonl")] == ["in.jsonl (a1)", "in.jsonl (a3)"]
    assert (
        lines(tmp_path / "out", "errors.jsonl")[0]["reason"]
        == "its process was ended by SIGKILL, and so did another one"
    )


def test_an_article_that_cannot_be_stopped_from_inside_is_stopped_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a library neither ends nor listens."""
    monkeypatch.setattr("sayso.scaling.crew.SLACK", 2.0)
    job = Job(time_limit=0.2)
    tally = code(tmp_path / "out", jsonl(tmp_path / "in.jsonl", ["hang", "Protest 2"]), job=job)
    assert tally == Tally(2, 1, 2, 1, {"ended its process": 1})
    assert "neither ended nor went on" in lines(tmp_path / "out", "errors.jsonl")[0]["reason"]


def test_a_process_that_has_done_much_gives_way_to_a_fresh_one(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it keeps of every article cannot fill the memory; the bytes are the same."""
    code(tmp_path / "one", news)
    started = []
    monkeypatch.setattr("sayso.scaling.crew.RETIRE", 20)
    start = Member._start
    monkeypatch.setattr(Member, "_start", lambda self: (started.append(self), start(self)))
    code(tmp_path / "many", news)
    assert len(started) == 4
    assert content(tmp_path / "one") == content(tmp_path / "many")


def test_processes_that_cannot_begin_end_the_run(tmp_path: Path) -> None:
    """And leave no folder."""
    with pytest.raises(ScaleError, match="before they begin: the last ended with status 3"):
        code(tmp_path / "out", jsonl(tmp_path / "in.jsonl", ["Protest"]), maker=standin.unmakable)
    assert not (tmp_path / "out").exists()


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "in.jsonl", ["Protest"])
    with pytest.raises(ScaleError, match="no_such_model"):
        code_into(tmp_path / "out", [str(path)], Job(model="no_such_model"), workers=1)
    assert not (tmp_path / "out").exists()


def test_two_runs_do_not_write_to_one_folder(news: Path, tmp_path: Path) -> None:
    def another(progress: Progress) -> None:
        with pytest.raises(ScaleError, match="another sayso is at work"):
            code(tmp_path / "out", news)

    code(tmp_path / "out", news, watch=another)


def test_a_day_of_publication_is_given_to_those_without(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "Protest"}\n{"text": "Riot", "published": "2021-02-03"}\n', encoding="utf-8")
    code(tmp_path / "out", path, job=Job(published="2022-01-05"))
    assert [one["article"]["published"] for one in lines(tmp_path / "out")] == ["2022-01-05", "2021-02-03"]


def test_standard_input_is_cut_too(news: Path, tmp_path: Path) -> None:
    """A stream is read once; what was read is laid aside until it is coded."""
    script = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "from pathlib import Path\nfrom scaling import standin\nfrom sayso.scaling import Job, code_into\n"
        f"code_into(Path({str(tmp_path / 'out')!r}), ['-'], Job(shard_size=10), workers=2, maker=standin.quick)\n"
    )
    given = (news / "b.jsonl").read_bytes()
    subprocess.run([sys.executable, "-c", script], input=given, check=True)
    assert [one["article"]["id"] for one in lines(tmp_path / "out")] == [f"a{n}" for n in range(25) if n % 5]


@pytest.mark.parametrize("wrong", [{"format": "html"}, {"compress": "rar"}, {"shard_size": 0}])
def test_settings_that_there_are_not_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"shard"):
        Job(**wrong)
