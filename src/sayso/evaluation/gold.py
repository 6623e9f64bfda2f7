"""What gold files say: their fields, checked, with spans made of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from sayso.evaluation.spans import Spans, make_spans, overlap
from sayso.records import Span


def _spans(value: Any, info: ValidationInfo) -> Spans:
    length: Any = info.context  # of the text
    return make_spans(value, length)


def _one(value: Any, info: ValidationInfo) -> Spans:
    spans = _spans(value, info)
    if not spans:
        raise ValueError("no span")
    return spans


AnySpans: TypeAlias = Annotated[Spans, BeforeValidator(_spans)]
SomeSpans: TypeAlias = Annotated[Spans, BeforeValidator(_one)]


class Mark(BaseModel):
    """Fields that no scorer asks for are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Attribution(Mark):
    source: AnySpans = ()
    cue: AnySpans = ()
    content: AnySpans = ()


class Toponym(Mark):
    span: SomeSpans
    geonameid: str | None = None
    latitude: FiniteFloat | None = None
    longitude: FiniteFloat | None = None


class TimeMark(Mark):
    span: SomeSpans
    type: str
    value: str | None = Field(description="TimeML; null where nobody knows, as in some corpora")


class Entity(Mark):
    span: SomeSpans
    label: str


class LabelledSpan(Mark):
    span: SomeSpans
    labels: frozenset[str]


class EventMark(Mark):
    """A mention of an act. Mentions with the same `act` tell of one; `maybe` is one that is not asked for."""

    trigger: SomeSpans
    type: str
    mode: str | None = None
    actors: tuple[SomeSpans, ...] = ()
    recipients: tuple[SomeSpans, ...] = ()
    realis: str | None = None
    background: bool = False
    act: int | None = None
    maybe: bool = False


class StatementMark(Mark):
    """Somebody's word. `names`: the words of the article that name the speaker best; `within`: the `id` of the outer one.

    `who`: a speaker that the article names, one that it only describes, or nobody; `maybe` is one that is not asked for.
    """

    id: int | None = None
    content: SomeSpans
    cue: AnySpans = ()
    source: AnySpans = ()
    who: Literal["named", "unnamed", "nobody"]
    names: AnySpans = ()
    form: str
    act: str
    channel: AnySpans = ()
    within: int | None = None
    maybe: bool = False


class ActorMark(Mark):
    """A phrase and whom it names: `country` and `sectors` that must be given, and those that would do as well (`…_may`).

    `actor`: false where it names nobody. `evidence`, `sector_evidence`: what shows it, of phrase, article, knowledge.
    """

    span: SomeSpans
    actor: bool = True
    country: str | None
    country_may: tuple[str | None, ...] = ()
    evidence: Literal["phrase", "article", "knowledge"] = "phrase"
    sectors: tuple[str, ...]
    sectors_may: tuple[str, ...] = ()
    sector_evidence: Literal["phrase", "article", "knowledge"] = "phrase"


class FigureMark(Mark):
    """A number that counts something. `part_of`: the span of the figure of which it is a part; `maybe` is not asked for."""

    span: SomeSpans
    low: FiniteFloat | None
    high: FiniteFloat | None
    approximate: bool = False
    measure: str
    part_of: AnySpans | None = None
    maybe: bool = False


class CircumstanceMark(Mark):
    """An event by its trigger: words that name where it happened, and its first and last day; `maybe`: what is doubtful."""

    trigger: SomeSpans
    type: str
    places: AnySpans = ()
    start: str | None = None
    end: str | None = None
    maybe: Literal["place", "time", "both"] | None = None


class Attributions(Mark):
    text: str
    attributions: tuple[Attribution, ...]


class Toponyms(Mark):
    text: str
    toponyms: tuple[Toponym, ...]


class Times(Mark):
    text: str
    times: tuple[TimeMark, ...]


class Entities(Mark):
    text: str
    entities: tuple[Entity, ...]


class ActorPair(Mark):
    """Two actors in a sentence and the PLOVER type of what one does to the other, null for nothing."""

    text: str
    source_span: AnySpans = ()
    target_span: AnySpans = ()
    root: str | None


class Events(Mark):
    text: str
    events: tuple[EventMark, ...]


class Statements(Mark):
    text: str
    statements: tuple[StatementMark, ...]


class Phrases(Mark):
    text: str
    phrases: tuple[ActorMark, ...]


class Chains(Mark):
    """Mentions of actors, those of one actor in one chain."""

    text: str
    chains: tuple[SomeSpans, ...]


class Quantities(Mark):
    """Sentences, and every figure in them."""

    text: str
    sentences: SomeSpans
    figures: tuple[FigureMark, ...]


class Circumstances(Mark):
    text: str
    events: tuple[CircumstanceMark, ...]


class ReportMark(Mark):
    """All words by which an article tells of an incident: as `background`, as what somebody says was not so, or as news."""

    incident: str
    spans: SomeSpans
    background: bool = False
    denial: bool = False


class PlanMark(Mark):
    """Words that tell of what had not happened: planned, threatened, feared."""

    spans: SomeSpans


class Reports(Mark):
    """What an article reports."""

    id: str
    text: str
    reports: tuple[ReportMark, ...]
    plans: tuple[PlanMark, ...] = ()

    @property
    def news(self) -> dict[str, Spans]:
        """The incidents that it reports as news, and the words for each."""
        words: defaultdict[str, list[Span]] = defaultdict(list)
        for mark in self.reports:
            if not (mark.background or mark.denial):
                words[mark.incident] += mark.spans
        return {incident: tuple(spans) for incident, spans in words.items()}

    def spurious(self, trigger: Span) -> bool:
        """Whether a report with this trigger is none: in an article without any, or only of history or plans."""
        here = (trigger,)
        if any(overlap(mark.spans, here) for mark in self.reports if not mark.background):
            return False
        aside = [mark.spans for mark in self.reports if mark.background] + [plan.spans for plan in self.plans]
        return not self.reports or any(overlap(spans, here) for spans in aside)


class Labels(Mark):
    """Labels of sentences, or of the whole text."""

    text: str
    sentences: tuple[LabelledSpan, ...] = ()
    labels: frozenset[str] | None = None

    @model_validator(mode="after")
    def _either(self) -> Labels:
        if not self.sentences and self.labels is None:
            raise ValueError("neither sentences nor labels")
        return self


MARKS: dict[str, type[Mark]] = {
    "attribution": Attributions,
    "places": Toponyms,
    "times": Times,
    "entities": Entities,
    "pairs": ActorPair,
    "events": Events,
    "statements": Statements,
    "actors": Phrases,
    "coreference": Chains,
    "quantities": Quantities,
    "circumstances": Circumstances,
    "incidents": Reports,
    "sentences": Labels,
}
"""What a line of each task's gold holds."""


def read_marks(task: str, row: dict[str, Any]) -> Any:
    """The marks of a row whose `text` is known to be one. Raises ValueError, which says what is wrong."""
    try:
        return MARKS[task].model_validate(row, context=len(row["text"]))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        reason = first["msg"].removeprefix("Value error, ")
        raise ValueError(f"{where}: {reason}" if where else reason) from None
