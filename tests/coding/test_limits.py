"""No article takes longer than it may, and none costs another."""

from __future__ import annotations

import threading
import time

import pytest

from sayso.coding.coder import Coder
from sayso.coding.limits import limited
from sayso.errors import InputError, TooMuchInput
from sayso.records import Article, Coding


def never_done() -> None:
    with limited("slow", 0.2):
        while True:
            pass


def test_work_is_interrupted() -> None:
    began = time.monotonic()
    with pytest.raises(TooMuchInput, match=r"slow: took longer than the limit of 0\.2 s"):
        never_done()
    assert time.monotonic() - began < 2


def test_work_in_time_is_left_alone() -> None:
    with limited("quick", 0.2):
        pass
    time.sleep(0.3)


def test_in_another_thread_the_limit_is_looked_at_afterwards() -> None:
    found: list[InputError] = []

    def work() -> None:
        try:
            with limited("slow", 0.01):
                time.sleep(0.05)
        except TooMuchInput as error:
            found.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(found) == 1


def test_an_article_over_the_limit_costs_no_other(coder: Coder) -> None:
    quick = Coder(coder.nlp, time_limit=1.0)
    endless = Article(id="endless", text=" ".join(["The attack of the attack on the attack by"] * 4000))
    plain = Article(id="plain", text="Police arrested nine miners.")
    first, second = quick.pipe([endless, plain])
    assert isinstance(first, TooMuchInput)
    assert isinstance(second, Coding)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        ("word " * 80_000, "400,000 characters"),
        ("x" * 200_000, "a word of 200,000 characters"),
        ("Полиция задержала девять шахтёров в городе. " * 10, "not in English"),
    ],
)
def test_what_is_no_article_is_refused_at_once(coder: Coder, text: str, reason: str) -> None:
    began = time.monotonic()
    with pytest.raises(InputError, match=reason):
        coder.code(Article(id="odd", text=text))
    assert time.monotonic() - began < 2
