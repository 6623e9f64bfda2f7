"""An article: its text with what was read in it, whose voice fills it, and what people say of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse

from sayso.desk.cards import NAMES
from sayso.desk.desk import desk_of
from sayso.desk.errors import NotFound
from sayso.desk.rendering import render
from sayso.desk.sheet import sheet
from sayso.desk.visitors import Reader
from sayso.ledger.asking.one_article import Opened, opened
from sayso.ledger.database import reading
from sayso.ledger.people import reports
from sayso.ledger.people.filing import categories, filed
from sayso.ledger.people.proposals import FAULTS
from sayso.ledger.people.threads import threads
from sayso.records import Article, Place, Span

router = APIRouter()
TOLD = {
    "reported": "Thank you. An editor will look at your report.",
    "said": "Your message stands below.",
    "settled": "The thread is settled.",
    "opened": "The thread is open again.",
    "withdrawn": "The message is withdrawn.",
    "filed": "The article is filed.",
    "taken-out": "The article is not filed so any more.",
}
"""What a page says after something was done."""


@router.get("/articles/{key:path}/map.json")
def places(request: Request, visitor: Reader, key: str) -> JSONResponse:
    """The places that an article names, as a GeoJSON FeatureCollection (longitude, latitude)."""
    found = _opened(request, key)
    located = [_feature(one) for one in found.coding.places if one.longitude is not None and one.latitude is not None]
    return JSONResponse({"type": "FeatureCollection", "features": located})


@router.get("/articles/{key:path}")
def show(request: Request, visitor: Reader, key: str, at: str = "", told: str = "") -> HTMLResponse:
    """The article. `at`: words to show, as start-end in code points."""
    desk_of(request).refresh()
    found = _opened(request, key)
    article = found.coding.article
    with reading(desk_of(request).ledger.engine) as connection:
        tags, known = filed(connection, key), categories(connection)
        waiting, _ = reports.found(connection, reports.Wanted(state="open", article=key), limit=0)
    here = _asked(at, article)
    return render(
        request, "article.html", article=article, sheet=sheet(found, here), found=found, here=here, faults=FAULTS,
        threads=threads(found.annotations), tags=tags, known=known, waiting=waiting, told=TOLD.get(told, ""),
        address=_web_address(article.source), names=NAMES,
    )  # fmt: skip


def _opened(request: Request, key: str) -> Opened:
    with reading(desk_of(request).ledger.engine) as connection:
        found = opened(connection, key)
    if found is None:
        raise NotFound("There is no such article in this ledger.")
    return found


def _asked(at: str, article: Article) -> Span | None:
    """The words that an address asks for; None where it makes no sense, for a link may be older than the text."""
    start, _, end = at.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in (start, end)):
        return None
    span = Span(int(start), int(end))
    return span if span.start < span.end <= len(article.text) else None


def _web_address(source: str) -> str:
    """The source where it is an address of the web, which a link may lead to."""
    return source if source.startswith(("https://", "http://")) else ""


def _feature(place: Place) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    told = {"id": place.id, "name": place.name, "count": len(place.mentions), "disputed": 0, "incident": None}
    return {"type": "Feature", "geometry": geometry, "properties": told}
