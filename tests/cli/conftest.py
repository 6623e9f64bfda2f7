"""What the tests of the ledger's commands share: a ledger with the examples, and `sayso` to run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.ledgers import EXAMPLES, Sayso, runner
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.reading import open_articles
from sayso.records import Coding


@pytest.fixture(scope="session")
def six(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """A ledger with the six example reports, to be copied."""
    path = tmp_path_factory.mktemp("six") / "ledger.db"
    read = [one for example in EXAMPLES for one in open_articles(example)]
    with Ledger.open(path) as ledger:
        for made in coder.pipe(read):
            assert isinstance(made, Coding)
            ledger.add(made)
        ledger.refresh()
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sayso:
    return runner(monkeypatch, capsys)


@pytest.fixture
def url(six: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which $SAYSO_LEDGER names."""
    path = tmp_path / "ledger.db"
    shutil.copy(six, path)
    monkeypatch.setenv("SAYSO_LEDGER", str(path))
    return path
