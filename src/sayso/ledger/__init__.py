"""The ledger: what all articles say together. Reports of one thing meet in an incident.

with Ledger.open("ledger.db") as ledger:
    ledger.add(coding)
    for incident in ledger.incidents(Selection(type="PROTEST")):
        print(incident.standing, incident.because)
"""

from __future__ import annotations

from sayso.ledger.asking.selection import Selection
from sayso.ledger.keeping import Kept
from sayso.ledger.store import Ledger

__all__ = ["Kept", "Ledger", "Selection"]
