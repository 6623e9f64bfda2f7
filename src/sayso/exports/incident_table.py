"""Incidents for people: a CSV with one row each, harmless to a spreadsheet, and a short report for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from sayso.exports.spreadsheet import COUNTED, Cell, bound, cell, counts, line
from sayso.exports.table import WIDTH, heading, labelled, printed
from sayso.exports.tellings import by_origin, denier, joined, outlet, parties, tellings, whose
from sayso.exports.view import plain
from sayso.ledger.dossier import Dossier
from sayso.records import Denial, Incident, Place, Standing, Value

Column = Callable[[Dossier], Cell]

STANDING_STYLE: dict[Standing, str] = {
    "corroborated": "green",
    "single origin": "",
    "claimed": "yellow",
    "unattributed": "yellow",
    "disputed": "red",
}


def _place(name: str) -> Column:
    return lambda d: getattr(d.incident.place, name, None)


def _told(measure: str) -> Column:
    """Every value of a field with who gives it: "at least 12 (a nurse); 3 (the ministry)"."""

    def column(dossier: Dossier) -> Cell:
        incident = dossier.incident
        return joined(
            f"{plain(v.value)} ({whose(incident, v.origin, v.speaker)})" for v in incident.values.get(measure, ())
        )

    return column


def _bound(measure: str, side: str) -> Column:
    """Lowest low or highest high that anybody gives; empty where nobody does, and for a high where one is open-ended."""

    def column(dossier: Dossier) -> Cell:
        values = dossier.incident.values.get(measure, ())
        return bound([v.low if side == "low" else v.high for v in values], side)

    return column


COLUMNS: dict[str, tuple[str, Column]] = {
    "id": ("the incident's id", lambda d: d.incident.id),
    "type": ("PLOVER type", lambda d: d.incident.type),
    "mode": ("PLOVER mode", lambda d: d.incident.mode),
    "cameo": ("CAMEO code", lambda d: d.incident.cameo),
    "acled_event_type": ("ACLED event type", lambda d: d.incident.acled.event_type if d.incident.acled else None),
    "acled_sub_event_type": (
        "ACLED sub-event type",
        lambda d: d.incident.acled.sub_event_type if d.incident.acled else None,
    ),
    "standing": ("single origin, corroborated, disputed, claimed or unattributed", lambda d: d.incident.standing),
    "because": ("why it stands so", lambda d: d.incident.because),
    "realis": ("that of its reports", lambda d: joined(t.event.realis for t in tellings(d))),
    "start": ("first day, ISO", lambda d: d.incident.start),
    "end": ("last day, ISO, inclusive", lambda d: d.incident.end),
    "place": ("where it happened, as written", _place("name")),
    "geonameid": ("GeoNames id of the place", _place("geonameid")),
    "latitude": ("degrees north", _place("latitude")),
    "longitude": ("degrees east", _place("longitude")),
    "country": ("alpha-3 of the place", _place("country")),
    "admin1": ("first-order division of the place", _place("admin1")),
    "precision": ("facility, settlement, admin2, admin1, country or region", _place("precision")),
    "actors": ("who did it", lambda d: joined(p.name for p in parties(d, "actors"))),
    "recipients": ("to whom", lambda d: joined(p.name for p in parties(d, "recipients"))),
    **counts(_bound),
    **{f"{measure}_told": (f"every number {measure}, and who gives it", _told(measure)) for measure in COUNTED},
    "origins": ("whose word it rests on", lambda d: joined(f"{plain(o.name)} ({o.kind})" for o in d.incident.origins)),
    "voices": (
        "who says so, outermost first, report by report; empty: the articles themselves",
        lambda d: joined(" > ".join(t.voices) for t in tellings(d)),
    ),
    "denied_by": ("who says it was not so", lambda d: joined(denier(d.incident, x) for x in d.incident.denials)),
    "outlets": ("where it was reported", lambda d: joined(outlet(t.article) for t in tellings(d))),
    "reports": ("how many reports", lambda d: len(d.incident.reports)),
    "copies": ("how many of them repeat another", lambda d: sum(r.copy_of is not None for r in d.incident.reports)),
    "first_published": ("ISO 8601", lambda d: d.incident.first_published),
    "last_published": ("ISO 8601", lambda d: d.incident.last_published),
}
"""Every column: what it holds, and how it is found."""


def header() -> str:
    """The header line."""
    return line(COLUMNS)


def row(dossier: Dossier) -> str:
    """The incident's line.

    Raises:
        LedgerError: a report is not in the dossier.
    """
    return line(cell(column(dossier)) for _, column in COLUMNS.values())


def incident_report(incident: Incident, *, width: int = WIDTH, color: bool = False) -> str:
    """A readable report of `width` columns, with ANSI colours where asked; ends with a blank line."""
    return printed(_parts(incident), width, color)


def _parts(incident: Incident) -> Iterator[RenderableType]:
    kind = f"{incident.type}, {incident.mode}" if incident.mode else incident.type
    facts = [kind, _where(incident.place), _when(incident)]
    yield heading(" · ".join(plain(fact) for fact in facts if fact), plain(incident.id))
    standing = Text(incident.standing, STANDING_STYLE[incident.standing])
    yield labelled(standing, Text(plain(incident.because)))
    for field, values in incident.values.items():
        yield labelled(field, Group(*_told_by(incident, values)))
    if incident.denials:
        yield labelled(Text("denied", "red"), Group(*_lines(_denial(incident, d) for d in incident.denials)))
    yield labelled("reported", Text(_reported(incident)))


def _where(place: Place | None) -> str:
    if place is None:
        return "place unknown"
    if place.latitude is None:
        return f"{place.name} (not located)"
    return f"{place.name} ({place.country})" if place.country else place.name


def _when(incident: Incident) -> str:
    if incident.start and incident.end and incident.start != incident.end:
        return f"{incident.start} to {incident.end}"
    return incident.start or (f"until {incident.end}" if incident.end else "day unknown")


def _told_by(incident: Incident, values: tuple[Value, ...]) -> list[Text]:
    """A line an origin: each value once, in their order, with the articles and offsets of its words."""
    lines = []
    for origin, given in by_origin(values).items():
        said: dict[str, dict[str, list[Value]]] = {}
        for value in given:
            said.setdefault(plain(value.value), {}).setdefault(value.article, []).append(value)
        one = Text(f"{whose(incident, origin, None if origin else given[0].speaker)}: ", "dim")
        for number, (words, sources) in enumerate(said.items()):
            one.append(f"{', ' if number else ''}{words}", "not dim")
            one.append(f" [{'; '.join(map(_sourced, sources.values()))}]")
        lines.append(one)
    return lines


def _sourced(same: Sequence[Value]) -> str:
    """The article that the words stand in, where, and the day on which it came out: "made-1 204–215, 2022-01-06"."""
    spans = dict.fromkeys(f"{v.span.start}–{v.span.end}" for v in same)
    at = f"{plain(same[0].article)} {', '.join(spans)}"
    return f"{at}, {_day(same[0].published)}" if same[0].published else at


def _day(published: str) -> str:
    return plain(published.partition("T")[0])


def _denial(incident: Incident, denial: Denial) -> str:
    return f"by {denier(incident, denial)} [{plain(denial.article)} {denial.span.start}–{denial.span.end}]"


def _lines(said: Iterable[str]) -> list[Text]:
    return [Text(one) for one in dict.fromkeys(said)]


def _reported(incident: Incident) -> str:
    count = len(incident.reports)
    copies = sum(report.copy_of is not None for report in incident.reports)
    told = f"{count} report{'' if count == 1 else 's'}" + (f", {copies} of them copied" if copies else "")
    first, last = (_day(one or "") for one in (incident.first_published, incident.last_published))
    dates = f"first {first}, latest {last}" if first and last and first != last else first
    return f"{told}; {dates}" if dates else told
