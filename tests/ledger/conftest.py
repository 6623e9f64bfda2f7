"""Ledgers of both kinds, and the examples' codings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.reading import open_articles
from sayso.records import Article, Coding

EXAMPLES = Path(__file__).parents[2] / "examples"

MakeLedger = Callable[[], Ledger]


@pytest.fixture
def new_ledger(new_url: Callable[[], str]) -> Iterator[MakeLedger]:
    """Makes empty ledgers, on each of the two databases in turn."""
    opened: list[Ledger] = []

    def make() -> Ledger:
        opened.append(Ledger.open(new_url()))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def ledger(new_ledger: MakeLedger) -> Ledger:
    """An empty ledger, on each of the two databases in turn."""
    return new_ledger()


@pytest.fixture(scope="session")
def examples(coder: Coder) -> list[Coding]:
    """The codings of the six example reports."""
    read = [one for path in sorted(EXAMPLES.glob("0*")) for one in open_articles(path)]
    return [coder.code(one) for one in read if isinstance(one, Article)]
