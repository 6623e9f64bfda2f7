"""Words held at a distance: "alleged", "so-called", and quotation marks round a term that nobody is quoted for.

They attribute without a source, inside one noun phrase, and are kept apart from statements: nobody is said to say
anything. What a speaker's own partial quotation holds ("called it “treason”") is that speaker's word and none of these; nor are
names, titles and nicknames between marks. The words stand in `lexicon/cues.toml` under `reserve`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sayso.coding.draft import DistanceDraft, Draft
from sayso.coding.parsed import Token
from sayso.coding.quotes import Quotation
from sayso.coding.ranges import Range, trim
from sayso.coding.rooms import room
from sayso.coding.tables import table
from sayso.records import Reserve

LONGEST = 4
"""Words between scare quotes; more are a quotation."""
BEFORE = 3
"""Words before a term among which one may say that it is a name or a word."""


@cache
def reserves() -> dict[str, Reserve]:
    """Each word of reserve, and what kind it is of."""
    return {word: kind for kind in ("alleged", "so-called") for word in table("cues")["reserve"][kind].split()}


@cache
def last_words() -> frozenset[str]:
    """With which the words of reserve end: "called" of "so-called"."""
    return frozenset(part for word in reserves() for part in (word, word.rpartition("-")[2]))


@cache
def naming() -> frozenset[str]:
    """Words behind which a term between marks is a name or is spoken of as a word."""
    return frozenset(table("cues")["reserve"]["naming"].split())


@room(needs=["statements", "events", "actors.labels"], gives=["distances"])
def keep_distance(draft: Draft) -> None:
    """Reads statements, events and labels; adds the words held at a distance, and marks the labels among them."""
    found = [*_by_words(draft), *_by_marks(draft)]
    draft.distances = sorted(found, key=lambda one: (one.range, one.cue))
    held = {i: one for one in draft.distances for i in range(*one.range)}
    for actor in draft.actors:
        for label in actor.labels:
            label.distanced = any(i in held for i in range(*label.range))
    for event in draft.events:
        near = held.get(event.head)
        if near is not None:
            event.because.append(f"told with reserve: “{draft.doc.span(*near.cue).text}”")


def _by_words(draft: Draft) -> Iterator[DistanceDraft]:
    """ "The alleged thief", "so-called volunteers"."""
    for token in draft.doc:
        words, kind = _reserve(token) if token.lower_ in last_words() else (None, None)
        if words is None or kind is None or not draft.coded(token):
            continue
        noun = token.head
        if token.relation not in ("amod", "compound", "acl", "advmod") or noun.i <= token.i:
            continue
        if noun.pos_ in ("ADJ", "VERB") and noun.head.i > noun.i and noun.head.pos_ in ("NOUN", "PROPN"):
            noun = noun.head  # "the allegedly stolen car"
        if noun.pos_ not in ("NOUN", "PROPN"):
            continue
        span = trim(draft.doc, Range(words.end, noun.i + 1))
        if span is not None:
            yield DistanceDraft(kind, span, words, draft.actor_at(noun.i))


def _reserve(token: Token) -> tuple[Range, Reserve | None]:
    """The word of reserve that ends at the token, hyphens and all ("so", "-", "called")."""
    whole = Range(token.i, token.i + 1)
    found = reserves().get(token.lower_)
    if found is not None:
        return whole, found
    if token.i >= 2 and token.nbor(-1).text in ("-", "‑", "–"):
        joined = f"{token.nbor(-2).lower_}-{token.lower_}"
        return Range(token.i - 2, token.i + 1), reserves().get(joined)
    if token.i >= 1:
        return Range(token.i - 1, token.i + 1), reserves().get(f"{token.nbor(-1).lower_}-{token.lower_}")
    return whole, None


def _by_marks(draft: Draft) -> Iterator[DistanceDraft]:
    """Terms between quotation marks in the article's own voice."""
    for quotation in draft.quotations:
        words = quotation.parts[0]
        inner = Range(words.start + 1, words.end - 1)
        if not quotation.closed or len(quotation.parts) > 1 or inner.end <= inner.start:
            continue
        if draft.coded(words.start) and _is_term(draft, quotation, inner):
            head = next((i for i in reversed(range(*inner)) if draft.actor_at(i) is not None), None)
            yield DistanceDraft("scare quotes", inner, words, None if head is None else draft.actor_at(head))


def _is_term(draft: Draft, quotation: Quotation, inner: Range) -> bool:
    doc = draft.doc
    if quotation.words(doc) > LONGEST or (quotation.is_speech(doc) and doc[inner.end - 1].is_punct):
        return False
    if any(draft.innermost(i) is not None for i in range(*inner)) or draft.kind_of(inner.start) == "title":
        return False
    last = doc[inner.end - 1]
    if last.pos_ not in ("NOUN", "ADJ", "VERB", "ADV", "PROPN") or not any(doc[i].is_alpha for i in range(*inner)):
        return False
    opens = bool(doc[inner.start].is_sent_start) or bool(doc[quotation.start].is_sent_start)
    capitals = [doc[i] for i in range(*inner) if doc[i].is_alpha and doc[i].text[:1].isupper()]
    if len(capitals) > opens and (last in capitals or all(t.pos_ == "PROPN" for t in capitals)):
        return False
    return not _is_name(draft, quotation)


def _is_name(draft: Draft, quotation: Quotation) -> bool:
    """Behind "the ship", "known as", "the word", or in a name's middle: Ahmed “the fox” Karimi."""
    doc, start = draft.doc, quotation.start
    before = [t for t in doc[max(start - BEFORE, 0) : start] if not t.is_space]
    if any(t.lower_ in naming() or t.base in naming() for t in before):
        return True
    after = doc[quotation.end] if quotation.end < len(doc) else None
    return bool(
        before and before[-1].ent_type_ == "PER" and (after is None or after.ent_type_ == "PER" or after.is_punct)
    )
