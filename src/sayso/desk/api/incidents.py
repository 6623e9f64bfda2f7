"""Incidents: all reports of one thing, and how well it stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from sayso.desk.api import examples
from sayso.desk.api.access import Reads
from sayso.desk.api.asked import Paged, next_of
from sayso.desk.api.problems import declared
from sayso.desk.api.shown import Incidents, Reports, ShownEvent
from sayso.desk.desk import desk_of
from sayso.desk.errors import NotFound
from sayso.ledger.asking import listing, situation
from sayso.ledger.database import reading
from sayso.ledger.incidents.agreement import number_of
from sayso.ledger.keeping import unpacked
from sayso.records import Incident

router = APIRouter(tags=["incidents"])
Key = Annotated[str, Path(min_length=1, description="The incident's id.")]


@router.get(
    "/incidents",
    summary="List incidents",
    description="Those that fit all filters, in parts, as accepted corrections have them. The filters are those of the situation page, under "
    "the same names.",
    responses={200: examples.answer("incidents"), **declared(401, 422)},
)
def list_incidents(
    request: Request, response: Response, visitor: Reads, wanted: Annotated[Paged, Query()]
) -> Incidents:
    desk = desk_of(request)
    desk.refresh()
    offset = (wanted.page - 1) * wanted.limit
    with reading(desk.ledger.engine) as connection:
        page = situation.page(
            connection, wanted.selection(), offset=offset, limit=wanted.limit, newest=wanted.order == "newest"
        )
    items = [Incident.model_validate_json(unpacked(record)) for record in page.records]
    more = next_of(request, response, page=wanted.page + 1) if page.total > offset + wanted.limit else None
    return Incidents(total=page.total, items=items, next=more)


@router.get(
    "/incidents/{key}",
    summary="Show an incident",
    description="Every value with whose word it is, and where its words stand, as accepted corrections have it. The id of one that was merged leads to that into which it was.",
    responses={200: examples.answer("incident"), **declared(401, 404, 422)},
)
def show_incident(request: Request, visitor: Reads, key: Key) -> Incident:
    found = desk_of(request).ledger.incident(key, corrected=True)
    if found is None:
        raise NotFound("There is no such incident.")
    return found


@router.get(
    "/incidents/{key}/reports",
    summary="List an incident's reports",
    description="The events that are reports of it, each with its article.",
    responses={200: examples.answer("reports"), **declared(401, 404, 422)},
)
def list_reports(request: Request, visitor: Reads, key: Key) -> Reports:
    with reading(desk_of(request).ledger.engine) as connection:
        number = number_of(connection, key)
        rows = [] if number is None else listing.reports(connection, number)
    if not rows:
        raise NotFound("There is no such incident.")
    return Reports(items=[ShownEvent.of(row) for row in rows])
