"""A statement in the making: what was found, by which means, before it is joined with what else was found."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.coding.draft import ActorDraft, ChannelDraft, Range


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
