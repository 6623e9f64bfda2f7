"""The contract: what sayso gives back for one article.

Offsets are Unicode code points into `Article.text`, 0-based, end-exclusive. `article.text[start:end]` is
always exactly the words that support a field. This module imports nothing of sayso: every room, the
command line, the ledger and the API speak these records.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

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
        """Whether they have a code point in common."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies within this one, or is the same."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words."""
        return text[self.start : self.end]


Score = Annotated[float, Field(ge=0, le=1)]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(Record):
    """A part of the page. Boilerplate stays in the text, is marked, and is never coded."""

    kind: BlockKind = Field(description="what part of the page it is")
    start: int = Field(description="its first code point in the text")
    end: int = Field(description="the code point after its last")

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Article(Record):
    """What was read. `text` is the input's own text for plain text and JSON Lines, else the extracted text."""

    id: str = Field(description="the input's own id where it gives one, else a hash of source and text")
    text: str = Field(description="what was read, whole; all offsets count in it")
    source: str = Field(default="", description="path or URL that it was read from")
    outlet: str | None = Field(default=None, description="who published it")
    title: str | None = Field(default=None, description="its headline, as the page or the row gives it")
    byline: str | None = Field(default=None, description="who wrote it, as written")
    published: str | None = Field(default=None, description="ISO 8601 date or date-time")
    language: str | None = Field(default=None, description="BCP 47")
    categories: tuple[str, ...] = Field(default=(), description="under which its publisher filed it")
    blocks: tuple[Block, ...] = Field(
        default=(), description="the parts of the page, in order; what is in none of them is white space"
    )

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

    text: str = Field(description="the noun as written")
    span: Span = Field(description="where it stands")
    statement: str | None = Field(default=None, description="in which statement; null: the article's own word")
    distanced: bool = Field(default=False, description="called so with reserve: see Distance")


class Actor(Record):
    """Who acts, suffers or speaks: a person, a body, a group, a state."""

    id: str = Field(description="a1, a2, …: unique in this coding")
    name: str = Field(description="the fullest of its mentions")
    kind: ActorKind = Field(default="unknown", description="what it is")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3")
    sectors: tuple[str, ...] = Field(default=(), description="PLOVER agent codes")
    mentions: tuple[Span, ...] = Field(default=(), description="where it is named, meant by a noun or by a pronoun")
    labels: tuple[Label, ...] = Field(default=(), description="the nouns by which it is called, and on whose word")


class Place(Record):
    """A toponym and what it names. Unresolved places stay, with null coordinates."""

    id: str = Field(description="p1, p2, …: unique in this coding")
    name: str = Field(description="as written")
    geonameid: int | None = Field(default=None, description="its number in GeoNames, where it has one")
    latitude: float | None = Field(default=None, description="degrees north (WGS 84); null: not resolved")
    longitude: float | None = Field(default=None, description="degrees east (WGS 84); null: not resolved")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3")
    admin1: str | None = Field(default=None, description="the first-order division in which it lies, by name")
    feature: str | None = Field(default=None, description="GeoNames feature code")
    precision: Precision | None = Field(default=None, description="how large a thing the coordinates stand for")
    score: Score = Field(default=0.0, description="how sure it is that this place is meant, against others of its name")
    mentions: tuple[Span, ...] = Field(default=(), description="where it is named")


class Time(Record):
    """A time expression; `start` and `end` are ISO dates, inclusive, null where it names no interval."""

    id: str = Field(description="t1, t2, …: unique in this coding")
    text: str = Field(description="as written")
    span: Span = Field(description="where it stands")
    start: str | None = Field(default=None, description="first day, ISO 8601")
    end: str | None = Field(default=None, description="last day, ISO 8601, inclusive")
    granularity: str | None = Field(default=None, description="minute, hour, day, week, month, season, year, decade, …")
    edtf: str | None = Field(
        default=None, description="the same as an Extended Date/Time Format string, which keeps what is approximate"
    )
    type: TimeType = Field(
        default="date", description="TimeML's: a date, a time of day, a length, or something that comes again"
    )
    duration: str | None = Field(default=None, description="ISO 8601, of a duration whose length is told")
    part_of: str | None = Field(default=None, description="the range of which this is an end")


