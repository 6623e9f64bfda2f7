"""A version is said in one place; what must say it too says the same."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def test_there_is_one_version() -> None:
    """pyproject.toml gives it; the installed package, the changelog's latest entry and the citation have it, and no module states it."""
    assert version("sayso") == VERSION
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (latest, date) = re.findall(r"^## (\S+) – (\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE)[0]
    assert latest == VERSION
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {VERSION}\ndate-released: {date}\n" in citation
    modules = (ROOT / "src").rglob("*.py")
    assert [one.name for one in modules if f'"{VERSION}"' in one.read_text(encoding="utf-8")] == []
