"""Attributions that the language model has learned to see, joined with those that the grammar finds."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any

from sayso.coding import cues
from sayso.coding.deeds import is_saying
from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.parsed import Doc
from sayso.coding.ranges import EMPTY, MARKS, Range, join, shared, size, subtree, without
from sayso.coding.speakers import head_of

LEAST_ODDS = -4.0
"""Log-odds that a cue's words say anything, under which the model outweighs the grammar. Set, like SURE, by the figures of
PolNeAR's development part and of marked raw articles (`dev` of benchmarks/marks)."""
SURE = 4.5
"""Log-odds from which on a cue that is no word of saying lends a voice all the same: "expressed opposition to". Below, the
model takes deeds for sayings too, as its corpus does: "signed the accord"."""
PHRASES = ("according", "citing", "with", "in", "colon", "adverb", "account", "eyes")
"""Findings that hang on no verb or noun of saying."""
CLAUSES = ("that", "quote", "ger", "obj of", "noun that")
"""Findings that give a whole clause."""
HANDING = ("citing", "with")
"""A source that a report names for what it reports says the same words as the report."""
MENDS = 3
"""Phrases that a torn content is grown by, at most."""
SCRAP = 0.4
"""A learned content that is torn and less than this much of the grammar's is a scrap of it."""
RIVAL = 0.9
"""Two learned contents that share this much of the larger are the same."""
AGREEING = 0.5
"""Grammar and model mean the same content when they share this much of what either holds."""


def merge(draft: Draft, findings: list[Finding]) -> list[Finding]:
    """The model's attributions, each completed by the finding with the same cue, and the strong findings left."""
    learned = [a for a in draft.doc.attributions if a.content or a.source]
    if not learned:
        return findings
    by_token = _by_token(findings)
    used: set[int] = set()
    found = (_merged(draft, attribution, by_token, used) for attribution in learned)
    merged = _without_rivals([finding for finding in found if finding is not None])
    spare = [f for f in findings if id(f) not in used and (f.strong or f.speaks)]
    covering: dict[int, list[Finding]] = {}
    for other in merged:
        for part in other.content:
            for i in range(*part):
                covering.setdefault(i, []).append(other)
    return merged + [f for f in spare if _likely(draft, f, covering) and not _seen(f, covering)]


