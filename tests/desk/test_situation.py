"""The situation: map, timeline and list filter each other, every filter is in the address, and the page reads without scripts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults, secret_of, settled_colour
from sayso.coding.coder import Coder
from sayso.desk.charts import TICKS, drawn
from sayso.ledger import Ledger, Selection
from sayso.ledger.asking import situation
from sayso.ledger.asking.drawing import Bar
from sayso.ledger.asking.happening import happenings
from sayso.ledger.database import reading, writing
from sayso.ledger.schema import event, incident, summary
from sayso.records import Article

Client = Callable[..., TestClient]
DAY = date(2022, 1, 6).toordinal()


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


def test_what_is_counted_is_what_one_would_find(ledger: Ledger) -> None:
    """Beside each standing and type stands how many there would be, were it chosen in place of that which is."""
    with reading(ledger.engine) as connection:
        found = situation.counts(connection, Selection(standing="disputed"))
        for standing, number in found.standing.items():
            assert situation.page(connection, Selection(standing=standing), offset=0, limit=1).total == number
        for kind, number in found.type.items():
            wanted = Selection(standing="disputed", type=kind)
            assert situation.page(connection, wanted, offset=0, limit=1).total == number
    assert found.total == found.standing["disputed"] == sum(found.type.values()) == sum(found.country.values())
    assert len(found.standing) > 1


def test_around_a_period_the_timeline_shows_what_else_there_is(ledger: Ledger) -> None:
    wanted = Selection(since="2022-01-06", until="2022-01-06")
    with reading(ledger.engine) as connection:
        alone, around = (situation.timeline(connection, wanted, around=one) for one in (False, True))
        everything = sum(situation.counts(connection, Selection()).standing.values())
    assert alone[-1].last <= DAY
    assert around[0].first < DAY < around[-1].last
    assert sum(sum(bar.counts.values()) for bar in around) <= everything


def test_a_timeline_is_drawn_with_the_period_marked_and_few_days_named() -> None:
    bars = [Bar(DAY + 7 * n, DAY + 7 * n + 6, {"disputed": 2, "claimed": n % 3} if n % 2 else {}) for n in range(100)]
    chart = drawn(bars, DAY + 14, DAY + 27)
    assert chart.window == (20.0, 20.0)
    assert [bar.chosen for bar in chart.bars[:3]] == [False, True, False]
    assert max(bar.parts[-1].y for bar in chart.bars) <= 60
    assert 2 <= len(chart.ticks) <= TICKS
    assert all(0 <= tick.at <= 100 for tick in chart.ticks)


@pytest.mark.parametrize("days", [1, 5, 40, 300, 4000, 60_000, 700_000])
def test_few_days_are_named_however_long_the_timeline_is(days: int) -> None:
    chart = drawn([Bar(DAY - days, DAY, {"claimed": 1})])
    assert len(chart.ticks) <= TICKS + 1


@pytest.mark.parametrize("realis", ["attempted", "future", "hypothetical", "negated"])
def test_what_nobody_tells_as_fact_is_listed_as_events_and_said_to_be_so(
    client_of: Client, ledger: Ledger, realis: str
) -> None:
    with reading(ledger.engine) as connection:
        total, found = happenings(connection, Selection(), realis, offset=0, limit=100)
    text = client_of().get(f"/?realis={realis}").text
    assert "No incident is made of such" in text
    assert text.count('class="card happening"') == total == len(found)
    for one in found:
        coding = ledger.coding(one.article)
        assert coding is not None
        event = next(e for e in coding.events if e.id == one.event)
        assert (event.realis, event.trigger.of(coding.article.text)) == (realis, one.words)


@pytest.fixture
def plans(ledger: Ledger, coder: Coder) -> None:
    """Of three towns on three days."""
    text = (
        "Plans\n\nThousands of protesters will march in Almaty on Saturday, organisers said. Miners will strike in Aktau on Monday. "
        "Police will arrest protesters in Karachi on Sunday."
    )
    ledger.add(coder.code(Article(id="plans/of three?", text=text, source="plans.txt", published="2022-01-06")))


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize("realis", ["attempted", "future", "hypothetical", "negated"])
def test_such_events_are_on_the_map_and_the_timeline(client_of: Client, ledger: Ledger, realis: str) -> None:
    """All that have a place, and all that have a day; the only one of a square leads to its words."""
    with reading(ledger.engine) as connection:
        _, found = happenings(connection, Selection(), realis, offset=0, limit=100)
        rows = select(event.c.latitude).where(event.c.realis == realis, event.c.role != "report")
        located = [one for one in connection.execute(rows).scalars() if one is not None]
    client = client_of()
    squares = client.get(f"/situation/map.json?realis={realis}&size=0.01").json()["features"]
    assert sum(one["properties"]["count"] for one in squares) == len(located)
    paths = [one["properties"]["path"] for one in squares if one["properties"]["count"] == 1]
    assert all(client.get(path.partition("#")[0]).status_code == 200 for path in paths)
    assert set(paths) <= {f"/articles/{quote(one.article)}#{one.event}" for one in found}
    assert len(paths) >= (3 if realis == "future" else 0)
    chart = re.findall(r"<title>[^<]*: (\d+)</title>", client.get(f"/?realis={realis}").text)
    assert sum(map(int, chart)) == sum(one.first_day is not None for one in found)


@pytest.mark.usefixtures("plans")
def test_filters_of_such_events_are_the_maps_and_the_timelines(client_of: Client) -> None:
    client = client_of()
    every, some = (
        client.get(f"/situation/map.json?size=1&realis=future{more}").json()["features"] for more in ("", "&place=PAK")
    )
    assert (len(every), len(some)) == (3, 1)
    assert client.get("/situation/map.json?realis=future&box=-60,-60,-50,-50").json()["features"] == []
    text = client.get("/?realis=future&since=2022-01-08&until=2022-01-08").text
    timeline = text[text.index('<figure class="timeline"') : text.index("</figure>")]
    assert "Events by their day" in timeline
    assert 'class="beside" data-since="2022-01-10"' in timeline  # what is near the period is drawn, paler
    assert text.count('class="card happening"') == 1


def test_some_such_events_are_in_the_examples(client_of: Client) -> None:
    text = client_of().get("/?realis=future").text
    assert "<mark>" in text
    assert "on the word of" in text


def test_every_active_filter_can_be_taken_away_alone(client_of: Client) -> None:
    text = client_of().get("/?standing=disputed&place=Almaty&since=2022-01-01").text
    chips = re.search(r'<ul class="chips".*?</ul>', text, re.S)
    assert chips is not None
    left = {html.unescape(address) for address in re.findall(r'href="([^"]*)"', chips[0])}
    assert left == {
        "/?place=Almaty&since=2022-01-01",
        "/?standing=disputed&since=2022-01-01",
        "/?standing=disputed&place=Almaty",
    }


def test_a_part_comes_with_the_address_of_the_whole(client_of: Client) -> None:
    """Empty fields of the form are not in the address that is shared."""
    headers = {"hx-request": "true", "hx-request-type": "partial"}
    answer = client_of().get("/?type=&standing=disputed&place=&order=newest&page=1", headers=headers)
    assert answer.headers["hx-push-url"] == "/?standing=disputed"
    assert "<html" not in answer.text
    again = client_of().get(
        "/?standing=disputed", headers={**headers, "hx-current-url": "http://testserver/?standing=disputed"}
    )
    assert "hx-push-url" not in again.headers
    back = client_of().get("/?standing=disputed", headers={**headers, "hx-history-restore-request": "true"})
    assert "hx-push-url" not in back.headers


def test_the_map_gets_what_the_filters_let_through(client_of: Client) -> None:
    client = client_of()
    everything, some = (client.get(f"/situation/map.json?{asked}").json()["features"] for asked in ("", "type=PROTEST"))
    assert sum(one["properties"]["count"] for one in everything) > sum(one["properties"]["count"] for one in some)
    assert client.get("/situation/map.json?box=-60,-60,-50,-50").json()["features"] == []


def test_a_page_computes_what_is_stale_and_waits_but_a_moment(client_of: Client, app: FastAPI, ledger: Ledger) -> None:
    with writing(ledger.engine) as connection:
        connection.execute(update(incident).values(stale=True))
        connection.execute(summary.delete())
    client = client_of()
    assert client.get("/").status_code == 200
    app.state.desk.close()  # which waits for what is being computed
    assert not ledger.is_stale() or app.state.desk._refreshing._stopped.is_set()


def test_incidents_that_are_not_counted_yet_are_no_empty_ledger(
    client_of: Client, app: FastAPI, ledger: Ledger
) -> None:
    """What was added is being counted: the page says so and looks again."""
    with writing(ledger.engine) as connection:
        connection.execute(update(incident).values(stale=True))
        connection.execute(summary.delete())
    app.state.desk._refreshing.begin = lambda: True  # it has begun, and takes its time
    page = client_of().get("/").text
    assert "being counted" in page
    assert "The ledger is empty" not in page
    assert re.search(r'hx-get="/" hx-target="#view" hx-trigger="load delay:2s"', page)


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


def _draw(page: Page, start: float, end: float) -> None:
    """Over the timeline, from one share of its width to another."""
    box = page.locator(".timeline .bars").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (start + end) / 2, y)
    page.mouse.move(box["x"] + box["width"] * end, y)
    page.mouse.up()


def test_a_period_is_drawn_on_the_timeline(visit: Visit) -> None:
    """The list follows, the address has it, the map stays the same one, and back undoes it."""
    page = visit("/?type=ASSAULT")
    page.wait_for_selector(".map canvas")
    page.wait_for_selector(".timeline .live")
    page.evaluate("document.querySelector('#map').marked = true")
    before = page.locator("#list h2").inner_text()
    _draw(page, 0.001, 0.2)
    page.wait_for_url("**since=**")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["type"] == ["ASSAULT"]
    assert asked["since"] < asked["until"]
    expect(page.locator("#f-since")).to_have_value(asked["since"][0])
    assert page.evaluate("document.querySelector('#map').marked")
    shown = page.locator("#list h2").inner_text()
    page.reload()
    expect(page.locator("#list h2")).to_have_text(shown)
    page.go_back()
    expect(page.locator("#list h2")).to_have_text(before)
    assert "since" not in page.url


def test_back_keeps_the_map(visit: Visit) -> None:
    page = visit("/")
    page.wait_for_selector(".map canvas")
    page.evaluate("document.querySelector('#map').marked = true")
    page.check("input[name=standing][value=disputed]")
    page.wait_for_url("**standing=disputed**")
    expect(page.locator(".chips li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chips li")).to_have_count(0)
    assert page.evaluate("document.querySelector('#map').marked")
    assert page.is_checked("#f-standing")
    page.go_forward()
    expect(page.locator(".chips li")).to_have_count(1)


def test_a_period_is_chosen_by_keys(visit: Visit) -> None:
    """The handle keeps the focus while the list changes under it."""
    page = visit("/")
    page.wait_for_selector(".timeline .live")
    page.focus("#timeline-until")
    page.keyboard.press("PageDown")
    page.wait_for_url("**until=**")
    expect(page.locator("#timeline-until")).to_be_focused()
    assert "since" in page.url


def test_the_list_can_be_kept_to_the_area_of_the_map(visit: Visit) -> None:
    page = visit("/")
    page.wait_for_selector(".map[data-ready]")
    page.check(".map .area input")
    page.wait_for_url("**box=**")
    first = page.url
    expect(page.locator(".chips li")).to_have_count(1)
    box = page.locator(".map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y, steps=5)
    page.mouse.up()
    page.wait_for_function("first => location.href !== first", arg=first)
    assert "box=" in page.url
    page.click(".chips a")
    page.wait_for_url(lambda url: "box=" not in url)
    expect(page.locator(".map .area input")).not_to_be_checked()


def test_an_area_in_the_address_is_what_the_map_shows(visit: Visit) -> None:
    page = visit("/?box=60,35,90,55")
    page.wait_for_selector(".map[data-ready]")
    expect(page.locator(".map .area input")).to_be_checked()
    assert page.locator(".card").count() > 0
    assert page.url.endswith("/?box=60,35,90,55")  # showing it is no moving of it


def test_the_page_reads_without_scripts(visit: Visit) -> None:
    page = visit("/", script=False)
    page.click(".timeline a >> nth=0")
    assert "since=" in page.url
    assert page.locator(".card").count() > 0


@pytest.mark.usefixtures("plans")
def test_plans_are_seen_on_the_same_map(visit: Visit) -> None:
    """Which says what it shows, and again when one goes back to incidents; nothing of it is a fault."""
    page = visit("/")
    page.wait_for_selector(".map[data-ready]")
    page.evaluate("document.querySelector('#map').marked = true")
    expect(page.locator(".map .legend")).to_contain_text("some disputed")
    page.select_option("#f-realis", "future")
    page.wait_for_url("**realis=future**")
    expect(page.locator(".map .what")).to_have_text("events, by number")
    expect(page.locator(".map .legend span.odd")).to_be_hidden()
    expect(page.locator(".timeline .live")).to_be_visible()
    assert page.evaluate("document.querySelector('#map').marked")
    assert faults(page) == []
    page.go_back()
    expect(page.locator(".map .what")).to_have_text("incidents, by number")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_map_follows_a_change_of_scheme(visit: Visit, scheme: Any) -> None:
    """While it is open: it has the colours that it has for who comes in the scheme that holds now."""
    other = next(one for one in SCHEMES if one != scheme)
    pages = [visit("/", scheme=one) for one in (scheme, other)]
    for page in pages:
        page.wait_for_selector(".map[data-ready]")
    before, wanted = (settled_colour(page, ".map canvas") for page in pages)
    pages[0].emulate_media(color_scheme=other)
    assert settled_colour(pages[0], ".map canvas", wanted) == wanted != before


def test_a_finger_chooses_a_day_and_opens_an_incident(browser: Browser, app: FastAPI, address: str) -> None:
    """On a telephone: a bar of the timeline, the filters, a card; nothing of it needs a pointer."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.add_cookies([{"name": app.state.desk.cookie, "value": secret_of(app, "reader"), "url": address}])
    page = context.new_page()
    page.goto(f"{address}/?since=2022-01-01&until=2022-01-10")
    page.wait_for_selector(".timeline .live")
    bars = page.locator(".timeline a")
    bars.last.scroll_into_view_if_needed()
    edge, boxes = page.locator(".timeline .bars").bounding_box(), [bar.bounding_box() for bar in bars.all()]
    assert edge is not None
    middles = [box["x"] + box["width"] / 2 for box in boxes if box is not None]
    x = next(x for x in middles if edge["x"] + 20 < x < edge["x"] + edge["width"] - 20)  # beside the handles
    page.touchscreen.tap(x, edge["y"] + edge["height"] / 2)
    page.wait_for_url(lambda url: "since=2022-01-01" not in url and "since=" in url)
    page.locator(".chips a").first.tap()
    expect(page.locator(".chips li")).to_have_count(1)
    page.locator(".card h3 a").first.tap()
    page.wait_for_url("**/incidents/**")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
