"""Forms of the clause by which English tells what is not, or not yet, so: word order, mood, the future in the past."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.coding.grammar import children
from sayso.coding.parsed import Token

INVERTED = frozenset(("had", "were", "should"))
EVERYONE = frozenset(("anyone", "anybody", "whoever", "whosoever"))


def is_infinitive(verb: Token) -> bool:
    return (verb.tag_ != "VBG" and any(c.base == "to" for c in children(verb, "mark"))) or verb.morph.get(
        "VerbForm", []
    ) == ["Inf"]


def is_indicative(verb: Token) -> bool:
    """Whether the verb is finite and no subjunctive: "told her that he was beaten", not "insisted that he resign"."""
    words = (verb, *children(verb, "aux", "aux:pass", "cop"))
    return any(is_past_form(word) or word.tag_ == "VBZ" or (word.tag_ == "VBP" and word != verb) for word in words)


def is_past_form(verb: Token) -> bool:
    """A past tense, also where it was tagged as a present that it cannot be: "shot" is no present of "shoot"."""
    return verb.tag_ == "VBD" or (
        verb.tag_ == "VBP" and verb.pos_ == "VERB" and verb.lower_ != verb.base and verb.lower_[:1] == verb.base[:1]
    )


def is_inverted_condition(verb: Token) -> bool:
    """ "Had the guards fired, …", "Were they to attack, …": the auxiliary opens a clause that hangs on another."""
    if verb.relation not in ("advcl", "ccomp", "parataxis"):
        return False
    first = next((t for t in _clause(verb) if not t.is_punct), None)
    return (
        first is not None
        and first.lower_ in INVERTED
        and any(first.i < subject.i for subject in children(verb, "nsubj"))
        and not any(t.text == "?" for t in verb.sent)
    )


def _clause(verb: Token) -> list[Token]:
    """What stands from the clause's first word to its verb."""
    first = min((c.i for c in verb.children), default=verb.i)
    return list(verb.doc[min(first, verb.i) : verb.i + 1])


def is_headline_future(verb: Token) -> bool:
    """ "Miners to strike from Monday": an infinitive that is the sentence's only predicate."""
    if not any(c.base == "to" for c in children(verb, "mark")):
        return False
    if verb.relation == "root":
        return bool(children(verb, "nsubj"))
    noun = verb.head
    return (
        verb.relation == "acl"
        and noun.relation == "root"
        and noun.pos_ in ("NOUN", "PROPN")
        and noun.i < verb.i
        and not children(noun, "cop")
    )


def is_bound_to(verb: Token) -> bool:
    """ "is to leave in May", "was to be tried": a finite form of "be" before an infinitive."""
    to = next((c for c in children(verb, "mark") if c.lower_ == "to"), None)
    return to is not None and any(
        c.i < to.i and c.tag_ in ("VBZ", "VBP", "VBD") for c in children(verb, "cop", "aux", "aux:pass")
    )


def is_future_in_past(verb: Token, auxiliaries: Iterable[Token]) -> bool:
    """ "They said troops would be sent": what was then to come, where nothing makes it depend on an if."""
    words = list(auxiliaries)
    if not any(a.lower_ in ("would", "'d", "’d") for a in words) or any(a.base == "have" for a in words):
        return False
    if any(m.base in ("if", "unless") for c in children(verb, "advcl") for m in children(c, "mark")):
        return False
    said = verb.head if verb.relation in ("ccomp", "parataxis") else next(iter(children(verb, "parataxis")), None)
    return said is not None and said != verb and said.tag_ == "VBD" and said.pos_ == "VERB"


def spares_both(subject: Token) -> bool:
    """ "Neither the rebels nor the army", "neither side"."""
    return any(c.base in ("neither", "no") for c in children(subject, "det", "cc", "cc:preconj"))
