"""On whose word: who says what, by which words, through which channel, and within whose report.

Two readings are joined. The grammar knows cues of attribution and quotation marks; a language model that has learned
to see attributions (PolNeAR: source, cue, content) gives the first segmentation where there is one.
Kinds follow Pareti's PARC: direct, indirect, mixed.
"""

from __future__ import annotations

from spacy.tokens import Doc

from sayso.coding import quoted, tagged
from sayso.coding.broadcast import give_channels
from sayso.coding.deeds import is_deed
from sayso.coding.draft import Draft, Range, StatementDraft
from sayso.coding.findings import Finding
from sayso.coding.grammar import is_negated
from sayso.coding.inner import worth_nesting
from sayso.coding.phrases import by_phrases
from sayso.coding.quotes import Quotation, find_quotations
from sayso.coding.ranges import MARKS, shared, size, tidy
from sayso.coding.rooms import room
from sayso.coding.sayings import by_colon, hand_over, stand_beside
from sayso.coding.speakers import FIRST_PLURAL, FIRST_SINGULAR, describe, without_occasion
from sayso.coding.spoken import by_nouns, by_verbs
from sayso.records import StatementKind

DIRECT = 0.8
"""Of what is said, this much or more between marks is direct speech."""
NEGATED = {
    "say": "refuse",
    "confirm": "refuse",
    "announce": "refuse",
    "admit": "refuse",
    "believe": "question",
    "deny": "say",
}
"""What it is not to say, not to confirm, not to believe."""


@room(needs=("actors", "doc", "blocks"), gives=("statements",))
def find_statements(draft: Draft) -> None:
    """Reads the parse, the quotation marks and the learned attributions; adds statements, outermost known."""
    findings = gather(draft)
    give_channels(draft, findings)
    for finding in findings:
        finding.speaker = finding.speaker or describe(draft, finding)
        _name_medium(finding)
    placed = [(f, _statement(draft, f)) for f in findings]
    _nest(placed)
    draft.statements = [s for _, s in sorted(placed, key=lambda p: (p[0].start, p[0].end))]
    _first_person(draft, placed)


def _name_medium(finding: Finding) -> None:
    """A medium that speaks itself is called by its name: the channel “X”, not "the channel"."""
    speaker, channel, source = finding.speaker, finding.channel, finding.source
    if speaker is None or channel is None or source is None or len(speaker.mentions) > 1:
        return
    own = speaker.mentions[0].range if speaker.mentions else source
    if (
        source.covers(channel.range)
        and speaker.kind in ("unknown", "organization", "media")
        and own.end >= channel.range.start - 1
    ):
        speaker.kind = "media"
        if channel.name not in speaker.name:
            speaker.name = channel.name


def gather(draft: Draft) -> list[Finding]:
    """All findings with content, completed and tidied, in the order of the text."""
    findings = [*by_verbs(draft), *by_nouns(draft), *by_phrases(draft), *by_colon(draft)]
    findings = tagged.merge(draft, findings)
    paragraphs = quoted.Paragraphs(draft)
    quotations = find_quotations(draft.doc, paragraphs.characters(draft.doc))
    attacher = quoted.Attacher(draft, quotations, findings)
    attacher.attach()
    attacher.tag_lines()
    stand_beside(draft, findings, paragraphs)
    hand_over(draft, findings)
    marks = _marks(quotations)
    for finding in findings:
        finding.content = tidy(draft.doc, behind_semicolon(draft.doc, near_enough(draft, finding)), marks)
        if finding.source is not None:
            finding.source = without_occasion(draft.doc, finding.source)
    kept = [
        f
        for f in findings
        if f.content and not is_deed(draft, f) and any(draft.coded(part.start) for part in f.content)
    ]
    return sorted(worth_nesting(draft, _distinct(kept)), key=lambda f: (f.start, f.end))


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


def _marks(quotations: list[Quotation]) -> frozenset[int]:
    """The tokens at the ends of quotations: marks that belong to what is said."""
    ends = {i for q in quotations for part in q.parts for i in (part.start, part.end - 1)}
    return frozenset(ends)


def _distinct(findings: list[Finding]) -> list[Finding]:
    """Without findings that repeat another's cue or words; learned ones and earlier ones stay."""
    kept: dict[object, Finding] = {}
    for finding in sorted(findings, key=lambda f: (not f.learned, f.start)):
        key = finding.cue or tuple(finding.content)
        kept.setdefault(key, finding)
    return list(kept.values())


def _statement(draft: Draft, finding: Finding) -> StatementDraft:
    return StatementDraft(
        kind=kind_of(draft, finding),
        act=_act(draft, finding),
        content=finding.content,
        cue=finding.cue,
        speaker=finding.speaker,
        speaker_range=finding.source,
        channel=finding.channel,
    )


def _act(draft: Draft, finding: Finding) -> str:
    if finding.head is not None and finding.act in NEGATED and is_negated(draft.doc[finding.head]):
        return NEGATED[finding.act]
    return finding.act


def kind_of(draft: Draft, finding: Finding) -> StatementKind:
    """Direct, indirect or mixed, by how much of the content stands between marks."""
    between = shared(finding.content, finding.quotations)
    if not between:
        return "indirect"
    return "direct" if between >= DIRECT * size(finding.content) else "mixed"


def _nest(placed: list[tuple[Finding, StatementDraft]]) -> None:
    """Set `within`: the smallest other statement whose content holds this one's cue."""
    holding: dict[int, list[int]] = {}
    for number, (finding, _) in enumerate(placed):
        for part in finding.content:
            for i in range(*part):
                holding.setdefault(i, []).append(number)
    made = {id(finding): statement for finding, statement in placed}
    for number, (finding, statement) in enumerate(placed):
        at = finding.head if finding.head is not None else finding.content[0].start
        outer = [n for n in holding.get(at, ()) if n != number and not _equal(placed[n][0], finding)]
        outer = [n for n in outer if finding.cue is not None or size(placed[n][0].content) > size(finding.content)]
        if outer:
            statement.within = placed[min(outer, key=lambda n: (size(placed[n][0].content), n))][1]
        elif finding.reporter is not None:
            statement.within = made.get(id(finding.reporter))
    for _, statement in placed:
        _break_circle(statement)


def _equal(one: Finding, other: Finding) -> bool:
    return one.content == other.content and one.cue == other.cue


def _break_circle(statement: StatementDraft) -> None:
    """Two statements cannot report each other."""
    seen = {id(statement)}
    at = statement
    while at.within is not None:
        if id(at.within) in seen:
            at.within = None
            return
        at = at.within
        seen.add(id(at))


def _first_person(draft: Draft, placed: list[tuple[Finding, StatementDraft]]) -> None:
    """ "I" and "we" inside quotation marks are the speaker."""
    for finding, statement in sorted(placed, key=lambda p: size(p[0].content)):
        if statement.speaker is None:
            continue
        for part in finding.quotations:
            for i in range(*part):
                word = draft.doc[i].lower_
                if word in FIRST_SINGULAR | FIRST_PLURAL and i not in draft.by_head and statement.holds(i):
                    draft.mention(statement.speaker, Range(i, i + 1), i)
