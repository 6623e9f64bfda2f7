"""Who may use a ledger's desk, and what lets them in.

A secret is 32 random bytes, known to its holder alone: the ledger keeps its SHA-256, which is enough for a secret that nobody can guess.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from sayso.errors import LedgerError
from sayso.ledger.keeping import now
from sayso.ledger.people.auditing import note
from sayso.ledger.schema import access, account

Role = Literal["reader", "coder", "editor", "admin"]
ROLES: tuple[Role, ...] = ("reader", "coder", "editor", "admin")
"""Each may do what those before it may. Readers read and report errors; coders file and reply; editors decide; admins look after people."""
Kind = Literal["session", "token"]
NAME = re.compile(r"[^\W_][\w.@-]{0,63}")
KEPT = timedelta(days=90)
"""How long the ledger remembers a session that has ended."""
NOTED = timedelta(minutes=1)
"""How exactly it is noted when something was last used."""


class Account(NamedTuple):
    """One person. `closed`: since when it lets nobody in."""

    id: int
    name: str
    role: Role
    made: str
    closed: str | None = None

    def may(self, role: Role) -> bool:
        """Whether it may do what this role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Access(NamedTuple):
    """A session or token of an account: everything but its secret."""

    id: str
    kind: Kind
    name: str
    scopes: frozenset[str]
    made: str
    used: str
    expires: str | None
    revoked: str | None


def open_account(connection: Connection, name: str, role: Role, password: str | None, *, who: str) -> Account:
    """Make an account; `password` is a hash, None for one that no password opens. Raises LedgerError for a bad or taken name."""
    called = called_as(name)
    if called is None:
        raise LedgerError(f"{name!r}: no name for an account (letters, digits and . - _ @, at most 64)")
    if role not in ROLES:
        raise LedgerError(f"{role!r}: no role; there are: {', '.join(ROLES)}")
    if named(connection, called) is not None:
        raise LedgerError(f"{called}: there is such an account already")
    values = {"name": called, "role": role, "password": password, "made": now(), "closed": None}
    number = connection.execute(insert(account).values(values).returning(account.c.id)).scalar_one()
    note(connection, who, "account:open", called, {"role": role})
    return Account(number, called, role, values["made"] or "")


def called_as(name: str) -> str | None:
    """A name as the ledger has it; None for what no account can be called."""
    called = unicodedata.normalize("NFC", name.strip().lower())
    return called if NAME.fullmatch(called) else None


def named(connection: Connection, name: str) -> Account | None:
    row = connection.execute(select(account).where(account.c.name == (called_as(name) or ""))).one_or_none()
    return None if row is None else _account(row)


def password_of(connection: Connection, name: str) -> str | None:
    """The hash of an open account's password; None where there is none."""
    found = select(account.c.password).where(account.c.name == (called_as(name) or ""), account.c.closed.is_(None))
    return connection.execute(found).scalar()


def hash_anew(connection: Connection, number: int, old: str, new: str) -> None:
    """Keep another hash of the same password, unless the password was changed meanwhile. Sessions go on."""
    connection.execute(update(account).where(account.c.id == number, account.c.password == old).values(password=new))


def can_sign_in(connection: Connection) -> int:
    """How many open accounts have a password."""
    wanted = select(func.count()).where(account.c.password.is_not(None), account.c.closed.is_(None))
    return connection.execute(wanted).scalar_one()


def accounts(connection: Connection) -> list[Account]:
    return [_account(row) for row in connection.execute(select(account).order_by(account.c.name))]


def change(connection: Connection, name: str, *, who: str, **values: Any) -> None:
    """Give an account another `role` or `password` (a hash), or close it (`closed=True`) or open it again. All its sessions end where
    the password changes or it is closed. Raises LedgerError where there is none, and where no admin would be left."""
    found = named(connection, name)
    if found is None:
        raise LedgerError(f"{name}: no such account")
    if "closed" in values:
        values["closed"] = (found.closed or now()) if values["closed"] else None
    after = found._replace(**{k: v for k, v in values.items() if k in ("role", "closed")})
    if after.role not in ROLES:
        raise LedgerError(f"{after.role!r}: no role; there are: {', '.join(ROLES)}")
    others = (one for one in accounts(connection) if one.id != found.id)
    if found.role == "admin" and not found.closed and (after.role != "admin" or after.closed):
        if not any(one.role == "admin" and not one.closed for one in others):
            raise LedgerError(f"{found.name}: the last admin stays one")
    connection.execute(update(account).where(account.c.id == found.id).values(values))
    if "password" in values or after.closed:
        revoke(connection, found.id, kind="session")
    if after.closed:
        revoke(connection, found.id, kind="token")
    told = {k: "changed" if k == "password" else v for k, v in values.items()}
    note(connection, who, "account:change", found.name, told)


def grant(connection: Connection, number: int, kind: Kind, name: str, lasts: timedelta | None, scopes: str = "") -> str:
    """Let an account in: the secret of a new session or token, which is shown this once."""
    secret = secrets.token_urlsafe(32)
    at = datetime.now(UTC)
    ago = (at - KEPT).isoformat(timespec="seconds")
    ended = (
        access.c.account == number,
        access.c.kind == "session",
        or_(access.c.expires < ago, access.c.revoked < ago),
    )
    connection.execute(delete(access).where(*ended))
    expires = None if lasts is None else (at + lasts).isoformat(timespec="seconds")
    values = {"hash": _hash(secret), "account": number, "kind": kind, "name": name[:200], "scopes": scopes,
              "made": now(), "used": now(), "expires": expires, "revoked": None}  # fmt: skip
    connection.execute(insert(access).values(values))
    return secret


def holder(connection: Connection, secret: str, kind: Kind) -> tuple[Account, Access] | None:
    """Whose secret it is, unless it has run out, was revoked, or the account is closed."""
    rows = select(access).where(access.c.hash == _hash(secret), access.c.kind == kind, access.c.revoked.is_(None))
    found = connection.execute(rows).one_or_none()
    if found is None or (found.expires is not None and found.expires <= now()):
        return None
    owner = connection.execute(select(account).where(account.c.id == found.account)).one()
    return None if owner.closed else (_account(owner), _access(found))


def is_used_anew(one: Access) -> bool:
    """Whether it should be noted that this was used: it was not in the last minute."""
    return datetime.fromisoformat(one.used) < datetime.now(UTC) - NOTED


def revoke(connection: Connection, number: int, *, kind: Kind | None = None, identifier: str | None = None) -> int:
    """End sessions or tokens of an account: those of a kind, one, or all; how many ended."""
    wanted = [access.c.account == number, access.c.revoked.is_(None)]
    wanted += [access.c.kind == kind] if kind else []
    wanted += [access.c.hash == identifier] if identifier else []
    return int(connection.execute(update(access).where(*wanted).values(revoked=now())).rowcount)


def accesses(connection: Connection, number: int) -> list[Access]:
    """The sessions and tokens of an account that still let it in, the newest first."""
    rows = select(access).where(access.c.account == number, access.c.revoked.is_(None)).order_by(access.c.made.desc())
    return [_access(row) for row in connection.execute(rows) if row.expires is None or row.expires > now()]


def last_uses(connection: Connection) -> dict[int, str]:
    """When each account was last let in, by its number."""
    rows = connection.execute(select(access.c.account, func.max(access.c.used)).group_by(access.c.account))
    return {row[0]: row[1] for row in rows}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.name, row.role, row.made, row.closed)


def _access(row: Row[Any]) -> Access:
    scopes = frozenset(row.scopes.split())
    return Access(row.hash, row.kind, row.name, scopes, row.made, row.used, row.expires, row.revoked)
