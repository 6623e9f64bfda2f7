"""My account: the browsers that are signed in, the tokens of my programs, my password."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.desk.desk import desk_of
from sayso.desk.errors import DeskError, Invalid, NotFound, NotSignedIn, TooOften
from sayso.desk.pages.entering import let_in, let_out
from sayso.desk.people import passwords
from sayso.desk.people.browsers import described
from sayso.desk.people.throttle import Doors
from sayso.desk.rendering import render
from sayso.desk.visitors import MUST_CHOOSE, InPerson, Visitor
from sayso.ledger.database import reading, writing
from sayso.ledger.people.accounts import Access, Kind, accesses, change, grant, password_of, revoke
from sayso.ledger.people.auditing import note

router = APIRouter(prefix="/account")
LASTS = {"30": timedelta(days=30), "90": timedelta(days=90), "365": timedelta(days=365), "": None}
"""Days for which a token can be made; empty: until it is revoked."""
SCOPES = {"read": "read", "write": "read write"}


@router.get("")
def show(request: Request, visitor: InPerson) -> HTMLResponse:
    return _page(request, _ready(visitor))


@router.post("/tokens")
def make_token(
    request: Request,
    visitor: InPerson,
    name: Annotated[str, Form(max_length=100)],
    scope: Annotated[Literal["read", "write"], Form()] = "read",
    days: Annotated[Literal["30", "90", "365", ""], Form()] = "90",
) -> HTMLResponse:
    """A new token. The answer shows its secret, and no other page ever does: so there is no redirect."""
    called = "".join(one for one in name if one.isprintable()).strip()
    if not called:
        raise Invalid("Say what the token is for, so that you know it again.")
    with writing(desk_of(request).ledger.engine) as connection:
        secret = grant(connection, _ready(visitor).account.id, "token", called, LASTS[days], SCOPES[scope])
        note(connection, visitor.name, "token:make", called, {"scopes": SCOPES[scope], "days": days})
    return _page(request, visitor, secret=secret)


@router.post("/revoke")
def end(
    request: Request,
    visitor: InPerson,
    id: Annotated[str, Form(max_length=64)] = "",
    kind: Annotated[Literal["session", "token"], Form()] = "token",
) -> Response:
    """End one session or token of mine; without an id all of a kind, this session too."""
    with writing(desk_of(request).ledger.engine) as connection:
        held = [
            one for one in accesses(connection, visitor.account.id) if one.id == id or (not id and one.kind == kind)
        ]
        if id and not held:
            raise NotFound("It has ended already.")
        for one in held:
            revoke(connection, visitor.account.id, identifier=one.id)
            note(
                connection, visitor.name, f"{one.kind}:end", described(one.name) if one.kind == "session" else one.name
            )
    if any(one.id == visitor.access.id for one in held):
        answer = RedirectResponse("/sign-in", 303)
        let_out(request, answer)
        return answer
    return RedirectResponse("/account", 303)


@router.get("/password")
def ask_password(request: Request, visitor: InPerson) -> HTMLResponse:
    return _password_page(request, visitor, _kept(request, visitor))


@router.post("/password")
def change_password(
    request: Request,
    visitor: InPerson,
    present: Annotated[str, Form()] = "",
    chosen: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Another password. All sessions end; this browser gets a new one."""
    kept = _kept(request, visitor)
    try:
        _check(request, visitor, kept, present)
        if chosen != again:
            raise Invalid("The new password was not the same both times.")
        if kept is not None and passwords.fits(kept, chosen):
            raise Invalid("That is the password you have.")
        made = passwords.hashed(chosen)
    except (Invalid, TooOften) as error:
        return _password_page(request, visitor, kept, str(error), error.status)
    with writing(desk_of(request).ledger.engine) as connection:
        if password_of(connection, visitor.name) != kept:
            raise DeskError("Your password was changed meanwhile.")
        change(connection, visitor.name, who=visitor.name, password=made)
    answer = RedirectResponse("/account", 303)
    let_in(request, answer, visitor.account)
    return answer


def _ready(visitor: Visitor) -> Visitor:
    """Raises NotSignedIn where a password is to be chosen first."""
    if visitor.must_choose:
        raise NotSignedIn(MUST_CHOOSE)
    return visitor


def _kept(request: Request, visitor: Visitor) -> str | None:
    with reading(desk_of(request).ledger.engine) as connection:
        return password_of(connection, visitor.name)


def _password_page(
    request: Request, visitor: Visitor, kept: str | None, fault: str = "", status: int = 200
) -> HTMLResponse:
    return render(
        request, "password.html", status=status, fault=fault, least=passwords.LEAST, first=visitor.must_choose,
        asks_present=kept is not None and not visitor.must_choose,
    )  # fmt: skip


def _check(request: Request, visitor: Visitor, kept: str | None, present: str) -> None:
    """Raises Invalid unless the present password is right: whoever finds a browser open must not get the account with it."""
    if kept is None or visitor.must_choose:  # who has a first password has just typed it
        return
    doors: Doors = request.app.state.doors
    if doors.accounts.wait(visitor.name):
        raise TooOften("Too many tries. Wait a few minutes, then try again.")
    if not passwords.fits(kept, present):
        raise Invalid("The present password is another one.")
    doors.accounts.forgive(visitor.name)


def _page(request: Request, visitor: Visitor, secret: str = "") -> HTMLResponse:
    with reading(desk_of(request).ledger.engine) as connection:
        held = accesses(connection, visitor.account.id)
        has_password = password_of(connection, visitor.name) is not None
    of: dict[Kind, list[Access]] = {"session": [], "token": []}
    for one in held:
        of[one.kind].append(one._replace(name=described(one.name)) if one.kind == "session" else one)
    return render(
        request, "account.html", sessions=of["session"], tokens=of["token"], secret=secret, has_password=has_password
    )
