"""`sayso evaluate TASK`: figures on standard output, floors, and what is said of a wrong file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import QuickCoder
from typer.testing import CliRunner, Result

import sayso
from made import INFO
from sayso.cli import running
from sayso.cli.commands import app
from sayso.records import Article, Coding, Event, Span, Time

TEXT = "They met on 4 May 2020 and again on 5 May 2020."
FIRST, SECOND = Span(12, 22), Span(36, 46)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    times = [{"span": span, "type": "DATE", "value": f"2020-05-0{day}"} for span, day in ((FIRST, 4), (SECOND, 5))]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "x", "text": TEXT, "times": times}) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def pred(tmp_path: Path) -> Path:
    """One of the two, and nothing else."""
    time = Time(id="t1", text="4 May 2020", span=FIRST, start="2020-05-04", end="2020-05-04")
    event = Event(id="e1", trigger=Span(5, 8), span=Span(0, 8), type="CONSULT")
    path = tmp_path / "pred.jsonl"
    coding = Coding(coder=INFO, article=Article(id="x", text=TEXT), times=(time,), events=(event,))
    path.write_text(coding.to_json() + "\n", encoding="utf-8")
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayso, "load", lambda *_, **__: QuickCoder())
    monkeypatch.setattr(running, "make_gazetteer", lambda: None)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)], catch_exceptions=False)


def stopped(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """As a person runs it: errors are one line and status 1."""
    command = [sys.executable, "-m", "sayso", "evaluate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_prediction_file_is_scored_without_coding(gold: Path, pred: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayso, "load", lambda *_, **__: pytest.fail("nothing is to be coded"))
    result = run("times", gold, "--pred", pred)
    assert result.stdout.splitlines()[-4:] == [
        "value_p     100.0  1",
        "value_r      50.0  2",
        "value_f1     66.7  2",
        "SCORE        66.7",
    ]
    assert (result.stderr, result.exit_code) == ("", 0)


def test_json_for_programs(gold: Path, pred: Path) -> None:
    found = json.loads(run("times", gold, "--pred", pred, "--format", "json").stdout)
    assert found["figures"]["value_r"] == {"value": 50.0, "n": 2}
    assert (found["task"], found["articles"], found["missing"], round(found["score"], 1)) == ("times", 1, 0, 66.7)


def test_figures_are_held_to_their_floors_as_printed(gold: Path, pred: Path) -> None:
    kept = run("times", gold, "--pred", pred, "--at-least", "value_f1=66.7", "--at-least", "SCORE=60")
    assert (kept.exit_code, kept.stderr) == (0, "")
    missed = run("times", gold, "--pred", pred, "--at-least", "value_f1=67", "--at-least", "value_r=50.1")
    assert missed.exit_code == 1
    assert missed.stderr == "error: value_f1 is 66.7, below 67\nerror: value_r is 50.0, below 50.1\n"
    assert missed.stdout == kept.stdout


@pytest.mark.parametrize("floor", ["value_f1", "=3", "value_f1=high", "value_f1=nan"])
def test_a_floor_has_a_name_and_a_number(floor: str, gold: Path, pred: Path) -> None:
    result = run("times", gold, "--pred", pred, "--at-least", floor)
    assert result.exit_code == 2
    assert "NAME=VALUE" in result.stderr


def test_an_unknown_figure_is_no_floor(gold: Path, pred: Path) -> None:
    done = stopped("times", gold, "--pred", pred, "--at-least", "F1=50")
    assert done.returncode == 1
    assert done.stderr.startswith("error: --at-least: no figure 'F1'; there is: strict_p, ")


@pytest.mark.usefixtures("quick")
def test_the_golds_texts_are_coded(gold: Path) -> None:
    """The coder of this test finds nothing."""
    result = run("times", gold)
    assert result.stdout.splitlines()[-1].split() == ["SCORE", "0.0"]
    assert (result.stderr, result.exit_code) == ("", 0)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("task", ["times", "parse"])
def test_what_cannot_be_coded_is_told_and_counts_as_missing(task: str, tmp_path: Path) -> None:
    path = tmp_path / "gold"
    words = [f"{n}\t{form}\t_\tX\t_\t_\t{n - 1}\tdep\t_\t_\n" for n, form in enumerate(("They", "stumble"), start=1)]
    row = json.dumps({"id": "z", "text": "They stumble.", "times": []})
    path.write_text(row if task == "times" else f"# sent_id = z\n{''.join(words)}\n", encoding="utf-8")
    result = run(task, path)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: z:")
    assert result.stderr.count("\n") == 1
    assert "SCORE" in result.stdout


@pytest.mark.usefixtures("quick")
def test_a_treebank_is_parsed_from_its_text(tmp_path: Path) -> None:
    """The coder of this test knows words and nothing else."""
    path = tmp_path / "gold.conllu"
    words = [f"{n}\t{form}\t_\tX\t_\t_\t{n - 1}\tdep\t_\t_\n" for n, form in enumerate(("He", "left"), start=1)]
    path.write_text(f"# newdoc id = d\n# text = He left\n{''.join(words)}\n", encoding="utf-8")
    figures = {line.split()[0]: line.split()[1] for line in run("parse", path).stdout.splitlines()}
    assert (figures["tokens_f1"], figures["words_f1"], figures["UPOS_f1"]) == ("100.0", "100.0", "0.0")


def test_missing_and_altered_articles_are_told(gold: Path, pred: Path) -> None:
    rows = gold.read_text(encoding="utf-8")
    gold.write_text(
        rows.replace("again on", "later on") + '{"id": "y", "text": "No.", "times": []}\n', encoding="utf-8"
    )
    result = run("times", gold, "--pred", pred)
    assert result.stderr == "warning: of 2 articles 1 missing, 1 with another text\n"
    assert result.exit_code == 0


def test_wrong_gold_is_one_line_with_file_and_line(gold: Path, pred: Path) -> None:
    gold.write_text(gold.read_text(encoding="utf-8") + '{"id": "y", "text": "No.", "times": [{}]}\n', encoding="utf-8")
    done = stopped("times", gold, "--pred", pred)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {gold}:2: times.0.span: Field required\n"


def test_a_label_map_is_a_file_with_a_function(gold: Path, pred: Path, tmp_path: Path) -> None:
    row = {"id": "x", "text": TEXT, "labels": ["talks"]}
    gold.write_text(json.dumps(row), encoding="utf-8")
    labels = tmp_path / "map.py"
    labels.write_text(
        "import re\n"
        "TALKS = 'CONS'\n"
        "def labels(coding, spans):\n"
        "    return [['talks'] if re.match(TALKS, event['type']) else [] for event in coding['events']]\n",
        encoding="utf-8",
    )
    result = run("sentences", gold, "--pred", pred, "--labelmap", labels, "--headline", "talks")
    assert result.stdout.splitlines()[-1].split() == ["SCORE", "100.0"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "no function labels(coding, spans) in it"),
        ("labels = 1 / 0", "ZeroDivisionError: division by zero"),
        ("def labels(coding, spans): return coding['words']", "KeyError: 'words'"),
        ("def labels(coding, spans): return []", "the label map gives 0 lists for 1 sentences"),
    ],
)
def test_what_is_wrong_with_a_label_map_is_one_line(
    code: str, reason: str, gold: Path, pred: Path, tmp_path: Path
) -> None:
    gold.write_text(json.dumps({"id": "x", "text": TEXT, "labels": ["talks"]}), encoding="utf-8")
    labels = tmp_path / "map.py"
    labels.write_text(code, encoding="utf-8")
    done = stopped("sentences", gold, "--pred", pred, "--labelmap", labels)
    assert (done.returncode, done.stderr) == (1, f"error: {labels}: {reason}\n")


def test_a_model_and_predictions_exclude_each_other(gold: Path, pred: Path) -> None:
    assert run("times", gold, "--pred", pred, "--model", "other").exit_code == 2


def test_every_task_has_a_command() -> None:
    from sayso.evaluation import TASKS

    listed = run("--help").stdout
    assert all(task in listed for task in (*TASKS, "corrections", "expect"))
