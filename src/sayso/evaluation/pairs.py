"""What one actor does to another, both given in the gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.evaluation.figures import Figure, Scored, mean_f1, percent
from sayso.evaluation.gold import ActorPair
from sayso.evaluation.labels import count_labels
from sayso.evaluation.spans import Spans, overlap, tidy
from sayso.records import Coding, Event, Party

MUTUAL = frozenset(["AGREE", "CONSULT", "COOPERATE"])
"""Types that go both ways, whoever is named as the recipient."""
TWO_SIDED = MUTUAL | {"ASSAULT"}
"""Types of which PLOVER codes both sides as actors."""
NONE = "none"
"""The answer where no event joins the pair."""


def score_pairs(rows: Sequence[tuple[ActorPair, Coding | None]]) -> Scored:
    """The PLOVER type of each pair. Headline: F1 over the types, by the highest-scored event that joins the pair.

    `accuracy` and `macro_f1` take the gold's type where any event that joins the pair has it, else the highest-scored
    one's; `type_only` asks only whether any event of the sentence has it. Realis does not matter.
    """
    old = any(gold.root == "YIELD" for gold, _ in rows)
    first: list[tuple[set[str], set[str]]] = []
    best: list[tuple[set[str], set[str]]] = []
    joined = alone = seen = 0
    for gold, coding in rows:
        events = coding.events if coding else ()
        wanted = _type(gold.root, old)
        types = _types(_joining(gold, coding), old)
        joined += bool(types)
        seen += len(events)
        alone += wanted in (_types(events, old) or [NONE])
        first.append(({wanted}, {types[0] if types else NONE}))
        best.append(({wanted}, {wanted} if wanted in types else first[-1][1]))
    n, counts = len(rows), count_labels(best)
    headline = mean_f1(count_labels(first).values())
    figures = (
        *(Figure(f"{label}_f1", one.f1, one.gold) for label, one in counts.items()),
        Figure("events_per_row", seen / max(1, n), n),
        Figure("type_only", percent(alone, n), n),
        Figure("coverage", percent(joined, n), n),
        Figure("accuracy", percent(sum(one.right for one in counts.values()), n), n),
        Figure("macro_f1", mean_f1(counts.values()), n),
        Figure("first_macro_f1", headline, n),
    )
    return Scored(figures, headline)


def _type(name: str | None, old: bool) -> str:
    """Older gold has YIELD for what are now CONCEDE and RETREAT."""
    return "YIELD" if old and name in ("CONCEDE", "RETREAT") else name or NONE


def _types(events: Iterable[Event], old: bool) -> list[str]:
    return [_type(event.type, old) for event in events]


def _joining(gold: ActorPair, coding: Coding | None) -> list[Event]:
    """The events that join the pair, highest score first."""
    if coding is None:
        return []
    mentions = {actor.id: tidy(*actor.mentions) for actor in coding.actors}
    found = [e for e in coding.events if joins(e, mentions, gold.source_span, gold.target_span)]
    return sorted(found, key=lambda event: -event.score)


def joins(event: Event, mentions: dict[str, Spans], source: Spans, target: Spans) -> bool:
    """Whether the event runs from the source to the target; an empty one asks nothing.

    From an actor to a recipient; AGREE, CONSULT and COOPERATE also the other way round, and these and ASSAULT also
    between two different actors of the event. A party stands where its span or any mention of its actor stands.
    """

    def standing(parties: Sequence[Party], on: Spans) -> set[int]:
        places = [(*tidy(party.span), *mentions.get(party.actor, ())) for party in parties]
        return {number for number, spans in enumerate(places) if overlap(spans, on)}

    def runs(origin: Sequence[Party], goal: Sequence[Party]) -> bool:
        return all(not on or bool(standing(parties, on)) for parties, on in ((origin, source), (goal, target)))

    if runs(event.actors, event.recipients) or (event.type in MUTUAL and runs(event.recipients, event.actors)):
        return True
    here, there = standing(event.actors, source), standing(event.actors, target)
    return event.type in TWO_SIDED and bool(here) and bool(there) and len(here | there) > 1
