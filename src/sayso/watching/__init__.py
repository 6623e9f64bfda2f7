"""Watching sources on the web: what is new there is read, coded and kept in a ledger.

plan = read_sources(Path("sources.toml"))
with Ledger.open() as ledger:
    Watch(plan, Memory(Path("watch.db")), Keeper(ledger, sayso.load())).run(once=True)
"""

from __future__ import annotations

from sayso.watching.keeping import Keeper
from sayso.watching.memory import Memory
from sayso.watching.metrics import Metrics
from sayso.watching.sources import Plan, Source, read_sources
from sayso.watching.watch import Settings, Watch

__all__ = ["Keeper", "Memory", "Metrics", "Plan", "Settings", "Source", "Watch", "read_sources"]
