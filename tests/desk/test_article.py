"""An article's page: the text and nothing of it as mark-up, what was read in it, and words that can be pointed at."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults, secret_of, settled_colour
from desk.talked import ADDRESS, KEY, TEXT, add, long, span
from sayso.coding.coder import Coder
from sayso.desk.words import words_at
from sayso.exports.marks import paragraphs
from sayso.ledger import Ledger
from sayso.records import Coding

Client = Callable[..., TestClient]
SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const all = texts.map(t => t.data).join(''), from = all.indexOf(words), to = from + words.length;
  const point = at => { for (const t of texts) { if (at <= t.length) return [t, at]; at -= t.length; } };
  const range = document.createRange();
  range.setStart(...point(from)); range.setEnd(...point(to));
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


@pytest.fixture(autouse=True)
def _strange(ledger: Ledger, coder: Coder) -> None:
    add(ledger, coder)


def test_the_text_is_escaped_and_whole(client_of: Client) -> None:
    page = client_of().get(ADDRESS).text
    assert "&lt;b&gt;стреляли&lt;/b&gt; &amp; &quot;ушли&quot;" in page
    assert "Herald &lt;i&gt;" in page
    assert "<b>стреляли" not in page


def test_every_block_says_where_it_begins(client_of: Client, ledger: Ledger) -> None:
    page, coding = client_of().get(ADDRESS).text, ledger.coding(KEY)
    assert coding is not None
    for kind, where in paragraphs(coding.article):
        assert f'class="{kind}" data-start="{where.start}"' in page


def test_the_source_is_a_link_that_tells_nothing_of_where_it_is_followed(client_of: Client) -> None:
    assert '<a href="https://example.org/a?b=c" rel="noopener noreferrer">Source</a>' in client_of().get(ADDRESS).text


def test_an_unknown_article_is_not_there(client_of: Client) -> None:
    assert client_of().get("/articles/none").status_code == 404
    assert client_of().get("/articles/none/map.json").status_code == 404
    assert client_of().post("/articles/none/reports", data={"quote": "x"}).status_code == 404


def test_places_are_drawn_from_their_coordinates(client_of: Client) -> None:
    found = client_of().get(f"{ADDRESS}/map.json").json()
    assert {one["properties"]["name"] for one in found["features"]} >= {"Almaty", "Aktau"}


@pytest.mark.parametrize("asked", ["", "0-0", "5-2", "0-999999999", "a-b", "²-³", "-1-4", "99999-100000"])
def test_an_address_of_words_that_are_not_there_still_shows_the_article(client_of: Client, asked: str) -> None:
    answer = client_of().get(ADDRESS, params={"at": asked})
    assert answer.status_code == 200
    assert 'id="here"' not in answer.text


def test_an_address_of_words_marks_them(client_of: Client) -> None:
    start, end = span("стреляли")
    assert 'id="here">стреляли</span>' in client_of().get(f"{ADDRESS}?at={start}-{end}").text


def test_corrections_show_as_such(client_of: Client, ledger: Ledger) -> None:
    made = ledger.annotate(KEY, span("shot dead"), kind="editing", creator="ann", field="events/type", value="COERCE")
    ledger.review(made, "accepted", who="ed")
    page = client_of().get(ADDRESS).text
    assert f'id="c-{made}"' in page
    assert "<del>ASSAULT</del>" in page
    assert "by ann" in page


def test_an_article_is_filed_under_categories_and_taken_out(client_of: Client) -> None:
    coder, reader = client_of("coder"), client_of("reader")
    assert reader.post(f"{ADDRESS}/categories", data={"name": "coup"}).status_code == 403
    assert coder.post(f"{ADDRESS}/categories", data={"name": " coup  & <b>"}).status_code == 303
    coder.post(f"{ADDRESS}/categories", data={"name": "coup & <b>"})
    page = coder.get(ADDRESS).text
    assert page.count('href="/?category=coup+%26+%3Cb%3E"') + page.count('href="/?category=coup%20%26%20%3Cb%3E"') == 1
    assert coder.get("/", params={"category": "coup & <b>"}).text.count('class="card ') > 0
    out = page.split(f'action="{ADDRESS}/categories/')[1].split("/withdraw")[0]
    assert coder.post(f"{ADDRESS}/categories/{out}/withdraw").status_code == 303
    assert "coup &amp;" not in coder.get(ADDRESS).text.replace("<datalist", "")
    assert coder.post(f"{ADDRESS}/categories/{out}/withdraw").status_code == 422


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_category_has_a_name(client_of: Client, name: str) -> None:
    assert client_of("coder").post(f"{ADDRESS}/categories", data={"name": name}).status_code == 422


def test_words_are_found_where_they_were_marked() -> None:
    where = TEXT.rindex("Police")
    assert words_at(TEXT, "Police", where, where + 6) == (where, where + 6)
    assert words_at(TEXT, "Алматы 📵\nALMATY", *span("Алматы 📵\n\nALMATY")) == span("Алматы 📵\n\nALMATY")


def test_words_without_offsets_or_with_wrong_ones_are_found_by_what_they_are() -> None:
    assert words_at(TEXT, "قتلوا  سبعة") == span("قتلوا سبعة")
    assert words_at(TEXT, "nurse said", 0, 5) == span("nurse said")


@pytest.mark.parametrize(
    ("quote", "why"),
    [("Police", "3 places"), ("nowhere", "do not stand"), (" ", "Quote the words"), ("a" * 6000, "at most")],
)
def test_words_that_nobody_can_place_are_refused_in_words(quote: str, why: str) -> None:
    found = words_at(TEXT, quote)
    assert isinstance(found, str)
    assert why in found


def test_twenty_thousand_words_take_less_than_half_a_second(
    client_of: Client, ledger: Ledger, six: list[Coding]
) -> None:
    """Of the processor's time, and the quickest of some: what else the machine does makes no difference."""
    ledger.add(long(six, 20_000, "long"))
    ledger.refresh()
    client = client_of()
    assert len(client.get("/articles/long").text) > 500_000
    assert min(_seconds(client, "/articles/long") for _ in range(5)) < 0.5


