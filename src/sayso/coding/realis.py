"""How real an event is told to be, read off the words that govern it.

Knowledge is in `lexicon/realis.toml`; here is the grammar: which words stand above an event, and how.
PLOVER names historical, future, hypothetical and negated modes and says that no project has them; the records
have `attempted` beside them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from sayso.coding import moods
from sayso.coding.grammar import children, is_negated
from sayso.coding.lexicon import lexicon as words
from sayso.coding.moods import is_infinitive
from sayso.coding.parsed import Token
from sayso.coding.slots import verb_name
from sayso.records import Realis

FILE = Path(__file__).parent / "lexicon" / "realis.toml"
FARTHEST = 8
"""Governors looked at above an event; further up nothing was seen to bear on it."""
MOST_WORDS = 200
"""Words of a sentence that are looked through."""
OUTCOME = frozenset(("include", "become", "comprise", "encompass"))
INNER = frozenset(
    ("obj", "obl", "nmod", "xcomp", "ccomp", "acl", "advcl", "nsubj", "csubj", "compound", "conj", "amod")
)
AS_FACT = "told as fact"
"""The reason where no word says that it is anything else."""


class Finding(NamedTuple):
    realis: Realis
    why: str


@dataclass(frozen=True)
class Scope:
    """One entry of `[[scope]]`; see the file's head for what the fields mean."""

    governor: frozenset[str]
    relation: frozenset[str]
    realis: Realis
    negated: Realis | None
    particle: frozenset[str]
    prep: frozenset[str]
    types: frozenset[str]
    not_types: frozenset[str]
    outer: bool
    below: frozenset[str]
    unreal: bool
    done: frozenset[str]
    gerund: frozenset[str]
    infinitive: bool

    @classmethod
    def read(cls, row: dict[str, Any]) -> Scope:
        sets = ("governor", "relation", "particle", "prep", "types", "not_types", "below", "done", "gerund")
        return cls(
            **{name: frozenset(row.get(name, ())) for name in sets},
            realis=row["realis"],
            negated=row.get("negated"),
            outer=row.get("outer", False),
            unreal=row.get("unreal", False),
            infinitive=row.get("infinitive", False),
        )

    def fits(self, governor: Token, below: Token, type_: str) -> bool:
        """Whether the scope governs `below`, a dependent of `governor` that is or leads to the event."""
        if governor.base not in self.governor or (self.types and type_ not in self.types) or type_ in self.not_types:
            return False
        if governor.base in self.done and governor.tag_ == "VBD":
            return False
        if governor.base == "call" and below.relation == "obj" and (children(governor, "xcomp") or self.unreal):
            return False  # "called the inquiry a sham", "called a strike"
        if self.infinitive and not is_infinitive(below):
            return False
        if self.gerund and below.tag_ == "VBG" and governor.base not in self.gerund:
            return False
        if below.dep_ not in self.relation and below.relation not in self.relation:
            return False
        if (self.below and below.base not in self.below) or (self.unreal and moods.is_indicative(below)):
            return False
        if self.particle and not {c.base for c in children(governor, "compound:prt", "advmod")} & self.particle:
            return False
        if self.prep and below.relation in ("obl", "nmod"):
            return bool({c.base for c in children(below, "case")} & self.prep)
        if "from" in self.prep and below.relation == "advcl":
            return any(c.lower_ == "from" for c in children(below, "mark", "case"))
        return True


@dataclass(frozen=True)
class Lexicon:
    scopes: dict[str, list[Scope]]
    """By lemma of the governor."""
    modifier: dict[str, Realis]
    auxiliary: dict[str, Realis]
    mark: dict[str, Realis]
    subject: dict[str, Realis]
    predicate: dict[str, Realis]
    happen: frozenset[str]
    effort: frozenset[str]
    aim: frozenset[str]
    adjunct: frozenset[str]
    inquiries: frozenset[str]
    fulfil: frozenset[str]
    fulfil_types: frozenset[str]
    means: frozenset[str]


