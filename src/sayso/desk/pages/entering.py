"""Ways in: the link that works once, for the one person whose desk it is."""

from __future__ import annotations

import getpass
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from sayso.desk.desk import Desk, desk_of
from sayso.desk.errors import Forbidden
from sayso.desk.visitors import cookie_name, visitor_of
from sayso.ledger.database import writing
from sayso.ledger.people.accounts import Account, called_as, grant, named, open_account, revoke

router = APIRouter()
LASTS = timedelta(days=30)
"""How long a browser stays signed in."""
CHOOSING = timedelta(hours=1)
"""How long there is to choose a password."""


@router.get("/enter")
def enter(request: Request, key: str = "") -> Response:
    """Let in who has the link, once."""
    desk = desk_of(request)
    if not desk.take_link(key):
        raise Forbidden("This link was used already, or is not of this desk. Start `sayso desk` anew for another one.")
    own = _own_account(desk)
    if own.closed:
        raise Forbidden(f"The account {own.name} is closed. `sayso user open {own.name}` opens it again.")
    answer = RedirectResponse("/", 303)
    let_in(request, answer, own)
    return answer


def let_in(request: Request, answer: Response, account: Account, scopes: str = "") -> None:
    """Begin a session: its cookie goes with the answer. The one that this browser had ends, so that none outlives a sign-in."""
    desk, former = desk_of(request), visitor_of(request)
    lasts = CHOOSING if scopes else LASTS
    browser = request.headers.get("user-agent", "")
    with writing(desk.ledger.engine) as connection:
        if former is not None and former.access.kind == "session":
            revoke(connection, former.account.id, identifier=former.access.id)
        secret = grant(connection, account.id, "session", browser, lasts, scopes)
    answer.set_cookie(
        cookie_name(request),
        secret,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=desk.settings.https,
    )


def let_out(request: Request, answer: Response) -> None:
    """Take the cookie away."""
    answer.delete_cookie(cookie_name(request), httponly=True, samesite="lax", secure=desk_of(request).settings.https)


def _own_account(desk: Desk) -> Account:
    """That of the person who started the desk: an admin without a password."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "me"
    name = called_as(name) or "me"
    with writing(desk.ledger.engine) as connection:
        return named(connection, name) or open_account(connection, name, "admin", None, who=name)