def _seconds(client: TestClient, path: str) -> float:
    began = time.process_time()
    assert client.get(path).status_code == 200
    return time.process_time() - began


def choose(page: Page, words: str) -> None:
    page.evaluate(SELECT, words)


@pytest.mark.parametrize(
    "words", ["📵", "قتلوا سبعة", '<b>стреляли</b> & "ушли"', "👨‍👩‍👧 Soldiers shot dead seven", "💔"]
)
def test_marked_words_are_reported_where_they_stand(visit: Visit, ledger: Ledger, words: str) -> None:
    """Over marks, after emoji, in Cyrillic and Arabic: offsets are code points, and the words are those that were marked."""
    page = visit(ADDRESS, role="reader")
    page.wait_for_selector("#report-dialog form", state="attached")
    choose(page, words)
    page.keyboard.press("Control+Enter")
    assert page.input_value("#report-dialog [name=quote]") == words
    page.check("input[name=fault][value=typo]")
    page.fill("[name=proposal]", "Другой 📵 نص")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".done")
    said = ledger.annotations(KEY)[-1]
    assert (said.exact, said.span) == (words, span(words))
    assert said.body == "Typo in the text: Другой 📵 نص"
    assert page.locator("#here, [data-ref=here]").first.is_visible()


def test_marked_words_over_paragraphs_are_reported(visit: Visit, ledger: Ledger) -> None:
    page = visit(ADDRESS, role="reader")
    page.wait_for_selector("#report-dialog form", state="attached")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.text'))")
    page.keyboard.press("Meta+Enter")
    page.check("input[name=fault][value=other]")
    page.click("#report-dialog button:text('Send')")
    page.wait_for_selector(".done")
    assert ledger.annotations(KEY)[-1].exact == TEXT


def test_a_bar_appears_beside_marked_words(visit: Visit) -> None:
    page = visit(ADDRESS)
    page.wait_for_selector("#reply-dialog form", state="attached")
    choose(page, "Police arrested")
    page.click(".marked-bar [data-does=reply]")
    page.fill("#reply-dialog [name=words]", "Which police?")
    page.click("#reply-dialog button:text('Send')")
    page.wait_for_url("**#m-*")
    assert page.locator(".thread blockquote").inner_text() == "Police arrested"


def test_events_are_walked_by_keyboard(visit: Visit) -> None:
    page = visit(ADDRESS)
    page.wait_for_selector("#report-dialog form", state="attached")
    page.keyboard.press("j")
    assert page.locator(".text .event.at").first.inner_text() == "shot dead"
    page.keyboard.press("j")
    assert page.locator(".note.at").count() == 1
    assert page.locator(".text .event.at").first.inner_text() == "arrested"
    page.keyboard.press("k")
    page.keyboard.press("e")
    assert page.input_value("#report-dialog [name=quote]") == "shot dead"
    page.keyboard.press("Escape")
    assert not page.locator("#report-dialog").is_visible()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.uncheck("#single-keys")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert not page.locator("dialog[open]").count()


