"""README.md names every command, format, task and table: what is added without a word in it fails here."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from typer.main import get_command

from sayso.cli.commands import Format, app
from sayso.cli.ledger_commands import AnswerFormat, ExportFormat, IncidentFormat
from sayso.evaluation import TASKS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GROUPS = get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", GROUPS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"sayso {name}\b", README)


@pytest.mark.parametrize("name", GROUPS["ledger"].commands)
def test_every_command_that_looks_after_a_ledger_is_in_the_readme(name: str) -> None:
    """On a line with `sayso ledger`."""
    assert any(re.search(rf"\b{name}\b", line) for line in README.splitlines() if "sayso ledger" in line)


@pytest.mark.parametrize("task", [*TASKS, "corrections"])
def test_every_task_of_evaluation_is_in_the_readme(task: str) -> None:
    assert f"`{task}`" in README or f"sayso evaluate {task}" in README


@pytest.mark.parametrize("format", ExportFormat)
def test_every_format_of_export_has_its_row(format: ExportFormat) -> None:
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    assert any(f"`{format.value}`" in row.split("|")[1] for row in rows)


@pytest.mark.parametrize(
    ("command", "formats"), [("code", Format), ("incidents", IncidentFormat), ("query", AnswerFormat)]
)
def test_every_other_format_stands_by_its_command(
    command: str, formats: type[Format] | type[IncidentFormat] | type[AnswerFormat]
) -> None:
    lines = " ".join(line for line in README.splitlines() if f"sayso {command} " in line)
    assert [one.value for one in formats if one.value not in lines] == []


def test_every_table_of_a_query_is_in_the_readme_as_it_is() -> None:
    """`python tools/readme.py` puts it there."""
    assert runpy.run_path(str(ROOT / "tools" / "readme.py"))["tables"]() in README
