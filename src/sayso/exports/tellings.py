"""A dossier as exporters read it: each report with its event, the voice that tells it and whose word it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from sayso.errors import LedgerError
from sayso.exports.view import View, plain
from sayso.ledger.dossier import Dossier
from sayso.records import Actor, Article, Denial, Event, Incident, Origin, Report, Value

UNNAMED = "someone unnamed"
LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""Where what has no date of publication is put in order: before all that has one."""


class Telling(NamedTuple):
    """One report of an incident, the event that it is, and its origin (None: nobody that the article names)."""

    report: Report
    view: View
    event: Event
    origin: Origin | None

    @property
    def article(self) -> Article:
        return self.view.article

    @property
    def clause(self) -> str:
        """The words that support it, on one line."""
        return self.view.words(self.event.span)

    @property
    def voices(self) -> list[str]:
        """Who says so, outermost first; empty is the article itself."""
        return [self.view.speaker(s) for s in self.view.chain(self.event)]

    @property
    def teller(self) -> str:
        """Who tells it: "a nurse, as the ministry tells it"; the outlet where the article speaks for itself."""
        chain = self.view.chain(self.event)
        return self.view.voice(chain) if chain else outlet(self.article)


def outlet(article: Article) -> str:
    """Who published it: the outlet, else the host of its URL, else its source, else its id."""
    return plain(article.outlet or host(article.source) or article.source or article.id)


def is_web(source: str) -> bool:
    return source.startswith(("http://", "https://")) and bool(host(source))


def host(source: str) -> str:
    """The host of a URL without "www."; empty for what is no URL."""
    try:
        return (urlsplit(source).hostname or "").removeprefix("www.")
    except ValueError:  # "http://[…" is no address
        return ""


def tellings(dossier: Dossier) -> list[Telling]:
    """The reports of a dossier's incident, in their order.

    Raises:
        LedgerError: a report's coding, or its event in it, is not in the dossier.
    """
    views = {article: View(coding) for article, coding in dossier.codings.items()}
    origins = {origin.id: origin for origin in dossier.incident.origins}
    return [_telling(dossier.incident, views, origins, report) for report in dossier.incident.reports]


def _telling(incident: Incident, views: dict[str, View], origins: dict[str, Origin], report: Report) -> Telling:
    view = views.get(report.article)
    event = next((e for e in view.coding.events if e.id == report.event), None) if view else None
    if view is None or event is None:
        raise LedgerError(f"incident {incident.id}: no event {report.event} of article {report.article} is at hand")
    return Telling(report, view, event, origins.get(report.origin or ""))


def moment(published: str | None) -> datetime | None:
    """An ISO 8601 date or date-time as a moment; without a zone it is UTC's, a day its first second. None: not known."""
    try:
        at = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def seconds(published: str | None) -> int | None:
    """Unix seconds of a moment of publication."""
    at = moment(published)
    return int(at.timestamp()) if at else None


def whose(incident: Incident, origin: str | None, speaker: str | None = None) -> str:
    """Whose word a value or a denial is: the speaker where one is named, else the origin; UNNAMED for neither."""
    found = next((o.name for o in incident.origins if o.id == origin), None)
    return plain(speaker or found or UNNAMED)


def denier(incident: Incident, denial: Denial) -> str:
    """Whose voice a denial is."""
    return whose(incident, denial.origin, denial.speaker)


def denying_words(dossier: Dossier, denial: Denial) -> str | None:
    """What is said in the statement that denies, else the words of the denial; None where its article is not at hand."""
    coding = dossier.codings.get(denial.article)
    if coding is None:
        return None
    view = View(coding)
    statement = view.statement(denial.statement)
    return (view.content(statement) if statement else "") or view.words(denial.span)


def by_origin(values: Iterable[Value]) -> dict[str | None, list[Value]]:
    """The values of one field by their origin, in the order in which the origins come."""
    found: dict[str | None, list[Value]] = {}
    for value in values:
        found.setdefault(value.origin, []).append(value)
    return found


def latest(values: Iterable[Value]) -> list[Value]:
    """Of each origin the values that it gave last; more than one where it gave them at one moment."""
    kept: list[Value] = []
    for given in by_origin(values).values():
        last = max(moment(v.published) or LONG_AGO for v in given)
        kept += [v for v in given if (moment(v.published) or LONG_AGO) == last]
    return kept


class Named(NamedTuple):
    """A party to an incident: its name, its country (alpha-3 or None) and its PLOVER agent codes."""

    name: str
    country: str | None
    sectors: tuple[str, ...]


def parties(dossier: Dossier, side: str) -> list[Named]:
    """The incident's `actors` or `recipients`, each once: those that most origins name first, then in their order."""
    found: dict[str, Named] = {}
    named_by: dict[str, set[str | None]] = {}
    for value in dossier.incident.values.get(side, ()):
        actor = _actor(dossier, value)
        name = plain(actor.name if actor else value.value)
        key = name.casefold()
        found.setdefault(key, Named(name, actor.country if actor else None, actor.sectors if actor else ()))
        named_by.setdefault(key, set()).add(value.origin)
    return sorted(found.values(), key=lambda named: -len(named_by[named.name.casefold()]))


def _actor(dossier: Dossier, value: Value) -> Actor | None:
    """Whom the words of a value name in their article."""
    coding = dossier.codings.get(value.article)
    if coding is None:
        return None
    known = {actor.id: actor for actor in coding.actors}
    for event in coding.events:
        for party in (*event.actors, *event.recipients):
            if party.span == value.span and party.actor in known:
                return known[party.actor]
    return next((actor for actor in coding.actors if value.span in actor.mentions), None)


def joined(values: Iterable[str | None]) -> str:
    """Several values in one cell, each once."""
    return "; ".join(dict.fromkeys(v for v in values if v))
