"""How a desk is run."""

from __future__ import annotations

from dataclasses import dataclass, field

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`ledger`: its path or address, None for the user's own. `team`: people sign in with accounts; otherwise one person,
    who is let in by a link that works once, has the desk to himself. `hosts`: names under which browsers may ask for it."""

    ledger: str | None = None
    team: bool = False
    hosts: tuple[str, ...] = LOOPBACK
    https: bool = False
    """Whether it is reached over HTTPS: cookies are then never sent without."""
    most_upload: int = 20_000_000
    """Bytes of one request's body."""
    link: str | None = field(default=None, repr=False)
    """The secret of the link that lets the one person in."""
