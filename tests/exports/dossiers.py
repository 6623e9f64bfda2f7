"""Dossiers made by hand: an incident with two origins and a disputed toll, one that is nowhere, one that is denied and judged."""

from __future__ import annotations

import hashlib
from typing import Any

from made import at, party
from sayso.ledger.dossier import Annotation, Dossier, Verdict
from sayso.records import (
    Acled,
    Actor,
    Article,
    Block,
    Channel,
    CoderInfo,
    Coding,
    Denial,
    Event,
    Figure,
    Incident,
    Origin,
    Place,
    Report,
    Statement,
    Time,
    Value,
)

INFO = CoderInfo(version="0.9", model="m1", lexicon="l1", gazetteer="g1")
HOSTILE = '=cmd("x")\t"quoted"\nnext; 🔥é'
"""Quotes, tab, line end, formula, an emoji and a combining mark, wherever a document may put words."""

CITY_NEWS = (
    "Guards shot dead in Almaty\n\n"
    "Rioters killed at least 12 guards in Almaty on Wednesday, the interior ministry told Radio North. "
    "🔥 Nobody answered the telephone."
)
WIRE_NEWS = "Almaty, 7 January. A nurse said that rioters had killed 3 guards at the city hall on Wednesday."
NOWHERE_NEWS = f"Troops detained {HOSTILE} near the old well, villagers said."
STRIKE_NEWS = (
    "A drone struck a market in Ardel on Friday, the governor said. "
    "“Nothing of the kind happened,” army spokesman Rado said."
)
PLACE = Place(
    id="p1",
    name="Almaty",
    geonameid=1526384,
    latitude=43.25000001234,
    longitude=76.91666666666,
    country="KAZ",
    admin1="Almaty",
    feature="PPLA",
    precision="settlement",
    score=0.9,
)


def _city_news() -> Coding:
    """An article of the web in which a ministry speaks through a radio station."""
    text = CITY_NEWS
    clause = "Rioters killed at least 12 guards in Almaty on Wednesday"
    return Coding(
        coder=INFO,
        article=Article(
            id="city-1",
            text=text,
            source="https://www.city.example/news?id=1",
            outlet="City News",
            title="Guards shot dead in Almaty",
            byline="A. Writer",
            published="2022-01-06T08:30:00+06:00",
            language="en",
            blocks=(Block(kind="title", start=0, end=len("Guards shot dead in Almaty")),),
        ),
        actors=(
            Actor(id="a1", name="rioters", kind="group", country="KAZ", sectors=("OPP", "CVL")),
            Actor(id="a2", name="guards", kind="group", country="KAZ", sectors=("COP",)),
            Actor(id="a3", name="the interior ministry", kind="state", country="KAZ", sectors=("GOV",)),
        ),
        places=(PLACE.model_copy(update={"mentions": (at("Almaty", text),)}),),
        times=(Time(id="t1", text="Wednesday", span=at("Wednesday", text), start="2022-01-05", end="2022-01-05"),),
        figures=(
            Figure(
                id="f1",
                span=at("at least 12", text),
                text="at least 12",
                low=12,
                unit="guards",
                measure="killed",
                event="e1",
                statement="s1",
            ),
        ),
        statements=(
            Statement(
                id="s1",
                kind="indirect",
                act="say",
                speaker="a3",
                speaker_span=at("the interior ministry", text),
                cue_span=at("told", text),
                content_spans=(at(clause, text),),
                channel=Channel(name="Radio North", kind="broadcaster", span=at("Radio North", text)),
            ),
        ),
        events=(
            Event(
                id="e1",
                trigger=at("killed", text),
                span=at(clause, text),
                type="ASSAULT",
                mode="primitive",
                contexts=("crime",),
                cameo="180",
                acled=Acled(event_type="Riots", sub_event_type="Mob violence"),
                actors=(party("a1", "Rioters", text),),
                recipients=(party("a2", "guards", text),),
                place="p1",
                time="t1",
                figures=("f1",),
                statements=("s1",),
                score=0.84,
                because="pattern verb:kill",
            ),
        ),
    )


