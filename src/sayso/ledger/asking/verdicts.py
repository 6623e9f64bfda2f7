"""What people have judged of incidents, where an editor has accepted it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, select

from sayso.ledger.dossier import Verdict
from sayso.ledger.schema import annotation, article, incident
from sayso.records import Span

_WEB = re.compile(r"https?://[^\s<>\"“”]+")


def verdicts_of(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[Verdict, ...]]:
    """By incident, the oldest first; verdicts on what was merged into it are its own."""
    found: dict[int, list[Verdict]] = {number: [] for number in numbers}
    became = _became(connection, numbers)
    rows = connection.execute(
        select(annotation, article.c.key)
        .join(article, article.c.id == annotation.c.article)
        .where(annotation.c.incident.in_(became))
        .where(annotation.c.kind == "assessing", annotation.c.state == "accepted")
        .order_by(annotation.c.created, annotation.c.id)
    )
    for row in rows:
        found[became[row.incident]].append(_verdict(row))
    return {number: tuple(given) for number, given in found.items()}


def _became(connection: Connection, numbers: Collection[int]) -> dict[int, int]:
    """These incidents and all that were merged into them, each with the one that it is now."""
    found = {number: number for number in numbers}
    new = set(found)
    while new:
        rows = connection.execute(select(incident.c.id, incident.c.became).where(incident.c.became.in_(new))).all()
        new = {row.id for row in rows if row.id not in found}
        found |= {row.id: found[row.became] for row in rows if row.id in new}
    return found


def _verdict(row: Row[Any]) -> Verdict:
    said, span = row.body or "", Span(row.start, row.end)
    return Verdict(row.creator, row.created, said, row.exact, _address(said), article=row.key, span=span)


def _address(words: str) -> str | None:
    """The address of the review, where a verdict gives one: "False: https://desk.example/checks/7"."""
    found = _WEB.search(words)
    return found[0].rstrip(".,;:!?)]") if found else None


def all_that_became(connection: Connection, key: str) -> set[int]:
    """The incident of this id, and all that were merged into it."""
    own = connection.execute(select(incident.c.id).where(incident.c.key == key)).scalars().all()
    return set(_became(connection, own))