class Figure(Record):
    """A counted number with its bounds; null is open-ended."""

    id: str = Field(description="f1, f2, …: unique in this coding")
    span: Span = Field(description="where it stands")
    text: str = Field(description="as written, with the words that open or blur it")
    low: float | None = Field(default=None, description="the least that the words allow; null: no lower bound")
    high: float | None = Field(default=None, description="the most that the words allow; null: no upper bound")
    approximate: bool = Field(default=False, description="whether the words make it a rough number")
    unit: str | None = Field(default=None, description="the counted noun, as written")
    measure: Measure = Field(default="other", description="what is counted")
    part_of: str | None = Field(
        default=None, description='the figure of which this one counts a part: "26, including two children"'
    )
    event: str | None = Field(default=None, description="the event whose toll or size it is; null: of none")
    statement: str | None = Field(
        default=None, description="the innermost statement in which it stands; null: the article's own word"
    )


class Channel(Record):
    """The medium through which a statement came, apart from who made it."""

    name: str = Field(description="as written, or as the article calls it elsewhere")
    kind: str = Field(description="what medium it is: broadcaster, agency, newspaper, telegram, social network, …")
    span: Span = Field(description="where it is named")


class Statement(Record):
    """What the article attributes to somebody."""

    id: str = Field(description="s1, s2, …: unique in this coding")
    kind: StatementKind = Field(description="in the speaker's words, in the article's, or in both")
    act: str = Field(
        description="what is done by saying it: say, deny, accuse, demand, promise, threaten, warn, call, believe, ask, …"
    )
    speaker: str | None = Field(default=None, description="the actor who says it; null: nobody that is named")
    speaker_span: Span | None = Field(default=None, description="the words for who says it")
    cue_span: Span | None = Field(
        default=None, description='the words that hand over to the speaker: "said", "according to"'
    )
    content_spans: tuple[Span, ...] = Field(
        default=(), description="what is said; in several parts where the cue or the article's words interrupt it"
    )
    channel: Channel | None = Field(default=None, description="the medium through which it came; null: none is named")
    within: str | None = Field(default=None, description="the statement that reports this one; null: the article does")


class Party(Record):
    """An actor's part in an event, and the words that put it there."""

    actor: str = Field(description="the actor's id")
    span: Span = Field(description="the words that put it there")


class Acled(Record):
    """What ACLED calls it."""

    event_type: str = Field(description="ACLED's event type")
    sub_event_type: str = Field(description="ACLED's sub-event type")


class Event(Record):
    """One thing that is told: that it happened, is planned, was attempted, may happen, or did not."""

    id: str = Field(description="e1, e2, …: unique in this coding")
    trigger: Span = Field(description="the words of the act")
    span: Span = Field(description="the clause that tells of it")
    type: str = Field(description="PLOVER type")
    mode: str | None = Field(default=None, description="PLOVER mode; null: none")
    contexts: tuple[str, ...] = Field(default=(), description="PLOVER contexts: what it is about")
    cameo: str | None = Field(
        default=None, description="CAMEO code, a string with its leading zero; null: there is none for it"
    )
    acled: Acled | None = Field(default=None, description="null: ACLED has no such thing")
    actors: tuple[Party, ...] = Field(default=(), description="who did it")
    recipients: tuple[Party, ...] = Field(default=(), description="to whom")
    instrument: Span | None = Field(default=None, description="the words for the means")
    place: str | None = Field(
        default=None, description="where that event happened: a place's id; null: the text does not say"
    )
    time: str | None = Field(
        default=None, description="when that event happened: a time's id; null: the text does not say"
    )
    figures: tuple[str, ...] = Field(default=(), description="the ids of its figures")
    realis: Realis = Field(default="actual", description="how real it is told to be")
    background: bool = Field(default=False, description="whether it is told as history, outside the story's own time")
    statements: tuple[str, ...] = Field(default=(), description="outermost first; empty: the article's own voice")
    score: Score = Field(
        default=0.5, description="how likely it is an event of this type: of events scored 0.8, about 80 in 100 are"
    )
    because: str = Field(default="", description="the rule or the model's decision that coded it, in one line")


