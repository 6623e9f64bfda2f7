"""Reports within reports: which cues inside what somebody says are voices of their own.

"The clerk said a nun had told him …" has two voices. "I know that …", "he said he understood why …" has one.
"""

from __future__ import annotations

from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.ranges import size

VOICED = frozenset(
    "say report announce claim accuse deny warn threaten promise demand order confirm admit explain ask".split()
)
"""Acts done aloud; what is only thought or wished inside a report stays the reporter's word."""
NAMED_FRAMES = frozenset(
    ("that", "quote", "ger", "obj of", "obj inf", "inf", "noun that", "noun inf", "according", "citing", "with")
)
OWN = frozenset("i we you me us nobody anyone anybody everyone everybody people one who it".split())
"""Sources inside a report that are the reporter, the hearer or nobody in particular."""


def worth_nesting(draft: Draft, findings: list[Finding]) -> list[Finding]:
    """Without findings of the grammar that stand inside what another says and bring no voice of their own."""
    holding: dict[int, list[Finding]] = {}
    for finding in findings:
        for part in finding.content:
            for i in range(*part):
                holding.setdefault(i, []).append(finding)
    kept = []
    for finding in findings:
        at = finding.head if finding.head is not None else finding.start
        outer = [f for f in holding.get(at, ()) if f is not finding and size(f.content) > size(finding.content)]
        if not outer or (finding.learned and not _is_own(draft, finding)) or _has_voice(draft, finding):
            kept.append(finding)
    return kept


def _is_own(draft: Draft, finding: Finding) -> bool:
    return finding.source_head is not None and draft.doc[finding.source_head].lower_ in ("i", "we")


def _has_voice(draft: Draft, finding: Finding) -> bool:
    if finding.how in ("according", "citing", "with"):
        return True
    if finding.source is None or finding.source_head is None or finding.act not in VOICED:
        return False
    if draft.doc[finding.source_head].lower_ in OWN:
        return False
    return bool(finding.quotations) or finding.how in NAMED_FRAMES
