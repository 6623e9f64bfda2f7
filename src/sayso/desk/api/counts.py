"""Incidents by numbers: how many of what, and when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request

from sayso.desk.api import examples
from sayso.desk.api.access import Reads
from sayso.desk.api.asked import View
from sayso.desk.api.problems import declared
from sayso.desk.api.shown import Bar, Counts, Timeline
from sayso.desk.desk import desk_of
from sayso.ledger.asking import situation
from sayso.ledger.database import reading

router = APIRouter(tags=["search"])


@router.get(
    "/counts",
    summary="Count incidents",
    description="How many fit all filters, by type, standing and country. Types and standings are counted as if none of their own were asked for.",
    responses={200: examples.answer("counts"), **declared(401, 422)},
)
def count_incidents(request: Request, visitor: Reads, wanted: Annotated[View, Query()]) -> Counts:
    desk = desk_of(request)
    desk.refresh()
    with reading(desk.ledger.engine) as connection:
        found = situation.counts(connection, wanted.selection())
    return Counts(**found._asdict())


@router.get(
    "/timeline",
    summary="Count incidents by day",
    description="By the day on which they began, in at most 120 bars of equal length. Around a period as much again is counted on both sides.",
    responses={200: examples.answer("timeline"), **declared(401, 422)},
)
def count_by_day(request: Request, visitor: Reads, wanted: Annotated[View, Query()]) -> Timeline:
    desk = desk_of(request)
    desk.refresh()
    with reading(desk.ledger.engine) as connection:
        bars = situation.timeline(connection, wanted.selection())
    return Timeline(items=[Bar(since=_iso(b.first), until=_iso(b.last), counts=b.counts) for b in bars if b.counts])


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
