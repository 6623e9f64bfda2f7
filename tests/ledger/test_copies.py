"""Near-duplicates: what is found to be one text, and what is not."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import LedgerError
from sayso.ledger import copies
from sayso.ledger.copies import Printed, Signature, bands, body, containment, is_copy, original, resemblance, signature
from sayso.records import Article, Block

STORY = """
Fishermen in the harbour town of Port Ruvo blocked the coal quay with forty boats on Monday after the company that runs it
closed the old basin without a word of warning. The police came at noon and asked them to leave, and when nobody moved they
cut the ropes of six boats and towed them out to sea. Two men fell into the water and were pulled out by their neighbours.

A spokeswoman for the port said that the basin had silted up and that the owners had been told in spring. The chairman of the
fishermen's union, Pavel Doreny, laughed at this. "We read it in the paper, like everybody else," he told reporters on the
quay, where women were handing out soup. He said that the boats would stay until the minister came in person.

The minister of transport was in the capital, where he spoke about a bridge. His office would say only that it was following
the matter. In the evening a lorry with tyres arrived and the tyres were burned; the smoke could be seen from the islands. The
mayor called for calm and closed the schools near the harbour for the following day, as a precaution, she said.

Port Ruvo has lost two thirds of its boats in twenty years. The coal, which comes by rail from the mines of Tarn, is loaded at
night. Ships that waited in the roads on Tuesday morning had begun to turn away to other ports, according to the pilots, and the
company warned that every day of the blockade cost as much as a new crane.
"""
OTHER = """
Forty fishing boats have shut down coal exports from Port Ruvo. Their crews are angry about the sudden loss of a basin in which
their fathers had already moored. Officers removed half a dozen vessels at midday; two people ended up in the harbour but were
not hurt. Union leader Pavel Doreny insisted that no one had informed his members. "We read it in the paper, like everybody
else," he said. Port managers maintain that owners had had notice for months, and blame mud. With pupils sent home, tyres
ablaze and freighters diverting, the government has yet to send anybody to talk to the crews, whose numbers have shrunk since
the turn of the century.
"""
FURNITURE = """
Subscribe to our morning letter and never miss what matters on the coast. Our reporters work for you day and night; support
them from two crowns a month. Read also: ten quiet beaches, the price of herring, and what the pilots never tell. Follow us
on every network and tell your friends about the Coast Courier.
"""


def market(seed: int) -> str:
    """A market report of one day: all of them have the same sentences, and other numbers."""
    pick = random.Random(seed)

    def number(low: int, high: int) -> str:
        return f"{pick.uniform(low, high):.1f}"

    city, way, worry = pick.choice(["Tokyo", "Oslo"]), pick.choice(["higher", "lower"]), pick.choice(["rates", "oil"])
    return (
        f"Shares in {city} closed {way} as investors weighed {worry}. The benchmark index rose {number(0, 3)} percent to "
        f"{pick.randint(9000, 30000)} points, while the broader index gained {number(0, 3)} percent. Volume was "
        f"{number(1, 9)} billion shares. Gainers outnumbered losers by {pick.randint(600, 1500)} to {pick.randint(100, 500)}. "
        f"Karsten Steel rose {number(0, 9)} percent to {pick.randint(100, 999)} and Tarn Energy fell {number(0, 9)} percent to "
        f"{pick.randint(100, 999)}. The yield on the ten year note stood at {number(0, 4)} percent. Past performance is no "
        f"guide to the future and this report is no advice to buy or to sell."
    )


def words(text: str, start: int, end: int) -> str:
    return " ".join(text.split()[start:end])


EDITS = {
    "cut at the end": words(STORY, 0, 150),
    "cut to the lead": words(STORY, 0, 40),
    "an extract from the middle": words(STORY, 90, 190),
    "another headline": "Coal port shut as skippers dig in\n\n" + STORY,
    "another dateline": "PORT RUVO, March 3 (Coast Wire) - " + words(STORY, 3, 400),
    "a paragraph changed": STORY.replace(STORY.split("\n\n")[1], words(OTHER, 10, 70)),
    "a paragraph of furniture": STORY + FURNITURE,
    "another lead, and cut": words(OTHER, 0, 40) + " " + words(STORY, 45, 200),
    "as much text again": STORY + " ".join(f"filler{n}" for n in range(270)),
    "capitals and marks": STORY.upper().replace(",", " –").replace('"', "“"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_copy_is_found_by_a_band_and_told_to_be_one(edit: str) -> None:
    """What desks do to a wire story leaves it a copy."""
    story, printed = signature(STORY), signature(EDITS[edit])
    assert set(bands(story)) & set(bands(printed))
    assert is_copy(story, printed)
    assert is_copy(printed, story)


def test_two_reports_of_one_event_are_no_copies() -> None:
    """Though they quote the same sentence."""
    assert not is_copy(signature(STORY), signature(OTHER))
    assert resemblance(signature(STORY), signature(OTHER)) < 0.1


def test_reports_from_one_template_are_no_copies() -> None:
    """Market reports of two days share every sentence but for the numbers."""
    made = [signature(market(seed)) for seed in range(20)]
    assert not any(is_copy(a, b) for at, a in enumerate(made) for b in made[:at])


def test_an_extract_is_contained_in_its_story_and_hardly_resembles_it() -> None:
    """Containment is the share of the part's own words, whatever the whole has besides."""
    part, whole = signature(words(STORY, 60, 160)), signature(STORY)
    assert containment(part, whole) == 1.0
    assert containment(whole, part) < 0.5
    assert resemblance(part, whole) < 0.5


