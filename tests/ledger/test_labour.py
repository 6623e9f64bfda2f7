"""What people say of an article's words: kept beside the coding, never in place of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from ledger.stories import add, article, by_another_coder, coded
from sayso.coding.coder import Coder
from sayso.errors import LedgerError
from sayso.ledger import Ledger, Selection
from sayso.ledger.dossier import Annotation
from sayso.records import Coding, Incident, Span

TEXT = "Soldiers shot dead seven protesters in Almaty on Wednesday, the interior ministry said."
AKTAU = {"name": "Aktau", "latitude": 43.65, "longitude": 51.2, "country": "KAZ", "precision": "settlement"}


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def correct(ledger: Ledger, words: str, field: str, value: Any, *, state: str | None = "accepted") -> str:
    """A correction of these words of the article "herald", and what the editor makes of it."""
    made = ledger.annotate("herald", span(words), kind="editing", creator="reader", field=field, value=value)
    if state is not None:
        ledger.review(made, state, who="editor", why="seen")
    return made


def corrected(ledger: Ledger) -> Coding:
    found = ledger.corrected("herald")
    assert found is not None
    return found


def as_corrected(ledger: Ledger) -> list[Incident]:
    return [one.incident for one in ledger.dossiers(with_corrections=True)]


@pytest.fixture
def told(ledger: Ledger, coder: Coder) -> Ledger:
    """A ledger of one article."""
    ledger.add(coded(coder, TEXT, outlet="Herald"))
    return ledger


FIELDS: list[tuple[str, str, Any, Callable[[Coding], Any], Any]] = [
    ("shot dead", "events/type", "COERCE", lambda c: c.events[0].type, "COERCE"),
    ("shot dead", "events/mode", None, lambda c: c.events[0].mode, None),
    ("shot dead", "events/realis", "future", lambda c: c.events[0].realis, "future"),
    ("shot dead", "events/background", True, lambda c: c.events[0].background, True),
    ("seven", "figures/low", 17, lambda c: c.figures[0].low, 17),
    ("seven", "figures/high", None, lambda c: c.figures[0].high, None),
    ("seven", "figures/measure", "injured", lambda c: c.figures[0].measure, "injured"),
    ("Soldiers", "actors/country", "RUS", lambda c: c.find(c.events[0].actors[0].actor).country, "RUS"),
    ("shot dead", "events/place", AKTAU, lambda c: c.find(c.events[0].place).latitude, 43.65),
    ("shot dead", "events/place", None, lambda c: c.events[0].place, None),
    (
        "shot dead",
        "events/time",
        {"start": "2022-01-04", "end": "2022-01-04", "granularity": "day"},
        lambda c: c.find(c.events[0].time).start,
        "2022-01-04",
    ),
    ("said", "statements/speaker", {"name": "Jane Roe"}, lambda c: c.find(c.statements[0].speaker).name, "Jane Roe"),
    ("said", "statements/act", "deny", lambda c: c.statements[0].act, "deny"),
    ("Almaty", "places/geonameid", 99, lambda c: c.places[0].geonameid, 99),
    ("shot dead", "events", None, lambda c: len(c.events), 0),
]


def test_an_accepted_correction_makes_another_coding(told: Ledger) -> None:
    """Of the one that the coder made, which stays as it was. So for every kind of field."""
    before = told.coding("herald")
    assert before is not None
    for words, field, value, got, expected in FIELDS:
        assert got(before) != expected, field
        made = correct(told, words, field, value)
        assert got(corrected(told)) == expected, field
        told.review(made, "withdrawn", who="editor")
        assert corrected(told) == before, field
    assert told.revisions("herald") == [before]


def test_only_accepted_corrections_count(told: Ledger) -> None:
    """Open, declined and withdrawn ones change nothing, and are kept."""
    states = (None, "declined", "withdrawn")
    for state in states:
        correct(told, "shot dead", "events/type", "COERCE", state=state)
    assert corrected(told) == told.coding("herald")
    assert as_corrected(told) == list(told.incidents())
    assert [one.state for one in told.annotations("herald")] == [state or "open" for state in states]


def test_an_accepted_one_can_be_withdrawn(told: Ledger) -> None:
    """And then counts no more; nothing else can be made of what is decided."""
    made = correct(told, "shot dead", "events/type", "COERCE")
    for state in ("accepted", "declined"):
        with pytest.raises(LedgerError, match=f"{made}: accepted already"):
            told.review(made, state, who="editor")
    told.review(made, "withdrawn", who="editor")
    assert corrected(told) == told.coding("herald")
    with pytest.raises(LedgerError, match=f"{made}: withdrawn already"):
        told.review(made, "withdrawn", who="editor")


def test_of_two_corrections_of_one_field_the_later_holds(told: Ledger) -> None:
    """Though they are made within one second, and whichever is accepted first."""
    for _ in range(3):
        made = [
            correct(told, "shot dead", "events/type", kind, state=None) for kind in ("COERCE", "PROTEST", "THREATEN")
        ]
        for one in reversed(made):
            told.review(one, "accepted", who="editor")
        assert corrected(told).events[0].type == "THREATEN"


def test_dossiers_show_what_is_corrected_and_incidents_do_not(told: Ledger) -> None:
    """With corrections only where they are asked for."""
    correct(told, "seven", "figures/low", 17)
    correct(told, "seven", "figures/high", 17)
    correct(told, "shot dead", "events/place", AKTAU)
    (plain,) = told.incidents()
    (without,) = told.dossiers()
    (having,) = told.dossiers(with_corrections=True)
    assert without.incident == plain
    assert (plain.place and plain.place.name, plain.values["killed"][0].low) == ("Almaty", 7)
    place = having.incident.place
    assert place is not None
    assert (place.name, place.latitude, place.longitude) == ("Aktau", 43.65, 51.2)
    assert (having.incident.id, having.incident.values["killed"][0].low) == (plain.id, 17)
    assert having.codings["herald"] == corrected(told)
    assert [one.field for one in having.annotations] == ["figures/low", "figures/high", "events/place"]


def test_what_people_say_was_no_such_thing_is_no_incident(told: Ledger) -> None:
    """As corrected; the coder's own incident stays."""
    for field, value in (("events", None), ("events/realis", "future"), ("events/background", True)):
        made = correct(told, "shot dead", field, value)
        assert as_corrected(told) == [], field
        told.review(made, "withdrawn", who="editor")
        assert as_corrected(told) == list(told.incidents()) != []


