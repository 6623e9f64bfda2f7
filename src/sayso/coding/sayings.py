"""Speech that only stands beside its cue, names before a colon, and sources that a report hands over to."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding import cues
from sayso.coding.channels import is_source_noun
from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.grammar import is_negated
from sayso.coding.paragraphs import Paragraphs
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range, without
from sayso.coding.speakers import RELATIVE

LONGEST_SOURCE = 25
"""Words that a speaker's name and description may have."""
LABEL = 6
"""Words that the name before a colon may have."""
CLAUSE = 14
"""Words that may follow a cue before the comma that ends its clause."""
HANDING = ("citing", "with")
"""How findings are called whose phrase hands a report over to its source."""


def stand_beside(draft: Draft, findings: list[Finding], paragraphs: Paragraphs) -> None:
    """Give a cue without content the words before its clause and after it: "…, officials said, …"."""
    for finding in findings:
        if not finding.content and _may_stand_beside(draft, finding):
            finding.content = _beside(draft, finding, paragraphs)


ALOUD = frozenset("say report announce claim warn confirm admit explain deny accuse recall predict promise".split())
"""Acts whose cue may stand beside what is said without any tie in the tree."""


def _may_stand_beside(draft: Draft, finding: Finding) -> bool:
    """A finite verb of saying with its own subject: no relative clause, no "published in 1997", no infinitive."""
    if not finding.speaks or not finding.strong or finding.act not in ALOUD:
        return False
    if finding.head is None or finding.source_head is None or finding.source is None:
        return False
    verb, subject = draft.doc[finding.head], draft.doc[finding.source_head]
    if verb.tag_ in ("VB", "VBN", "VBG") or subject.lower_ in RELATIVE or is_negated(verb):
        return False
    if finding.source.end - finding.source.start > LONGEST_SOURCE:
        return False
    return not any(c.relation in ("ccomp", "xcomp") and c.i > verb.i for c in verb.children)


def _beside(draft: Draft, finding: Finding, paragraphs: Paragraphs) -> list[Range]:
    doc = draft.doc
    parts = [r for r in (finding.cue, finding.source) if r is not None]
    start, end = min(r.start for r in parts), max(r.end for r in parts)
    limits = paragraphs.at(start)
    if start <= limits.start or doc[start - 1].text not in (",", "”", '"', "''", "–", "—"):
        return []
    first = max(doc[start - 1].sent.start, limits.start)
    if first >= start - 1:
        return []
    stop = _clause_end(doc[end - 1], min(doc[end - 1].sent.end, limits.end))
    parts = [Range(first, start - 1)]
    finite = any(cues.is_verb(doc[i]) and doc[i].tag_ != "VBG" for i in range(first, start - 1))
    if stop < limits.end and doc[stop].text == ",":
        rest = doc.span(stop + 1, min(doc[end - 1].sent.end, limits.end))
        if len(rest) > 1 and rest[0].tag_ != "VBG":
            parts.append(Range(rest.start, rest.end))
    return parts if finite or len(parts) > 1 else []


def _clause_end(last: Token, limit: int) -> int:
    """The comma after the cue's clause, or its sentence's end."""
    doc = last.doc
    for place in range(last.i + 1, min(limit, last.i + 1 + CLAUSE)):
        if doc[place].text == ",":
            return place
    return limit


def by_colon(draft: Draft) -> Iterator[Finding]:
    """ "Minister: Dam is safe" in a headline, "REPORTER: When?" in a transcript."""
    paragraphs = draft.paragraphs
    for words in paragraphs.ranges:
        if draft.coded(words.start):
            finding = _colon(draft, words)
            if finding is not None:
                yield finding


def _colon(draft: Draft, words: Range) -> Finding | None:
    doc = draft.doc
    inside = [doc[i] for i in range(*words) if not doc[i].is_space]
    for count, token in enumerate(inside[: LABEL + 1]):
        if token.text == ":" and 0 < count < len(inside) - 2:
            label = inside[:count]
            if not _names_speaker(draft, label):
                return None
            source = Range(label[0].i, label[-1].i + 1)
            content = [Range(token.i + 1, words.end)]
            cue = Range(token.i, token.i + 1)
            return Finding("say", content, cue, token.i, source, label[-1].i, how="colon")
        if token.is_punct and token.text not in (".", "-", "’", "'", ","):
            return None
    return None


def _names_speaker(draft: Draft, label: list[Token]) -> bool:
    """Whether words before a colon are somebody: a person, an office or a paper, and no verb among them."""
    if any(cues.is_verb(t) for t in label):
        return False
    capitals = all(t.lex.is_upper or not t.is_alpha for t in label) and any(len(t.text) > 1 for t in label)
    last = label[-1]
    headed = draft.kind_of(label[0]) == "title"
    if headed:
        return last.ent_type_ in ("PER", "ORG", "NORP") or is_source_noun(last)
    return (capitals and len(label) <= 4) or all(t.ent_type_ == "PER" for t in label if t.is_alpha)


def hand_over(draft: Draft, findings: list[Finding]) -> None:
    """ "The agency reported …, citing the police": the police say it, the agency reports that they do."""
    by_head = {f.head: f for f in findings if f.head is not None and f.content}
    by_end: dict[int, list[tuple[int, Finding]]] = {}
    for number, one in enumerate(by_head.values()):
        by_end.setdefault(_end(one), []).append((number, one))
    for finding in findings:
        if finding.how not in HANDING or finding.cue is None:
            continue
        token = draft.doc[finding.cue.start]
        for _ in range(5):
            if token.head == token:
                break
            token = token.head
            reporter = by_head.get(token.i)
            if reporter is not None and reporter is not finding:
                _take(finding, reporter)
                break
        else:
            continue
        if finding.reporter is None:
            reporter = _beside_clause(finding, by_end)
            if reporter is not None:
                _take(finding, reporter)


def _take(finding: Finding, reporter: Finding) -> None:
    own = [r for r in (finding.cue, finding.source) if r is not None]
    finding.reporter = reporter
    reporter.content = without(reporter.content, own)
    finding.content = list(reporter.content)


def _end(finding: Finding) -> int:
    """Where the words of cue and source end."""
    return max((r.end for r in (finding.cue, finding.source) if r is not None), default=-1)


def _beside_clause(finding: Finding, by_end: dict[int, list[tuple[int, Finding]]]) -> Finding | None:
    """The first reporter whose own words the phrase follows at once."""
    if finding.cue is None:
        return None
    near = [one for back in range(3) for one in by_end.get(finding.cue.start - back, ()) if one[1] is not finding]
    return min(near, key=lambda one: one[0], default=(0, None))[1]
