"""An incident as an entry of an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from sayso.desk.cards import Card, card
from sayso.records import Incident

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""


class Entry(NamedTuple):
    """`id` stays the same for as long as the incident does; `updated`: when a report of it was added last, RFC 3339."""

    id: str
    title: str
    summary: str
    link: str
    updated: str
    type: str
    point: str
    """Latitude and longitude, as GeoRSS has them; empty where it has no place."""


def entry(incident: Incident, added: str, identity: UUID, root: str) -> Entry:
    """`identity` is the ledger's, `root` the desk's address."""
    one, place = card(incident), incident.place
    located = place is not None and place.latitude is not None and place.longitude is not None
    return Entry(
        uuid5(identity, incident.id).urn,
        clean(_title(one)),
        clean(_summary(one)),
        f"{root}/incidents/{incident.id}",
        datetime.fromisoformat(added).astimezone(UTC).isoformat(timespec="seconds"),
        incident.type,
        f"{place.latitude} {place.longitude}" if place and located else "",
    )


def clean(words: str) -> str:
    """What XML can hold of them."""
    return _NO_XML.sub("\ufffd", words)


def _title(one: Card) -> str:
    what = f"{one.what}, {one.mode}" if one.mode else one.what
    day = one.day and f"{date.fromisoformat(one.day[:10]):%d %B %Y}".lstrip("0")
    return ", ".join(filter(None, (what, one.place, one.country, day)))


def _summary(one: Card) -> str:
    """In sentences: who, how many, how well it stands, and why."""
    sides = one.who and (f"{one.who} → {one.whom}" if one.whom else one.who)
    tolls = "; ".join(f"{measure} {span}" for measure, span in one.tolls)
    because = f": {one.because}" if one.because else ""
    stands = f"{one.standing}{because}"
    counted = (
        f"{one.reports} report{'' if one.reports == 1 else 's'}, {one.origins} origin{'' if one.origins == 1 else 's'}"
    )
    return " · ".join(filter(None, (sides, tolls, stands, counted)))