def test_a_corrected_speaker_is_the_origin(told: Ledger) -> None:
    """Whose word it is follows who is said to have spoken."""
    correct(told, "said", "statements/speaker", {"name": "Jane Roe", "kind": "person"})
    (found,) = as_corrected(told)
    assert [one.name for one in found.origins] == ["Jane Roe"]


def test_corrections_outlive_a_recoding(told: Ledger, coder: Coder) -> None:
    """They are known by their words, not by the numbers that a coder gives."""
    correct(told, "shot dead", "events/type", "COERCE")
    made = told.coding("herald")
    assert made is not None
    told.add(by_another_coder(made))
    assert corrected(told).coder.version == "9.9"
    assert corrected(told).events[0].type == "COERCE"
    assert not told.annotations("herald")[0].orphan


def test_corrections_go_with_their_words(told: Ledger, coder: Coder) -> None:
    """Where the text was changed elsewhere."""
    correct(told, "shot dead", "events/type", "COERCE")
    text = f"Updated at noon. {TEXT} It was snowing in the city."
    assert told.add(coder.code(article(text, outlet="Herald"))).status == "changed"
    (one,) = told.annotations("herald")
    assert (one.span, one.exact, one.orphan) == (span("shot dead", text), "shot dead", False)
    assert corrected(told).events[0].type == "COERCE"
    assert list(told.check()) == []


def test_a_correction_whose_words_are_gone_is_a_loud_orphan(told: Ledger, coder: Coder) -> None:
    """It counts no more, says so, is in the log, and is found again when the words come back."""
    made = correct(told, "shot dead", "events/type", "COERCE")
    told.add(coder.code(article("Police arrested nine protesters in Almaty.", outlet="Herald")))
    (one,) = told.annotations("herald")
    assert (one.orphan, one.exact, one.span) == (True, "shot dead", span("shot dead"))
    assert corrected(told) == told.coding("herald")
    assert [(a["action"], a["target"]) for a in told.audit_log()][-1] == ("orphan", made)
    assert list(told.check()) == []
    told.add(coded(coder, TEXT, outlet="Herald"))
    assert [one.orphan for one in told.annotations("herald")] == [False]
    assert corrected(told).events[0].type == "COERCE"


def test_a_coder_that_has_no_such_record_is_corrected_in_nothing(told: Ledger) -> None:
    """A correction of what is not there any more is kept, and changes nothing else."""
    correct(told, "shot dead", "events/type", "COERCE")
    made = told.coding("herald")
    assert made is not None
    told.add(by_another_coder(made).model_copy(update={"events": ()}))
    assert corrected(told) == told.coding("herald")