@cache
def lexicon() -> Lexicon:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    scopes: dict[str, list[Scope]] = {}
    for row in data["scope"]:
        scope = Scope.read(row)
        for word in sorted(scope.governor):
            scopes.setdefault(word, []).append(scope)

    def flat(name: str) -> dict[str, Realis]:
        return {word: cast("Realis", realis) for realis, words in data[name].items() for word in words}

    return Lexicon(
        scopes, flat("modifier"), flat("auxiliary"), flat("mark"), flat("subject"), flat("predicate"),
        frozenset(data["happen"]["verbs"]), frozenset(data["effort"]["nouns"]),
        frozenset(data["aim"]["nouns"]), frozenset(data["adjunct"]["prepositions"]), frozenset(data["adjunct"]["inquiries"]),
        frozenset(data["fulfil"]["governor"]), frozenset(data["fulfil"]["types"]),
        frozenset(data["means"]["governor"]),
    )  # fmt: skip


def judge(head: Token, type_: str) -> Finding:
    """The realis of the event whose trigger's head is `head`, and the words that decided it."""
    denied = next((f for f in outer_scopes(head, type_)), None)
    if denied is not None:
        return denied
    taken_up = resumed(head)
    if taken_up is not None:
        return taken_up
    found = own(head)
    if found is None or found.realis == "future":  # what is feared or asked may well stand in the future tense
        above = governed(head, type_)
        found = above if above and (found is None or above.realis in ("hypothetical", "negated")) else found
    return found or Finding("actual", AS_FACT)


def own(head: Token) -> Finding | None:
    """What the event's own words say: negation, modal verbs, an adjective, its mark, its subject, mood."""
    known = lexicon()
    if is_negated(head) and head.relation != "xcomp":
        return Finding("negated", "negated")
    for c in sorted(head.children, key=lambda t: t.i):
        kind, word = c.relation, c.base
        if kind in ("amod", "det", "advmod") and head.pos_ in ("NOUN", "PROPN"):
            if realis := known.modifier.get(c.text.lower()) or known.modifier.get(word):
                return Finding(realis, f"“{c.text}”")
        if kind == "case" and word == "without":
            return Finding("negated", "“without”")
        if kind == "mark" and word == "without":
            return Finding("negated", "“without”")
        if kind == "mark" and word in known.mark:
            return Finding(known.mark[word], f"“{c.text}”")
        if kind == "nsubj" and (word in known.subject or moods.spares_both(c) or is_negated(c)):
            return Finding("negated", f"“{c.text}” as its subject")
        if kind == "nsubj" and word in known.aim and children(head, "cop"):
            return Finding("future", f"“{c.text}” that it is")
        bare = kind == "obj" and head.pos_ == "VERB" and any(g.lower_ == "no" for g in children(c, "det"))
        if kind == "obj" and (bare or c.lower_ in ("nothing", "nobody", "none")):
            return Finding("negated", f"“{c.text}” as its object")
    if head.dep_ == "conj" and head.pos_ == "NOUN" and any(c.base == "no" for c in children(head.head, "det")):
        if any(c.lower_ in ("nor", "or") for c in children(head, "cc")):
            return Finding("negated", "“no … nor”")
    if moods.is_bound_to(head):
        return Finding("future", "“to be” to do it")
    if moods.is_inverted_condition(head):
        return Finding("hypothetical", "a condition by its word order")
    if moods.is_headline_future(head):
        return Finding("future", "an infinitive for what is to come")
    return modal(head) or mood(head)


def modal(verb: Token) -> Finding | None:
    """Auxiliaries of the verb, or of the verb it is coordinated with where it has none."""
    known = lexicon().auxiliary
    auxiliaries = children(verb, "aux")
    if not auxiliaries and verb.dep_ == "conj" and not children(verb, "nsubj", "mark"):
        auxiliaries = [a for a in children(verb.head, "aux") if a.tag_ == "MD"]
    for aux in auxiliaries:
        word = aux.text.lower() if aux.text.lower() in known else aux.base
        if aux.tag_ == "MD" and word in known:
            if moods.is_future_in_past(verb, auxiliaries):
                return Finding("future", f"“{aux.text}”")
            return Finding(known[word], f"“{aux.text}”")
    return None


