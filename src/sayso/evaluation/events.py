"""Events of whole articles, read one by one as an analyst would: is it one, of this type, between these, this real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sayso.evaluation.figures import Counts, Figure, Scored, percent
from sayso.evaluation.gold import CircumstanceMark, EventMark, Events
from sayso.evaluation.spans import Spans, overlap, pair, shared, tidy
from sayso.records import Coding, Event, Party

FAULTS = ("not_an_event", "wrong_type", "wrong_party", "wrong_realis")
"""What may be wrong with an event, gravest first: one with several faults counts once."""
SAME_TYPE = 1_000
"""Added to the closeness of two events of one type: words told twice go to the mention of their own type."""


class Sides(NamedTuple):
    """The parties of one side of an event, each by all the spans that stand for it."""

    gold: tuple[Spans, ...]
    found: tuple[Spans, ...]

    @property
    def met(self) -> list[tuple[int, int]]:
        return pair(shared(self.gold, self.found))

    @property
    def right(self) -> bool:
        """Every party is there, and no other."""
        return all(any(overlap(one, other) for other in self.found) for one in self.gold) and all(
            any(overlap(one, other) for other in self.gold) for one in self.found
        )


def score_events(rows: Sequence[tuple[Events, Coding | None]]) -> Scored:
    """Events by their triggers. Headline: F1 of acts found with the right type.

    An event belongs to the gold mention whose trigger it shares most with, one of its own type first. Mentions of one
    `act` are one act: it is found where any of them is. What belongs to a mention marked `maybe` counts neither way, and
    such a mention is not asked for. Of the events that belong to a mention with the right type: `actor` and `recipient`,
    each party by any of its actor's mentions; `realis`, `background` and `mode` are the share that is right. `right` and
    the faults are shares of all events but those that count neither way; `repeated` those that tell an act once more.
    `alarms`: events in articles without any mark, for each hundred of these articles.
    """
    tally = _Tally()
    for gold, coding in rows:
        tally.add(gold, coding)
    return tally.scored()


class _Tally:
    """What is counted over all articles."""

    def __init__(self) -> None:
        self.acts, self.untyped = Counts(), Counts()
        self.sides = {"actor": Counts(), "recipient": Counts()}
        self.same: dict[str, list[bool]] = {"mode": [], "realis": [], "background": []}
        self.faults: Counter[str] = Counter()
        self.repeated = self.calm = self.alarms = 0

    def add(self, gold: Events, coding: Coding | None) -> None:
        """Count one article's events."""
        events = coding.events if coding else ()
        mentions = {actor.id: tidy(*actor.mentions) for actor in coding.actors} if coding else {}
        belongs = {found: gold.events[wanted] for wanted, found in belonging(gold.events, events)}
        numbers = {id(mark): number for number, mark in enumerate(gold.events)}
        self.calm += not gold.events
        self.alarms += 0 if gold.events else len(events)
        told: set[int | str] = set()
        met: set[int | str] = set()
        for number, event in enumerate(events):
            mark = belongs.get(number)
            if mark is not None and mark.maybe:
                continue
            self.acts.add(found=1)
            self.untyped.add(found=1)
            if mark is None:
                self.faults["not_an_event"] += 1
                continue
            act = _act(numbers[id(mark)], mark)
            self.repeated += act in told
            told.add(act)
            self.untyped.add(right=1)
            if mark.type != event.type:
                self.faults["wrong_type"] += 1
                continue
            met.add(act)
            self.acts.add(right=1)
            self.faults[self._compared(mark, event, mentions)] += 1
        wanted = {_act(number, mark) for number, mark in enumerate(gold.events) if not mark.maybe}
        self.acts.add(gold=len(wanted))
        self.untyped.add(gold=len(wanted))
        self.faults["missed"] += len(wanted - told)
        self.faults["found"] += len(wanted & met)

    def _compared(self, mark: EventMark, event: Event, mentions: dict[str, Spans]) -> str:
        """Count the parties and the manner of an event of the right type; its fault, or `right`."""
        both = {
            "actor": Sides(mark.actors, _spans(event.actors, mentions)),
            "recipient": Sides(mark.recipients, _spans(event.recipients, mentions)),
        }
        for name, side in both.items():
            self.sides[name].add(right=len(side.met), found=len(side.found), gold=len(side.gold))
        alike = {name: getattr(mark, name) == getattr(event, name) for name in self.same}
        alike["realis"] |= mark.realis is None
        for name, values in self.same.items():
            values.append(alike[name])
        if not all(side.right for side in both.values()):
            return "wrong_party"
        return "right" if alike["realis"] and alike["background"] else "wrong_realis"

    def scored(self) -> Scored:
        """The figures."""
        found, asked, faults = self.acts.found, self.acts.gold, self.faults
        precision, recall = self.acts.precision, percent(faults["found"], asked)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        figures = [
            Figure("event_p", precision, found),
            Figure("event_r", recall, asked),
            Figure("event_f1", f1, asked),
            Figure("trigger_p", self.untyped.precision, found),
            Figure("trigger_r", percent(asked - faults["missed"], asked), asked),
            *(figure for name, counts in self.sides.items() for figure in counts.figures(name)),
            *(Figure(name, percent(sum(values), len(values)), len(values)) for name, values in self.same.items()),
            *(Figure(name, percent(faults[name], found), found) for name in ("right", *FAULTS)),
            Figure("missed", percent(faults["missed"], asked), asked),
            Figure("repeated", percent(self.repeated, found), found),
            Figure("alarms", percent(self.alarms, self.calm), self.calm),
        ]
        return Scored(tuple(figures), f1)


def belonging(marks: Sequence[EventMark | CircumstanceMark], events: Sequence[Event]) -> list[tuple[int, int]]:
    """Gold mention and event of each pair: by what their triggers share, one to one."""
    close = shared([mark.trigger for mark in marks], [tidy(event.trigger) for event in events])
    return pair(
        {(m, e): size + SAME_TYPE * (marks[m].type == events[e].type) for (m, e), size in close.items()},
    )


def _act(number: int, mark: EventMark) -> int | str:
    return f"mention {number}" if mark.act is None else mark.act


def _spans(parties: Sequence[Party], mentions: dict[str, Spans]) -> tuple[Spans, ...]:
    return tuple((*tidy(party.span), *mentions.get(party.actor, ())) for party in parties)