def test_of_words_within_words_the_right_ones_are_meant(ledger: Ledger, coder: Coder) -> None:
    """A town and the airport that bears its name, for instance."""
    made = coded(coder, "Soldiers seized the airport of Almaty near Almaty airport road in Almaty.", outlet="Herald")
    outer, inner = Span(20, 37), Span(31, 37)
    places = [
        {"id": "p1", "name": "airport of Almaty", "mentions": [outer]},
        {"id": "p2", "name": "Almaty", "mentions": [inner]},
    ]
    kept = Coding.model_validate({**made.model_dump(by_alias=True), "places": places, "events": []})
    ledger.add(kept)
    for words, name in ((inner, "the town"), (outer, "the airport")):
        one = ledger.annotate("herald", words, kind="editing", creator="me", field="places/name", value=name)
        ledger.review(one, "accepted", who="me")
    assert [one.name for one in corrected(ledger).places] == ["the airport", "the town"]


def test_what_is_taken_away_is_named_nowhere(told: Ledger) -> None:
    """And what is added after it takes no id that is in use."""
    correct(told, "Almaty", "places", None)
    assert corrected(told).events[0].place is None
    correct(told, "said", "statements", None)
    assert corrected(told).events[0].statements == ()
    assert corrected(told).figures[0].statement is None
    correct(told, "Soldiers", "actors", None)
    correct(told, "shot dead", "events/place", AKTAU)
    made = corrected(told)
    assert made.events[0].actors == ()
    assert made.find(made.events[0].place).name == "Aktau"
    ids = [one.id for one in made.items()]
    assert len(ids) == len(set(ids))


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("shot dead", {"field": "verbs/type", "value": "X"}, "verbs/type: no such field"),
    ("shot dead", {"field": "events/colour", "value": "red"}, "events have no colour"),
    ("shot dead", {"field": "events/id", "value": "e9"}, "events have no id"),
    ("Almaty", {"field": "events/type", "value": "COERCE"}, "none of the events stands at 39-45"),
    ("shot dead", {"field": "events/realis", "value": "perhaps"}, "events/0/realis"),
    ("shot dead", {"field": "events", "value": "COERCE"}, "only null"),
    ("shot dead", {"field": "events/place", "value": "p7"}, "give the record itself"),
    ("shot dead", {"field": "events/place", "value": {"latitude": 1}}, "name"),
    ("seven", {"field": "figures/low", "value": float("nan")}, "nothing that JSON can hold"),
    ("seven", {"field": "figures/low", "value": object()}, "nothing that JSON can hold"),
    ("seven", {"kind": "shouting"}, "shouting: no kind of annotation"),
    ("seven", {"kind": "replying", "reply_to": "nothing"}, "nothing: no such annotation"),
    ("seven", {"kind": "assessing", "incident": "i00"}, "i00: no such incident"),
]


def test_what_cannot_be_said_is_refused_with_its_reason(told: Ledger) -> None:
    """Before anything is kept."""
    for words, wrong, reason in REFUSED:
        with pytest.raises(LedgerError, match=reason):
            told.annotate("herald", span(words), **{"kind": "editing", "creator": "me", **wrong})
    assert told.annotations() == []
    assert told.audit_log() == []


BREAKING: list[tuple[str, str, Any, str]] = [
    ("shot dead", "events/trigger", [0, 9_999], "events/e1/trigger: 0–9999: no words of a text of 87"),
    ("shot dead", "events/span", [9, 3], "events/e1/span: 9–3: no words"),
    ("shot dead", "events/instrument", [-4, 2], "events/e1/instrument: -4–2: no words"),
    ("shot dead", "events/actors", [{"actor": "a1", "span": [0, 900]}], "events/e1/actors/span: 0–900: no words"),
    ("shot dead", "events/actors", [{"actor": "a99", "span": [0, 8]}], "events/e1/actors/actor: 'a99' is none of the actors"),
    ("shot dead", "events/figures", ["f99"], "events/e1/figures: 'f99' is none of the figures"),
    ("shot dead", "events/statements", ["s1", "s99"], "events/e1/statements: 's99' is none of the statements"),
    ("seven", "figures/event", "e99", "figures/f1/event: 'e99' is none of the events"),
    ("seven", "figures/part_of", "f1", "figures/f1/part_of: it would be within itself"),
    ("said", "statements/within", "s1", "statements/s1/within: it would be within itself"),
    ("Soldiers", "actors/labels", [{"text": "x", "span": [0, 8], "statement": "s9"}], "labels/statement: 's9' is none"),
    ("Soldiers", "actors/country", "RUX", "country: 'RUX' is no ISO 3166-1 alpha-3 code"),
    ("shot dead", "events/type", "KILL", "events/e1/type: 'KILL' is no type of PLOVER; there are: AGREE, SUPPORT"),
    ("shot dead", "events/mode", "shooting", "events/e1/mode: 'shooting' is no mode of PLOVER; there are: abduct"),
    ("shot dead", "events/contexts", ["military", "sport"], "events/e1/contexts: 'sport' is no context of PLOVER"),
    ("shot dead", "events/cameo", "999", "events/e1/cameo: '999' is no code of CAMEO"),
    ("shot dead", "events/acled", {"event_type": "Wars", "sub_event_type": "Attack"}, "'Wars' is no event type of ACLED"),
    ("shot dead", "events/acled", {"event_type": "Riots", "sub_event_type": "Attack"}, "'Attack' is none of Violent"),
    ("Almaty", "places/latitude", 143.2, "places/p1/latitude: 143.2 is not from -90 to 90"),
    ("Almaty", "places/longitude", -181, "places/p1/longitude: -181.0 is not from -180 to 180"),
    ("shot dead", "events/place", {**AKTAU, "latitude": -91}, "places/p2/latitude: -91.0 is not from -90"),
    ("Wednesday", "times/start", "2022-02-30", "times/t1/start: '2022-02-30' is no day that there is"),
    ("Wednesday", "times/end", "20220105", "times/t1/end: '20220105' is no ISO date"),
    ("shot dead", "events/time", {"start": "soon"}, "times/t2/start: 'soon' is no day that there is"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "field", "value", "reason"), BREAKING)