class VoiceShare(Record):
    """How much of the text stands on one voice: words in the statements of a speaker that are nobody else's within them.

    Without statements it is the article's own voice; with statements but no speaker, nobody in particular.
    """

    speaker: str | None = Field(default=None, description="the speaker's id; null: see above")
    statements: tuple[str, ...] = Field(default=(), description="the statements that stand on this voice")
    words: int = Field(description="how many words that is")
    share: Score = Field(description="of all words outside boilerplate")


class Distance(Record):
    """Words that the article uses without vouching for them, though it names nobody whose they are: "the alleged thief",
    "so-called volunteers", “volunteers” between quotation marks."""

    kind: Reserve = Field(description="by what the article holds the words off")
    span: Span = Field(description="the words")
    cue_span: Span = Field(description="the word or the marks that hold the words at a distance")
    actor: str | None = Field(default=None, description="whom the words name")


class HeadlineSupport(Record):
    """A claim of the headline or standfirst, and what the body has for it.

    `supported`: the body says so on its own word, as firmly; or the claim names its source and the body has the source
    say so. `attributed`: in the body it is only somebody's word. `unsupported`: nobody in the body says it, or only more weakly.
    """

    span: Span = Field(description="the claim")
    support: Support = Field(description="what the body has for it")
    statements: tuple[str, ...] = Field(default=(), description="the statements of the body in which it is said")
    events: tuple[str, ...] = Field(default=(), description="the events of the body that it rests on")
    evidence: Span | None = Field(default=None, description="the sentence of the body that comes nearest to it")
    because: str = Field(default="", description="why, in one line")


class CoderInfo(Record):
    """Together these reproduce the coding byte for byte."""

    version: str = Field(description="of sayso")
    model: str = Field(description="name and version of the language model")
    lexicon: str = Field(description="short hash of the lexicon's files")
    gazetteer: str = Field(description="short hash of what the gazetteer was made of")


class Coding(Record):
    """Everything that one article says."""

    schema_: Literal["sayso/1"] = Field(default=SCHEMA, alias="schema", description="the version of this contract")
    coder: CoderInfo = Field(description="what coded it")
    article: Article = Field(description="what was read")
    actors: tuple[Actor, ...] = Field(default=(), description="who acts, suffers or speaks")
    places: tuple[Place, ...] = Field(default=(), description="the toponyms, and what they name")
    times: tuple[Time, ...] = Field(default=(), description="the time expressions")
    figures: tuple[Figure, ...] = Field(default=(), description="the counted numbers")
    statements: tuple[Statement, ...] = Field(default=(), description="what the article attributes, and to whom")
    events: tuple[Event, ...] = Field(default=(), description="what happened, is planned, threatened, denied, …")
    voice_shares: tuple[VoiceShare, ...] = Field(default=(), description="how much of the text stands on whose word")
    distances: tuple[Distance, ...] = Field(default=(), description="words that the article does not vouch for")
    headline_support: tuple[HeadlineSupport, ...] = Field(
        default=(), description="the claims of headline and standfirst, and what the body has for them"
    )

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
        """Whatever has an id, list by list."""
        for group in (self.actors, self.places, self.times, self.figures, self.statements, self.events):
            yield from group

    def voices(self, event: Event) -> list[str]:
        """Who an event is reported by, outermost first: speakers as written. Empty: the article itself."""
        said = [self.find(name) for name in event.statements]
        return [s.speaker_span.of(self.article.text) if s.speaker_span else "unnamed" for s in said if s]

    def to_frames(self) -> dict[str, Any]:
        """One pandas frame for each list, offsets as `*_start`/`*_end` columns. Needs pandas."""
        from sayso.exports.frames import frames

        return frames(self)

    def _repr_html_(self) -> str:
        from sayso.exports.page import fragment

        return fragment(self)


