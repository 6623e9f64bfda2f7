"""The API: what programs are told, what they may change, and how they are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Program, Visit, faults
from desk.problems import is_problem
from sayso.desk.api import application, examples
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.ledger import Ledger
from sayso.ledger.people.accounts import Role
from sayso.records import Coding, Incident, Span

Client = Callable[..., TestClient]


def test_nobody_is_told_anything_without_a_token(client_of: Client) -> None:
    answer = client_of(None).get("/api/incidents")
    is_problem(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"
    refused = client_of(None).get("/api/incidents", headers={"authorization": "Bearer wrong"})
    is_problem(refused, 401)


def test_browsers_and_programs_are_told_the_same(client_of: Client, program: Program) -> None:
    assert client_of().get("/api/incidents").json() == program().get("/api/incidents").json()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/incidents/none", 404),
        ("GET", "/api/incidents/none/reports", 404),
        ("GET", "/api/articles/none", 404),
        ("GET", "/api/articles/none/text", 404),
        ("GET", "/api/articles/none/revisions", 404),
        ("GET", "/api/articles/none/revisions/1", 404),
        ("GET", f"/api/annotations/{'0' * 32}", 404),
        ("DELETE", "/api/incidents", 405),
        ("GET", "/api/code", 405),
        ("GET", "/api/incidents?limit=0", 422),
        ("GET", "/api/incidents?limit=1000", 422),
        ("GET", "/api/incidents?since=yesterday", 422),
        ("GET", "/api/incidents?stading=disputed", 422),
        ("GET", "/api/incidents?place=%00", 422),
        ("GET", "/api/incidents?realis=future", 422),
        ("GET", "/api/export?format=xls", 422),
        ("GET", "/api/search", 422),
        ("POST", "/api/code", 422),
    ],
)
def test_every_refusal_is_a_problem(program: Program, method: str, path: str, status: int) -> None:
    told = is_problem(program().request(method, path), status)
    assert told["instance"] == path.partition("?")[0]


def test_what_is_not_done_so_says_what_is(program: Program) -> None:
    assert program().delete("/api/incidents").headers["allow"] == "GET"
    assert program().delete("/api/articles").headers["allow"] == "GET, POST"


def test_a_fault_says_where_it_is(program: Program) -> None:
    told = is_problem(program().get("/api/incidents?limit=0"), 422)
    assert told["errors"][0]["where"] == "query/limit"


def test_a_body_that_is_no_json_or_too_long_is_a_problem(program: Program, app: FastAPI) -> None:
    client = program()
    is_problem(client.post("/api/code", content="{", headers={"content-type": "application/json"}), 422)
    is_problem(client.post("/api/code", content="[" * 200_000, headers={"content-type": "application/json"}), 400)
    big = b'{"text": "' + b"a" * app.state.desk.settings.most_upload
    is_problem(client.post("/api/code", content=big, headers={"content-type": "application/json"}), 413)
    parts = (big[at : at + 1_000_000] for at in range(0, len(big) + 1_000_000, 1_000_000))
    is_problem(client.post("/api/code", content=parts, headers={"content-type": "application/json"}), 413)


def test_half_a_character_is_refused_in_words(program: Program) -> None:
    for body in ('{"text": "\\ud800"}', '{"text": "a", "\\ud800": 1}'):
        is_problem(program().post("/api/code", content=body, headers={"content-type": "application/json"}), 422)


def test_a_text_is_coded_and_not_kept(program: Program, ledger: Ledger) -> None:
    before = ledger.stats()["articles"]
    made = Coding.model_validate(program().post("/api/code", json=examples.SENT).json())
    assert next((one.type, one.mode) for one in made.events if one.type == "ASSAULT") == ("ASSAULT", "firearms")
    assert made.article.outlet == "Example News"
    assert ledger.stats()["articles"] == before


@pytest.mark.parametrize(
    "text", ["", "   ", "Полиция застрелила двадцать шесть человек в Алма-Ате в четверг, сообщило министерство."]
)
def test_what_cannot_be_coded_is_refused_in_words(program: Program, text: str) -> None:
    is_problem(program().post("/api/code", json={"text": text}), 422)


def test_more_texts_than_can_be_coded_are_refused(
    program: Program, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = next(route.app for route in app.routes if getattr(route, "path", "") == application.AT)
    monkeypatch.setattr(api.state, "coding", application.BoundedSemaphore(1))
    api.state.coding.acquire()
    is_problem(program().post("/api/code", json=examples.SENT), 429)


def test_an_article_that_is_added_is_in_the_ledger(program: Program, ledger: Ledger) -> None:
    client = program("coder", "write")
    answer = client.post("/api/articles", json={**examples.SENT, "source": "https://example.com/a b"})
    assert answer.status_code == 201
    assert client.get(answer.headers["location"]).json() == answer.json()
    assert client.get("/api/search?q=%22city+hospital%22").json()["items"][0]["article"] == answer.json()["id"]
    assert client.post("/api/articles", json={**examples.SENT, "source": "https://example.com/a b"}).status_code == 201
    assert ledger.stats()["articles"] == 7


@pytest.mark.parametrize("key", ["a/b", "a b?c", "x/text", "ä"])
def test_an_article_may_be_called_anything(program: Program, key: str) -> None:
    client = program("coder", "write")
    answer = client.post("/api/articles", json={**examples.SENT, "id": key})
    assert answer.json()["id"] == key
    if not key.endswith("/text"):
        assert client.get(answer.headers["location"]).json()["id"] == key
    assert client.get(f"{answer.headers['location']}/text").text == examples.SAID


@pytest.mark.parametrize(("role", "scopes"), [("coder", ""), ("reader", "write")])
def test_who_may_not_add_is_told_why(program: Program, role: Role, scopes: str) -> None:
    is_problem(program(role, scopes).post("/api/articles", json=examples.SENT), 403)


def test_another_site_cannot_make_a_browser_change_anything(client_of: Client) -> None:
    answer = client_of("coder").post("/api/articles", json=examples.SENT, headers={"sec-fetch-site": "cross-site"})
    is_problem(answer, 403)


def walked(client: TestClient, path: str, name: str = "items") -> list[dict[str, Any]]:
    """All items of a list, part by part along `next`."""
    found: list[dict[str, Any]] = []
    at: str | None = path
    while at:
        answer = client.get(at)
        told = answer.json()
        assert answer.status_code == 200, answer.text
        assert ("link" in answer.headers) == (told["next"] is not None)
        found += told[name]
        at = told["next"]
    return found


@pytest.mark.parametrize("path", ["articles", "incidents", "events"])
def test_a_list_is_walked_part_by_part(program: Program, path: str) -> None:
    client = program()
    parts, whole = walked(client, f"/api/{path}?limit=2"), walked(client, f"/api/{path}?limit=200")
    assert parts == whole
    assert len(parts) > 2


def test_an_article_has_its_coding_text_and_revisions(program: Program, six: list[Coding]) -> None:
    client, one = program(), six[0]
    told = client.get(f"/api/articles/{one.article.id}").json()
    assert Coding.model_validate(told["coding"]) == one
    assert client.get(f"/api/articles/{one.article.id}/text").text == one.article.text
    listed = client.get(f"/api/articles/{one.article.id}/revisions").json()["items"]
    assert [each["revision"] for each in listed] == [1]
    assert Coding.model_validate(client.get(f"/api/articles/{one.article.id}/revisions/1").json()) == one


def test_articles_can_be_chosen(program: Program) -> None:
    client = program()
    chosen = walked(client, "/api/articles?since=2022-01-07&language=en")
    assert 0 < len(chosen) < 6
    assert all(one["published"] >= "2022-01-07" for one in chosen)
    assert walked(client, "/api/articles?category=none") == []


def test_an_incident_is_the_ledgers_record(program: Program, ledger: Ledger) -> None:
    one = max(ledger.incidents(), key=lambda each: len(each.reports))
    told = program().get(f"/api/incidents/{one.id}").json()
    assert Incident.model_validate(told) == one
    reports = program().get(f"/api/incidents/{one.id}/reports").json()["items"]
    assert {(each["article"], each["event"]) for each in reports} == {(r.article, r.event) for r in one.reports}


@pytest.mark.parametrize(
    "asked", ["standing=disputed", "type=ASSAULT", "place=Almaty", "box=76,43,78,44", "source=ministry"]
)
def test_filters_find_what_the_page_finds(program: Program, client_of: Client, asked: str) -> None:
    told = program().get(f"/api/incidents?limit=200&{asked}").json()
    every = program().get("/api/incidents").json()["total"]
    assert 0 < told["total"] == len(told["items"]) < every
    assert told["items"] == client_of().get(f"/situation.json?{asked}").json()["incidents"]
    assert program().get(f"/api/counts?{asked}").json()["total"] == told["total"]


def test_events_can_be_chosen(program: Program, six: list[Coding]) -> None:
    client = program()
    plans = walked(client, "/api/events?realis=future")
    assert plans
    assert {one["realis"] for one in plans} == {"future"}
    denials = walked(client, "/api/events?role=denial")
    assert denials
    of_one = walked(client, f"/api/events?article={six[0].article.id}")
    assert len(of_one) == len(six[0].events)
    words = {one.id: one.trigger.of(six[0].article.text) for one in six[0].events}
    assert all(words[one["event"]] == one["trigger"] for one in of_one)
    assert walked(client, "/api/events?country=KAZ&type=ASSAULT&actor=police")


def test_search_marks_the_words(program: Program) -> None:
    hit = program().get("/api/search?q=airport").json()["items"][0]
    assert "airport" in [Span(*mark).of(hit["snippet"]).lower() for mark in hit["marks"]]
    assert not {"\x02", "\x03"} & set(hit["snippet"])


def test_search_is_walked_part_by_part(program: Program) -> None:
    client = program()
    assert walked(client, "/api/search?q=Almaty&limit=2") == walked(client, "/api/search?q=Almaty&limit=50")


def test_a_timeline_counts_every_incident_that_has_a_day(program: Program, ledger: Ledger) -> None:
    bars = program().get("/api/timeline").json()["items"]
    dated = [one for one in ledger.incidents() if one.start or one.first_published]
    assert sum(sum(bar["counts"].values()) for bar in bars) == len(dated)


@pytest.mark.parametrize("format", sorted(INCIDENT_WRITERS))
def test_a_view_is_exported_in_every_format(program: Program, ledger: Ledger, format: str) -> None:
    answer = program().get(f"/api/export?format={format}&standing=disputed")
    writer, style = INCIDENT_WRITERS[format](), exports_style()
    from sayso.ledger import Selection

    each = "".join(writer.each(one, style) for one in ledger.dossiers(Selection(standing="disputed")))
    assert answer.text == writer.before() + each + writer.after()
    assert "attachment" in answer.headers["content-disposition"]
    if answer.headers["content-type"].endswith("+json"):
        json.loads(answer.text)


def exports_style() -> Any:
    from sayso.exports.writers import Style

    return Style()


def test_a_correction_is_reported_accepted_and_applied(program: Program, six: list[Coding]) -> None:
    one = six[0]
    event = one.events[0]
    said = {"article": one.article.id, "start": event.trigger.start, "end": event.trigger.end, "kind": "editing",
            "field": "events/type", "value": "PROTEST", "body": "They marched."}  # fmt: skip
    made = program("reader", "write").post("/api/annotations", json=said)
    assert made.status_code == 201, made.text
    assert made.json()["exact"] == event.trigger.of(one.article.text)
    where = made.headers["location"]
    assert program().get(where).json() == made.json()
    assert walked(program(), f"/api/annotations?state=open&article={one.article.id}") == [made.json()]
    is_problem(program("coder", "write").post(f"{where}/decision", json={"state": "accepted"}), 403)
    editor = program("editor", "write")
    decided = editor.post(f"{where}/decision", json={"state": "accepted", "why": "It says so."})
    assert decided.json()["state"] == "accepted"
    is_problem(editor.post(f"{where}/decision", json={"state": "declined"}), 409)
    coded = program().get(f"/api/articles/{one.article.id}?corrected=true").json()["coding"]
    assert coded["events"][0]["type"] == "PROTEST"
    assert program().get(f"/api/articles/{one.article.id}").json()["coding"]["events"][0]["type"] == event.type


def test_a_reply_answers_and_is_withdrawn_by_who_made_it(program: Program, six: list[Coding]) -> None:
    reader = program("reader", "write")
    said = {"article": six[0].article.id, "start": 0, "end": 5, "kind": "questioning", "body": "Is it so? 🙂"}
    first = reader.post("/api/annotations", json=said).json()
    reply = reader.post("/api/annotations", json={**said, "kind": "replying", "reply_to": first["id"]}).json()
    assert reply["reply_to"] == first["id"]
    assert walked(reader, "/api/annotations?limit=1") == [reply, first]
    is_problem(
        program("coder", "write").post(f"/api/annotations/{reply['id']}/decision", json={"state": "withdrawn"}), 403
    )
    assert reader.post(f"/api/annotations/{reply['id']}/decision", json={"state": "withdrawn"}).status_code == 200


def test_a_token_that_only_reads_changes_nothing(program: Program, six: list[Coding]) -> None:
    said = {"article": six[0].article.id, "start": 0, "end": 5, "kind": "commenting", "body": "So."}
    told = is_problem(program("admin").post("/api/annotations", json=said), 403)
    assert "write" in told["detail"]


def test_readers_do_not_file(program: Program, six: list[Coding]) -> None:
    said = {"article": six[0].article.id, "start": 0, "end": 5, "kind": "classifying", "body": "unrest"}
    is_problem(program("reader", "write").post("/api/annotations", json=said), 403)
    coder = program("coder", "write")
    assert coder.post("/api/annotations", json=said).status_code == 201
    assert [one["id"] for one in walked(coder, "/api/articles?category=unrest")] == [six[0].article.id]


def test_only_editors_give_verdicts(program: Program, six: list[Coding]) -> None:
    """As on the pages."""
    said = {"article": six[0].article.id, "start": 0, "end": 5, "kind": "assessing", "body": "Confirmed."}
    is_problem(program("coder", "write").post("/api/annotations", json=said), 403)
    assert program("editor", "write").post("/api/annotations", json=said).status_code == 201


@pytest.mark.parametrize(
    "change",
    [{"article": "none"}, {"end": 900_000}, {"field": "events/colour"}, {"value": "\ud800"}, {"reply_to": "0" * 32}],
)
def test_what_cannot_be_said_is_refused(program: Program, six: list[Coding], change: dict[str, Any]) -> None:
    said = {"article": six[0].article.id, "start": 0, "end": 5, "kind": "commenting", "body": "So.", **change}
    answer = program("reader", "write").post(
        "/api/annotations", content=json.dumps(said), headers={"content-type": "application/json"}
    )
    is_problem(answer, 404 if "article" in change else 422)


def test_every_example_is_what_the_description_says(client_of: Client) -> None:
    schema = client_of(None).get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    count = 0
    for path, item in schema["paths"].items():
        for verb, told in item.items():
            assert told["summary"], (verb, path)
            assert told["description"], (verb, path)
            assert "401" in told["responses"], (verb, path)
            for content in [told.get("requestBody", {}), *told["responses"].values()]:
                for kind, held in content.get("content", {}).items():
                    shown = (
                        [held["example"]]
                        if "example" in held
                        else [x["value"] for x in held.get("examples", {}).values()]
                    )
                    for one in shown:
                        wanted = {**held["schema"], "components": schema["components"]}
                        jsonschema_rs.validator_for(wanted).validate(one)
                        count += 1
                    if kind == "application/json" and verb == "get":
                        assert shown, (verb, path)
    assert count > 15


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_documentation_can_be_read(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/api/docs", width=width, scheme=scheme)
    assert page.locator("h1").inner_text() == "The desk for programs"
    assert page.locator(".operation").count() > 15
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []


def test_the_documentation_has_every_operation(client_of: Client) -> None:
    schema = client_of(None).get("/api/openapi.json").json()
    text = client_of(None).get("/api/docs").text
    for path, item in schema["paths"].items():
        assert f"<code>/api{path}</code>" in text
        assert all(f'id="{told["operationId"]}"' in text for told in item.values())
