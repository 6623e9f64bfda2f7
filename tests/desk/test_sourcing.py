"""Sources are compared by what they told, and who cites whom is a table, a drawing and a file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults
from sayso.desk.citing import MOST, graph
from sayso.ledger import Ledger
from sayso.ledger.asking import sourcing
from sayso.ledger.asking.sourcing import COLUMNS, Citation
from sayso.ledger.database import reading
from sayso.ledger.incidents.tellings import COUNTED, FIRST, Said, rows

Client = Callable[..., TestClient]


def test_an_incident_counts_once_for_each_outlet_and_origin() -> None:
    """And as first only for who told of it on an earlier day than others."""
    reports = [
        Said("A", 2, "police", "speaker", False), Said("A", 1, "ministry", "speaker", False), Said("B", 2, "police", "speaker", False),
        Said("B", 2, "", "", True), Said("", None, "police", "speaker", False), Said("A", 1, "ministry", "speaker", False),
    ]  # fmt: skip
    made = rows(reports, "corroborated")
    assert [(r["outlet"], r["origin"], r["reports"], r["copies"]) for r in made] == [
        ("A", "ministry", 2, 0), ("A", "police", 1, 0), ("B", "police", 1, 0), ("B", "", 1, 1), ("", "police", 1, 0),
    ]  # fmt: skip
    assert [r["outlet_part"] for r in made] == [FIRST, 0, COUNTED, 0, COUNTED]
    assert [r["origin_part"] for r in made] == [FIRST, COUNTED, 0, COUNTED, 0]


def test_nobody_is_first_where_all_told_of_it_on_one_day() -> None:
    assert [r["outlet_part"] for r in rows([Said("A", 1, "", "", False), Said("B", 1, "", "", False)], "x")] == [1, 1]


def test_sources_are_counted_as_the_incidents_have_them(ledger: Ledger) -> None:
    told: Counter[tuple[str, str]] = Counter()
    standing: Counter[tuple[str, str, str]] = Counter()
    for incident in ledger.incidents():
        names = {one.id: (one.name, one.kind) for one in incident.origins}
        told.update(names[one.origin] for one in incident.reports if one.origin)
        standing.update((*names[one], incident.standing) for one in {r.origin for r in incident.reports if r.origin})
    with reading(ledger.engine) as connection:
        total, found = sourcing.sources(connection)
    origins = [one for one in found if one.side == "origin"]
    assert total == len(found) > len(origins) > 0
    assert {(one.name, one.kind): one.reports for one in origins} == told
    for one in origins:
        given = (standing[one.name, one.kind, s] for s in ("single origin", "corroborated", "disputed"))
        assert (one.alone, one.corroborated, one.disputed) == tuple(given)
        assert one.first <= one.incidents <= one.reports


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("down", [False, True])
def test_sources_are_ordered_by_any_column(ledger: Ledger, column: str, down: bool) -> None:
    with reading(ledger.engine) as connection:
        found = [getattr(one, column) for one in sourcing.sources(connection, order=column, down=down)[1]]
    if column not in ("name", "kind"):  # databases order words each in its own way
        assert found == sorted(found, reverse=down)
    assert len(found) > 5


def test_the_page_has_outlets_origins_and_who_cites_whom(client_of: Client) -> None:
    text = client_of().get("/sources").text
    assert "The Almaty Notebook" in text
    assert '<svg class="cites"' in text
    assert 'href="/?source=The+Almaty+Notebook"' in text or 'href="/?source=The%20Almaty%20Notebook"' in text
    assert 'aria-sort="descending"' in text


@pytest.mark.parametrize("kind", ["outlet", "speaker", "agency", "channel"])
def test_a_kind_can_be_asked_for(client_of: Client, kind: str) -> None:
    found = client_of().get(f"/sources.json?kind={kind}").json()
    assert {one["kind"] for one in found} == {kind}
    assert {one["side"] for one in found} == {"outlet" if kind == "outlet" else "origin"}


def test_what_links_to_the_situation_finds_incidents_there(client_of: Client) -> None:
    client = client_of()
    for one in client.get("/sources.json").json():
        assert 'class="card ' in client.get("/", params={"source": one["name"]}).text, one["name"]


def test_tables_come_as_files(client_of: Client) -> None:
    client = client_of()
    for name in ("/sources", "/sources/citations"):
        table = list(csv.DictReader(io.StringIO(client.get(f"{name}.csv").text)))
        records = client.get(f"{name}.json").json()
        assert records
        assert [{k: str(v) for k, v in one.items()} for one in records] == table


@pytest.mark.parametrize("asked", ["order=size", "kind=zebra", "page=0", f"q={'a' * 300}"])
def test_what_makes_no_sense_is_refused_in_words(client_of: Client, asked: str) -> None:
    assert client_of().get(f"/sources?{asked}").status_code == 422


def test_nobody_found_is_said(client_of: Client) -> None:
    client = client_of()
    assert "No such source" in client.get("/sources?q=zebra").text
    assert "Nobody cites anybody" in client.get("/sources/citations?q=zebra").text


def test_a_drawing_has_no_more_names_than_can_be_read() -> None:
    pairs = [Citation(f"outlet {n % 40}", f"origin {n % 37}", "speaker", 500 - n, 1) for n in range(400)]
    made = graph(pairs)
    assert made is not None
    assert len(made.outlets) == len(made.origins) == MOST
    assert {band.outlet for band in made.bands} == {one.name for one in made.outlets}
    assert graph([]) is None


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_has_no_fault(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/sources", width=width, scheme=scheme)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("thead a:has-text('Disputed')")
    page.wait_for_url("**order=-disputed**")
    page.goto(page.url.replace("/sources", "/sources/citations"))
    assert faults(page) == []
