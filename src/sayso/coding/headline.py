"""Does the body bear out the headline: each claim of headline and standfirst, and what the body has for it.

For each claim the sentence of the body is looked for that comes nearest to it: the same predicate, the same parties, places
and numbers. Then it counts on whose word that sentence has it, and how firmly. Words are alike by lemma, by stem, by what they name
(actors and places of the article), or by what the network makes of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import inf

import numpy as np
from numpy.typing import NDArray

from sayso.coding.claims import CARRYING, HEADS, Claim, claims_of, headline_words
from sayso.coding.draft import Draft, EventDraft, FigureDraft, StatementDraft, SupportDraft
from sayso.coding.grammar import children, is_negated
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range
from sayso.coding.rooms import room
from sayso.coding.tables import table

STEM = 5
"""Letters that two words must begin with alike to be of one stem: "resigns", "resignation"."""
ALIKE = 0.6
"""Cosine of two words' vectors from which on they say something alike."""
PREDICATE = 0.3
"""What the same predicate is worth beside the words of a claim."""
ENOUGH = 0.8
"""Closeness from which on a sentence tells what a claim says."""
OWN = 0.1
"""So much less near the article's own sentence may be than the nearest that somebody says."""
LEAD = 0.1
"""What a sentence is worth for standing first in the body, the second half as much: the lead tells what the headline tells."""
SAME_TYPE = 0.8
"""How much alike two predicates are that tell acts of one type."""
MOST_SENTENCES = 400
"""Sentences of the body that are looked at."""


@cache
def not_asserted() -> dict[str, str]:
    """Acts of saying what is not said to be so, and how that is told: `plan`, "planned"."""
    found: dict[str, str] = table("cues")["headline"]["weaker"]
    return found


@dataclass(eq=False)
class Evidence:
    """A sentence of the body beside a claim. `near`: how close; `at`: its words that stand for the claim's predicate."""

    range: Range
    near: float
    at: Token
    statement: StatementDraft | None = None
    events: list[EventDraft] = field(default_factory=list)
    weaker: str = ""
    """In what the body words it more weakly; empty where it does not."""


@room(needs=["statements", "events.realis", "events.figures", "places"], gives=["claims"])
def support_headline(draft: Draft) -> None:
    """Reads everything coded; adds the claims of headline and standfirst with what supports them in the body."""
    claims = list(claims_of(draft))
    if claims:
        body = Body(draft)
        found = [(claim, body.support(claim)) for claim in claims]
        draft.claims = [one for claim, one in found if claim.told or one.support != "unsupported"]


