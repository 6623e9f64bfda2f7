"""Anchors of annotations, and where their words stand in another version of the text."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.errors import LedgerError
from sayso.ledger.anchors import CONTEXT, NEEDED, Anchor, Placed, anchor, from_utf16, place, to_utf16
from sayso.records import Span

TEXT = (
    "Protesters stormed the city hall in Almaty on Wednesday evening. The ministry said 12 guards were killed there.\n\n"
    "Nobody in the town of Aktobe had heard of it, and the governor denied that anything had happened at all."
)


def _at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _anchor(words: str, text: str = TEXT) -> Anchor:
    return anchor(text, _at(words, text))


def test_an_anchor_has_the_words_and_their_context() -> None:
    """Position, quote, up to 32 code points on either side, and the text's SHA-256."""
    made = _anchor("12 guards")
    assert TEXT[made.start : made.end] == made.exact == "12 guards"
    assert made.prefix == TEXT[made.start - CONTEXT : made.start]
    assert made.suffix == TEXT[made.end : made.end + CONTEXT]
    assert made.text_hash == hashlib.sha256(TEXT.encode()).hexdigest()
    assert anchor("word", Span(0, 4))[:5] == (0, 4, "word", "", "")


@pytest.mark.parametrize("span", [Span(0, 0), Span(5, 4), Span(-1, 3), Span(2, 5)])
def test_an_anchor_needs_words(span: Span) -> None:
    """A span that is empty or outside the text is an error that names it."""
    with pytest.raises(LedgerError, match=f"{span.start}–{span.end}"):
        anchor("text", span)


def test_an_anchor_that_quotes_nothing_is_refused() -> None:
    """Anchors from elsewhere may have an empty quote."""
    with pytest.raises(LedgerError, match="quotes no words"):
        place(Anchor(3, 3, "", "", "", ""), TEXT)


SPANNED = st.text(min_size=1, max_size=200).flatmap(
    lambda text: st.tuples(st.just(text), st.sets(st.integers(0, len(text)), min_size=2, max_size=2).map(sorted))
)


@given(SPANNED)
def test_in_the_same_text_words_stay(given_: tuple[str, list[int]]) -> None:
    """Anchoring and placing in one text gives the span, whatever the text repeats."""
    text, (start, end) = given_
    assert place(anchor(text, Span(start, end)), text) == Placed(Span(start, end), "same text")


LETTERS = st.text("ab ", min_size=1, max_size=60)


@given(LETTERS.flatmap(lambda t: st.tuples(st.just(t), st.integers(0, len(t) - 1))), st.integers(1, 9), LETTERS)
def test_what_is_placed_is_always_the_quote(given_: tuple[str, int], size: int, other: str) -> None:
    """In any other text, a span has exactly the words, and a suggestion lies within the text."""
    text, start = given_
    made = anchor(text, Span(start, min(len(text), start + size)))
    placed = place(made, other)
    if placed.span is not None:
        assert placed.span.of(other) == made.exact
    assert placed.span is None or placed.suggestion is None
    if placed.suggestion is not None:
        assert 0 <= placed.suggestion.start < placed.suggestion.end <= len(other)


@given(
    st.text("abcde \n", max_size=80),
    st.text("abcdef ", min_size=1, max_size=40),
    st.text("abcde \n", max_size=80),
    st.integers(0, 80),
    st.integers(0, 80),
    st.text("abcde é👍", max_size=50),
    st.booleans(),
)
def test_words_are_found_again_after_a_change_elsewhere(
    before: str, quote: str, after: str, first: int, last: int, new: str, ahead: bool
) -> None:
    """Inserting, replacing or deleting text outside quote and context never loses words whose context is unique."""
    low, high = sorted((first, last))
    text = before + quote + after
    made = anchor(text, Span(len(before), len(before) + len(quote)))
    if ahead:
        reach = len(before) - len(made.prefix)
        changed = before[: min(low, reach)] + new + before[min(high, reach) :] + quote + after
    else:
        reach = len(made.suffix)
        changed = before + quote + after[: max(low, reach)] + new + after[max(high, reach) :]
    whole = made.prefix + quote + made.suffix
    at = changed.find(whole)
    assume(changed.find(whole, at + 1) < 0)
    start = at + len(made.prefix)
    assert place(made, changed).span == Span(start, start + len(quote))


def test_words_at_their_old_place_are_placed_by_position() -> None:
    """A change behind them moves nothing."""
    assert place(_anchor("12 guards"), TEXT + " Updated.") == Placed(_at("12 guards"), "by position")


def test_one_side_of_the_context_is_enough() -> None:
    """Where the sentence was reworded on one side, the other side tells the words."""
    changed = "Live. " + TEXT.replace("were killed there", "lost their lives")
    assert place(_anchor("12 guards"), changed) == Placed(_at("12 guards", changed), "by quote")
    changed = "Live. " + TEXT.replace("The ministry said 12", "Officials put it at 12")
    assert place(_anchor("12 guards"), changed) == Placed(_at("12 guards", changed), "by quote")


def test_long_quotes_need_no_context() -> None:
    """A whole sentence is told by itself, wherever it was moved."""
    sentence = "Nobody in the town of Aktobe had heard of it, and the governor denied"
    changed = f"Update. {sentence}."
    assert place(_anchor(sentence), changed) == Placed(_at(sentence, changed), "by quote")


