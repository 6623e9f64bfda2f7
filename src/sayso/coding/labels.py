"""Labels: the nouns by which an actor is called, and on whose word.

The word is that of the innermost statement the noun stands in; outside of statements it is the article's own. Where
somebody gives another a name ("called them thugs", "to the prefect they are looters"), the name is the speaker's
and the noun named is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding.agents import role_of, singular
from sayso.coding.draft import ActorDraft, Draft, LabelDraft, Mention, StatementDraft
from sayso.coding.grammar import children
from sayso.coding.joining import merge
from sayso.coding.mentions import is_noun, words_of
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range

CALLED = ("person", "group", "organization", "media")
NAMED = ("PER", "PERSON", "ORG", "LOC", "GPE", "NORP", "FAC", "DATE", "MONEY")
LEFT = ("amod", "compound", "flat", "nmod")
NO_PART = frozenset("first second third last next latest other several many few more new former late same own".split())
"""Adjectives at the front of a noun phrase that say nothing of what somebody is called."""
OF_OPINION = ("to", "for")
MOST_NAMINGS = 200
"""Names given in one article that are followed up: each costs a walk over all its actors."""


class Voices:
    """The innermost statement of every token, and of nouns whose word is told otherwise."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self._depth: dict[int, int] = {}
        self._of: dict[int, StatementDraft] = {}
        self.told: dict[int, StatementDraft | None] = {}
        for statement in draft.statements:
            self.cover(statement)

    def cover(self, statement: StatementDraft) -> None:
        depth = len(statement.chain())
        for part in statement.content:
            for i in range(part.start, part.end):
                if depth > self._depth.get(i, 0):
                    self._depth[i], self._of[i] = depth, statement

    def at(self, index: int) -> StatementDraft | None:
        return self.told[index] if index in self.told else self._of.get(index)


def call_names(draft: Draft) -> Voices:
    """Join whom somebody calls a name with the name; say on whose word it is."""
    voices = Voices(draft)
    left = MOST_NAMINGS
    for token in draft.doc:
        if token.pos_ == "VERB" and left and draft.coded(token):
            left -= _by_verb(draft, voices, token)
        elif token.dep_ == "cop" and draft.coded(token):
            _by_opinion(draft, voices, token)
    return voices


def _by_verb(draft: Draft, voices: Voices, verb: Token) -> bool:
    """Join and tell the names that the verb gives: "called them thugs", "were branded traitors". Whether there are any."""
    word = verb.base
    plain, with_as = word in words_of("naming"), word in words_of("naming_as")
    if not (plain or with_as):
        return False
    named = children(verb, "nsubj:pass") or children(verb, "iobj") or children(verb, "obj")
    if not named:
        return False
    names = [
        c for c in verb.children
        if c.i > verb.i and c.i != named[0].i and is_noun(c)
        and ((plain and c.relation in ("xcomp", "obj", "ccomp")) or (_behind_as(c) and c.relation in ("obl", "xcomp", "advcl")))
    ]  # fmt: skip
    actor = draft.actor_at(named[0].i)
    found = False
    for name in names[:3]:
        called = draft.actor_at(name.i)
        if actor is None or called is None or not _alike(actor, called):
            continue
        voices.told[named[0].i] = _outer(voices, verb)
        if voices.at(name.i) is _outer(voices, verb):
            voices.told[name.i] = _statement(draft, voices, verb, name)
        merge(draft, actor, called)
        found = True
    return found


def _behind_as(token: Token) -> bool:
    return any(c.lower_ == "as" for c in token.children if c.relation in ("case", "mark", "advmod"))


def _alike(one: ActorDraft, other: ActorDraft) -> bool:
    kinds = {one.kind, other.kind}
    if other.kind == "unknown":  # "called him a coward": whoever is called something is it
        return one.kind in ("person", "group")
    return (
        one is not other
        and other.kind in CALLED
        and ("unknown" in kinds or len(kinds) == 1 or kinds <= {"group", "organization", "state", "media"})
    )


def _outer(voices: Voices, verb: Token) -> StatementDraft | None:
    return voices.at(verb.i)


def _statement(draft: Draft, voices: Voices, verb: Token, name: Token) -> StatementDraft | None:
    """The statement that the naming makes: one with this cue, else a new one of the verb's subject."""
    for statement in draft.statements:
        if statement.cue is not None and verb.i in statement.cue:
            return statement
    subject = (
        next(iter(children(verb, "nsubj")), None)
        if not children(verb, "nsubj:pass")
        else next(iter(children(verb, "obl:agent")), None)
    )
    speaker = None if subject is None else draft.actor_at(subject.i)
    if subject is None or speaker is None:
        return _outer(voices, verb)
    words = next((m.range for m in speaker.mentions if m.head == subject.i), Range(subject.i, subject.i + 1))
    made = StatementDraft(
        "indirect", "call", [_words(name)], Range(verb.i, verb.i + 1), speaker, words, within=_outer(voices, verb)
    )
    draft.statements.append(made)
    return made


