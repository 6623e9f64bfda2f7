"""What once broke a reader, replayed: any bytes under any name are articles whose offsets hold, or errors that name the input."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fuzz.promise import Broken, check, kinds, shapes, smaller
from fuzz.twists import TWISTS, twisted
from sayso.records import Article, Block

CORPUS = Path(__file__).parent / "corpus"
KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
MOST_BYTES = 100_000
TWISTED = 25
"""Inputs of each kind that are made anew in every run, always the same."""


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}/{path.name}" for path in KEPT])
def test_what_once_broke_a_reader_breaks_none(path: Path, tmp_path: Path) -> None:
    """Every input that fuzzing has found is read or refused by name."""
    assert path.parent.name in kinds()
    assert path.stat().st_size <= MOST_BYTES
    shapes(path.parent.name, path.read_bytes(), tmp_path)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_sound_inputs_are_articles(kind: str, tmp_path: Path) -> None:
    """What fuzzing begins with is sound: else it would only try what is refused at once."""
    found = shapes(kind, kinds()[kind], tmp_path)
    assert any(one.startswith("article") for one in found) or kind in ("sitemap", "feed.json")  # they give no full text


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_twisted_inputs_are_read_or_refused(kind: str, tmp_path: Path) -> None:
    """A sound input with something wrong in it gives articles whose offsets hold, or errors that name it; nothing else."""
    chance = random.Random(kind)
    for _ in range(4 if kind == "pdf" else TWISTED):
        shapes(kind, twisted(kinds()[kind], chance)[:MOST_BYTES], tmp_path)


def test_twists_are_the_same_every_time() -> None:
    """An input that broke something can be made again, and every twist does something to some input."""
    data = kinds()["html"]
    assert twisted(data, random.Random(7)) == twisted(data, random.Random(7))
    for twist in TWISTS:
        assert any(twist(data, random.Random(number)) != data for number in range(20)), twist.__name__


@pytest.mark.parametrize(
    "blocks",
    [(Block(kind="body", start=0, end=4),), (Block(kind="body", start=0, end=9), Block(kind="body", start=8, end=10))],
)
def test_the_promise_is_looked_at(blocks: tuple[Block, ...]) -> None:
    """Words outside of the blocks are found, and blocks that overlap."""
    with pytest.raises(Broken):
        check(Article(id="a", source="a", text="Police won", blocks=blocks))


def test_what_is_kept_is_small() -> None:
    """Of a long input that breaks something little more than what breaks it is kept."""
    found = smaller(b"x" * 500 + b"bad" + b"y" * 700, lambda data: b"bad" in data)
    assert found == b"bad"
