"""What editors decide of an incident: merge, split, confirm, judge, undo. Each needs a reason and is in the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sayso.desk.desk import Desk, desk_of
from sayso.desk.errors import Invalid
from sayso.desk.pages.incident import found_in
from sayso.desk.reasons import reason
from sayso.desk.visitors import Editor
from sayso.ledger.acts import undoing
from sayso.ledger.asking import one_incident
from sayso.ledger.database import reading
from sayso.records import Incident, Span

router = APIRouter()
Text = Annotated[str, Form()]


def _to(key: str, part: str = "decisions") -> Response:
    return RedirectResponse(f"/incidents/{key}#{part}", 303)


@router.post("/incidents/{key}/merge")
def merge(request: Request, key: str, visitor: Editor, why: Text = "", other: Text = "", typed: Text = "") -> Response:
    """This incident and another one are one; this one's id stays."""
    desk, because, chosen = desk_of(request), reason(why), typed.strip() or other.strip()
    if not chosen:
        raise Invalid("Choose the incident that is the same as this one, or give its id.")
    this, that = found_in(desk, key), found_in(desk, chosen.rsplit("/", 1)[-1])
    return _to(desk.ledger.join(this.key, that.key, who=visitor.name, why=because))


@router.post("/incidents/{key}/split")
def split(
    request: Request, key: str, visitor: Editor, why: Text = "", report: Annotated[list[str] | None, Form()] = None
) -> Response:
    """The chosen reports are of another incident, which is shown then."""
    desk, because = desk_of(request), reason(why)
    chosen = [_report(one) for one in report or ()]
    if not chosen:
        raise Invalid("Choose the reports that are of something else.")
    return _to(desk.ledger.part(found_in(desk, key).key, chosen, who=visitor.name, why=because))


@router.post("/incidents/{key}/confirm")
def confirm(request: Request, key: str, visitor: Editor, why: Text = "") -> Response:
    """All reports that it has are of one thing."""
    desk, because = desk_of(request), reason(why)
    found = found_in(desk, key)
    undoing.confirm(desk.ledger.engine, found.key, who=visitor.name, why=because)
    return _to(found.key)


@router.post("/incidents/{key}/verdict")
def judge(request: Request, key: str, visitor: Editor, report: Text = "", rating: Text = "") -> Response:
    """A verdict on what one report says: what a ClaimReview is made of."""
    desk, given = desk_of(request), reason(rating)
    found = found_in(desk, key)
    article, span = _words(desk, found, _report(report))
    ledger, who = desk.ledger, visitor.name
    made = ledger.annotate(article, span, kind="assessing", creator=who, body=given, incident=found.key)
    ledger.review(made, "accepted", who=who, why=given)
    return _to(found.key, "verdicts")


@router.post("/incidents/{key}/undo")
def undo(
    request: Request, key: str, visitor: Editor, why: Text = "", line: Annotated[int, Form(ge=1, lt=2**62)] = 1
) -> Response:
    """Take back a merge or a split that still holds."""
    return _to(undoing.undo(desk_of(request).ledger.engine, line, who=visitor.name, why=reason(why)))


def _report(named: str) -> tuple[str, str]:
    """A report as forms name it: the article's id, a slash, the event's. Raises Invalid."""
    article, _, event = named.rpartition("/")
    if not article or not event or "\0" in named:
        raise Invalid("That is no report of this incident.")
    return article, event


def _words(desk: Desk, found: one_incident.Found, report: Sequence[str]) -> tuple[str, Span]:
    """The words of a report of the incident. Raises Invalid where it has no such report."""
    article, name = report
    with reading(desk.ledger.engine) as connection:
        dossier = one_incident.dossier(connection, found.number)
    incident: Incident | None = dossier.incident if dossier else None
    reports = {(one.article, one.event) for one in incident.reports} if incident else set()
    coding = dossier.codings.get(article) if dossier and (article, name) in reports else None
    event = next((one for one in coding.events if one.id == name), None) if coding else None
    if event is None:
        raise Invalid("That is no report of this incident.")
    return article, event.span
