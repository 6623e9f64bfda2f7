"""Signing in with a name and a password, and out again."""

from __future__ import annotations

import logging
import math
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sayso.desk.desk import Desk, desk_of
from sayso.desk.errors import NotFound
from sayso.desk.pages.entering import let_in, let_out
from sayso.desk.people import passwords
from sayso.desk.people.throttle import Doors
from sayso.desk.rendering import render
from sayso.desk.visitors import CHOOSES, visitor_of
from sayso.ledger.database import reading, writing
from sayso.ledger.people.accounts import Account, called_as, hash_anew, named, password_of, revoke
from sayso.ledger.people.auditing import note

LOG = logging.getLogger(__name__)
WRONG = "This name and this password do not belong together."
CHOOSE = "/account/password"
DOORS = ("/sign-in", "/sign-out", "/enter")

router = APIRouter()


@router.get("/sign-in")
def ask(request: Request, to: str = "/") -> Response:
    """The form; who is in already goes on."""
    visitor = visitor_of(request)
    if visitor is not None and visitor.access.kind == "session":
        return RedirectResponse(CHOOSE if visitor.must_choose else own_path(to), 303)
    return render(request, "sign_in.html", to=own_path(to), name="", fault="")


@router.post("/sign-in")
def sign_in(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "/",
) -> Response:
    """Begin a session. A name that nobody has is answered as a wrong password is, and after as long."""
    desk = desk_of(request)
    if not desk.settings.team:
        raise NotFound("Nobody signs in here with a password: this desk is run for one person.")
    called, address = called_as(name) or name[:64], request.client.host if request.client else ""
    doors: Doors = request.app.state.doors
    wait = doors.wait(called, address)
    if wait:
        LOG.warning("sign-in of %r from %s must wait", called, address)
        return _again(request, name, to, f"Too many tries. Wait {_duration(wait)}, then try again.", 429, wait)
    found = _checked(desk, called, password)
    if found is None:
        LOG.warning("sign-in of %r from %s: wrong", called, address)
        return _again(request, name, to, WRONG, 403)
    doors.opened(called, address)
    account, must_choose = found
    answer = RedirectResponse(CHOOSE if must_choose else own_path(to), 303)
    let_in(request, answer, account, CHOOSES if must_choose else "")
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End this session, here and in the ledger."""
    visitor = visitor_of(request)
    if visitor is not None and visitor.access.kind == "session":
        with writing(desk_of(request).ledger.engine) as connection:
            revoke(connection, visitor.account.id, identifier=visitor.access.id)
            note(connection, visitor.name, "sign-out", visitor.name)
    answer = RedirectResponse("/sign-in", 303)
    let_out(request, answer)
    return answer


def own_path(to: str) -> str:
    """Where to go on: a page of the desk, "/" instead of anything that a browser could take for another site's (WHATWG URL, 4.4)."""
    odd = "\\" in to or any(ord(one) < 32 or ord(one) == 127 for one in to)
    if odd or not to.startswith("/") or to.startswith("//") or to.partition("?")[0] in DOORS:
        return "/"
    return to


def _checked(desk: Desk, name: str, password: str) -> tuple[Account, bool] | None:
    """The account that the password opens, and whether another password is to be chosen first."""
    engine = desk.ledger.engine
    with reading(engine) as connection:
        kept, account = password_of(connection, name), named(connection, name)
    if not passwords.fits(kept, password) or kept is None or account is None:
        return None
    with writing(engine) as connection:
        if passwords.is_outdated(kept):
            hash_anew(connection, account.id, kept, passwords.anew(kept, password))
        note(connection, account.name, "sign-in", account.name)
    return account, passwords.is_first(kept)


def _again(request: Request, name: str, to: str, fault: str, status: int, wait: float = 0.0) -> Response:
    answer = render(request, "sign_in.html", status=status, to=own_path(to), name=name[:64], fault=fault)
    if wait:
        answer.headers["retry-after"] = str(math.ceil(wait))
    return answer


def _duration(seconds: float) -> str:
    whole = math.ceil(seconds)
    if whole < 90:
        return f"{whole} second{'' if whole == 1 else 's'}"
    return f"{math.ceil(whole / 60)} minutes"
