"""Who says what, made of records alone: no server, no ledger, no browser."""

from __future__ import annotations

from typing import Any

import pytest

from made import INFO, at
from sayso.desk import axes, labels, locator, quoting, reports, telling, tolls
from sayso.exports.view import View
from sayso.ledger.dossier import Dossier
from sayso.records import (
    Actor,
    Article,
    Coding,
    Denial,
    Event,
    Figure,
    Incident,
    Label,
    Origin,
    Party,
    Place,
    Report,
    Span,
    Statement,
    Time,
    Value,
)

HERALD = "Terrorists killed 12 people in Baghdad on Wednesday, police said. “It was loud,” Dr. Ali said."
COURIER = "At least 15 people were killed in Basra on Thursday, the health ministry said."
POLICE = Origin(id="o1", name="Police of Baghdad", kind="speaker")
MINISTRY = Origin(id="o2", name="Health Ministry of Iraq", kind="speaker")


def value(article: str, words: str, *, written: str | None = None, **given: Any) -> Value:
    text = HERALD if article.startswith("herald") else COURIER
    fields = {"published": "2022-01-06", "origin": "o1" if article.startswith("herald") else "o2", **given}
    return Value(value=written or words, article=article, span=at(words, text), **fields)


def place(name: str, text: str, latitude: float, longitude: float, precision: Any = "settlement") -> Place:
    return Place(
        id="p1", name=name, latitude=latitude, longitude=longitude, precision=precision, mentions=(at(name, text),)
    )


def herald(**changes: Any) -> Coding:
    made: dict[str, Any] = {
        "coder": INFO,
        "article": Article(id="herald", text=HERALD, outlet="The Herald", title="A bomb", published="2022-01-06"),
        "actors": (
            Actor(id="a1", name="terrorists", labels=(Label(text="Terrorists", span=at("Terrorists", HERALD), statement="s1", distanced=True),)),
            Actor(id="a2", name="people", labels=(Label(text="people", span=at("people", HERALD), statement="s1"),)),
            Actor(id="a3", name="police", sectors=("COP",), mentions=(at("police", HERALD),)),
        ),
        "places": (place("Baghdad", HERALD, 33.3, 44.4),),
        "times": (Time(id="t1", text="Wednesday", span=at("Wednesday", HERALD), start="2022-01-05", end="2022-01-05"),),
        "figures": (Figure(id="f1", span=at("12", HERALD), text="12", low=12, high=12, unit="people", measure="killed"),),
        "statements": (
            Statement(id="s1", kind="indirect", act="say", speaker="a3", speaker_span=at("police", HERALD), content_spans=(Span(0, 51),)),
        ),
        "events": (
            Event(
                id="e1", trigger=at("killed", HERALD), span=Span(0, 51), type="ASSAULT", statements=("s1",), place="p1", time="t1",
                actors=(Party(actor="a1", span=at("Terrorists", HERALD)),), recipients=(Party(actor="a2", span=at("people", HERALD)),),
            ),
        ),
    }  # fmt: skip
    return Coding(**{**made, **changes})


def courier(where: Place | None = None, **changes: Any) -> Coding:
    times = (Time(id="t1", text="Thursday", span=at("Thursday", COURIER), start="2022-01-06", end="2022-01-06"),)
    event = Event(id="e1", trigger=at("killed", COURIER), span=Span(0, 51), type="ASSAULT")
    article = Article(id="courier", text=COURIER, outlet="The Courier", title="More dead", published="2022-01-06")
    places = (where or place("Basra", COURIER, 30.5, 47.8),)
    return Coding(
        **{"coder": INFO, "article": article, "places": places, "times": times, "events": (event,), **changes}
    )


def dossier(values: dict[str, tuple[Value, ...]], *codings: Coding, **changes: Any) -> tuple[Dossier, dict[str, View]]:
    held = {one.article.id: one for one in codings or (herald(), courier())}
    told = [
        Report(article=key, event="e1", origin=o, published="2022-01-06")
        for key, o in zip(held, ("o1", "o2"), strict=False)
    ]
    fields: dict[str, Any] = {
        "origins": (POLICE, MINISTRY),
        "reports": tuple(told),
        "standing": "corroborated",
        **changes,
    }
    made = Incident(id="i1", type="ASSAULT", values=values, **fields)
    return Dossier(made, held), {key: View(one) for key, one in held.items()}


KILLED = (
    value("herald", "12", low=12, high=12, speaker="police"),
    value("courier", "At least 15", low=15, high=None, speaker="the health ministry"),
)


