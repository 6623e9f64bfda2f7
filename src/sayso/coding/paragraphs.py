"""The paragraphs of a document."""

from __future__ import annotations

from sayso.coding.draft import Draft, Range
from sayso.coding.parsed import Doc


class Paragraphs:
    """The paragraphs of a document: the article's blocks, and the lines of what is in none."""

    def __init__(self, draft: Draft):
        self.of: list[int] = []
        self.ranges: list[Range] = []
        start, block = 0, None
        broken = False
        for token in draft.doc:
            if token.is_space:  # white space belongs to the paragraph before it
                broken = broken or "\n" in token.text
                self.of.append(len(self.ranges))
                continue
            own = draft.blocks[token.i] if draft.blocks else None
            if token.i > start and (own is not block or (broken and own is None)):
                self.ranges.append(Range(start, token.i))
                start = token.i
            block, broken = own, False
            self.of.append(len(self.ranges))
        if len(draft.doc):
            self.ranges.append(Range(start, len(draft.doc)))

    def characters(self, doc: Doc) -> list[tuple[int, int]]:
        return [(doc[r.start].idx, doc[r.end - 1].end_char) for r in self.ranges]

    def at(self, token: int) -> Range:
        return self.ranges[self.of[token]]

    def before(self, token: int) -> Range | None:
        """The paragraph before that of the token, white space passed over."""
        place = self.of[token]
        return self.ranges[place - 1] if place else None
