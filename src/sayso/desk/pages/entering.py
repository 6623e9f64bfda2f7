"""Ways in: the link that works once, for the one person whose desk it is."""

from __future__ import annotations

import getpass
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from sayso.desk.desk import Desk, desk_of
from sayso.desk.errors import Forbidden
from sayso.desk.visitors import cookie_name
from sayso.ledger.database import writing
from sayso.ledger.people.accounts import NAME, Account, grant, named, open_account

router = APIRouter()
LASTS = timedelta(days=30)
"""How long a browser stays signed in."""


@router.get("/enter")
def enter(request: Request, key: str = "") -> Response:
    """Let in who has the link, once."""
    desk = desk_of(request)
    if not desk.take_link(key):
        raise Forbidden("This link was used already, or is not of this desk. Start `sayso desk` anew for another one.")
    answer = RedirectResponse("/", 303)
    let_in(request, answer, _own_account(desk))
    return answer


def let_in(request: Request, answer: Response, account: Account) -> None:
    """Begin a session: its cookie goes with the answer."""
    desk = desk_of(request)
    browser = request.headers.get("user-agent", "")
    with writing(desk.ledger.engine) as connection:
        secret = grant(connection, account.id, "session", browser, LASTS)
    answer.set_cookie(
        cookie_name(request),
        secret,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=desk.settings.https,
    )


def _own_account(desk: Desk) -> Account:
    """That of the person who started the desk: an admin without a password."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "me"
    name = name.lower() if NAME.fullmatch(name.lower()) else "me"
    with writing(desk.ledger.engine) as connection:
        return named(connection, name) or open_account(connection, name, "admin", None, who=name)
