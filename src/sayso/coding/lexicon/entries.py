"""The entries of the lexicon, as the rooms see them: frozen, with classes already spelled out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Words = frozenset[str]
Kind = Literal["verb", "noun", "adjective"]

RESERVED: Words = frozenset(("@person", "@organization", "@place", "@nationality", "@number"))
"""Classes that the engine tells from entity types and parts of speech, not from lists."""


@dataclass(frozen=True)
class Conditions:
    """What a trigger's dependents must be. Empty asks nothing; words are lemmas, reserved classes and `*`."""

    particle: Words = frozenset()
    case: Words = frozenset()
    subject: Words = frozenset()
    object: Words = frozenset()
    iobject: Words = frozenset()
    complement: Words = frozenset()
    complement_aux: Words = frozenset()
    """Auxiliaries of the complement's verb: what is said will, or must, be."""
    compound: Words = frozenset()
    possessive: Words = frozenset()
    by: Words = frozenset()
    prepositions: Mapping[str, Words] = field(default_factory=dict)

    @cached_property
    def asked(self) -> tuple[tuple[str, Words], ...]:
        """The conditions that ask for something, in a fixed order: the cheap ones first."""
        single = (
            "particle",
            "case",
            "compound",
            "complement",
            "complement_aux",
            "object",
            "iobject",
            "possessive",
            "by",
            "subject",
        )
        named = tuple((name, getattr(self, name)) for name in single if getattr(self, name))
        return named + tuple(self.prepositions.items())


@dataclass(frozen=True)
class Case:
    """A sentence and what the tests expect of it."""

    text: str
    actor: str | None = None
    recipient: str | None = None


@dataclass(frozen=True)
class Pattern:
    """One way of saying that something happened."""

    name: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    kind: Kind
    lemmas: tuple[str, ...]
    need: Conditions
    without: Conditions
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    weight: int = 0
    """Counts as so many conditions more (or fewer) where several patterns hold."""
    strict: bool = False
    """A subject that the grammar leaves out ("was closed") does not meet the condition on the subject."""
    examples: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    nots: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModeRule:
    """Words among a trigger's dependents that set the mode."""

    type: Words
    mode: str
    over: Words
    slots: tuple[str, ...]
    words: Words
    instrument: bool = True
    examples: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class ContextRule:
    """Words of the event's sentence that give it a context."""

    name: str
    strong: Words
    words: Words
    threshold: int


@dataclass(frozen=True)
class Setting:
    """Words of a sentence in which the triggers are not meant in earnest."""

    name: str
    words: Words
    threshold: int
    triggers: Words


@dataclass(frozen=True)
class CrosswalkRow:
    """One row from an event to another scheme's code. An empty set asks nothing."""

    type: Words
    mode: Words
    realis: Words
    lemma: Words
    actor: Words
    recipient: Words
    contexts: Words
    code: str | None = None
    event_type: str | None = None
    sub_event_type: str | None = None


@dataclass(frozen=True)
class LightWords:
    """Words that carry an event noun or a noun phrase without saying anything of their own."""

    act_object: Words = frozenset()
    end_object: Words = frozenset()
    own: Words = frozenset()
    beside_object: Words = frozenset()
    beside_oblique: Mapping[str, Words] = field(default_factory=dict)
    plans: Words = frozenset()
    sparking: Words = frozenset()
    witnessing: Words = frozenset()
    act_oblique: Mapping[str, Words] = field(default_factory=dict)
    undergo_object: Words = frozenset()
    undergo_oblique: Mapping[str, Words] = field(default_factory=dict)
    blame_oblique: Mapping[str, Words] = field(default_factory=dict)
    containers: Words = frozenset()
    partitives: Words = frozenset()
    directions: Words = frozenset()
    times: Words = frozenset()
    deeds: Words = frozenset()
    documents: Words = frozenset()
    agents: Words = frozenset()
    subject_control: Words = frozenset()
    oblique_control: Mapping[str, Words] = field(default_factory=dict)
    object_marks: Words = frozenset()
    harm: Words = frozenset()
    transitive: Words = frozenset()
    neutral: Words = frozenset()
    mishaps: Words = frozenset()
    violence: Words = frozenset()
    instruments: Words = frozenset()
    answers: Words = frozenset()
    answering: Words = frozenset()
    masters: Words = frozenset()
    coming: Words = frozenset()
    seized: Words = frozenset()
    of_people: Words = frozenset()
    bursting: Words = frozenset()
    degrees: Words = frozenset()


@dataclass(frozen=True)
class LexiconTables:
    """The whole, indexed for one pass over the tokens."""

    patterns: tuple[Pattern, ...]
    index: Mapping[tuple[str, str], tuple[Pattern, ...]]
    classes: Mapping[str, Words]
    modes: tuple[ModeRule, ...]
    contexts: tuple[ContextRule, ...]
    settings: tuple[Setting, ...]
    cameo: tuple[CrosswalkRow, ...]
    acled: tuple[CrosswalkRow, ...]
    light: LightWords
    irregular: Mapping[str, str] = field(default_factory=dict)
    """Verb forms to lemmas."""

    @cached_property
    def listed(self) -> Words:
        """The lemmas of all triggers, of whatever kind."""
        return frozenset(lemma for _, lemma in self.index)

    def of(self, kind: Kind, lemma: str) -> tuple[Pattern, ...]:
        """The patterns that a trigger of this kind and lemma may be."""
        return self.index.get((kind, lemma), ())