def test_no_correction_breaks_the_contract(told: Ledger, words: str, field: str, value: Any, reason: str) -> None:
    """It is refused with the field and the reason, and nothing of it is kept."""
    with pytest.raises(LedgerError, match=re.escape(reason)):
        correct(told, words, field, value)
    assert told.annotations() == []


def test_a_mode_goes_with_its_type(told: Ledger) -> None:
    """A corrected type takes away a mode that it has not; in whatever order both are corrected, both hold."""
    assert corrected(told).events[0].mode == "firearms"
    first = correct(told, "shot dead", "events/type", "PROTEST")
    assert (corrected(told).events[0].type, corrected(told).events[0].mode) == ("PROTEST", None)
    second = correct(told, "shot dead", "events/mode", "riot")
    assert corrected(told).events[0].mode == "riot"
    for one in (first, second):
        told.review(one, "withdrawn", who="editor")
    correct(told, "shot dead", "events/mode", "riot")
    correct(told, "shot dead", "events/type", "PROTEST")
    assert (corrected(told).events[0].type, corrected(told).events[0].mode) == ("PROTEST", "riot")


def test_incidents_are_chosen_and_ordered_as_they_are_corrected(told: Ledger, coder: Coder) -> None:
    """By every filter alike; those of other articles as ever."""
    add(told, [coded(coder, "A bomb exploded in Karachi on Tuesday, killing four people, police said.", outlet="Dawn")])
    time = {"start": "2022-01-03", "end": "2022-01-03", "granularity": "day"}
    for field, value in (("type", "PROTEST"), ("place", AKTAU), ("time", time)):
        correct(told, "shot dead", f"events/{field}", value)
    correct(told, "Soldiers", "actors/name", "Miners")

    def chosen(**wanted: Any) -> list[str]:
        found = told.dossiers(Selection(**wanted), with_corrections=True)
        return [one.incident.reports[0].article for one in found]

    assert chosen() == ["herald", "dawn"]
    assert [one.reports[0].article for one in told.incidents()] == ["dawn", "herald"]
    assert chosen(type="protest") == chosen(place="aktau") == chosen(actor="miners") == ["herald"]
    assert chosen(until="2022-01-03") == ["herald"]
    assert chosen(type="ASSAULT") == chosen(since="2022-01-04") == chosen(place="PAK") == ["dawn"]
    assert chosen(place="Almaty") == chosen(actor="soldiers") == chosen(least_reports=9) == []
    (dossier,) = told.dossiers(Selection(type="PROTEST"), with_corrections=True)
    assert dossier.codings["herald"] == corrected(told)
    assert len(dossier.annotations) == 4


def test_annotations_of_nothing_are_refused(told: Ledger) -> None:
    """An article that is not there, words that are not there, an annotation or a state that is none."""
    for key, words, reason in (
        ("nobody", span("seven"), "nobody: no such article"),
        ("herald", Span(5, 5), "span 5–5: no words"),
        ("herald", Span(0, 10_000), "no words of a text"),
        ("herald", Span(-3, 4), "no words of a text"),
    ):
        with pytest.raises(LedgerError, match=reason):
            told.annotate(key, words, kind="commenting", creator="me", body="?")
    with pytest.raises(LedgerError, match="none: no such annotation"):
        told.review("none", "accepted", who="me")
    made = told.annotate("herald", span("seven"), kind="commenting", creator="me", body="?")
    with pytest.raises(LedgerError, match="open: no state"):
        told.review(made, "open", who="me")
    assert told.corrected("nobody") is None


