"""Code a text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sayso.desk.api import examples
from sayso.desk.api.access import Reads
from sayso.desk.api.asked import NO_NUL, Moment, Name
from sayso.desk.api.problems import declared
from sayso.desk.desk import desk_of
from sayso.desk.errors import TooOften
from sayso.reading.articles import make_article
from sayso.records import Article, Coding

router = APIRouter(tags=["coding"])
LONGEST = 300_000
"""Characters of a text: as many as the coder takes."""


class Text(BaseModel):
    """One report in English."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=NO_NUL)] = Field(
        description=f"the report, in English; at most {LONGEST:,} characters"
    )
    id: Name | None = Field(default=None, description="one is made of the text where none is given")
    title: Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)] | None = Field(
        default=None, description="its headline, where that is not the text's first line"
    )
    published: Moment | None = Field(default=None, description="ISO 8601: “today” is meant relative to it")
    outlet: Name | None = Field(default=None, description="who published it")
    source: Name | None = Field(default=None, description="where it comes from: an address or a file's name")

    def article(self) -> Article:
        """Raises InvalidArticle for a text without words."""
        fields = self.model_dump(exclude={"source"}) | {"url": self.source}
        return make_article(fields, name=self.id or "text", source="api", limit_chars=LONGEST)


Given = Annotated[Text, Body(openapi_examples=examples.TEXT)]


@router.post(
    "/code",
    summary="Code a text",
    description="Who did what to whom, where, when, how many, and on whose word. Nothing is kept of it.",
    response_description="The coding: every field with the words that support it.",
    responses={200: examples.answer("coding"), **declared(400, 401, 403, 413, 422, 429)},
)
def code_text(request: Request, visitor: Reads, text: Given) -> Coding:
    return coded(request, text)


def coded(request: Request, text: Text) -> Coding:
    """Raises TooOften where so many are coded already that this one would wait for long."""
    article = text.article()
    turn = request.app.state.coding
    if not turn.acquire(blocking=False):
        raise TooOften("Too many texts are being coded at the moment; try again in some seconds.")
    try:
        return desk_of(request).code([article])[0]
    finally:
        turn.release()
