"""Statements by verbs and nouns of saying, read off the tree."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding import cues
from sayso.coding.cues import Cue, Found
from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.frames import Content, case, content_of, content_of_noun, is_inverted
from sayso.coding.grammar import children, is_passive
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range, without
from sayso.coding.speakers import head_of, possessor, source_of, source_range, thrown_in

SOFT = frozenset(("obj", "obj passive", "inf passive", "about", "with", "in", "on", "to", "at"))
"""Frames by which much is done that nobody says: trusted less than a clause."""
OCCASIONS = frozenset("statement interview tweet speech letter email post message".split())
"""What one speaks in: "said in a statement" is one cue."""


def by_verbs(draft: Draft) -> Iterator[Finding]:
    """A finding for each verb of saying with a source or with what is said."""
    for token in draft.doc:
        if token.is_alpha and cues.is_verb(token) and draft.coded(token):
            finding = _by_verb(token)
            if finding is not None:
                yield finding


def _by_verb(verb: Token) -> Finding | None:
    matches = cues.at(verb, "verb")
    if not matches:
        return None
    source = source_of(verb)
    for match in matches:
        content = content_of(verb, match.cue, match.end)
        if content is not None and source is None and (content.ranges[0].start < verb.i or is_inverted(verb)):
            source = _subject_after(verb, match.end)
        if content is not None and source is not None and source == thrown_in(verb):
            content = Content(_round(verb, source, content), content.frame, content.preposition)
        if content is not None and (source is not None or _stands_alone(content)):
            return _finding(verb, match, source, content)
    speaking = next((m for m in matches if m.cue.speaks), None)
    if speaking is None:
        return None
    return _finding(verb, speaking, source, Content([], "")) if source is not None else _inverted(verb, speaking)


def _round(verb: Token, source: Token, content: Content) -> list[Range]:
    """What is said round an aside: the words before it are part of it."""
    start = min(c.left_edge.i for c in children(verb, "nsubj") if c != source)
    return [Range(start, verb.i), *content.ranges]


def _stands_alone(content: Content) -> bool:
    """Whether it is a statement even when nobody is named: "it was announced that", "is believed to have"."""
    return content.frame in ("that", "inf passive", "obj of passive", "obj inf passive")


def _inverted(verb: Token, match: Found) -> Finding | None:
    """ "…”, said the ministry": a subject after the verb that the parser took for an object."""
    source = _subject_after(verb, match.end)
    return None if source is None else _finding(verb, match, source, Content([], ""))


def _subject_after(verb: Token, end: int) -> Token | None:
    """A noun right after a verb that has no subject before it."""
    if is_passive(verb):
        return None
    after = [c for c in verb.children if c.relation in ("obj", "iobj", "nsubj", "obl") and c.i > verb.i]
    if not after or case(after[0]) is not None:
        return None
    first = after[0].left_edge.i
    return after[0] if first == end or (first == end + 1 and verb.doc[end].pos_ == "DET") else None


def _finding(verb: Token, match: Found, source: Token | None, content: Content) -> Finding:
    cue = cue_range(verb, match.end, content.preposition)
    words = None if source is None else source_range(source, [cue, *content.ranges])
    if words is not None and words.overlaps(cue):
        words = None
    strong = not match.cue.weak and content.frame not in SOFT
    return Finding(
        act=match.cue.act,
        content=without(to_semicolon(verb, content.ranges), [cue, *([words] if words else [])]),
        cue=cue,
        head=verb.i,
        source=words,
        source_head=None if source is None or words is None else _head(source, words),
        how=content.frame,
        strong=strong,
        speaks=match.cue.speaks,
    )


def _head(source: Token, words: Range) -> int:
    return source.i if source.i in words else head_of(source.doc, words)


def to_semicolon(verb: Token, ranges: list[Range]) -> list[Range]:
    """Cut at semicolons: what stands beyond one is another sentence's."""
    cut = []
    for words in ranges:
        start, end = words
        for i in range(*words):
            if verb.doc[i].text == ";":
                start, end = (i + 1, end) if i < verb.i else (start, min(end, i))
        cut.append(Range(start, end))
    return [words for words in cut if words.end > words.start]


def cue_range(verb: Token, end: int, preposition: Token | None) -> Range:
    """The verb with its auxiliaries and adverbs, particle and preposition: "has repeatedly called for"."""
    doc = verb.doc
    start = verb.i
    chain = {verb.i}
    top = verb
    while top.relation == "xcomp" and cues.is_verb(top.head) and top.head.i < top.i <= top.head.i + 4:
        top = top.head
        chain.add(top.i)
    while start > 0 and (start - 1 in chain or _belongs(doc[start - 1], chain)):
        start -= 1
    while start < verb.i and doc[start].lower_ in ("and", "but", "as", "when", "if"):
        start += 1
    if preposition is not None and preposition.i == end:
        end += 1
    return Range(start, _occasion(doc[end - 1], end))


def _belongs(token: Token, chain: set[int]) -> bool:
    if token.is_punct or token.is_space or token.lower_ in ("that", "because", "although", "while"):
        return False
    return (
        token.head.i in chain
        and token.relation in ("aux", "advmod", "mark", "compound")
        and (token.relation != "mark" or token.lower_ == "to")
    )


def _occasion(last: Token, end: int) -> int:
    """Where "in a statement" ends, if it follows at once; else `end`."""
    doc = last.doc
    words = [t.lower_ for t in doc[end : end + 3]]
    said_in = len(words) > 2 and words[0] in ("in", "during") and words[1] in ("a", "an", "his", "her")
    return end + 3 if said_in and words[2] in OCCASIONS else end


def by_nouns(draft: Draft) -> Iterator[Finding]:
    """A finding for each noun such as "claim" with what is claimed."""
    for token in draft.doc:
        if token.pos_ in ("NOUN", "PROPN") and token.is_alpha and draft.coded(token):
            for match in cues.at(token, "noun"):
                content = content_of_noun(token, match.cue)
                if content is not None:
                    yield _noun_finding(token, match.cue, content)
                    break


def _noun_finding(noun: Token, cue: Cue, content: Content) -> Finding:
    source = possessor(noun)
    end = noun.i + 1 + (content.preposition is not None)
    start = noun.i
    if source is not None and source.i < noun.i:
        mark = next((c for c in source.children if c.dep_ == "case" and c.i > source.i), None)
        while start > source.i + 1 and doc_joined(noun, start - 1, source):
            start -= 1
        if mark is not None and mark.i + 1 >= start:
            start = min(start, mark.i)
    cue_words = Range(start, end)
    words = None if source is None else source_range(source, [cue_words, *content.ranges])
    return Finding(
        act=cue.act,
        content=without(content.ranges, [cue_words]),
        cue=cue_words,
        head=noun.i,
        source=words,
        source_head=None if source is None else source.i,
        how=f"noun {content.frame}",
        strong=not cue.weak and (content.frame == "that" or (source is not None and content.frame in ("inf", "for"))),
    )


def doc_joined(noun: Token, place: int, source: Token) -> bool:
    """Whether the word before a cue noun belongs to its phrase: "his repeated claim"."""
    token = noun.doc[place]
    return token.head.i == noun.i and token.relation in ("amod", "compound", "advmod") and place > source.i
