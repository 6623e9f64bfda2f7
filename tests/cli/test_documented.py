"""README.md names every command; what they take and give is in the reference (tests/docs/test_reference.py)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from sayso.cli.commands import app

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", get_command(app).commands)  # type: ignore[attr-defined]
def test_every_command_is_in_the_readme(name: str) -> None:
    """Among the commands, with what it does."""
    rows = [line for line in README.splitlines() if re.match(rf"\| .*`sayso {name}`.* \| \w", line)]
    assert len(rows) == 1
