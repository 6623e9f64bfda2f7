"""Whose word it is: statements of whole articles, and whether their speakers are the right actors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.evaluation.attribution import LEAST, Tokens
from sayso.evaluation.figures import Counts, Figure, Scored, percent
from sayso.evaluation.gold import StatementMark, Statements
from sayso.evaluation.spans import Pair, overlap, pair, tidy
from sayso.records import Actor, Coding, Statement

WHO = ("named", "unnamed", "nobody")
_WORD = re.compile(r"\w{2,}")
_SMALL = frozenset(("the", "of", "and", "an", "for", "in", "at", "on", "to", "by"))
NEAR_CUE = 0.5
"""Added to the closeness of two statements with one cue: of two with like contents, that is the one."""


def score_statements(rows: Sequence[tuple[Statements, Coding | None]]) -> Scored:
    """Statements, and who makes them. Headline: speakers that are right, over all statements asked for.

    Contents are the same when they share half of their tokens (Jaccard). A speaker is right when a mention of its actor lies on
    words that name the one wanted, and the actor's name has a word of those: an actor into which two people were merged does not
    pass for both. Where nobody is to be told, the speaker must be null. What belongs to a mark that is `maybe` counts
    neither way, and such a mark is not asked for. `speaker_found`, `kind`, `act`, `channel` and `within` are over the
    statements found: shares that are right; `channel` F1 over those that
    have one in either, a medium that speaks itself left aside.
    """
    found, channel = Counts(), Counts()
    who = {name: Counts() for name in WHO}
    right = dict.fromkeys(("speaker", "kind", "act", "within"), 0)
    for gold, coding in rows:
        statements = coding.statements if coding else ()
        tokens = Tokens(gold.text)
        pairs = dict(pair(_closeness(tokens, gold.statements, statements)))
        taken = {f: g for g, f in pairs.items()}
        found.add(found=sum(f not in taken or not gold.statements[taken[f]].maybe for f in range(len(statements))))
        outer = {mark.id: number for number, mark in enumerate(gold.statements)}
        places = {one.id: number for number, one in enumerate(statements)}
        for number, mark in enumerate(gold.statements):
            if mark.maybe:
                continue
            found.add(gold=1)
            who[mark.who].add(gold=1)
            if number not in pairs or coding is None:
                continue
            said = statements[pairs[number]]
            found.add(right=1)
            who[mark.who].add(found=1)
            if _speaker(gold.text, mark, coding.find(said.speaker)):
                right["speaker"] += 1
                who[mark.who].add(right=1)
            right["kind"] += said.kind == mark.form
            right["act"] += said.act == mark.act
            within = None if said.within is None else taken.get(places[said.within])
            right["within"] += within == (None if mark.within is None else outer.get(mark.within))
            spans = tidy(said.channel.span if said.channel else None)
            if not mark.channel and overlap(mark.source, spans):
                spans = ()  # a medium that speaks itself
            channel.add(right=overlap(mark.channel, spans), found=bool(spans), gold=bool(mark.channel))
    headline = percent(right["speaker"], found.gold)
    figures = [
        *found.figures("statement"),
        *(Figure(f"speaker_{name}", percent(one.right, one.gold), one.gold) for name, one in who.items()),
        Figure("speaker_found", percent(right["speaker"], found.right), found.right),
        *(Figure(name, percent(right[name], found.right), found.right) for name in ("kind", "act", "within")),
        Figure("channel_f1", channel.f1, channel.gold),
        Figure("speaker", headline, found.gold),
    ]
    return Scored(tuple(figures), headline)


def _closeness(tokens: Tokens, marks: Sequence[StatementMark], said: Sequence[Statement]) -> dict[Pair, float]:
    contents = [tokens.under(tidy(*one.content_spans)) for one in said]
    close: dict[Pair, float] = {}
    for g, mark in enumerate(marks):
        wanted = tokens.under(mark.content)
        for f, content in enumerate(contents):
            jaccard = len(wanted & content) / (len(wanted | content) or 1)
            if jaccard >= LEAST:
                close[g, f] = jaccard + NEAR_CUE * overlap(mark.cue, tidy(said[f].cue_span))
    return close


def _speaker(text: str, mark: StatementMark, actor: Actor | None) -> bool:
    if mark.who == "nobody" or actor is None:
        return mark.who == "nobody" and actor is None
    named = _words(" ".join(span.of(text) for span in mark.names))
    return overlap(mark.names, tidy(*actor.mentions)) and bool(named & _words(actor.name))


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in _SMALL}