def test_the_better_context_wins_over_the_old_position() -> None:
    """Where the same words now stand at the old offset in another sentence, the sentence counts."""
    text = "In the north of the country 5 men fell. In the far south of the country 5 men fled."
    made = anchor(text, Span(text.rindex("5 men"), text.rindex("5 men") + 5))
    start = made.start - len("In the north of the country ")
    changed = text[start:].replace("5 men", "few men", 1) if start < 0 else "x " + text
    assert place(made, changed) == Placed(Span(changed.rindex("5 men"), changed.rindex("5 men") + 5), "by quote")


def test_equally_good_places_are_an_orphan_with_a_suggestion() -> None:
    """Two copies of a passage are not told apart, unless one is where the words were."""
    passage = "A long first sentence stands here, before it. The ministry said 12 guards were killed in the night of Tuesday. "
    made = anchor(passage, _at("12 guards", passage))
    moved = "New. " + passage + passage
    assert place(made, moved) == Placed(None, "orphan", _at("12 guards", moved))
    assert place(made, passage + passage) == Placed(_at("12 guards", passage), "by position")


def test_the_same_words_in_another_place_are_only_suggested() -> None:
    """ "Almaty" elsewhere is not the "Almaty" that was annotated."""
    other = "A conference on glaciers opened in Almaty last spring."
    assert place(_anchor("Almaty"), other) == Placed(None, "suggestion", _at("Almaty", other))


def test_reworded_words_are_only_suggested() -> None:
    """What is merely alike is given to a person, as whole words; so where the passage was moved far away."""
    changed = TEXT.replace("governor denied that anything", "governor denies that something")
    made = _anchor("the governor denied that anything had happened")
    wanted = "the governor denies that something had happened"
    assert place(made, changed) == Placed(None, "suggestion", _at(wanted, changed))
    far = "An unrelated line. " * 400 + changed
    assert place(made, far) == Placed(None, "suggestion", _at(wanted, far))


@pytest.mark.parametrize("text", ["", "x", "Ein ganz anderer Text über das Wetter von morgen. " * 5])
def test_words_that_are_gone_are_orphans(text: str) -> None:
    """Nothing alike: no span and no suggestion."""
    assert place(_anchor("12 guards were killed"), text) == Placed(None, "orphan")


def test_a_false_position_is_checked_against_the_quote() -> None:
    """In the same text an anchor whose offsets are wrong is placed by its quote."""
    made = _anchor("12 guards")._replace(start=3, end=12)
    assert place(made, TEXT) == Placed(_at("12 guards"), "by quote")
    assert place(made._replace(start=-4), TEXT).span == _at("12 guards")


def test_short_contexts_have_to_be_whole() -> None:
    """With less than NEEDED code points around them words are placed only where all of these are the same."""
    made = anchor("On it 5 men fell.", Span(6, 11))
    assert len(made.prefix) < NEEDED
    assert place(made, "Now: On it 5 men fell.").how == "by quote"
    assert place(made, "On it 5 men fled.").how == "suggestion"


def test_many_annotations_of_a_long_text_are_placed_quickly() -> None:
    """200 annotations in 300,000 code points, moved and partly reworded, take under a second."""
    text = " ".join(f"Report {n} says that {n * 7 % 911} people came to town {n * 13 % 577}." for n in range(7000))[
        :300_000
    ]
    spans = [Span(at, at + size) for at in range(1000, 299_000, 1490) for size in (1 + at % 90,)]
    made = [anchor(text, span) for span in spans]
    changed = "Corrected. " + text.replace("3 people", "three persons")
    began = time.perf_counter()
    placed = [place(one, changed) for one in made]
    assert time.perf_counter() - began < 1
    assert len(placed) == 200
    assert sum(one.span is not None for one in placed) > 150


MIXED = st.text(st.sampled_from("ae\u0301 👍\U0001f1f0\U0001f1ff\u200d🚒é漢"), max_size=40)


@given(MIXED)
def test_utf16_offsets_go_there_and_back(text: str) -> None:
    """Every code point has the offset that an encoder gives it, and comes back from it."""
    for at in range(len(text) + 1):
        units = to_utf16(text, at)
        assert units == len(text[:at].encode("utf-16-le")) // 2
        assert from_utf16(text, units) == at


@given(MIXED)
def test_units_within_a_pair_are_refused(text: str) -> None:
    """Of all UTF-16 offsets exactly the second halves of pairs are none."""
    size, refused = len(text.encode("utf-16-le")) // 2, 0
    for units in range(size + 1):
        try:
            from_utf16(text, units)
        except LedgerError as error:
            assert "surrogate pair" in str(error)  # noqa: PT017 -- each offset is tried; some are right
            refused += 1
    assert refused == sum(ord(c) > 0xFFFF for c in text)


def test_emoji_and_combining_marks() -> None:
    """A flag is two pairs, a combining mark is a unit of its own."""
    text = "e\u0301 \U0001f1f0\U0001f1ff!"
    assert [to_utf16(text, at) for at in range(7)] == [0, 1, 2, 3, 5, 7, 8]


@pytest.mark.parametrize("offset", [-1, 4])
def test_offsets_outside_the_text_are_refused(offset: int) -> None:
    """Both ways, naming the offset."""
    with pytest.raises(LedgerError, match=str(offset)):
        to_utf16("a👍b", offset)
    with pytest.raises(LedgerError, match="outside"):
        from_utf16("abc", offset)
