"""What an editor accepts is on every page, in every filter, file and feed from the next look on."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.records import Incident

Client = Callable[..., TestClient]
ATOM = "{http://www.w3.org/2005/Atom}"
OSLO = {"name": "Oslo", "latitude": 59.91, "longitude": 10.75, "country": "NOR", "precision": "settlement"}


@pytest.fixture
def one(ledger: Ledger) -> Incident:
    """An incident of one report."""
    return next(one for one in ledger.incidents() if len(one.reports) == 1 and one.place and one.type == "ASSAULT")


def corrected(ledger: Ledger, one: Incident, field: str, value: Any) -> str:
    (report,) = one.reports
    coding = ledger.coding(report.article)
    assert coding is not None
    trigger = next(event.trigger for event in coding.events if event.id == report.event)
    return ledger.annotate(report.article, trigger, kind="editing", creator="r", field=field, value=value)


def shown(client: TestClient, query: str) -> dict[str, bool | Any]:
    """Where the incidents of a view are told, each as a list of ids."""
    api = client.get(f"/api/incidents?limit=200&{query}").json()
    feed = ET.fromstring(client.get(f"/situation.atom?{query}").text).findall(f"{ATOM}entry/{ATOM}link")
    page = client.get(f"/?{query}").text
    return {
        "api": [found["id"] for found in api["items"]],
        "file": [found["id"] for found in client.get(f"/situation.json?{query}").json()["incidents"]],
        "feed": [(link.get("href") or "").rsplit("/", 1)[-1] for link in feed],
        "page": [found["id"] for found in api["items"] if f'href="/incidents/{found["id"]}"' in page],
        "counts": client.get(f"/api/counts?{query}").json()["total"],
        "export": [row.split(",")[0] for row in client.get(f"/api/export?format=csv&corrected=true&{query}").text.splitlines()[1:]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "query"), [("events/place", OSLO, "place=Oslo"), ("events/type", "COERCE", "type=COERCE")]
)
def test_an_accepted_correction_is_everywhere_at_once(
    client_of: Client, ledger: Ledger, one: Incident, field: str, value: Any, query: str
) -> None:
    """And nowhere any more once it is withdrawn."""
    editor = client_of("editor")
    before = shown(editor, query)
    made = corrected(ledger, one, field, value)
    assert shown(editor, query) == before
    editor.post(f"/reports/{made}/accept", data={"why": "It says so."})
    after = shown(editor, query)
    for where in ("api", "file", "feed", "page", "export"):
        assert one.id in after[where], where
        assert len(after[where]) == len(before[where]) + 1, where
    assert after["counts"] == before["counts"] + 1
    editor.post(f"/reports/{made}/withdraw", data={})
    assert shown(editor, query) == before


def test_the_card_the_map_and_the_incident_say_what_is_corrected(
    client_of: Client, ledger: Ledger, one: Incident
) -> None:
    editor = client_of("editor")
    made = corrected(ledger, one, "events/place", OSLO)
    editor.post(f"/reports/{made}/accept", data={"why": "It says so."})
    card = editor.get("/?place=Oslo").text
    assert f'href="/incidents/{one.id}"' in card
    assert "Oslo" in card[card.index(one.id) :]
    squares = editor.get("/situation/map.json?size=0.05&box=10,59,11,60").json()["features"]
    assert [square["properties"]["path"] for square in squares] == [f"/incidents/{one.id}"]
    assert "Oslo" in editor.get(f"/incidents/{one.id}").text
    for found in (f"/api/incidents/{one.id}", f"/incidents/{one.id}.json"):
        assert editor.get(found).json()["place"]["name"] == "Oslo", found


def test_what_is_no_event_has_no_card(client_of: Client, ledger: Ledger, one: Incident) -> None:
    """Its page says why, and so does the API."""
    editor = client_of("editor")
    total = editor.get("/api/counts").json()["total"]
    made = corrected(ledger, one, "events", None)
    editor.post(f"/reports/{made}/accept", data={"why": "A metaphor."})
    assert editor.get("/api/counts").json()["total"] == total - 1
    assert one.id not in editor.get("/?order=oldest").text
    for path in (f"/incidents/{one.id}", f"/incidents/{one.id}.json", f"/api/incidents/{one.id}"):
        assert editor.get(path).status_code == 404, path
    assert one.id in editor.get("/api/export?format=csv").text
    assert one.id not in editor.get("/api/export?format=csv&corrected=true").text