def mood(verb: Token) -> Finding | None:
    if verb.morph.get("Mood", []) == ["Imp"] and not children(verb, "nsubj"):
        return Finding("hypothetical", "an imperative")
    return None


def path(head: Token) -> Iterator[tuple[Token, Token]]:
    """(governor, what hangs on it) upwards from the event, while the words between belong to one statement of it."""
    below = head
    for _ in range(FARTHEST):
        governor = intended(below) or below.head
        if governor == below or below.relation not in INNER:
            return
        if below.dep_ == "conj":
            below = first_with_own_governor(below)
            governor = below.head
            if governor == below:
                return
        yield governor, below
        below = governor


def intended(below: Token) -> Token | None:
    """ "foiled a plot to bomb": the noun of an aim or an effort right before an infinitive, wherever the parser hung it."""
    if below.relation != "advcl" or not is_infinitive(below):
        return None
    known, start = lexicon(), below.left_edge.i
    nouns = (c for c in children(below.head, "obj") if c.i == start - 1)
    return next((noun for noun in nouns if noun.base in known.aim | known.effort), None)


def first_with_own_governor(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def governed(head: Token, type_: str) -> Finding | None:
    """The nearest scope above the event; a predicate over it; a purpose clause; a modal or negation further up."""
    known = lexicon()
    stated = predicated(head)
    if stated:
        return stated
    for governor, below in path(head):
        if adjoined(below):
            return None
        found = scoped(governor, below, type_)
        if found is None and below == head and head.relation == "nmod" and children(head, "nmod:poss"):
            return None  # "asked for the files of its inquiry": whose inquiry there is, there is
        if found is not None:
            return (stopped(governor, type_) or found) if found.realis in ("future", "hypothetical") else found
        if purpose(below) and intended(below) is None:
            done = governor.base in known.means and governor.tag_ in ("VBD", "VBN", "VBG")
            if done or (governor.base in known.fulfil and type_ in known.fulfil_types):
                ahead = own(governor)
                if ahead is not None:
                    return ahead
                continue
            return Finding("hypothetical", f"purpose of “{governor.text}”")
        if below.relation in ("ccomp", "acl", "advcl", "csubj") and not is_infinitive(below):
            return whoever(governor)  # a finite clause of its own: what stands above it tells of something else
        if below.relation in ("xcomp", "obj", "obl", "nsubj", "nmod", "compound"):
            above = own_of_governor(governor, below)
            if above:
                return above
    return None


def scoped(governor: Token, below: Token, type_: str) -> Finding | None:
    """What the governor says of what hangs on it; denials are left to `outer_scopes`."""
    for scope in lexicon().scopes.get(governor.base, ()):
        if not scope.outer and scope.fits(governor, below, type_):
            if scope.negated and (is_negated(governor) or any(d.base == "no" for d in children(governor, "det"))):
                return Finding(scope.negated, f"“not {governor.text}”")
            if scope.negated and is_left_undone(governor):
                return Finding(scope.negated, f"“{governor.head.text} to {governor.text}”")
            ahead = modal(governor) if scope.realis in ("attempted", "actual") else None
            return ahead or Finding(scope.realis, f"“{governor.text}” above it")
    return None


def is_left_undone(verb: Token) -> bool:
    """ "failed to prevent the massacre", "were unable to stop it": the infinitive is said not to have been done."""
    if verb.relation != "xcomp" or not is_infinitive(verb):
        return False
    above = [s for s in lexicon().scopes.get(verb.head.base, ()) if "xcomp" in s.relation and s.realis == "negated"]
    return bool(above) and not is_negated(verb.head)


def stopped(noun: Token, type_: str) -> Finding | None:
    """ "foiled a plot to bomb", "dropped its plan to strike": what became of the plan that `noun` names."""
    if noun.pos_ not in ("NOUN", "PROPN") or noun.relation not in ("obj", "nsubj"):
        return None
    found = scoped(noun.head, noun, type_)
    if found is None and is_negated(noun.head) and noun.relation == "obj":
        return Finding("negated", f"“not {noun.head.text}”")
    return found if found and found.realis in ("attempted", "negated") else None


def adjoined(below: Token) -> bool:
    """ "despite the fighting", "after the raid", "an inquiry into the raid": what such a phrase names is taken for granted."""
    if below.relation == "nmod" and below.head.base in lexicon().inquiries:
        return any(c.lower_ in ("into", "of") for c in children(below, "case"))
    return below.relation in ("obl", "nmod") and any(
        c.base in lexicon().adjunct for c in children(below, "case", "mark")
    )


def whoever(pronoun: Token) -> Finding | None:
    """ "Anyone who marched would be jailed": an act of nobody in particular, as real as the clause it stands in."""
    if pronoun.base in moods.EVERYONE and pronoun.head != pronoun and modal(pronoun.head):
        return Finding("hypothetical", f"done by “{pronoun.text}”")
    return None


def own_of_governor(governor: Token, below: Token) -> Finding | None:
    """Negation or a modal of the verb that takes the event as its object or complement."""
    known = lexicon()
    if governor.pos_ == "ADJ" and below.relation == "obl" and children(governor, "cop"):
        return modal(governor)  # "could be subject to a fine"
    if governor.pos_ not in ("VERB", "AUX") or below.relation not in ("xcomp", "obj", "nsubj"):
        return None
    if below.relation == "nsubj" and governor.base not in known.happen:
        return None  # "the resignation did not end the riots" is a resignation all the same
    if is_negated(governor):
        if stands_beside(governor, below):
            return Finding("actual", f"“not {governor.text}” takes it for granted")
        return Finding("negated", f"“not {governor.text}”")
    return modal(governor)


def stands_beside(verb: Token, below: Token) -> bool:
    """ "did not quell the riots", "has not condemned the raid": a verb that takes for granted that there was what it names."""
    light = words().light
    name = verb_name(verb)
    return below.relation == "obj" and (name in light.beside_object or name in light.end_object)


def outer_scopes(head: Token, type_: str) -> Iterator[Finding]:
    """Denials above the event, however far."""
    for governor, below in path(head):
        for scope in lexicon().scopes.get(governor.base, ()):
            if scope.outer and scope.fits(governor, below, type_):
                realis = scope.negated if is_negated(governor) and scope.negated else scope.realis
                yield Finding(realis, f"“{governor.text}” above it")


def predicated(head: Token) -> Finding | None:
    """ "The attempts were unsuccessful", "the march was cancelled": what the predicate over an event noun says."""
    if head.relation not in ("nsubj", "nmod", "compound") or head.pos_ not in ("NOUN", "PROPN"):
        return None
    predicate = head.head
    known = lexicon().predicate
    falls_short = bool(children(predicate, "xcomp"))  # "the talks failed to end the war" were held
    if head.relation == "nsubj" and predicate.base in known and not is_negated(predicate) and not falls_short:
        return Finding(known[predicate.base], f"“{predicate.text}” said of it")
    return None


def resumed(head: Token) -> Finding | None:
    """ "They tried to seize the station – this attempt failed": a later clause of the sentence that takes the act up.

    The clause's subject is a demonstrative with a noun of effort, its predicate says how it went.
    """
    known = lexicon()
    for noun in head.sent[:MOST_WORDS]:
        if noun.i <= head.i or noun.relation != "nsubj" or noun.base not in known.effort:
            continue
        pointing = any(d.base in ("this", "that", "these", "those", "such") for d in children(noun, "det"))
        predicate = noun.head
        if pointing and predicate.base in known.predicate and not is_negated(predicate):
            return Finding(known.predicate[predicate.base], f"“{predicate.text}” said of it")
    return None


def purpose(below: Token) -> bool:
    """ "expanded to include": a verb of mere outcome names no purpose."""
    return below.relation == "advcl" and is_infinitive(below) and below.base not in OUTCOME
