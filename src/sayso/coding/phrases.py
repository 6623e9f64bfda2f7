"""Statements without a verb of saying: "according to X", "in the words of X", "to X they are …", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sayso.coding import cues
from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.grammar import children
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range, subtree, without
from sayso.coding.speakers import source_range

OPENERS: dict[tuple[str, ...], str] = {
    ("according", "to"): "say",
    ("in", "the", "words", "of"): "say",
    ("in", "the", "view", "of"): "believe",
    ("in", "the", "opinion", "of"): "believe",
    ("in", "the", "eyes", "of"): "believe",
    ("in", "the", "estimation", "of"): "believe",
    ("in", "the", "judgment", "of"): "believe",
    ("in", "the", "judgement", "of"): "believe",
    ("in", "the", "analysis", "of"): "believe",
    ("in", "the", "assessment", "of"): "believe",
    ("in", "the", "telling", "of"): "say",
    ("on", "the", "word", "of"): "say",
    ("on", "the", "authority", "of"): "say",
    ("by", "the", "account", "of"): "say",
    ("with", "reference", "to"): "report",
    ("with", "a", "reference", "to"): "report",
    ("as", "per"): "say",
    ("per",): "say",
    ("citing",): "report",
}
"""Words before a source, and what is done in its name."""
BY_FIRST_WORD = {
    first: [(words, act) for words, act in OPENERS.items() if words[0] == first]
    for first in sorted({words[0] for words in OPENERS})
}
PERSONAL_ACCOUNTS = {
    "view": "believe",
    "opinion": "believe",
    "account": "say",
    "telling": "say",
    "words": "say",
    "eyes": "believe",
    "count": "estimate",
    "estimate": "estimate",
    "reckoning": "estimate",
    "tally": "estimate",
    "assessment": "believe",
    "judgment": "believe",
    "judgement": "believe",
    "analysis": "believe",
}
"""Nouns of "in X's view", "by X's account"."""
SPEAKERS = frozenset("PER ORG NORP PERSON GPE LOC".split())
FRONTED = frozenset(("to", "for"))
NAMING = frozenset(("be", "seem", "look", "remain", "appear", "mean"))


@cache
def _openings() -> frozenset[str]:
    """Words with which any of them begins."""
    return frozenset((*BY_FIRST_WORD, *PERSONAL_ACCOUNTS, *FRONTED, *cues.index("adverb")))


def by_phrases(draft: Draft) -> Iterator[Finding]:
    openings = _openings()
    for token in draft.doc:
        if token.lower_ not in openings or not token.is_alpha or not draft.coded(token):
            continue
        finding = _opener(token) or _account(token) or _eyes(token) or _adverb(token)
        if finding is not None:
            yield finding


def _opener(token: Token) -> Finding | None:
    doc = token.doc
    for words, act in BY_FIRST_WORD.get(token.lower_, ()):
        end = token.i + len(words)
        if end >= len(doc):
            continue
        if any(doc[token.i + n].lower_ != word for n, word in enumerate(words)):
            continue
        head = _noun_after(doc[end])
        if head is None or (words in (("per",), ("citing",), ("with", "reference", "to")) and not _may_speak(head)):
            return None
        return _around(Range(token.i, end), head, act, words[0])
    return None


def _noun_after(first: Token) -> Token | None:
    """The head of the noun phrase that begins at this token."""
    token = first
    while token.relation in INSIDE and first.i <= token.head.i < first.i + 40 and token.head != token:
        token = token.head
    if token.relation == "nmod" and token.dep_ == "nmod:poss":
        token = token.head
    return token if token.pos_ in ("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ") else None


INSIDE = frozenset(("det", "amod", "compound", "nummod", "flat", "advmod", "punct", "case"))
"""Relations by which a word belongs to the noun behind it."""


def _may_speak(noun: Token) -> bool:
    """Whether a noun may be a source: a name, or a word for people, offices and papers."""
    from sayso.coding.channels import is_source_noun

    return noun.ent_type_ in SPEAKERS or noun.pos_ == "PROPN" or is_source_noun(noun)


def _around(cue: Range, head: Token, act: str, how: str) -> Finding:
    """The clause round a phrase is what is said."""
    doc = head.doc
    phrase = Range(cue.start, max(head.right_edge.i + 1, cue.end))
    source = source_range(head, [cue]) or Range(head.i, head.i + 1)
    phrase = Range(phrase.start, max(source.end, min(phrase.end, source.end)))
    content = _clause_around(doc[cue.start], phrase)
    return Finding(act, content, cue, cue.start, source, head.i, how=how, speaks=how in ("in", "according"))


def _clause_around(token: Token, phrase: Range) -> list[Range]:
    """The smallest clause that holds the phrase, without it."""
    head = token
    while head.i in phrase and head.head != head:
        head = head.head
    while head.relation not in ("root", "ccomp", "parataxis", "csubj") and head.head != head:
        if head.relation == "conj" and head.pos_ in ("VERB", "AUX"):
            break
        if head.relation == "acl" and head.pos_ in ("VERB", "AUX") and head.tag_ != "VBG":
            break
        head = head.head
    whole = subtree(head)
    stops = [i for i in range(*whole) if token.doc[i].text == ";"]
    start = max((i + 1 for i in stops if i < token.i), default=whole.start)
    end = min((i for i in stops if i > token.i), default=whole.end)
    words = without([Range(start, end)], [phrase])
    if not words or head.i in phrase:
        return []
    return words if phrase.start > words[0].start else words[:2]


def _account(token: Token) -> Finding | None:
    """ "In the minister's view", "by her own account"."""
    act = PERSONAL_ACCOUNTS.get(token.lower_)
    if act is None:
        return None
    first = token.left_edge
    owner = next(iter(children(token, "nmod:poss")), None)
    if owner is None or first.lower_ not in ("in", "by", "from", "to") or token.i + 1 >= len(token.doc):
        return None
    after = token.doc[token.right_edge.i + 1] if token.right_edge.i + 1 < len(token.doc) else None
    before = token.doc[first.i - 1] if first.i else None
    counted = first.lower_ == "by" and act == "estimate"
    if not counted and not (
        token.right_edge.text == ","
        or (after is not None and after.text == ",")
        or (before is not None and before.text == ",")
    ):
        return None
    content = _clause_around(token, subtree(token))
    source = source_range(owner, [Range(token.i, token.i + 1)])
    return Finding(act, content, Range(token.i, token.i + 1), token.i, source, owner.i, how="account")


def _eyes(token: Token) -> Finding | None:
    """ "To the prefect they are looters": a fronted to-phrase before a clause that says what something is."""
    if token.lower_ not in FRONTED or token.relation != "case" or token.head.pos_ not in ("NOUN", "PROPN"):
        return None
    noun = token.head
    clause = noun.head
    first = noun.left_edge.i
    starts = first == 0 or noun.doc[first].is_sent_start or noun.doc[first - 1].text in (";", ",", ".", "\n", ":")
    if noun.relation not in ("obl", "nmod", "dislocated", "advmod") or clause.i < noun.i or not starts:
        return None
    names = any(c.relation == "cop" for c in clause.children) or clause.base in NAMING
    subject = any(c.relation in ("nsubj", "csubj") for c in clause.children)
    if not (names and subject) or (token.lower_ == "for" and clause.pos_ not in ("NOUN", "PROPN")):
        return None
    source = source_range(noun, [Range(token.i, token.i + 1)])
    whole = subtree(clause)
    stop = next((i for i in range(clause.i, whole.end) if noun.doc[i].text.endswith(";")), whole.end)
    words = [w for w in without([Range(whole.start, stop)], [subtree(noun)]) if w.end > noun.i]
    return Finding("believe", words, Range(token.i, token.i + 1), token.i, source, noun.i, how="eyes")


def _adverb(token: Token) -> Finding | None:
    """ "Reportedly": on somebody's word, but nobody is named."""
    found = cues.at(token, "adverb")
    if not found or token.relation != "advmod":
        return None
    content = _clause_around(token, Range(token.i, token.i + 1))
    return Finding(found[0].cue.act, content, Range(token.i, token.i + 1), token.i, how="adverb")
