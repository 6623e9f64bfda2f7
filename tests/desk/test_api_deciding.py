"""What editors decide of incidents over the API: with a reason, once however often it is sent, and to be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.conftest import Program
from desk.problems import is_problem
from sayso.ledger import Ledger
from sayso.records import Incident

Client = Callable[..., TestClient]


@pytest.fixture
def editor(program: Program) -> TestClient:
    return program("editor", "write")


def two(ledger: Ledger) -> tuple[Incident, Incident]:
    one, other, *_ = sorted(ledger.incidents(), key=lambda one: -len(one.reports))
    return one, other


def told(incident: Incident | dict[str, Any]) -> set[tuple[str, str]]:
    record = incident if isinstance(incident, Incident) else Incident.model_validate(incident)
    return {(one.article, one.event) for one in record.reports}


def some(incident: Incident, number: int = 2) -> list[dict[str, str]]:
    return [{"article": article, "event": event} for article, event in sorted(told(incident))[:number]]


def decided(ledger: Ledger) -> list[object]:
    return [row["action"] for row in ledger.audit_log() if row["action"] in ("join", "part", "confirm")]


def test_a_merge_is_the_pages_merge(editor: TestClient, client_of: Client, ledger: Ledger) -> None:
    one, other = two(ledger)
    answer = editor.post(f"/api/incidents/{one.id}/merge", json={"other": other.id, "why": "one night, one square"})
    assert answer.status_code == 200, answer.text
    assert told(answer.json()) == told(one) | told(other)
    assert editor.get(f"/api/incidents/{other.id}").json() == answer.json()
    page = client_of("editor").get(f"/incidents/{one.id}").text
    assert f'Merged with <a href="/incidents/{other.id}">' in page
    assert "one night, one square" in page
    assert ledger.audit_log()[-1]["who"] == "the-editor"


def test_a_merge_that_is_sent_twice_is_made_once(editor: TestClient, ledger: Ledger) -> None:
    """From either side."""
    one, other = two(ledger)
    sent = {"other": other.id, "why": "one square"}
    answers = [editor.post(f"/api/incidents/{one.id}/merge", json=sent) for _ in range(2)]
    answers.append(editor.post(f"/api/incidents/{other.id}/merge", json={"other": one.id, "why": "one square"}))
    assert [answer.status_code for answer in answers] == [200] * 3
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert decided(ledger) == ["join"]


def test_a_split_makes_an_incident_of_the_reports(editor: TestClient, ledger: Ledger) -> None:
    one, _ = two(ledger)
    answer = editor.post(f"/api/incidents/{one.id}/split", json={"reports": some(one), "why": "of Aktau"})
    assert answer.status_code == 201, answer.text
    assert editor.get(answer.headers["location"]).json() == answer.json()
    assert [tuple(report.values()) for report in some(one)] == sorted(told(answer.json()))
    assert told(editor.get(f"/api/incidents/{one.id}").json()) == told(one) - told(answer.json())


def test_a_split_that_is_sent_twice_is_made_once(editor: TestClient, ledger: Ledger) -> None:
    """And one of other reports, of which some have left already, is none."""
    one, _ = two(ledger)
    sent = {"reports": some(one), "why": "of Aktau"}
    first, second = (editor.post(f"/api/incidents/{one.id}/split", json=sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json()
    assert second.headers["location"] == first.headers["location"]
    for other in (some(one, 1), some(one, 3)):
        is_problem(editor.post(f"/api/incidents/{one.id}/split", json={"reports": other, "why": "of Aktau"}), 409)
    assert decided(ledger) == ["part"]


def test_reports_that_are_named_twice_leave_once(editor: TestClient, ledger: Ledger) -> None:
    one, _ = two(ledger)
    sent = {"reports": some(one, 1) * 2, "why": "of Aktau"}
    made = editor.post(f"/api/incidents/{one.id}/split", json=sent)
    assert len(told(made.json())) == 1


def test_a_confirmation_that_is_sent_twice_is_one(editor: TestClient, program: Program, ledger: Ledger) -> None:
    """Another reason is another one, and so is another person's."""
    one, _ = two(ledger)
    for _ in range(2):
        answer = editor.post(f"/api/incidents/{one.id}/confirm", json={"why": "I was there"})
        assert answer.json() == one.model_dump(mode="json", by_alias=True)
    assert decided(ledger) == ["confirm"]
    editor.post(f"/api/incidents/{one.id}/confirm", json={"why": "The hospital says so too"})
    program("admin", "write").post(f"/api/incidents/{one.id}/confirm", json={"why": "The hospital says so too"})
    assert decided(ledger) == ["confirm"] * 3


