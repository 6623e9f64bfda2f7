"""Groups that friend and foe call by different nouns, joined where the article has them do the same things.

"Protesters", "rebels" and "terrorists" may be the same people in one report: this room joins two such groups only
where neither is set apart by what stands with it, and either they do the same to the same kind of target, or
the one is taken up again as "the rebels" though only protesters were told of. Groups that oppose each other, stand
side by side ("protesters and militants") or act in different countries stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sayso.coding.agents import singular
from sayso.coding.draft import ActorDraft, Draft, EventDraft, StatementDraft
from sayso.coding.grammar import conjuncts, first_conjunct
from sayso.coding.lexicon import lexicon
from sayso.coding.mentions import is_noun, words_of
from sayso.coding.parsed import Token

UNREST = ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE")
MOST_GROUPS = 24
"""So many contested groups of one article are compared."""
SMALL = 20
"""Fewer people than this are somebody in particular."""

VoiceOf = Callable[[int], StatementDraft | None]


def merge(draft: Draft, kept: ActorDraft, other: ActorDraft) -> None:
    """Make two actors one: `other` goes, and all that pointed at it points at `kept`."""
    if kept is other:
        return
    for mention in other.mentions:
        kept.mentions.append(mention)
    for head, actor in draft.by_head.items():
        if actor is other:
            draft.by_head[head] = kept
    for event in draft.events:
        for party in (*event.actors, *event.recipients):
            if party.actor is other:
                party.actor = kept
    for statement in draft.statements:
        if statement.speaker is other:
            statement.speaker = kept
    if kept.kind == "unknown" or (kept.kind == "group" and not kept.sectors):
        kept.kind = other.kind if other.kind != "unknown" else kept.kind
    kept.country = kept.country or other.country
    kept.sectors = kept.sectors or other.sectors  # a name that somebody gives does not change what one is
    kept.mentions.sort(key=lambda m: m.head)
    if kept.name.lower() in PRONOUNS:
        kept.name = other.name
    draft.actors[:] = [a for a in draft.actors if a is not other]


PRONOUNS = frozenset(("they", "them", "he", "she", "it", "him", "her", "their", "his", "its"))


@dataclass(eq=False)
class Group:
    """A contested group: what it is called, what it does to what, where, and in whose words."""

    actor: ActorDraft
    first: int
    nouns: set[str] = field(default_factory=set)
    acts: set[tuple[str, str]] = field(default_factory=set)
    voices: set[int] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)
    taken_up: bool = False
    """First told of as "the …", in the article's own voice, as if known."""


def join_contested(draft: Draft, voice_of: VoiceOf) -> None:
    """Join contested groups that the article shows to be the same people."""
    done_by = _unrest_by_actor(draft)
    targets = Targets(draft)
    groups = [g for a in draft.actors if (g := _group(targets, a, voice_of, done_by.get(id(a), ()))) is not None]
    groups.sort(key=lambda g: g.first)
    groups = groups[:MOST_GROUPS]
    opposed = _opposed(draft)
    for i, later in enumerate(groups):
        if later.actor not in draft.actors:
            continue
        for earlier in groups[:i]:
            if earlier.actor not in draft.actors or not _apart(draft, earlier, later, opposed):
                continue
            if _same(earlier, later, groups[:i]):
                merge(draft, earlier.actor, later.actor)
                earlier.nouns |= later.nouns
                earlier.acts |= later.acts
                earlier.voices |= later.voices
                earlier.heads |= later.heads
                earlier.countries |= later.countries
                break


def _unrest_by_actor(draft: Draft) -> dict[int, list[EventDraft]]:
    """Acts of unrest that belong to this story, by the identity of each actor that did them."""
    found: dict[int, list[EventDraft]] = {}
    for event in draft.events:
        if event.type in UNREST and not event.background:
            for key in dict.fromkeys(id(p.actor) for p in event.actors):
                found.setdefault(key, []).append(event)
    return found


