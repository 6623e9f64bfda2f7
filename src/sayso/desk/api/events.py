"""Events as single articles tell of them: reports, denials, plans and history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from sayso.desk.api import examples
from sayso.desk.api.access import Reads
from sayso.desk.api.asked import After, Country, Day, Name, Type, Words, next_of
from sayso.desk.api.problems import declared
from sayso.desk.api.shown import Events, Role, ShownEvent
from sayso.desk.desk import desk_of
from sayso.ledger.asking import listing
from sayso.ledger.database import reading
from sayso.records import Realis

router = APIRouter(tags=["events"])


class WantedEvents(After):
    type: Type | SkipJsonSchema[None] = Field(default=None, description="PLOVER type.")
    realis: Realis | SkipJsonSchema[None] = Field(default=None, description="Whether it is told of as done.")
    role: Role | SkipJsonSchema[None] = Field(default=None, description="A report, a denial, or other.")
    article: Name | SkipJsonSchema[None] = Field(default=None, description="The article's id.")
    incident: Name | SkipJsonSchema[None] = Field(default=None, description="The incident's id.")
    country: Country | SkipJsonSchema[None] = Field(default=None, description="Alpha-3 of the place.", examples=["KAZ"])
    place: Words | SkipJsonSchema[None] = Field(default=None, description="A part of the place's name.")
    actor: Words | SkipJsonSchema[None] = Field(
        default=None, description="A part of a party's name, or a state or sector code."
    )
    since: Day | SkipJsonSchema[None] = Field(default=None, description="Not over before this day.")
    until: Day | SkipJsonSchema[None] = Field(default=None, description="Begun by this day.")


@router.get(
    "/events",
    summary="List events",
    description="Of the current codings of all articles, the last added first, whatever their realis.",
    responses={200: examples.answer("events"), **declared(401, 422)},
)
def list_events(
    request: Request, response: Response, visitor: Reads, wanted: Annotated[WantedEvents, Query()]
) -> Events:
    given = wanted.model_dump(exclude={"after", "limit", "since", "until"})
    day = wanted.since, wanted.until
    with reading(desk_of(request).ledger.engine) as connection:
        before = int(wanted.after) if wanted.after else None
        rows = listing.events(connection, before=before, limit=wanted.limit + 1, day=day, **given)
    shown = rows[: wanted.limit]
    more = next_of(request, response, after=shown[-1].id) if len(rows) > wanted.limit else None
    return Events(items=[ShownEvent.of(row) for row in shown], next=more)
