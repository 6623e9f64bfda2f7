"""Pronouns inside direct speech: "I" and "we" are its speaker, "he" and "she" are not.

The actors are told apart before it is known who speaks; what that shows of the pronouns is mended here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.coding.draft import ActorDraft, Draft, StatementDraft
from sayso.coding.findings import Finding, kind_of
from sayso.coding.ranges import Range, size
from sayso.coding.speakers import FIRST_PLURAL, FIRST_SINGULAR

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
REACH = 80
"""Tokens back in which whoever a speaker speaks of was named."""


def of_themselves(draft: Draft, placed: Sequence[tuple[Finding, StatementDraft]]) -> None:
    """ "I" and "we" inside quotation marks are the speaker."""
    for finding, statement in sorted(placed, key=lambda p: size(p[0].content)):
        if statement.speaker is None:
            continue
        for part in finding.quotations:
            for i in range(*part):
                word = draft.doc[i].lower_
                if word in FIRST_SINGULAR | FIRST_PLURAL and i not in draft.by_head and statement.holds(i):
                    draft.mention(statement.speaker, Range(i, i + 1), i)


def about_others(draft: Draft, findings: Iterable[Finding]) -> list[Finding]:
    """Give "he" and "she" inside direct speech, taken for its speaker, to the last other person spoken of, or to nobody.

    Returns the findings whose own source was such a pronoun: "…, and he admits that he will lose", within what she says.
    """
    moved: set[int] = set()
    findings = list(findings)
    for finding in findings:
        if finding.speaker is None or finding.speaker.kind != "person" or kind_of(finding) != "direct":
            continue
        for part in finding.quotations:
            for i in range(*part):
                if draft.doc[i].lower_ in HE | SHE and draft.by_head.get(i) is finding.speaker:
                    _give(draft, i, finding.speaker)
                    moved.add(i)
    return [f for f in findings if f.source_head in moved]


def name_pronouns(draft: Draft, findings: Sequence[Finding]) -> None:
    """Give a source that is a bare "he" or "his" the speaker of what it stands in, else the person who spoke last before."""
    for number, finding in enumerate(findings):
        if finding.speaker is not None or finding.source is None or finding.source_head is None:
            continue
        word = draft.doc[finding.source_head].lower_
        if word not in HE | SHE:
            continue
        at = finding.source_head
        holding = [f for f in findings if f is not finding and f.holds(at) and kind_of(f) != "direct"]
        before = [f for f in findings[:number] if f.end <= at and at - f.end < REACH]
        for other in (*holding, *reversed(before)):
            if _may_be(draft, other.speaker, word):
                finding.speaker = other.speaker
                draft.mention(other.speaker, Range(at, at + 1), at)  # type: ignore[arg-type]
                break


def _may_be(draft: Draft, actor: ActorDraft | None, word: str) -> bool:
    """Whether "he" or "she" may be the person: never called by the other pronoun."""
    if actor is None or actor.kind != "person":
        return False
    other_gender = SHE if word in HE else HE
    return not any(draft.doc[m.head].lower_ in other_gender for m in actor.mentions)


def _give(draft: Draft, place: int, speaker: ActorDraft) -> None:
    del draft.by_head[place]
    speaker.mentions = [m for m in speaker.mentions if m.head != place]
    other = _before(draft, place, speaker)
    if other is not None:
        draft.mention(other, Range(place, place + 1), place)


def _before(draft: Draft, place: int, speaker: ActorDraft) -> ActorDraft | None:
    """The person named last before the place who is not the speaker and is never called by the other pronoun."""
    word = draft.doc[place].lower_
    for i in range(place - 1, max(-1, place - REACH), -1):
        actor = draft.by_head.get(i)
        if actor is not speaker and draft.doc[i].pos_ != "PRON" and _may_be(draft, actor, word):
            return actor
    return None