def test_decisions_are_listed_and_undone(editor: TestClient, ledger: Ledger) -> None:
    one, other = two(ledger)
    editor.post(f"/api/incidents/{one.id}/confirm", json={"why": "I was there"})
    editor.post(f"/api/incidents/{one.id}/merge", json={"other": other.id, "why": "hasty"})
    merge, confirmed = editor.get(f"/api/incidents/{one.id}/decisions").json()["items"]
    assert (merge["action"], merge["other"], merge["why"], merge["undoable"]) == ("merge", other.id, "hasty", True)
    assert (confirmed["action"], confirmed["reports"], confirmed["undoable"]) == ("confirm", len(one.reports), False)
    undone = {"line": merge["line"], "why": "two squares"}
    assert told(editor.post(f"/api/incidents/{one.id}/undo", json=undone).json()) == told(one)
    assert told(editor.get(f"/api/incidents/{other.id}").json()) == told(other)
    is_problem(editor.post(f"/api/incidents/{one.id}/undo", json=undone), 409)
    assert list(ledger.check()) == []


def test_a_decision_is_undone_where_it_was_made(editor: TestClient, ledger: Ledger) -> None:
    """Not by the address of an incident that has nothing to do with it, though a reason names that one."""
    one, other, third, *_ = sorted(ledger.incidents(), key=lambda one: -len(one.reports))
    editor.post(f"/api/incidents/{one.id}/merge", json={"other": other.id, "why": f"not as {third.id}"})
    (merge,) = editor.get(f"/api/incidents/{one.id}/decisions").json()["items"]
    assert editor.get(f"/api/incidents/{third.id}/decisions").json()["items"] == []
    undone = {"line": merge["line"], "why": "two squares"}
    is_problem(editor.post(f"/api/incidents/{third.id}/undo", json=undone), 404)


@pytest.mark.parametrize("why", [None, "", "  \n", "\u2003", "\0", "x" * 2001])
def test_every_decision_needs_a_reason(editor: TestClient, ledger: Ledger, why: str | None) -> None:
    one, other = two(ledger)
    sent = {} if why is None else {"why": why}
    for act, given in (("merge", {"other": other.id}), ("split", {"reports": some(one)}), ("confirm", {}), ("undo", {"line": 1})):  # fmt: skip
        problem = is_problem(editor.post(f"/api/incidents/{one.id}/{act}", json={**given, **sent}), 422)
        assert problem["errors"][0]["where"] == "body/why"
    assert decided(ledger) == []


@pytest.mark.parametrize(
    ("act", "given", "status"),
    [
        ("merge", {"other": "i0000000000"}, 404),
        ("merge", {"other": "itself"}, 409),
        ("merge", {"other": ""}, 422),
        ("split", {"reports": []}, 422),
        ("split", {"reports": "all"}, 409),
        ("split", {"reports": [{"article": "nowhere", "event": "e1"}]}, 409),
        ("split", {"reports": [{"article": "nowhere"}]}, 422),
        ("undo", {"line": 12345}, 404),
        ("undo", {"line": 0}, 422),
    ],
)
def test_what_cannot_be_decided_is_a_problem(
    editor: TestClient, ledger: Ledger, act: str, given: dict[str, Any], status: int
) -> None:
    one, _ = two(ledger)
    meant: dict[str, Any] = {"itself": one.id, "all": some(one, len(one.reports))}
    given = {name: meant.get(value, value) if isinstance(value, str) else value for name, value in given.items()}
    is_problem(editor.post(f"/api/incidents/{one.id}/{act}", json={**given, "why": "x"}), status)
    assert ledger.incident(one.id) == one
    is_problem(
        editor.post(f"/api/incidents/i0000000000/{act}", json={**given, "why": "x"}), 422 if status == 422 else 404
    )


def test_only_editors_decide_and_only_with_the_scope(program: Program, client_of: Client, ledger: Ledger) -> None:
    one, other = two(ledger)
    sent = {"merge": {"other": other.id}, "split": {"reports": some(one)}, "confirm": {}, "undo": {"line": 1}}
    for client in (program("coder", "write"), program("reader", "write"), program("editor"), client_of("coder")):
        for act, given in sent.items():
            is_problem(client.post(f"/api/incidents/{one.id}/{act}", json={**given, "why": "x"}), 403)
    forged = {"sec-fetch-site": "cross-site"}
    confirmed = {"json": {"why": "x"}, "headers": forged}
    is_problem(client_of("editor").post(f"/api/incidents/{one.id}/confirm", **confirmed), 403)
    assert program().get(f"/api/incidents/{one.id}/decisions").json() == {"items": []}
    assert decided(ledger) == []


def test_a_reason_is_kept_without_personal_data(editor: TestClient, ledger: Ledger) -> None:
    """In the log, which forgets nothing; and the same request is still the same."""
    one, other = two(ledger)
    why = "ask a.serik@example.kz"
    for _ in range(2):
        editor.post(f"/api/incidents/{one.id}/confirm", json={"why": why})
    editor.post(f"/api/incidents/{one.id}/merge", json={"other": other.id, "why": why})
    line = editor.get(f"/api/incidents/{one.id}/decisions").json()["items"][0]["line"]
    editor.post(f"/api/incidents/{one.id}/undo", json={"line": line, "why": why})
    assert decided(ledger) == ["confirm", "join", "part"]
    assert "a.serik@example.kz" not in str(ledger.audit_log())
