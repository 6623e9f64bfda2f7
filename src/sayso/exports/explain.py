"""Why each event was coded: its words, the rule, the decisions, its voice."""

from __future__ import annotations

from sayso.exports.view import View
from sayso.records import Coding, Event


def reasons(view: View, event: Event) -> list[tuple[str, str]]:
    """Name and value of everything that led to an event, in the order of the decisions."""
    because = [part.strip() for part in event.because.split(";") if part.strip()]
    found = [("words", f"{view.words(event.trigger)} [{event.trigger.start}–{event.trigger.end}]")]
    found += [("pattern", because[0].removeprefix("pattern "))] if because else []
    found += [("decided", part) for part in because[1:]]
    found += [("actor", f"{view.party(p)} [{p.span.start}–{p.span.end}]") for p in event.actors]
    found += [("recipient", f"{view.party(p)} [{p.span.start}–{p.span.end}]") for p in event.recipients]
    place, time = view.place(event.place), view.time(event.time)
    if place:
        identity = f"GeoNames {place.geonameid}, {place.precision}" if place.geonameid else "not in the gazetteer"
        found.append(("place", f"{view.where(event)}: {identity}, score {place.score:g}"))
    if time:
        found.append(("time", f"“{view.words(time.span)}” = {view.when(event)}"))
    found.append(("realis", event.realis + (", background" if event.background else "")))
    found += [
        ("voice", f"{view.speaker(s)}, {s.kind} {s.act}" + (f", cue “{view.words(s.cue_span)}”" if s.cue_span else ""))
        for s in view.chain(event)
    ] or [("voice", "the article's own")]
    codes = [f"CAMEO {event.cameo}"] if event.cameo else []
    codes += [f"ACLED {event.acled.event_type}: {event.acled.sub_event_type}"] if event.acled else []
    return [*found, *([("codes", ", ".join(codes))] if codes else []), ("score", f"{event.score:g}")]


def explain(coding: Coding) -> str:
    """A plain-text account of every event, one paragraph each."""
    view = View(coding)
    parts = []
    for event in coding.events:
        lines = [f"  {name}: {value}" for name, value in reasons(view, event)]
        parts.append("\n".join([f"{event.id}  {view.kind(event)}", *lines]))
    return "\n\n".join(parts) + "\n"
