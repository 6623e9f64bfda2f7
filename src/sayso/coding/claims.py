"""What the headline and the standfirst claim: their clauses, each with its predicate and the words that carry it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from sayso.coding.draft import Draft, EventDraft, StatementDraft
from sayso.coding.parsed import Doc, Token
from sayso.coding.ranges import Range, trim
from sayso.coding.tables import table

HEADS = ("title", "standfirst")
"""Kinds of blocks that make claims for the whole."""
CARRYING = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
"""Parts of speech of the words that carry a claim."""
JOINED = ("conj", "parataxis", "list")
LEAST = 2
"""Words that a clause must have to be a claim of its own."""


@cache
def headline_words(kind: str) -> frozenset[str]:
    """Lemmas that are too `light` to carry a claim; acts by which a headline is `sourced`; verbs of `doubt`."""
    return frozenset(table("cues")["headline"][kind].split())


@dataclass(eq=False)
class Claim:
    """One clause of the headline. `statement`: the one that the headline itself gives it on, if any."""

    range: Range
    head: Token
    words: list[Token] = field(default_factory=list)
    told: bool = True
    """Whether it has a verb or tells of an act: "Five nights on Tole Bi Street" may claim nothing."""
    statement: StatementDraft | None = None
    events: list[EventDraft] = field(default_factory=list)


def claims_of(draft: Draft) -> Iterator[Claim]:
    """The claims of the headline and standfirst, in order."""
    events: dict[int, EventDraft] = {event.head: event for event in [*draft.unlikely, *draft.events]}
    likely = {event.head for event in draft.events}
    for sentence in draft.doc.sents:
        if draft.kind_of(sentence.start) not in HEADS or not draft.coded(sentence.start):
            continue
        for head, places in _clauses(draft, Range(sentence.start, sentence.end)):
            span = trim(draft.doc, Range(places[0], places[-1] + 1))
            if span is None:
                continue
            inside = set(places)
            statement = next(
                (one for one in draft.statements if one.act in headline_words("sourced") and one.holds(head.i)), None
            )
            apart = _of_source(statement)
            words = [draft.doc[i] for i in places if _carries(draft.doc[i]) and i not in apart]
            own = [event for at, event in sorted(events.items()) if at in inside]
            told = (
                any(event.head in likely for event in own)
                or statement is not None
                or any(draft.doc[i].pos_ in ("VERB", "AUX") for i in places)
            )
            if words:
                yield Claim(span, head, words, told, statement, own)


def _carries(token: Token) -> bool:
    return token.pos_ in CARRYING and token.base not in headline_words("light")


def _of_source(statement: StatementDraft | None) -> set[int]:
    """The tokens of a statement's cue and source: they say who claims, not what."""
    if statement is None:
        return set()
    return {i for words in (statement.cue, statement.speaker_range) if words is not None for i in range(*words)}


def _clauses(draft: Draft, sentence: Range) -> list[tuple[Token, list[int]]]:
    """The clauses that stand side by side in a sentence, each with its predicate and its tokens."""
    tokens = [draft.doc[i] for i in range(*sentence)]
    root = next((t for t in tokens if t.head == t and not t.is_space), None)
    if root is None:
        return []
    heads = [root]
    for head in heads:
        heads += [c for c in head.children if c.relation in JOINED and _is_clause(c)]
    inside = range(*sentence)
    sourced = (one for one in draft.statements if one.act in headline_words("sourced") and one.cue is not None)
    said = next((one for one in sourced if one.cue is not None and one.cue.start in inside), None)
    if said is not None:
        # The headline's own source belongs to the claim, wherever the parser hung it.
        tops = (i for part in said.content for i in range(*part) if i in inside and not said.holds(draft.doc[i].head.i))
        own = [i for part in said.content for i in range(*part) if i in inside and draft.doc[i].head.i == i]
        head = draft.doc[next(iter([*own, *tops]), root.i)]
        return [(head, list(range(*sentence)))]
    found: list[tuple[Token, list[int]]] = []
    start = sentence.start
    heads.sort(key=lambda t: t.i)
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        end = sentence.end if following is None else _boundary(draft.doc, head.i, following.i)
        if end is None:
            return [(root, list(range(*sentence)))]
        found.append((head, list(range(start, end))))
        start = end
    enough = all(sum(_carries(draft.doc[i]) for i in places) >= LEAST for _, places in found)
    return found if enough else [(root, list(range(*sentence)))]


def _boundary(doc: Doc, first: int, second: int) -> int | None:
    """Where one clause ends and the next begins: behind the last comma, semicolon or "and" between their predicates."""
    places = (i for i in range(second - 1, first, -1) if doc[i].text in (",", ";", "–", "—") or doc[i].pos_ == "CCONJ")
    return next((i + (doc[i].pos_ != "CCONJ") for i in places), None)


def _is_clause(token: Token) -> bool:
    """A verb with its own subject, or another predicate with one: "police fire, crowds flee"."""
    return any(c.relation in ("nsubj", "csubj") for c in token.children)
