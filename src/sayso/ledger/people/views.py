"""Views that somebody keeps: filters under a name."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from sayso.errors import LedgerError
from sayso.ledger.keeping import now
from sayso.ledger.people.accounts import Account
from sayso.ledger.people.auditing import note
from sayso.ledger.schema import view

LONGEST = 80
"""Characters of a name."""
MOST = 100
"""Views of one account."""


class Kept(NamedTuple):
    """`query`: the filters as they stand in the address."""

    id: int
    name: str
    query: str


def views(connection: Connection, owner: Account) -> list[Kept]:
    """An account's views by name."""
    rows = select(view.c.id, view.c.name, view.c.query).where(view.c.account == owner.id)
    return [Kept(*row) for row in connection.execute(rows.order_by(func.lower(view.c.name), view.c.id))]


def save(connection: Connection, owner: Account, name: str, query: str) -> None:
    """Keep filters under a name, in place of those that had it. Raises LedgerError for no name, a long one, or too many views."""
    called = " ".join(name.replace("\0", " ").split())
    if not called or len(called) > LONGEST or called.encode("utf-8", "replace").decode() != called:
        raise LedgerError(f"A view needs a name of at most {LONGEST} characters")
    same = view.c.account == owner.id, view.c.name == called
    if connection.execute(select(view.c.id).where(*same)).scalar() is not None:
        connection.execute(update(view).where(*same).values(query=query, made=now()))
    else:
        have = connection.execute(select(func.count()).select_from(view).where(view.c.account == owner.id)).scalar_one()
        if have >= MOST:
            raise LedgerError(f"There are {MOST} saved views already: take one away first")
        connection.execute(insert(view).values(account=owner.id, name=called, query=query, made=now()))
    note(connection, owner.name, "view:save", called, {"query": query})


def drop(connection: Connection, owner: Account, number: int) -> None:
    """Take a view away. Raises LedgerError where this account has no such view."""
    own = view.c.account == owner.id, view.c.id == number
    name = connection.execute(select(view.c.name).where(*own)).scalar()
    if name is None:
        raise LedgerError("There is no such view among yours")
    connection.execute(delete(view).where(*own))
    note(connection, owner.name, "view:drop", name)
