"""Where what is said begins and ends: what the tree or the network took in beside it, taken out again."""

from __future__ import annotations

from functools import cache

from sayso.coding.cues import is_verb
from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.parsed import Doc
from sayso.coding.ranges import MARKS, Range, shared, size
from sayso.coding.tables import table

FINITE = ("VBD", "VBZ", "VBP", "MD")


@cache
def opening(kind: str) -> frozenset[str]:
    """Words that begin what is no part of what was said: `contrast`, or the `setting` in which somebody spoke."""
    return frozenset(table("cues")["beside"][kind].split())


def mended(draft: Draft, finding: Finding) -> list[Range]:
    """The content of a finding without what belongs to the article or to another sentence."""
    content = near_enough(draft, finding)
    content = behind_semicolon(draft.doc, content)
    return without_setting(draft, finding, content)


def near_enough(draft: Draft, finding: Finding) -> list[Range]:
    """The content without scraps: unquoted parts in other sentences than the cue's, where one stands in it or is quoted."""
    if not finding.learned or len(finding.content) < 2 or finding.head is None:
        return finding.content
    sentence = draft.doc[finding.head].sent
    own = Range(sentence.start, sentence.end)
    near = [p for p in finding.content if p.overlaps(own) or any(p.overlaps(q) for q in finding.quotations)]
    return near or finding.content


def behind_semicolon(doc: Doc, content: list[Range]) -> list[Range]:
    """Without the clause before a semicolon behind which a quotation begins: "They left; “we are free”, he said"."""
    kept = []
    for part in content:
        marks = [i for i in range(*part) if doc[i].text in MARKS and doc[i].text not in ("'", "’")]
        first = marks[0] if marks else part.start
        opened = first > part.start + 1 and doc[first - 1].text == ";"
        kept.append(Range(first, part.end) if opened else part)
    return kept


def without_setting(draft: Draft, finding: Finding, content: list[Range]) -> list[Range]:
    """Without what is told of how somebody spoke: before the quotation without a verb, or behind cue and source."""
    if len(content) < 2 or finding.cue is None:
        return content
    doc = draft.doc
    clause = [r for r in (finding.cue, finding.source) if r is not None]
    start, end = min(r.start for r in clause), max(r.end for r in clause)
    quoted = shared(content, finding.quotations)
    kept = []
    for part in content:
        bare = not shared([part], finding.quotations)
        first = next((doc[i] for i in range(*part) if doc[i].is_alpha), None)
        if bare and first is not None and part.start >= end and any(p.end <= start for p in content):
            if first.lower_ in opening("contrast") or (
                first.lower_ in opening("setting") and quoted >= size(content) / 2
            ):
                continue
        elif (
            bare
            and quoted
            and part.end <= start
            and not any(is_verb(doc[i]) and doc[i].tag_ in FINITE for i in range(*part))
        ):
            if not _led_in_by(finding, part):
                continue
        kept.append(part)
    return kept or content


def _led_in_by(finding: Finding, part: Range) -> bool:
    """Whether the part is the beginning of a sentence whose end is quoted before the cue: "The gate was “shut”, he said"."""
    return any(
        q.start <= part.end + 1 and part.start < q.start and q.end <= (finding.cue or part).start
        for q in finding.quotations
    )


SINGLE = frozenset("'‘’")


def quote_within(doc: Doc, finding: Finding) -> None:
    """A quotation within a quotation, between single marks: "“He told us, ‘Go home,’ and we went,” she said"."""
    if finding.quotations or len(finding.content) != 1:
        return
    start, end = finding.content[0]
    before = doc[start - 1].text if start else ""
    behind = end + (end < len(doc) and doc[end].text in (",", ".", "!", "?"))
    after = doc[behind].text if behind < len(doc) else ""
    opened = before in SINGLE or doc[start].text in SINGLE
    closed = after in SINGLE or doc[end - 1].text in SINGLE
    if opened and closed and end - start > 1:
        finding.quotations = [Range(start, end)]
