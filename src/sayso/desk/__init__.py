"""The desk: where people read, compare and correct what the ledger holds. One way in: `create_app`."""

from sayso.desk.app import create_app
from sayso.desk.settings import Settings

__all__ = ["Settings", "create_app"]