class Body:
    """The sentences of the body, and how near each comes to a claim."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.doc = draft.doc
        self.events: dict[int, EventDraft] = {event.head: event for event in draft.events}
        self.places = {i: place for place in draft.places for words in place.mentions for i in range(*words)}
        self.figures = {i: figure for figure in draft.figures for i in range(*figure.range)}
        self.vectors: NDArray[np.float32] | None = None
        if draft.telling is not None:
            vectors = draft.telling.vectors
            self.vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        sentences = (Range(s.start, s.end) for s in self.doc.sents)
        self.sentences = [s for s in sentences if self._is_body(s)][:MOST_SENTENCES]

    def _is_body(self, sentence: Range) -> bool:
        first = next((i for i in range(*sentence) if not self.doc[i].is_space), None)
        return first is not None and self.draft.coded(first) and self.draft.kind_of(first) not in HEADS

    def support(self, claim: Claim) -> SupportDraft:
        found = sorted(self.evidence(claim), key=lambda one: (-one.near, one.range))
        near = [one for one in found if one.near >= ENOUGH]
        firm = [one for one in near if not one.weaker]
        if claim.statement is not None and claim.statement.speaker is not None:
            same = [one for one in firm if self._of_source(claim.statement, one)]
            if same:
                return self._draft(claim, "supported", same, f"the body has {self._source(claim.statement)} say so")
        own = [one for one in firm if one.statement is None and one.near >= firm[0].near - OWN]
        if own:
            quoted = any(one.statement is not None for one in firm)
            because = "the body says so on its own word" + ("" if quoted else "; nobody is quoted for it")
            return self._draft(claim, "supported", own, because)
        said = [one for one in firm if one.statement is not None]
        if said:
            return self._draft(claim, "attributed", said, f"only {self._source(said[0].statement)} says so in the body")
        if near:
            return self._draft(claim, "unsupported", near[:1], f"the body words it more weakly: {near[0].weaker}")
        return self._draft(claim, "unsupported", found[:1], "nobody in the body says so")

    def _draft(self, claim: Claim, support: str, found: list[Evidence], because: str) -> SupportDraft:
        backing = found if support != "unsupported" else []
        statements: list[StatementDraft] = []
        events: list[EventDraft] = []
        for one in backing:
            if one.statement is not None and one.statement not in statements:
                statements.append(one.statement)
            events += [event for event in one.events if event not in events]
        evidence = found[0].range if found else None
        return SupportDraft(claim.range, support, statements, events, evidence, because)  # type: ignore[arg-type]

    def _source(self, statement: StatementDraft | None) -> str:
        if statement is None or statement.speaker is None:
            return "somebody"
        return statement.speaker.name

    def _of_source(self, claimed: StatementDraft, found: Evidence) -> bool:
        """Whether the source that the headline names says so, or the article itself says it of that source."""
        if found.statement is not None:
            return any(said.speaker is claimed.speaker for said in found.statement.chain())
        return any(self.draft.actor_at(i) is claimed.speaker for i in range(*found.range))

    def evidence(self, claim: Claim) -> Iterator[Evidence]:
        alike = self._alike(claim)
        for number, sentence in enumerate(self.sentences):
            words = [i for i in range(*sentence) if self.doc[i].pos_ in CARRYING or self.draft.actor_at(i) is not None]
            if not words:
                continue
            scores = alike[:, words]
            best = scores.max(1)
            covered = float(best.mean())
            row = next((n for n, word in enumerate(claim.words) if word.i == claim.head.i), None)
            predicates = [self._predicate(claim, i, 0.0 if row is None else float(alike[row, i])) for i in words]
            top = max(range(len(words)), key=lambda n: (predicates[n], scores[:, n].sum()))
            at = self.doc[words[top]]
            near = covered + PREDICATE * predicates[top] + LEAD / (1 + number)
            evidence = Evidence(sentence, near, at)
            evidence.statement = self.draft.innermost(at.i)
            evidence.events = [
                self.events[i] for i in words if i in self.events and self._tells(claim, self.events[i], at)
            ]
            evidence.weaker = self._weaker(claim, evidence)
            yield evidence

    def _tells(self, claim: Claim, event: EventDraft, at: Token) -> bool:
        return event.head == at.i or any(event.type == one.type for one in claim.events)

    def _predicate(self, claim: Claim, place: int, alike: float) -> float:
        event = self.events.get(place)
        same = event is not None and any(event.type == one.type for one in claim.events if one.head == claim.head.i)
        return max(alike, SAME_TYPE if same else 0.0)

    def _alike(self, claim: Claim) -> NDArray[np.float32]:
        """(claim's words, tokens) How much alike each two are, 0 to 1."""
        found = np.zeros((len(claim.words), len(self.doc)), dtype=np.float32)
        if self.vectors is not None:
            cosine = self.vectors[[w.i for w in claim.words]] @ self.vectors.T
            found = np.clip((cosine - ALIKE) / (1 - ALIKE), 0, 1).astype(np.float32)
        for n, word in enumerate(claim.words):
            actor, place, figure = self.draft.actor_at(word.i), self.places.get(word.i), self.figures.get(word.i)
            lemma, stem = word.base, word.lower_[:STEM]
            for sentence in self.sentences:
                for i in range(*sentence):
                    other = self.doc[i]
                    if (
                        other.base == lemma
                        or (len(stem) == STEM and other.lower_.startswith(stem))
                        or (actor is not None and self.draft.actor_at(i) is actor)
                        or (place is not None and self.places.get(i) is place)
                        or (figure is not None and _same_number(figure, self.figures.get(i)))
                    ):
                        found[n, i] = 1
        return found

    def _weaker(self, claim: Claim, evidence: Evidence) -> str:
        """In what the body is less sure than the claim: planned, tried, possible, denied, fewer."""
        told = next((e for e in evidence.events if e.head == evidence.at.i), None)
        claimed = next((e for e in claim.events if e.head == claim.head.i), None)
        if told is not None and told.realis != "actual" and (claimed is None or claimed.realis == "actual"):
            return told.realis
        act = None if evidence.statement is None else evidence.statement.act
        if act in not_asserted() and (claim.statement is None or claim.statement.act != act):
            return not_asserted()[act]
        if is_negated(evidence.at) != is_negated(claim.head):
            return "negated"
        if told is None and _is_doubted(evidence.at) and not _is_doubted(claim.head):
            return "only possible"
        return self._fewer(claim, evidence)

    def _fewer(self, claim: Claim, evidence: Evidence) -> str:
        """Where the claim's number lies outside of every number that the sentence gives for the like."""
        for word in claim.words:
            figure = self.figures.get(word.i)
            if figure is None or figure.low is None:
                continue
            given = {id(f): f for i in range(*evidence.range) if (f := self.figures.get(i)) is not None}
            alike = [f for f in given.values() if f.measure == figure.measure and f.low is not None]
            if alike and not any(_same_number(figure, other) for other in alike):
                return "another number"
        return ""


def _is_doubted(predicate: Token) -> bool:
    return any(c.lower_ in headline_words("doubt") for c in children(predicate, "aux"))


def _same_number(one: FigureDraft, other: FigureDraft | None) -> bool:
    if other is None or one.low is None or other.low is None:
        return False
    high, other_high = (inf if figure.high is None else figure.high for figure in (one, other))
    return one.low <= other_high and other.low <= high
