"""The desk as one application: its pages, its API, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from sayso.desk import api, assets
from sayso.desk.api import problems
from sayso.desk.desk import Desk, desk_of
from sayso.desk.errors import DeskError, Invalid, NotFound, NotSignedIn, TooLarge
from sayso.desk.guard import Guard, protect
from sayso.desk.pages import PAGES
from sayso.desk.people.throttle import Doors
from sayso.desk.rendering import is_part, render
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
        desk.close()

    app = FastAPI(title="sayso", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lasting)
    app.state.desk = desk
    app.state.doors = Doors()
    for page in PAGES:
        app.include_router(page)
    assets.mount(app)
    api.mount(app)
    app.add_exception_handler(SaysoError, _refused)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Guard, most=chosen.most_upload, https=chosen.https, hosts=chosen.hosts)
    return app


def _answer(request: Request, error: SaysoError) -> Response:
    """A page in words, or for a program a problem (RFC 9457)."""
    if request.url.path.startswith("/api/"):
        return problems.response(request, error)
    if isinstance(error, NotSignedIn) and request.method == "GET" and "authorization" not in request.headers:
        return _to_the_door(request)
    status = error.status if isinstance(error, DeskError) else 422
    title = error.title if isinstance(error, DeskError) else DeskError.title
    return render(request, "error.html", status=status, title=title, words=str(error))


def _to_the_door(request: Request) -> Response:
    """To sign in, and back to what was asked for."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    door = f"/sign-in?to={quote(asked)}"
    if is_part(request):  # the whole page goes there, not the part of it that was asked for
        return Response(status_code=401, headers={"hx-redirect": door})
    return RedirectResponse(door, 303)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, SaysoError)
    return _answer(request, error)


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _answer(request, NotFound("There is no such page."))
    made = TooLarge(str(error.detail)) if error.status_code == 413 else DeskError(str(error.detail))
    made.status = error.status_code
    answer = _answer(request, made)
    answer.headers.update(error.headers or {})
    return answer


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _answer(request, Invalid(f"{'/'.join(map(str, first['loc'][1:]))}: {first['msg']}."))


async def _broken(request: Request, error: Exception) -> Response:
    """A fault of ours: its trace is in the server's log. It is answered from outside the Guard, and without the ledger, which may be what broke."""
    request.state.visitor = None
    made = DeskError("Something broke on the desk's side, and nothing was changed. The server's log says what it was.")
    made.status, made.title = 500, "The desk made a mistake"
    answer = _answer(request, made)
    protect(answer.headers, request.url.path, https=desk_of(request).settings.https)
    return answer