def _without_rivals(findings: list[Finding]) -> list[Finding]:
    """Of two cues to which the model gives the same words, the likelier one; sources handed over to stay."""
    kept: list[Finding] = []
    holding: dict[int, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (-f.odds, f.start)):
        # Contents that are nearly the same share the middle word of one of them.
        middles = [i for part in finding.content for i in ((part.start + part.end) // 2,)]
        near = {id(one): one for i in middles for one in holding.get(i, ())}.values()
        if finding.how in HANDING or not any(_are_rivals(finding, other) for other in near):
            kept.append(finding)
            for i in (i for part in finding.content for i in range(*part)):
                holding.setdefault(i, []).append(finding)
    return sorted(kept, key=lambda f: f.start)


def _are_rivals(one: Finding, other: Finding) -> bool:
    return shared(one.content, other.content) >= RIVAL * max(size(one.content), size(other.content))


def _by_token(findings: list[Finding]) -> dict[int, Finding]:
    """The finding to whose cue each token belongs; those with content first, and each verb to its own finding."""
    found: dict[int, Finding] = {}
    for finding in sorted(findings, key=lambda f: bool(f.content)):
        for i in () if finding.cue is None else range(*finding.cue):
            if i not in found or found[i].head != i:  # "promised to transfer"
                found[i] = finding
    return found


def _likely(draft: Draft, finding: Finding, covering: dict[int, list[Finding]]) -> bool:
    """Whether the model does not rule out that something is said by the cue.

    Phrases need no leave of it, nor do counts ("put the dead at 40") and cues inside what another says: it was taught few of these.
    """
    if draft.doc.saying_odds is None or finding.cue is None:
        return True
    if (
        finding.how in PHRASES
        or finding.act == "estimate"
        or (finding.how in CLAUSES and finding.cue.start in covering)
    ):
        return True
    return odds_of(draft.doc, finding.cue) > LEAST_ODDS


def odds_of(doc: Doc, cue: Range | None) -> float:
    """The model's log-odds that something is said by these words; minus infinity where it was not asked."""
    odds = doc.saying_odds
    return -inf if odds is None or cue is None else max(odds.get(i, -inf) for i in range(*cue))


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
    ours.learned, ours.odds = True, odds_of(draft.doc, words)
    ours.cue = words
    sentence = None if ours.head is None else draft.doc[ours.head].sent
    if source and (ours.source is None or sentence is None or sentence.start <= _one(source).start < sentence.end):
        fits = ours.source is not None and ours.source_head is not None and ours.source_head in _one(source)
        ours.source = whole_source(draft.doc, source)
        ours.source_head = ours.source_head if fits else head_of(draft.doc, ours.source)
    if content and not _elsewhere(draft, ours, content):
        ours.content = chosen(draft, ours, content)
    apart = [r for r in (ours.cue, ours.source) if r is not None]
    ours.content = without(ours.content, apart)
    return ours


def _elsewhere(draft: Draft, ours: Finding, content: list[Range]) -> bool:
    """Whether the model's content stands in other sentences, unquoted, while the grammar's stands beside the cue."""
    if ours.head is None or not ours.content:
        return False
    sentence = draft.doc[ours.head].sent
    own = Range(sentence.start, sentence.end)
    if any(part.overlaps(own) for part in content) or not any(part.overlaps(own) for part in ours.content):
        return False
    return not any(draft.doc[i].text in MARKS for part in content for i in range(*part))


def chosen(draft: Draft, ours: Finding, content: list[Range]) -> list[Range]:
    """What is said, of the two readings: the model's where it is whole, the grammar's where the model's is torn."""
    whole = [part for part in content if any(draft.doc[i].pos_ not in EMPTY for i in range(*part))] or content
    healed = [heal(draft.doc, part, ours) for part in whole]
    within = bool(ours.content) and shared(healed, ours.content) == size(healed)
    scrap = within and size(healed) < SCRAP * size(ours.content)
    told = any(cues.is_verb(draft.doc[i]) for part in healed for i in range(*part))
    return ours.content if scrap and (not told or _torn(draft.doc, healed, ours)) else healed


def heal(doc: Doc, part: Range, finding: Finding) -> Range:
    """Grown over a phrase that the model cut: "cut in three places | by men"."""
    end = part.end
    for _ in range(MENDS):
        if end >= len(doc) or doc[end].is_punct or doc[end].is_space or doc[end].is_sent_start:
            break
        if any(r is not None and end in r for r in (finding.cue, finding.source)):
            break
        token = doc[end]
        while token.head.i >= end and token.head != token:
            token = token.head
        if token.head.i not in Range(part.start, end) or token.relation in ("conj", "parataxis", "advcl", "acl"):
            break
        end = token.right_edge.i + 1
    return Range(part.start, end)


def _torn(doc: Doc, content: list[Range], ours: Finding) -> bool:
    """Whether the model's content begins in the middle of a phrase of the grammar's."""
    starts = {r.start for r in ours.content}
    for part in content:
        before = doc[part.start - 1] if part.start else None
        if before is None or part.start in starts or before.is_punct or before.is_space:
            continue
        if any(before.i in r for r in ours.content):
            return True
    return False


def _one(parts: list[Range]) -> Range:
    return max(parts, key=lambda r: (r.end - r.start, -r.start))


def whole_source(doc: Doc, source: list[Range]) -> Range:
    """The longest part of a source; where it is no more than an article, with the noun that it belongs to."""
    words = _one(source)
    first = doc[words.start]
    if words.end - words.start == 1 and first.pos_ == "DET" and first.head.i > first.i:
        return subtree(first.head)
    return words


def _new(draft: Draft, source: list[Range], cue: Range | None, content: list[Range]) -> Finding | None:
    if not content or (cue is None and not source):
        return None
    head = None if cue is None else head_of(draft.doc, cue)
    if not is_saying(draft.doc, cue, content) and odds_of(draft.doc, cue) < SURE:
        return None
    act = None
    speaks = False
    if cue is not None:
        acts = [cues.act_of(draft.doc[i]) for i in (head or cue.start, *range(*cue))]
        act = next((a for a in acts if a is not None), None)
        speaks = any(found.cue.speaks for i in range(*cue) for found in cues.at(draft.doc[i], "verb"))
    words = whole_source(draft.doc, source) if source else None
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
        odds=odds_of(draft.doc, cue),
    )


def _seen(finding: Finding, covering: dict[int, list[Finding]]) -> bool:
    """Whether the model sees the same content as said, under another cue."""
    if not finding.content or finding.how in HANDING:
        return False
    near = {id(f): f for part in finding.content for i in (part.start, part.end - 1) for f in covering.get(i, ())}
    for other in near.values():
        if finding.cue is not None and other.holds(finding.cue.start):
            continue  # it stands inside what the other says: a voice within a voice
        common = shared(finding.content, other.content)
        if common >= AGREEING * max(size(finding.content), size(other.content)):
            return True
    return False
