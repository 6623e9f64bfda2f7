"""Quotations and the cues they belong to: beside one, before a line of its own, or going on without any."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from sayso.coding import cues
from sayso.coding.draft import Draft
from sayso.coding.findings import Finding
from sayso.coding.parsed import Token
from sayso.coding.quotes import Quotation
from sayso.coding.ranges import Range, join, shared, trim, without
from sayso.coding.speakers import head_of, source_of, source_range, without_occasion

DASHES = frozenset(("–", "—", "-", "--", "―", "‒"))
NAMING = frozenset(("NOUN", "PROPN", "PRON"))
OPENING = 6
"""Tokens at a line's start among which its first word is looked for."""
WINDOW = 400
"""Tokens round a quotation within which its cue stands."""
REACH = 14
"""Words that may stand between a cue and the quotation that it introduces: "told reporters at the airport: “"."""


class Attacher:
    """Gives each quotation of a document to the finding whose speech it is; adds findings where none is."""

    def __init__(self, draft: Draft, quotations: Sequence[Quotation], findings: list[Finding]):
        self.draft = draft
        self.doc = draft.doc
        self.paragraphs = draft.paragraphs
        self.quotations = quotations
        self.findings = findings
        self.by_paragraph: dict[int, list[Finding]] = {}
        for finding in findings:
            self._place(finding)
        self.last: Finding | None = None
        """The finding whose quotation was read last."""

    def _place(self, finding: Finding) -> None:
        insort(self.by_paragraph.setdefault(self.paragraphs.of[_place(finding)], []), finding, key=_place)

    def near(self, quotation: Quotation) -> list[Finding]:
        """Findings whose cue stands in a paragraph of the quotation."""
        places = dict.fromkeys(self.paragraphs.of[part.start] for part in quotation.parts)
        low, high = quotation.start - WINDOW, quotation.end + WINDOW
        return [f for place in places for f in self._between(place, low, high)]

    def _between(self, place: int, low: int, high: int) -> list[Finding]:
        """The paragraph's findings whose cue stands between the two tokens."""
        several = self.by_paragraph.get(place, [])
        first, last = (bisect_left(several, limit, key=_place) for limit in (low, high))
        return several[first:last]

    def attach(self) -> None:
        for quotation in self.quotations:
            if self.draft.coded(quotation.start):
                self._attach(quotation)

    def _attach(self, quotation: Quotation) -> None:
        near = self.near(quotation)
        if not quotation.closed:
            self._close(quotation, near)
        owner = self._overlapping(quotation, near)
        if not quotation.is_speech(self.doc):
            if owner is not None and not owner.quotations and self._is_wording(quotation):
                owner.quotations += [part for part in quotation.parts if any(c.covers(part) for c in owner.content)]
            return
        owner = owner or self._beside(quotation, near) or self._below(quotation) or self._unlisted(quotation)
        if owner is None and self._is_free(quotation):
            owner = self._continued(quotation)
        if owner is not None:
            self._give(owner, quotation)
            self.last = owner

    def _is_wording(self, quotation: Quotation) -> bool:
        """Whether a few words between marks are somebody's wording, and no name: one of them is written small."""
        words = [self.doc[i] for part in quotation.parts for i in range(*part) if self.doc[i].is_alpha]
        return any(t.text[:1].islower() and t.pos_ in ("NOUN", "VERB", "ADJ", "ADV") for t in words)

    @staticmethod
    def _close(quotation: Quotation, near: list[Finding]) -> None:
        """End a quotation whose closing mark is missing before the clause that names its speaker."""
        last = quotation.parts[-1]
        for finding in near:
            clause = _clause(finding)
            before = any(part.overlaps(Range(last.start, clause.start)) for part in finding.content)
            if (
                finding.speaks
                and finding.source is not None
                and last.covers(clause)
                and before
                and clause.start > last.start
            ):
                quotation.parts[-1] = Range(last.start, clause.start)
                return

    def _give(self, owner: Finding, quotation: Quotation) -> None:
        if owner.cue is not None and self.is_tag_line(owner) and quotation.end <= owner.cue.start:
            self._tag(owner, quotation.parts)
            return
        owner.quotations += quotation.parts
        apart = [r for r in (owner.cue, owner.source) if r is not None]
        owner.content = without(join([*owner.content, *quotation.parts]), apart)

    def _overlapping(self, quotation: Quotation, near: list[Finding]) -> Finding | None:
        """The finding of whose content the quotation is a part, or the other way round."""
        best: tuple[int, int] | None = None
        owner = None
        for finding in near:
            common = shared(finding.content, quotation.parts)
            inside = finding.cue is not None and any(part.covers(finding.cue) for part in quotation.parts)
            if common and not inside:
                rank = common, -abs((finding.head or finding.start) - quotation.start)
                if best is None or rank > best:
                    best, owner = rank, finding
        return owner

    def _beside(self, quotation: Quotation, near: list[Finding]) -> Finding | None:
        """A cue that may introduce speech right after the quotation, or before it."""
        speaking = [f for f in near if f.speaks and f.cue is not None and f.source is not None]
        after = [f for f in speaking if self._gap(quotation.end, _clause(f).start) and not self._is_over(quotation, f)]
        if after:
            return min(after, key=lambda f: _clause(f).start)
        before = [f for f in speaking if self._leads(_clause(f).end, quotation.start)]
        return max(before, key=lambda f: _clause(f).end, default=None)

    def _is_over(self, quotation: Quotation, finding: Finding) -> bool:
        """Whether the quotation ended with a full stop, and the cue's subject begins a new sentence behind it."""
        last = self.doc[quotation.end - 2] if quotation.end > 1 else None
        first = self.doc[_clause(finding).start]
        inverted = finding.cue is not None and finding.cue.start == first.i
        return last is not None and last.text == "." and first.text[:1].isupper() and not inverted

    def _gap(self, end: int, start: int) -> bool:
        """Nothing but marks and white space between the two places."""
        return end <= start <= end + 4 and all(
            not (self.doc[i].is_alpha or self.doc[i].like_num) for i in range(end, start)
        )

    def _leads(self, end: int, start: int) -> bool:
        """Whether words up to `end` introduce what begins at `start`: after a colon or comma, in one sentence."""
        if not end <= start <= end + REACH:
            return False
        between = [t for t in self.doc[end:start] if not t.is_space]
        if any(t.text in (".", "!", "?", ";") for t in between):
            return False
        words = [t for t in between if t.is_alpha]
        return not words or between[-1].text in (":", ",", "–", "—")

    def _below(self, quotation: Quotation) -> Finding | None:
        """A line of its own below the quotation: "– said the minister"."""
        place = self.paragraphs.of[quotation.end - 1]
        tail = self.doc[quotation.end : self.paragraphs.ranges[place].end]
        if any(t.is_alpha for t in tail):
            return None
        for below in range(place + 1, min(place + 3, len(self.paragraphs.ranges))):
            if any(t.is_alpha for t in self.doc[slice(*self.paragraphs.ranges[below])]):
                return next((f for f in self.by_paragraph.get(below, ()) if self.is_tag_line(f)), None)
        return None

    def is_tag_line(self, finding: Finding) -> bool:
        """Whether the finding's paragraph is a line that names the speaker of the one above, and no more."""
        if finding.cue is None:
            return False
        line = self.paragraphs.at(finding.cue.start)
        words = [t for t in self.doc[line.start : min(line.end, line.start + OPENING)] if not t.is_space]
        first = next((n for n, t in enumerate(words) if t.is_alpha), 0)
        if words[first].i == finding.cue.start and words[0].text in DASHES:
            return True
        sentence = self.doc[finding.cue.start].sent
        if any(finding.cue.end <= part.start < min(line.end, sentence.end) for part in finding.content):
            return False
        if words[0].text in DASHES:
            return words[first].i >= _clause(finding).start
        return words[first].i == finding.cue.start and words[0].text[:1].islower()

    def _tag(self, finding: Finding, said: list[Range]) -> None:
        """Make a tag line's finding say what stands above it, and let its speaker be all that follows the verb."""
        finding.content = list(said)
        finding.quotations = list(said)
        if finding.cue is None or finding.source is None or finding.source.start < finding.cue.end:
            return
        sentence = self.doc[finding.cue.start].sent
        start = finding.cue.end + (self.doc[finding.cue.end].lower_ == "by")
        end = min(sentence.end, self.paragraphs.at(finding.cue.start).end)
        words = trim(self.doc, Range(start, end), frozenset(range(start, end - 1)))
        if words is not None and finding.source.start - start <= 1:
            fits = finding.source_head is not None and finding.source_head in words
            inner = finding.source_head if fits and self.doc[finding.source_head or 0].pos_ in NAMING else None
            finding.source = without_occasion(self.doc, words)
            finding.source_head = inner if inner is not None else head_of(self.doc, finding.source)

    def _unlisted(self, quotation: Quotation) -> Finding | None:
        """A verb that is no listed cue, but stands with its subject right after a quotation with a comma."""
        end = quotation.end
        if end < 2 or self.doc[end - 2].text not in (",", "!", "?") or end >= len(self.doc):
            return None
        window = self.doc[end : min(end + 8, self.paragraphs.at(end - 1).end)]
        for token in window:
            if token.text in (".", ";", ":"):
                return None
            if cues.is_verb(token) and token.pos_ != "AUX":
                return self._made(token, end)
        return None

    def _made(self, verb: Token, start: int) -> Finding | None:
        source = source_of(verb)
        if source is None or not start - 1 <= source.left_edge.i <= verb.i + 1:
            return None
        cue = Range(verb.i, verb.i + 1)
        words = source_range(source, [cue])
        finding = Finding("say", [], cue, verb.i, words, source.i, how="quotation", speaks=True)
        self.findings.append(finding)
        self._place(finding)
        return finding

    def _is_free(self, quotation: Quotation) -> bool:
        """Whether the quotation begins a sentence, so that it is speech and no quoted term."""
        start = quotation.start
        paragraph = self.paragraphs.at(start)
        before = [t for t in self.doc[max(paragraph.start, start - 3) : start] if not t.is_space]
        return (
            not before
            or before[-1].text in (".", "!", "?", ":", "”", '"', "…")
            or self.doc[start].is_sent_start is True
        )

    def _continued(self, quotation: Quotation) -> Finding | None:
        """Speech that goes on: in the same paragraph as part of the statement, in the next one as one more."""
        place = self.paragraphs.of[quotation.start]
        last = self._last_in(place, quotation.start)
        if last is not None:
            return last
        told = self._told_of(quotation)
        if told is not None:
            return told
        before = self.paragraphs.before(quotation.start)
        if before is None:
            return None
        owner = self._last_in(place - 1, quotation.start)
        if owner is None:
            return self._introduced(quotation, before) or self._alone_below(quotation, before)
        more = Finding("say", [], source=None, source_head=owner.source_head, how="continued", speaker=owner.speaker)
        more.source = owner.source
        more.content = list(quotation.parts)
        self.findings.append(more)
        insort(self.by_paragraph.setdefault(place, []), more, key=_place)
        return more

    def _last_in(self, place: int, before: int) -> Finding | None:
        """The paragraph's last finding that has a quotation or may have one, and a source."""
        found = [
            f
            for f in self._between(place, before - WINDOW, before + 1)
            if f.source is not None and (f.quotations or f.speaks) and (f.cue is None or f.cue.end <= before)
        ]
        outer = [f for f in found if not any(g is not f and f.head is not None and g.holds(f.head) for g in found)]
        return max(outer, key=lambda f: f.end, default=None)

    def _introduced(self, quotation: Quotation, before: Range) -> Finding | None:
        """Speech below a paragraph that ends in a colon, or alone after one that names who appeared or spoke."""
        words = [t for t in self.doc[max(before.start, before.end - WINDOW) : before.end] if not t.is_space]
        if not words or words[-1].text != ":":
            return None
        subject = next((t for t in words if t.dep_ in ("nsubj", "nsubj:pass") and t.head.dep_ == "ROOT"), None)
        actor = None if subject is None else self.draft.actor_at(subject.i)
        if subject is None or actor is None or actor.kind not in ("person", "organization", "media"):
            return None
        finding = Finding("say", [], source=source_range(subject, []), source_head=subject.i, how="quotation")
        self.findings.append(finding)
        return finding

    def _told_of(self, quotation: Quotation) -> Finding | None:
        """Speech right after a sentence of its paragraph that tells of one person: "The bishop was furious. “…”"."""
        start = self.paragraphs.at(quotation.start).start
        place = quotation.start - 1
        while place > start and self.doc[place].is_space:
            place -= 1
        if place <= start or self.doc[place].text not in (".", "!", "…"):
            return None
        sentence = self.doc[place].sent
        return self._of_person(Range(max(sentence.start, start), place + 1))

    def _alone_below(self, quotation: Quotation, before: Range) -> Finding | None:
        """Speech that is all of its paragraph, below a sentence that tells of one person."""
        own = self.paragraphs.at(quotation.start)
        words = [i for i in range(*own) if self.doc[i].is_alpha]
        if not words or any(not any(i in part for part in quotation.parts) for i in words):
            return None
        last = next((i for i in range(before.end - 1, before.start - 1, -1) if self.doc[i].is_alpha), None)
        if last is None:
            return None
        sentence = self.doc[last].sent
        return self._of_person(Range(max(sentence.start, before.start), min(sentence.end, before.end)))

    def _of_person(self, words: Range) -> Finding | None:
        """A finding whose speaker is the person who is the subject of the sentence."""
        inside = [self.doc[i] for i in range(*words)]
        subject = next((t for t in inside if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
        actor = None if subject is None else self.draft.actor_at(subject.i)
        if subject is None or actor is None or actor.kind != "person" or subject.lower_ in ("i", "we", "you"):
            return None
        finding = Finding("say", [], source=source_range(subject, []), source_head=subject.i, how="quotation")
        self.findings.append(finding)
        return finding

    def tag_lines(self) -> None:
        """Paragraphs without marks whose speaker stands on the line below: "– said the minister"."""
        for place in range(1, len(self.paragraphs.ranges)):
            for finding in self.by_paragraph.get(place, ()):
                if finding.quotations or not finding.speaks or not self.is_tag_line(finding):
                    continue
                above = self._above(place)
                if above is not None and not any(
                    f.quotations for f in self.by_paragraph.get(self.paragraphs.of[above.start], ())
                ):
                    self._tag(finding, [above])

    def dash_lines(self) -> None:
        """Paragraphs that open with a dash are speech: "– We will not leave, she said."."""
        for number, several in self.by_paragraph.items():
            line = self.paragraphs.ranges[number]
            words = [t for t in self.doc[line.start : min(line.end, line.start + OPENING)] if not t.is_space]
            if len(words) < 2 or words[0].text not in DASHES or not self.draft.coded(line.start):
                continue
            for finding in several:
                said = [part for part in finding.content if line.covers(part)]
                if finding.speaks and not finding.quotations and said and said[0].start == words[1].i:
                    finding.quotations = said

    def _above(self, place: int) -> Range | None:
        for before in range(place - 1, max(place - 3, -1), -1):
            words = self.paragraphs.ranges[before]
            if any(self.doc[i].is_alpha for i in range(*words)):
                return words if self.draft.coded(words.start) else None
        return None


def _place(finding: Finding) -> int:
    return finding.head if finding.head is not None else finding.start


def _clause(finding: Finding) -> Range:
    """The words of source and cue together."""
    parts = [r for r in (finding.cue, finding.source) if r is not None]
    return Range(min(r.start for r in parts), max(r.end for r in parts))
