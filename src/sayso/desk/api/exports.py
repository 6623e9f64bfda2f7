"""Whole views in formats that other tools read, written while they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from sayso.desk.api.access import Reads
from sayso.desk.api.asked import View
from sayso.desk.api.problems import declared
from sayso.desk.desk import desk_of
from sayso.desk.sending import File
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.exports.writers import Style
from sayso.ledger import Ledger, Selection

router = APIRouter(tags=["exports"])

Format = Literal[
    "jsonl",
    "table",
    "csv",
    "geojson",
    "acled",
    "gdelt-events",
    "gdelt-mentions",
    "plover",
    "jsonld",
    "annotations",
    "prov",
]
TYPES = {
    "jsonl": ("application/x-ndjson", "jsonl"),
    "table": ("text/plain; charset=utf-8", "txt"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "geojson": ("application/geo+json", "geojson"),
    "acled": ("text/csv; charset=utf-8", "csv"),
    "gdelt-events": ("text/tab-separated-values; charset=utf-8", "tsv"),
    "gdelt-mentions": ("text/tab-separated-values; charset=utf-8", "tsv"),
    "plover": ("application/x-ndjson", "jsonl"),
    "jsonld": ("application/ld+json", "jsonld"),
    "annotations": ("application/ld+json", "jsonld"),
    "prov": ("application/ld+json", "jsonld"),
}
"""Media type, and how a file's name ends."""


def _media() -> dict[str, Any]:
    kinds = {kind.partition(";")[0] for kind, _ in TYPES.values()}
    is_object = "application/geo+json", "application/ld+json"
    return {one: {"schema": {"type": "object"} if one in is_object else {"type": "string"}} for one in sorted(kinds)}


class Wanted(View):
    format: Format = Field(description="`acled`, `gdelt-…`, `plover`: as those data sets have it; `prov`: W3C PROV-O.")
    corrected: bool = Field(default=False, description="As the accepted corrections have it.")


@router.get(
    "/export",
    summary="Export incidents",
    description="All that fit the filters, oldest first, with what people said of them, as they are when it is asked for, whatever is changed "
    "meanwhile; personal data are masked. It is sent while it is written: an answer that breaks off is not whole. Some files are written "
    "at a time, and the next is refused.",
    response_class=StreamingResponse,
    responses={200: {"description": "The file.", "content": _media()}, **declared(401, 422, 429)},
)
def export_incidents(request: Request, visitor: Reads, wanted: Annotated[Wanted, Query()]) -> Response:
    kind, ending = TYPES[wanted.format]
    desk = desk_of(request)
    parts = _parts(desk.ledger, wanted.selection(), wanted.format, wanted.corrected)
    return File(f"sayso-{wanted.format}.{ending}", kind, parts, desk.turns)


def _parts(ledger: Ledger, selection: Selection, format: str, corrected: bool) -> Iterator[str]:
    writer, style = INCIDENT_WRITERS[format](), Style()
    yield writer.before()
    for one in ledger.dossiers(selection, with_corrections=corrected, whole=False):
        yield writer.each(one, style)
    yield writer.after()
