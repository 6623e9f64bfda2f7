"""One coding, with the look-ups that checks need."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from sayso.records import Actor, Coding, Party, Place, Span, Statement


def any_of(wanted: Any) -> list[Any]:
    """A list stands for any of its members."""
    return wanted if isinstance(wanted, list) else [wanted]


class Reader:
    """Finds words in the article, and the names behind ids."""

    def __init__(self, coding: Coding) -> None:
        self.coding = coding
        self.text = coding.article.text

    @cached_property
    def _records(self) -> dict[str, Any]:
        return {item.id: item for item in self.coding.items()}

    def get(self, identifier: str | None) -> Any:
        """The record with this id, or None."""
        return self._records.get(identifier) if identifier else None

    def spans(self, words: Any) -> list[Span]:
        """Wherever any of these words stand."""
        found = []
        for one in any_of(words):
            at = self.text.find(one)
            while at >= 0:
                found.append(Span(at, at + len(one)))
                at = self.text.find(one, at + 1)
        return found

    def stands_on(self, span: Span | None, words: Any) -> bool:
        return span is not None and any(span.overlaps(other) for other in self.spans(words))

    def mentions(self, record: Actor | Place | None) -> list[str]:
        """The name and every mention, as written."""
        return [record.name, *(span.of(self.text) for span in record.mentions)] if record else []

    def calls(self, actor: str | None, span: Span | None, words: Any) -> bool:
        """Whether the actor's mentions, or what stands in the span, hold any of these words."""
        seen = self.mentions(self.get(actor)) + ([span.of(self.text)] if span else [])
        return holds_any(seen, words)

    def has_party(self, parties: Iterable[Party], words: Any) -> bool:
        return any(self.calls(party.actor, party.span, words) for party in parties)

    def said_by(self, statement: Statement | None, words: Any) -> bool:
        return statement is not None and self.calls(statement.speaker, statement.speaker_span, words)


def holds_any(seen: Iterable[str], words: Any) -> bool:
    """Whether any of the strings holds any of the words, without regard to case."""
    joined = " | ".join(seen).lower()
    return any(word.lower() in joined for word in any_of(words))
