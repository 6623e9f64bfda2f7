"""The desk as one application: its pages, its API, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import RedirectResponse, Response

from sayso.desk import assets
from sayso.desk.api import problems
from sayso.desk.desk import Desk
from sayso.desk.errors import DeskError, Invalid, NotFound, NotSignedIn
from sayso.desk.guard import Guard
from sayso.desk.pages import PAGES
from sayso.desk.rendering import render
from sayso.desk.settings import Settings
from sayso.errors import SaysoError


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application, with its ledger open; closed when the server stops.

    Raises LedgerError where the ledger cannot be opened.
    """
    chosen = settings or Settings()
    desk = Desk(chosen)

    @asynccontextmanager
    async def lasting(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.ledger.close()

    app = FastAPI(title="sayso", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lasting)
    app.state.desk = desk
    for page in PAGES:
        app.include_router(page)
    assets.mount(app)
    app.add_exception_handler(SaysoError, _refused)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[host.strip("[]") for host in chosen.hosts])
    app.add_middleware(Guard, most=chosen.most_upload, https=chosen.https)
    return app


def _answer(request: Request, error: SaysoError) -> Response:
    """A page in words, or for a program a problem (RFC 9457)."""
    if request.url.path.startswith("/api/"):
        return problems.response(request, error)
    if isinstance(error, NotSignedIn) and request.method == "GET":
        return RedirectResponse(f"/sign-in?to={request.url.path}", 303)
    status = error.status if isinstance(error, DeskError) else 422
    title = error.title if isinstance(error, DeskError) else DeskError.title
    return render(request, "error.html", status=status, title=title, words=str(error))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, SaysoError)
    return _answer(request, error)


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _answer(request, NotFound("There is no such page."))
    made = DeskError(str(error.detail))
    made.status = error.status_code
    return _answer(request, made)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _answer(request, Invalid(f"{'/'.join(map(str, first['loc'][1:]))}: {first['msg']}."))
