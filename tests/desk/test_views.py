"""Views are kept under a name, for their owner alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from desk.conftest import Visit
from sayso.ledger import Ledger
from sayso.ledger.database import reading
from sayso.ledger.people.accounts import named
from sayso.ledger.people.views import Kept, views

Client = Callable[..., TestClient]


def kept(ledger: Ledger, name: str) -> list[Kept]:
    with reading(ledger.engine) as connection:
        owner = named(connection, name)
        assert owner is not None
        return views(connection, owner)


def test_a_view_is_saved_opened_and_taken_away(client_of: Client, ledger: Ledger) -> None:
    client = client_of()
    answer = client.post(
        "/views", data={"name": "  Almaty,  disputed ", "query": "place=Almaty&standing=disputed&page=3"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/?standing=disputed&place=Almaty")
    (one,) = kept(ledger, "the-reader")
    assert one[1:] == ("Almaty, disputed", "standing=disputed&place=Almaty")
    assert "Almaty, disputed</a>" in client.get("/").text
    answer = client.post(f"/views/{one.id}/drop", data={"query": "type=ASSAULT"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?type=ASSAULT")
    assert kept(ledger, "the-reader") == []
    assert [line["action"] for line in ledger.audit_log()][-2:] == ["view:save", "view:drop"]


def test_a_name_that_is_taken_gets_the_new_filters(client_of: Client, ledger: Ledger) -> None:
    client = client_of()
    for query in ("type=ASSAULT", "type=PROTEST"):
        client.post("/views", data={"name": "mine", "query": query})
    assert [one.query for one in kept(ledger, "the-reader")] == ["type=PROTEST"]


def test_nobody_sees_or_takes_away_the_views_of_others(client_of: Client, ledger: Ledger) -> None:
    client_of("reader").post("/views", data={"name": "of the reader", "query": "type=ASSAULT"})
    (one,) = kept(ledger, "the-reader")
    admin = client_of("admin")
    assert "of the reader" not in admin.get("/").text
    assert admin.post(f"/views/{one.id}/drop").status_code == 422
    assert kept(ledger, "the-reader") == [one]


@pytest.mark.parametrize(
    ("name", "query"), [("", ""), ("   ", ""), ("x" * 81, ""), ("x", "since=yesterday"), ("x", "realis=maybe")]
)
def test_what_is_no_view_is_refused_in_words(client_of: Client, ledger: Ledger, name: str, query: str) -> None:
    answer = client_of().post("/views", data={"name": name, "query": query})
    assert answer.status_code == 422
    assert "<h1>" in answer.text
    assert kept(ledger, "the-reader") == []


def test_names_are_shown_as_written_and_never_as_markup(client_of: Client) -> None:
    client = client_of()
    client.post("/views", data={"name": "<b>x</b>", "query": ""})
    text = client.get("/").text
    assert "<b>x</b>" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text


def test_a_view_is_saved_in_the_browser(visit: Visit) -> None:
    page = visit("/?standing=disputed")
    page.fill("#v-name", "Disputed")
    page.click(".save button")
    page.wait_for_selector(".views li")
    assert page.locator(".views li a").inner_text() == "Disputed"
    page.click(".clear")
    page.wait_for_url(lambda url: "standing" not in url)
    page.click(".views li a")
    page.wait_for_url("**standing=disputed")
    page.click(".views li button")
    page.wait_for_function("document.querySelectorAll('.views li').length === 0")