class Origin(Record):
    """Whose word a report rests on. An institution is one origin, whichever of its officials speaks and whoever quotes it."""

    id: str = Field(description="what it is known by in the ledger")
    name: str = Field(description="how it is called")
    kind: OriginKind = Field(description="what it is")


class Report(Record):
    """One event, told as actual, in one article."""

    article: str = Field(description="the article's id")
    event: str = Field(description="the event's id in that article's coding")
    origin: str | None = Field(default=None, description="null: nobody that the article names")
    copy_of: str | None = Field(default=None, description="the article that this one repeats")
    published: str | None = Field(default=None, description="when the article came out, ISO 8601")
    statements: tuple[str, ...] = Field(
        default=(),
        description="the statements that the event is told in, outermost first; empty: the article's own voice",
    )


class Value(Record):
    """What one origin gives for a field of an incident, and the words: `article.text[span]` of the article named.

    `value` is the words as written for figures and parties, the name of a place, the ISO day of a time.
    """

    value: str = Field(description="the words as written, the name of a place, the ISO day of a time")
    low: float | None = Field(default=None, description="of a figure: the least that the words allow")
    high: float | None = Field(
        default=None, description="of a figure: the most that the words allow; null: no upper bound"
    )
    approximate: bool = Field(default=False, description="of a figure: whether the words make it a rough number")
    origin: str | None = Field(
        default=None, description="the id of the origin that gives it; null: nobody that the article names"
    )
    article: str = Field(description="the id of the article in which the words stand")
    span: Span = Field(description="where they stand in that article's text")
    published: str | None = Field(default=None, description="when that article came out, ISO 8601")
    speaker: str | None = Field(default=None, description="the words for who says it; null: the article")


class Denial(Record):
    """A voice that says of the incident that it was not so. `origin` is whose voice; who only denies is no origin of the incident."""

    origin: str | None = Field(
        default=None, description="the id of the origin that denies it; null: nobody that the article names"
    )
    article: str = Field(description="the id of the article in which it stands")
    span: Span = Field(description="where it stands in that article's text")
    speaker: str | None = Field(default=None, description="the words for who denies it")
    statement: str | None = Field(default=None, description="the statement that denies it, in that article's coding")


class Incident(Record):
    """All reports of one thing. The same fields for one report and for a thousand; nothing of it is typed by a person."""

    id: str = Field(description="stays, whatever is added; a merge leaves a redirect")
    type: str = Field(description="PLOVER type, as most origins have it")
    mode: str | None = Field(default=None, description="PLOVER mode, as most origins have it")
    acled: Acled | None = Field(default=None, description="ACLED's types; null: it has none for this")
    cameo: str | None = Field(default=None, description="CAMEO code; null: there is none for it")
    place: Place | None = Field(default=None, description="where it happened, without mentions; null: nobody says")
    start: str | None = Field(default=None, description="first day, ISO 8601; null: nobody says")
    end: str | None = Field(default=None, description="last day, ISO 8601, inclusive; null: nobody says")
    standing: Standing = Field(description="on how many independent words it rests; computed, never typed")
    because: str = Field(default="", description="why it stands so, in one line")
    origins: tuple[Origin, ...] = Field(default=(), description="whose word it rests on")
    reports: tuple[Report, ...] = Field(default=(), description="the events that tell of it, one each")
    values: dict[str, tuple[Value, ...]] = Field(
        default_factory=dict,
        description="by field (killed, injured, …, place, start, actors, recipients): what each origin gives, side by side",
    )
    denials: tuple[Denial, ...] = Field(default=(), description="who says it was not so")
    first_published: str | None = Field(default=None, description="when the first of its reports came out, ISO 8601")
    last_published: str | None = Field(default=None, description="when the latest of its reports came out, ISO 8601")

    def to_json(self) -> str:
        """One line of JSON, the same bytes every time."""
        return self.model_dump_json(by_alias=True)


def json_schema() -> dict[str, Any]:
    """JSON Schema of a coding."""
    return Coding.model_json_schema(by_alias=True)


def incident_schema() -> dict[str, Any]:
    """JSON Schema of an incident."""
    return Incident.model_json_schema(by_alias=True)