def _by_opinion(draft: Draft, voices: Voices, copula: Token) -> None:
    """ "To the prefect they are looters": the noun is the prefect's."""
    name, doc = copula.head, draft.doc
    if not is_noun(name):
        return
    subject = next((c for c in name.children if c.relation == "nsubj" and c.i < copula.i), None)
    start = copula.i - 1 if subject is None else subject.left_edge.i
    holder = doc[start - 1] if start > 1 else None
    if holder is not None and holder.text == ",":
        holder = doc[holder.i - 1]
    if holder is None or holder.pos_ not in ("NOUN", "PROPN"):
        return
    first = next((i for i in range(holder.i - 1, max(-1, holder.i - 6), -1) if doc[i].lower_ in OF_OPINION), None)
    speaker = draft.actor_at(holder.i)
    if first is None or speaker is None or speaker.kind not in (*CALLED, "state") or not _opens(doc[first]):
        return
    known = voices.at(name.i)
    if known is not None and known.speaker is speaker:
        return
    outer = known
    if known is not None and known.cue is not None and doc[known.cue.start].lower_ in OF_OPINION:
        known.content = [Range(p.start, min(p.end, first)) if first in p else p for p in known.content]
        outer = known.within
    content = Range(start, max(name.i + 1, name.right_edge.i + 1 if name.right_edge.i < name.i + 12 else name.i + 1))
    made = StatementDraft(
        "indirect", "believe", [content], Range(first, first + 1), speaker, Range(first + 1, holder.i + 1), within=outer
    )
    draft.statements.append(made)
    voices.cover(made)
    voices.told[name.i] = made


def _opens(token: Token) -> bool:
    """Whether the word begins a clause: nothing before it, or a mark or "and" or "but"."""
    before = token.doc[token.i - 1] if token.i else None
    return (
        before is None
        or before.is_punct
        or before.is_space
        or before.lower_ in ("and", "but", "while")
        or bool(token.is_sent_start)
    )


def collect(draft: Draft, voices: Voices) -> None:
    """Write the labels of every actor that is a person, a group or a body, each noun once for each voice."""
    for actor in draft.actors:
        if actor.kind not in CALLED:
            continue
        seen: set[tuple[str, int]] = set()
        for mention in sorted(actor.mentions, key=lambda m: m.head):
            words = label_words(draft, mention)
            if words is None or not calls(actor, draft.doc[mention.head]):
                continue
            statement = voices.at(mention.head)
            text = " ".join(draft.doc.span(*words).text.lower().split())
            key = (text, id(statement) if statement is not None else 0)
            if key not in seen:
                seen.add(key)
                actor.labels.append(LabelDraft(words, statement))


def calls(actor: ActorDraft, noun: Token) -> bool:
    """Whether people are called by the noun: "bandits", "the regime", not "shops" or "local administrations"."""
    if actor.kind in ("person", "group"):
        return True
    word = singular(noun.text)
    if word in words_of("called") or word in words_of("contested") or noun.lower_ in words_of("called"):
        return True
    role = role_of([noun.text])
    return word in words_of("persons") or (role is not None and role.nature in ("person", "generic"))


def label_words(draft: Draft, mention: Mention) -> Range | None:
    """The noun of a mention with the adjectives and nouns before it; None where the mention is a name or pronoun."""
    head = draft.doc[mention.head]
    if not is_noun(head) or head.ent_type_ in NAMED or (head.pos_ == "PROPN" and not _is_title(head)):
        return None
    return _words(head)


def _is_title(token: Token) -> bool:
    return role_of([token.text]) is not None


def _words(head: Token) -> Range:
    start = head.i
    own = {c.i for c in _before(head)}
    while start - 1 in own or (start - 2 in own and head.doc[start - 1].text in ("-", "–")):
        start -= 1
    while start < head.i and (
        head.doc[start].lower_ in NO_PART or head.doc[start].is_punct or _cut_name(head.doc[start])
    ):
        start += 1
    while start >= 2 and head.doc[start - 1].text == "-" and not head.doc[start - 1].whitespace_:
        start -= 2  # "out-of-town", whose first words hang elsewhere
    return Range(start, _role_end(head) + 1)


def _cut_name(token: Token) -> bool:
    """Whether the token stands in a name whose beginning is no part of the words before it."""
    return token.ent_iob_ == "I"


def _role_end(head: Token) -> int:
    """The last token of a role that is named with "of": "head of state", "chief of police"."""
    if head.i + 2 < len(head.doc) and head.nbor(1).lower_ == "of":
        role = role_of([head.lower_, "of", head.nbor(2).lower_])
        if role is not None and " of " in role.phrase:
            return head.i + 2
    return head.i


def _before(head: Token) -> Iterator[Token]:
    for c in head.children:
        if (
            c.i < head.i
            and c.relation in LEFT
            and c.dep_ != "nmod:poss"
            and c.pos_ in ("ADJ", "NOUN", "PROPN", "VERB", "ADV")
        ):
            yield c
            yield from (g for g in c.children if g.i < head.i and g.relation in (*LEFT, "obl", "advmod"))
