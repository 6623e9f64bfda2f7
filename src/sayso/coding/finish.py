"""From the draft to the frozen records: ids in the order of the text, references as ids, spans as code points."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from sayso import records
from sayso.coding.agents import singular
from sayso.coding.draft import (
    ActorDraft,
    ChannelDraft,
    DistanceDraft,
    Draft,
    EventDraft,
    FigureDraft,
    LabelDraft,
    PartyDraft,
    PlaceDraft,
    StatementDraft,
    SupportDraft,
    TimeDraft,
)
from sayso.coding.mentions import INDEFINITE
from sayso.coding.quotes import with_whole_marks
from sayso.coding.ranges import Range
from sayso.records import CoderInfo, Coding, Span

T = TypeVar("T", bound=Hashable)

DECIMALS = 2
"""Scores are rounded, so that another processor's last bits do not show."""


class Ids:
    """Ids of draft items by identity: `a1`, `a2`, … in the order of their first words."""

    def __init__(self, draft: Draft):
        self._of: dict[int, str] = {}
        self.actors = self._number("a", used_actors(draft), lambda a: min(m.range for m in a.mentions))
        self.places = self._number("p", [p for p in draft.places if p.mentions], lambda p: min(p.mentions))
        self.times = self._number("t", draft.times, lambda t: t.range)
        self.figures = self._number("f", draft.figures, lambda f: f.range)
        self.statements = self._number("s", draft.statements, _statement_order)
        self.events = self._number("e", draft.events, lambda e: (e.trigger, e.type, e.mode or ""))

    def _number(self, letter: str, items: Iterable[T], order: Callable[[T], Any]) -> list[T]:
        placed = sorted(items, key=order)
        self._of.update({id(item): f"{letter}{n}" for n, item in enumerate(placed, start=1)})
        return placed

    def __call__(self, item: object | None) -> str | None:
        return None if item is None else self._of.get(id(item))

    def known(self, item: object) -> str:
        return self._of[id(item)]


def _statement_order(statement: StatementDraft) -> tuple[Range, Range]:
    content = min(statement.content, default=Range(0, 0))
    first = min(r for r in (statement.cue, statement.speaker_range, content) if r is not None)
    return first, content


def used_actors(draft: Draft) -> list[ActorDraft]:
    """Actors worth reporting: named, labelled, speaking, or a party to an event."""
    used = {id(p.actor) for e in draft.events for p in (*e.actors, *e.recipients)}
    used |= {id(s.speaker) for s in draft.statements if s.speaker is not None}
    kept = [a for a in draft.actors if a.mentions and (id(a) in used or a.labels or _is_somebody(draft, a))]
    extra = {id(a): a for e in draft.events for a in (p.actor for p in (*e.actors, *e.recipients))}
    extra |= {id(s.speaker): s.speaker for s in draft.statements if s.speaker is not None}
    known = {id(a) for a in kept}
    return kept + [a for key, a in extra.items() if key not in known and a.mentions]


def _is_somebody(draft: Draft, actor: ActorDraft) -> bool:
    """Whether words say who it is; "some", "those" and "they" do not."""
    if actor.kind == "unknown" and not actor.sectors:
        return False
    heads = [draft.doc[m.head] for m in actor.mentions]
    return any(head.pos_ in ("NOUN", "PROPN", "ADJ") and singular(head.text) not in INDEFINITE for head in heads)


