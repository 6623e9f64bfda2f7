"""The contract: what sayso gives back for one article.

Offsets are Unicode code points into `Article.text`, 0-based, end-exclusive. `article.text[start:end]` is
always exactly the words that support a field. Every room, the command line, the ledger and the API speak these
records; what shows them, as frames or as a page, offers itself in `shapes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from sayso.shapes import shaped

SCHEMA: Literal["sayso/1"] = "sayso/1"

BlockKind = Literal["title", "standfirst", "byline", "date", "body", "caption", "quote", "boilerplate"]
ActorKind = Literal["person", "organization", "group", "state", "media", "unknown"]
Precision = Literal["facility", "settlement", "admin2", "admin1", "country", "region"]
Measure = Literal[
    "killed", "injured", "arrested", "missing", "displaced", "participants", "attacks", "property", "money", "other"
]
StatementKind = Literal["direct", "indirect", "mixed"]
Realis = Literal["actual", "attempted", "future", "hypothetical", "negated"]
TimeType = Literal["date", "time", "duration", "set"]
Reserve = Literal["alleged", "so-called", "scare quotes"]
Support = Literal["supported", "attributed", "unsupported"]
Standing = Literal["single origin", "corroborated", "disputed", "claimed", "unattributed"]
OriginKind = Literal["speaker", "document", "agency", "channel", "outlet"]


class Span(NamedTuple):
    """Code points [start, end) of `Article.text`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


Score = Annotated[float, Field(ge=0, le=1)]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(Record):
    """A part of the page. Boilerplate stays in the text, is marked, and is never coded."""

    kind: BlockKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Article(Record):
    """What was read. `text` is the input's own text for plain text and JSON Lines, else the extracted text."""

    id: str
    text: str
    source: str = ""
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = Field(default=None, description="ISO 8601 date or date-time")
    language: str | None = Field(default=None, description="BCP 47")
    categories: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()

    _raw: bytes | None = PrivateAttr(default=None)

    @property
    def raw(self) -> bytes | None:
        """The bytes of which the article was made: the file, the page or the row. No part of the record; a ledger keeps them."""
        return self._raw

    def made_of(self, raw: bytes) -> Article:
        """This article, which remembers what it was made of."""
        self._raw = raw
        return self

    def __eq__(self, other: object) -> bool:
        """Of what was read, whatever it was made of."""
        return isinstance(other, Article) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self.id, self.text))


class Label(Record):
    """A noun by which an actor is called, and on whose word (None: the article's own)."""

    text: str
    span: Span
    statement: str | None = None
    distanced: bool = Field(default=False, description="called so with reserve: see Distance")


class Actor(Record):
    id: str
    name: str
    kind: ActorKind = "unknown"
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3")
    sectors: tuple[str, ...] = Field(default=(), description="PLOVER agent codes")
    mentions: tuple[Span, ...] = ()
    labels: tuple[Label, ...] = ()


class Place(Record):
    """A toponym and what it names. Unresolved places stay, with null coordinates."""

    id: str
    name: str
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3")
    admin1: str | None = None
    feature: str | None = Field(default=None, description="GeoNames feature code")
    precision: Precision | None = None
    score: Score = 0.0
    mentions: tuple[Span, ...] = ()


class Time(Record):
    """A time expression; `start` and `end` are ISO dates, inclusive, null where it names no interval."""

    id: str
    text: str
    span: Span
    start: str | None = None
    end: str | None = None
    granularity: str | None = None
    edtf: str | None = None
    type: TimeType = "date"
    duration: str | None = Field(default=None, description="ISO 8601, of a duration whose length is told")
    part_of: str | None = Field(default=None, description="the range of which this is an end")


class Figure(Record):
    """A counted number with its bounds; null is open-ended."""

    id: str
    span: Span
    text: str
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    unit: str | None = None
    measure: Measure = "other"
    part_of: str | None = None
    event: str | None = None
    statement: str | None = None


class Channel(Record):
    """The medium through which a statement came, apart from who made it."""

    name: str
    kind: str
    span: Span


class Statement(Record):
    id: str
    kind: StatementKind
    act: str
    speaker: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None
    content_spans: tuple[Span, ...] = ()
    channel: Channel | None = None
    within: str | None = None


class Party(Record):
    """An actor's part in an event, and the words that put it there."""

    actor: str
    span: Span


class Acled(Record):
    event_type: str
    sub_event_type: str


class Event(Record):
    id: str
    trigger: Span
    span: Span
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    acled: Acled | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    instrument: Span | None = None
    place: str | None = None
    time: str | None = None
    figures: tuple[str, ...] = ()
    realis: Realis = "actual"
    background: bool = False
    statements: tuple[str, ...] = Field(default=(), description="outermost first; empty: the article's own voice")
    score: Score = 0.5
    because: str = ""


