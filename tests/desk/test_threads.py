"""Replies stand under the article and at its words, in threads that can be settled, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, Visit, faults
from desk.talked import ADDRESS, KEY, add, at, span
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.ledger.people.threads import Thread, threads

Client = Callable[..., TestClient]
SAID = f"{ADDRESS}/replies"


@pytest.fixture(autouse=True)
def _strange(ledger: Ledger, coder: Coder) -> None:
    add(ledger, coder)


def all_of(ledger: Ledger) -> list[Thread]:
    return threads(ledger.annotations(KEY))


def say(client: TestClient, words: str, **given: str) -> str:
    answer = client.post(SAID, data={"words": words, **given})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("#m-")[1]


def test_a_reply_to_the_article_begins_a_thread(client_of: Client, ledger: Ledger) -> None:
    say(client_of(), "Я <b>согласен</b> 💔")
    (thread,) = all_of(ledger)
    assert not thread.on_words
    assert "Я &lt;b&gt;согласен&lt;/b&gt; 💔" in client_of().get(ADDRESS).text


def test_a_comment_stands_at_its_words(client_of: Client, ledger: Ledger) -> None:
    say(client_of(), "Which ones?", **at("الجنود قتلوا"))
    (thread,) = all_of(ledger)
    assert thread.on_words
    assert thread.root.span == span("الجنود قتلوا")
    assert f'data-ref="on-{thread.root.id}"' in client_of().get(ADDRESS).text


def test_answers_to_answers_are_of_one_thread(client_of: Client, ledger: Ledger) -> None:
    first = say(client_of(), "first")
    second = say(client_of("coder"), "second", to=first)
    say(client_of(), "third", to=second)
    (thread,) = all_of(ledger)
    assert [one.body for one in thread.answers] == ["second", "third"]


def test_its_author_or_an_editor_settles_a_thread(client_of: Client, ledger: Ledger) -> None:
    number = say(client_of("reader"), "first")
    assert client_of("coder").post(f"{SAID}/{number}/settle").status_code == 422
    assert client_of("reader").post(f"{SAID}/{number}/settle").status_code == 303
    assert all_of(ledger)[0].settled
    assert client_of("coder").post(f"{SAID}/{number}/open").status_code == 422
    assert client_of("editor").post(f"{SAID}/{number}/open").status_code == 303
    assert client_of("editor").post(f"{SAID}/{number}/open").status_code == 422
    assert not all_of(ledger)[0].settled
    done = [line["action"] for line in ledger.audit_log() if line["target"] == number]
    assert done == ["accepted", "open"]


def test_what_is_withdrawn_is_not_shown_and_stays_in_the_ledger(client_of: Client, ledger: Ledger) -> None:
    number = say(client_of("reader"), "regretted")
    say(client_of("coder"), "why?", to=number)
    assert client_of("coder").post(f"{SAID}/{number}/withdraw").status_code == 422
    client_of("reader").post(f"{SAID}/{number}/withdraw")
    page = client_of().get(ADDRESS).text
    assert "regretted" not in page
    assert "why?" in page
    assert all_of(ledger)[0].root.body == "regretted"
    assert client_of().post(SAID, data={"words": "but", "to": number}).status_code == 422


@pytest.mark.parametrize("given", [{}, {"words": " \n"}, {"words": "x" * 4001}, {"words": "x", "to": "nobody"}, {"words": "x", "quote": "nowhere"}])  # fmt: skip
def test_what_says_nothing_or_answers_nobody_is_refused(
    client_of: Client, ledger: Ledger, given: dict[str, str]
) -> None:
    assert client_of().post(SAID, data=given).status_code == 422
    assert all_of(ledger) == []


def test_a_report_is_no_message(client_of: Client, ledger: Ledger) -> None:
    made = ledger.annotate(KEY, span("Soldiers"), kind="questioning", creator="the-reader", body="?")
    assert client_of().post(f"{SAID}/{made}/withdraw").status_code == 422
    assert client_of().post(f"{SAID}/{made}/eat").status_code == 404
    assert client_of().post(SAID, data={"words": "x", "to": made}).status_code == 422


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_thread_is_held_and_settled_in_a_browser(visit: Visit, client_of: Client, scheme: str) -> None:
    say(client_of("coder"), "Is this so?", **at("стреляли"))
    page = visit(ADDRESS, width=390, scheme=scheme, script=scheme == "light")
    page.click(".answer summary")
    page.fill(".answer [name=words]", "It is. 📵")
    page.click(".answer button")
    assert page.locator(".thread .said").all_inner_texts() == ["Is this so?", "It is. 📵"]
    page.click(".thread button:text('Settle')")
    assert page.locator(".thread.settled").count() == 1
    page.click(".thread blockquote a")
    assert page.locator("#here").inner_text() == "стреляли"
    if scheme == "light":
        assert faults(page) == []