def test_long_texts_are_compared_by_samples() -> None:
    """A sketch of fixed size tells shares of long texts to within a tenth."""
    long = " ".join(f"word{n}" for n in range(3000))
    half = " ".join(f"word{n}" for n in range(1500)) + " " + " ".join(f"other{n}" for n in range(1500))
    assert containment(signature(half), signature(long)) == pytest.approx(0.5, abs=0.1)
    assert containment(signature(words(long, 1000, 1100)), signature(long)) == 1.0


def test_short_texts_are_copies_only_of_the_same_words() -> None:
    """One sentence is anybody's; case and marks do not count."""
    short = "The Ministry of Health counted nine new deaths on Friday, twice as many as on the day before."
    assert is_copy(signature(short), signature(short.upper().replace(",", " –")))
    assert set(bands(signature(short))) & set(bands(signature(short.upper())))
    assert not is_copy(signature(short), signature(short.replace("nine", "ten")))
    assert not is_copy(signature(short), signature(short + " " + STORY))


def test_texts_without_words_are_nobodys_copies() -> None:
    """Nothing in them can have been copied."""
    assert bands(signature("…")) == ()
    assert not is_copy(signature("…"), signature("!"))


def test_the_signature_hangs_on_nothing_but_the_text() -> None:
    """These numbers were written down once: another process, hash seed, platform or version that gives others breaks ledgers."""
    assert signature(STORY).to_bytes().hex()[:64] == KNOWN
    code = "import sys; from sayso.ledger.copies import signature; print(signature(sys.argv[1]).to_bytes().hex()[:64])"
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code, STORY],
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert ran.stdout.strip() == KNOWN


KNOWN = "010000010f00000108e27948da33506c2401000008002bd21f012538ae037d00"


@given(st.text(max_size=2000))
def test_bytes_give_the_signature_back(text: str) -> None:
    """Whatever the text; and bands are signed 64-bit integers, each once."""
    made = signature(text)
    assert Signature.from_bytes(made.to_bytes()) == made
    assert len(set(bands(made))) == len(bands(made))
    assert all(-(2**63) <= one < 2**63 for one in bands(made))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from("a b c d e f g h".split()), min_size=32, max_size=300), st.data())
