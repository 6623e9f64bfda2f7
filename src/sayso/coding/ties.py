"""Phrases that grammar makes one: title and name, long name and short name in brackets, apposition, predicate."""

from __future__ import annotations

from sayso.coding.agents import role_of
from sayso.coding.draft import Draft
from sayso.coding.grammar import children
from sayso.coding.mentions import Phrase
from sayso.coding.names import is_acronym, same_body
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range

TITLE_GAP = 6
"""Words between a title's noun and the name that hangs on it."""


def _negates(token: Token) -> bool:
    return token.lower_ in ("not", "n't", "n’t", "never", "no", "neither", "nor")


class Ties:
    """Which phrase of one article is tied to which."""

    def __init__(self, draft: Draft, phrases: list[Phrase]):
        self.draft = draft
        self.phrases = phrases
        self.at = {p.head.i: p for p in phrases}
        self._begins: dict[int, Phrase] = {}
        for phrase in phrases:
            if phrase.form == "name":
                entity = self._entity(phrase)
                self._begins.setdefault(phrase.head.i if entity is None else entity.start, phrase)

    def all(self) -> dict[int, Phrase]:
        """Phrases tied to another by title, apposition or predicate, by their head: the phrase they are tied to."""
        tied: dict[int, Phrase] = {}
        for phrase in self.phrases:
            other = (
                self._titled(phrase)
                or self._between_commas(phrase)
                or self._bracketed(phrase)
                or self._apposed(phrase)
                or self._predicate(phrase)
            )
            if other is None or other is phrase or phrase.head.i in tied:
                continue
            if phrase.form == "name" and other.form == "noun" and other.head.i not in tied:
                phrase, other = other, phrase
            if not self._circle(other, phrase, tied):
                tied[phrase.head.i] = other
        return tied

    @staticmethod
    def _circle(start: Phrase, end: Phrase, tied: dict[int, Phrase]) -> bool:
        at: Phrase | None = start
        for _ in range(10):
            if at is None:
                return False
            if at is end:
                return True
            at = tied.get(at.head.i)
        return True

    def _titled(self, phrase: Phrase) -> Phrase | None:
        """A role noun that stands right before a person's name, or a kind before a body's: the phrase of the name."""
        doc = self.draft.doc
        if (
            phrase.form != "noun"
            or phrase.plural
            or phrase.kind not in ("person", "organization", "media", "unknown", "group")
        ):
            return None
        for at in (phrase.head.i + 1, phrase.words.end):
            while at < len(self.draft.doc) and self.draft.doc[at].text in ("“", '"', "«"):
                at += 1
            name = self.beginning(at)
            if name is None or name.head.i == phrase.head.i or name.head.relation == "conj":
                continue
            joined = name.head.head == phrase.head or phrase.head.head == name.head
            if (
                at != phrase.head.i + 1
                and (last := role_of([doc[at - 1].text])) is not None
                and last.nature == "person"
            ):
                continue
            if name.kind == "person" and (phrase.kind == "person" or (phrase.kind == "unknown" and joined)):
                return name
            if phrase.kind in ("organization", "media", "group") and name.kind in ("organization", "media", "unknown"):
                loose = name.kind != "unknown" and name.head.relation not in ("nsubj", "root", "obl", "nmod")
                if loose or (joined and name.head.relation in ("appos", "flat", "compound", "nmod", "dep", "root")):
                    return name
        return None

    def beginning(self, at: int) -> Phrase | None:
        return self._begins.get(at)

    def _entity(self, phrase: Phrase) -> Range | None:
        if not phrase.entity:
            return None
        start = end = phrase.head.i
        doc = self.draft.doc
        while start > 0 and doc[start].ent_iob_ == "I":
            start -= 1
        while end + 1 < len(doc) and doc[end + 1].ent_iob_ == "I":
            end += 1
        return Range(start, end + 1)

    def _between_commas(self, phrase: Phrase) -> Phrase | None:
        """A name between commas behind "the" holder of an office: "the head of the court, Ana Lobo, said"."""
        if phrase.form != "noun" or phrase.kind != "person" or not phrase.definite or phrase.plural:
            return None
        doc, at = self.draft.doc, phrase.words.end
        while (
            at < len(doc)
            and at < phrase.words.end + TITLE_GAP
            and (doc[at].pos_ in ("ADP", "DET", "PROPN", "NOUN", "ADJ"))
        ):
            at += 1  # "the head of the union at the refinery in Sisak, …", of which the phrase may hold a part
        if at + 1 >= len(doc) or doc[at].text != ",":
            return None
        name = self.beginning(at + 1)
        entity = None if name is None or name.kind != "person" else self._entity(name)
        if name is None or entity is None or entity.end >= len(doc) or doc[entity.end].text not in (",", "."):
            return None
        return name

    def _bracketed(self, phrase: Phrase) -> Phrase | None:
        """A short name in brackets right behind a long one: the phrase of the long one."""
        if (
            phrase.form != "name"
            or phrase.kind not in ("organization", "unknown", "media")
            or " " in (phrase.name or "")
        ):
            return None
        doc, at = self.draft.doc, phrase.head.i
        if at < 2 or doc[at - 1].text != "(" or at + 1 >= len(doc) or doc[at + 1].text not in (")", ",", ";"):
            return None
        if not is_acronym(phrase.name or ""):
            return None
        for back in range(at - 2, max(-1, at - 5), -1):
            other = self._ending(back)
            if other is not None and other.kind in ("organization", "unknown", "media"):
                return other
        return None

    def _ending(self, at: int) -> Phrase | None:
        """The name whose last word this is."""
        token = self.draft.doc[at]
        if not token.ent_type_:
            return self.at.get(at)
        for i in range(at, max(-1, at - 12), -1):
            found = self.at.get(i)
            if found is not None and found.form == "name":
                entity = self._entity(found)
                return found if entity is not None and at in entity else None
        return None

    def _apposed(self, phrase: Phrase) -> Phrase | None:
        """A phrase in apposition: the phrase that it explains."""
        head = phrase.head
        dep = head.relation
        if dep == "appos" or (dep in ("flat", "compound", "nmod") and self._joins_name(phrase)):
            other = self.at.get(head.head.i)
            if other is not None and other.form != "pronoun" and self._may_be_one(phrase, other):
                return other
        return None

    def _joins_name(self, phrase: Phrase) -> bool:
        """A title or name that hangs on its fellow without a preposition, next to it."""
        head = phrase.head
        if any(c.dep_ == "case" for c in head.children) or abs(head.i - head.head.i) > TITLE_GAP:
            return False
        first, last = sorted((head.i, head.head.i))
        if any(t.pos_ in ("ADP", "VERB", "AUX") or t.text in (",", ";") for t in self.draft.doc[first:last]):
            return False
        other = self.at.get(head.head.i)
        return other is not None and "person" in (phrase.kind, other.kind) and phrase.form != other.form

    @staticmethod
    def _may_be_one(one: Phrase, other: Phrase) -> bool:
        if one.numbered and other.numbered and "name" not in (one.form, other.form):
            return False  # "120 shops, 180 cafes" is a list
        if one.form == "name" and other.form == "name":
            if {one.kind, other.kind} <= {"organization", "media", "unknown"}:
                return same_body(one.name or "", other.name or "") or "media" in (one.kind, other.kind)
            return False
        if one.plural != other.plural and {one.kind, other.kind} & {"person"}:
            return False
        if one.country and other.country and one.country != other.country:
            return False  # "a Dutch engineer, an Ivorian nurse" is a list
        kinds = {one.kind, other.kind} - {"unknown"}
        if "person" in kinds and len(kinds) > 1:
            return False
        if "unknown" in (one.kind, other.kind) and kinds & {"person", "group"}:
            return False
        return not (kinds == {"state"} or ("state" in kinds and len(kinds) > 1))

    def _predicate(self, phrase: Phrase) -> Phrase | None:
        """A noun that is said to be what the subject is: the subject's phrase."""
        head = phrase.head
        if phrase.form != "noun" or not children(head, "cop") or any(_negates(c) for c in head.children):
            return None
        if phrase.kind == "unknown" and not phrase.sectors:
            return None
        subject = next((c for c in children(head, "nsubj") if c.dep_ != "nsubj:outer"), None)
        if subject is not None and subject.tag_ in ("WP", "WDT") and head.dep_ == "acl:relcl":
            subject = head.head
        other = None if subject is None else self.at.get(subject.i)
        if other is None or other is phrase:
            return None
        if other.form == "pronoun":
            return other if other.plural == phrase.plural or phrase.kind == "organization" else None
        if phrase.kind == "person" and phrase.indefinite and other.form == "name" and " " not in (other.name or ""):
            other.kind = "person"  # "Lobo is a judge", whatever else a lone name was taken for
        return other if self._may_be_one(phrase, other) else None
