"""Every view and every incident as a file: whole, safe for spreadsheets, and a feed that feed readers take."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from sayso.desk.feeding import clean
from sayso.desk.pages import exporting
from sayso.ledger import Ledger
from sayso.records import Coding, Incident

Client = Callable[..., TestClient]
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_view_as_json_has_every_incident_of_it(client_of: Client, ledger: Ledger) -> None:
    told = client_of().get("/situation.json").json()
    assert told["note"] is None
    assert told["total"] == len(told["incidents"]) == len(list(ledger.incidents()))
    assert all(Incident.model_validate(one) for one in told["incidents"])


@pytest.mark.parametrize("asked", ["standing=disputed", "type=ASSAULT", "place=Almaty", "since=2022-01-07"])
def test_a_file_has_what_the_page_has(client_of: Client, asked: str) -> None:
    client = client_of()
    every = client.get("/situation.json").json()["total"]
    told = client.get(f"/situation.json?{asked}").json()
    assert 0 < len(told["incidents"]) == told["total"] < every
    assert f"{told['total']} incident" in client.get(f"/?{asked}").text


def test_the_order_is_that_of_the_page(client_of: Client) -> None:
    client = client_of()
    days = [one["start"] or one["first_published"] for one in client.get("/situation.json").json()["incidents"]]
    assert days == sorted(days, reverse=True)
    assert client.get("/situation.json?order=oldest").json()["incidents"][0]["start"] == min(days)


def test_csv_has_a_row_an_incident(client_of: Client) -> None:
    answer = client_of().get("/situation.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="sayso-situation.csv"'
    assert len(rows) == client_of().get("/situation.json").json()["total"]


def test_a_spreadsheet_reads_no_formula(client_of: Client, ledger: Ledger, six: list[Coding]) -> None:
    one = six[0]
    evil = one.article.model_copy(update={"id": "evil", "outlet": "=HYPERLINK(1)", "source": "evil"})
    ledger.add(one.model_copy(update={"article": evil}))
    ledger.refresh()
    text = client_of().get("/situation.csv").text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_geojson_has_longitude_first(client_of: Client) -> None:
    answer = client_of().get("/situation.geojson?place=Almaty")
    points = [one["geometry"]["coordinates"] for one in answer.json()["features"]]
    assert answer.headers["content-type"] == "application/geo+json"
    assert points
    assert all(70 < east < 80 and 40 < north < 45 for east, north in points)


def test_a_file_that_is_cut_says_so(client_of: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST", 3)
    client = client_of()
    told = client.get("/situation.json").json()
    assert (len(told["incidents"]), told["total"] > 3) == (3, True)
    assert told["note"].startswith(f"These are the last 3 of {told['total']} incidents")
    assert client.get("/situation.geojson").json()["note"] == told["note"]
    assert list(csv.reader(io.StringIO(client.get("/situation.csv").text)))[-1] == [told["note"]]


def test_the_feed_is_atom(client_of: Client) -> None:
    answer = client_of().get("/situation.atom?standing=disputed")
    feed = ET.fromstring(answer.text)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    for needed in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{ATOM}{needed}")) == 1, needed
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://testserver/situation.atom?standing=disputed",
        "alternate": "http://testserver/?standing=disputed",
    }
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for one in entries:
        for needed in ("id", "title", "updated", "summary"):
            assert len(one.findall(f"{ATOM}{needed}")) == 1, needed
        assert UUID(one.findtext(f"{ATOM}id"))
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "").tzinfo
        link = one.find(f"{ATOM}link")
        assert link is not None
        assert (link.get("href") or "").startswith("http://testserver/incidents/")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == len(ids)


def test_a_feed_tells_the_same_entry_twice_alike(client_of: Client) -> None:
    one, other = (client_of().get("/situation.atom?type=ASSAULT").text for _ in range(2))
    assert one == other


def test_what_came_last_is_first_in_the_feed(client_of: Client, ledger: Ledger, six: list[Coding]) -> None:
    known = ET.fromstring(client_of().get("/situation.atom").text).findall(f"{ATOM}entry/{ATOM}updated")
    assert [one.text or "" for one in known] == sorted((one.text or "" for one in known), reverse=True)


def test_an_empty_feed_is_a_feed(client_of: Client) -> None:
    feed = ET.fromstring(client_of().get("/situation.atom?place=nowhere").text)
    assert feed.findtext(f"{ATOM}updated")
    assert not feed.findall(f"{ATOM}entry")


def test_a_feed_holds_only_what_xml_can() -> None:
    assert clean("a\x00b\ud800c\ufffed\u0001") == "a\ufffdb\ufffdc\ufffdd\ufffd"


@pytest.mark.parametrize("ending", ["json", "csv", "geojson"])
def test_one_incident_as_a_file(client_of: Client, ledger: Ledger, ending: str) -> None:
    one = next(ledger.incidents())
    answer = client_of().get(f"/incidents/{one.id}.{ending}")
    assert answer.headers["content-disposition"] == f'attachment; filename="sayso-{one.id}.{ending}"'
    assert one.id in answer.text
    if ending != "csv":
        assert json.loads(answer.text)["id"] == one.id


@pytest.mark.parametrize("path", ["/incidents/none.json", "/situation.exe", "/incidents/none.exe"])
def test_there_is_no_such_file(client_of: Client, path: str) -> None:
    assert client_of().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/situation.csv", "/situation.json", "/situation.geojson", "/situation.atom"])
def test_files_need_somebody_who_is_signed_in(client_of: Client, path: str) -> None:
    assert client_of(None).get(path).status_code == 303


def test_a_filter_that_makes_no_sense_is_refused(client_of: Client) -> None:
    assert client_of().get("/situation.csv?since=soon").status_code == 422


@pytest.mark.parametrize("ending", ["csv", "atom"])
def test_what_is_no_incident_is_in_no_file(client_of: Client, ending: str) -> None:
    answer = client_of().get(f"/situation.{ending}?realis=future")
    assert answer.status_code == 422
    assert "/api/events?realis=future" in answer.text


def test_personal_data_are_masked(client_of: Client, ledger: Ledger, six: list[Coding]) -> None:
    one = six[0]
    told = f"{one.article.text}\nCall Mr Brown at +44 20 7946 0018."
    article = one.article.model_copy(
        update={"id": "told", "source": "told", "text": told, "outlet": "+44 20 7946 0018"}
    )
    ledger.add(one.model_copy(update={"article": article}), personal=True)
    assert "7946" not in client_of().get("/situation.csv").text
