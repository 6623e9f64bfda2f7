"""Of which event a figure is: what it counts takes part in it, or it is the toll of its clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from sayso.coding.draft import Draft, EventDraft, FigureDraft
from sayso.coding.grammar import ancestors, children
from sayso.coding.parsed import Token

TYPES: dict[str, tuple[str, ...]] = {
    "killed": ("ASSAULT",),
    "injured": ("ASSAULT", "COERCE", "PROTEST"),
    "arrested": ("COERCE", "SANCTION"),
    "missing": ("ASSAULT",),
    "displaced": ("ASSAULT", "COERCE"),
    "participants": ("PROTEST",),
    "attacks": ("ASSAULT",),
    "property": ("ASSAULT", "PROTEST", "COERCE"),
    "money": (),
    "other": (),
}
"""The types of event that a measure can be the toll of, the likeliest first."""
STEPS = 12
"""Words looked at above a counted one."""


class Tally:
    """The events of one article, by the places where figures look for them."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.by_token: dict[int, EventDraft] = {}
        self.by_sentence: dict[int, list[EventDraft]] = {}
        for event in sorted(draft.events, key=lambda e: (e.trigger, e.type)):
            for index in (event.head, *range(*event.trigger)):
                self.by_token.setdefault(index, event)
            self.by_sentence.setdefault(draft.doc[event.head].sent.start, []).append(event)
        self._starts = [sentence.start for sentence in draft.doc.sents]

    def event_of(self, figure: FigureDraft) -> EventDraft | None:
        """The event that the figure measures, None where the grammar ties it to none."""
        head = self.draft.doc[figure.head]
        noun = self.draft.doc[figure.unit.end - 1] if figure.unit else head
        here = self.by_sentence.get(head.sent.start, [])
        return (
            self._governing(figure, noun)
            or self._governing(figure, head)
            or self._with_party(figure, noun, here)
            or self._toll(figure, head, here)
        )

    def _governing(self, figure: FigureDraft, word: Token) -> EventDraft | None:
        """The nearest event above the counted word, where it suits the measure or has the word as argument."""
        below = word
        if (event := self.by_token.get(word.i)) is not None and figure.measure in ("attacks", "arrested", "killed"):
            return event
        if figure.measure == "attacks":  # 500 cases of assault
            below_it = (self.by_token.get(c.i) for c in children(word, "nmod"))
            if (event := next((e for e in below_it if e is not None), None)) is not None:
                return event
        for at in list(ancestors(word))[:STEPS]:
            event = self.by_token.get(at.i)
            if event is not None and (
                _suits(figure, event)
                or (
                    (below == word or below.relation in ("conj", "nsubj", "obj", "obl", "nmod"))
                    and figure.measure in ("other", "money", "participants")
                )
            ):
                return event
            if at.relation in ("ccomp", "acl", "root", "parataxis"):
                return None
            below = at
        return None

    def _with_party(self, figure: FigureDraft, noun: Token, events: Iterable[EventDraft]) -> EventDraft | None:
        """The event in which what is counted is a party."""
        for event in events:
            parties = (*event.recipients, *event.actors)
            if any(noun.i in party.range for party in parties) and (_suits(figure, event) or figure.measure == "other"):
                return event
        return None

    def _toll(self, figure: FigureDraft, head: Token, here: list[EventDraft]) -> EventDraft | None:
        """The event of a fitting type nearest in the sentence; for the killed and injured, the sentence before."""
        found = self._nearest(figure, head, here)
        if found is not None or figure.measure not in ("killed", "injured"):
            return found
        before = self._starts_before(head.sent.start)
        return self._nearest(figure, head, self.by_sentence.get(before[0], [])) if before else None

    def _starts_before(self, start: int) -> list[int]:
        """The start of the sentence before, where it is in the same paragraph."""
        at = bisect_left(self._starts, start)
        if at == 0:
            return []
        gap = self.draft.doc[start - 1]
        return [] if gap.is_space and gap.text.count("\n") > 1 else [self._starts[at - 1]]

    def _nearest(self, figure: FigureDraft, head: Token, events: list[EventDraft]) -> EventDraft | None:
        fitting = [e for e in events if _suits(figure, e) and e.realis in ("actual", "attempted")]
        statement = self.draft.innermost(figure.head)
        return min(
            fitting,
            key=lambda e: (
                TYPES[figure.measure].index(e.type),
                e.statement is not statement,
                abs(e.head - head.i),
                e.head,
            ),
            default=None,
        )


def _suits(figure: FigureDraft, event: EventDraft) -> bool:
    return event.type in TYPES[figure.measure]
