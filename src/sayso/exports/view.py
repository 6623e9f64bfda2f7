"""A coding as people read it: records found by id, and their fields in words. Every export reads through it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from sayso.records import Actor, Coding, Event, Figure, Party, Place, Realis, Span, Statement, Time

REALIS = {
    "actual": "actual",
    "attempted": "attempted, not done",
    "future": "still to come",
    "hypothetical": "only possible",
    "negated": "said not to have happened",
}
PRONOUNS = frozenset("he she they it i we him her them us who his their its".split())

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that would steer a terminal or turn the direction of a line."""


def plain(text: str) -> str:
    """The words on one line: white space single, control characters shown as U+FFFD."""
    return _CONTROL.sub("\ufffd", " ".join(text.split()))


def shorten(text: str, width: int) -> str:
    """At most `width` characters, cut at a word where one ends near."""
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" ,;:") + "…"


def number(value: float) -> str:
    """1234 → "1,234"; 2.5 → "2.5"."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def bounds(figure: Figure) -> str:
    """The figure's bounds in words: "at least 130", "about 100", "20 to 30", "dozens (at least 24)"."""
    low, high = figure.low, figure.high
    in_words = figure.approximate and bool(figure.text) and not any(c.isdigit() for c in figure.text)
    if in_words and (low is not None or high is not None):  # "dozens", "several hundred"
        return f"{plain(figure.text)} ({bounds(figure.model_copy(update={'approximate': False}))})"
    about = "about " if figure.approximate else ""
    if low is None and high is None:
        return "an unknown number"
    if high is None:
        return f"at least {about}{number(low or 0)}"
    if low is None or (low == 0 and high > 0):
        return f"at most {about}{number(high)}"
    return about + (number(low) if low == high else f"{number(low)} to {number(high)}")


class View:
    """One coding, with the look-ups and phrases that exports share."""

    def __init__(self, coding: Coding):
        self.coding = coding
        self.article = coding.article

    @cached_property
    def _by_id(self) -> dict[str, object]:
        return {item.id: item for item in self.coding.items()}

    def words(self, span: Span | None) -> str:
        """The article's words at a span, on one line."""
        return plain(span.of(self.article.text)) if span else ""

    def actor(self, identifier: str | None) -> Actor | None:
        found = self._by_id.get(identifier or "")
        return found if isinstance(found, Actor) else None

    def place(self, identifier: str | None) -> Place | None:
        found = self._by_id.get(identifier or "")
        return found if isinstance(found, Place) else None

    def time(self, identifier: str | None) -> Time | None:
        found = self._by_id.get(identifier or "")
        return found if isinstance(found, Time) else None

    def figure(self, identifier: str | None) -> Figure | None:
        found = self._by_id.get(identifier or "")
        return found if isinstance(found, Figure) else None

    def statement(self, identifier: str | None) -> Statement | None:
        found = self._by_id.get(identifier or "")
        return found if isinstance(found, Statement) else None

    def figures(self, event: Event) -> list[Figure]:
        return [f for f in map(self.figure, event.figures) if f]

    def chain(self, event: Event) -> tuple[Statement, ...]:
        """The statements an event is reported in, outermost first; empty is the article's own voice."""
        return tuple(s for s in map(self.statement, event.statements) if s)

    def said_by(self, identifier: str | None) -> tuple[Statement, ...]:
        """A statement and those that report it, outermost first."""
        found: list[Statement] = []
        at = self.statement(identifier)
        while at and at not in found:
            found.append(at)
            at = self.statement(at.within)
        return tuple(reversed(found))

    def party(self, party: Party) -> str:
        """The actor's name, and the words that stand for it here where they say something else."""
        actor = self.actor(party.actor)
        here = self.words(party.span)
        name = plain(actor.name) if actor else ""
        if not name or not here:
            return name or here
        same = here.casefold() in name.casefold() or here.casefold() in PRONOUNS
        return name if same else here if name.casefold() in here.casefold() else f"{name} (“{here}”)"

    def parties(self, parties: Iterable[Party]) -> str:
        return ", ".join(dict.fromkeys(self.party(p) for p in parties))

    def names(self, parties: Iterable[Party]) -> list[str]:
        """Actor names, each once."""
        return list(dict.fromkeys(plain(a.name) for a in (self.actor(p.actor) for p in parties) if a))

    def speaker(self, statement: Statement) -> str:
        """Who said it: the words that name the speaker where they hold the actor's name, else that name.

        What follows the name after a comma ("Smith, who lives in Oslo,") is left out. "someone unnamed" where there is
        neither.
        """
        actor, here = self.actor(statement.speaker), self.words(statement.speaker_span)
        name = plain(actor.name) if actor else ""
        at = here.casefold().find(name.casefold())
        if at >= 0:
            end = here.find(",", at + len(name))
            name = here[:end] if end > 0 else here
        return name.strip(" ,;:") or "someone unnamed"

    def content(self, statement: Statement) -> str:
        """What is said, its parts joined by an ellipsis."""
        return " … ".join(filter(None, map(self.words, statement.content_spans)))

    def voice(self, chain: Iterable[Statement]) -> str:
        """Whose word it rests on, innermost first: "a nurse, as the ministry tells it"; "the article" for none."""
        names = [self.speaker(s) for s in chain]
        if not names:
            return "the article"
        return names[-1] + "".join(f", as {outer} tells it" for outer in reversed(names[:-1]))

    def channels(self, chain: Iterable[Statement]) -> list[str]:
        """The channels that a chain of statements came through, each once."""
        return list(dict.fromkeys(plain(s.channel.name) for s in chain if s.channel))

    def kind(self, event: Event) -> str:
        """ "ASSAULT, destroy": PLOVER type and mode."""
        return f"{event.type}, {event.mode}" if event.mode else event.type

    def realis(self, realis: Realis) -> str:
        return REALIS[realis]

    def where(self, event: Event) -> str:
        """ "Almaty (KAZ)", with a note where the gazetteer does not know the place."""
        place = self.place(event.place)
        if not place:
            return ""
        if place.latitude is None:
            return f"{plain(place.name)} (not located)"
        return f"{plain(place.name)} ({place.country})" if place.country else plain(place.name)

    def when(self, event: Event) -> str:
        """ "2022-01-05" or "2022-01-05 to 2022-01-07"; the words where they name no interval."""
        time = self.time(event.time)
        if not time:
            return ""
        if time.start and time.end:
            return time.start if time.start == time.end else f"{time.start} to {time.end}"
        if time.start or time.end:
            return f"from {time.start}" if time.start else f"until {time.end}"
        return plain(time.text)

    def count(self, figure: Figure) -> str:
        """ "killed: at least 130 women"."""
        unit = f" {plain(figure.unit)}" if figure.unit else ""
        measure = "" if figure.measure == "other" else f"{figure.measure}: "
        return f"{measure}{bounds(figure)}{unit}"

    def order(self) -> list[Statement]:
        """Statements in the order of the text."""
        return sorted(self.coding.statements, key=lambda s: (s.content_spans or (s.cue_span or Span(0, 0),))[0])