def _wire_news(identifier: str = "wire-1", outlet: str = "Wire") -> Coding:
    """An article that is not of the web in which a nurse speaks; under another id, a copy of it."""
    text = WIRE_NEWS
    clause = "rioters had killed 3 guards at the city hall on Wednesday"
    return Coding(
        coder=INFO,
        article=Article(id=identifier, text=text, source=f"{identifier}.txt", outlet=outlet, published="2022-01-07"),
        actors=(
            Actor(id="a1", name="rioters", kind="group", country="KAZ", sectors=("OPP",)),
            Actor(id="a2", name="guards", kind="group", sectors=("COP",)),
            Actor(id="a3", name="A nurse", kind="person", sectors=("HLH",)),
        ),
        statements=(
            Statement(
                id="s1",
                kind="indirect",
                act="say",
                speaker="a3",
                speaker_span=at("A nurse", text),
                cue_span=at("said", text),
                content_spans=(at(clause, text),),
            ),
        ),
        events=(
            Event(
                id="e1",
                trigger=at("killed", text),
                span=at(clause, text),
                type="ASSAULT",
                cameo="180",
                acled=Acled(event_type="Riots", sub_event_type="Mob violence"),
                actors=(party("a1", "rioters", text),),
                recipients=(party("a2", "guards", text),),
                statements=("s1",),
                score=0.7,
                because="pattern verb:kill",
            ),
        ),
    )


def _value(words: str, article: str, text: str, origin: str, published: str, **more: Any) -> Value:
    return Value(value=words, article=article, span=at(words, text), origin=origin, published=published, **more)


def disputed() -> Dossier:
    """Two origins, three reports (one of them a copy), tolls of at least 12 and of 3, and a remark and a correction."""
    ministry, nurse = "2022-01-06T08:30:00+06:00", "2022-01-07"
    incident = Incident(
        id="i1",
        type="ASSAULT",
        mode="primitive",
        acled=Acled(event_type="Riots", sub_event_type="Mob violence"),
        cameo="180",
        place=PLACE,
        start="2022-01-05",
        end="2022-01-05",
        standing="disputed",
        because="tolls do not overlap: at least 12, 3",
        origins=(
            Origin(id="o1", name="the interior ministry", kind="speaker"),
            Origin(id="o2", name="A nurse", kind="speaker"),
        ),
        reports=(
            Report(article="city-1", event="e1", origin="o1", published=ministry, statements=("s1",)),
            Report(article="wire-1", event="e1", origin="o2", published=nurse, statements=("s1",)),
            Report(article="copy-1", event="e1", copy_of="wire-1", published=nurse, statements=("s1",)),
        ),
        values={
            "killed": (
                _value("at least 12", "city-1", CITY_NEWS, "o1", ministry, low=12, speaker="the interior ministry"),
                _value("3", "wire-1", WIRE_NEWS, "o2", nurse, low=3, high=3, speaker="A nurse"),
            ),
            "actors": (
                _value("Rioters", "city-1", CITY_NEWS, "o1", ministry),
                _value("rioters", "wire-1", WIRE_NEWS, "o2", nurse),
            ),
            "recipients": (
                _value("guards", "city-1", CITY_NEWS, "o1", ministry),
                _value("guards", "wire-1", WIRE_NEWS, "o2", nurse),
            ),
        },
        first_published=ministry,
        last_published=nurse,
    )
    codings = {c.article.id: c for c in (_city_news(), _wire_news(), _wire_news("copy-1", "Copycat Daily"))}
    return Dossier(incident, codings, (correction(), remark()))


def correction() -> Annotation:
    """Of words after an emoji, so that code points and UTF-16 units differ."""
    span = at("Nobody", CITY_NEWS)
    return Annotation(
        id="n1",
        article="city-1",
        kind="editing",
        creator="Ann E.",
        created="2022-02-01T10:00:00Z",
        span=span,
        exact="Nobody",
        prefix=CITY_NEWS[span.start - 32 : span.start],
        suffix=CITY_NEWS[span.end : span.end + 32],
        text_hash=hashlib.sha256(CITY_NEWS.encode()).hexdigest(),
        field="events/e1/place",
        value="Almaty",
        state="accepted",
    )


def remark() -> Annotation:
    """A reply to the correction, about words that are no longer found."""
    return correction()._replace(
        id="n2", kind="replying", field=None, value=None, body=HOSTILE, reply_to="n1", state="open", orphan=True
    )