class VoiceShare(Record):
    """How much of the text stands on one voice: words in the statements of a speaker that are nobody else's within them.

    Without statements it is the article's own voice; with statements but no speaker, nobody in particular.
    """

    speaker: str | None = None
    statements: tuple[str, ...] = ()
    words: int
    share: Score


class Distance(Record):
    """Words that the article uses without vouching for them, though it names nobody whose they are: "the alleged thief",
    "so-called volunteers", “volunteers” between quotation marks."""

    kind: Reserve
    span: Span
    cue_span: Span = Field(description="the word or the marks that hold the words at a distance")
    actor: str | None = Field(default=None, description="whom the words name")


class HeadlineSupport(Record):
    """A claim of the headline or standfirst, and what the body has for it.

    `supported`: the body says so on its own word, as firmly; or the claim names its source and the body has the source
    say so. `attributed`: in the body it is only somebody's word. `unsupported`: nobody in the body says it, or only more weakly.
    """

    span: Span
    support: Support
    statements: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    evidence: Span | None = Field(default=None, description="the sentence of the body that comes nearest to it")
    because: str = ""


class CoderInfo(Record):
    """Together these reproduce the coding byte for byte."""

    version: str
    model: str
    lexicon: str
    gazetteer: str


class Coding(Record):
    """Everything that one article says."""

    schema_: Literal["sayso/1"] = Field(default=SCHEMA, alias="schema")
    coder: CoderInfo
    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    voice_shares: tuple[VoiceShare, ...] = ()
    distances: tuple[Distance, ...] = ()
    headline_support: tuple[HeadlineSupport, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self) -> str:
        """One line of JSON, the same bytes every time."""
        return self.model_dump_json(by_alias=True)

    def find(self, identifier: str | None) -> Any:
        """The record with this id, or None."""
        return self._by_id.get(identifier or "")

    @cached_property
    def _by_id(self) -> dict[str, Any]:
        return {item.id: item for item in reversed(tuple(self.items()))}  # of two with one id the first

    def __copy__(self) -> Self:
        made = super().__copy__()
        made.__dict__.pop("_by_id", None)  # what `model_copy` puts in has other ids
        return made

    def items(self) -> Iterator[Actor | Place | Time | Figure | Statement | Event]:
        for group in (self.actors, self.places, self.times, self.figures, self.statements, self.events):
            yield from group

    def voices(self, event: Event) -> list[str]:
        """Who an event is reported by, outermost first: speakers as written. Empty: the article itself."""
        said = [self.find(name) for name in event.statements]
        return [s.speaker_span.of(self.article.text) if s.speaker_span else "unnamed" for s in said if s]

    def to_frames(self) -> dict[str, Any]:
        """One pandas frame for each list, offsets as `*_start`/`*_end` columns. Needs pandas."""
        return dict(shaped(self, "frames"))

    def _repr_html_(self) -> str:
        return str(shaped(self, "page"))


class Origin(Record):
    """Whose word a report rests on. An institution is one origin, whichever of its officials speaks and whoever quotes it."""

    id: str
    name: str
    kind: OriginKind


class Report(Record):
    """One event, told as actual, in one article."""

    article: str
    event: str
    origin: str | None = Field(default=None, description="null: nobody that the article names")
    copy_of: str | None = Field(default=None, description="the article that this one repeats")
    published: str | None = None
    statements: tuple[str, ...] = ()


class Value(Record):
    """What one origin gives for a field of an incident, and the words: `article.text[span]` of the article named.

    `value` is the words as written for figures and parties, the name of a place, the ISO day of a time.
    """

    value: str
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    origin: str | None = None
    article: str
    span: Span
    published: str | None = None
    speaker: str | None = None


class Denial(Record):
    """A voice that says of the incident that it was not so. `origin` is whose voice; who only denies is no origin of the incident."""

    origin: str | None = None
    article: str
    span: Span
    speaker: str | None = None
    statement: str | None = None


class Incident(Record):
    """All reports of one thing. The same fields for one report and for a thousand; nothing of it is typed by a person."""

    id: str
    type: str
    mode: str | None = None
    acled: Acled | None = None
    cameo: str | None = None
    place: Place | None = None
    start: str | None = None
    end: str | None = None
    standing: Standing
    because: str = ""
    origins: tuple[Origin, ...] = ()
    reports: tuple[Report, ...] = ()
    values: dict[str, tuple[Value, ...]] = Field(default_factory=dict)
    denials: tuple[Denial, ...] = ()
    first_published: str | None = None
    last_published: str | None = None

    def to_json(self) -> str:
        """One line of JSON, the same bytes every time."""
        return self.model_dump_json(by_alias=True)


def json_schema() -> dict[str, Any]:
    """JSON Schema of a coding."""
    return Coding.model_json_schema(by_alias=True)


def incident_schema() -> dict[str, Any]:
    """JSON Schema of an incident."""
    return Incident.model_json_schema(by_alias=True)
