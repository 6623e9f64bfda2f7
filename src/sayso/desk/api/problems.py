"""Errors as programs read them: RFC 9457, application/problem+json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Match

from sayso.desk.errors import DeskError
from sayso.errors import SaysoError

TYPE = "application/problem+json"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MOST = 20
"""Faults of one request that are told."""
TITLES = {
    400: "Not understood",
    401: "Please sign in",
    403: "Not yours to do",
    404: "Nothing here",
    405: "Not done so",
    409: "Not any more",
    413: "Too large",
    422: "That makes no sense here",
    429: "Too many at once",
    500: "Our mistake",
}
MEANINGS = {
    400: "The body cannot be read.",
    401: "No token, or one that has run out or was revoked.",
    403: "The token or the account may not do this, or another site made a browser ask.",
    404: "There is no such thing, or no more.",
    409: "It was decided already.",
    413: "The body has more bytes than are taken.",
    422: "A value is missing, or is not what it must be; `errors` says which.",
    429: "Too many texts are being coded, or files written; try again later.",
}
"""What each status means, as the documentation says it."""


class Fault(BaseModel):
    """One value that cannot be: where it stands ("query/limit", "body/text"), and why."""

    where: str = Field(description='where it stands: "query/limit", "body/text"')
    why: str = Field(description="why it cannot be")


class Problem(BaseModel):
    """RFC 9457. `type` is "about:blank": `title` and `status` say of which kind it is, `detail` what happened."""

    type: str = Field(default="about:blank", description='always "about:blank"')
    title: str = Field(description="of which kind it is, in words")
    status: int = Field(description="the status of the answer")
    detail: str = Field(description="what happened")
    instance: str = Field(description="the path that was asked for")
    errors: list[Fault] | None = Field(default=None, description="where values of the request cannot be")


def problem(
    path: str, status: int, detail: str, *, title: str | None = None, errors: list[Fault] | None = None
) -> JSONResponse:
    """The answer."""
    called = title or TITLES.get(status, DeskError.title)
    told = Problem(title=called, status=status, detail=detail, instance=path, errors=errors)
    headers = {"www-authenticate": "Bearer"} if status == 401 else {}
    return JSONResponse(told.model_dump(exclude_none=True), status, headers, media_type=TYPE)


def response(request: Request, error: SaysoError) -> JSONResponse:
    """Of what the desk or the ledger refuses."""
    status = error.status if isinstance(error, DeskError) else 422
    title = error.title if isinstance(error, DeskError) else DeskError.title
    return problem(request.url.path, status, str(error), title=title)


async def refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, SaysoError)
    return response(request, error)


async def unknown(request: Request, error: Exception) -> JSONResponse:
    """Of an address that is none, or is not asked so."""
    assert isinstance(error, HTTPException)
    words = {404: "There is nothing at this address.", 405: f"{request.method} is not done here."}
    answer = problem(request.url.path, error.status_code, words.get(error.status_code, str(error.detail)))
    if error.status_code == 405:
        answer.headers["allow"] = ", ".join(_methods(request))
    return answer


def _methods(request: Request) -> Iterator[str]:
    """Those by which this address can be asked; the router names only those of one of the operations there."""
    for method in METHODS:
        asked = {**request.scope, "method": method}
        if any(route.matches(asked)[0] is Match.FULL for route in request.app.routes):
            yield method


async def invalid(request: Request, error: Exception) -> JSONResponse:
    """Of values that cannot be. What was sent is not repeated: it may be no Unicode."""
    assert isinstance(error, RequestValidationError)
    faults = [Fault(where="/".join(map(str, one["loc"])), why=one["msg"]) for one in error.errors()[:MOST]]
    told = "; ".join(f"{one.where}: {one.why}" for one in faults[:3])
    return problem(request.url.path, 422, _unicode(told), errors=[_clean(one) for one in faults])


async def broken(request: Request, error: Exception) -> JSONResponse:
    """Of a mistake of ours: the log has it, the answer nothing of it."""
    return problem(request.url.path, 500, "Something went wrong on our side; the server's log says what.")


def _clean(fault: Fault) -> Fault:
    """A name that was sent may be no Unicode."""
    return Fault(where=_unicode(fault.where), why=_unicode(fault.why))


def _unicode(words: str) -> str:
    return words.encode("utf-8", "replace").decode()


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses as an operation declares them."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {one: {"description": MEANINGS[one], "content": {TYPE: schema}} for one in statuses}
