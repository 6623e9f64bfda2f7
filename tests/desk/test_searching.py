"""Search finds articles by their words and their events, and shows where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults
from sayso.coding.coder import Coder
from sayso.desk.pages import searching
from sayso.desk.pages.searching import pieces
from sayso.ledger import Ledger
from sayso.ledger.fulltext import OFF, ON
from sayso.reading import make_article

Client = Callable[..., TestClient]


def test_words_are_found_and_marked(client_of: Client) -> None:
    text = client_of().get("/search?q=police").text
    assert text.count('class="hit"') > 1
    assert "<mark>police</mark>" in text.lower()


def test_filters_narrow_what_is_found(client_of: Client) -> None:
    client = client_of()
    everything = client.get("/search?q=police").text.count('class="hit"')
    some = client.get("/search?q=police&type=PROTEST&since=2022-01-05").text.count('class="hit"')
    assert 0 < some < everything


def test_without_words_the_filters_alone_choose(client_of: Client) -> None:
    text = client_of().get("/search?type=PROTEST").text
    assert 'class="hit"' in text
    assert "the newest first" in text


@pytest.mark.parametrize("asked", ["-police", "or", "%22%22", "...", "%00"])
def test_what_cannot_be_searched_is_said_beside_the_question(client_of: Client, asked: str) -> None:
    answer = client_of().get(f"/search?q={asked}")
    assert answer.status_code == 200
    assert "name a word that must be there" in answer.text


def test_nothing_found_is_said(client_of: Client) -> None:
    assert "Nothing found" in client_of().get("/search?q=zebra").text


def test_a_question_that_is_too_long_is_refused(client_of: Client) -> None:
    assert client_of().get(f"/search?q={'a' * 300}").status_code == 422


def test_what_articles_say_is_never_markup(client_of: Client, ledger: Ledger, coder: Coder) -> None:
    """Neither words nor characters that mark where words were found."""
    text = f"The zebra <script>alert(1)</script> escaped {ON}<b>far{OFF} from the zoo, the police said."
    ledger.add(coder.code(make_article({"id": "z", "title": "<i>Zebra</i>", "text": text}, name="z", source="z")))
    found = client_of().get("/search?q=zebra").text
    assert "<script>alert" not in found
    assert "<b>far" not in found
    assert "<i>Zebra</i>" not in found
    assert "<mark>zebra</mark>" in found


def test_pieces_are_the_snippet_whatever_marks_it_holds() -> None:
    assert list(pieces(f"a {ON}b{OFF} c")) == [("a ", False), ("b", True), (" c", False)]
    assert "".join(words for words, _ in pieces(f"{OFF}a{ON}b{ON}c{OFF}d{ON}")) == "abcd"


def test_many_are_shown_page_by_page(client_of: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of()
    names = [part.split('"')[0] for part in client.get("/search?q=police").text.split('<h3><a href="/articles/')[1:]]
    monkeypatch.setattr(searching, "SIZE", 2)
    first, second = (client.get(f"/search?q=police&page={page}").text for page in (1, 2))
    shown = [part.split('"')[0] for part in (first + second).split('<h3><a href="/articles/')[1:]]
    assert shown == names[: len(shown)]
    assert 'rel="next" href="/search?q=police&amp;page=2"' in first
    assert 'rel="prev" href="/search?q=police"' in second
    assert "There is no such page" in client.get("/search?q=police&page=99").text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_has_no_fault(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/search?q=police&type=PROTEST", width=width, scheme=scheme)
    assert page.locator(".hit").count() > 0
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
