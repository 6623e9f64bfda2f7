"""The noun phrases of an article that may name a party: found, measured and described, not yet told apart.

One pass over the tokens. A phrase knows its head, its words, its form (name, noun or pronoun), what the noun
is called, what sets it apart (modifiers), and what it shows of country, sectors and gender.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from sayso.coding.lexicon import lexicon
from sayso.coding.names import Gender
from sayso.coding.parsed import Doc, Span, Token
from sayso.coding.ranges import Range
from sayso.coding.tables import table
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
def event_nouns() -> frozenset[str]:
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


def is_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") or token.tag_ in ("NN", "NNS", "NNP", "NNPS")


def lowered(token: Token) -> str:
    return token.lower_.replace("’", "'")
