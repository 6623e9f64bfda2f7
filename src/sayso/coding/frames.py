"""Which words are what is said: the dependents of a cue that its frames name.

Works on UD trees and forgives what parsers often miss there: speech stands to its verb as `ccomp`, as the
clause on which the verb hangs by `parataxis`, or only beside it, after a comma.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.coding.cues import Cue, is_verb
from sayso.coding.grammar import children, is_passive
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range, subtree, without

INTERRUPTION = 25
"""A parenthesis of more words than this is no "…, officials said, …"."""


@dataclass
class Content:
    """Ranges of what is said; `preposition`, where one stands between, belongs to the cue. `frame` names how."""

    ranges: list[Range]
    frame: str
    preposition: Token | None = None


def content_of(verb: Token, cue: Cue, end: int) -> Content | None:
    """What is said by this verb, by the first of the cue's frames that its dependents fill; `end` is the cue's."""
    for frame in cue.frames:
        found = _frame(verb, frame, cue, end)
        if found is not None:
            return found
    return None


def _frame(verb: Token, frame: tuple[str, ...], cue: Cue, end: int) -> Content | None:
    name = " ".join(frame)
    if frame == ("that",):
        clause = _clause(verb, end)
        return Content(clause, name) if clause else None
    if frame == ("inf",):
        return _infinitive(verb, cue)
    if frame in (("ger",), ("num",)):
        told = _gerund(verb) if frame == ("ger",) else _number(verb)
        return Content([subtree(told)], name) if told is not None else None
    if frame == ("quote",):
        around = _host(verb)
        return Content(around, name) if around else None
    if frame == ("obj",):
        return _object(verb)
    if frame == ("comp",):
        return _complement(verb)
    if frame[0] == "obj":
        return _object_and(verb, frame[1], cue)
    return _prepositional(verb, frame, end)


# --- clauses --------------------------------------------------------------------------------------


def _clause(verb: Token, end: int) -> list[Range] | None:
    """A finite clause below the verb, a parataxis after it, or the clause that the verb interrupts or follows."""
    for child in children(verb, "ccomp"):
        if child.i >= end and not _is_infinitive(child):
            whole = subtree(child)
            return [whole] if whole.start > verb.i else without([whole], [_own(verb, child)])
        if child.i < verb.i:
            return without([subtree(child)], [_own(verb, child)])
    for child in children(verb, "parataxis"):
        if child.i > end and verb.doc[child.left_edge.i - 1].text in (":", ",", "“", '"', "''", "-", "–", "—"):
            return [subtree(child)]
    for child in children(verb, "xcomp", "advcl"):  # "wondered whether to go"
        if child.i >= end and child.left_edge.lower_ in ("whether", "how", "what", "where", "when", "why"):
            return [subtree(child)]
    return _host(verb)


def _own(verb: Token, apart: Token) -> Range:
    """The verb with its dependents, but for `apart`."""
    kept = [verb.i]
    for child in verb.children:
        if child == apart or child.is_punct or (child.i < apart.left_edge.i and apart.i < verb.i):
            continue
        if verb.i - INTERRUPTION < child.i < verb.i + INTERRUPTION:
            kept += [child.left_edge.i, child.right_edge.i]
    return Range(min(kept), max(kept) + 1)


def _host(verb: Token) -> list[Range] | None:
    """The clause on which a verb of saying hangs: "…, she said", "The dam, she said, was …"."""
    if verb.relation not in ("parataxis", "dep", "discourse", "ccomp", "advcl") or verb.head == verb:
        return None
    if verb.relation in ("ccomp", "advcl") and not (_interrupts(verb) or is_inverted(verb)):
        return None
    if any(c.lower_ not in ("as", "so") for c in children(verb, "mark")):
        return None  # "…, although relatives reported hearing shots" is no aside
    host, own = verb.head, subtree(verb)
    if own.start < host.i < verb.i:  # crossed branches: only what stands behind the host is the verb's own
        own = Range(min([verb.i, *(c.left_edge.i for c in verb.children if c.left_edge.i > host.i)]), own.end)
    if own.end - own.start > INTERRUPTION and not _follows(verb):
        return None
    fronted = is_inverted(verb) and bool(children(verb, "mark"))  # "As reports the agency, …"
    if own.start <= subtree(host).start and not fronted:
        return None
    if ";" in (verb.doc[own.start].text, verb.doc[max(own.start - 1, 0)].text):
        return None  # a new clause, no aside
    if children(verb, "nsubj", "nsubj:pass", "obl:agent") or is_passive(verb) or is_inverted(verb):
        return without([subtree(host)], [own])
    return None


def is_inverted(verb: Token) -> bool:
    """ "…, reports the paper", "As reports the paper, …": a finite verb behind a comma, a mark or "as", before a noun."""
    if verb.tag_ not in ("VBZ", "VBD", "VBP") or verb.i == 0 or children(verb, "nsubj", "nsubj:pass", "cc"):
        return False
    behind = [c.i for c in children(verb, "mark")] == [verb.i - 1] and verb.doc[verb.i - 1].lower_ == "as"
    if children(verb, "mark") and not behind:
        return False
    before = verb.doc[verb.i - 1]
    behind = behind or (before.is_punct and before.text not in (":", ";", ".", "(", "!", "?"))
    return behind and any(verb.i < c.left_edge.i <= verb.i + 2 for c in children(verb, "obj", "iobj"))


def _follows(verb: Token) -> bool:
    return verb.left_edge.i > verb.head.i


def _interrupts(verb: Token) -> bool:
    """Whether the verb's clause is set off by commas inside its host or stands at its end after one."""
    own = subtree(verb)
    before = verb.doc[own.start].text in (",", "–", "—") or (
        own.start > 0 and verb.doc[own.start - 1].text in (",", "–", "—", "”", '"')
    )
    marked = any(child.relation == "mark" for child in verb.children)
    return before and not marked and bool(children(verb, "nsubj"))