def test_a_text_is_a_copy_of_itself_and_of_what_it_was_cut_from(tokens: list[str], data: st.DataObject) -> None:
    """From as many words as a text must have; the shares are between none and all, and resemblance is symmetric."""
    start = data.draw(st.integers(0, len(tokens) - 32))
    whole, part = signature(" ".join(tokens)), signature(" ".join(tokens[start:]))
    assert is_copy(whole, whole)
    assert containment(part, whole) == 1.0
    assert 0.0 <= resemblance(whole, part) <= 1.0
    assert resemblance(whole, part) == resemblance(part, whole)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=400, max_size=500, unique=True), st.integers(0, 300))
def test_what_shares_a_stretch_of_words_shares_a_band(numbers: list[int], start: int) -> None:
    """67 words in a row, wherever they stand in both texts."""
    shared = [f"w{n}" for n in numbers[start : start + copies.STRETCH + copies.RUN - 1]]
    one = " ".join([f"w{n}" for n in numbers[:start]] + shared + [f"x{n}" for n in range(100)])
    other = " ".join([f"y{n}" for n in range(50)] + shared + [f"z{n}" for n in range(80)])
    assert set(bands(signature(one))) & set(bands(signature(other)))


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x09" + bytes(40), signature(STORY).to_bytes()[:-3]])
def test_other_bytes_are_refused(data: bytes) -> None:
    """By an error that says so."""
    with pytest.raises(LedgerError):
        Signature.from_bytes(data)


def printed(text: str, published: str | None, arrival: int) -> Printed:
    return Printed(signature(text), published, arrival)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2022-01-05", "2022-01-06"),
        ("2022-01-05T09:00:00+06:00", "2022-01-05T04:00:00Z"),
        ("2022-01-05T04:00:00", "2022-01-05T04:00:01Z"),
        ("2022-01-05T23:00:00Z", "2022-01-06"),
    ],
)
def test_the_original_was_published_first(first: str, second: str) -> None:
    """Whichever arrived first; hours are compared where both have one."""
    one, other = printed(STORY, first, 2), printed(STORY, second, 1)
    assert original(one, other) is one
    assert original(other, one) is one


@pytest.mark.parametrize(
    "dates", [("2022-01-05", "2022-01-05"), (None, "2022-01-05"), ("2022-01-05T10:00:00", "2022-01-05")]
)
def test_where_dates_do_not_tell_the_original_arrived_first(dates: tuple[str | None, str | None]) -> None:
    """The same day, or one without a date or an hour."""
    one, other = printed(STORY, dates[0], 1), printed(STORY, dates[1], 2)
    assert original(one, other) is one
    assert original(other, one) is one


def test_an_extract_is_never_the_original_of_what_tells_more() -> None:
    """The flash came first, but the full story tells what is not in the flash."""
    flash, full = printed(words(STORY, 0, 60), "2022-01-05", 1), printed(STORY, "2022-01-06", 2)
    assert original(flash, full) is full
    assert original(full, flash) is full


def test_a_date_that_is_none_is_refused() -> None:
    """By an error that names it."""
    with pytest.raises(LedgerError, match="2022-01-05Txx"):
        original(printed(STORY, "2022-01-05Txx", 1), printed(STORY, "2022-01-05T10:00:00", 2))


def test_the_body_is_without_headline_dateline_and_furniture() -> None:
    """What another desk changes is left out."""
    parts = [
        "Skippers dig in",
        "By Jane Roe",
        "PORT RUVO, March 3 (Coast Wire) - Boats blocked the quay.",
        "Read also: herring.",
    ]
    text = "\n\n".join(parts)
    kinds = ("title", "byline", "body", "boilerplate")
    starts = [text.index(part) for part in parts]
    blocks = tuple(Block(kind=k, start=s, end=s + len(p)) for k, s, p in zip(kinds, starts, parts, strict=True))  # type: ignore[arg-type]
    assert body(Article(id="1", text=text, blocks=blocks)).strip() == "Boats blocked the quay."


def test_a_text_without_blocks_is_taken_whole() -> None:
    """And a headline alone is its own body."""
    assert body(Article(id="1", text="Boats blocked the quay.")) == "Boats blocked the quay."
    title = Block(kind="title", start=0, end=15)
    assert body(Article(id="1", text="Skippers dig in", blocks=(title,))) == "Skippers dig in"
