"""GDELT 2.0: the events table (61 columns) and the mentions table (16), tab-separated, without a header.

As GDELT's event codebook V2.0 has them: codes are strings with their leading zeros, countries of places are FIPS 10-4. One
row of events an incident and one row of mentions a report; an incident without a CAMEO code is in neither. Attribution,
realis and standing travel in the last column of the mentions, `Extras`, as JSON; the events table has no column for them, and
readers count its columns, so it says nothing of them: join the two by GLOBALEVENTID. What is not known is empty: no tone,
no sentence number and no FeatureID (GDELT's are of other gazetteers than GeoNames). Table: gdelt.toml.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date
from functools import cache
from typing import Any

from sayso.exports.marks import paragraphs
from sayso.exports.tellings import Named, Telling, denier, host, is_web, moment, outlet, parties, tellings
from sayso.exports.view import plain
from sayso.exports.world import country, table, us_state
from sayso.ledger.dossier import Dossier
from sayso.records import Incident, Party, Place

Cell = str | int | float | None

NOT_FOUND = -1
"""GDELT's offset of what is not in the text."""
WEB, CITATION = 1, 2
"""MentionType: the identifier is a URL, or a citation."""
ID_BITS = 63
"""GLOBALEVENTID is a signed 64-bit integer in the readers of GDELT."""
TYPES = 3
"""Agent codes that an actor has columns for."""


@cache
def _table() -> dict[str, Any]:
    return table("gdelt.toml")


def event_id(identifier: str) -> int:
    """GLOBALEVENTID: a positive integer of 63 bits that depends on the incident's id alone."""
    digest = hashlib.sha256(identifier.encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - ID_BITS)


def goldstein(code: str) -> float | None:
    """Goldstein's scale of a CAMEO code, -10 to +10; None for what is no code."""
    scale: dict[str, float] = _table()["goldstein"]
    return next((scale[code[:n]] for n in range(len(code), 1, -1) if code[:n] in scale), None)


def quad_class(code: str) -> int | None:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return next((int(quad) for quad, roots in _table()["quad_class"].items() if code[:2] in roots), None)


def stamp(published: str | None) -> str:
    """YYYYMMDDHHMMSS in UTC; empty where it is not known."""
    at = moment(published)
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S}".rjust(14, "0") if at else ""


def _dates(day: str | None) -> list[Cell]:
    """SQLDATE, MonthYear, Year, FractionDate: (month × 30 + day) / 365 of the year gone, as the codebook reckons."""
    if not day:
        return [None] * 4
    at = date.fromisoformat(day)
    digits = day.replace("-", "")
    fraction = ((at.month - 1) * 30 + at.day) / 365
    return [digits, digits[:6], digits[:4], f"{at.year + fraction:.4f}"]


def _actor(named: list[Named]) -> list[Cell]:
    """The ten columns of an actor: the first party of its side."""
    if not named:
        return [None] * 10
    first = named[0]
    nation = _table()["cameo_country"].get(first.country, first.country)
    types = [*first.sectors[:TYPES], *[None] * (TYPES - len(first.sectors))]
    code = "".join(filter(None, (nation, *types)))
    return [code, first.name, nation, None, None, None, None, *types]


_NOWHERE: list[Cell] = [0, *[None] * 7]
"""GDELT's columns of a place that is not known."""


def _geography(place: Place | None) -> list[Cell]:
    """Type, FullName, CountryCode, ADM1Code, ADM2Code, Lat, Long, FeatureID."""
    if place is None or place.latitude is None or place.precision is None:
        return _NOWHERE
    kinds = _table()["geo_type"].get(place.precision, {})
    nation = country(place.country)
    parts = dict.fromkeys(filter(None, (place.name, place.admin1, nation.name if nation else None)))
    return [
        kinds.get("usa" if place.country == "USA" else "elsewhere"),
        ", ".join(parts),
        nation.fips if nation else None,
        _division(place),
        None,
        place.latitude,
        place.longitude,
        None,
    ]


