"""Errors as programs read them: RFC 9457, application/problem+json."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import JSONResponse

from sayso.desk.errors import DeskError
from sayso.errors import SaysoError

TYPE = "application/problem+json"


def response(request: Request, error: SaysoError) -> JSONResponse:
    """The problem; its type is "about:blank", so that title and status say all."""
    status = error.status if isinstance(error, DeskError) else 422
    title = error.title if isinstance(error, DeskError) else DeskError.title
    told = {"type": "about:blank", "title": title, "status": status, "detail": str(error), "instance": request.url.path}
    headers = {"www-authenticate": "Bearer"} if status == 401 else {}
    return JSONResponse(told, status, headers, media_type=TYPE)
