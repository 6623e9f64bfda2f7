"""The noun phrases of an article that may name a party: found, measured and described, not yet told apart.

One pass over the tokens. A phrase knows its head, its words, its form (name, noun or pronoun), what the noun
is called, what sets it apart (modifiers), and what it shows of country, sectors and gender.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Span, Token

from sayso.coding.agents import Role, agents, role_of, sectors_of_name, singular
from sayso.coding.draft import Draft, Range
from sayso.coding.grammar import relation
from sayso.coding.lexicon import lexicon
from sayso.coding.names import Gender, gender
from sayso.coding.tables import table
from sayso.gazetteer.countries import country_of, is_demonym, senses
from sayso.records import ActorKind

Form = Literal["name", "noun", "pronoun"]
NAMES = ("PER", "PERSON", "ORG", "LOC", "GPE", "NORP")
FACILITIES = ("FAC", "PRODUCT", "MISC")
UNNAMED = ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY")
INSIDE = ("flat", "fixed", "goeswith", "compound", "case", "punct", "cc", "mark", "det", "aux", "cop", "advmod", "expl")
"""Relations of words that head no phrase of their own."""
DEMONSTRATIVES = ("the", "this", "that", "these", "those", "both")
PERSONAL = frozenset(("he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "theirs"))
INDEFINITE = frozenset(("other", "another", "some", "those", "many", "several", "all", "none", "anyone", "someone", "somebody", "everyone", "one", "both", "most", "few"))  # fmt: skip
LONGEST = 14
"""Words that a phrase may have; what goes on longer is cut to the noun and the words before it."""
TERMS = ("case", "punct", "mark", "cc", "det:predet")


@dataclass(eq=False)
class Phrase:
    """A noun phrase. `words`: its tokens; `modifiers`: lower-case words that set it apart; `roles`: nouns it is called by."""

    head: Token
    words: Range
    form: Form
    kind: ActorKind = "unknown"
    name: str | None = None
    plural: bool = False
    definite: bool = False
    indefinite: bool = False
    numbered: bool = False
    restricted: bool = False
    """A relative clause or participle says which ones are meant."""
    noun: str = ""
    """The head noun in the singular."""
    modifiers: frozenset[str] = frozenset()
    country: str | None = None
    sectors: tuple[str, ...] = ()
    gender: Gender | None = None
    entity: str = ""
    heads: list[int] = field(default_factory=list)
    """Further tokens that stand for this phrase: a title's noun, an apposed name."""
    generic: bool = False
    """The sector is that of what it is head of."""


@cache
def words_of(name: str) -> frozenset[str]:
    return frozenset(table("groups")[name])


@cache
def _event_nouns() -> frozenset[str]:
    return frozenset(lemma for kind, lemma in lexicon().index if kind == "noun")


def entity_roots(doc: Doc) -> tuple[dict[int, Span], dict[int, Span]]:
    """Entities by their root token, and by every token."""
    roots: dict[int, Span] = {}
    members: dict[int, Span] = {}
    for entity in doc.ents:
        roots[entity.root.i] = entity
        for token in entity:
            members[token.i] = entity
    return roots, members


def lowered(token: Token) -> str:
    return token.lower_.replace("’", "'")


