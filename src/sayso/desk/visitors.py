"""Who asks: by the session cookie of a browser, or by the token of a program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from sayso.desk.desk import desk_of
from sayso.desk.errors import Forbidden, NotSignedIn
from sayso.ledger.database import reading
from sayso.ledger.people.accounts import Access, Account, Role, holder, is_used_anew
from sayso.ledger.people.uses import note_use

WRITES = "write"
"""The scope without which a token only reads."""
CHOOSES = "choose"
"""The scope of a session that a first password began: it is good for nothing but to choose another password."""

MUST_CHOOSE = "Choose a password of your own first."


class Visitor(NamedTuple):
    """Who asks, and by what: a session of a browser, or a token of a program."""

    account: Account
    access: Access

    @property
    def name(self) -> str:
        return self.account.name

    @property
    def must_choose(self) -> bool:
        """Whether there is nothing to be done before another password is chosen."""
        return CHOOSES in self.access.scopes

    def refusal(self, role: Role) -> str | None:
        """Why this may not be done that needs a role; None where it may. Tokens do what their scopes let them, and never look after people."""
        if self.must_choose:
            return MUST_CHOOSE
        if not self.account.may(role):
            return f"This needs the role “{role}”; {self.name} is {self.account.role}."
        if self.access.kind == "token" and role == "admin":
            return "No token looks after people: sign in with a browser."
        if self.access.kind == "token" and role != "reader" and WRITES not in self.access.scopes:
            return "This token only reads. Make one with the scope “write”."
        return None

    def may(self, role: Role) -> bool:
        """Whether what needs this role may be done."""
        return self.refusal(role) is None


def cookie_name(request: Request) -> str:
    """Of the session."""
    desk = desk_of(request)
    return f"__Host-{desk.cookie}" if desk.settings.https else desk.cookie


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
        note_use(engine, found[1])
    return Visitor(*found)


def at_least(role: Role) -> Callable[[Request], Visitor]:
    """A dependency: whoever asks, if he may do what this role may.

    Raises NotSignedIn or Forbidden.
    """

    def wanted(request: Request) -> Visitor:
        found = _present(request)
        if found.must_choose:
            raise NotSignedIn(MUST_CHOOSE)
        refusal = found.refusal(role)
        if refusal is not None:
            raise Forbidden(refusal)
        return found

    return wanted


def in_person(request: Request) -> Visitor:
    """A dependency: whoever asks, by a session of a browser, even if a password is to be chosen first.

    Raises NotSignedIn or Forbidden.
    """
    found = _present(request)
    if found.access.kind != "session":
        raise Forbidden("No token does this: sign in with a browser.")
    return found


def _present(request: Request) -> Visitor:
    found = visitor_of(request)
    if found is None:
        raise NotSignedIn("Sign in to see this page.")
    return found


Reader = Annotated[Visitor, Depends(at_least("reader"))]
Coder = Annotated[Visitor, Depends(at_least("coder"))]
Editor = Annotated[Visitor, Depends(at_least("editor"))]
Admin = Annotated[Visitor, Depends(at_least("admin"))]
InPerson = Annotated[Visitor, Depends(in_person)]
