"""Through which channel each statement came, and media that are the only voice."""

from __future__ import annotations

from sayso.coding.channels import MESSAGES, PLAIN, Medium, document_kind, may_carry, media_in
from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.grammar import children
from sayso.coding.paragraphs import Paragraphs
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range, subtree, trim, without
from sayso.coding.speakers import author, quoted_as, roles

BACK = 3
"""Paragraphs back in which a medium named before still is "the air" or "the channel"."""
WINDOW = 120
"""Tokens round a cue, and back from a paragraph's end, in which its channel is looked for."""
MIN_SPEAKER = 2
"""Words that name a speaker before a medium: an article and an office at least."""
PAGES = frozenset("page account channel profile blog wall website site feed".split())


def give_channels(draft: Draft, findings: list[Finding]) -> None:
    """Set `channel`, from the words of the cue's clause, its source, or the paragraph that introduces it."""
    paragraphs = draft.paragraphs
    for finding in findings:
        medium = _own(draft, finding)
        if medium is None or medium.name is None:
            medium = _before(draft, finding, paragraphs) or medium
        if (
            medium is not None
            and medium.name is None
            and all(draft.doc[i].lower_ in PLAIN or not draft.doc[i].is_alpha for i in range(*medium.range))
        ):
            medium = None
        if finding.reporter is not None and medium is None:
            medium = _source_medium(draft, finding.reporter)
        if medium is None:
            medium = _writing(draft, finding)
        if medium is not None:
            finding.channel = medium.channel(draft.doc)
            _part(draft, finding, medium)
        _owner_of_page(draft, finding, paragraphs)


def _part(draft: Draft, finding: Finding, medium: Medium) -> None:
    """Part a speaker from the medium named right behind: "quoted by the head of state Sputnik"."""
    source = finding.source
    if source is None or medium.range.end != source.end or medium.range.start - source.start < MIN_SPEAKER:
        return
    before = draft.doc[medium.range.start - 1]
    words = {draft.doc[i].lower_ for i in range(source.start, medium.range.start)}
    head = finding.source_head
    if before.pos_ in ("NOUN", "PROPN") and words & (roles() | {"state"}) and head is not None and head < before.i + 1:
        if before.ent_type_ in ("NORP", "ORG") or before.text.istitle():
            return
        finding.source = Range(source.start, medium.range.start)


def _sentence(draft: Draft, finding: Finding) -> Range | None:
    place = finding.head if finding.head is not None else (finding.cue.start if finding.cue else None)
    if place is None:
        return None
    sent = draft.doc[place].sent
    return Range(max(sent.start, place - WINDOW), min(sent.end, place + WINDOW))


def _own(draft: Draft, finding: Finding) -> Medium | None:
    """The medium in the cue's sentence, outside what is said: named ones first, then those beside the source."""
    sentence = _sentence(draft, finding)
    if sentence is None:
        return None
    carrier = _quoting(draft, finding)
    if carrier is not None:
        return carrier
    found = []
    apart = finding.content if finding.source is None else [*finding.content, finding.source]
    for words in without([sentence], apart):
        found += [m for m in media_in(draft.doc, words) if may_carry(draft.doc, m)]
    if finding.head is not None:  # of several clauses in the sentence, that of the cue
        found.sort(key=lambda m: (m.name is None, abs(m.range.start - (finding.head or 0))))
    named = [m for m in found if m.name is not None]
    if named:
        return named[0]
    return _source_medium(draft, finding) or next((m for m in found if m.kind not in ("document",)), None)


def _quoting(draft: Draft, finding: Finding) -> Medium | None:
    """The medium that quotes somebody "as saying"."""
    if finding.head is None or quoted_as(draft.doc[finding.head]) is None:
        return None
    for child in children(draft.doc[finding.head].head, "nsubj"):
        medium = next(iter(media_in(draft.doc, subtree(child))), None)
        if medium is not None:
            return Medium(medium.range, medium.kind, medium.name or trim(draft.doc, subtree(child)))
    return None


def _source_medium(draft: Draft, finding: Finding) -> Medium | None:
    """A named medium that speaks itself, or that carried the words of the speaker named beside it."""
    if finding.source is None:
        return None
    reach = Range(finding.source.start, min(finding.source.end + 2, len(draft.doc)))
    return next(
        (m for m in media_in(draft.doc, reach) if m.name is not None and m.range.start < finding.source.end), None
    )


def _writing(draft: Draft, finding: Finding) -> Medium | None:
    """The document that is cited for what its author says in it: "according to a statement by the mayor"."""
    if finding.source_head is None:
        return None
    noun = draft.doc[finding.source_head]
    kind = document_kind(noun)
    if kind is None or author(noun) is None:
        return None
    return Medium(Range(noun.i, noun.i + 1), kind, None)


def _before(draft: Draft, finding: Finding, paragraphs: Paragraphs) -> Medium | None:
    """What "on the air" and "the message" point back to, or the medium that a quotation's lead-in names."""
    place = finding.head if finding.head is not None else finding.start
    sentence = _sentence(draft, finding)
    pointing = sentence is not None and any(
        _points_back(draft.doc[i]) for i in range(*sentence) if not finding.holds(i)
    )
    introduced = bool(finding.quotations) and _led_in(draft, finding, paragraphs)
    if not (pointing or introduced):
        return None
    first = min([place, *(part.start for part in finding.content)])
    number = paragraphs.of[first]
    for back in range(number - 1, max(number - 1 - BACK, -1), -1):
        words = paragraphs.ranges[back]
        end = Range(max(words.start, words.end - WINDOW), words.end)
        found = [m for m in media_in(draft.doc, end) if m.name and may_carry(draft.doc, m)]
        if found:
            return found[-1]
    return None


def _points_back(token: Token) -> bool:
    if token.lower_ not in PLAIN | MESSAGES:
        return False
    return any(c.lower_ in ("the", "this", "same") for c in token.children) and not children(token, "nmod:poss")


def _led_in(draft: Draft, finding: Finding, paragraphs: Paragraphs) -> bool:
    """Whether the paragraph above the quotation ends in a colon."""
    above = paragraphs.before(min(part.start for part in finding.content))
    if above is None:
        return False
    words = [draft.doc[i] for i in range(max(above.start, above.end - 4), above.end) if not draft.doc[i].is_space]
    return bool(words) and words[-1].text == ":"


def _owner_of_page(draft: Draft, finding: Finding, paragraphs: Paragraphs) -> None:
    """ "On the page of X …: “…” – says the message": X speaks, not the page."""
    if finding.source_head is None or draft.doc[finding.source_head].lower_ not in MESSAGES:
        return
    first = min(part.start for part in finding.content)
    spaces = [paragraphs.at(first)]
    above = paragraphs.before(first)
    if above is not None:
        spaces.append(above)
    for words in spaces:
        for i in range(max(words.start, words.end - WINDOW), words.end):
            if draft.doc[i].lower_ in PAGES:
                for owner in (*children(draft.doc[i], "nmod:poss"), *children(draft.doc[i], "nmod")):
                    actor = draft.actor_at(owner.i)
                    if actor is not None and actor.kind in ("person", "organization", "group", "unknown"):
                        finding.speaker = actor
                        return
