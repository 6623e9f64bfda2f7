"""The situation: every filter is in the address, and the page reads without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults

Client = Callable[..., TestClient]


def test_who_is_not_signed_in_is_led_to_the_door(client_of: Client) -> None:
    answer = client_of(None).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?to=/")


def test_the_page_shows_incidents_with_their_standing(client_of: Client) -> None:
    text = client_of().get("/").text
    assert "Assault, firearms" in text
    assert "disputed" in text


@pytest.mark.parametrize(
    "asked", ["standing=disputed", "type=ASSAULT", "place=Almaty", "since=2022-01-06&until=2022-01-07"]
)
def test_filters_narrow_the_list(client_of: Client, asked: str) -> None:
    client = client_of()
    assert 0 < client.get(f"/?{asked}").text.count('class="card ') < client.get("/").text.count('class="card ')


@pytest.mark.parametrize(
    "asked", ["since=yesterday", "page=0", "page=x", "realis=maybe", "box=1,2", "box=nan,0,1,1", f"place={'a' * 300}"]
)
def test_a_filter_that_makes_no_sense_is_refused_in_words(client_of: Client, asked: str) -> None:
    answer = client_of().get(f"/?{asked}")
    assert answer.status_code == 422
    assert "<h1>That makes no sense here</h1>" in answer.text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_filter_changes_list_and_address(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/", width=width, scheme=scheme)
    page.wait_for_selector(".map canvas")
    if width < 900:
        page.click("summary")
    page.check("input[name=standing][value=disputed]")
    page.wait_for_url("**standing=disputed**")
    assert page.locator(".card:not(.s-disputed)").count() == 0
    assert faults(page) == []


def test_the_page_reads_without_scripts(visit: Visit) -> None:
    page = visit("/", script=False)
    page.click(".timeline a >> nth=0")
    assert "since=" in page.url
    assert page.locator(".card").count() > 0