def test_replies_and_categories(told: Ledger) -> None:
    """They are kept in the order in which they were made, and correct nothing."""
    asked = told.annotate("herald", span("seven"), kind="questioning", creator="a", body="Seven?")
    told.annotate("herald", span("seven"), kind="replying", creator="b", body="So they say.", reply_to=asked)
    told.annotate("herald", span(TEXT), kind="classifying", creator="c", body="unrest")
    found = told.annotations("herald")
    assert [(one.kind, one.creator, one.body, one.reply_to) for one in found] == [
        ("questioning", "a", "Seven?", None),
        ("replying", "b", "So they say.", asked),
        ("classifying", "c", "unrest", None),
    ]
    assert corrected(told) == told.coding("herald")
    (dossier,) = told.dossiers()
    assert dossier.annotations == tuple(found)
    assert dossier.verdicts == ()


def test_a_verdict_is_of_an_incident(told: Ledger, coder: Coder) -> None:
    """And counts once an editor has accepted it; with the incident it goes into another."""
    (found,) = told.incidents()
    made = told.annotate("herald", span("seven"), kind="assessing", creator="a", body="False", incident=found.id)
    assert [one.verdicts for one in told.dossiers()] == [()]
    told.review(made, "accepted", who="editor")
    (dossier,) = told.dossiers()
    assert [(one.author, one.rating, one.claim) for one in dossier.verdicts] == [("a", "False", "seven")]
    add(told, [coded(coder, "A bomb exploded in Karachi on Wednesday, police said.", outlet="Dawn")])
    (other,) = [one.id for one in told.incidents() if one.id != found.id]
    told.join(other, found.id, who="me")
    (dossier,) = told.dossiers()
    assert [(one.rating, one.url) for one in dossier.verdicts] == [("False", None)]


def test_a_verdict_has_the_address_that_it_gives(told: Ledger) -> None:
    """Where the review is to be read."""
    (found,) = told.incidents()
    body = "False (https://desk.example/checks/7?a=1)."
    made = told.annotate("herald", span("seven"), kind="assessing", creator="a", body=body, incident=found.id)
    told.review(made, "accepted", who="editor")
    (dossier,) = told.dossiers()
    assert [(one.rating, one.url) for one in dossier.verdicts] == [(body, "https://desk.example/checks/7?a=1")]


def test_the_log_has_every_act(told: Ledger) -> None:
    """Who, what, of what, with the reason; in their order."""
    made = correct(told, "shot dead", "events/type", "COERCE")
    other = told.annotate("herald", span("seven"), kind="questioning", creator="b", body="Seven?")
    told.review(other, "declined", who="editor", why="asked before")
    told.review(made, "withdrawn", who="reader", why="my mistake")
    assert [(a["who"], a["action"], a["target"], a["detail"]) for a in told.audit_log()] == [
        ("reader", "annotate:editing", "herald", {"annotation": made, "field": "events/type"}),
        ("editor", "accepted", made, {"why": "seen"}),
        ("b", "annotate:questioning", "herald", {"annotation": other, "field": None}),
        ("editor", "declined", other, {"why": "asked before"}),
        ("reader", "withdrawn", made, {"why": "my mistake"}),
    ]
    assert [str(a["at"]) for a in told.audit_log()] == sorted(str(a["at"]) for a in told.audit_log())


def test_nothing_is_ever_overwritten(told: Ledger, coder: Coder) -> None:
    """What was said stays word for word, whatever is decided of it; codings and the log only grow."""
    made = [correct(told, "shot dead", "events/type", kind) for kind in ("COERCE", "PROTEST")]

    def said(one: Annotation) -> tuple[Any, ...]:
        return one.id, one.creator, one.created, one.exact, one.field, one.value, one.body

    before = [said(one) for one in told.annotations()]
    log, codings = told.audit_log(), told.revisions("herald")
    told.review(made[0], "withdrawn", who="editor")
    correct(told, "seven", "figures/low", 8)
    told.add(coder.code(article(f"Updated. {TEXT}", outlet="Herald")))
    assert [said(one) for one in told.annotations()][:2] == before
    assert [json.loads(one.value or "") for one in told.annotations()] == ["COERCE", "PROTEST", 8]
    assert told.audit_log()[: len(log)] == log
    assert told.revisions("herald")[: len(codings)] == codings
