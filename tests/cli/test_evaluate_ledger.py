"""`sayso evaluate incidents` and `sayso evaluate corrections`: figures on standard output, floors, and what cannot be scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.ledgers import Done, Sayso, watch
from sayso.coding.coder import Coder

STORY = "Police arrested nine protesters in Almaty on Wednesday."
AGAIN = "Nine protesters were arrested by police in Almaty on Wednesday, witnesses said."


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    path = tmp_path / "stories.jsonl"
    rows = [{"id": f"story-{n}", "text": text, "published": "2022-01-06"} for n, text in enumerate((STORY, AGAIN))]
    for row in rows:
        at = row["text"].index("arrested")
        row["reports"] = [{"incident": "arrests", "spans": [[at, at + len("arrested")]]}]  # type: ignore[assignment]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def figures(done: Done) -> dict[str, tuple[str, ...]]:
    return {name: tuple(rest) for name, *rest in (line.split() for line in done.lines)}


def test_incidents_are_found_anew_for_the_golds_texts(
    run: Sayso, stories: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    watched = watch(monkeypatch, coder)
    done = run("evaluate", "incidents", stories, "--at-least", "SCORE=100")
    assert (done.err, done.status) == ("", 0)
    assert figures(done)["found"] == ("100.0", "2")
    assert figures(done)["b3_f1"] == ("100.0", "2")
    assert watched.coded == ["story-0", "story-1"]


def test_incidents_of_codings_made_before_are_scored(
    run: Sayso, stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    watch(monkeypatch, coder)
    run("code", stories, "-f", "jsonl", "-o", tmp_path / "coded.jsonl")
    watched = watch(monkeypatch, coder)
    done = run("evaluate", "incidents", stories, "--pred", tmp_path / "coded.jsonl", "-f", "json")
    assert (json.loads(done.out)["figures"]["found"], watched.coded) == ({"value": 100.0, "n": 2}, [])


def corrected(run: Sayso, stories: Path) -> None:
    """A ledger in which an editor has accepted one of two corrections."""
    run("add", stories)
    for value in ("PROTEST", "AID"):
        made = run("annotate", "story-0", "arrested", "--field", "events/type", "--value", value, "--who", "Ada")
        if value == "PROTEST":
            run("review", "accepted", made.lines[0], "--who", "Bo")


def test_the_coder_is_scored_on_what_people_corrected(
    run: Sayso, stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    """The ledger's own codings serve where they are this coder's; another one codes the corrected articles."""
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger.db"))
    watched = watch(monkeypatch, coder)
    corrected(run, stories)
    done = run("evaluate", "corrections")
    assert (done.err, done.status) == ("", 0)
    assert figures(done)["events/type_still"] == figures(done)["still"] == ("100.0", "1")
    assert figures(done)["SCORE"] == ("0.0",)
    assert len(watched.coded) == 2
    other = watch(monkeypatch, coder, version="9.9")
    before = run("ledger", "stats").out
    assert run("evaluate", "corrections") == done
    assert other.coded == ["story-0"]
    assert run("ledger", "stats").out == before


def test_corrections_are_held_to_floors(
    run: Sayso, stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger.db"))
    watch(monkeypatch, coder)
    corrected(run, stories)
    done = run("evaluate", "corrections", "-f", "json", "--at-least", "right=50")
    assert (json.loads(done.out)["task"], done.err, done.status) == (
        "corrections",
        "error: right is 0.0, below 50\n",
        1,
    )


def test_a_ledger_without_corrections_has_nothing_to_score(
    run: Sayso, stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder: Coder
) -> None:
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger.db"))
    watch(monkeypatch, coder)
    run("add", stories)
    assert run("evaluate", "corrections") == Done(
        "", f"error: {tmp_path / 'ledger.db'}: no accepted correction in it\n", 1
    )
