"""People, for admins: who has an account, and the log of what was done."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.desk.desk import desk_of
from sayso.desk.errors import NotFound
from sayso.desk.people import passwords
from sayso.desk.people.browsers import described
from sayso.desk.rendering import render
from sayso.desk.visitors import Admin, Visitor
from sayso.ledger.database import reading, writing
from sayso.ledger.people import log
from sayso.ledger.people.accounts import (
    ROLES,
    Role,
    accesses,
    accounts,
    change,
    last_uses,
    named,
    open_account,
    password_of,
    revoke,
)
from sayso.ledger.people.auditing import note

router = APIRouter()
SIZE = 50
"""Lines of the log on a page."""
RECENT = 10
"""Lines of the log on one person's page."""
MEANS = {
    "reader": "reads, reports errors and replies",
    "coder": "files categories too",
    "editor": "accepts and declines reports, merges and splits incidents too",
    "admin": "looks after people too",
}
"""What each role may do."""

Name = Annotated[str, Form(max_length=64)]
Password = Annotated[str, Form()]


@router.get("/people")
def show(request: Request, visitor: Admin) -> HTMLResponse:
    with reading(desk_of(request).ledger.engine) as connection:
        found, used = accounts(connection), last_uses(connection)
    return render(request, "people.html", accounts=found, used=used, means=MEANS)


@router.post("/people")
def add(
    request: Request, visitor: Admin, name: Name, role: Annotated[Role, Form()] = "reader", password: Password = ""
) -> HTMLResponse:
    """A new account. Its first password is shown on the answer alone, so there is no redirect."""
    given = password or passwords.invented()
    made = passwords.hashed(given, first=True)
    with writing(desk_of(request).ledger.engine) as connection:
        account = open_account(connection, name, role, made, who=visitor.name)
    return _person(request, account.name, given)


@router.get("/people/{name}")
def person(request: Request, visitor: Admin, name: str) -> HTMLResponse:
    return _person(request, name)


@router.post("/people/{name}/role")
def give_role(request: Request, visitor: Admin, name: str, role: Annotated[Role, Form()]) -> Response:
    return _changed(request, visitor, name, role=role)


@router.post("/people/{name}/state")
def set_state(
    request: Request, visitor: Admin, name: str, state: Annotated[Literal["open", "closed"], Form()]
) -> Response:
    """Close an account, which ends all that lets it in, or open it again."""
    return _changed(request, visitor, name, closed=state == "closed")


@router.post("/people/{name}/password")
def reset_password(request: Request, visitor: Admin, name: str, password: Password = "") -> HTMLResponse:
    """A new first password; every session of the account ends."""
    given = password or passwords.invented()
    made = passwords.hashed(given, first=True)
    with writing(desk_of(request).ledger.engine) as connection:
        change(connection, name, who=visitor.name, password=made)
    return _person(request, name, given)


@router.post("/people/{name}/end")
def end(request: Request, visitor: Admin, name: str) -> Response:
    """End all sessions and tokens of somebody."""
    with writing(desk_of(request).ledger.engine) as connection:
        found = named(connection, name)
        if found is None:
            raise NotFound(f"Nobody is called “{name}”.")
        number = revoke(connection, found.id)
        note(connection, visitor.name, "account:end", found.name, {"ended": number})
    return RedirectResponse(f"/people/{found.name}", 303)


@router.get("/log")
def show_log(
    request: Request,
    visitor: Admin,
    who: Annotated[str, Query(max_length=100)] = "",
    action: Annotated[str, Query(max_length=100)] = "",
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> HTMLResponse:
    """What was done, the newest first."""
    asked = who.strip().replace("\0", ""), action.strip().replace("\0", "")
    with reading(desk_of(request).ledger.engine) as connection:
        lines = log.lines(connection, who=asked[0], action=asked[1], before=before, limit=SIZE + 1)
        actions = log.actions(connection)
    older = lines[SIZE - 1].id if len(lines) > SIZE else None
    return render(
        request,
        "log.html",
        lines=lines[:SIZE],
        actions=actions,
        who=asked[0],
        action=asked[1],
        older=older,
        before=before,
    )


def _changed(request: Request, visitor: Visitor, name: str, **values: object) -> Response:
    with writing(desk_of(request).ledger.engine) as connection:
        change(connection, name, who=visitor.name, **values)
    return RedirectResponse(f"/people/{name}", 303)


def _person(request: Request, name: str, password: str = "") -> HTMLResponse:
    with reading(desk_of(request).ledger.engine) as connection:
        found = named(connection, name)
        if found is None:
            raise NotFound(f"Nobody is called “{name}”.")
        held = accesses(connection, found.id)
        kept = password_of(connection, found.name)
        lines = log.lines(connection, target=found.name, limit=RECENT)
    sessions = [one._replace(name=described(one.name)) for one in held if one.kind == "session"]
    return render(
        request, "person.html", one=found, roles=ROLES, means=MEANS, sessions=sessions, password=password, has_password=kept is not None,
        must_choose=passwords.is_first(kept), tokens=[one for one in held if one.kind == "token"], lines=lines,
    )  # fmt: skip
