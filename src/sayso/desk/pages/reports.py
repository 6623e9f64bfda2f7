"""The editor's queue: what readers say is wrong, in its words, to accept, decline or assign; and each reporter's own list."""

from __future__ import annotations

from typing import Annotated, NamedTuple
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from sayso.desk.changes import Change, change
from sayso.desk.desk import desk_of
from sayso.desk.errors import Invalid
from sayso.desk.rendering import is_part, render
from sayso.desk.visitors import Editor, Reader, Visitor
from sayso.desk.words import around
from sayso.ledger.acts import labour
from sayso.ledger.asking.one_article import Opened, opened
from sayso.ledger.database import reading
from sayso.ledger.people import reports
from sayso.ledger.people.accounts import accounts
from sayso.ledger.people.agreeing import agreement
from sayso.ledger.people.proposals import FAULTS

router = APIRouter()
SIZE = 20
"""Reports of a page."""
LAST = 100_000
"""No page has a higher number."""
LONGEST = 500
"""Characters of a filter."""
Given = Annotated[str, Form()]
TOLD = {
    "accepted": "Accepted. Where it was a correction, it holds from now on, here and in exports with corrections.",
    "declined": "Declined. Who reported it sees your reason.",
    "withdrawn": "Withdrawn.",
    "assigned": "Assigned.",
}
"""What the list says after something was done."""


class Shown(NamedTuple):
    """A report as the list shows it: its words between those around them, and what it changes where it can be applied."""

    report: reports.Report
    before: str
    words: str
    after: str
    change: Change | None


@router.get("/reports")
def show(
    request: Request, visitor: Reader, state: str = "open", fault: str = "", assigned: str = "", article: str = "",
    mine: str = "", page: str = "1", told: str = "",
) -> Response:  # fmt: skip
    """The queue, for editors; for others what they have reported themselves."""
    own = bool(mine) or not visitor.may("editor")
    wanted = _wanted(state, fault, assigned, article, visitor, own)
    number = int(page) if page.isascii() and page.isdigit() and 1 <= int(page[:9]) <= LAST else 1
    with reading(desk_of(request).ledger.engine) as connection:
        total, found = reports.found(connection, wanted, offset=(number - 1) * SIZE, limit=SIZE)
        counts = reports.counted(connection, wanted.creator)
        shown = _shown(connection, found)
        editors = [one.name for one in accounts(connection) if one.may("editor") and not one.closed]
        agreed = [] if own else agreement(connection)
    return render(
        request, "reports_part.html" if is_part(request) else "reports.html", shown=shown, total=total, counts=counts,
        wanted=wanted, own=own, editors=editors, agreed=agreed, faults=FAULTS, states=reports.STATES, page=number,
        pages=max(1, -(-total // SIZE)), query=_query(wanted, own), told=TOLD.get(told, ""),
    )  # fmt: skip


@router.post("/reports/{identifier}/accept")
def accept(request: Request, visitor: Editor, identifier: str, why: Given = "", back: Given = "") -> Response:
    """The report holds: a correction is applied at once."""
    labour.review(desk_of(request).ledger.engine, _report(request, identifier), "accepted", who=visitor.name, why=why)
    return _back(back, "accepted")


@router.post("/reports/{identifier}/decline")
def decline(request: Request, visitor: Editor, identifier: str, why: Given = "", back: Given = "") -> Response:
    """The report does not hold, for a reason that its reporter reads."""
    if not why.strip():
        raise Invalid("Say why: whoever reported it reads the reason.")
    labour.review(
        desk_of(request).ledger.engine, _report(request, identifier), "declined", who=visitor.name, why=why.strip()
    )
    return _back(back, "declined")


@router.post("/reports/{identifier}/withdraw")
def withdraw(request: Request, visitor: Reader, identifier: str, back: Given = "") -> Response:
    """Its reporter takes it back, or an editor undoes what was accepted."""
    engine = desk_of(request).ledger.engine
    with reading(engine) as connection:
        found = reports.one(connection, identifier)
    if found.annotation.creator != visitor.name and not visitor.may("editor"):
        raise Invalid(f"This is {found.annotation.creator}'s report; only they and editors may withdraw it.")
    labour.review(engine, identifier, "withdrawn", who=visitor.name)
    return _back(back, "withdrawn")


@router.post("/reports/{identifier}/assign")
def assign(request: Request, visitor: Editor, identifier: str, to: Given = "", back: Given = "") -> Response:
    """Say who is to decide it; nobody where `to` is empty."""
    reports.assign(desk_of(request).ledger.engine, identifier, to, who=visitor.name)
    return _back(back, "assigned")


def _wanted(state: str, fault: str, assigned: str, article: str, visitor: Visitor, own: bool) -> reports.Wanted:
    if own and state == "open":
        state = ""  # the outcome is what a reporter looks for
    state = "" if state == "all" else state
    for given, known, what in ((state, reports.STATES, "state"), (fault, FAULTS, "kind of error")):
        if given and given not in known:
            raise Invalid(f"“{given[:80]}” is no {what}.")
    if max(len(assigned), len(article)) > LONGEST or "\0" in assigned + article:
        raise Invalid("There is no such article or editor.")
    assigned = visitor.name if assigned == "me" else assigned
    return reports.Wanted(state, fault, assigned, article, visitor.name if own else "")


def _query(wanted: reports.Wanted, own: bool) -> str:
    given = {
        "state": wanted.state or "all",
        "fault": wanted.fault,
        "assigned": wanted.assigned,
        "article": wanted.article,
    }
    return urlencode({name: value for name, value in {**given, "mine": "1" if own else ""}.items() if value})


def _shown(connection: Connection, found: list[reports.Report]) -> list[Shown]:
    articles = {key: opened(connection, key) for key in {one.annotation.article for one in found}}
    return [_one(report, articles[report.annotation.article]) for report in found]


def _one(report: reports.Report, article: Opened | None) -> Shown:
    """With the coding that it would change; for a correction that holds, the one that it has changed."""
    said = report.annotation
    if article is None or said.orphan:
        return Shown(report, said.prefix, said.exact, said.suffix, None)
    coding = next((step.before for step in article.steps if step.by.id == said.id), article.coding)
    return Shown(report, *around(article.coding.article.text, said.span), change(coding, said))


def _report(request: Request, identifier: str) -> str:
    """The id, where it is a report's. Raises LedgerError where it is not."""
    with reading(desk_of(request).ledger.engine) as connection:
        return reports.one(connection, identifier).annotation.id


def _back(back: str, told: str) -> RedirectResponse:
    """To the list as it was: `back` is its query, never an address."""
    return RedirectResponse(f"/reports?{_safe(back)}told={told}", 303)


def _safe(back: str) -> str:
    given = {name: value for name, value in parse_qsl(back[:2000]) if name != "told"}
    return urlencode(given) + "&" if given else ""
