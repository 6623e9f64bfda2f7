"""What an article says, by voice: its own assertions first, then what it attributes, one group a voice."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.exports.view import View
from sayso.records import Event, Figure, Statement


@dataclass
class Voice:
    """One voice: the chain of speakers (empty: the article) and the channels it came through, but for one that `name` names
    already, and what stands on its word, in the text's order."""

    name: str
    channels: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    """Figures that belong to no event."""

    @property
    def own(self) -> bool:
        return not self.statements


def _key(view: View, chain: tuple[Statement, ...]) -> tuple[str, ...]:
    return (
        (*(s.speaker or view.speaker(s).casefold() for s in chain), "through", *view.channels(chain)) if chain else ()
    )


def voices(view: View) -> list[Voice]:
    """The article's own voice first, then the others in the order in which they first speak.

    Background events are left out: see `background`. A voice is a chain of speakers with its channels, so that what a
    nurse said and what a ministry said that a nurse said are two, and so are what she said on the radio and off it.
    """
    found: dict[tuple[str, ...], Voice] = {(): Voice("the article")}
    for statement in view.order():
        chain = view.said_by(statement.id)
        _voice(view, found, chain).statements.append(statement)
    for event in view.coding.events:
        if not event.background:
            _voice(view, found, view.chain(event)).events.append(event)
    told = {name for event in view.coding.events for name in event.figures}
    for figure in view.coding.figures:
        if figure.id not in told:
            _voice(view, found, view.said_by(figure.statement)).figures.append(figure)
    return list(found.values())


def _voice(view: View, found: dict[tuple[str, ...], Voice], chain: tuple[Statement, ...]) -> Voice:
    key = _key(view, chain)
    if key not in found:
        name = view.voice(chain)
        # "the agency, through the agency" says nothing twice over.
        channels = [one for one in view.channels(chain) if one.casefold() not in name.casefold()]
        found[key] = Voice(name, channels)
    return found[key]


def background(view: View) -> list[Event]:
    """Events told as history."""
    return [event for event in view.coding.events if event.background]
