"""What stands on whose word, in lines: shares of the text by voice, claims of the headline, words held at a distance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sayso.exports.view import View, plain
from sayso.records import HeadlineSupport, VoiceShare

LEAST = 0.005
"""Voices with a smaller share of the text are summed up."""
SUPPORT = {"supported": "borne out", "attributed": "only on somebody's word", "unsupported": "not borne out"}
RESERVE = {"alleged": "alleged", "so-called": "so-called", "scare quotes": "between quotation marks"}


class Line(NamedTuple):
    """`what` in a word or two, and `words` that say it; `record`: the status by which it may be coloured."""

    what: str
    words: str
    record: str = ""


def voice_name(view: View, share: VoiceShare) -> str:
    """Whose share it is: "the article", a speaker's name, or "nobody named"."""
    if not share.statements:
        return "the article"
    actor = view.actor(share.speaker)
    return plain(actor.name) if actor else "nobody named"


def percent(share: float) -> str:
    return f"{max(1, round(100 * share))} %" if share >= LEAST else "under 1 %"


def shares(view: View) -> Iterator[Line]:
    """Each voice with its share of the text's words, the article's own first."""
    rest = [share for share in view.coding.voice_shares if share.share < LEAST and share.statements]
    for share in view.coding.voice_shares:
        if not any(share is small for small in rest):
            yield Line(percent(share.share), voice_name(view, share))
    if rest:
        yield Line(
            percent(sum(s.share for s in rest)), f"{len(rest)} more" if len(rest) > 1 else voice_name(view, rest[0])
        )


def headline(view: View) -> Iterator[Line]:
    """Each claim of headline and standfirst, and what the body has for it."""
    for claim in view.coding.headline_support:
        yield Line(SUPPORT[claim.support], f"“{view.words(claim.span)}”: {plain(claim.because)}", claim.support)


def evidence(view: View, claim: HeadlineSupport) -> str:
    """The sentence of the body that comes nearest to a claim."""
    return view.words(claim.evidence)


def distances(view: View) -> Iterator[Line]:
    """Words held at a distance, those of one kind on one line."""
    by: dict[str, list[str]] = {}
    for distance in view.coding.distances:
        words = f"“{view.words(distance.span)}”"
        if words not in by.setdefault(distance.kind, []):
            by[distance.kind].append(words)
    for kind, words_of_kind in by.items():
        yield Line(RESERVE[kind], ", ".join(words_of_kind))