class Finisher:
    """Makes each kind of record of one draft."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.ids = Ids(draft)

    def span(self, range_: Range) -> Span:
        return range_.span(self.draft.doc)

    def maybe(self, range_: Range | None) -> Span | None:
        return None if range_ is None else self.span(range_)

    def spans(self, ranges: Iterable[Range]) -> tuple[Span, ...]:
        return tuple(sorted({self.span(r) for r in ranges}))

    def actor(self, actor: ActorDraft) -> records.Actor:
        return records.Actor(
            id=self.ids.known(actor),
            name=with_whole_marks(actor.name),
            kind=actor.kind,
            country=actor.country,
            sectors=tuple(dict.fromkeys(actor.sectors)),
            mentions=self.spans(m.range for m in actor.mentions),
            labels=tuple(self.label(label) for label in sorted(actor.labels, key=lambda x: x.range)),
        )

    def label(self, label: LabelDraft) -> records.Label:
        span = self.span(label.range)
        text = span.of(self.draft.article.text)
        return records.Label(text=text, span=span, statement=self.ids(label.statement), distanced=label.distanced)

    def place(self, place: PlaceDraft) -> records.Place:
        return records.Place(
            id=self.ids.known(place),
            name=place.name,
            geonameid=place.geonameid,
            latitude=None if place.latitude is None else round(place.latitude, 5),
            longitude=None if place.longitude is None else round(place.longitude, 5),
            country=place.country,
            admin1=place.admin1,
            feature=place.feature,
            precision=place.precision,
            score=round(place.score, DECIMALS),
            mentions=self.spans(place.mentions),
        )

    def time(self, time: TimeDraft) -> records.Time:
        span = self.span(time.range)
        return records.Time(
            id=self.ids.known(time),
            text=span.of(self.draft.article.text),
            span=span,
            start=time.start,
            end=time.end,
            granularity=time.granularity,
            edtf=time.edtf,
            type=time.type,
            duration=time.duration,
            part_of=self.ids(time.part_of),
        )

    def figure(self, figure: FigureDraft) -> records.Figure:
        span, unit = self.span(figure.range), self.maybe(figure.unit)
        return records.Figure(
            id=self.ids.known(figure),
            span=span,
            text=span.of(self.draft.article.text),
            low=figure.low,
            high=figure.high,
            approximate=figure.approximate,
            unit=unit.of(self.draft.article.text) if unit else None,
            measure=figure.measure,
            part_of=self.ids(figure.part_of),
            event=self.ids(figure.event),
            statement=self.ids(figure.statement),
        )

    def channel(self, channel: ChannelDraft) -> records.Channel:
        return records.Channel(name=channel.name, kind=channel.kind, span=self.span(channel.range))

    def statement(self, statement: StatementDraft) -> records.Statement:
        channel = statement.channel
        return records.Statement(
            id=self.ids.known(statement),
            kind=statement.kind,
            act=statement.act,
            speaker=self.ids(statement.speaker),
            speaker_span=self.maybe(statement.speaker_range),
            cue_span=self.maybe(statement.cue),
            content_spans=self.spans(statement.content),
            channel=None if channel is None else self.channel(channel),
            within=self.ids(statement.within),
        )

    def parties(self, parties: Sequence[PartyDraft]) -> tuple[records.Party, ...]:
        found = [(self.ids.known(p.actor), self.span(p.range)) for p in parties if self.ids(p.actor)]
        return tuple(records.Party(actor=actor, span=span) for actor, span in dict.fromkeys(found))

    def event(self, event: EventDraft) -> records.Event:
        return records.Event(
            id=self.ids.known(event),
            trigger=self.span(event.trigger),
            span=self.span(event.clause),
            type=event.type,
            mode=event.mode,
            contexts=tuple(sorted(set(event.contexts))),
            cameo=event.cameo,
            acled=event.acled,
            actors=self.parties(event.actors),
            recipients=self.parties(event.recipients),
            instrument=self.maybe(event.instrument),
            place=self.ids(event.place),
            time=self.ids(event.time),
            figures=tuple(self.ids.known(f) for f in sorted(event.figures, key=lambda f: f.range)),
            realis=event.realis,
            background=event.background,
            statements=tuple(self.ids.known(s) for s in event.statement.chain()) if event.statement else (),
            score=round(event.score, DECIMALS),
            because="; ".join(event.because),
        )

    def shares(self) -> tuple[records.VoiceShare, ...]:
        total = sum(share.words for share in self.draft.shares)
        return tuple(
            records.VoiceShare(
                speaker=self.ids(share.speaker),
                statements=self.in_order(share.statements),
                words=share.words,
                share=round(share.words / total, DECIMALS + 1) if total else 0.0,
            )
            for share in self.draft.shares
        )

    def distance(self, distance: DistanceDraft) -> records.Distance:
        return records.Distance(
            kind=distance.kind,
            span=self.span(distance.range),
            cue_span=self.span(distance.cue),
            actor=self.ids(distance.actor),
        )

    def support(self, claim: SupportDraft) -> records.HeadlineSupport:
        return records.HeadlineSupport(
            span=self.span(claim.claim),
            support=claim.support,
            statements=self.in_order(claim.statements),
            events=self.in_order(claim.events),
            evidence=self.maybe(claim.evidence),
            because=claim.because,
        )

    def in_order(self, items: Iterable[object]) -> tuple[str, ...]:
        """The ids of the items, by their numbers."""
        return tuple(sorted((self.ids.known(item) for item in items), key=lambda name: int(name[1:])))

    def coding(self, coder: CoderInfo) -> Coding:
        ids = self.ids
        return Coding(
            coder=coder,
            article=self.draft.article,
            actors=tuple(map(self.actor, ids.actors)),
            places=tuple(map(self.place, ids.places)),
            times=tuple(map(self.time, ids.times)),
            figures=tuple(map(self.figure, ids.figures)),
            statements=tuple(map(self.statement, ids.statements)),
            events=tuple(map(self.event, ids.events)),
            voice_shares=self.shares(),
            distances=tuple(map(self.distance, self.draft.distances)),
            headline_support=tuple(map(self.support, self.draft.claims)),
        )
