"""An event of a coding as a row of the ledger."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from typing import Any

from sayso.ledger.facts import days, facts, role
from sayso.ledger.origins import Named, origin_of
from sayso.records import Coding, Event, Place


def event_row(coding: Coding, one: Event, denied: Container[str]) -> tuple[dict[str, Any], Named | None]:
    """What the table `event` says of an event, but for article, origin and incident; and whose word it is."""
    place = coding.find(one.place)
    first, last = days(coding, one)
    noted = facts(coding, one)
    row = {
        "name": one.id,
        "role": role(coding, one, denied),
        "type": one.type,
        "mode": one.mode,
        "cameo": one.cameo,
        "acled": f"{one.acled.event_type} / {one.acled.sub_event_type}" if one.acled else None,
        "realis": one.realis,
        "background": one.background,
        "score": one.score,
        "trigger": one.trigger.of(coding.article.text),
        "trigger_start": one.trigger.start,
        "trigger_end": one.trigger.end,
        "first_day": first,
        "last_day": last,
        **_where(place),
        "parties": _parties(noted),
        "facts": json.dumps(noted, ensure_ascii=False, separators=(",", ":")),
    }
    return row, origin_of(coding, one)


def _parties(noted: Mapping[str, Any]) -> str:
    sides = (*noted["who"], *noted["whom"])
    return "\n".join(" ".join([name, country or "", *sectors]) for name, country, sectors in sides).lower()


def _where(place: Place | None) -> dict[str, Any]:
    fields = ("name", "country", "latitude", "longitude", "precision")
    return {"place" if f == "name" else f: getattr(place, f) if place else None for f in fields}
