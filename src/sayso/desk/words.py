"""Which words of a text are meant by a quotation, with the offsets that a browser counted or without."""

from __future__ import annotations

import re

from sayso.ledger import anchors
from sayso.records import Span

LONGEST = 5000
"""Characters of a quotation."""
AROUND = 160
"""Characters shown on either side of some words."""


def words_at(text: str, quote: str, start: int | None = None, end: int | None = None) -> Span | str:
    """The words' span; or, for people, why nobody can tell. Offsets count code points, and hold only if those words stand there."""
    if not quote.strip():
        return "Quote the words that you mean."
    if len(quote) > LONGEST:
        return f"Quote at most {LONGEST} characters."
    if start is not None and end is not None and 0 <= start < end <= len(text):
        if _bare(text[start:end]) == _bare(quote):
            return _trimmed(text, Span(start, end))
    found = [Span(*match.span()) for match in re.finditer(r"\s+".join(map(re.escape, quote.split())), text)]
    if not found:
        return f"The words “{_short(quote)}” do not stand in the article. Quote them as they are written there."
    if len(found) == 1:
        return found[0]
    if start is None:
        return f"The words “{_short(quote)}” stand in {len(found)} places. Quote more of the sentence, so that one is left."
    exact = found[0].of(text)
    placed = anchors.place(anchors.Anchor(start, start + len(exact), exact, "", "", ""), text).span
    return (
        placed
        or f"The words “{_short(quote)}” stand in {len(found)} places, and none where you marked them. Mark them anew."
    )


def around(text: str, span: Span) -> tuple[str, str, str]:
    """What stands before the words on their line, they, and what stands after them: at most AROUND characters on either side."""
    before = text[max(0, span.start - AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + AROUND].partition("\n")[0]
    if len(before) == AROUND:
        before = "…" + before.partition(" ")[2]
    if len(after) == AROUND:
        after = after.rpartition(" ")[0] + "…"
    return before, span.of(text), after


def _bare(words: str) -> str:
    """Without what a page shows otherwise than it is written: white space, and control characters."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+", "", words)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))


def _short(words: str) -> str:
    return " ".join(words.split())[:80]
