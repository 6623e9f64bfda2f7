"""Hostile texts cost no more than their length: twice the text, about twice the work."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from sayso.coding.coder import Coder
from sayso.reading import segment
from sayso.records import Article

GROWTH = 3.5
"""Times the work that twice the text may cost: linear work and noise stay below, quadratic work comes to four."""
LEAST = 0.1
"""Seconds below which a measurement says nothing about growth."""
BOUND = 30.0
"""Seconds for any of the short texts; they take about one."""
ENGLISH = "Police arrested nine men in the capital on Monday, and the mayor said that they had been armed. " * 3


def name(number: int) -> str:
    """A name that no other number has."""
    syllables = ("ba", "ke", "li", "mo", "nu", "ra", "so", "ti", "va", "zo")
    return "Ana " + "".join(syllables[number // 10**place % 10] for place in range(4)).title()


SHORT: dict[str, str] = {
    "straight quotes in a row": '"' * 1500,
    "straight quotes as words": '" ' * 1500,
    "quotes that open and never close": "“‘" * 700,
    "nested quotes": "“He said ‘" * 300 + "no" + "’”" * 300,
    "emoji": "😀" * 1000,
    "brackets": "( " * 2000,
    "lines of one letter": "a\n" * 2000,
    "one paragraph without a stop": "police arrested the men and the soldiers fired on a crowd while " * 150,
    "names between commas": ", ".join(map(name, range(1000))),
    "numbers": ", ".join(map(str, range(12, 1200))),
    "dates": "5 January 2022 " * 600,
    "attack of attack": "attack of " * 700,
    "said that said that": "He said that " * 500 + "police fired.",
    "white space": "word" + " " * 100_000 + "word",
    "single marks": "‘a b " * 1200,
    "acronyms": "U.S. " * 1500,
}

GROWING: dict[str, Callable[[int], str]] = {
    "statements of many speakers": lambda n: " ".join(
        f"{name(i)} said that police had killed {i % 90 + 10} people in Lagos on Monday." for i in range(n)
    ),
    "groups that attack each other": lambda n: (
        "The protesters attacked the terrorists. The rioters attacked the rebels. " * n
    ),
    "names given to each other": lambda n: (
        "The mayor called the protesters terrorists. They called him a traitor. " * n
    ),
    "reports that cite": lambda n: "The agency reported, citing police, that the bridge fell. " * n,
    "quoted paragraphs": lambda n: "\n\n".join(f"“We {i} will not go,” {name(i)} said." for i in range(n)),
    "towns": lambda n: " ".join(f"Police shot {i % 7 + 2} men in Lima and near Cusco." for i in range(n)),
    "pronouns": lambda n: "He hit him and they fled. " * n,
    "days that follow days": lambda n: "On Monday police shot a man. Two days later he died. " * n,
}


@pytest.mark.parametrize("what", SHORT)
def test_short_hostile_texts_are_coded_in_time(coder: Coder, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.coding.coder.english", lambda text: None)  # some are refused as not English: too easy
    article = Article(id="hostile", text=ENGLISH + "\n\n" + SHORT[what])
    began = time.process_time()
    coder.code(article)
    assert time.process_time() - began < BOUND


@pytest.mark.parametrize("what", GROWING)
def test_work_grows_with_the_length(coder: Coder, what: str) -> None:
    size = 120
    shorter = rooms(coder, GROWING[what](size))
    while shorter < LEAST and size < 1200:
        size *= 2
        shorter = rooms(coder, GROWING[what](size))
    longer = rooms(coder, GROWING[what](2 * size))
    if longer >= GROWTH * shorter:  # once more, in case the machine was busy
        shorter, longer = (rooms(coder, GROWING[what](n)) for n in (size, 2 * size))
    assert longer < max(GROWTH * shorter, LEAST)


def test_every_line_begins_a_sentence_at_little_cost(coder: Coder) -> None:
    def seconds(lines: int) -> float:
        article = segment(Article(id="hostile", text="a\n" * lines))
        began = time.process_time()
        coder.begin(article.text, article.blocks)
        return time.process_time() - began

    assert seconds(20_000) < max(GROWTH * seconds(10_000), 1.0)


def test_headings_of_comments_are_looked_at_once() -> None:
    def seconds(headings: int) -> float:
        began = time.process_time()
        segment(Article(id="hostile", text=ENGLISH * 5 + "\n\n" + "Comments\n\n" * headings))
        return time.process_time() - began

    assert min(seconds(4000) for _ in range(2)) < max(GROWTH * min(seconds(2000) for _ in range(2)), LEAST)


def rooms(coder: Coder, text: str) -> float:
    """Seconds that the rooms take, without the reading of the language, which goes window by window."""
    draft = coder.draft(Article(id="hostile", text=text))
    began = time.process_time()
    for room in coder.rooms:
        room(draft)
    return time.process_time() - began
