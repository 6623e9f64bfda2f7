"""Deeds and sayings: "the envoy rejected the claim" lends a voice, "the regulator blocked the site" does not."""

from __future__ import annotations

from sayso.coding import cues
from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.grammar import children
from sayso.coding.parsed import Doc, Token
from sayso.coding.quotes import SHORT
from sayso.coding.ranges import MARKS, Range

SURE = 1.5
"""Log-odds from which on the model's saying stands, whatever its object: "rejected the plan". Set as in tagged.py."""
PHRASES = frozenset("according words view eyes opinion account".split())
"""Words of cues without a verb: "in the words of"."""
APOSTROPHES = frozenset("'’")
PEOPLE = frozenset(("person", "group"))


def is_saying(doc: Doc, cue: Range | None, content: list[Range]) -> bool:
    """Whether what the model saw lends a voice: an ordinary act with an object ("blocked the road") does not.

    It does with a word of saying for its cue, with words between marks, or with a clause for what is said.
    """
    if _is_speech(doc, content):
        return True
    if cue is None:
        return False
    words = [doc[i] for i in range(*cue)]
    if any(t.lower_ in PHRASES for t in words):
        return True
    verbs = [t for t in words if cues.is_verb(t) and t.pos_ != "AUX"]
    if any(cues.at(t, "verb") for t in verbs):
        return True
    if not verbs and any(cues.at(t, kind) for t in words for kind in ("noun", "adverb")):
        return True
    return any(_is_clause(doc[i], cue) for part in content for i in range(*part))


def _is_speech(doc: Doc, content: list[Range]) -> bool:
    """Whether more words stand between marks, or behind one that opens, than a name or a term has."""
    marks = [i for part in content for i in range(*part) if doc[i].text in MARKS - APOSTROPHES]
    return bool(marks) and (len(marks) == 1 or marks[-1] - marks[0] - 1 > SHORT)


def _is_clause(token: Token, cue: Range) -> bool:
    """Whether the token heads a finite clause that hangs on the cue, or on which the cue hangs as an aside."""
    if not any(c.relation in ("nsubj", "csubj", "expl") for c in token.children):
        return False
    if token.head.i in cue and token.relation in ("ccomp", "parataxis", "csubj"):
        return True
    return any(c.i in cue and c.relation == "parataxis" for c in token.children)


def is_deed(draft: Draft, finding: Finding) -> bool:
    """Whether a verb that also says something only does something to its object: "accepted the resignation".

    A word of saying as the object ("accepted the claim") is still said. `deed` of the cue tells whether any other
    object makes a deed of it, only people ("questioned two men"), or one given to somebody ("showed them the gun").
    """
    if finding.head is None or finding.quotations:
        return False
    verb = draft.doc[finding.head]
    found = cues.at(verb, "verb")
    if found and all(one.cue.frames == (("quote",),) for one in found) and not children(verb, "ccomp", "parataxis"):
        return True  # "has read the offer": it says something only round a quotation
    deed = next((found.cue.deed for found in cues.at(verb, "verb") if found.cue.deed), "")
    thing = next(iter(children(verb, "obj", "nsubj:pass")), None)
    if not deed or thing is None or children(verb, "ccomp", "xcomp", "parataxis") or cues.at(thing, "noun"):
        return False
    if deed == "given":
        return bool(children(verb, "iobj"))
    if finding.odds >= SURE:
        return False
    if deed == "any":
        return True
    actor = draft.actor_at(thing.i)
    return actor is not None and actor.kind in PEOPLE
