"""Search: the articles with some words, and with events that the filters let through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from sayso.desk.cards import NAMES
from sayso.desk.desk import desk_of
from sayso.desk.errors import Invalid
from sayso.desk.filters import LONGEST, Filters
from sayso.desk.rendering import render
from sayso.desk.visitors import Reader
from sayso.errors import LedgerError
from sayso.ledger.asking.happening import categories
from sayso.ledger.asking.searching import COUNTED, Results, results
from sayso.ledger.database import reading
from sayso.ledger.fulltext import OFF, ON

router = APIRouter()
SIZE = 20
"""Articles of a page."""
_MARKED = re.compile(f"{ON}([^{OFF}]*){OFF}")
_STRAY = str.maketrans("", "", ON + OFF)


@router.get("/search")
def search(request: Request, visitor: Reader, q: str = "") -> HTMLResponse:
    """What was found, and under what one may look; what cannot be asked so is said on the page, beside the question."""
    desk, filters, asked = desk_of(request), Filters.read(request.query_params), " ".join(q.split())
    if len(asked) > LONGEST:
        raise Invalid(f"Ask in at most {LONGEST} characters.")
    desk.refresh()
    found, fault = Results(0, []), ""
    with reading(desk.ledger.engine) as connection:
        filed = categories(connection)
        if asked or filters.active:
            try:
                found = results(connection, asked, filters.selection(), offset=(filters.page - 1) * SIZE, limit=SIZE)
            except LedgerError as error:
                fault = str(error).partition(": ")[2] or str(error)
    hits = [(one, list(pieces(one.snippet))) for one in found.found]
    return render(
        request, "search.html", q=asked, filters=filters, hits=hits, total=found.total, most=COUNTED, fault=fault, filed=filed, names=NAMES,
        pages=max(1, -(-found.total // SIZE)), query=lambda page: _query(asked, filters, page),
    )  # fmt: skip


def pieces(snippet: str) -> Iterator[tuple[str, bool]]:
    """A snippet as words, and whether they are what was searched."""
    at = 0
    for found in _MARKED.finditer(snippet):
        yield snippet[at : found.start()].translate(_STRAY), False
        yield found.group(1).translate(_STRAY), True
        at = found.end()
    yield snippet[at:].translate(_STRAY), False


def _query(asked: str, filters: Filters, page: int) -> str:
    return "&".join(part for part in (urlencode({"q": asked}) if asked else "", filters.query(page=page)) if part)