# --- infinitives, objects, prepositions --------------------------------------------------------------


def _is_infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.i < token.i and c.pos_ in ("PART", "ADP", "SCONJ") for c in token.children) and (
        not any(c.relation == "nsubj" for c in token.children)
    )


def infinitive(verb: Token) -> Token | None:
    for child in children(verb, "xcomp", "ccomp", "advcl", "acl"):
        if child.i > verb.i and _is_infinitive(child):
            return child
    return None


def _gerund(verb: Token) -> Token | None:
    """ "Denied taking bribes"."""
    later = [c for c in children(verb, "xcomp", "ccomp") if c.i > verb.i and c.tag_ == "VBG"]
    return next((c for c in later if not children(c, "mark", "nsubj")), None)


def _number(verb: Token) -> Token | None:
    """ "Counted 20,000": an object that is a number or has one."""
    obj = _direct_object(verb)
    if obj is None or _passive(verb):
        return None
    return obj if obj.like_num or children(obj, "nummod") else None


def _subject(verb: Token) -> Token | None:
    found = children(verb, "nsubj:pass", "nsubj")
    return found[0] if found else None


def _passive(verb: Token) -> bool:
    return is_passive(verb) and verb.tag_ not in ("VBD", "VBZ", "VBP")


def _infinitive(verb: Token, cue: Cue) -> Content | None:
    token = infinitive(verb)
    if token is None:
        return None
    subject = _subject(verb)
    if _passive(verb):  # "The tsar is believed to have fled"
        if subject is None or subject.lower_ in ("it", "there"):
            return Content([subtree(token)], "inf")
        return Content([subtree(subject), subtree(token)], "inf passive")
    obj = _direct_object(verb)
    if obj is not None and obj.i < token.i and not cue.hearer:
        return None
    return Content([subtree(token)], "inf")


def _direct_object(verb: Token) -> Token | None:
    found = [c for c in children(verb, "obj") if c.i > verb.i] or [c for c in children(verb, "iobj") if c.i > verb.i]
    return found[0] if found else None


def _passive_subject(verb: Token) -> Token | None:
    """What a passive verb is about; for a bare participle ("a plan announced by …") the noun it hangs on."""
    subject = _subject(verb)
    if subject is None and verb.relation == "acl" and verb.tag_ == "VBN":
        return verb.head
    return subject


def _bare(noun: Token, verb: Token) -> list[Range]:
    """A noun's words without the clause of the verb that hangs on it."""
    return without([subtree(noun)], [subtree(verb)] if verb.head == noun else [])


def agent(verb: Token) -> Token | None:
    """The by-phrase of a passive."""
    for child in verb.children:
        if child.dep_ == "obl:agent" or (child.relation in ("obl", "nmod") and case(child) == "by"):
            return child
    return None


def _object(verb: Token) -> Content | None:
    if _passive(verb):
        subject = _passive_subject(verb)
        if subject is None or agent(verb) is None or subject.lower_ in ("it", "who"):
            return None
        return Content(_bare(subject, verb), "obj passive")
    obj = _direct_object(verb)
    if obj is None or obj.lower_ in REFLEXIVE:
        fronted = [c for c in children(verb, "obj") if c.i < verb.i and c.tag_ in ("WDT", "WP")]
        return Content([subtree(fronted[0])], "obj") if fronted else None
    return Content([subtree(obj)], "obj")


