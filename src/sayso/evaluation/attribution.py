"""Who said what, by which words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from sayso.evaluation.figures import Counts, Scored
from sayso.evaluation.gold import Attributions
from sayso.evaluation.spans import Pair, Spans, overlap, pair, tidy
from sayso.records import Coding

ROLES = ("source", "cue", "content")
LEAST = 0.5
"""Of the content's tokens in either, how many must be in both for it to be the same content."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Said(NamedTuple):
    """An attribution of the gold, or a statement."""

    source: Spans
    cue: Spans
    content: Spans

    def of(self, role: str) -> Spans:
        spans: Spans = getattr(self, role)
        return spans


class Tokens:
    """Runs of word characters and single punctuation marks."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def under(self, spans: Spans) -> set[int]:
        """Numbers of the tokens that any of the spans touches."""
        ranges = (range(bisect_right(self._ends, s.start), bisect_left(self._starts, s.end)) for s in spans)
        return {token for one in ranges for token in one}


def score_attribution(rows: Sequence[tuple[Attributions, Coding | None]]) -> Scored:
    """Sources, cues and contents, exactly and by tokens, and the relation between them. Headline: relation F1.

    Exact: the different spans of a role in an article; a role in several parts is one item, all of which must match.
    Token: those under the role anywhere in the article. Relation: contents share half of their tokens (Jaccard) and
    the sources overlap; gold without a source asks nothing of the speaker, gold without content is left out.
    """
    exact = {role: Counts() for role in ROLES}
    token = {role: Counts() for role in ROLES}
    relation = Counts()
    for gold, coding in rows:
        tokens, wanted, found = Tokens(gold.text), _wanted(gold), _found(coding)
        for role in ROLES:
            exact[role].compare(*({said.of(role) for said in side} - {()} for side in (wanted, found)))
            token[role].compare(*(_under(tokens, side, role) for side in (wanted, found)))
        asked = [said for said in wanted if said.content]
        right = len(pair(_closeness(tokens, asked, found)))
        relation.add(right=right, found=len(found), gold=len(asked))
    figures = [one for r in ROLES for one in (*exact[r].figures(f"{r}_exact"), *token[r].figures(f"{r}_token"))]
    return Scored((*figures, *relation.figures("relation")), relation.f1)


def _wanted(gold: Attributions) -> list[Said]:
    return [Said(one.source, one.cue, one.content) for one in gold.attributions]


def _found(coding: Coding | None) -> list[Said]:
    statements = coding.statements if coding else ()
    return [Said(tidy(s.speaker_span), tidy(s.cue_span), tidy(*s.content_spans)) for s in statements]


def _under(tokens: Tokens, side: list[Said], role: str) -> set[int]:
    return {token for said in side for token in tokens.under(said.of(role))}


def _closeness(tokens: Tokens, asked: list[Said], found: list[Said]) -> dict[Pair, float]:
    """The Jaccard index of the contents of those that say the same on the same word."""
    contents = [tokens.under(said.content) for said in found]
    close: dict[Pair, float] = {}
    for g, want in enumerate(asked):
        content = tokens.under(want.content)
        for f, said in enumerate(found):
            if not want.source or overlap(want.source, said.source):
                jaccard = len(content & contents[f]) / (len(content | contents[f]) or 1)
                if jaccard >= LEAST:
                    close[g, f] = jaccard
    return close
