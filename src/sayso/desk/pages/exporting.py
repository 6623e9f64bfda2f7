"""Any view, and any incident, for spreadsheets, maps and feed readers. The address is the page's own, with an ending."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID, uuid5

from fastapi import APIRouter, Request
from starlette.responses import Response

from sayso.desk.desk import Desk, desk_of
from sayso.desk.errors import Invalid, NotFound
from sayso.desk.feeding import Entry, clean, entry
from sayso.desk.filters import Filters
from sayso.desk.pages.incident import found_in
from sayso.desk.rendering import environment
from sayso.desk.sending import File
from sayso.desk.visitors import Reader
from sayso.exports import geojson, incident_table
from sayso.exports.spreadsheet import line
from sayso.exports.view import number
from sayso.ledger.asking.batches import Batches
from sayso.ledger.asking.choosing import arrived, chosen
from sayso.ledger.database import reading
from sayso.ledger.dossier import Dossier

router = APIRouter()
MOST = 5_000
"""Incidents of one file; whoever wants more asks the API, or for less."""
FED = 50
"""Entries of a feed."""
Ending = Literal["csv", "json", "geojson"]
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json"}


@router.get("/situation.atom")
def feed(request: Request, visitor: Reader) -> Response:
    """The incidents of the view of which a report came last (RFC 4287)."""
    desk, filters = desk_of(request), _filters(request)
    desk.refresh()
    with reading(desk.ledger.engine) as connection:
        found = arrived(connection, filters.selection(), FED)
        told = list(Batches(connection, corrected=True).read(list(found)))
    root, identity = _root(request), UUID(desk.ledger.identity)
    entries = [entry(one.incident, found[number], identity, root) for number, one in told]
    return Response(_feed(request, filters, identity, entries), media_type="application/atom+xml")


def _feed(request: Request, filters: Filters, identity: UUID, entries: list[Entry]) -> str:
    query = filters.query()
    updated = entries[0].updated if entries else datetime.fromtimestamp(0, UTC).isoformat()
    about = ", ".join(f"{name}: {value}" for name, value in filters.active.items())
    return (
        environment()
        .get_template("situation.atom")
        .render(
            id=uuid5(identity, f"situation?{query}").urn,
            about=clean(about),
            updated=updated,
            own=f"{_root(request)}/situation.atom" + (f"?{query}" if query else ""),
            page=f"{_root(request)}/" + (f"?{query}" if query else ""),
            entries=entries,
        )
    )


@router.get("/situation.{ending}")
def view(request: Request, visitor: Reader, ending: str) -> Response:
    """The incidents of the view in its order, at most MOST; where there are more the file says so."""
    kind = _ending(ending)
    desk, filters = desk_of(request), _filters(request)
    desk.refresh()
    return File(f"sayso-situation.{kind}", TYPES[kind], _written(desk, filters, kind), desk.turns)


def _written(desk: Desk, filters: Filters, kind: Ending) -> Iterator[str]:
    with reading(desk.ledger.engine) as connection:
        newest = filters.order == "newest"
        total, numbers = chosen(connection, filters.selection(), limit=MOST, newest=newest)
        found = (one for _, one in Batches(connection, corrected=True).read(numbers))
        yield from WRITERS[kind](found, total, _note("last" if newest else "first", len(numbers), total))


def _note(order: str, shown: int, total: int) -> str:
    """What the file says where it does not hold all."""
    if shown == total:
        return ""
    return (
        f"These are the {order} {number(shown)} of {number(total)} incidents by day. Narrow the filters for the others, "
        "or ask the API for all of them: /api/export."
    )


@router.get("/incidents/{key}.{ending}")
def incident(request: Request, visitor: Reader, key: str, ending: str) -> Response:
    """One incident: its record, its row, or its place."""
    kind = _ending(ending)
    desk = desk_of(request)
    found = found_in(desk, key)
    with reading(desk.ledger.engine) as connection:
        told = [one for _, one in Batches(connection, corrected=True).read([found.number])]
    if not told:
        raise NotFound("No report of this incident is left: its articles were taken out, or corrected.")
    headers = {"content-disposition": f'attachment; filename="sayso-{found.key}.{kind}"'}
    return Response(ONE[kind](told[0]).encode("utf-8", "replace"), media_type=TYPES[kind], headers=headers)


def _filters(request: Request) -> Filters:
    """Raises Invalid for a view of what is no incident: it would be a file of something else."""
    found = Filters.read(request.query_params)
    if found.is_untold:
        raise Invalid(
            f"Files and feeds hold incidents; ask the API for what is told as {found.realis}: /api/events?realis={found.realis}."
        )
    return found


def _ending(ending: str) -> Ending:
    """Raises NotFound for one that no file has."""
    for known in ("csv", "json", "geojson"):
        if ending == known:
            return known
    raise NotFound("There is no such page.")


def _csv(found: Iterable[Dossier], total: int, note: str) -> Iterator[str]:
    yield incident_table.header()
    for one in found:
        yield incident_table.row(one)
    if note:
        yield line([note])


def _json(found: Iterable[Dossier], total: int, note: str) -> Iterator[str]:
    yield f'{{"total": {total}, "note": {json.dumps(note or None)}, "incidents": [\n'
    yield from _listed(_record(one) for one in found)
    yield "\n]}\n"


def _geojson(found: Iterable[Dossier], total: int, note: str) -> Iterator[str]:
    """A note is a foreign member of the collection (RFC 7946, 6.1)."""
    yield geojson.HEAD
    yield from _listed(geojson.text(one) for one in found)
    yield f'\n], "note": {json.dumps(note)}}}\n' if note else geojson.FOOT


WRITERS = {"csv": _csv, "json": _json, "geojson": _geojson}


ONE: dict[Ending, Callable[[Dossier], str]] = {
    "csv": lambda one: incident_table.header() + incident_table.row(one),
    "json": lambda one: _record(one),
    "geojson": geojson.text,
}


def _listed(items: Iterable[str]) -> Iterator[str]:
    for place, item in enumerate(items):
        yield f",\n{item}" if place else item


def _record(one: Dossier) -> str:
    return one.incident.to_json()


def _root(request: Request) -> str:
    """The desk's own address, as whoever asks knows it."""
    scheme = "https" if desk_of(request).settings.https else request.url.scheme
    return f"{scheme}://{request.url.netloc}"
