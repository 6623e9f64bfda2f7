"""`sayso user`: who may use a ledger's desk."""

from __future__ import annotations

import getpass
import sys

from sayso.cli.labouring import opened, person
from sayso.desk.people.passwords import LEAST, MOST, hashed
from sayso.errors import LedgerError
from sayso.ledger.database import reading, writing
from sayso.ledger.people import accounts
from sayso.ledger.people.accounts import Role


def add(url: str | None, name: str, role: Role, who: str | None, debug: bool) -> None:
    with opened(url, debug, create=True) as ledger:
        with reading(ledger.engine) as connection:
            if accounts.named(connection, name) is not None:
                raise LedgerError(f"{name}: there is such an account already")
        if accounts.called_as(name) is None:
            raise LedgerError(f"{name!r}: no name for an account (letters, digits and . - _ @, at most 64)")
        made = hashed(_asked(name))
        with writing(ledger.engine) as connection:
            accounts.open_account(connection, name, role, made, who=person(who))


def show(url: str | None, debug: bool) -> None:
    with opened(url, debug) as ledger, reading(ledger.engine) as connection:
        for one in accounts.accounts(connection):
            state = f"closed\t{one.closed}" if one.closed else f"open\t{one.made}"
            sys.stdout.write(f"{one.name}\t{one.role}\t{state}\n")


def change(url: str | None, name: str, who: str | None, debug: bool, **values: object) -> None:
    with opened(url, debug) as ledger, writing(ledger.engine) as connection:
        accounts.change(connection, name, who=person(who), **values)


def password(url: str | None, name: str, who: str | None, debug: bool) -> None:
    with opened(url, debug) as ledger:
        with reading(ledger.engine) as connection:
            if accounts.named(connection, name) is None:
                raise LedgerError(f"{name}: no such account")
        made = hashed(_asked(name))
        with writing(ledger.engine) as connection:
            accounts.change(connection, name, who=person(who), password=made)


def _asked(name: str) -> str:
    """A password: typed twice at a terminal, else the first line of standard input. Raises LedgerError where it is not fit."""
    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = getpass.getpass(f"Password of {name}: ")
    if not given:
        raise LedgerError("no password given; there is none by itself")
    if not LEAST <= len(given) <= MOST:
        raise LedgerError(f"a password has {LEAST} to {MOST:,} characters; this one has {len(given)}")
    if sys.stdin.isatty() and getpass.getpass("The same again: ") != given:
        raise LedgerError("the password was not the same both times")
    return given
