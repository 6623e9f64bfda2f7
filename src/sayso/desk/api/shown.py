"""What the API gives back beside sayso's own records, and how it is made of the ledger's rows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy import Row

from sayso.records import CoderInfo, Coding, Incident, Span

Kind = Literal["editing", "classifying", "questioning", "replying", "commenting", "assessing"]
State = Literal["open", "accepted", "declined", "withdrawn"]
Role = Literal["report", "denial", "other"]

NEXT = Field(default=None, description="the address of the next part; null in the last one")


class ShownArticle(BaseModel):
    """An article without its text."""

    id: str = Field(description="what it is known by")
    source: str = Field(description="path or URL that it was read from")
    outlet: str | None = Field(description="who published it")
    title: str | None = Field(description="its headline")
    published: str | None = Field(description="ISO 8601 date or date-time")
    language: str | None = Field(description="BCP 47")
    copy_of: str | None = Field(description="the article whose text this one repeats")
    revision: int = Field(description="how many codings it has had")
    events: int = Field(description="how many events its current coding has")
    added: str = Field(description="ISO 8601, UTC")

    @classmethod
    def of(cls, row: Row[Any]) -> ShownArticle:
        same = {name: getattr(row, name) for name in cls.model_fields if name not in ("id", "copy_of")}
        return cls(id=row.key, copy_of=row.original, **same)


class CodedArticle(ShownArticle):
    """An article with its current coding, in which its text is."""

    coding: Coding = Field(description="the current coding")


class Articles(BaseModel):
    items: list[ShownArticle] = Field(description="this part of them")
    next: str | None = NEXT


class Revision(BaseModel):
    """One of the codings that an article has had."""

    revision: int = Field(description="its number; the first is 1")
    made: str = Field(description="ISO 8601, UTC")
    coder: CoderInfo = Field(description="what made it")


class Revisions(BaseModel):
    items: list[Revision] = Field(description="all of them, the first one first")


class Incidents(BaseModel):
    """`total`: how many there are in all parts."""

    total: int = Field(description="how many there are in all parts")
    items: list[Incident] = Field(description="this part of them")
    next: str | None = NEXT


class ShownEvent(BaseModel):
    """An event as one article tells of it. `actors` and `recipients`: the words for who did it, and to whom."""

    article: str = Field(description="the id of the article that tells of it")
    event: str = Field(description="its id in the article's coding")
    outlet: str | None = Field(description="who published that article")
    title: str | None = Field(description="that article's headline")
    published: str | None = Field(description="when it came out: ISO 8601 date or date-time")
    role: Role = Field(description="a report, a denial, or other: plans, history, what nobody told as fact")
    type: str = Field(description="PLOVER type")
    mode: str | None = Field(description="PLOVER mode")
    cameo: str | None = Field(description="CAMEO code")
    realis: str = Field(description="actual, attempted, future, hypothetical or negated")
    background: bool = Field(description="whether it is told as history")
    score: float = Field(ge=0, le=1, description="how likely it is an event of this type")
    trigger: str = Field(description="the words that tell of it")
    span: Span = Field(description="where they stand in the article's text")
    actors: list[str] = Field(description="the words for who did it")
    recipients: list[str] = Field(description="the words for whom it was done to")
    since: str | None = Field(description="ISO date")
    until: str | None = Field(description="ISO date, inclusive")
    place: str | None = Field(description="where it happened, as written")
    country: str | None = Field(description="alpha-3 of the place")
    latitude: float | None = Field(description="degrees north")
    longitude: float | None = Field(description="degrees east")
    precision: str | None = Field(description="facility, settlement, admin2, admin1, country or region")
    incident: str | None = Field(description="of which it is a report, or which it denies")

    @classmethod
    def of(cls, row: Row[Any]) -> ShownEvent:
        values = json.loads(row.facts).get("values", {})
        made = {
            "article": row.told_in,
            "event": row.name,
            "span": Span(row.trigger_start, row.trigger_end),
            "actors": _named(values, "actors"),
            "recipients": _named(values, "recipients"),
            "since": _iso(row.first_day),
            "until": _iso(row.last_day),
            "incident": row.of,
        }
        same = {name: getattr(row, name) for name in cls.model_fields if name not in made}
        return cls(**made, **same)


class Events(BaseModel):
    items: list[ShownEvent] = Field(description="this part of them")
    next: str | None = NEXT


class Reports(BaseModel):
    items: list[ShownEvent] = Field(description="all of them")


class ShownAnnotation(BaseModel):
    """What a person said of an article's words. `orphan`: the words are no longer found in its text."""

    id: str = Field(description="what it is known by")
    article: str = Field(description="the article's id")
    kind: Kind = Field(description="a motivation of the Web Annotation model")
    creator: str = Field(description="the account's name")
    created: str = Field(description="ISO 8601, UTC")
    span: Span = Field(description="where the words stand in the article's text")
    exact: str = Field(description="the words")
    field: str | None = Field(description="what is corrected: `events/type`; null for a remark")
    value: Any = Field(description="to what")
    body: str | None = Field(description="what was said of them")
    reply_to: str | None = Field(description="the annotation to which this is a reply")
    state: State = Field(description="open, or what became of it")
    orphan: bool = Field(description="whether the words are no longer found in the article's text")
    incident: str | None = Field(description="of which a verdict is")

    @classmethod
    def of(cls, row: Row[Any]) -> ShownAnnotation:
        made = {
            "article": row.said_of,
            "span": Span(row.start, row.end),
            "value": None if row.value is None else json.loads(row.value),
            "incident": row.judged,
        }
        return cls(**made, **{name: getattr(row, name) for name in cls.model_fields if name not in made})


class Annotations(BaseModel):
    items: list[ShownAnnotation] = Field(description="this part of them")
    next: str | None = NEXT


class Hit(BaseModel):
    """An article that was found. `marks`: where in the snippet the words stand that were asked for."""

    article: str = Field(description="the article's id")
    outlet: str | None = Field(description="who published it")
    published: str | None = Field(description="ISO 8601 date or date-time")
    title: str | None = Field(description="its headline")
    snippet: str = Field(description="a part of its text in which the words stand")
    marks: list[Span] = Field(description="where in the snippet they stand")


class Hits(BaseModel):
    """`total`: how many there are in all parts; 10,000 where there are as many or more."""

    total: int = Field(description="how many there are in all parts; 10,000 where there are as many or more")
    items: list[Hit] = Field(description="this part of them")
    next: str | None = NEXT


class Counts(BaseModel):
    """How many incidents have which value; without one they count under ""."""

    total: int = Field(description="how many incidents")
    type: dict[str, int] = Field(description="how many of each PLOVER type")
    standing: dict[str, int] = Field(description="how many of each standing")
    country: dict[str, int] = Field(description="how many in each country (alpha-3)")


class Bar(BaseModel):
    """Incidents that began within these days (ISO dates, inclusive), by standing."""

    since: str = Field(description="the first of these days")
    until: str = Field(description="the last of them")
    counts: dict[str, int] = Field(description="how many began within them, by standing")


class Timeline(BaseModel):
    items: list[Bar] = Field(description="in the order of days")


def _named(values: dict[str, list[dict[str, Any]]], field: str) -> list[str]:
    return list(dict.fromkeys(one["value"] for one in values.get(field, ())))


def _iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()
