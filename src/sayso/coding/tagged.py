"""Attributions that the language model has learned to see, joined with those that the grammar finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sayso.coding import cues
from sayso.coding.draft import Draft, Range
from sayso.coding.findings import Finding
from sayso.coding.grammar import covering
from sayso.coding.ranges import join, shared, size, without
from sayso.coding.speakers import head_of

AGREEING = 0.5
"""Grammar and model mean the same content when they share this much of what either holds."""


def merge(draft: Draft, findings: list[Finding]) -> list[Finding]:
    """The model's attributions, each completed by the finding with the same cue, and the strong findings left."""
    learned = [a for a in getattr(draft.doc._, "attributions", ()) or () if a.content or a.source]
    if not learned:
        return findings
    by_token = {i: f for f in findings if f.cue is not None for i in range(*f.cue)}
    used: set[int] = set()
    merged = []
    for attribution in learned:
        finding = _merged(draft, attribution, by_token, used)
        if finding is not None:
            merged.append(finding)
    spare = [f for f in findings if id(f) not in used and (f.strong or f.speaks)]
    return merged + [f for f in spare if not _seen(f, merged)]


def _ranges(spans: Iterable[tuple[int, int]]) -> list[Range]:
    return join(Range(*span) for span in spans)


def _merged(draft: Draft, attribution: Any, by_token: dict[int, Finding], used: set[int]) -> Finding | None:
    source, cue, content = (_ranges(getattr(attribution, role)) for role in ("source", "cue", "content"))
    places = [i for part in cue for i in range(*part)]
    if not all(draft.coded(i) for part in (*cue, *content[:1]) for i in (part.start,)):
        return None
    ours = next((by_token[i] for i in places if i in by_token and id(by_token[i]) not in used), None)
    words = Range(places[0], places[-1] + 1) if places else None
    if ours is None:
        return _new(draft, source, words, content)
    used.add(id(ours))
    ours.learned = True
    ours.cue = words
    if source and (ours.source is None or not any(ours.source.covers(s) and ours.source_head in s for s in source)):
        ours.source = _one(source)
        ours.source_head = head_of(draft.doc, ours.source)
    elif source:
        ours.source = _one(source)
    if content:
        ours.content = content
    apart = [r for r in (ours.cue, ours.source) if r is not None]
    ours.content = without(ours.content, apart)
    return ours


def _one(parts: list[Range]) -> Range:
    return max(parts, key=lambda r: (r.end - r.start, -r.start))


def _new(draft: Draft, source: list[Range], cue: Range | None, content: list[Range]) -> Finding | None:
    if not content:
        return None
    head = None if cue is None else head_of(draft.doc, cue)
    act = None
    speaks = False
    if cue is not None:
        acts = [cues.act_of(draft.doc[i]) for i in (head or cue.start, *range(*cue))]
        act = next((a for a in acts if a is not None), None)
        speaks = any(found.cue.speaks for i in range(*cue) for found in cues.at(draft.doc[i], "verb"))
    words = _one(source) if source else None
    return Finding(
        act=act or "say",
        content=content,
        cue=cue,
        head=head,
        source=words,
        source_head=None if words is None else head_of(draft.doc, words),
        how="learned",
        speaks=speaks,
        learned=True,
    )


def _seen(finding: Finding, merged: list[Finding]) -> bool:
    """Whether the model sees the same content as said, under another cue."""
    if not finding.content:
        return False
    whole = covering_range(finding.content)
    for other in merged:
        if not other.content or not covering_range(other.content).overlaps(whole):
            continue
        common = shared(finding.content, other.content)
        if common >= AGREEING * max(size(finding.content), size(other.content)):
            return True
    return False


def covering_range(parts: list[Range]) -> Range:
    return Range(parts[0].start, parts[-1].end)


__all__ = ["covering", "merge"]
