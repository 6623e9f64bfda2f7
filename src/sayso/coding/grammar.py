"""Questions about a Universal Dependencies tree that more than one room asks.

All functions take spaCy tokens of a document with UD v2 labels (subtypes kept: `nsubj:pass`, `obl:agent`, …).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.coding.parsed import Token
from sayso.coding.ranges import Range

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"))
OUTSIDE = frozenset(
    ("acl:relcl", "acl", "appos", "parataxis", "punct", "cc", "conj", "cc:preconj", "dep", "advcl", "advcl:relcl",
     "orphan", "list", "discourse", "vocative", "mark", "cop", "nsubj", "nsubj:outer", "csubj", "aux")
)  # fmt: skip
"""Dependents that are not part of a noun phrase's own words."""


def children(token: Token, *relations: str) -> list[Token]:
    """Children by full label (`nsubj:pass`) or, where the name has no subtype, by universal relation too."""
    below = token.children
    return [c for c in below if c.dep_ in relations or c.relation in relations] if below else []


def child(token: Token, *relations: str) -> Token | None:
    return next(iter(children(token, *relations)), None)


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated below it: A, B and C for A."""
    found = [token]
    for one in found:
        found += [c for c in one.children if c.dep_ == "conj"]
    return sorted(found, key=lambda t: t.i)


def first_conjunct(token: Token) -> Token:
    """The head of the coordination that the token belongs to."""
    while token.dep_ == "conj":
        token = token.head
    return token


def noun_range(head: Token) -> Range:
    """The noun phrase of `head` without its relative clauses, appositions and coordinated phrases."""
    inside = {head.i}
    todo = [head]
    while todo:
        for c in todo.pop().children:
            if c.dep_ not in OUTSIDE and c.relation not in ("conj", "parataxis"):
                inside.add(c.i)
                todo.append(c)
    start = end = head.i
    while start - 1 in inside or (start - 2 in inside and head.doc[start - 1].dep_ == "punct"):
        start -= 1
    while end + 1 in inside or (end + 2 in inside and head.doc[end + 1].dep_ == "punct"):
        end += 1
    while start < head.i and head.doc[start].dep_ in ("case", "punct", "mark", "cc"):
        start += 1
    return Range(start, end + 1)


def name_range(head: Token) -> Range:
    """The contiguous run of name words at `head`: compounds, flat parts, initials."""
    inside = {head.i} | {c.i for c in head.children if c.relation in ("flat", "compound", "nummod", "amod")}
    inside |= {g.i for i in list(inside) for g in head.doc[i].children if g.relation in ("flat", "compound", "punct")}
    start = end = head.i
    while start - 1 in inside:
        start -= 1
    while end + 1 in inside:
        end += 1
    return Range(start, end + 1)


def clause_head(token: Token) -> Token:
    """The predicate of the clause the token stands in (the token itself where it is one)."""
    while token.relation not in ("root", "ccomp", "advcl", "acl", "parataxis", "csubj") and token.head != token:
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
            break
        token = token.head
    return token


def clause_range(head: Token) -> Range:
    """The words of a clause: the subtree of its predicate, from first to last."""
    return Range(head.left_edge.i, head.right_edge.i + 1)


def ancestors(token: Token) -> Iterator[Token]:
    """The token's heads, nearest first."""
    while token.head != token:
        token = token.head
        yield token


def is_passive(verb: Token) -> bool:
    """A passive verb: with a passive subject or auxiliary, or a bare participle that modifies a noun."""
    if children(verb, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    return (
        verb.tag_ == "VBN" and verb.relation in ("acl", "amod", "advcl") and not children(verb, "nsubj", "aux", "obj")
    )


def is_negated(token: Token) -> bool:
    """Whether the predicate itself is negated: "not", "never", "no longer"."""
    return any(
        c.base in ("not", "n't", "n’t", "never") or c.morph.get("Polarity", []) == ["Neg"]
        for c in token.children
        if c.relation in ("advmod", "aux", "det")
    )


def covering(tokens: Iterable[Token]) -> Range:
    """The smallest range that holds all the tokens."""
    places = [t.i for t in tokens]
    return Range(min(places), max(places) + 1)


def relation_to(token: Token, top: Token) -> str:
    """The relation by which the token's clause hangs on `top`."""
    return next((at.relation for at in chain_to(token, top)), "")


def chain_to(token: Token, top: Token) -> Iterator[Token]:
    """The child of `top` that the token stands under."""
    for at in (token, *ancestors(token)):
        if at.head == top and at != top:
            yield at
            return


def is_present(verb: Token) -> bool:
    """Whether the verb, or an auxiliary or copula of it, stands in the present."""
    return verb.tag_ in ("VBZ", "VBP") or any(
        c.tag_ in ("VBZ", "VBP") for c in children(verb, "aux", "aux:pass", "cop")
    )
