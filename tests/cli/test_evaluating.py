"""`sayso evaluate`: the table on standard output, and the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import QuickCoder
from typer.testing import CliRunner, Result

import sayso
from sayso.cli import running
from sayso.cli.commands import app


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(sayso, "load", lambda *_, **__: QuickCoder())
    monkeypatch.setattr(running, "make_gazetteer", lambda: None)
    path = tmp_path / "cases.jsonl"
    path.write_text(
        '{"id": "x", "category": "calm", "text": "Quiet.", "expect": [{"no_event": {"near": "Quiet"}}]}\n'
        '{"id": "y", "category": "places", "text": "In Lomé.", "expect": [{"place": {"text": "Lomé"}}]}\n',
        encoding="utf-8",
    )
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["evaluate", "expect", *map(str, arguments)], catch_exceptions=False)


def test_failures_then_the_table(cases: Path) -> None:
    result = run(cases)
    assert result.stdout.splitlines()[0] == 'y: place {"text": "Lomé"}'
    assert [line.split() for line in result.stdout.splitlines()[2:]] == [
        ["calm", "1", "of", "1", "100.0", "%"],
        ["places", "0", "of", "1", "0.0", "%"],
        ["all", "1", "of", "2", "50.0", "%"],
    ]
    assert result.exit_code == 0


def test_quiet_is_the_table_alone(cases: Path) -> None:
    assert run(cases, "--quiet").stdout.startswith("calm")


def test_below_the_least_is_status_1(cases: Path) -> None:
    assert run(cases, "--least", "50").exit_code == 0
    assert run(cases, "--least", "51").exit_code == 1


def test_what_cannot_be_coded_is_told(cases: Path) -> None:
    cases.write_text('{"id": "z", "text": "They stumble.", "expect": []}', encoding="utf-8")
    result = run(cases)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: z:")
