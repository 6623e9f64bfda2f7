"""Sources: outlets and those on whose word they report, side by side, and who cites whom; each as a table, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from sayso.desk.citing import graph
from sayso.desk.desk import desk_of
from sayso.desk.errors import Invalid
from sayso.desk.filters import LAST, LONGEST
from sayso.desk.rendering import render
from sayso.desk.visitors import Reader
from sayso.exports.spreadsheet import cell, line
from sayso.ledger.asking import sourcing
from sayso.ledger.asking.sourcing import COLUMNS, Citation, Source
from sayso.ledger.database import reading

router = APIRouter()
SIZE = 40
"""Sources of a page."""
CITED = 4000
"""Of the most cited pairs, those of which the drawing is made."""
SHOWN = 25
"""Pairs in the table below it."""
KINDS = {
    "outlet": "outlet", "speaker": "speaker", "document": "document", "agency": "news agency", "channel": "channel",
}  # fmt: skip
"""What a source is, in words. An origin of the kind "outlet" is a medium on whose own word others report."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is in the address. `order`: a column, with "-" before it where the most come first."""

    kind: str = ""
    q: str = ""
    order: str = "-reports"
    page: int = 1

    @classmethod
    def read(cls, query: Any) -> Asked:
        """Raises Invalid for what makes no sense."""
        kind, q = query.get("kind", "").strip(), " ".join(query.get("q", "").replace("\0", " ").split())
        order, page = query.get("order", "").strip() or cls.order, query.get("page", "").strip() or "1"
        if kind and kind not in KINDS:
            raise Invalid(f"“{kind}” is no kind of source; there are: {', '.join(KINDS)}.")
        if order.removeprefix("-") not in COLUMNS:
            raise Invalid(f"“{order}” is no order; there are: {', '.join(COLUMNS)}.")
        if len(q) > LONGEST or q.encode("utf-8", "replace").decode() != q:
            raise Invalid(f"Ask for a name of at most {LONGEST} characters.")
        if not (page.isascii() and page.isdigit() and 1 <= int(page[:9]) <= LAST):
            raise Invalid(f"There is no page “{page}”.")
        return cls(kind=kind, q=q, order=order, page=int(page))

    @property
    def column(self) -> str:
        return self.order.removeprefix("-")

    @property
    def down(self) -> bool:
        return self.order.startswith("-")

    def query(self, **changes: Any) -> str:
        """The address's part after "?", on the first page unless one is given."""
        given = {"kind": self.kind, "q": self.q, "order": self.order, "page": 1, **changes}
        given["order"] = "" if given["order"] == Asked.order else given["order"]
        given["page"] = "" if given["page"] == 1 else given["page"]
        return urlencode({name: value for name, value in given.items() if value})

    def turned(self, column: str) -> str:
        """The address ordered by a column: by one that orders already the other way round; numbers the most first."""
        if column == self.column:
            return self.query(order=column if self.down else f"-{column}")
        return self.query(order=column if column in ("name", "kind") else f"-{column}")


@router.get("/sources")
def show(request: Request, visitor: Reader) -> HTMLResponse:
    asked = Asked.read(request.query_params)
    desk = desk_of(request)
    desk.refresh()
    with reading(desk.ledger.engine) as connection:
        total, found = _sources(connection, asked, (asked.page - 1) * SIZE, SIZE)
        cited = sourcing.citations(connection, named=asked.q, limit=CITED)
    return render(
        request, "sources.html", asked=asked, total=total, found=found, cited=cited[:SHOWN], is_more=len(cited) > SHOWN, graph=graph(cited),
        kinds=KINDS, pages=max(1, -(-total // SIZE)),
    )  # fmt: skip


@router.get("/sources/citations")
def citing(request: Request, visitor: Reader) -> HTMLResponse:
    """The whole table of who cites whom."""
    asked = Asked.read(request.query_params)
    with reading(desk_of(request).ledger.engine) as connection:
        found = sourcing.citations(connection, named=asked.q, offset=(asked.page - 1) * SIZE, limit=SIZE + 1)
    return render(request, "citations.html", asked=asked, cited=found[:SIZE], is_more=len(found) > SIZE, kinds=KINDS)


@router.get("/sources.csv")
@router.get("/sources.json")
def file(request: Request, visitor: Reader) -> Response:
    """All sources that are asked for, in their order."""
    asked = Asked.read(request.query_params)
    with reading(desk_of(request).ledger.engine) as connection:
        _, found = _sources(connection, asked, 0, None)
    return _file(request, "sources", Source._fields, found)


@router.get("/sources/citations.csv")
@router.get("/sources/citations.json")
def citing_file(request: Request, visitor: Reader) -> Response:
    asked = Asked.read(request.query_params)
    with reading(desk_of(request).ledger.engine) as connection:
        found = sourcing.citations(connection, named=asked.q)
    return _file(request, "citations", Citation._fields, found)


def _sources(connection: Any, asked: Asked, offset: int, limit: int | None) -> tuple[int, list[Source]]:
    return sourcing.sources(
        connection, kind=asked.kind, named=asked.q, order=asked.column, down=asked.down, offset=offset, limit=limit
    )


def _file(request: Request, name: str, fields: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Response:
    if request.url.path.endswith(".json"):
        return Response(json.dumps([dict(zip(fields, row, strict=True)) for row in rows], ensure_ascii=False), media_type="application/json")  # fmt: skip
    headers = {"content-disposition": f'attachment; filename="sayso-{name}.csv"'}
    return StreamingResponse(_lines(fields, rows), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(fields: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    yield line(list(fields))
    for row in rows:
        yield line([cell(one) for one in row])
