"""Stories: what a film, a novel or a play tells did not happen."""

from __future__ import annotations

from itertools import islice

from sayso.coding.draft import Draft, EventDraft
from sayso.coding.grammar import ancestors, is_present, relation_to
from sayso.coding.parsed import Token
from sayso.coding.patterns import Matcher
from sayso.coding.scope_words import Words, scope_words
from sayso.coding.slots import Frame

CHARACTERS = frozenset(("character", "villain", "protagonist", "heroine", "antagonist"))
UP = 8
"""Steps from an event up to the clause that frames it."""


class Fiction:
    """The stories that one article retells."""

    def __init__(self, draft: Draft, matcher: Matcher):
        self.draft = draft
        self.matcher = matcher
        self.words = scope_words()

    def tells(self, event: EventDraft, frame: Frame) -> bool:
        """Whether a film, a novel or a play tells of the event."""
        trigger = frame.trigger
        for at in islice((trigger, *ancestors(trigger)), UP):
            outer = at != trigger
            noun = outer and at.pos_ in ("NOUN", "PROPN")
            if noun and self._is_work(at) and relation_to(trigger, at) in ("acl", "advcl"):
                return True
            for c in at.children:
                if outer and at.base == "play" and self._plays(c):
                    return True
                told = self._tells(c, at, outer) or self._is_set_in(c, at)
                if told and not self._is_news(event, frame):
                    return True
            if at.dep_ in ("root", "ROOT"):
                break
        subjects = [*frame.fill("subject"), *frame.fill("object")]
        return any(self._is(s, CHARACTERS) for s in subjects)

    def _plays(self, subject: Token) -> bool:
        """ "She plays a spy", "the film plays in Rome"."""
        if subject.relation != "nsubj":
            return False
        return (subject.dep_ != "nsubj:pass" and self._is_work(subject)) or self._is(subject, self.words.players)

    def _tells(self, subject: Token, verb: Token, outer: bool) -> bool:
        """ "The novel tells how …", "the film follows …". `outer`: the verb is not the event's own."""
        if subject.relation != "nsubj" or subject.dep_ == "nsubj:pass" or not self._is_work(subject):
            return False
        if outer:
            return is_present(verb) or verb.base in self.words.tell
        return is_present(verb) and subject.base not in self.words.wide

    def _is_set_in(self, setting: Token, verb: Token) -> bool:
        """ "In the film a bomb explodes"."""
        if setting.relation != "obl" or not self._is_work(setting, strict=True):
            return False
        within = any(g.base == "in" for g in setting.children)
        return within and (
            is_present(verb) or any(c.i < verb.i and self._is_work(c, strict=True) for c in verb.children)
        )

    def _is_work(self, head: Token, strict: bool = False) -> bool:
        names = self.matcher.names(head)
        return bool(names & self.words.works) and not (strict and names <= self.words.wide)

    def _is_news(self, event: EventDraft, frame: Frame) -> bool:
        """Told in the past with somebody of this world: "police arrested the director"."""
        return not is_present(frame.trigger) and any(
            h.ent_type_ in ("PER", "PERSON", "ORG")
            for h in (self.draft.doc.span(*party.range).root for party in event.actors)
        )

    def _is(self, head: Token, words: Words) -> bool:
        return bool(self.matcher.names(head) & words)
