"""Actors: whether a phrase gives somebody, of the right country and sectors; and which mentions are of one actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.evaluation.clusters import Agreement, b_cubed, links
from sayso.evaluation.figures import Figure, Scored, percent
from sayso.evaluation.gold import ActorMark, Chains, Phrases
from sayso.evaluation.spans import Spans, pair, shared, tidy
from sayso.records import Actor, Coding

HALF = 0.5
EVIDENCE = ("phrase", "article", "knowledge")


def score_actors(rows: Sequence[tuple[Phrases, Coding | None]]) -> Scored:
    """Phrases whose actor has the right country and sectors. Headline: both right, over all phrases.

    The actor of a phrase is the one that has the mention nearest to it: the most shared characters, the fewest others. The
    country must be the one wanted or one of `country_may`; the sectors must hold all that are wanted, and none but
    those and `sectors_may`. Where the words name nobody ("his death"), no actor may have them; who is named in a part of them may. `by_…`:
    both right, over the phrases whose country or sector only the phrase, the article or knowledge of the world shows.
    """
    right: Counter[str] = Counter()
    n = 0
    by = {name: Counter[bool]() for name in EVIDENCE}
    for gold, coding in rows:
        for mark in gold.phrases:
            n += 1
            actor = _actor_at(mark.span, coding, least=0.0 if mark.actor else HALF)
            country, sectors = _judged(mark, actor)
            right.update(found=bool(actor) == mark.actor, country=country, sectors=sectors, both=country and sectors)
            by[max(mark.evidence, mark.sector_evidence, key=EVIDENCE.index)][country and sectors] += 1
    headline = percent(right["both"], n)
    names = ("found", "country", "sectors")
    figures = [
        *(Figure(name, percent(right[name], n), n) for name in names),
        *(Figure(f"by_{name}", percent(one[True], one.total()), one.total()) for name, one in by.items()),
        Figure("country_and_sectors", headline, n),
    ]
    return Scored(tuple(figures), headline)


def _judged(mark: ActorMark, actor: Actor | None) -> tuple[bool, bool]:
    country = actor.country if actor else None
    sectors = set(actor.sectors) if actor else set()
    if actor is None and mark.actor:
        return False, False
    may = set(mark.sectors) | set(mark.sectors_may)
    return country in {mark.country, *mark.country_may}, set(mark.sectors) <= sectors <= may


def _actor_at(span: Spans, coding: Coding | None, least: float = 0.0) -> Actor | None:
    """The actor with the mention that shares most with the span; of several the mention that holds least else.

    `least`: the share of the characters of both that they must have in common.
    """
    best: tuple[int, int, Actor] | None = None
    for actor in coding.actors if coding else ():
        for mention in actor.mentions:
            common = sum(min(mention.end, s.end) - max(mention.start, s.start) for s in span if mention.overlaps(s))
            closeness = (common, common - (mention.end - mention.start))
            length = sum(s.end - s.start for s in span) + mention.end - mention.start - common
            if common > least * length and (best is None or closeness > best[:2]):
                best = (*closeness, actor)
    return best[2] if best else None


def score_coreference(rows: Sequence[tuple[Chains, Coding | None]]) -> Scored:
    """Which mentions are of one actor: B³ (Bagga & Baldwin 1998) and links (MUC; Vilain et al. 1995). Headline: B³ F1.

    A gold mention belongs to the actor's mention that shares most with it, one to one. Only these are compared: what a coding
    mentions beside the gold counts neither way. A gold mention that no actor has is alone, and counts for nothing
    in recall. `found`: the share of gold mentions that some actor has.
    """
    b3, muc = Agreement(), Agreement()
    for gold, coding in rows:
        wanted = {i: chain for chain, spans in enumerate(gold.chains) for i in spans}
        spans = sorted(wanted)
        told = [(actor.id, tidy(m)) for actor in (coding.actors if coding else ()) for m in actor.mentions]
        pairs = dict(pair(shared([(s,) for s in spans], [m for _, m in told])))
        found = {spans[g]: told[f][0] for g, f in pairs.items()}
        b3.add(b_cubed(wanted, found))
        muc.add(links(wanted, found))
    figures = (Figure("found", percent(b3.found, b3.gold), b3.gold), *b3.figures("b3"), *muc.figures("link"))
    return Scored(figures, b3.f1)