class Finder:
    """Finds the phrases of one article."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.doc = draft.doc
        self.roots, self.members = entity_roots(draft.doc)

    def phrases(self) -> Iterator[Phrase]:
        """The phrases in the order of their heads."""
        for token in self.doc:
            if token.is_space or token.is_punct or not self.draft.coded(token):
                continue
            found = self.phrase(token)
            if found is not None:
                yield found

    def phrase(self, token: Token) -> Phrase | None:
        entity = self.members.get(token.i)
        if entity is not None and (entity.label_ in UNNAMED or entity.root.i != token.i):
            return None
        if entity is not None and entity.label_ in (*NAMES, *FACILITIES):
            return self.named(token, entity)
        if token.pos_ == "PRON" and lowered(token) in PERSONAL:
            return self.pronoun(token)
        if token.pos_ == "PROPN" and relation(token) not in ("flat", "compound", "goeswith", "fixed"):
            return self.common(token) if role_of([token.lower_]) else self.unlisted_name(token)
        if token.pos_ in ("NOUN", "PROPN"):
            return self.common(token)
        return self.other(token)

    # names

    def named(self, token: Token, entity: Span) -> Phrase | None:
        label = entity.label_
        if label == "NORP" and token.pos_ == "ADJ" and relation(token) in ("amod", "compound"):
            return self.attributive(token, entity.text)
        if relation(token) in ("compound", "amod") and label != "PER" and not self.titled(token):
            return self.attributive(token, entity.text)
        country = country_of(entity.text)
        kind: ActorKind = "unknown"
        if label in ("PER", "PERSON") and entity.text not in agents().names:
            kind, country = "person", None
        elif label in ("ORG", "PER", "PERSON"):
            kind = "state" if senses(entity.text).keys() & {"name", "capital"} else "organization"
        elif label == "NORP":
            kind = "group" if self.is_plural(token) or token.tag_ not in ("NN", "NNP") else "person"
        elif label in ("LOC", "GPE"):
            if self.is_where(token):
                return None
            kind = "state" if country else "unknown"
        sectors = () if kind == "person" else sectors_of_name(entity.text)
        if label == "NORP":
            role = role_of([token.lower_])
            sectors = role.sectors if role else sectors
        if kind == "organization" and "MED" in sectors:
            kind = "media"
        if kind == "unknown" and sectors and label in FACILITIES:
            kind = "organization"
        modifiers, place = self.modifiers(token, inside=Range(entity.start, entity.end))
        if kind in ("organization", "media") and country is None:
            country = place or next((c for c in (country_of(t.text) for t in entity if t.text[:1].isupper()) if c), None)
        found = Phrase(
            token, self.extent(token, entity), "name", kind, entity.text, self.is_plural(token), definite=True,
            noun=singular(token.text), modifiers=modifiers, country=country or place, sectors=sectors, entity=label,
        )  # fmt: skip
        if kind == "person":
            found.gender = gender([entity[0].text])
        return found

    def titled(self, token: Token) -> bool:
        return token.head.i in self.members and self.members[token.head.i].label_ in ("PER", "PERSON")

    def unlisted_name(self, token: Token) -> Phrase | None:
        """A proper noun that no entity covers."""
        if not token.text[:1].isupper() or singular(token.text) in words_of("stop") or self.is_where(token):
            return None
        words = self.extent(token, None)
        text = self.doc[words.start : words.end].text
        country = country_of(text) or country_of(token.text)
        _, place = self.modifiers(token)
        sectors = sectors_of_name(text)
        kind: ActorKind = "state" if country_of(text) else "organization" if sectors else "unknown"
        return Phrase(
            token, words, "name", kind, text, self.is_plural(token), definite=True, noun=singular(token.text),
            country=country or place, sectors=sectors, entity="",
        )  # fmt: skip

    def attributive(self, token: Token, text: str) -> Phrase | None:
        """A nationality or body before a noun that tells of an act: "the Russian invasion", "a UN appeal"."""
        if singular(token.head.text) not in _event_nouns() or token.head.pos_ != "NOUN":
            return None
        country = country_of(text)
        sectors = () if country else sectors_of_name(text)
        label = token.ent_type_
        if country is None and label not in ("ORG", "PER"):
            return None
        kind: ActorKind = "state" if country else "person" if label == "PER" else "organization"
        return Phrase(
            token, Range(token.i, token.i + 1) if country else self.extent(token, self.members.get(token.i)), "name", kind,
            text, definite=True, noun=singular(token.text), country=country, sectors=sectors, entity=label,
        )  # fmt: skip

    def is_where(self, token: Token) -> bool:
        """Whether the phrase only says where: it stands behind "in", "at", "near", …, or is part of an address."""
        if relation(token) in ("obl", "nmod", "appos", "advcl", "dep", "list", "parataxis"):
            cases = {c.lower_ for c in token.children if c.dep_ == "case"}
            if cases & words_of("locative"):
                return True
            if relation(token) == "appos" and token.head.ent_type_ in ("LOC", "GPE"):
                return True
            if "from" in cases and relation(token) == "nmod":
                return True
        if relation(token) == "conj":
            first = token.head
            return first is not token and first.dep_ != "conj" and self.is_where(first)
        return False

    # nouns

    def common(self, token: Token) -> Phrase | None:
        dep = relation(token)
        word = singular(token.text)
        if dep in INSIDE and dep != "compound":
            if not (dep == "flat" and role_of([word])):
                return None
        if dep == "compound":
            return self.compound(token, word)
        words = self.phrase_words(token)
        role = role_of(words)
        if token.dep_ in ("obl:unmarked", "nmod:unmarked", "obl:tmod", "nmod:tmod", "expl"):
            return None
        if role is None and (word in words_of("stop") or not self.is_concrete(word)):
            return None
        if self.said_not_to_be(token) or (dep == "nmod" and self.in_role(token)) or self.portion(token, word):
            return None
        found = Phrase(token, self.extent(token, None), "noun", noun=self.noun_name(words, role))
        found.plural = self.is_plural(token)
        self.determine(found)
        found.modifiers, found.country = self.modifiers(token)
        found.modifiers -= set(found.noun.split())
        self.describe(found, role)
        self.gather(found)
        return found

    @staticmethod
    def said_not_to_be(token: Token) -> bool:
        """A predicate that is denied: "is no terrorist"."""
        cops = [c for c in token.children if c.dep_ == "cop"]
        return bool(cops) and any(c.lower_ in ("not", "n't", "n’t", "never", "no") for c in token.children)

    def in_role(self, token: Token) -> bool:
        """A noun behind "of" that is part of a role's name: "head of state"."""
        words = self.phrase_words(token.head)
        return len(words) > 2 and words[-2] == "of" and words[-1] == token.lower_

    @staticmethod
    def whole(token: Token) -> Token | None:
        """What a portion is a portion of: people for "thousands" in "thousands of people"."""
        for c in token.children:
            if relation(c) == "nmod" and c.i > token.i and c.pos_ in ("NOUN", "PROPN"):
                if any(g.lower_ == "of" for g in c.children if g.dep_ == "case"):
                    return c
        return None

    def portion(self, token: Token, word: str) -> bool:
        """Whether the noun only counts what follows "of"."""
        return word in words_of("collectives") and self.whole(token) is not None

    def gather(self, found: Phrase) -> None:
        """Take in the words that count the phrase: "thousands of people" is one phrase, and names new people."""
        token = found.head
        for _ in range(3):
            outer = token.head
            if relation(token) != "nmod" or singular(outer.text) not in words_of("collectives") or self.whole(outer) != token:
                return
            start = outer.left_edge.i
            while start < outer.i and relation(self.doc[start]) in ("case", "punct", "cc", "mark"):
                start += 1
            found.words = Range(max(start, outer.i - 5), found.words.end)
            found.heads.append(outer.i)
            found.numbered, found.plural = True, True
            found.definite = any(c.lower_ in DEMONSTRATIVES for c in outer.children)
            if found.kind == "person":
                found.kind = "group"
            token = outer

    def compound(self, token: Token, word: str) -> Phrase | None:
        """A noun before a noun that tells of an act: "a police raid"."""
        role = role_of([word])
        if role is None or role.nature == "generic" or singular(token.head.text) not in _event_nouns():
            return None
        if role_of(self.phrase_words(token.head)) is not None:
            return None
        found = Phrase(token, Range(token.i, token.i + 1), "noun", noun=word, plural=self.is_plural(token))
        self.describe(found, role)
        return found

    def phrase_words(self, token: Token) -> list[str]:
        """Up to four words that end with the noun, those of its own phrase only."""
        words = [token.text]
        at = token.i - 1
        while at >= 0 and len(words) < 4:
            before = self.doc[at]
            if before.is_punct or before.is_space or relation(before) not in ("compound", "amod", "nmod", "flat", "goeswith"):
                break
            words.insert(0, before.text.removesuffix("'s").removesuffix("’s"))
            at -= 1
        for c in token.children:
            if c.i > token.i and relation(c) == "nmod" and self.doc[c.left_edge.i].lower_ == "of":
                joined = [*words, "of", c.lower_]
                if role_of(joined) is not None and len(role_of(joined).phrase.split()) > 1:  # type: ignore[union-attr]
                    return joined
        return words

    @staticmethod
    def noun_name(words: list[str], role: Role | None) -> str:
        """What the noun is called: the role's whole phrase where the lexicon knows it, else the head."""
        if role is not None and role.nature != "generic":
            return " ".join(singular(w) for w in role.phrase.split())
        return singular(words[-1])

    @staticmethod
    def is_concrete(word: str) -> bool:
        """Whether the noun may name a person, body or thing, not an act, state or quality."""
        if word in words_of("kept"):
            return True
        if word in _event_nouns():
            return False
        return not word.endswith(tuple(table("groups")["abstract_endings"]))

    def describe(self, found: Phrase, role: Role | None) -> None:
        """Kind, sectors and gender of a common noun."""
        data = agents()
        modifiers = self.attributes(found.head)
        if role is not None:
            found.sectors = role.sectors
            found.generic = role.nature == "generic"
            if role.nature == "body" or (found.generic and found.noun in words_of("hypernyms") | words_of("crowds")):
                found.kind = "media" if "MED" in role.sectors else "organization"
            elif not found.generic or found.noun not in words_of("hypernyms"):
                found.kind = "group" if found.plural else "person"
            if role.nature == "body" and found.noun in words_of("crowds") | words_of("contested"):
                found.kind = "group"
            if found.plural and found.kind == "organization" and found.noun in words_of("contested"):
                found.kind = "group"
            if found.sectors and modifiers & data.former and data.former_sectors & set(found.sectors):
                found.sectors = (data.former_code,)
        elif found.noun in words_of("persons") or found.noun.endswith(("man", "woman", "crat", "ologist")) or (found.noun.endswith("ist") and len(found.noun) > 5):
            found.kind = "group" if found.plural else "person"
        elif found.noun in words_of("crowds"):
            found.kind = "group"
        if found.noun in data.armed_nouns and modifiers & data.armed:
            found.sectors = (data.armed_code,)
            found.kind = "group" if found.plural or found.noun in ("group", "gang", "band") else "person"
        if found.kind == "person":
            found.gender = gender([found.noun, found.head.text])

    def attributes(self, token: Token) -> set[str]:
        """Adjectives and compounds before the noun, lower case."""
        return {lowered(c) for c in token.children if c.i < token.i and relation(c) in ("amod", "compound", "nmod")}

    def determine(self, found: Phrase) -> None:
        """Definite, indefinite, numbered, restricted."""
        for c in found.head.children:
            word, dep = c.lower_, relation(c)
            if dep == "det":
                found.definite |= word in DEMONSTRATIVES
                found.indefinite |= word in ("a", "an", "another", "some", "any", "several", "many", "no")
            elif c.dep_ == "nmod:poss":
                found.definite = True
            elif dep == "nummod":
                found.numbered = True
            elif dep == "acl":
                found.restricted = True
        if found.head.tag_ in ("NN",) and found.indefinite:
            found.plural = False

    def modifiers(self, token: Token, inside: Range | None = None) -> tuple[frozenset[str], str | None]:
        """Words that set the noun apart, and the country that they name."""
        found: set[str] = set()
        country: str | None = None
        for c in token.children:
            dep = relation(c)
            if dep not in ("amod", "compound", "nmod") or (inside is not None and c.i in inside):
                continue
            entity = self.members.get(c.i)
            if entity is not None and entity.label_ in ("PER", "PERSON", "DATE", "TIME"):
                if c.dep_ == "nmod:poss":
                    found.add(entity.text.lower())
                continue
            words = entity.text if entity is not None and token.i not in range(entity.start, entity.end) else c.text
            found.add(singular(words) if dep != "amod" else words.lower())
            if country is None:
                country = self.country_in(c, words)
        return frozenset(found), country

    def country_in(self, token: Token, words: str) -> str | None:
        """The country that a modifier gives: a nationality before the noun, a country behind "of", "from", "in"."""
        after = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if after is not None and after.text in ("-", "–") and not is_demonym(words):
            return None
        if relation(token) == "nmod" and token.dep_ != "nmod:poss":
            cases = {c.lower_ for c in token.children if c.dep_ == "case"}
            if cases and not cases & {"of", "from", "in"}:
                return None
            if not cases and not is_demonym(words):
                return country_of(words)
        return country_of(words)

    # pronouns and the rest

    def pronoun(self, token: Token) -> Phrase | None:
        if relation(token) == "expl":
            return None
        word = lowered(token)
        found = Phrase(token, Range(token.i, token.i + 1), "pronoun", noun=word)
        found.plural = word in ("they", "them", "their", "theirs")
        found.gender = "m" if word in ("he", "him", "his") else "f" if word in ("she", "her", "hers") else None
        return found

    def other(self, token: Token) -> Phrase | None:
        """Heads that are no nouns: "14 were killed", "the injured", "others", "those arrested"."""
        dep = token.dep_
        if relation(token) not in ("nsubj", "obj", "iobj") and dep != "obl:agent":
            return None
        number = token.pos_ == "NUM" and token.text.replace(",", "").isalnum() and dep in ("nsubj", "nsubj:pass", "obj")
        if number and relation(token.head) == "root" and token.dep_ == "obj" and token.head.lemma_ in ("be", "reach", "hit"):
            return None
        if number and (any(c.text in "$€£%" for c in token.children) or token.text.endswith(("pm", "am"))):
            return None
        adjective = token.pos_ in ("ADJ", "VERB") and any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
        pronoun = token.pos_ in ("PRON", "DET") and singular(token.text) in INDEFINITE
        if not (number or adjective or pronoun):
            return None
        group = "one" if token.lower_ in ("one", "someone", "somebody", "another", "anyone", "everyone") else "many"
        found = Phrase(token, self.extent(token, None), "noun", "group" if group == "many" else "person", noun=token.lower_)
        found.plural, found.numbered, found.indefinite = group == "many", True, True
        return found

    def is_plural(self, token: Token) -> bool:
        if token.tag_ in ("NNS", "NNPS"):
            return True
        if any(c.dep_ == "nummod" and c.text.lower() not in ("one", "1") for c in token.children):
            return True
        return token.lower_ in ("police", "people", "troops", "forces") and token.tag_ != "NN"

    def extent(self, head: Token, entity: Span | None) -> Range:
        """The phrase's words: what stands before the noun, its name, and a short "of" or "for" phrase."""
        start = end = head.i
        if entity is not None:
            start, end = min(start, entity.start), max(end, entity.end - 1)
        for c in head.children:
            dep = relation(c)
            if c.i < head.i and dep in ("det", "amod", "compound", "nmod", "nummod", "flat", "advmod", "case", "obl"):
                if dep in ("case", "advmod") and (dep == "case" or (relation(c) == "advmod" and not self._quantifies(c))):
                    continue
                if c.dep_ not in TERMS:
                    start = min(start, c.left_edge.i)
            elif c.i > head.i and entity is None and (dep in ("flat", "goeswith") or c.dep_ == "compound"):
                end = max(end, c.i)
            elif c.i == end + 1 + self._gap(c) and dep == "nmod" and self._short(c):
                end = max(end, c.right_edge.i)
        while start < head.i and (self.doc[start].is_punct or relation(self.doc[start]) in ("case", "cc", "mark")):
            if self.doc[start].head.i == start:
                break
            start += 1
        if end - start >= LONGEST:
            start, end = max(start, head.i - 6), min(end, head.i + 7)
        return Range(start, end + 1)

    @staticmethod
    def _quantifies(token: Token) -> bool:
        return token.lower_ in ("about", "almost", "nearly", "some", "least", "more")

    @staticmethod
    def _gap(token: Token) -> int:
        """Words between the start of the dependent's phrase and its head."""
        return token.i - token.left_edge.i

    def _short(self, token: Token) -> bool:
        """A dependent behind "of", "for" or "from" that is short and has no clause in it."""
        first = self.doc[token.left_edge.i]
        if first.lower_ not in ("of", "for", "from") or token.right_edge.i - token.left_edge.i > 7:
            return False
        return not any(relation(g) in ("acl", "conj", "appos", "parataxis", "advcl") for g in token.subtree)
