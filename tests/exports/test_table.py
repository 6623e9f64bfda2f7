"""The report of one article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made import coding, renamed
from sayso.exports.explain import explain
from sayso.exports.standing import percent
from sayso.exports.table import report
from sayso.exports.view import View, bounds, plain, shorten
from sayso.exports.voices import voices
from sayso.records import Actor, Article, Figure, Span, Statement


def test_own_assertions_stand_apart_from_claims() -> None:
    """What the article says itself comes first; what others say stands under their names."""
    text = report(coding())
    own, _, rest = text.partition("On the word of a nurse, as The ministry tells it")
    assert "stormed" in own
    assert "killed" not in own.split("In the article's own voice")[1]
    assert "through Radio North" in rest
    assert "killed: at least 12 guards" in rest


def test_a_channel_is_named_only_for_what_came_through_it() -> None:
    """What a speaker said on the air and what the same speaker said elsewhere stand under two headings."""
    made = coding()
    nurse = next(s for s in made.statements if s.channel)
    elsewhere = nurse.model_copy(update={"id": "s9", "channel": None})
    found = voices(View(made.model_copy(update={"statements": (*made.statements, elsewhere)})))
    by_statement = {s.id: voice for voice in found for s in voice.statements}
    assert by_statement[nurse.id].channels == [nurse.channel.name] if nurse.channel else False
    assert by_statement["s9"].channels == []


def test_a_channel_that_the_speaker_is_is_not_named_again() -> None:
    """A station that speaks through itself is named once; its record keeps the channel."""
    made = coding()
    nurse = next(s for s in made.statements if s.channel)
    actors = [a.model_copy(update={"name": "Radio North"}) if a.id == nurse.speaker else a for a in made.actors]
    aired = nurse.model_copy(update={"within": None, "speaker_span": nurse.channel and nurse.channel.span})
    others = [s for s in made.statements if s.id != nurse.id]
    view = View(made.model_copy(update={"actors": tuple(actors), "statements": (*others, aired), "events": ()}))
    (voice,) = (voice for voice in voices(view) if aired in voice.statements)
    assert (voice.name, voice.channels, view.channels([aired])) == ("Radio North", [], ["Radio North"])


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0049, "under 1 %"), (0.005, "1 %"), (0.0149, "1 %"), (0.125, "12 %"), (0.996, "100 %")],
)
def test_no_voice_has_nought_per_cent(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("Maria Ruiz, who lives in Oslo,", "Maria Ruiz", "Maria Ruiz"),
        ("a 34-year-old builder,", "a 34-year-old builder,", "a 34-year-old builder"),
        ("the mayor, Maria Ruiz", "Maria Ruiz", "the mayor, Maria Ruiz"),
        ("she", "Maria Ruiz", "Maria Ruiz"),
    ],
)
def test_a_speaker_is_named_without_what_follows_the_name(text: str, name: str, shown: str) -> None:
    article = Article(id="x", text=text)
    actor = Actor(id="a1", name=name, kind="person")
    statement = Statement(
        id="s1",
        kind="indirect",
        act="say",
        speaker="a1",
        speaker_span=Span(0, len(text)),
        content_spans=(Span(0, 1),),
    )
    made = coding(article=article, actors=(actor,), places=(), times=(), figures=(), statements=(statement,), events=())
    assert View(made).speaker(statement) == shown


def test_background_and_denial_are_said() -> None:
    text = report(coding())
    assert "Background, told as history" in text
    assert text.index("crushed") > text.index("Background")
    assert "said not to have happened" in text


def test_labels_name_who_uses_them() -> None:
    assert "“rebels” by a nurse, as The ministry tells it" in " ".join(report(coding(), width=120).split())


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert max(map(len, report(coding(), width=width).splitlines())) <= width


def test_without_colour_there_are_no_control_characters() -> None:
    assert plain(report(coding()).replace("\n", " ")).count("\ufffd") == 0
    assert "\x1b[" in report(coding(), color=True)


def test_a_document_cannot_steer_the_terminal() -> None:
    """Escape sequences, carriage returns and changes of direction in an article do not reach the terminal."""
    text = report(renamed("\x1b[31mred\r\u202eback\x9b"))
    assert not set(text) & set("\x1b\r\u202e\x9b")


def test_explaining_names_rule_words_and_voice() -> None:
    text = explain(coding())
    assert "pattern: verb:storm" in text
    assert "decided: actual: told as fact" in text
    assert "voice: a nurse, direct say, cue “had said”" in text
    assert "GeoNames 1526384" in report(coding(), explain=True)


def test_an_empty_coding_is_a_report_too() -> None:
    empty = coding(actors=(), places=(), times=(), figures=(), statements=(), events=())
    assert "no event" in report(empty)


def test_every_statement_belongs_to_one_voice() -> None:
    found = [s.id for voice in voices(View(coding())) for s in voice.statements]
    assert sorted(found) == ["s1", "s2", "s3"]


@pytest.mark.parametrize(
    ("low", "high", "approximate", "text", "words"),
    [
        (130, None, False, "at least 130", "at least 130"),
        (100, 100, True, "about 100", "about 100"),
        (20, 30, False, "20 to 30", "20 to 30"),
        (1200, 1200, False, "1,200", "1,200"),
        (None, 40, False, "up to 40", "at most 40"),
        (24, None, True, "dozens", "dozens (at least 24)"),
        (None, None, True, "many", "an unknown number"),
        (2.5, 2.5, False, "2.5", "2.5"),
    ],
)
def test_bounds_read_as_words(low: float | None, high: float | None, approximate: bool, text: str, words: str) -> None:
    figure = Figure(id="f1", span=Span(0, 1), text=text, low=low, high=high, approximate=approximate)
    assert bounds(figure) == words


@given(st.text(), st.integers(2, 50))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width
