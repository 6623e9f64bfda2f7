"""An incident in a few lines: what, where, when, how many, on whose word."""

from __future__ import annotations

from typing import NamedTuple

from sayso.exports.view import number, plain
from sayso.records import Incident, Value

TOLLS = ("killed", "injured", "arrested", "missing", "displaced", "participants")
NAMES = {
    "AGREE": "Agreement", "CONSULT": "Talks", "SUPPORT": "Support", "COOPERATE": "Cooperation", "AID": "Aid", "CONCEDE": "Concession",
    "RETREAT": "Retreat", "REQUEST": "Request", "ACCUSE": "Accusation", "REJECT": "Refusal", "THREATEN": "Threat", "PROTEST": "Protest",
    "SANCTION": "Sanction", "MOBILIZE": "Mobilisation", "COERCE": "Coercion", "ASSAULT": "Assault",
}  # fmt: skip
"""PLOVER's types in words."""


class Card(NamedTuple):
    """What the list shows of an incident. `published`: the day of the first report. `tolls`: measure and range ("killed", "26 – at least 200")."""

    id: str
    what: str
    mode: str
    place: str
    country: str
    day: str
    until: str
    published: str
    standing: str
    because: str
    tolls: tuple[tuple[str, str], ...]
    origins: int
    reports: int
    who: str
    whom: str


def card(incident: Incident) -> Card:
    place = incident.place
    return Card(
        incident.id,
        NAMES.get(incident.type, incident.type.title()),
        (incident.mode or "").replace("-", " "),
        plain(place.name) if place else "",
        (place.country or "") if place else "",
        incident.start or "",
        incident.end if incident.end and incident.end != incident.start else "",
        incident.first_published or "",
        incident.standing,
        incident.because,
        tuple((one, span(incident.values[one])) for one in TOLLS if one in incident.values),
        len(incident.origins),
        len(incident.reports),
        _names(incident, "actors"),
        _names(incident, "recipients"),
    )


def span(values: tuple[Value, ...]) -> str:
    """From the least to the most that anybody gives: "26 – at least 200"."""
    known = [(v.low, v.high) for v in values if v.low is not None]
    if not known:
        return plain(values[0].value)
    least = min(low for low, _ in known if low is not None)
    most = max((low or 0) if high is None else high for low, high in known)
    is_open = any(high is None and (low or 0) >= most for low, high in known)
    if least == most:
        return f"at least {number(least)}" if is_open else number(least)
    return f"{number(least)} – {'at least ' if is_open else ''}{number(most)}"


def _names(incident: Incident, field: str) -> str:
    """The parties, each once, at most three."""
    named = list(dict.fromkeys(plain(v.value) for v in incident.values.get(field, ())))
    return ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
