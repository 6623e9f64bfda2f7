"""Views that somebody keeps under a name: saved from the situation, and taken away there."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse

from sayso.desk.desk import desk_of
from sayso.desk.filters import Filters
from sayso.desk.visitors import Reader
from sayso.ledger.database import writing
from sayso.ledger.people import views

router = APIRouter()


@router.post("/views")
def save(
    request: Request, visitor: Reader, name: Annotated[str, Form()] = "", query: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Keep the filters of an address, in place of those that had this name, and go back to them."""
    filters = Filters.read(dict(parse_qsl(query)))
    with writing(desk_of(request).ledger.engine) as connection:
        views.save(connection, visitor.account, name, filters.query())
    return _back(filters)


@router.post("/views/{number}/drop")
def drop(request: Request, visitor: Reader, number: int, query: Annotated[str, Form()] = "") -> RedirectResponse:
    """Take a view away and go back to where one was."""
    filters = Filters.read(dict(parse_qsl(query)))
    with writing(desk_of(request).ledger.engine) as connection:
        views.drop(connection, visitor.account, number)
    return _back(filters)


def _back(filters: Filters) -> RedirectResponse:
    return RedirectResponse(f"/?{filters.query()}".rstrip("?"), 303)