def test_keys_typed_into_a_field_are_text(visit: Visit) -> None:
    page = visit(ADDRESS)
    page.wait_for_selector("#report-dialog form", state="attached")
    page.fill(".whole [name=words]", "")
    page.type(".whole [name=words]", "jke?")
    assert page.input_value(".whole [name=words]") == "jke?"
    assert page.locator(".at, dialog[open]").count() == 0


def test_notes_stand_beside_their_lines(visit: Visit) -> None:
    page = visit(ADDRESS)
    page.wait_for_selector(".notes.aligned")
    page.wait_for_function("document.querySelector('.note').style.top !== ''")
    note, mark = page.locator(".note").first.bounding_box(), page.locator(".text .event").first.bounding_box()
    assert note is not None
    assert mark is not None
    assert abs(note["y"] - mark["y"]) < 12
    assert note["x"] > mark["x"] + mark["width"]


def test_layers_are_switched_without_scripts(visit: Visit) -> None:
    page = visit(ADDRESS, script=False)
    shown = "getComputedStyle(document.querySelector('.text .figure')).textDecorationStyle"
    assert page.evaluate(shown) != "dotted"
    page.check("#layer-figures")
    assert page.evaluate(shown) == "dotted"
    page.uncheck("#layer-events")
    assert page.evaluate("getComputedStyle(document.querySelector('.text .event')).textDecorationLine") == "none"


def test_an_error_is_reported_without_scripts(visit: Visit, ledger: Ledger) -> None:
    page = visit(ADDRESS, role="reader", script=False)
    page.click("#report summary")
    page.fill("#report [name=quote]", "Аmnesty")
    page.check("#report [value=number]")
    page.click("#report button:text('Send')")
    assert "do not stand in the article" in page.inner_text("main")
    page.go_back()
    page.click("#report summary") if not page.locator("#report [name=quote]").is_visible() else None
    page.fill("#report [name=quote]", "قال الناطق")
    page.check("#report [value=number]")
    page.click("#report button:text('Send')")
    assert ledger.annotations(KEY)[-1].span == span("قال الناطق")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_has_no_faults(visit: Visit, width: int, scheme: str) -> None:
    page = visit(ADDRESS, width=width, scheme=scheme)
    page.wait_for_selector("#report-dialog form", state="attached")
    for name in ("figures", "places", "times", "labels"):
        page.check(f"#layer-{name}")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    choose(page, "shot dead")
    page.keyboard.press("Control+Enter")
    assert faults(page) == []


def test_a_finger_marks_words_and_reports_them(browser: Browser, app: FastAPI, address: str, ledger: Ledger) -> None:
    """On a telephone: the bar stands at the foot of the screen, its buttons high enough for a finger."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.add_cookies([{"name": app.state.desk.cookie, "value": secret_of(app, "reader"), "url": address}])
    page = context.new_page()
    page.goto(f"{address}{ADDRESS}")
    page.wait_for_selector("#report-dialog form", state="attached")
    choose(page, "стреляли")
    button = page.locator(".marked-bar [data-does=report]")
    button.wait_for()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    assert box["y"] > 844 - 100
    button.tap()
    page.tap("label:has(input[value=party])")
    page.fill("[name=note]", "💔")
    page.tap("#report-dialog button:text('Send')")
    page.wait_for_selector(".done")
    said = ledger.annotations(KEY)[-1]
    assert (said.exact, said.body) == ("стреляли", "Wrong party\n\n💔")
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_its_map_follows_a_change_of_scheme(visit: Visit, scheme: str) -> None:
    """While it is open, as all colours of the page do."""
    other = next(one for one in SCHEMES if one != scheme)
    pages = [visit(ADDRESS, scheme=one) for one in (scheme, other)]
    for page in pages:
        page.locator("[data-island=placemap]").scroll_into_view_if_needed()
        page.wait_for_selector("[data-island=placemap] canvas")
        page.wait_for_load_state("networkidle")
    before, wanted = (settled_colour(page, "[data-island=placemap] canvas") for page in pages)
    pages[0].emulate_media(color_scheme=other)  # type: ignore[arg-type]
    assert settled_colour(pages[0], "[data-island=placemap] canvas", wanted) == wanted != before
    paper = "getComputedStyle(document.body).backgroundColor"
    assert pages[0].evaluate(paper) == pages[1].evaluate(paper)
