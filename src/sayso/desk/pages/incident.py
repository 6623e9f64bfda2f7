"""One incident: who says what of it, how its toll grew, who denies it; and for editors to merge, split and confirm."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from sayso.desk import axes, labels, locator, reports, telling, tolls
from sayso.desk.cards import card
from sayso.desk.desk import Desk, desk_of
from sayso.desk.errors import NotFound
from sayso.desk.rendering import render
from sayso.desk.visitors import Reader
from sayso.exports.view import View
from sayso.ledger.acts.undoing import Done, history
from sayso.ledger.asking import alike, one_incident
from sayso.ledger.database import reading, writing
from sayso.ledger.dossier import Dossier
from sayso.ledger.incidents.summaries import refresh
from sayso.records import Incident

router = APIRouter()
PRECISIONS = {
    "facility": "a place within a town",
    "settlement": "a town",
    "admin2": "a district",
    "admin1": "a province",
    "country": "a whole country",
    "region": "a region",
}
"""How precise a place is, in words."""
LONGEST = 200
"""Characters of words by which an incident is looked for."""
AROUND = 1.0
"""Degrees around the place that the link to the map shows."""


class Asked(NamedTuple):
    """What the ledger has for the page."""

    dossier: Dossier
    done: list[Done]
    near: list[Incident]
    like: list[Incident]


def found_in(desk: Desk, key: str) -> one_incident.Found:
    """The incident of this id or the one it became, its record computed. Raises NotFound."""
    with reading(desk.ledger.engine) as connection:
        found = one_incident.found(connection, key) if "\0" not in key else None
    if found is None:
        raise NotFound(f"The ledger has no incident {key}. It may be of another ledger, or mistyped.")
    if found.stale:
        with writing(desk.ledger.engine) as connection:
            refresh(connection, found.number)
    return found


@router.get("/incidents/{key}")
def show(request: Request, key: str, visitor: Reader, like: str = "") -> Response:
    """The page. `like`: words by which an editor looks for another incident that may be the same."""
    desk = desk_of(request)
    found = found_in(desk, key)
    if found.key != key:
        return RedirectResponse(f"/incidents/{found.key}", 303)
    words = like.replace("\0", "")[:LONGEST].strip()
    asked = _asked(desk, found, words, with_others=visitor.may("editor"))
    dossier, views = asked.dossier, {name: View(one) for name, one in asked.dossier.codings.items()}
    incident, made = dossier.incident, telling.matrix(dossier, views)
    told, place = reports.told(dossier, views), incident.place
    return render(
        request,
        "incident.html",
        one=incident,
        card=card(incident),
        precision=PRECISIONS.get(place.precision or "", "") if place else "",
        box=_box(incident),
        locator=locator.locator(place.latitude, place.longitude, place.precision) if place else None,
        counts=reports.counts(incident),
        matrix=made,
        charts=tolls.charts(made),
        shown=tolls.shown(made),
        mark=tolls.mark,
        size=axes,
        callers=labels.callers(dossier, views),
        denials=reports.denied(dossier, views),
        claims=reports.claims(told) if incident.denials else [],
        reports=told,
        verdicts=dossier.verdicts,
        done=asked.done,
        confirmed=next((one for one in asked.done if one.action == "confirm"), None),
        like=words,
        near=[card(one) for one in asked.near],
        alike=[card(one) for one in asked.like],
    )


def _asked(desk: Desk, found: one_incident.Found, words: str, *, with_others: bool) -> Asked:
    with reading(desk.ledger.engine) as connection:
        dossier = one_incident.dossier(connection, found.number)
        if dossier is None:
            raise NotFound("No report of this incident is left: its articles were taken out, or corrected.")
        return Asked(
            dossier,
            history(connection, found.key),
            alike.near(connection, found.number) if with_others else [],
            alike.with_words(connection, found.number, words) if with_others and words else [],
        )


def _box(incident: Incident) -> str:
    """West, south, east, north around its place, as the situation's filter has it; empty where it is nowhere."""
    place = incident.place
    if place is None or place.latitude is None or place.longitude is None:
        return ""
    west, south = place.longitude - AROUND, place.latitude - AROUND
    return ",".join(f"{degree:.2f}" for degree in (west, south, west + 2 * AROUND, south + 2 * AROUND))
