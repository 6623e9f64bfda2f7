"""Who may do what over the API: tokens with scopes, or the session of a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request

from sayso.desk.errors import Forbidden, NotSignedIn
from sayso.desk.visitors import WRITES, Visitor, visitor_of
from sayso.ledger.people.accounts import Role

TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": f"A token of an account: `Authorization: Bearer …`. Without the scope “{WRITES}” it only reads.",
}
SESSION = {
    "type": "apiKey",
    "in": "cookie",
    "description": "The session of a browser that is signed in; its name is of the ledger (`__Host-` before it over HTTPS).",
}
"""As OpenAPI describes them."""
NEEDED: tuple[dict[str, list[str]], ...] = ({"token": []}, {"session": []})


def reads(request: Request) -> Visitor:
    """Whoever is signed in. Raises NotSignedIn."""
    found = visitor_of(request)
    if found is None:
        raise NotSignedIn("Send a token that is valid: “Authorization: Bearer …”.")
    if found.must_choose:
        raise NotSignedIn("Choose a password of your own first.")
    return found


def writes(role: Role) -> Callable[[Request], Visitor]:
    """A dependency: whoever has this role, and, if it is a token that asks, the scope. Raises NotSignedIn, Forbidden."""

    def wanted(request: Request) -> Visitor:
        found = reads(request)
        if found.access.kind == "token" and WRITES not in found.access.scopes:
            raise Forbidden(f"This token only reads; changes need one with the scope “{WRITES}”.")
        return allowed(found, role)

    return wanted


def allowed(visitor: Visitor, role: Role) -> Visitor:
    """Raises Forbidden for who may not do what this role may."""
    refusal = visitor.refusal(role)
    if refusal is not None:
        raise Forbidden(refusal)
    return visitor


Reads = Annotated[Visitor, Depends(reads)]
Reports = Annotated[Visitor, Depends(writes("reader"))]
Files = Annotated[Visitor, Depends(writes("coder"))]
Edits = Annotated[Visitor, Depends(writes("editor"))]


def secured(schema: dict[str, Any], cookie: str) -> None:
    """Say so in the description of the API: every operation needs either. `cookie`: the name of the session's."""
    schema["components"]["securitySchemes"] = {"token": TOKEN, "session": {**SESSION, "name": cookie}}
    schema["security"] = list(NEEDED)