def rows(values: dict[str, tuple[Value, ...]], *codings: Coding) -> dict[str, telling.Row]:
    return {row.field: row for row in telling.matrix(*dossier(values, *codings)).rows}


def test_one_column_an_origin_and_one_row_a_value() -> None:
    """In the order of origins; nobody's word is a column of its own, where there is any."""
    made = telling.matrix(*dossier({"place": (value("herald", "Baghdad"),), "killed": KILLED}))
    assert [(c.name, c.kind) for c in made.columns] == [
        ("Police of Baghdad", "speaker"),
        ("Health Ministry of Iraq", "speaker"),
    ]
    assert [row.label for row in made.rows] == ["Killed", "Place"]
    nobody = (*KILLED, value("courier", "people", low=3, high=3, origin=None))
    made = telling.matrix(*dossier({"killed": nobody}))
    assert [c.name for c in made.columns][-1] == "Nobody’s word"
    assert [entry.shown for entry in made.rows[0].cells[-1]] == ["3"]


def test_every_value_opens_its_words_in_their_sentence() -> None:
    """With the article, its day, its outlet, and the way to the passage."""
    ((entry,), _) = rows({"killed": KILLED})["killed"].cells
    (found,) = entry.passages
    assert found.quote == ("Terrorists killed ", "12", " people in Baghdad on Wednesday, police said.")
    assert (found.title, found.outlet, found.published, found.speaker) == (
        "A bomb",
        "The Herald",
        "2022-01-06",
        "police",
    )
    assert found.address == "/articles/herald?at=18-20#here"
    assert (entry.shown, entry.words) == ("12", "12 people")


def test_numbers_that_cannot_both_be_true_are_marked_on_both_sides() -> None:
    row = rows({"killed": KILLED})["killed"]
    assert row.clash
    assert [[(m.whom, m.at_once) for e in cell for m in e.clashes] for cell in row.cells] == [
        [("Health Ministry of Iraq", True)], [("Police of Baghdad", True)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "killed",
    [
        (KILLED[0], value("courier", "15", low=10, high=20)),
        (KILLED[0], value("courier", "15", low=15, high=15, origin=None)),
        (
            value("herald", "12", low=12, high=12, approximate=True),
            value("courier", "15", low=15, high=15, approximate=True),
        ),
        (
            KILLED[0],
            value("courier", "15", low=15, high=15),
            value("courier", "people", low=12, high=12, published="2022-01-07"),
        ),
    ],
    ids=["ranges meet", "nobody's word", "both approximate", "the last number counts"],
)
def test_what_can_be_true_together_is_not_marked(killed: tuple[Value, ...]) -> None:
    row = rows({"killed": killed})["killed"]
    assert not row.clash
    assert not any(entry.clashes for cell in row.cells for entry in cell)


def test_a_number_of_another_day_is_another_number_and_no_contradiction() -> None:
    row = rows({"killed": (KILLED[0], value("courier", "15", low=15, high=15, published="2022-01-09"))})["killed"]
    assert not row.clash
    assert [m.at_once for cell in row.cells for e in cell for m in e.clashes] == [False, False]


def test_other_days_and_other_towns_are_contradictions() -> None:
    """But a state contradicts none of its towns."""
    days = (value("herald", "Wednesday", written="2022-01-05"), value("courier", "Thursday", written="2022-01-06"))
    places = (value("herald", "Baghdad"), value("courier", "Basra"))
    found = rows({"start": days, "place": places})
    assert found["start"].clash
    assert found["place"].clash
    coarse = courier(place("Basra", COURIER, 30.5, 47.8, "admin1"))
    assert not rows({"place": places}, herald(), coarse)["place"].clash


def test_what_an_origin_says_twice_stands_once_with_both_passages() -> None:
    again = herald(article=herald().article.model_copy(update={"id": "herald2"}))
    twice = (KILLED[0], value("herald2", "12", low=12, high=12))
    ((entry,), *_) = rows({"killed": twice}, herald(), again)["killed"].cells
    assert [one.address for one in entry.passages] == [
        "/articles/herald?at=18-20#here",
        "/articles/herald2?at=18-20#here",
    ]


@pytest.mark.parametrize(
    ("low", "high", "approximate", "written", "shown"),
    [
        (26, 26, False, "26", "26"),
        (200, None, False, "no fewer than 200", "at least 200"),
        (24, None, True, "Dozens", "at least 24"),
        (100, 100, True, "a hundred", "about 100"),
        (20, 30, False, "20 to 30", "20 to 30"),
        (0, 9, False, "up to nine", "at most 9"),
        (None, None, False, "many", "many"),
    ],
)
def test_a_number_is_shown_as_its_range(low: float, high: float, approximate: bool, written: str, shown: str) -> None:
    assert telling.span(value("herald", "12", written=written, low=low, high=high, approximate=approximate)) == shown


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One. Two is here. Three.", "is", ("Two ", "is", " here.")),
        ("One. Two ends. Three.", "ends.", ("Two ", "ends.", "")),
        ("He met Dr. Ali there. Then he left.", "Ali", ("He met Dr. ", "Ali", " there.")),
        ("Headline\n\nBody here\nnext", "Body", ("", "Body", " here")),
        ("They came, and left.", ", and left", ("They came, ", "and left", ".")),
        ("😀 Взрыв в Багдаде. Дальше", "Взрыв", ("😀 ", "Взрыв", " в Багдаде.")),
    ],
)
def test_words_stand_in_their_sentence(text: str, words: str, expected: tuple[str, str, str]) -> None:
    assert quoting.around(text, at(words, text)) == expected


