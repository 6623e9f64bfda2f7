"""The situation: a map, a timeline and the incidents, which filter each other. All filters are in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, JSONResponse

from sayso.desk.cards import NAMES, card
from sayso.desk.charts import drawn
from sayso.desk.desk import desk_of
from sayso.desk.filters import REALIS, SIZE, Filters
from sayso.desk.rendering import is_part, render
from sayso.desk.visitors import Reader
from sayso.exports.view import REALIS as TOLD
from sayso.ledger.asking import happening, situation
from sayso.ledger.asking.drawing import Cell
from sayso.ledger.database import reading
from sayso.ledger.facts import ordinal
from sayso.ledger.keeping import unpacked
from sayso.ledger.people.views import views
from sayso.records import Incident

router = APIRouter()
WIDEST, NARROWEST = 32.0, 0.002
"""Degrees of the map's squares."""


@router.get("/")
def show(request: Request, visitor: Reader) -> HTMLResponse:
    """The whole page; for htmx the part that filters change, with the address under which the whole has it."""
    desk, filters = desk_of(request), Filters.read(request.query_params)
    unfinished = desk.refresh()
    with reading(desk.ledger.engine) as connection:
        counts = situation.counts(connection, filters.selection())
        told = _others(connection, filters) if filters.is_untold else _incidents(connection, filters, counts.total)
        told |= {"filed": happening.categories(connection), "kept": views(connection, visitor.account)}
    pages = max(1, -(-told["total"] // SIZE))
    template = "situation_part.html" if is_part(request) else "situation.html"
    told |= {"names": NAMES, "realis": {one: TOLD[one] for one in REALIS}, "unfinished": unfinished}
    answer = render(request, template, filters=filters, counts=counts, pages=pages, **told)
    address = f"/?{filters.query(page=filters.page)}".rstrip("?")
    is_there = request.headers.get("hx-current-url", "").endswith(f"{request.url.netloc}{address}")
    if is_part(request) and not is_there and "hx-history-restore-request" not in request.headers:
        answer.headers["hx-push-url"] = address
    return answer


def _incidents(connection: Connection, filters: Filters, total: int) -> dict[str, Any]:
    selection, offset = filters.selection(), (filters.page - 1) * SIZE
    page = situation.page(
        connection, selection, offset=offset, limit=SIZE, newest=filters.order == "newest", total=total
    )
    bars = situation.timeline(connection, selection, around=True)
    cards = [card(Incident.model_validate_json(unpacked(record))) for record in page.records]
    chart = drawn(bars, ordinal(filters.since), ordinal(filters.until)) if bars else None
    return {"total": total, "cards": cards, "chart": chart, "events": []}


def _others(connection: Connection, filters: Filters) -> dict[str, Any]:
    """Events that nobody tells as fact: of them there are no incidents."""
    offset, newest = (filters.page - 1) * SIZE, filters.order == "newest"
    total, events = happening.happenings(
        connection, filters.selection(), filters.realis, offset=offset, limit=SIZE, newest=newest
    )
    bars = happening.timeline(connection, filters.selection(), filters.realis, around=True)
    chart = drawn(bars, ordinal(filters.since), ordinal(filters.until)) if bars else None
    return {"total": total, "cards": [], "chart": chart, "events": events}


@router.get("/situation/map.json")
def cells(request: Request, visitor: Reader, size: float = WIDEST) -> JSONResponse:
    """The located incidents, or events of another realis, by squares of `size` degrees, as a GeoJSON FeatureCollection (longitude, latitude).

    The filter `box` is here the area that the map shows.
    """
    filters = Filters.read(request.query_params)
    square = min(max(size, NARROWEST), WIDEST) if size == size else WIDEST
    with reading(desk_of(request).ledger.engine) as connection:
        found = (
            happening.cells(connection, filters.selection(), filters.realis, square)
            if filters.is_untold
            else situation.cells(connection, filters.selection(), square)
        )
    return JSONResponse({"type": "FeatureCollection", "features": [_feature(one) for one in found]})


def _feature(one: Cell) -> dict[str, Any]:
    """`path`: where the only one of a square is shown."""
    where = [round(one.longitude, 5), round(one.latitude, 5)]
    told = {"count": one.number, "disputed": one.disputed, "path": one.only and _path(*one.only)}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": where}, "properties": told}


def _path(key: str, event: str | None = None) -> str:
    """Of an incident, or of an event in its article."""
    return f"/incidents/{key}" if event is None else f"/articles/{quote(key)}#{event}"