def _group(targets: Targets, actor: ActorDraft, voice_of: VoiceOf, acts: Iterable[EventDraft]) -> Group | None:
    """The actor as a contested group with its acts of unrest, or None where it is none, or is set apart."""
    doc = targets.draft.doc
    heads = sorted(m.head for m in actor.mentions if is_noun(doc[m.head]))
    if not heads or actor.kind != "group":
        return None
    group = Group(actor, heads[0], heads=set(heads))
    for head in heads:
        token = doc[head]
        noun = singular(token.text)
        whole = {singular(c.text) for c in token.children if c.i < head and c.relation in ("compound", "amod")}
        if noun not in words_of("contested") or (whole - words_of("judging") - words_of("contested")):
            return None
        if _set_apart(token):
            return None
        group.nouns |= {noun, *(w for w in whole if w in words_of("contested"))}
        voice = voice_of(head)
        group.voices.add(id(voice.speaker or voice) if voice is not None else 0)
    first = doc[heads[0]]
    group.taken_up = any(c.lower_ in ("the", "these", "those") for c in first.children) and 0 in group.voices
    buildings = lexicon().classes.get("building", frozenset())
    for event in acts:
        if event.place is not None and event.place.country:
            group.countries.add(event.place.country)
        group.acts.add((event.type, event.mode or ""))
        for party in event.recipients:
            for word in targets.of(party.actor):
                group.acts.add(("to", "@building" if word in buildings else word))
    return group


class Targets:
    """The nouns by which the actors of one article are called, each actor read once."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self._known: dict[int, set[str]] = {}

    def of(self, actor: ActorDraft) -> set[str]:
        if id(actor) not in self._known:
            self._known[id(actor)] = self._nouns(actor)
        return self._known[id(actor)]

    def _nouns(self, actor: ActorDraft) -> set[str]:
        found = set()
        for mention in actor.mentions:
            head = self.draft.doc[mention.head]
            if is_noun(head):
                found.add(singular(head.text))
                if head.i > mention.range.start:
                    found.add(f"{self.draft.doc[head.i - 1].lower_} {singular(head.text)}")
        return found


def _set_apart(token: Token) -> bool:
    """Whether a number, a place, an owner or a clause says which of many are meant."""
    for c in token.children:
        dep = c.relation
        if dep == "nummod" and c.text.isdigit() and int(c.text) < SMALL:
            return True
        if dep == "nummod" and not c.text[:1].isdigit():
            return True
        if c.dep_ == "nmod:poss" or (dep == "nmod" and c.i > token.i and c.ent_type_ in ("LOC", "GPE", "ORG", "PER")):
            return True
        if dep in ("amod", "compound") and c.ent_type_ in ("NORP", "LOC", "ORG", "GPE", "PER"):
            return True
    return False


def _opposed(draft: Draft) -> set[tuple[int, int]]:
    """Pairs of actors of which one acts against the other."""
    found = set()
    for event in draft.events:
        if event.type in (*UNREST, "THREATEN", "ACCUSE", "REJECT", "REQUEST"):
            for one in event.actors:
                for other in event.recipients:
                    found |= {(id(one.actor), id(other.actor)), (id(other.actor), id(one.actor))}
    return found


def _apart(draft: Draft, one: Group, other: Group, opposed: set[tuple[int, int]]) -> bool:
    """Whether the two may be one group: not opposed, not coordinated, not in different countries."""
    if (id(one.actor), id(other.actor)) in opposed:
        return False
    if one.countries and other.countries and not one.countries & other.countries:
        return False
    for head in sorted(one.heads):
        if any(t.i in other.heads for t in conjuncts(first_conjunct(draft.doc[head]))):
            return False
    return True


def _same(one: Group, other: Group, before: list[Group]) -> bool:
    """Whether what is told of the two shows them to be one."""
    if one.nouns & other.nouns and one.voices & other.voices:
        return True
    if other.taken_up and not other.nouns & one.nouns and len(before) == 1:
        return True
    shared = one.acts & other.acts
    if any(kind == "to" for kind, _ in shared):
        return True
    return bool(shared) and one.voices != other.voices and bool(one.countries & other.countries)
