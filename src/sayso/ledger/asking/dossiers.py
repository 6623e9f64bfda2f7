"""Incidents with everything that was read for them: what exporters are given."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine

from sayso.ledger.asking.batches import Batches
from sayso.ledger.asking.choosing import in_order
from sayso.ledger.asking.selection import Selection
from sayso.ledger.database import reading
from sayso.ledger.dossier import Dossier


def dossiers(
    engine: Engine,
    selection: Selection | None = None,
    *,
    with_corrections: bool = False,
    unmasked: bool = False,
    whole: bool = True,
) -> Iterator[Dossier]:
    """One for each incident that is asked for, oldest first, all of one state of the ledger.

    With corrections, incidents are chosen, put in order and given as people have corrected them. Unless `whole`, codings hold only what
    has to do with the incident. Personal data are masked unless `unmasked`.
    """
    with reading(engine) as connection:
        numbers = in_order(connection, selection or Selection(), corrected=with_corrections)
        batches = Batches(connection, corrected=with_corrections, unmasked=unmasked, whole=whole)
        for _, one in batches.read(numbers):
            yield one