def nowhere() -> Dossier:
    """One report in the article's words of villagers, without place, day, toll or dates, and hostile words throughout."""
    text = NOWHERE_NEWS
    clause = text[: text.index(", villagers")]
    coding = Coding(
        coder=INFO,
        article=Article(id=HOSTILE, text=text, source=HOSTILE, outlet=HOSTILE, title=HOSTILE),
        actors=(
            Actor(id="a1", name="Troops", kind="group", sectors=("MIL",)),
            Actor(id="a2", name=HOSTILE, kind="person"),
        ),
        places=(Place(id="p1", name="the old well", mentions=(at("the old well", text),)),),
        statements=(
            Statement(
                id="s1",
                kind="indirect",
                act="say",
                speaker_span=at("villagers", text),
                content_spans=(at(clause, text),),
            ),
        ),
        events=(
            Event(
                id="e1",
                trigger=at("detained", text),
                span=at(clause, text),
                type="COERCE",
                mode="arrest",
                cameo="173",
                acled=Acled(event_type="Strategic developments", sub_event_type="Arrests"),
                actors=(party("a1", "Troops", text),),
                recipients=(party("a2", HOSTILE, text),),
                place="p1",
                statements=("s1",),
                because="pattern verb:detain",
            ),
        ),
    )
    incident = Incident(
        id="i2",
        type="COERCE",
        mode="arrest",
        acled=Acled(event_type="Strategic developments", sub_event_type="Arrests"),
        cameo="173",
        standing="unattributed",
        because="nobody is named whose word it is",
        reports=(Report(article=HOSTILE, event="e1", statements=("s1",)),),
        values={
            "actors": (Value(value="Troops", article=HOSTILE, span=at("Troops", text)),),
            "recipients": (Value(value=HOSTILE, article=HOSTILE, span=at(HOSTILE, text)),),
        },
    )
    return Dossier(incident, {HOSTILE: coding})


def denied() -> Dossier:
    """A strike that the army denies and a person has judged; ACLED's explosions, in a place known only to its province."""
    text = STRIKE_NEWS
    clause = "A drone struck a market in Ardel on Friday"
    province = Place(
        id="p1", name="Ardel", latitude=-33.5, longitude=-70.5, country="CHL", admin1="Ardel", precision="admin1"
    )
    coding = Coding(
        coder=INFO,
        article=Article(id="strike-1", text=text, outlet="The Strike", published="2023-03-04"),
        actors=(
            Actor(id="a1", name="a market", kind="unknown", sectors=("CVL",)),
            Actor(id="a2", name="the governor", kind="person", sectors=("GOV",)),
            Actor(id="a3", name="Rado", kind="person", sectors=("MIL",)),
        ),
        places=(province,),
        statements=(
            Statement(
                id="s1",
                kind="indirect",
                act="say",
                speaker="a2",
                speaker_span=at("the governor", text),
                content_spans=(at(clause, text),),
            ),
            Statement(
                id="s2",
                kind="direct",
                act="deny",
                speaker="a3",
                speaker_span=at("army spokesman Rado", text),
                content_spans=(at("“Nothing of the kind happened,”", text),),
            ),
        ),
        events=(
            Event(
                id="e1",
                trigger=at("struck", text),
                span=at(clause, text),
                type="ASSAULT",
                mode="drone",
                cameo="195",
                acled=Acled(event_type="Explosions/Remote violence", sub_event_type="Air/drone strike"),
                recipients=(party("a1", "a market", text),),
                place="p1",
                statements=("s1",),
                because="pattern verb:strike",
            ),
        ),
    )
    incident = Incident(
        id="i3",
        type="ASSAULT",
        mode="drone",
        acled=Acled(event_type="Explosions/Remote violence", sub_event_type="Air/drone strike"),
        cameo="195",
        place=province,
        start="2023-03-01",
        end="2023-03-31",
        standing="disputed",
        because="denied by Rado",
        origins=(Origin(id="o1", name="the governor", kind="speaker"),),
        reports=(Report(article="strike-1", event="e1", origin="o1", published="2023-03-04", statements=("s1",)),),
        values={"recipients": (Value(value="a market", article="strike-1", span=at("a market", text), origin="o1"),)},
        denials=(
            Denial(
                article="strike-1",
                span=at("happened", text),
                speaker="army spokesman Rado",
                statement="s2",
            ),
        ),
        first_published="2023-03-04",
        last_published="2023-03-04",
    )
    verdict = Verdict(
        author="Vera",
        created="2023-04-01",
        rating="Mostly true",
        claim="A drone struck a market in Ardel",
        url="https://desk.example/i3",
    )
    return Dossier(incident, {"strike-1": coding}, (), (verdict,))


def all_of_them() -> list[Dossier]:
    return [disputed(), nowhere(), denied()]


def changed(dossier: Dossier, **changes: Any) -> Dossier:
    """The dossier with other fields in its incident."""
    return dossier._replace(incident=dossier.incident.model_copy(update=changes))
