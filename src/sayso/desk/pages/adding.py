"""Adding: a text, addresses or files; and the page that says how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from sayso.desk.cards import NAMES
from sayso.desk.desk import desk_of
from sayso.desk.errors import Invalid, TooLarge, TooOften
from sayso.desk.forms import ADDRESSES, LONGEST_TEXT, Fault, addresses_of, label_of, text_of
from sayso.desk.incoming import NEW, Incoming
from sayso.desk.job import Job, Seen
from sayso.desk.rendering import is_part, render
from sayso.desk.uploads import MOST_FILES, Uploads
from sayso.desk.visitors import Coder, Visitor
from sayso.ledger.asking.of_articles import made_of
from sayso.ledger.database import reading
from sayso.reading.formats import READERS
from sayso.reading.packing import PACKED

router = APIRouter()
SHOWN = 100
"""Articles, and errors, that one page shows."""
RECENT = 10
"""Jobs that the page lists."""
WORDS = {
    "added": "added",
    "same": "there already",
    "recoded": "coded anew",
    "changed": "there already, with another text: the newer one is kept now",
    "forgotten": "taken out of the ledger before, and left out",
}


@router.get("/add")
def form(request: Request, visitor: Coder) -> Response:
    """The three ways of adding, and what the visitor has added lately."""
    return _form(request, visitor, {}, None)


@router.post("/add")
async def add(request: Request, visitor: Coder) -> Response:
    """Begin; the answer leads to its progress."""
    # in UTF-8 a character has at most four bytes
    async with request.form(max_files=MOST_FILES + 1, max_fields=20, max_part_size=4 * LONGEST_TEXT + 4) as given:
        return await run_in_threadpool(_begun, request, visitor, given)


def _begun(request: Request, visitor: Visitor, given: FormData) -> Response:
    desk = desk_of(request)
    said = {name: value for name, value in given.items() if isinstance(value, str)}
    uploads = Uploads(desk.settings.most_upload)
    try:
        for file in _files(given):
            uploads.take(file.filename, file.file)
        text, addresses = text_of(said), addresses_of(said)
        if text is None and not addresses and not uploads.files:
            raise Fault("Paste a text, give an address, or choose files.")
    except Fault as fault:
        uploads.close()
        return _form(request, visitor, said, fault)
    except TooLarge as error:
        uploads.close()
        return _form(request, visitor, said, Fault(str(error), "files"))
    except OSError as error:
        uploads.close()
        raise Invalid("The files could not be stored on the server; its disk may be full.") from error
    work = Incoming(desk, visitor.name, uploads, text, addresses)
    try:
        job = desk.jobs.begin(visitor.account.id, label_of(text, addresses, [one.name for one in uploads.files]), work)
    except TooOften as error:
        return _form(request, visitor, said, Fault(str(error)), TooOften.status)
    return RedirectResponse(f"/add/{job.id}", 303)


def _files(given: FormData) -> Iterator[UploadFile]:
    """Those that were chosen: where none was, browsers send one without name and content."""
    found = (one for one in given.getlist("files") if isinstance(one, UploadFile))
    return (one for one in found if one.filename or one.size)


def _form(request: Request, visitor: Visitor, said: dict[str, str], fault: Fault | None, status: int = 422) -> Response:
    desk = desk_of(request)
    return render(
        request, "add.html", status=status if fault else 200, said=said, fault=fault, recent=desk.jobs.of(visitor.account.id)[:RECENT],
        most_upload=desk.settings.most_upload, most_files=MOST_FILES, longest=LONGEST_TEXT, most_addresses=ADDRESSES,
        endings=sorted({*READERS, *PACKED}),
    )  # fmt: skip


@router.get("/add/{name}")
def progress(request: Request, visitor: Coder, name: str) -> Response:
    """How far it is. One article that is new leads straight to its page. Of what the desk does not know any more: why, and what to do."""
    desk = desk_of(request)
    job = desk.jobs.find(name, visitor.account.id)
    if job is None:
        return render(request, "adding_lost.html", status=404, began=desk.began)
    seen = desk.jobs.seen(job)
    target = _only_article(job, seen)
    if target is not None:
        return Response(headers={"hx-redirect": target}) if is_part(request) else RedirectResponse(target, 303)
    return render(request, "adding_part.html" if is_part(request) else "adding.html", **_shown(request, seen))


def _only_article(job: Job, seen: Seen) -> str | None:
    is_only = seen.state == "done" and len(seen.outcomes) == 1 and seen.outcomes[0].status in NEW
    return f"/articles/{quote(seen.outcomes[0].key, safe='')}" if is_only and job.leads() else None


def _shown(request: Request, seen: Seen) -> dict[str, Any]:
    good, bad = seen.of(*WORDS), seen.of("failed")
    newest = good[::-1][:SHOWN]
    with reading(desk_of(request).ledger.engine) as connection:
        made = made_of(connection, [one.key for one in newest]) if newest else {}
    return {"job": seen, "good": newest, "bad": bad[:SHOWN], "numbers": (len(good), len(bad)), "made": made, "words": WORDS,
            "names": NAMES, "again": len(seen.of("same"))}  # fmt: skip
