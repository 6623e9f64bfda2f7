"""The reports of an incident as its page lists them, and who denies it beside who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sayso.desk.quoting import Passage, address, passage
from sayso.desk.telling import KINDS
from sayso.exports.tellings import denier, denying_words, outlet, tellings
from sayso.exports.view import REALIS, View, plain
from sayso.ledger.dossier import Dossier
from sayso.records import Incident

CLAIMS = 8
"""Most origins whose words stand beside a denial."""


class Told(NamedTuple):
    """A report. `name`: article and event, as forms send them; `voices`: whose words, "a nurse, as the ministry tells it", empty for
    the article's own; `copied`: the name and the address of the article that this one repeats."""

    name: str
    passage: Passage
    origin: str
    kind: str
    voices: str
    realis: str
    background: bool
    copied: tuple[str, str] | None


class Denied(NamedTuple):
    """Who says that it was not so, and in what words."""

    who: str
    words: str
    passage: Passage | None


class Counts(NamedTuple):
    reports: int
    articles: int
    copies: int
    origins: int


def counts(incident: Incident) -> Counts:
    """Reports are all that is told; copies are articles that repeat another one."""
    articles = {one.article for one in incident.reports}
    copies = {one.article for one in incident.reports if one.copy_of}
    return Counts(len(incident.reports), len(articles), len(copies), len(incident.origins))


def told(dossier: Dossier, views: Mapping[str, View]) -> list[Told]:
    """In their order: by time."""
    found = []
    for one in tellings(dossier):
        report, view, event = one.report, views[one.report.article], one.event
        origin = one.origin
        found.append(
            Told(
                f"{report.article}/{report.event}",
                passage(view, event.span),
                plain(origin.name) if origin else "",
                KINDS[origin.kind] if origin else "",
                one.teller if one.voices else "",
                REALIS[event.realis],
                event.background,
                _copied(report.copy_of, views),
            )
        )
    return found


def _copied(key: str | None, views: Mapping[str, View]) -> tuple[str, str] | None:
    if key is None:
        return None
    view = views.get(key)
    return (outlet(view.article) if view else "another article"), address(key)


def denied(dossier: Dossier, views: Mapping[str, View]) -> list[Denied]:
    """The denials, in their order."""
    return [
        Denied(
            denier(dossier.incident, one),
            denying_words(dossier, one) or "",
            passage(views[one.article], one.span, one.speaker) if one.article in views else None,
        )
        for one in dossier.incident.denials
    ]


def claims(all_told: Iterable[Told]) -> list[Told]:
    """Who says so: of each origin its first report."""
    first: dict[str, Told] = {}
    for one in all_told:
        if one.copied is None:
            first.setdefault(one.origin, one)
    return list(first.values())[:CLAIMS]
