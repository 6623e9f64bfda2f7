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

    id: str
    source: str
    outlet: str | None
    title: str | None
    published: str | None = Field(description="ISO 8601 date or date-time")
    language: str | None = Field(description="BCP 47")
    copy_of: str | None = Field(description="the article whose text this one repeats")
    revision: int = Field(description="how many codings it has had")
    events: int
    added: str = Field(description="ISO 8601, UTC")

    @classmethod
    def of(cls, row: Row[Any]) -> ShownArticle:
        same = {name: getattr(row, name) for name in cls.model_fields if name not in ("id", "copy_of")}
        return cls(id=row.key, copy_of=row.original, **same)


class CodedArticle(ShownArticle):
    """An article with its current coding, in which its text is."""

    coding: Coding


class Articles(BaseModel):
    items: list[ShownArticle]
    next: str | None = NEXT


class Revision(BaseModel):
    """One of the codings that an article has had."""

    revision: int
    made: str = Field(description="ISO 8601, UTC")
    coder: CoderInfo


class Revisions(BaseModel):
    items: list[Revision]


class Incidents(BaseModel):
    """`total`: how many there are in all parts."""

    total: int
    items: list[Incident]
    next: str | None = NEXT


class ShownEvent(BaseModel):
    """An event as one article tells of it. `actors` and `recipients`: the words for who did it, and to whom."""

    article: str
    event: str = Field(description="its id in the article's coding")
    outlet: str | None
    title: str | None
    published: str | None
    role: Role = Field(description="a report, a denial, or other: plans, history, what nobody told as fact")
    type: str = Field(description="PLOVER type")
    mode: str | None
    cameo: str | None
    realis: str
    background: bool
    score: float = Field(ge=0, le=1)
    trigger: str = Field(description="the words that tell of it")
    span: Span = Field(description="where they stand in the article's text")
    actors: list[str]
    recipients: list[str]
    since: str | None = Field(description="ISO date")
    until: str | None = Field(description="ISO date, inclusive")
    place: str | None
    country: str | None = Field(description="alpha-3 of the place")
    latitude: float | None
    longitude: float | None
    precision: str | None
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
    items: list[ShownEvent]
    next: str | None = NEXT


class Reports(BaseModel):
    items: list[ShownEvent]


class ShownAnnotation(BaseModel):
    """What a person said of an article's words. `orphan`: the words are no longer found in its text."""

    id: str
    article: str
    kind: Kind = Field(description="a motivation of the Web Annotation model")
    creator: str
    created: str = Field(description="ISO 8601, UTC")
    span: Span
    exact: str = Field(description="the words")
    field: str | None = Field(description="what is corrected: `events/type`; null for a remark")
    value: Any = Field(description="to what")
    body: str | None
    reply_to: str | None
    state: State
    orphan: bool
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
    items: list[ShownAnnotation]
    next: str | None = NEXT


class Hit(BaseModel):
    """An article that was found. `marks`: where in the snippet the words stand that were asked for."""

    article: str
    outlet: str | None
    published: str | None
    title: str | None
    snippet: str
    marks: list[Span]


class Hits(BaseModel):
    """`total`: how many there are in all parts; 10,000 where there are as many or more."""

    total: int
    items: list[Hit]
    next: str | None = NEXT


class Counts(BaseModel):
    """How many incidents have which value; without one they count under ""."""

    total: int
    type: dict[str, int]
    standing: dict[str, int]
    country: dict[str, int]


class Bar(BaseModel):
    """Incidents that began within these days (ISO dates, inclusive), by standing."""

    since: str
    until: str
    counts: dict[str, int]


class Timeline(BaseModel):
    items: list[Bar]


def _named(values: dict[str, list[dict[str, Any]]], field: str) -> list[str]:
    return list(dict.fromkeys(one["value"] for one in values.get(field, ())))


def _iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()
