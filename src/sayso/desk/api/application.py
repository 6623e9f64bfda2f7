"""The API as an application: its operations, its errors, its description."""

from __future__ import annotations

from importlib.metadata import version
from threading import BoundedSemaphore
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from sayso.desk.api import (
    access,
    articles,
    coding,
    counts,
    deciding,
    documentation,
    events,
    examples,
    exports,
    incidents,
    problems,
    remarks,
    searching,
)
from sayso.errors import SaysoError

AT = "/api"
WAITING = 4
"""Texts that are being coded or wait for it; the next one is refused."""
ABOUT = """What this desk's ledger holds, for programs: articles and how they are coded, the incidents that they report, on whose word,
and what people have said of it all.

**Who asks** sends a token of an account (`Authorization: Bearer …`) or is signed in with a browser. A token without the scope “write”
only reads; what an account may do, its role says.

**Lists** come in parts of at most 200. `next` in an answer, and the header `Link`, is the address of the next part; in the last
one it is null.

**Errors** are `application/problem+json` (RFC 9457).

**Offsets** are Unicode code points into an article's text, from 0, the end exclusive."""
TAGS = (
    ("coding", "Code a text: who did what to whom, where, when, how many, and on whose word."),
    ("articles", "What was read, and every coding that it has had."),
    ("incidents", "All reports of one thing, how well it stands, and what editors decide of it."),
    ("events", "Single events as articles tell of them, plans and denials too."),
    ("annotations", "What people say of an article's words: corrections, replies, categories, questions, verdicts."),
    ("search", "Articles by their words, and incidents by numbers."),
    ("exports", "Whole views in formats that other tools read."),
)
ROUTERS = (coding, articles, incidents, deciding, events, remarks, searching, counts, exports)


def mount(app: FastAPI) -> None:
    """Serve the API of the same desk under /api."""
    made = make()
    made.state.desk = app.state.desk
    app.mount(AT, made)


def make() -> FastAPI:
    """The application, which describes itself, but answers only for the desk that is given to its state."""
    made = _Described(
        title="sayso",
        version=version("sayso"),
        summary="Who did what to whom, on whose word.",
        description=ABOUT,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=[{"name": name, "description": words} for name, words in TAGS],
        servers=[{"url": AT}],
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_called,
        exception_handlers={
            SaysoError: problems.refused,
            HTTPException: problems.unknown,
            RequestValidationError: problems.invalid,
            Exception: problems.broken,
        },
    )
    made.state.coding = BoundedSemaphore(WAITING)
    for one in ROUTERS:
        made.include_router(one.router)
    made.include_router(documentation.router)
    return made


class _Described(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The description, with what FastAPI cannot know: how to sign in, and what an error is."""
        if not self.openapi_schema:
            schema = super().openapi()
            problem = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas = schema["components"]["schemas"]
            schemas |= problem.pop("$defs")
            schemas["Problem"] = problem
            desk = getattr(self.state, "desk", None)
            access.secured(schema, desk.cookie if desk else "sayso")
            examples.fill(schema)
        return super().openapi()


def _called(route: APIRoute) -> str:
    return route.name