def test_a_long_sentence_is_cut_and_says_so() -> None:
    text = "a " * 1000 + "here" + " b" * 1000
    found = quoting.around(text, at("here", text))
    assert found.before.startswith("… ")
    assert found.after.endswith(" …")
    assert len(found.before) <= quoting.REACH + 2


def test_what_each_calls_the_parties() -> None:
    (one,) = labels.callers(*dossier({}, herald()))
    assert (one.name, one.kind) == ("Police of Baghdad", "speaker") or "olice" in one.name
    assert [(c.words, c.distanced) for c in one.actors] == [("Terrorists", True)]
    assert [c.words for c in one.recipients] == ["people"]


def test_a_denial_stands_with_its_words() -> None:
    denial = Denial(origin="o2", article="courier", span=at("killed", COURIER), speaker="the health ministry")
    made, views = dossier({}, denials=(denial,), standing="disputed")
    (found,) = reports.denied(made, views)
    assert (found.who, found.words) == ("the health ministry", "killed")
    assert [one.origin for one in reports.claims(reports.told(made, views))] == [
        "Police of Baghdad",
        "Health Ministry of Iraq",
    ]


def test_the_toll_is_drawn_where_there_are_two_dated_numbers() -> None:
    """Open ends are arrows; the table has the same numbers."""
    (chart,) = tolls.charts(telling.matrix(*dossier({"killed": KILLED})))
    assert [(p.open, p.low > p.high) for p in chart.points] == [(False, False), (True, False)]
    assert chart.points[0].x != chart.points[1].x
    assert [(row.low, row.high) for row in chart.rows] == [("12", "12"), ("15", "open")]
    assert tolls.charts(telling.matrix(*dossier({"killed": KILLED[:1]}))) == []
    undated = tuple(one.model_copy(update={"published": None}) for one in KILLED)
    assert tolls.charts(telling.matrix(*dossier({"killed": undated}))) == []


def test_every_point_lies_within_the_drawing() -> None:
    many = tuple(
        value("herald", "12", low=n, high=n * 2, origin=f"o{n}", published=f"2022-01-0{1 + n % 9}")
        for n in range(1, 60)
    )
    (chart,) = tolls.charts(telling.matrix(*dossier({"killed": many})))
    assert len(chart.points) == 59
    for point in chart.points:
        assert axes.LEFT < point.x < axes.WIDTH
        assert axes.TOP <= point.high <= point.low <= axes.HEIGHT - axes.BOTTOM
    marks = {point.mark for point in chart.points}
    assert len(marks) == 59


@pytest.mark.parametrize("most", [0, 1, 7, 26, 200, 999, 12_345])
def test_the_scale_has_round_numbers_and_room(most: float) -> None:
    found = axes.scale(most)
    assert found[0] == 0
    assert found[-1] >= most
    assert 2 <= len(found) <= 7


def test_outlines_are_read_and_clipped() -> None:
    """A square of two arcs, one of them the other way round, in a quantised topology."""
    topology = {
        "transform": {"scale": [1, 1], "translate": [10, 20]},
        "arcs": [[[0, 0], [4, 0], [0, 4]], [[0, 0], [0, 4], [4, 0]]],
        "objects": {"countries": {"geometries": [{"type": "Polygon", "arcs": [[0, -2]]}, {"type": "Point"}]}},
    }
    (ring,) = locator.outlines(topology, "countries")
    assert ring == [(10, 20), (14, 20), (14, 24), (10, 24), (10, 20)]
    cut = locator.clipped(ring, (12, 0, 99, 99))
    assert {x for x, _ in cut} == {12, 14}
    assert locator.clipped(ring, (50, 50, 60, 60)) == []
