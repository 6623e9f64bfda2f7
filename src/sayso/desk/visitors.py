"""Who asks: by the session cookie of a browser, or by the token of a program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from sayso.desk.desk import desk_of
from sayso.desk.errors import Forbidden, NotSignedIn
from sayso.ledger.database import reading, writing
from sayso.ledger.people.accounts import Access, Account, Role, holder, is_used_anew, note_use

COOKIE = "sayso"
"""Of the session. `__Host-` is put before it over HTTPS."""
WRITES = "write"
"""The scope without which a token only reads."""


class Visitor(NamedTuple):
    """Who asks, and by what: a session of a browser, or a token of a program."""

    account: Account
    access: Access

    @property
    def name(self) -> str:
        return self.account.name

    def may(self, role: Role) -> bool:
        """Whether the account may do what this role may; a token only what its scopes let it."""
        only_reads = self.access.kind == "token" and WRITES not in self.access.scopes
        return self.account.may(role) and (role == "reader" or not only_reads)


def cookie_name(request: Request) -> str:
    return f"__Host-{COOKIE}" if desk_of(request).settings.https else COOKIE


def visitor_of(request: Request) -> Visitor | None:
    """Who asks; None where nobody is signed in. Read once a request."""
    if not hasattr(request.state, "visitor"):
        request.state.visitor = _found(request)
    found: Visitor | None = request.state.visitor
    return found


def _found(request: Request) -> Visitor | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    secret = token.strip() if scheme.lower() == "bearer" else request.cookies.get(cookie_name(request), "")
    if not secret:
        return None
    engine = desk_of(request).ledger.engine
    with reading(engine) as connection:
        found = holder(connection, secret, "token" if scheme.lower() == "bearer" else "session")
    if found is None:
        return None
    if is_used_anew(found[1]):
        with writing(engine) as connection:
            note_use(connection, found[1])
    return Visitor(*found)


def at_least(role: Role) -> Callable[[Request], Visitor]:
    """A dependency: whoever asks, if he may do what this role may.

    Raises NotSignedIn or Forbidden.
    """

    def wanted(request: Request) -> Visitor:
        found = visitor_of(request)
        if found is None:
            raise NotSignedIn("Sign in to see this page.")
        if not found.may(role):
            raise Forbidden(f"This needs the role “{role}”; {found.name} is {found.account.role}.")
        return found

    return wanted


Reader = Annotated[Visitor, Depends(at_least("reader"))]
Coder = Annotated[Visitor, Depends(at_least("coder"))]
Editor = Annotated[Visitor, Depends(at_least("editor"))]
Admin = Annotated[Visitor, Depends(at_least("admin"))]
