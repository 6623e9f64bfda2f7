"""The command line: what goes to which stream, with a coder that answers at once."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from typer.testing import CliRunner, Result

import sayso
from made import INFO
from made import coding as made
from sayso.cli import running
from sayso.cli.commands import app
from sayso.cli.streams import one_line
from sayso.errors import InputError
from sayso.records import Article, Coding


class QuickCoder:
    """Finds nothing in any article, and stumbles where the text says so."""

    published: list[str | None]

    def __init__(self) -> None:
        self.published = []
        self.nlp = spacy.blank("en")

    def pipe(self, articles: Iterable[Article | InputError]) -> Iterator[Coding | InputError]:
        for article in articles:
            if isinstance(article, InputError):
                yield article
            elif "stumble" in article.text:
                yield InputError(article.id, "could not be coded\nat all\x1b[2J")
            else:
                self.published.append(article.published)
                yield Coding(coder=INFO, article=article)

    def check(self, article: Article) -> None:
        if "stumble" in article.text:
            raise ZeroDivisionError("by zero")

    def parse(self, text: str, blocks: object = ()) -> Any:
        return self.nlp(text)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> QuickCoder:
    coder = QuickCoder()
    monkeypatch.setattr(sayso, "load", lambda *_, **__: coder)
    monkeypatch.setattr(running, "make_gazetteer", lambda: None)
    return coder


def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=given, catch_exceptions=False)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    rows = [{"id": "a", "text": "Quiet day."}, {"id": "b", "text": "They stumble."}, {"id": "c", "text": "More."}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.mark.usefixtures("quick")
def test_results_and_errors_go_to_their_streams(articles: Path) -> None:
    """Codings in input order on standard output, one line an error on standard error, and status 1."""
    result = run("code", articles)
    assert [json.loads(line)["article"]["id"] for line in result.stdout.splitlines()] == ["a", "c"]
    assert result.stderr == "error: b: could not be coded at all\ufffd[2J\n"
    assert result.exit_code == 1


@pytest.mark.usefixtures("quick")
def test_without_errors_the_status_is_0(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Quiet day.", encoding="utf-8")
    result = run("code", tmp_path / "a.txt")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.usefixtures("quick")
def test_a_missing_file_does_not_cost_the_others(articles: Path, tmp_path: Path) -> None:
    missing = tmp_path / "no.txt"
    result = run("code", missing, articles)
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.startswith(f"error: {missing}: no such file")
    assert result.exit_code == 1


@pytest.mark.usefixtures("quick")
def test_standard_input_is_read() -> None:
    result = run("code", "-", given="Quiet day.")
    assert json.loads(result.stdout)["article"]["text"] == "Quiet day."


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("form", "start"), [("csv", "article,source"), ("html", "<!doctype html>"), ("table", " ─")])
def test_every_format_is_one_whole_file(articles: Path, tmp_path: Path, form: str, start: str) -> None:
    """A header once, whatever the number of articles, and the same bytes in a file as on standard output."""
    result = run("code", articles, "--format", form)
    assert result.stdout.startswith(start)
    assert result.stdout.count(start) == (4 if form == "table" else 1)  # a rule above and below each head
    run("code", articles, "--format", form, "-o", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == result.stdout_bytes


@pytest.mark.usefixtures("quick")
def test_csv_may_begin_with_a_byte_order_mark(articles: Path) -> None:
    result = run("code", articles, "--format", "csv", "--bom")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbfarticle")
    assert list(csv.DictReader(io.StringIO(result.stdout[1:]))) == []


def test_the_given_day_is_for_articles_without_one(quick: QuickCoder, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two.", "published": "2020-02-03"}\n', encoding="utf-8")
    assert run("code", path, "--published", "5 January 2022").exit_code == 0
    assert quick.published == ["2022-01-05", "2020-02-03"]


@pytest.mark.usefixtures("quick")
def test_columns_name_the_fields_of_rows(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("body,day\nQuiet.,2022-01-05\n", encoding="utf-8")
    result = run("code", path, "--columns", "text=body,published=day")
    assert json.loads(result.stdout)["article"]["published"] == "2022-01-05"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "wrong",
    [
        ["--columns", "text"],
        ["--columns", "colour=body"],
        ["--published", "someday"],
        ["--format", "xml"],
        ["--time-limit", "0"],
    ],
)
def test_wrong_options_are_refused_before_any_work(articles: Path, wrong: list[str]) -> None:
    result = run("code", articles, *wrong)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


@pytest.mark.usefixtures("quick")
def test_parse_writes_conllu_and_survives_a_stumble(articles: Path) -> None:
    result = run("parse", articles, "--format", "conllu")
    assert [line for line in result.stdout.splitlines() if line.startswith("# doc_id")] == [
        "# doc_id = a",
        "# doc_id = c",
    ]
    assert result.stderr == "error: b: ZeroDivisionError: by zero\n"
    assert result.exit_code == 1


def test_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["title"] == "Coding"


def test_error_lines_are_one_line() -> None:
    assert one_line("a\nb\r\x1b[0mc\u202e") == "a b \ufffd[0mc\ufffd"


def program(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sayso", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


def test_help_is_quick() -> None:
    """Help loads no model and none of the heavy libraries."""
    code = "import sys; import sayso.cli; print([m for m in ('spacy', 'pydantic', 'pyarrow', 'onnxruntime') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
    start = time.perf_counter()
    done = program("--help")
    assert done.returncode == 0
    assert time.perf_counter() - start < 3  # far above the half second it takes, for a busy machine
    assert "code" in done.stdout


def test_version_is_told() -> None:
    assert program("--version").stdout.startswith("sayso 0.")


def test_a_wrong_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Quiet day.", encoding="utf-8")
    done = program("code", str(tmp_path / "a.txt"), "--model", "no_such_pipeline")
    assert done.returncode == 1
    assert done.stderr.startswith("error: no_such_pipeline: ")
    assert done.stderr.count("\n") == 1


def test_an_unwritable_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Quiet day.", encoding="utf-8")
    done = program("parse", str(tmp_path / "a.txt"), "-o", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"error: {tmp_path}: cannot be written: Is a directory\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes of a POSIX shell")
def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    """`sayso … | head -1` says nothing about a broken pipe."""
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"Day {n} was quiet."}) for n in range(60)), encoding="utf-8")
    line = f'"{sys.executable}" -m sayso parse "{path}" | head -1; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.startswith("# doc_id")
    assert (done.stderr, done.returncode) == ("", 141)


def test_a_report_is_what_a_coding_made_by_hand_gives() -> None:
    """The writers of the command line and the functions of the library say the same."""
    from sayso.exports import WRITERS
    from sayso.exports.page import page
    from sayso.exports.table import report
    from sayso.exports.writers import Style

    writer = WRITERS["html"]()
    written = writer.before() + writer.each(made(), Style()) + writer.after()
    assert written == page([made()]).replace("<title>Unrest in Almaty</title>", "<title>sayso</title>")
    assert WRITERS["table"]().each(made(), Style()) == report(made())
    assert json.loads(WRITERS["jsonl"]().each(made(), Style()))["schema"] == "sayso/1"
