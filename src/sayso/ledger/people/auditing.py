"""Who did what to the ledger, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from sayso.ledger.keeping import as_json, now
from sayso.ledger.schema import audit


def note(connection: Connection, who: str, action: str, target: str, detail: Mapping[str, Any] | None = None) -> None:
    """Add a line to the audit log, in the transaction that does what it tells."""
    values = {"at": now(), "who": who, "action": action, "target": target, "detail": as_json(detail or {})}
    connection.execute(insert(audit).values(values))
