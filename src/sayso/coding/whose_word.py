"""On whose word: who says what, by which words, through which channel, and within whose report.

Two readings are joined. The grammar knows cues of attribution and quotation marks; a language model that has learned
to see attributions (PolNeAR: source, cue, content) gives the first segmentation where there is one.
Kinds follow Pareti's PARC: direct, indirect, mixed.
"""

from __future__ import annotations

from sayso.coding import quoted, tagged
from sayso.coding.broadcast import give_channels
from sayso.coding.deeds import is_deed
from sayso.coding.draft import Draft, StatementDraft
from sayso.coding.ends import mended, quote_within
from sayso.coding.findings import Finding, kind_of
from sayso.coding.grammar import is_negated
from sayso.coding.inner import worth_nesting
from sayso.coding.persons import about_others, name_pronouns, of_themselves
from sayso.coding.phrases import by_phrases
from sayso.coding.quotes import Quotation, find_quotations
from sayso.coding.ranges import size, tidy
from sayso.coding.rooms import room
from sayso.coding.sayings import by_colon, hand_over, stand_beside
from sayso.coding.speakers import describe, without_occasion
from sayso.coding.spoken import by_nouns, by_verbs

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
    for finding in about_others(draft, findings):
        finding.speaker = describe(draft, finding)
    name_pronouns(draft, findings)
    for finding in findings:
        _name_medium(finding)
    placed = [(f, _statement(draft, f)) for f in findings]
    _nest(placed)
    draft.statements = [s for _, s in sorted(placed, key=lambda p: (p[0].start, p[0].end))]
    of_themselves(draft, placed)


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
    paragraphs = draft.paragraphs
    draft.quotations = find_quotations(draft.doc, paragraphs.characters(draft.doc))
    attacher = quoted.Attacher(draft, draft.quotations, findings)
    attacher.attach()
    attacher.tag_lines()
    attacher.dash_lines()
    stand_beside(draft, findings, paragraphs)
    hand_over(draft, findings)
    marks = _marks(draft.quotations)
    for finding in findings:
        finding.content = tidy(draft.doc, mended(draft, finding), marks)
        quote_within(draft.doc, finding)
        if finding.source is not None:
            finding.source = without_occasion(draft.doc, finding.source)
    kept = [
        f
        for f in findings
        if f.content and not is_deed(draft, f) and any(draft.coded(part.start) for part in f.content)
    ]
    return sorted(worth_nesting(draft, _distinct(kept)), key=lambda f: (f.start, f.end))


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
        kind=kind_of(finding),
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
