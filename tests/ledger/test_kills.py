"""A ledger loses nothing that was kept and keeps nothing by halves, whenever its writer is killed and however many there are."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kills import ended, environment, lives, serving, start
from ledger.stories import BOMBING, ELSEWHERE, PROTEST, add, by_another_coder, coded, in_json
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.records import Coding

WRITER = Path(__file__).with_name("writer.py")
KILLS = {"sqlite": 50, "postgresql": 8}
SOME = 20
"""Kills up to which fewer codings are enough."""
TOWNS = ("Baghdad", "Mosul", "Kirkuk", "Basra", "Aleppo", "Homs", "Kabul", "Herat")
EDITIONS = 9
"""Papers that print each text: there is work for all who are killed, on a fast machine too."""
LONGEST = 0.03
"""Seconds after its first word that a writer lives at most: one article or a few."""
STARTING = 0.5
"""Seconds that a writer lives at most that is killed before its first word."""


def prepared(coder: Coder) -> list[Coding]:
    """Some hundred: of each town's bombing in several words, with copies, and of some articles newer codings."""
    made = []
    for town in TOWNS:
        for name, text in {**BOMBING, "dawn": ELSEWHERE, "steppe": PROTEST}.items():
            text = text.replace("Baghdad", town).replace("Karachi", town).replace("Almaty", town)
            made.append(coded(coder, text, outlet=f"{name} {town}"))
    copies = [printed(one, f"edition {number}") for number in range(1, EDITIONS) for one in made]
    return [*made, *copies, *map(by_another_coder, made[:10])]


def printed(one: Coding, name: str) -> Coding:
    """The same text in another paper."""
    named = {"id": f"{one.article.id} {name}", "source": name, "outlet": name}
    return one.model_copy(update={"article": one.article.model_copy(update=named)})


@pytest.fixture
def codings(coder: Coder) -> list[Coding]:
    return prepared(coder)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The process of which writers are children."""
    with serving(WRITER, tmp_path / "log") as made:
        yield made


def killed(writer: int, out: Path, after: float, *, starting: bool) -> list[str]:
    """What a writer had said when it was killed so many seconds after its start or after its first word."""
    while not starting and lives(writer) and not (out.exists() and out.stat().st_size):
        time.sleep(0.001)
    time.sleep(after)
    ended(writer, signal.SIGKILL)
    return out.read_text(encoding="utf-8").splitlines() if out.exists() else []


def test_no_kill_loses_an_article(
    new_url: Callable[[], str], codings: list[Coding], server: subprocess.Popen[str], tmp_path: Path
) -> None:
    """What was said to be kept is there, whole; and what is made in the end is what is made without kills.

    Each writer goes on after the last article of which the one before it said that it was kept.
    """
    url, draw, file = new_url(), random.Random(7), tmp_path / "codings.jsonl"
    said: list[str] = []
    with Ledger.open(url) as ledger:
        kills = KILLS[ledger.engine.dialect.name]
        codings = codings if kills > SOME else [*codings[: 4 * SOME], *codings[-SOME:]]
        file.write_text("".join(f"{one.to_json()}\n" for one in codings), encoding="utf-8")
        for number in range(kills):
            starting = number % 6 == 5
            out = tmp_path / f"said{number}"
            writer = start(server, url, file, str(len(said)), "1", out)
            said += killed(writer, out, draw.uniform(0, STARTING if starting else LONGEST), starting=starting)
        assert kills / 2 < len(said) < len(codings), "the kills did not come while articles were added"
        assert set(said) <= {one.article.id for one in ledger.codings()}
        assert list(ledger.check()) == []
        add(ledger, codings[len(said) :])
        assert list(ledger.check()) == []
        survived = in_json(ledger)
        whole = {one.article.id: one for one in codings}
        assert {one.article.id: one for one in ledger.codings()} == whole
    with Ledger.open(new_url()) as untroubled:
        add(untroubled, codings)
        assert in_json(untroubled) == survived


def test_writers_at_once(new_url: Callable[[], str], codings: list[Coding], tmp_path: Path) -> None:
    """Nothing is lost and nothing is there twice, though most articles are added by more than one."""
    url, file = new_url(), tmp_path / "some.jsonl"
    some = [*codings[:70], *codings[-10:]]
    file.write_text("".join(f"{one.to_json()}\n" for one in some), encoding="utf-8")
    commands = [
        [url, str(file), str(first), str(every), str(tmp_path / f"{first}")] for first, every in ((0, 1), (1, 2))
    ]
    writers = [
        subprocess.Popen([sys.executable, str(WRITER), *one], stderr=subprocess.PIPE, env=environment())
        for one in commands
    ]
    for one in writers:
        _, wrong = one.communicate(timeout=200)
        assert (one.returncode, wrong) == (0, b"")
    said = {line for one in commands for line in Path(one[-1]).read_text(encoding="utf-8").splitlines()}
    with Ledger.open(url) as ledger:
        kept = [one.article.id for one in ledger.codings()]
        assert sorted(kept) == sorted({one.article.id for one in some}) == sorted(said)
        assert ledger.stats()["events"] == sum(len(one.events) for one in ledger.codings())
        assert list(ledger.check()) == []
