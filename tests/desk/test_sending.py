"""Files that are sent while they are written: of one state of the ledger, whole or visibly not, and some at a time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from desk.conftest import Program
from desk.problems import is_problem
from sayso.desk import sending
from sayso.desk.errors import TooOften
from sayso.desk.sending import File, Turns
from sayso.errors import LedgerError
from sayso.exports import geojson
from sayso.ledger import Ledger
from sayso.ledger.asking import choosing

Client = Callable[..., TestClient]


def sent(file: File) -> list[bytes]:
    """The parts of a file as a server sends them. Raises what writing it raises."""
    parts: list[bytes] = []

    async def send(message: dict[str, object]) -> None:
        body = message.get("body", b"")
        assert isinstance(body, bytes)
        parts.append(body)

    async def receive() -> dict[str, str]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    asyncio.run(file({"type": "http"}, receive, send))  # type: ignore[arg-type]
    return [part for part in parts if part]


def test_a_file_is_sent_in_parts_of_some_size() -> None:
    lines = ["x" * 999 + "\n"] * 1000
    parts = sent(File("f.csv", "text/csv", lines, Turns()))
    assert b"".join(parts).decode() == "".join(lines)
    assert 2 < len(parts) < 20


def test_what_fails_at_first_is_an_answer_in_words(
    program: Program, client_of: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object, **_more: object) -> None:
        raise LedgerError("the disk is full")

    monkeypatch.setattr(choosing, "_ordered", fails)
    told = is_problem(program().get("/api/export?format=jsonl&corrected=true"), 422)
    assert "the disk is full" in told["detail"]
    monkeypatch.setattr(geojson, "text", fails)
    answer = client_of().get("/situation.geojson")
    assert answer.status_code == 422
    assert "the disk is full" in answer.text


def test_what_fails_later_breaks_the_answer_off() -> None:
    """No foot is written, and who asked is told by the connection."""
    turns = Turns(1)

    def parts() -> Iterator[str]:
        yield "x" * sending.PART
        raise LedgerError("gone")

    file = File("f.csv", "text/csv", parts(), turns)
    with pytest.raises(LedgerError, match="gone"):
        sent(file)
    sent(File("f.csv", "text/csv", ["x"], turns))  # the turn was given back


def test_who_goes_away_gives_back_the_turn() -> None:
    turns = Turns(1)
    file = File("f.csv", "text/csv", ["x" * sending.PART] * 9, turns)
    with pytest.raises(TooOften, match="Too many files"):
        File("g.csv", "text/csv", ["x"], turns)

    async def send(_: object) -> None:
        raise ConnectionError

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    with pytest.raises(BaseException):  # noqa: B017 - whatever the server makes of it
        asyncio.run(file({"type": "http"}, receive, send))
    sent(File("f.csv", "text/csv", ["x"], turns))


def test_more_files_than_are_written_at_a_time_are_refused(
    program: Program, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.state.desk, "turns", Turns(1))
    with app.state.desk.turns.one():
        is_problem(program().get("/api/export?format=csv"), 429)
    assert program().get("/api/export?format=csv").status_code == 200


def test_an_export_does_not_see_what_is_changed_meanwhile(
    app: FastAPI, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report is corrected and an incident merged after the first part was written: it is the file that it would have been."""
    from sayso.desk.api.exports import _parts
    from sayso.ledger import Selection

    whole = "".join(_parts(ledger, Selection(), "geojson", True))
    parts = _parts(ledger, Selection(), "geojson", True)
    begun = [next(parts), next(parts)]
    one, other, *_ = sorted(ledger.incidents(), key=lambda found: -len(found.reports))
    ledger.join(one.id, other.id, who="me")
    report = other.reports[0]
    coding = ledger.coding(report.article)
    assert coding is not None
    trigger = next(event.trigger for event in coding.events if event.id == report.event)
    made = ledger.annotate(report.article, trigger, kind="editing", creator="r", field="events", value=None)
    ledger.review(made, "accepted", who="e")
    ledger.refresh()
    assert "".join((*begun, *parts)) == whole
    assert json.loads(whole)["features"]
    assert "".join(_parts(ledger, Selection(), "geojson", True)) != whole
