"""Which time an event has: its own modifiers, its clause's, then the paragraph's running time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cache

from sayso.coding.agents import singular
from sayso.coding.draft import Draft, EventDraft, TimeDraft
from sayso.coding.grammar import ancestors, children
from sayso.coding.mentions import event_nouns
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range
from sayso.coding.tables import table

STEPS = 20
"""How far up the tree a time or a clause is followed."""
ABOUT = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "CONSULT"))
"""Events that are about other events: their time is not that of what they speak of."""
APART = frozenset(("over", "for", "after", "following", "before", "since", "against", "about", "of", "despite", "amid"))
"""Prepositions after which an event is another one than that of its verb."""
ENDS = frozenset(("until", "till", "til"))
EARLIER = frozenset(("previously", "earlier", "formerly", "once", "already"))
WITH = frozenset(("when", "as", "while", "whereas"))
"""Conjunctions that put their clause at the time of the main one."""

CARRIED = 5
"""Sentences over which a story goes on without a new time."""
SERIES = frozenset(
    "couple pair dozen handful host case act wave series string spate number campaign day night round".split()
)
"""Nouns that only count or bundle the event "of" which they are."""

Answer = tuple[TimeDraft, str]


@cache
def _verbs(name: str) -> frozenset[str]:
    return frozenset(table("times")["attachment"][name])


class Clock:
    """The times of one article, by the word that they modify."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.events = {index: event for event in draft.events for index in (event.head, *range(*event.trigger))}
        self.by_governor: dict[int, list[TimeDraft]] = {}
        self.cues = {i for s in draft.statements if s.cue for i in range(*s.cue)}
        for time in draft.times:
            if (
                time.start is not None
                and time.part_of is None
                and draft.kind_of(time.range.start) != "date"
                and not self._is_an_end(time)
            ):
                for governor in self._governors(time):
                    self.by_governor.setdefault(governor.i, []).append(time)
        self._sentences = [sentence.start for sentence in draft.doc.sents]
        self._timed = self._times_by_sentence()

    def time_of(self, event: EventDraft) -> Answer | None:
        """The time of an event and the reason, None where the text gives none."""
        head = self.draft.doc[event.head]
        own = self._own(head, event.trigger)
        if own is not None:
            return own, "time: its own words"
        if _is_earlier(head):
            return None
        top = head
        for at, reason in self._lenders(head):
            found = self._own(at, Range(at.i, at.i + 1))
            if found is not None and (at.relation != "conj" or self._reaches(found, at, head)):
                return found, reason
            top = at if at in list(ancestors(head)) else top
        return self._carried(event, top)

    def _reaches(self, time: TimeDraft, lender: Token, borrower: Token) -> bool:
        """Whether a time of one of several verbs side by side is that of the other too.

        It is where the other has no subject of its own, or the time stands before them all or behind them all.
        """
        if not children(borrower, "nsubj", "nsubj:pass") or not children(lender, "nsubj", "nsubj:pass"):
            return True
        first, last = sorted((lender.i, borrower.i))
        return time.range.start < first or time.range.start > last

    def _is_an_end(self, time: TimeDraft) -> bool:
        """ "until 19 January": when a thing ends, not when it is."""
        before = self.draft.doc[time.range.start - 1] if time.range.start else None
        return before is not None and before.lower_ in ENDS

    def _own(self, head: Token, trigger: Range) -> TimeDraft | None:
        """The narrowest of the times that modify any of the words."""
        indices = sorted({head.i, *range(*trigger)})
        times = [time for index in indices for time in self.by_governor.get(index, ())]
        return min(times, key=lambda t: (_width(t), abs(t.range.start - head.i)), default=None)

    def _governors(self, time: TimeDraft) -> list[Token]:
        """The words that a time modifies: the first verb above it, and event nouns on the way there."""
        doc = self.draft.doc
        top = min((doc[i] for i in range(*time.range)), key=_depth)
        found: list[Token] = []
        at = top
        for _ in range(STEPS):
            if at.head == at or at.relation in ("parataxis",):
                break
            step, at = at, at.head
            if at.i in time.range:
                continue
            if at.i in self.events or at.pos_ in ("VERB", "AUX") or children(at, "cop"):
                found.append(at)
                break
            if step.relation in ("acl", "advcl", "ccomp") or at.head == at:
                found.append(at)
                break
        if not found and top.head == top:
            found = self._beside(top)
        return found

    def _beside(self, top: Token) -> list[Token]:
        """A time that is the root of its sentence, as in notes: the first event of the sentence has it."""
        indices = [i for i in range(top.sent.start, top.sent.end) if i in self.events]
        return [self.draft.doc[indices[0]]] if indices else []

    def _lenders(self, head: Token) -> Iterator[tuple[Token, str]]:
        """The words whose time an event without one shares, nearest first."""
        at = head
        for _ in range(STEPS):
            for other in children(at, "conj"):
                if at == head and _verbal(other) and _verbal(at) and not children(at, "cop"):
                    yield other, "time: of the verb beside it"
            if at == head:
                yield from ((other, "time: of what it came about in") for other in self._settings(at))
            for other in children(at, "xcomp"):
                if not self._looks_ahead(at):
                    yield other, "time: of its clause"
            if at.head == at or not self._shares(at):
                return
            at = at.head
            yield at, "time: of its clause"

    def _settings(self, verb: Token) -> Iterator[Token]:
        """The events in which another came about, and what tells when these happened.

        "Two people were killed in a bombing that happened on 27 June."
        """
        for noun in children(verb, "obl"):
            told = noun.i in self.events or singular(noun.text) in event_nouns()
            if told and any(c.base in ("in", "during", "at", "by", "from") for c in children(noun, "case")):
                yield noun
                yield from (c for c in children(noun, "acl") if c.base in _verbs("happening"))

    def _shares(self, word: Token) -> bool:
        """Whether the word stands at the time of the word above it."""
        above, link = word.head, word.relation
        if self._is_about(above):
            return False
        if link == "conj":
            return _verbal(word) == _verbal(above)
        if link == "xcomp":
            return not self._looks_ahead(above)
        if link == "advcl":
            mark = next((c.base for c in children(word, "mark", "advmod") if c.i < word.i), None)
            return mark in WITH or (mark is None and word.tag_ in ("VBG", "VBN"))
        if link in ("acl",):
            return word.tag_ != "VB" and (above.i in self.events or self._is_decided(above))
        if link in ("nsubj", "obj", "compound", "appos", "cop"):
            return True
        if link in ("obl", "nmod"):
            case = next((c.base for c in children(word, "case")), "")
            if link == "nmod" and case == "of" and above.base in SERIES:
                return True
            return case in ("in", "during", "at", "by", "with", "on", "as") and link == "obl"
        return False

    @staticmethod
    def _is_decided(noun: Token) -> bool:
        """A document by which something is done when it is signed: "on Friday he signed a decree banning veils"."""
        return noun.base in _verbs("documents") and noun.relation in ("obj", "nsubj") and _verbal(noun.head)

    def _is_about(self, word: Token) -> bool:
        """Whether the word speaks of what hangs below it rather than doing it."""
        event = self.events.get(word.i)
        if event is not None and event.type in ABOUT:
            return True
        return word.i in self.cues or word.base in _verbs("about")

    def _looks_ahead(self, word: Token) -> bool:
        return word.base in table("times")["forward"]["verbs"] or word.i in self.cues

    def _carried(self, event: EventDraft, head: Token) -> Answer | None:
        """The day that the story stands at, where a verb in the simple past goes on with it."""
        if event.background or event.realis != "actual" or not (self._tells(head) or self._is_told(head)):
            return None
        at = bisect_right(self._sentences, head.i) - 1
        if self._timed.get(at):
            return None  # the sentence has a time of its own
        for before in range(at - 1, max(-1, at - 1 - CARRIED), -1):
            if self._timed.get(before):
                time = self._story(before, event)
                return (time, "time: the story goes on from a sentence before") if time else None
        return None

    def _story(self, sentence: int, event: EventDraft) -> TimeDraft | None:
        """The one day of a sentence's main verb, told in the same voice as the event."""
        start = self._sentences[sentence]
        root = self.draft.doc[start].sent.root
        found = self._own(root, Range(root.i, root.i + 1))
        same = found is not None and _width(found) == 0 and self._in_one_voice(root.i, event)
        return found if same and self._tells(root) and self._goes_on(root, event) else None

    def _goes_on(self, root: Token, event: EventDraft) -> bool:
        """Whether the event may be of the day of the verb: that does something itself, or the like of the event.

        After "she was sentenced on Monday", "she was fined" is of Monday; that "she killed him" is not.
        """
        if not self._is_about(root):
            return True
        other = self.events.get(root.i)
        return other is not None and root.i not in self.cues and other.type == event.type

    def _is_told(self, head: Token) -> bool:
        """Whether the word is the verb of what somebody says, in the simple past: "officials said they were stabbed"."""
        if (
            head.relation != "ccomp"
            or not self._is_about(head.head)
            or (children(head, "mark") and head.head.base == "ask")
        ):
            return False
        return _simple_past(head)

    def _in_one_voice(self, index: int, event: EventDraft) -> bool:
        """Whether the word and the event are told by the same, or neither of them within quotation marks."""
        here = self.draft.innermost(index)
        if here is event.statement:
            return True
        return all(one is None or one.kind == "indirect" for one in (here, event.statement))

    def _times_by_sentence(self) -> dict[int, list[TimeDraft]]:
        found: dict[int, list[TimeDraft]] = {}
        for time in self.draft.times:
            if time.start is not None:
                found.setdefault(bisect_right(self._sentences, time.range.start) - 1, []).append(time)
        return found

    def _tells(self, head: Token) -> bool:
        """Whether the word is the verb of a main clause in the simple past."""
        first = head
        while first.relation == "conj":
            first = first.head
        if first.relation not in ("root", "parataxis") or not _verbal(head):
            return False
        return _simple_past(head)


def _simple_past(verb: Token) -> bool:
    auxiliaries = children(verb, "aux", "aux:pass")
    if any(a.lower_ in ("had", "has", "have", "will", "would", "could", "may", "might", "should") for a in auxiliaries):
        return False
    return (
        verb.tag_ == "VBD"
        or any(a.lower_ in ("was", "were", "got") for a in auxiliaries)
        or (verb.tag_ == "VBN" and verb.relation == "conj")
    )


def _verbal(word: Token) -> bool:
    return word.pos_ in ("VERB", "AUX")


def _is_earlier(verb: Token) -> bool:
    """Whether an adverb sets the verb before what is being told: "were previously convicted"."""
    return any(c.lower_ in EARLIER for c in children(verb, "advmod"))


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token and depth < STEPS:
        token, depth = token.head, depth + 1
    return depth


def _width(time: TimeDraft) -> int:
    if time.start is None or time.end is None:
        return 10**9
    return (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days