def _division(place: Place) -> str | None:
    """ADM1Code: the country's own code for a whole country; FIPS has other numbers than GeoNames for all but US states."""
    nation = country(place.country)
    if nation is None or nation.fips is None:
        return None
    if place.precision == "country":
        return nation.fips
    state = us_state(place.admin1 or place.name) if nation.alpha3 == "USA" else None
    return f"{nation.fips}{state}" if state else None


def leads(telling: Telling) -> bool:
    """Whether it stands in the headline, the standfirst or the first paragraph of the body: GDELT's root event."""
    trigger = telling.event.trigger
    for kind, span in paragraphs(telling.article):
        if kind in ("title", "standfirst", "body") and span.overlaps(trigger):
            return True
        if kind == "body":
            return False
    return False


def _sources(told: list[Telling]) -> set[str]:
    """The outlets that did not copy; for a copy, the outlet of what it repeats, or that article's id where it is not here."""
    names = {t.report.article: outlet(t.article) for t in told}
    roots = (t.report.copy_of or t.report.article for t in told)
    return {names.get(root, root) for root in roots}


def _line(cells: list[Cell]) -> str:
    """Tabs, line ends and other control characters within a value would be read as more columns or rows."""
    return "\t".join(plain(str(cell)) if cell is not None else "" for cell in cells) + "\n"


def events(dossier: Dossier) -> Iterator[str]:
    """The incident's line of the events table; copies count as articles, not as sources.

    Raises:
        LedgerError: a report is not in the dossier.
    """
    incident = dossier.incident
    code = incident.cameo
    if not code:
        return
    told = tellings(dossier)
    articles = dict.fromkeys(t.report.article for t in told)
    yield _line(
        [
            event_id(incident.id),
            *_dates(incident.start),
            *_actor(parties(dossier, "actors")),
            *_actor(parties(dossier, "recipients")),
            int(any(map(leads, told))),
            code,
            code[:3],
            code[:2],
            quad_class(code),
            goldstein(code),
            len(told),
            len(_sources(told)),
            len(articles),
            None,
            *_NOWHERE,
            *_NOWHERE,
            *_geography(incident.place),
            stamp(incident.first_published),
            told[0].article.source or told[0].article.id if told else None,
        ]
    )


def extras(incident: Incident, telling: Telling) -> str:
    """The Extras column: what GDELT has no column for, as JSON on one line."""
    view, event = telling.view, telling.event
    said = {
        "incident": incident.id,
        "standing": incident.standing,
        "because": incident.because,
        "realis": event.realis,
        "origin": telling.origin.name if telling.origin else None,
        "voices": telling.voices,
        "channels": view.channels(view.chain(event)),
        "copy_of": telling.report.copy_of,
        "denied_by": list(dict.fromkeys(denier(incident, d) for d in incident.denials)),
        "words": telling.clause,
    }
    return json.dumps(said, ensure_ascii=False)


def _offset(found: tuple[Party, ...]) -> int:
    return found[0].span.start if found else NOT_FOUND


def _identified(telling: Telling) -> list[Cell]:
    """MentionType, MentionSourceName, MentionIdentifier."""
    article = telling.article
    if is_web(article.source):
        return [WEB, host(article.source), article.source]
    return [CITATION, outlet(article), article.source or article.id]


def mentions(dossier: Dossier) -> Iterator[str]:
    """A line of the mentions table for every report; offsets are code points into the article's text.

    Raises:
        LedgerError: a report is not in the dossier.
    """
    incident = dossier.incident
    if not incident.cameo:
        return
    for telling in tellings(dossier):
        event = telling.event
        yield _line(
            [
                event_id(incident.id),
                stamp(incident.first_published),
                stamp(telling.report.published),
                *_identified(telling),
                None,
                _offset(event.actors),
                _offset(event.recipients),
                event.trigger.start,
                1,
                round(100 * event.score),
                len(telling.article.text),
                None,
                None,
                extras(incident, telling),
            ]
        )
