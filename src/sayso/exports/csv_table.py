"""One row an event, for spreadsheets. Several values in one cell are separated by "; "."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sayso.exports.spreadsheet import Cell, bound, cell, counts, line
from sayso.exports.view import View
from sayso.records import Coding, Event

Column = Callable[[View, Event], Cell]


def _join(values: list[str]) -> str:
    return "; ".join(dict.fromkeys(v for v in values if v))


def _countries(view: View, actors: list[str]) -> str:
    return _join([found.country or "" for found in map(view.actor, actors) if found])


def _sectors(view: View, actors: list[str]) -> str:
    return _join([s for found in map(view.actor, actors) if found for s in found.sectors])


def _bound(measure: str, side: str) -> Column:
    """Lowest low or highest high of an event's figures of one measure, parts left aside; empty where open-ended."""

    def column(view: View, event: Event) -> Cell:
        figures = (f for f in view.figures(event) if f.measure == measure and f.part_of is None)
        return bound([f.low if side == "low" else f.high for f in figures], side)

    return column


def _place(name: str) -> Column:
    return lambda view, event: getattr(view.place(event.place), name, None)


def _time(name: str) -> Column:
    return lambda view, event: getattr(view.time(event.time), name, None)


COLUMNS: dict[str, tuple[str, Column]] = {
    "article": ("the article's id", lambda v, e: v.article.id),
    "source": ("path or URL it was read from", lambda v, e: v.article.source),
    "outlet": ("the outlet", lambda v, e: v.article.outlet),
    "title": ("the article's title", lambda v, e: v.article.title),
    "published": ("ISO 8601 date or date-time", lambda v, e: v.article.published),
    "event": ("the event's id in this article", lambda v, e: e.id),
    "type": ("PLOVER type", lambda v, e: e.type),
    "mode": ("PLOVER mode", lambda v, e: e.mode),
    "contexts": ("PLOVER contexts", lambda v, e: _join(list(e.contexts))),
    "cameo": ("CAMEO code", lambda v, e: e.cameo),
    "acled_event_type": ("ACLED event type", lambda v, e: e.acled.event_type if e.acled else None),
    "acled_sub_event_type": ("ACLED sub-event type", lambda v, e: e.acled.sub_event_type if e.acled else None),
    "realis": ("actual, attempted, future, hypothetical or negated", lambda v, e: e.realis),
    "background": ("true where it is told as history", lambda v, e: "true" if e.background else "false"),
    "actors": ("who did it", lambda v, e: _join(v.names(e.actors))),
    "actor_countries": ("their countries, alpha-3", lambda v, e: _countries(v, [p.actor for p in e.actors])),
    "actor_sectors": ("their PLOVER agent codes", lambda v, e: _sectors(v, [p.actor for p in e.actors])),
    "recipients": ("to whom", lambda v, e: _join(v.names(e.recipients))),
    "recipient_countries": ("their countries", lambda v, e: _countries(v, [p.actor for p in e.recipients])),
    "recipient_sectors": ("their agent codes", lambda v, e: _sectors(v, [p.actor for p in e.recipients])),
    "instrument": ("the words that name the means", lambda v, e: v.words(e.instrument)),
    "place": ("where it happened, as written", _place("name")),
    "geonameid": ("GeoNames id of the place", _place("geonameid")),
    "latitude": ("degrees north", _place("latitude")),
    "longitude": ("degrees east", _place("longitude")),
    "country": ("alpha-3 of the place", _place("country")),
    "admin1": ("first-order division of the place", _place("admin1")),
    "precision": ("facility, settlement, admin2, admin1, country or region", _place("precision")),
    "when": ("the words that say when", _time("text")),
    "start": ("first day, ISO", _time("start")),
    "end": ("last day, ISO, inclusive", _time("end")),
    "granularity": ("day, week, month, …", _time("granularity")),
    **counts(_bound),
    "figures": ("all figures in words", lambda v, e: _join([v.count(f) for f in v.figures(e)])),
    "voices": (
        "who says so, outermost first; empty: the article itself",
        lambda v, e: " > ".join(v.speaker(s) for s in v.chain(e)),
    ),
    "channels": ("through which channels", lambda v, e: _join(v.channels(v.chain(e)))),
    "score": ("0 to 1", lambda v, e: e.score),
    "trigger": ("the words of the act", lambda v, e: v.words(e.trigger)),
    "trigger_start": ("code points into the article's text", lambda v, e: e.trigger.start),
    "trigger_end": ("end-exclusive", lambda v, e: e.trigger.end),
    "clause": ("the words it stands in", lambda v, e: v.words(e.span)),
    "because": ("the rule that coded it", lambda v, e: e.because),
}
"""Every column: what it holds, and how it is found."""


def header() -> str:
    """The header line."""
    return line(COLUMNS)


def rows(coding: Coding) -> Iterator[str]:
    """The lines of one coding's events, in the order of the text."""
    view = View(coding)
    for event in coding.events:
        yield line(cell(column(view, event)) for _, column in COLUMNS.values())
