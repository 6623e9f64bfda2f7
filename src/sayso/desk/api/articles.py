"""Articles: what was read, and every coding that it has had."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema
from starlette.responses import PlainTextResponse

from sayso.desk.api import examples
from sayso.desk.api.access import Files, Reads
from sayso.desk.api.asked import After, Day, Words, next_of
from sayso.desk.api.coding import Given, coded
from sayso.desk.api.problems import declared
from sayso.desk.api.shown import Articles, CodedArticle, Revision, Revisions, ShownArticle
from sayso.desk.desk import desk_of
from sayso.desk.errors import Conflict, NotFound
from sayso.ledger.asking import listing
from sayso.ledger.database import reading
from sayso.ledger.keeping import current, unpacked
from sayso.records import CoderInfo, Coding

router = APIRouter(tags=["articles"])
Key = Annotated[str, Path(min_length=1, description="The article's id.", examples=["737b7954aa1b2f24"])]


class WantedArticles(After):
    outlet: Words | SkipJsonSchema[None] = Field(default=None, description="A part of the outlet's name.")
    language: Words | SkipJsonSchema[None] = Field(default=None, description="BCP 47.", examples=["en"])
    category: Words | SkipJsonSchema[None] = Field(default=None, description="Under which it is filed.")
    since: Day | SkipJsonSchema[None] = Field(default=None, description="Published on this day or later.")
    until: Day | SkipJsonSchema[None] = Field(default=None, description="Published on this day or before.")


@router.get(
    "/articles",
    summary="List articles",
    description="The last added first, without their texts.",
    responses={200: examples.answer("articles"), **declared(401, 422)},
)
def list_articles(
    request: Request, response: Response, visitor: Reads, wanted: Annotated[WantedArticles, Query()]
) -> Articles:
    given = wanted.model_dump(exclude={"after", "limit"})
    with reading(desk_of(request).ledger.engine) as connection:
        before = int(wanted.after) if wanted.after else None
        rows = listing.articles(connection, before=before, limit=wanted.limit + 1, **given)
    shown = rows[: wanted.limit]
    more = next_of(request, response, after=shown[-1].id) if len(rows) > wanted.limit else None
    return Articles(items=[ShownArticle.of(row) for row in shown], next=more)


@router.post(
    "/articles",
    status_code=201,
    summary="Add an article",
    description="Code a text and keep it; what it reports is among the incidents from then on. Telephone numbers, e-mail and private "
    "addresses are masked. One that the ledger has already changes nothing. Needs the role coder.",
    response_description="The article, as it is kept. `Location` is its address.",
    responses={201: examples.answer("article"), **declared(400, 401, 403, 409, 413, 422, 429)},
)
def add_article(request: Request, response: Response, visitor: Files, text: Given) -> CodedArticle:
    kept = desk_of(request).add(coded(request, text))
    if kept.status == "forgotten":
        raise Conflict("This article was taken out of the ledger, and is not added again.")
    response.headers["location"] = f"/api/articles/{quote(kept.key)}"
    return _article(request, kept.key)


@router.get(
    "/articles/{key:path}/revisions/{revision}",
    summary="Show a former coding",
    description="What this article was coded as at that time.",
    responses={200: examples.answer("coding"), **declared(401, 404, 422)},
)
def show_revision(
    request: Request,
    visitor: Reads,
    key: Key,
    revision: Annotated[int, Path(ge=1, le=1_000_000, description="The coding's number; the first is 1.")],
) -> Coding:
    with reading(desk_of(request).ledger.engine) as connection:
        data = listing.coding_of(connection, key, revision)
    if data is None:
        raise NotFound("There is no such coding of this article.")
    return Coding.model_validate_json(unpacked(data))


@router.get(
    "/articles/{key:path}/revisions",
    summary="List an article's codings",
    description="Every coding that it has had, the first one first, and by which coder.",
    responses={200: examples.answer("revisions"), **declared(401, 404, 422)},
)
def list_revisions(request: Request, visitor: Reads, key: Key) -> Revisions:
    with reading(desk_of(request).ledger.engine) as connection:
        rows = listing.revisions(connection, key)
    if not rows:
        raise NotFound("There is no such article.")
    made = [
        Revision(revision=row.revision, made=row.made, coder=CoderInfo.model_validate_json(row.coder)) for row in rows
    ]
    return Revisions(items=made)


@router.get(
    "/articles/{key:path}/text",
    summary="Read an article's text",
    description="The text into which all offsets of its current coding count, as it is.",
    response_class=PlainTextResponse,
    responses={200: examples.words("The article's text."), **declared(401, 404, 422)},
)
def read_text(request: Request, visitor: Reads, key: Key) -> PlainTextResponse:
    with reading(desk_of(request).ledger.engine) as connection:
        made = current(connection, key)
    if made is None:
        raise NotFound("There is no such article.")
    return PlainTextResponse(made.article.text)


@router.get(
    "/articles/{key:path}",
    summary="Show an article",
    description="With its text and its current coding. `corrected`: the coding as the accepted corrections have it.",
    responses={200: examples.answer("article"), **declared(401, 404, 422)},
)
def show_article(
    request: Request,
    visitor: Reads,
    key: Key,
    corrected: Annotated[bool, Query(description="The coding as the accepted corrections have it.")] = False,
) -> CodedArticle:
    return _article(request, key, corrected=corrected)


def _article(request: Request, key: str, *, corrected: bool = False) -> CodedArticle:
    ledger = desk_of(request).ledger
    with reading(ledger.engine) as connection:
        row = listing.article_of(connection, key)
        made = current(connection, key)
    if row is None or made is None:
        raise NotFound("There is no such article.")
    if corrected:
        made = ledger.corrected(key) or made
    return CodedArticle(**ShownArticle.of(row).model_dump(), coding=made)
