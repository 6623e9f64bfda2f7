"""PLOVER (manual 0.8) as JSON Lines: one record a report, with its CAMEO code and on whose word it stands.

Field names are PLOVER's where it has one. Offsets are code points into the article's text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.exports.tellings import Telling, denier, outlet, tellings
from sayso.ledger.dossier import Dossier
from sayso.records import Incident, Party


def records(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """One record a report, in the order of the incident.

    Raises:
        LedgerError: a report is not in the dossier.
    """
    for telling in tellings(dossier):
        yield {
            "event_id": f"{telling.report.article}/{telling.report.event}",
            **_what(telling),
            "actors": [_party(telling, p) for p in telling.event.actors],
            "recipients": [_party(telling, p) for p in telling.event.recipients],
            "place": _place(telling),
            "figures": _figures(telling),
            **_whose(dossier.incident, telling),
            **_where_read(telling),
            **_standing(dossier.incident),
        }


def lines(dossier: Dossier) -> Iterator[str]:
    """The records as JSON Lines."""
    for record in records(dossier):
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _what(telling: Telling) -> dict[str, Any]:
    event = telling.event
    time = telling.view.time(event.time)
    return {
        "date": time.start if time else None,
        "date_end": time.end if time else None,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "realis": event.realis,
        "background": event.background,
        "score": event.score,
    }


def _party(telling: Telling, party: Party) -> dict[str, Any]:
    actor = telling.view.actor(party.actor)
    return {
        "name": actor.name if actor else None,
        "text": party.span.of(telling.article.text),
        "span": list(party.span),
        "country": actor.country if actor else None,
        "sectors": list(actor.sectors) if actor else [],
    }


def _place(telling: Telling) -> dict[str, Any] | None:
    place = telling.view.place(telling.event.place)
    return place.model_dump(exclude={"id", "mentions"}) if place else None


def _figures(telling: Telling) -> list[dict[str, Any]]:
    wanted = {"measure", "low", "high", "approximate", "unit", "text", "span"}
    return [figure.model_dump(mode="json", include=wanted) for figure in telling.view.figures(telling.event)]


def _whose(incident: Incident, telling: Telling) -> dict[str, Any]:
    view = telling.view
    chain = view.chain(telling.event)
    return {
        "origin": telling.origin.model_dump() if telling.origin else None,
        "voices": [{"speaker": view.speaker(s), "act": s.act, "kind": s.kind} for s in chain],
        "channels": view.channels(chain),
        "copy_of": telling.report.copy_of,
        "denials": [
            {"speaker": denier(incident, d), "article_id": d.article, "span": list(d.span)} for d in incident.denials
        ],
    }


def _where_read(telling: Telling) -> dict[str, Any]:
    article, event = telling.article, telling.event
    return {
        "text": event.span.of(article.text),
        "span": list(event.span),
        "trigger": event.trigger.of(article.text),
        "article_id": article.id,
        "source": article.source or None,
        "outlet": outlet(article),
        "published": telling.report.published,
    }


def _standing(incident: Incident) -> dict[str, Any]:
    return {"incident_id": incident.id, "standing": incident.standing, "because": incident.because}
