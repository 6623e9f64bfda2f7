"""What is not in English is no failure: it is counted at the end, and a ledger keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.ledgers import Sayso, stats, watch
from sayso.coding.coder import Coder

ENGLISH = "Police arrested nine protesters in Almaty on Wednesday, the interior ministry said."
RUSSIAN = "Полиция задержала девять человек на площади, сообщило министерство, объявив {}-й день. Мы это видели."
UKRAINIAN = "Поліція затримала дев'ять людей на площі, повідомило міністерство їхніх справ, {}-й день."


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch, coder: Coder) -> None:
    watch(monkeypatch, coder)


def texts(folder: Path, *given: str) -> Path:
    path = folder / "news.jsonl"
    path.write_text(
        "\n".join(json.dumps({"id": f"a{at}", "text": text}) for at, text in enumerate(given)), encoding="utf-8"
    )
    return path


def test_few_are_named_one_by_one_at_the_end(run: Sayso, tmp_path: Path) -> None:
    done = run("code", texts(tmp_path, RUSSIAN.format(1), ENGLISH))
    assert done.err == "note: news.jsonl (a0): not in English (ru)\n"
    assert [json.loads(line)["article"]["id"] for line in done.lines] == ["a1"]
    assert done.status == 0


def test_many_are_counted_by_language(run: Sayso, tmp_path: Path) -> None:
    others = [RUSSIAN.format(at) for at in range(4)] + [UKRAINIAN.format(at) for at in range(2)]
    done = run("code", texts(tmp_path, *others, ENGLISH))
    assert done.err == "note: 1 article coded, 6 not in English (ru 4, uk 2)\n"
    assert done.status == 0


def test_failures_are_named_each_and_make_the_status_one(run: Sayso, tmp_path: Path) -> None:
    done = run("code", texts(tmp_path, *[RUSSIAN.format(at) for at in range(5)], ENGLISH, " "))
    *_, error, summary = done.err.splitlines()
    assert error == f"error: {tmp_path}/news.jsonl:7: the text is empty"
    assert summary == "note: 1 article coded, 5 not in English (ru 5), 1 could not be read or coded"
    assert done.status == 1


def test_where_nothing_could_be_coded_the_status_says_so(run: Sayso, tmp_path: Path) -> None:
    assert run("code", texts(tmp_path, RUSSIAN.format(1))).status == 1
    assert run("code", texts(tmp_path, ENGLISH)).err == ""


def test_a_ledger_keeps_them_to_be_searched(run: Sayso, tmp_path: Path) -> None:
    path, ledger = texts(tmp_path, RUSSIAN.format(1), ENGLISH), tmp_path / "ledger.db"
    done = run("add", path, "-l", ledger)
    assert done.lines == ["kept, not coded\ta0", "added\ta1"]
    assert done.err == "note: news.jsonl (a0): not in English (ru)\n"
    assert done.status == 0
    assert run("add", path, "-l", ledger).lines == ["there already\ta0", "there already\ta1"]
    counted = stats(run, "-l", ledger)
    assert (counted["articles"], counted["uncoded"], counted["codings"]) == ("2", "1", "1")
    assert "a0" in run("search", "задержала", "-l", ledger).out
    assert run("ledger", "check", "-l", ledger).status == 0
    assert run("recode", "-l", ledger).status == 0
