"""The same article gives the same bytes: under any hash seed, alone or among others, in any order."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.coding.coder import Coder
from sayso.reading import open_articles
from sayso.records import Article, Coding

EXAMPLES = Path(__file__).parent.parent / "examples"
CODE = """
import sys, sayso
from sayso.reading import open_articles
coder = sayso.load(time_limit=120)
for coding in coder.pipe(open_articles(sys.argv[1])):
    print(coding.to_json())
"""


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    found = [a for path in sorted(EXAMPLES.glob("0*")) for a in open_articles(path) if isinstance(a, Article)]
    assert len(found) == 6
    return found


def coded(coder: Coder, articles: list[Article]) -> dict[str, str]:
    return {c.article.id: c.to_json() for c in coder.pipe(articles) if isinstance(c, Coding)}


def test_the_order_of_articles_changes_nothing(coder: Coder, articles: list[Article]) -> None:
    shuffled = random.Random(7).sample(articles, len(articles))
    assert coded(coder, articles) == coded(coder, shuffled)


def test_an_article_alone_is_coded_as_among_others(coder: Coder, articles: list[Article]) -> None:
    assert coder(articles[1]).to_json() == coded(coder, articles)[articles[1].id]


def test_the_hash_seed_changes_nothing() -> None:
    path = sorted(EXAMPLES.glob("0*"))[1]

    def run(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", CODE, str(path)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    first = run("1")
    assert first.startswith("{")
    assert first == run("4242")
