"""Finds the noun phrases of an article that may name a party, and says what each is called and may be.

One pass over the tokens: names from the entities, nouns from the tree and the lexicon of agents, pronouns.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding.agents import Role, agents, is_role, role_of, singular
from sayso.coding.bodies import body, body_of_name, sectors_of_name
from sayso.coding.mentions import (
    FACILITIES,
    INDEFINITE,
    INSIDE,
    NAMES,
    PERSONAL,
    UNNAMED,
    Phrase,
    event_nouns,
    is_noun,
    lowered,
    words_of,
)
from sayso.coding.names import gender
from sayso.coding.parsed import Span, Token
from sayso.coding.ranges import Range
from sayso.coding.tables import table
from sayso.coding.towns import is_seat
from sayso.coding.wording import Wording
from sayso.gazetteer.countries import country_of, senses
from sayso.records import ActorKind

CIVILIANS = ("CVL",)
OPPOSED = "OPP"


class Finder(Wording):
    """Finds the phrases of one article."""

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
        if token.pos_ == "PROPN" and token.relation not in ("flat", "compound", "goeswith", "fixed"):
            return self.common(token) if role_of([token.lower_]) else self.unlisted_name(token)
        if is_noun(token):
            return self.common(token)
        return self.other(token)

    def named(self, token: Token, entity: Span) -> Phrase | None:
        label = self.label_of(token, entity)
        if (
            len(entity) == 1
            and token.tag_ == "NNS"
            and token.is_sent_start
            and label != "NORP"
            and role_of([token.lower_])
        ):
            return self.common(token)  # "Vigilantes caught the thief"
        if label == "NORP" and token.pos_ == "ADJ":
            return self.attributive(token, entity.text) if token.relation in ("amod", "compound") else None
        if token.relation in ("compound", "amod") and label != "PER" and not self.titled(token):
            return self.attributive(token, entity.text)
        country = country_of(entity.text)
        kind: ActorKind = "unknown"
        if label in ("PER", "PERSON") and body(entity.text) is None:
            kind, country = "person", None
        elif label in ("ORG", "PER", "PERSON"):
            kind = "state" if senses(entity.text).keys() & {"name", "capital"} else "organization"
        elif label == "NORP":
            kind = "group" if self.is_plural(token) or token.lower_.endswith("s") else "person"
        elif label in ("LOC", "GPE"):
            if self.is_where(token):
                return None
            kind = "state" if country else "unknown"
        sectors = self.shown_sectors(token, entity, kind)
        if label == "NORP":
            sectors = self.modified(sectors, self.attributes(token), generic=False)
            if not sectors and any(c.dep_ == "nummod" for c in token.children):
                sectors = CIVILIANS  # "three Russians"
        if kind == "organization" and "MED" in sectors:
            kind = "media"
        if kind == "unknown" and sectors and label in FACILITIES:
            kind = "organization"
        modifiers, place = self.modifiers(token, inside=Range(entity.start, entity.end))
        if kind in ("organization", "media") and country is None:
            home = body_of_name(entity.text).country
            country = home or place or next((c for c in map(self.country_word, entity) if c), None)
        found = Phrase(
            token, self.extent(token, entity), "name", kind, entity.text, self.is_plural(token), definite=True,
            noun=singular(token.text), modifiers=modifiers, country=country or place, sectors=sectors, entity=label,
        )  # fmt: skip
        if kind == "person" and not any(c.lower_ in ("the", "both") for c in token.children):
            found.plural = False  # "Mitsotakis" is one man, "the Turpins" are several
        if kind == "person":
            found.gender = gender([entity[0].text])
        return found

    def label_of(self, token: Token, entity: Span) -> str:
        """The entity's label; LOC where it was taken for a body and is a town."""
        label = entity.label_
        if label == "ORG" and is_seat(entity.text, token, self.gazetteer):
            return "LOC"
        return label

    @staticmethod
    def country_word(token: Token) -> str | None:
        """The country that a word of a body's name says: its name or nationality, no capital."""
        found = senses(token.text) if token.text[:1].isupper() else {}
        return found.get("name") or found.get("demonym")

    @staticmethod
    def shown_sectors(token: Token, entity: Span, kind: ActorKind) -> tuple[str, ...]:
        """The codes that a name shows. A person's shows none, a place's none unless it is a known body's."""
        exact = body(entity.text)
        known = exact.sectors if exact is not None else ()
        if entity.label_ == "NORP":
            role = role_of([token.lower_])
            return known or (role.sectors if role else ())
        if kind == "person" or (entity.label_ != "ORG" and kind != "organization"):
            return known
        return sectors_of_name(entity.text)

    def titled(self, token: Token) -> bool:
        return token.head.i in self.members and self.members[token.head.i].label_ in ("PER", "PERSON")

    def unlisted_name(self, token: Token) -> Phrase | None:
        """A proper noun that no entity covers."""
        if not token.text[:1].isupper() or singular(token.text) in words_of("stop") or self.is_where(token):
            return None
        words = self.extent(token, None)
        text = self.doc.span(*words).text
        country = country_of(text) or country_of(token.text)
        _, place = self.modifiers(token)
        sectors = sectors_of_name(text)
        country = country or body_of_name(text).country or None
        kind: ActorKind = "state" if country_of(text) else "organization" if sectors else "unknown"
        return Phrase(
            token, words, "name", kind, text, self.is_plural(token), definite=True, noun=singular(token.text),
            country=country or place, sectors=sectors, entity="",
        )  # fmt: skip

    def attributive(self, token: Token, text: str) -> Phrase | None:
        """A nationality or body before a noun that tells of an act: "the Russian invasion", "a UN appeal"."""
        if singular(token.head.text) not in event_nouns() or token.head.pos_ != "NOUN":
            return None
        country = country_of(text)
        sectors = () if country else sectors_of_name(text)
        home = country or body_of_name(text).country or None
        label = token.ent_type_
        if country is None and label not in ("ORG", "PER"):
            return None
        kind: ActorKind = "state" if country else "person" if label == "PER" else "organization"
        return Phrase(
            token, Range(token.i, token.i + 1) if country else self.extent(token, self.members.get(token.i)), "name", kind,
            text, definite=True, noun=singular(token.text), country=home, sectors=sectors, entity=label,
        )  # fmt: skip

    def common(self, token: Token) -> Phrase | None:
        dep = token.relation
        word = singular(token.text)
        if dep in INSIDE and dep != "compound" and not (dep == "flat" and role_of([word])):
            return None
        if dep == "compound":
            return self.compound(token, word)
        words = self.phrase_words(token)
        role = role_of(words)
        if token.dep_ in ("obl:unmarked", "nmod:unmarked", "obl:tmod", "nmod:tmod", "expl"):
            return None
        if role is None and (word in words_of("stop") or not self.is_concrete(word)):
            return None
        if self.opens_role(token):
            return None
        if self.is_no_actor(token, word):
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

    def opens_role(self, token: Token) -> bool:
        """Whether the noun is but the first word of a role whose last is a noun of its own: the "attorney" of "attorney general"."""
        after = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        named = after is not None and is_noun(after) and is_role(token.text, after.text)
        return named and after is not None and after.relation not in INSIDE

    def is_no_actor(self, token: Token, word: str) -> bool:
        """Set phrases ("state of emergency"), and "the country" where it only says where."""
        after = self.doc.span(token.i + 1, token.i + 3).text.lower()
        if f"{word} {after}" in words_of("stop_phrases"):
            return True
        if word == "state" and any(c.lower_ in ("a", "another") for c in token.children):
            return True
        return word in words_of("countries") and self.is_where(token)

    @staticmethod
    def said_not_to_be(token: Token) -> bool:
        """A predicate that is denied: "is no terrorist"."""
        cops = [c for c in token.children if c.dep_ == "cop"]
        return bool(cops) and any(c.lower_ in ("not", "n't", "n’t", "never", "no") for c in token.children)

    def in_role(self, token: Token) -> bool:
        """A noun behind "of" that is part of a role's name: "head of state"."""
        words = self.phrase_words(token.head)
        return len(words) > 2 and words[-2] == "of" and words[-1] == token.lower_

    def compound(self, token: Token, word: str) -> Phrase | None:
        """A noun before a noun that tells of an act: "a police raid"."""
        role = role_of([word])
        if role is None or role.nature.startswith("generic") or singular(token.head.text) not in event_nouns():
            return None
        if role_of(self.phrase_words(token.head)) is not None:
            return None
        found = Phrase(token, Range(token.i, token.i + 1), "noun", noun=word, plural=True)
        self.describe(found, role)
        return found

    @staticmethod
    def noun_name(words: list[str], role: Role | None) -> str:
        """What the noun is called: the role's whole phrase where the lexicon knows it, else the head."""
        if role is not None and not role.nature.startswith("generic"):
            return " ".join(singular(w) for w in role.phrase.split())
        return singular(words[-1])

    @staticmethod
    def is_concrete(word: str) -> bool:
        """Whether the noun may name a person, body or thing, not an act, state or quality."""
        if word in words_of("kept"):
            return True
        if word in event_nouns():
            return False
        return not word.endswith(tuple(table("groups")["abstract_endings"]))

    def describe(self, found: Phrase, role: Role | None) -> None:
        """Kind, sectors and gender of a common noun."""
        data = agents()
        modifiers = self.attributes(found.head)
        if role is not None:
            found.sectors = role.sectors
            found.generic = role.nature.startswith("generic")
            if role.nature in ("body", "generic body"):
                found.kind = "media" if "MED" in role.sectors else "organization"
            else:
                found.kind = "group" if found.plural else "person"
            if role.nature == "body" and found.noun in words_of("crowds") | words_of("contested"):
                found.kind = "group"
            if found.plural and found.kind == "organization" and found.noun in words_of("contested"):
                found.kind = "group"
            found.sectors = self.modified(found.sectors, modifiers, generic=found.generic)
            before = self.doc[found.words.start - 1].lower_ if found.words.start else ""
            if before in data.former:
                modifiers = modifiers | {before}
            if found.sectors and modifiers & data.former and data.former_sectors & set(found.sectors):
                found.sectors = (data.former_code,)
        elif (
            found.noun in words_of("persons")
            or found.noun.endswith(("man", "woman", "crat", "ologist"))
            or (found.noun.endswith("ist") and len(found.noun) > 5)
        ):
            found.kind = "group" if found.plural else "person"
        elif found.noun in words_of("crowds"):
            found.kind = "group"
        if role is None and found.kind in ("person", "group"):
            found.sectors = self.modified((), modifiers, generic=True)
        if found.noun in data.armed_nouns and modifiers & data.armed:
            found.sectors = (data.armed_code,)
            found.kind = "group" if found.plural or found.noun in ("group", "gang", "band") else "person"
        if found.kind == "person":
            found.gender = gender([found.noun, found.head.text])

    @staticmethod
    def modified(sectors: tuple[str, ...], modifiers: set[str], *, generic: bool) -> tuple[str, ...]:
        """The codes with what an adjective tells of heads that tell none, or only civilians: "displaced families"."""
        if not generic and sectors not in ((), CIVILIANS):
            return (*sectors, OPPOSED) if "opposition" in modifiers and OPPOSED not in sectors else sectors
        known = agents().modifiers | agents().faiths if generic else agents().modifiers
        told = next((code for word in sorted(modifiers) if (code := known.get(word))), None)
        return (told,) if told else sectors

    def pronoun(self, token: Token) -> Phrase | None:
        if token.relation == "expl":
            return None
        word = lowered(token)
        found = Phrase(token, Range(token.i, token.i + 1), "pronoun", noun=word)
        found.plural = word in ("they", "them", "their", "theirs")
        found.gender = "m" if word in ("he", "him", "his") else "f" if word in ("she", "her", "hers") else None
        return found

    def other(self, token: Token) -> Phrase | None:
        """Heads that are no nouns: "14 were killed", "the injured", "others", "those arrested"."""
        dep = token.dep_
        if token.relation not in ("nsubj", "obj", "iobj") and dep != "obl:agent":
            return None
        if self.whole(token) is not None:
            return None
        number = token.pos_ == "NUM" and token.text.replace(",", "").isalnum() and dep in ("nsubj", "nsubj:pass", "obj")
        if (
            number
            and token.head.relation == "root"
            and token.dep_ == "obj"
            and token.head.lemma_ in ("be", "reach", "hit")
        ):
            return None
        if number and token.head.base in ("phone", "dial", "call", "text"):
            return None
        if number and (any(c.text in "$€£%" for c in token.children) or token.text.endswith(("pm", "am"))):
            return None
        adjective = token.pos_ in ("ADJ", "VERB") and any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
        pronoun = token.pos_ in ("PRON", "DET") and singular(token.text) in INDEFINITE
        if not (number or adjective or pronoun):
            return None
        group = "one" if token.lower_ in ("one", "someone", "somebody", "another", "anyone", "everyone") else "many"
        found = Phrase(
            token, self.extent(token, None), "noun", "group" if group == "many" else "person", noun=token.lower_
        )
        found.plural, found.numbered, found.indefinite = group == "many", True, True
        return found
