"""Passwords: argon2id (RFC 9106, its second recommended choice), and the first ones that an admin hands out.

A first password lets in only far enough to choose another one. Its hash stands in the ledger behind FIRST.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from sayso.desk.errors import Invalid

LEAST, MOST = 12, 1000
"""Characters. No other rule: length is what counts (NIST SP 800-63B, 3.1.1.2)."""
FIRST = "first:"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of first passwords: what nobody confuses when it is read out."""
GROUPS, LONG = 4, 5
HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_AT_ONCE = BoundedSemaphore(4)
"""Each takes 64 MiB."""


def hashed(password: str, *, first: bool = False) -> str:
    """What the ledger keeps of it. Raises Invalid where it is too short or too long."""
    chosen = _normal(password)
    if len(chosen) < LEAST:
        raise Invalid(f"A password has at least {LEAST} characters.")
    if len(chosen) > MOST:
        raise Invalid(f"A password has at most {MOST} characters.")
    return (FIRST if first else "") + _hash(chosen)


def fits(kept: str | None, password: str) -> bool:
    """Whether it is the password of which `kept` is the hash. It takes as long where there is none: who asks learns nothing by it."""
    against = (kept or _nobodys()).removeprefix(FIRST)
    with _AT_ONCE:
        try:
            right = HASHER.verify(against, _normal(password[: MOST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None


def is_first(kept: str | None) -> bool:
    """Whether whoever has it must choose another one."""
    return kept is not None and kept.startswith(FIRST)


def is_outdated(kept: str) -> bool:
    """Whether it was hashed otherwise than is done now."""
    return HASHER.check_needs_rehash(kept.removeprefix(FIRST))


def anew(kept: str, password: str) -> str:
    """The hash of a password that fits, as it is made now."""
    return (FIRST if is_first(kept) else "") + _hash(_normal(password))


def invented() -> str:
    """A first password of some 99 bits, to be read out or written down."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LONG)) for _ in range(GROUPS))


@cache
def _nobodys() -> str:
    return _hash(secrets.token_urlsafe())


def _hash(password: str) -> str:
    with _AT_ONCE:
        return HASHER.hash(password)


def _normal(password: str) -> str:
    """However a keyboard makes its letters (RFC 8265, OpaqueString)."""
    return unicodedata.normalize("NFC", password)
