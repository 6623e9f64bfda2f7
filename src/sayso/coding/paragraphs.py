"""The paragraphs of a document."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.coding.parsed import Doc
from sayso.coding.ranges import Range
from sayso.records import Block


class Paragraphs:
    """The article's blocks, and the lines of what is in none. `blocks`: that of each token, or nothing."""

    def __init__(self, doc: Doc, blocks: Sequence[Block | None]):
        self.of: list[int] = []
        self.ranges: list[Range] = []
        start, block = 0, None
        broken = False
        for token in doc:
            if token.is_space:  # white space belongs to the paragraph before it
                broken = broken or "\n" in token.text
                self.of.append(len(self.ranges))
                continue
            own = blocks[token.i] if blocks else None
            if token.i > start and (own is not block or (broken and own is None)):
                self.ranges.append(Range(start, token.i))
                start = token.i
            block, broken = own, False
            self.of.append(len(self.ranges))
        if len(doc):
            self.ranges.append(Range(start, len(doc)))

    def characters(self, doc: Doc) -> list[tuple[int, int]]:
        return [(doc[r.start].idx, doc[r.end - 1].end_char) for r in self.ranges]

    def at(self, token: int) -> Range:
        return self.ranges[self.of[token]]

    def before(self, token: int) -> Range | None:
        """The paragraph before that of the token, white space passed over."""
        place = self.of[token]
        return self.ranges[place - 1] if place else None