REFLEXIVE = frozenset("himself herself itself themselves myself ourselves yourself".split())


def _complement(verb: Token) -> Content | None:
    """An object and what it is called or held to be."""
    if _passive(verb):
        subject, said = _passive_subject(verb), children(verb, "xcomp", "obl:unmarked", "obj")
        if subject is None or agent(verb) is None or not said:
            return None
        return Content([*_bare(subject, verb), subtree(said[0])], "comp passive")
    obj = next((c for c in children(verb, "obj", "iobj")), None)
    named = [c for c in children(verb, "xcomp", "obl:unmarked", "ccomp") if c.i > verb.i and not _is_infinitive(c)]
    named = [c for c in named if case(c) is None and not any(g.relation == "mark" for g in c.children)]
    if obj is not None and named:
        return Content([subtree(obj), *(subtree(c) for c in named[:1])], "comp")
    small = [c for c in named if c.relation == "ccomp" and any(g.relation == "nsubj" for g in c.children)]
    return Content([subtree(small[0])], "comp") if small else None


def case(token: Token) -> str | None:
    """The preposition of a noun or gerund."""
    for child in token.children:
        if child.i < token.i and (child.relation == "case" or (child.relation == "mark" and child.pos_ != "PART")):
            return child.lower_
    return None


def prepositional(head: Token, preposition: str) -> Token | None:
    """The noun or gerund that hangs on `head` by this preposition, after it."""
    for child in children(head, "obl", "nmod", "advcl", "acl", "xcomp", "ccomp"):
        if child.i > head.i and case(child) == preposition:
            return child
    return None


def _object_and(verb: Token, second: str, cue: Cue) -> Content | None:
    passive = _passive(verb)
    obj = _passive_subject(verb) if passive else _direct_object(verb)
    if obj is None and not passive:
        return None
    other = infinitive(verb) if second == "inf" else prepositional(verb, second)
    if other is None and obj is not None and not passive:  # the parser may hang the rest on the object
        other = infinitive(obj) if second == "inf" else prepositional(obj, second)
    if other is None or (obj is not None and other.i < obj.i):
        return None
    name = f"obj {second}{' passive' if passive else ''}"
    if obj is None or (cue.hearer and second == "inf" and cue.act == "say"):
        return Content([subtree(other)], name)
    return Content([*(_bare(obj, verb) if passive else [subtree(obj)]), subtree(other)], name)


def _prepositional(verb: Token, frame: tuple[str, ...], end: int) -> Content | None:
    """A noun after a preposition, and an infinitive or a second phrase where the frame asks for it."""
    token = prepositional(verb, frame[0])
    if token is None or (_passive(verb) and not agent(verb)):
        return None
    first = next(c for c in token.children if c.i < token.i and c.lower_ == frame[0])
    words = without([subtree(token)], [Range(first.i, first.i + 1)])
    preposition = first if first.i == end else None
    if len(frame) == 1:
        return Content(words, frame[0], preposition)
    rest = infinitive(verb) if frame[1] == "inf" else prepositional(verb, frame[1])
    if rest is None:
        rest = infinitive(token) if frame[1] == "inf" else prepositional(token, frame[1])
    if rest is None or rest.i < token.i:
        return None
    return Content([*words, subtree(rest)], " ".join(frame), preposition)


# --- nouns -----------------------------------------------------------------------------------------


def content_of_noun(noun: Token, cue: Cue) -> Content | None:
    """What a noun such as "claim" or "threat" tells: its that-clause, infinitive or prepositional phrase."""
    for frame in cue.frames:
        if frame == ("that",):
            for child in children(noun, "acl", "ccomp", "appos"):
                if child.i > noun.i and _has_mark(child) and is_verb(_predicate(child)):
                    return Content([subtree(child)], "that")
        elif frame == ("inf",):
            token = infinitive(noun)
            if token is not None:
                return Content([subtree(token)], "inf")
        else:
            token = prepositional(noun, frame[0])
            if token is not None:
                first = next(c for c in token.children if c.i < token.i and c.lower_ == frame[0])
                words = without([subtree(token)], [Range(first.i, first.i + 1)])
                return Content(words, frame[0], first if first.i == noun.i + 1 else None)
    return None


def _has_mark(clause: Token) -> bool:
    return any(c.relation == "mark" and c.lower_ in ("that", "whether") for c in clause.children)


def _predicate(clause: Token) -> Token:
    return next((c for c in clause.children if c.relation == "cop"), clause)
