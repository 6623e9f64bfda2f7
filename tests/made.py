"""Codings made by hand, for tests of what is done with a coding."""

from __future__ import annotations

from typing import Any

from sayso.records import (
    Acled,
    Actor,
    Article,
    Block,
    Channel,
    CoderInfo,
    Coding,
    Event,
    Figure,
    Label,
    Party,
    Place,
    Span,
    Statement,
    Time,
)

INFO = CoderInfo(version="0", model="m", lexicon="l", gazetteer="g")
TEXT = (
    "Unrest in Almaty\n\n"
    "Protesters stormed the city hall in Almaty on Wednesday.\n\n"
    "The ministry told Radio North that a nurse had said “rebels killed at least 12 guards”. "
    "Police denied that officers had fired. In 1986 troops crushed a rally.\n\nLeave a reply"
)


def at(words: str, text: str = TEXT) -> Span:
    """Where the words first stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def party(actor: str, words: str, text: str = TEXT) -> Party:
    return Party(actor=actor, span=at(words, text))


def coding(**changes: Any) -> Coding:
    """A coding with something of everything: nested voices, a denial, history, a toll, a resolved place."""
    title, reply = at("Unrest in Almaty"), at("Leave a reply")
    statements = (
        Statement(
            id="s1",
            kind="indirect",
            act="say",
            speaker="a2",
            speaker_span=at("The ministry"),
            cue_span=at("told"),
            content_spans=(at("that a nurse had said “rebels killed at least 12 guards”"),),
            channel=Channel(name="Radio North", kind="radio", span=at("Radio North")),
        ),
        Statement(
            id="s2",
            kind="direct",
            act="say",
            speaker="a3",
            speaker_span=at("a nurse"),
            cue_span=at("had said"),
            content_spans=(at("“rebels killed at least 12 guards”"),),
            within="s1",
        ),
        Statement(
            id="s3",
            kind="indirect",
            act="deny",
            speaker_span=at("Police"),
            cue_span=at("denied"),
            content_spans=(at("that officers had fired"),),
        ),
    )
    values: dict[str, Any] = {
        "coder": INFO,
        "article": Article(
            id="made-1",
            text=TEXT,
            source="made.txt",
            outlet="The Made",
            title="Unrest in Almaty",
            published="2022-01-06",
            blocks=(
                Block(kind="title", start=0, end=title.end),
                Block(kind="boilerplate", start=reply.start, end=reply.end),
            ),
        ),
        "actors": (
            Actor(
                id="a1",
                name="Protesters",
                kind="group",
                country="KAZ",
                sectors=("OPP", "CVL"),
                mentions=(at("Protesters"), at("rebels")),
                labels=(
                    Label(text="Protesters", span=at("Protesters")),
                    Label(text="rebels", span=at("rebels"), statement="s2"),
                ),
            ),
            Actor(id="a2", name="The ministry", kind="state", mentions=(at("The ministry"),)),
            Actor(id="a3", name="a nurse", kind="person", mentions=(at("a nurse"),)),
            Actor(id="a4", name="guards", kind="group", mentions=(at("guards"),)),
        ),
        "places": (
            Place(
                id="p1",
                name="Almaty",
                geonameid=1526384,
                latitude=43.25,
                longitude=76.92,
                country="KAZ",
                precision="settlement",
                score=0.9,
                mentions=(
                    Span(10, 16),
                    at("in Almaty on")._replace(start=at("in Almaty on").start + 3, end=at("in Almaty on").end - 3),
                ),
            ),
        ),
        "times": (Time(id="t1", text="Wednesday", span=at("Wednesday"), start="2022-01-05", end="2022-01-05"),),
        "figures": (
            Figure(
                id="f1",
                span=at("at least 12"),
                text="at least 12",
                low=12,
                unit="guards",
                measure="killed",
                event="e2",
                statement="s2",
            ),
        ),
        "statements": statements,
        "events": (
            Event(
                id="e1",
                trigger=at("stormed"),
                span=at("Protesters stormed the city hall in Almaty on Wednesday"),
                type="PROTEST",
                mode="riot",
                cameo="145",
                acled=Acled(event_type="Riots", sub_event_type="Violent demonstration"),
                actors=(party("a1", "Protesters"),),
                place="p1",
                time="t1",
                score=0.9,
                because="pattern verb:storm; actual: told as fact",
            ),
            Event(
                id="e2",
                trigger=at("killed"),
                span=at("rebels killed at least 12 guards"),
                type="ASSAULT",
                actors=(party("a1", "rebels"),),
                recipients=(party("a4", "guards"),),
                figures=("f1",),
                statements=("s1", "s2"),
                because="pattern verb:kill",
            ),
            Event(
                id="e3",
                trigger=at("fired"),
                span=at("officers had fired"),
                type="ASSAULT",
                mode="firearms",
                realis="negated",
                statements=("s3",),
            ),
            Event(
                id="e4",
                trigger=at("crushed"),
                span=at("In 1986 troops crushed a rally"),
                type="COERCE",
                background=True,
            ),
        ),
    }
    return Coding(**{**values, **changes})


def renamed(name: str) -> Coding:
    """The same coding, with hostile words wherever a document may put them."""
    made = coding()
    actor = made.actors[0].model_copy(update={"name": name})
    article = made.article.model_copy(update={"title": name, "outlet": name, "id": name, "source": name})
    place = made.places[0].model_copy(update={"name": name, "latitude": -33.9})
    return made.model_copy(update={"article": article, "actors": (actor, *made.actors[1:]), "places": (place,)})
