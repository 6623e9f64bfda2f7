"""A statement in the making: what was found, by which means, before it is joined with what else was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from sayso.coding.draft import ActorDraft, ChannelDraft
from sayso.coding.ranges import Range, shared, size
from sayso.records import StatementKind

DIRECT = 0.8
"""Of what is said, this much or more between marks is direct speech."""


@dataclass(eq=False)
class Finding:
    """Who may have said what. `head` is the cue's own token, `source_head` that of the speaker's noun."""

    act: str
    content: list[Range]
    cue: Range | None = None
    head: int | None = None
    source: Range | None = None
    source_head: int | None = None
    how: str = ""
    """The frame or means: `that`, `obj of`, `according`, `quotation`, `learned`."""
    strong: bool = True
    """Strong enough to stand where a pipeline that has learned to see attributions sees none."""
    speaks: bool = False
    """Whether the cue may introduce a quotation."""
    learned: bool = False
    odds: float = -inf
    """Log-odds of the model that something is said by the cue, where it has learned to see attributions."""
    speaker: ActorDraft | None = None
    channel: ChannelDraft | None = None
    quotations: list[Range] = field(default_factory=list)
    reporter: Finding | None = None
    """Who hands over to this source: the agency of "the agency reported, citing the police"."""

    @property
    def start(self) -> int:
        return min(r.start for r in (self.cue, self.source, *self.content) if r is not None)

    @property
    def end(self) -> int:
        return max(r.end for r in (self.cue, self.source, *self.content) if r is not None)

    def holds(self, index: int) -> bool:
        return any(index in part for part in self.content)


def kind_of(finding: Finding) -> StatementKind:
    """Direct, indirect or mixed, by how much of the content stands between marks."""
    between = shared(finding.content, finding.quotations)
    if not between:
        return "indirect"
    return "direct" if between >= DIRECT * size(finding.content) else "mixed"
