"""The situation: a map, a timeline and the incidents, which filter each other. All filters are in the address."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse

from sayso.desk.cards import NAMES, card
from sayso.desk.charts import STEP, drawn
from sayso.desk.desk import desk_of
from sayso.desk.filters import SIZE, Filters
from sayso.desk.rendering import is_part, render
from sayso.desk.visitors import Reader
from sayso.ledger.asking import situation
from sayso.ledger.database import reading
from sayso.ledger.keeping import unpacked
from sayso.records import Incident

router = APIRouter()
WIDEST, NARROWEST = 8.0, 0.002
"""Degrees of the map's squares."""


@router.get("/")
def show(request: Request, visitor: Reader) -> HTMLResponse:
    """The whole page; for htmx the part that filters change."""
    desk, filters = desk_of(request), Filters.read(request.query_params)
    desk.ledger.refresh()
    selection = filters.selection()
    with reading(desk.ledger.engine) as connection:
        newest = filters.order == "newest"
        page = situation.page(connection, selection, offset=(filters.page - 1) * SIZE, limit=SIZE, newest=newest)
        facets = situation.facets(connection, selection)
        bars = situation.timeline(connection, selection)
    cards = [card(Incident.model_validate_json(unpacked(record))) for record in page.records]
    pages = max(1, -(-page.total // SIZE))
    template = "situation_part.html" if is_part(request) else "situation.html"
    return render(
        request, template, filters=filters, total=page.total, cards=cards, facets=facets, names=NAMES, pages=pages,
        bars=drawn(bars), width=STEP * len(bars), first=bars[0].first if bars else None, last=bars[-1].last if bars else None,
    )  # fmt: skip


@router.get("/situation/map.json")
def cells(request: Request, visitor: Reader, size: float = WIDEST) -> JSONResponse:
    """The located incidents by squares of `size` degrees, as a GeoJSON FeatureCollection (longitude, latitude)."""
    filters = Filters.read(request.query_params)
    square = min(max(size, NARROWEST), WIDEST) if size == size else WIDEST
    with reading(desk_of(request).ledger.engine) as connection:
        found = situation.cells(connection, filters.selection(), square)
    return JSONResponse({"type": "FeatureCollection", "features": [_feature(one) for one in found]})


def _feature(one: situation.Cell) -> dict[str, Any]:
    where = [round(one.longitude, 5), round(one.latitude, 5)]
    told = {"count": one.number, "disputed": one.disputed, "incident": one.incident}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": where}, "properties": told}
