"""Whether what is asked for was decided already, so that a request that is sent twice decides once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from sayso.ledger.acts.undoing import history
from sayso.ledger.people.discretion import articles_of, discreet
from sayso.ledger.schema import article, event, incident


def split_off(connection: Connection, key: str, reports: Collection[tuple[str, str]]) -> str | None:
    """The incident that was split off this one and has exactly these reports (article id, event id); None where there is none."""
    made = [one.other for one in history(connection, key) if one.action == "part" and not one.from_other]
    return next((other for other in made if other and _reports(connection, other) == set(reports)), None)


def is_confirmed(connection: Connection, key: str, *, who: str, why: str) -> bool:
    """Whether the last that was decided of this incident is that the same person confirmed the reports that it has, and why."""
    last = next(iter(history(connection, key)), None)
    if last is None or last.action != "confirm" or last.confirmed != len(_reports(connection, key)):
        return False
    number = connection.execute(select(incident.c.id).where(incident.c.key == key)).scalar_one()
    return (last.who, last.why) == discreet(connection, articles_of(connection, number), who, why)


def _reports(connection: Connection, key: str) -> set[tuple[str, str]]:
    """Article id and event id of the reports of an incident, which has become no other."""
    rows = (
        select(article.c.key, event.c.name)
        .join(event, event.c.article == article.c.id)
        .join(incident, incident.c.id == event.c.incident)
        .where(incident.c.key == key, event.c.role == "report")
    )
    return {(row.key, row.name) for row in connection.execute(rows)}
