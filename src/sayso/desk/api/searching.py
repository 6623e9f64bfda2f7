"""Articles by their words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from sayso.desk.api import examples
from sayso.desk.api.access import Reads
from sayso.desk.api.asked import View, Words, next_of
from sayso.desk.api.problems import declared
from sayso.desk.api.shown import Hit, Hits
from sayso.desk.desk import desk_of
from sayso.ledger import fulltext
from sayso.ledger.asking.searching import Found, results
from sayso.ledger.database import reading
from sayso.records import Span

router = APIRouter(tags=["search"])
MOST = 50
"""Articles of one answer."""
DEEPEST = 20
"""Parts that are given: who wants more asks more exactly."""


class Wanted(View):
    q: Words = Field(
        default="",
        description="Words that must all be there; “phrases”, -without, or. Empty: the filters alone.",
        examples=["airport"],
    )
    limit: int = Field(default=20, ge=1, le=MOST, description="Items of one answer.")
    page: int = Field(default=1, ge=1, le=DEEPEST, description="The first is 1.")


@router.get(
    "/search",
    summary="Search articles",
    description="By words, by filters, or both: the best first. The filters hold for single events of an article.",
    responses={200: examples.answer("hits"), **declared(401, 422)},
)
def search_articles(request: Request, response: Response, visitor: Reads, wanted: Annotated[Wanted, Query()]) -> Hits:
    start = (wanted.page - 1) * wanted.limit
    desk = desk_of(request)
    desk.refresh()
    with reading(desk.ledger.engine) as connection:
        total, shown = results(connection, wanted.q, wanted.selection(), offset=start, limit=wanted.limit)
    is_more = total > start + wanted.limit and wanted.page < DEEPEST
    more = next_of(request, response, page=wanted.page + 1) if is_more else None
    return Hits(total=total, items=[_hit(one) for one in shown], next=more)


def _hit(found: Found) -> Hit:
    """The snippet as it reads, and where in it the words stand that were asked for."""
    words, marks = "", []
    for part in found.snippet.split(fulltext.ON):
        marked, off, rest = part.partition(fulltext.OFF)
        if off:
            marks.append(Span(len(words), len(words) + len(marked)))
        words += marked + rest
    return Hit(
        article=found.article,
        outlet=found.outlet,
        published=found.published,
        title=found.title,
        snippet=words,
        marks=marks,
    )
