"""The frame of the project: the lock, the examples, the two commands."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from sayso.coding.coder import Coder
from sayso.reading import open_articles
from sayso.records import Article, Coding

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("0*"))


def test_the_lock_names_versions_and_nothing_else() -> None:
    """`name==version` a line: no host, no path, no training library; every dependency of the project is there."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*==[A-Za-z0-9.!+_]+", line) for line in lines)
    locked = {line.partition("==")[0] for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {canonicalize_name(Requirement(name).name) for name in wanted} <= locked
    assert "torch" not in locked


def test_the_lock_installs_on_the_oldest_python() -> None:
    """Every locked version takes the first release of the oldest Python that sayso takes: 3.11.0, not only 3.11.5."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=") + ".0"
    refused, asked = [], 0
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        # What is installed in another version says nothing of the locked one.
        if installed.version == version:
            asked += 1
            if oldest not in SpecifierSet(installed.metadata["Requires-Python"] or ""):
                refused.append(line)
    assert asked > 100
    assert not refused


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_short_reports_that_can_be_coded(path: Path, coder: Coder) -> None:
    """Each holds one article with a title, of 150 to 300 words, and gives events of which some are claims."""
    (article,) = open_articles(path)
    assert isinstance(article, Article)
    assert 150 <= len(article.text.split()) <= 300
    (coding,) = coder.pipe([article])
    assert isinstance(coding, Coding)
    assert coding.events
    assert any(event.statements for event in coding.events)


def test_the_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in ("demo", "test"):
        assert f"make {command}" in text
        assert f"\n{command}:" in makefile
