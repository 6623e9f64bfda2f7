"""GeoJSON (RFC 7946): a collection of features, one an incident; longitude first, WGS 84, no `crs`.

Coordinates are those of the gazetteer's place, rounded and never moved: `precision` says how much they mean. What cannot be
located has a null geometry.
"""

from __future__ import annotations

import json
from typing import Any

from sayso.exports.tellings import denier, whose
from sayso.ledger.dossier import Dossier
from sayso.records import Incident, Place, Value

DECIMALS = 7
"""RFC 7946 section 11.2 calls six enough; the seventh is a centimetre."""
HEAD = '{"type": "FeatureCollection", "features": [\n'
FOOT = "\n]}\n"


def feature(dossier: Dossier) -> dict[str, Any]:
    """The incident as a Feature."""
    incident = dossier.incident
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": _geometry(incident.place),
        "properties": _properties(incident),
    }


def text(dossier: Dossier) -> str:
    """The feature on one line, without the comma between features."""
    return json.dumps(feature(dossier), ensure_ascii=False)


def _geometry(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [round(place.longitude, DECIMALS), round(place.latitude, DECIMALS)]}


def _properties(incident: Incident) -> dict[str, Any]:
    place = incident.place
    return {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "standing": incident.standing,
        "because": incident.because,
        "realis": "actual",  # a report is an event told as actual: nothing else makes an incident
        "place": place.name if place else None,
        "precision": place.precision if place else None,
        "country": place.country if place else None,
        "start": incident.start,
        "end": incident.end,
        "first_published": incident.first_published,
        "last_published": incident.last_published,
        "origins": [origin.model_dump() for origin in incident.origins],
        "reports": len(incident.reports),
        "values": {field: [_value(incident, v) for v in values] for field, values in incident.values.items()},
        "denials": len(incident.denials),
        "denied_by": list(dict.fromkeys(denier(incident, d) for d in incident.denials)),
    }


def _value(incident: Incident, value: Value) -> dict[str, Any]:
    """A value with whose it is and where its words stand."""
    given = value.model_dump(include={"value", "low", "high", "approximate", "origin", "article", "published"})
    return {**given, "span": list(value.span), "by": whose(incident, value.origin, value.speaker)}
