"""Which way the verb that governs a word looks: back, ahead, or at the present."""

from __future__ import annotations

from functools import cache

from sayso.coding.grammar import children
from sayso.coding.moods import is_past_form
from sayso.coding.parsed import Token
from sayso.coding.tables import table
from sayso.coding.times.context import Direction

STEPS = 12
"""How far up the tree a governing verb is looked for."""
WINDOW = 12
"""Words looked back over for a sign of the future, where there is no parse."""
MODALS = frozenset(
    ("will", "would", "shall", "'ll", "’ll", "wo", "may", "might", "must", "can", "could", "should", "'d")
)


@cache
def _forward() -> frozenset[str]:
    data = table("times")["forward"]
    return frozenset((*data["verbs"], *data["adjectives"]))


def direction(token: Token) -> Direction:
    """Past, future or present; past where nothing says otherwise, as reports mostly look back."""
    if not token.doc.is_parsed:
        return _from_words(token)
    at = token
    for _ in range(STEPS):
        found = _of_verb(at) if at.pos_ in ("VERB", "AUX") or children(at, "cop") else None
        if found is not None:
            return found
        if at.head == at:
            break
        at = at.head
    return "past"


def _of_verb(verb: Token) -> Direction | None:
    """The direction of one predicate; None where it leaves that to the one above it."""
    auxiliaries = [c.base for c in children(verb, "aux", "aux:pass", "cop")]
    words = [c.lower_ for c in children(verb, "aux")]
    if any(word in MODALS for word in words) and not ("have" in auxiliaries and verb.tag_ == "VBN"):
        return "future"
    if any(
        c.tag_ in ("VBD",) or c.lower_ in ("was", "were", "had", "did")
        for c in children(verb, "aux", "aux:pass", "cop")
    ):
        return "future" if _planned(verb) else "past"
    if is_past_form(verb):
        return "future" if _planned(verb) else "past"
    if "have" in auxiliaries:
        return "past"
    if (
        verb.lower_ in table("times")["unchanged"]["verbs"]
        and verb.tag_ in ("VB", "VBP")
        and not auxiliaries
        and not children(verb, "mark")
    ):
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in children(verb, "aux", "aux:pass", "cop")):
        return "future" if _planned(verb) or verb.tag_ == "VBG" else "present"
    if verb.tag_ == "VB" and any(c.lower_ == "to" for c in children(verb, "mark")):
        return "future" if verb.head.base in _forward() or verb.head == verb else None
    if verb.tag_ == "VBN" and _planned(verb):
        return "future"
    return None


def _planned(verb: Token) -> bool:
    """ "is scheduled for Friday", "was due on Monday": a participle that looks ahead with its own day."""
    if children(verb, "obj") or any(c.base == "have" for c in children(verb, "aux") if not children(verb, "aux:pass")):
        return False  # "had set fire" has done it
    return verb.base in ("schedule", "plan", "due", "slate", "expect", "set") and (
        verb.tag_ == "VBN" or verb.relation == "acl" or verb.pos_ == "ADJ"
    )


def _from_words(token: Token) -> Direction:
    """A guess from the words before, for text that is not parsed."""
    cues = table("times")["forward"]["cues"]
    for at in range(token.i - 1, max(-1, token.i - WINDOW), -1):
        word = token.doc[at].lower_
        if word in (".", "!", "?", ";", "said") or "\n\n" in word:
            break
        if word in cues or (word == "to" and at + 1 < token.i and token.doc[at + 1].lower_ == "be"):
            return "future"
    return "past"
