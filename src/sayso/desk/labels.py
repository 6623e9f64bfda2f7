"""What each origin calls the parties of an incident: "protesters" with the one, "terrorists" with the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sayso.desk.quoting import Passage, passage
from sayso.desk.telling import KINDS
from sayso.exports.view import View, plain
from sayso.ledger.dossier import Dossier
from sayso.ledger.origins import origin_of_chain
from sayso.records import Label, Origin

SIDES = ("actors", "recipients")
SHOWN = 3
"""Passages shown of one label."""


class Called(NamedTuple):
    """A label, how often it is used, and whether always with reserve ("the alleged thief")."""

    words: str
    times: int
    distanced: bool
    passages: tuple[Passage, ...]


class Caller(NamedTuple):
    """Whose words they are, and what he calls those who did it and those to whom it was done."""

    name: str
    kind: str
    actors: tuple[Called, ...]
    recipients: tuple[Called, ...]


Used = dict[str, list[tuple[Label, View, str]]]


def callers(dossier: Dossier, views: Mapping[str, View]) -> list[Caller]:
    """Those who call the parties anything, in the order of the incident's origins; then all others."""
    found: dict[str, tuple[Origin | None, dict[str, Used]]] = {}
    for key, sides in _parties(dossier, views).items():
        voices = _reported(dossier, key, views[key])
        for side, label in _labels(views[key], sides):
            if label.statement not in voices:
                voices[label.statement] = _voice(views[key], label.statement)
            origin, speaker = voices[label.statement]
            _, used = found.setdefault(origin.id if origin else "", (origin, {side: {} for side in SIDES}))
            used[side].setdefault(plain(label.text).casefold(), []).append((label, views[key], speaker))
    order = {one.id: at for at, one in enumerate(dossier.incident.origins)}
    keys = sorted(found, key=lambda one: (order.get(one, len(order)), one == ""))
    return [_caller(*found[key]) for key in keys]


def _parties(dossier: Dossier, views: Mapping[str, View]) -> dict[str, dict[str, set[str]]]:
    """By article: the ids of its actors that are a party, by side. Copies say nothing of their own."""
    found: dict[str, dict[str, set[str]]] = {}
    for report in dossier.incident.reports:
        view = views.get(report.article)
        event = next((one for one in view.coding.events if one.id == report.event), None) if view else None
        if event is None or report.copy_of is not None:
            continue
        sides = found.setdefault(report.article, {side: set() for side in SIDES})
        sides["actors"].update(party.actor for party in event.actors)
        sides["recipients"].update(party.actor for party in event.recipients)
    return found


def _reported(dossier: Dossier, key: str, view: View) -> dict[str | None, tuple[Origin | None, str]]:
    """Whose words the article's statements are, as far as the incident's reports say so; its own words are under None."""
    origins = {one.id: one for one in dossier.incident.origins}
    found: dict[str | None, tuple[Origin | None, str]] = {}
    for report in dossier.incident.reports:
        if report.article == key and report.origin in origins:
            innermost = view.statement(report.statements[-1]) if report.statements else None
            found[innermost.id if innermost else None] = (
                origins[report.origin],
                view.speaker(innermost) if innermost else "",
            )
    return found


def _labels(view: View, sides: Mapping[str, set[str]]) -> Iterator[tuple[str, Label]]:
    for side in SIDES:
        for actor in view.coding.actors:
            if actor.id in sides[side]:
                yield from ((side, label) for label in actor.labels)


def _voice(view: View, statement: str | None) -> tuple[Origin | None, str]:
    """Whose word a statement is, and who is named as its speaker; the article's own for none."""
    chain = view.said_by(statement)
    named = origin_of_chain(view.coding, chain)
    return (named.record() if named else None), (view.speaker(chain[-1]) if chain else "")


def _caller(origin: Origin | None, used: dict[str, Used]) -> Caller:
    name, kind = (plain(origin.name), KINDS[origin.kind]) if origin else ("Nobody’s word", KINDS[""])
    return Caller(name, kind, *(_called(used[side]) for side in SIDES))


def _called(used: Used) -> tuple[Called, ...]:
    """The most used first."""
    ordered = sorted(used.values(), key=lambda some: -len(some))
    return tuple(
        Called(
            plain(some[0][0].text),
            len(some),
            all(label.distanced for label, _, _ in some),
            tuple(passage(view, label.span, speaker) for label, view, speaker in some[:SHOWN]),
        )
        for some in ordered
    )
