"""All reports clustered anew, after a better coder or judge: incidents keep their ids, and what people decided holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from sayso.ledger.database import writing
from sayso.ledger.incidents.clustering import Lists, incident_of
from sayso.ledger.incidents.decisions import Decided
from sayso.ledger.incidents.remembered import UNDER, of_row, reports_query
from sayso.ledger.incidents.reported import Reported, keys
from sayso.ledger.schema import block, event, incident
from sayso.ledger.settling import begin

Progress = Callable[[str, float], None]
PAGE = 5_000
"""Rows read at once."""


def recluster(engine: Engine, progress: Progress | None = None) -> int:
    """Cluster every report of the ledger as if they came in the order of their days; how many changed their incident.

    A cluster keeps the id of the incident that most of its reports were of; an incident of which none is left leads to
    where most of its reports went.
    """
    with writing(engine) as connection:
        before = dict(
            connection.execute(select(event.c.id, event.c.incident).where(event.c.role == "report")).tuples().all()
        )
        clusters = _clusters(connection, len(before), progress)
        ids = _ids(connection, clusters, before)
        changed = {one: ids[cluster] for one, cluster in clusters.items() if before[one] != ids[cluster]}
        rows = [{"row": one, "to": number} for one, number in sorted(changed.items())]
        if rows:
            _write(connection, rows)
            _redirect(connection, before, changed)
        _put_down(connection)
        return len(changed)


def _clusters(connection: Connection, total: int, progress: Progress | None) -> dict[int, int]:
    """The cluster of each event, by the event with which it began."""
    lists, assigned = Lists(), dict[int, int]()
    ties = Decided(connection, assigned)
    for done, report in enumerate(_reports(connection)):
        found = incident_of(report, lists, ties)
        cluster = report.event if found is None else found
        lists.add(report, cluster)
        assigned[report.event] = cluster
        if progress and done % 1000 == 0:
            progress("clustering", done / max(total, 1))
    return assigned


def _reports(connection: Connection) -> Iterator[Reported]:
    day = func.coalesce(event.c.first_day, 0)
    wanted = reports_query().where(event.c.role == "report").order_by(day, event.c.id)
    for row in connection.execution_options(yield_per=PAGE).execute(wanted).mappings():
        yield of_row(row)


def _ids(connection: Connection, clusters: dict[int, int], before: dict[int, int | None]) -> dict[int, int]:
    """The incident of each cluster: the largest share decides, each incident once; a cluster without one gets a new one."""
    shares: Counter[tuple[int, int]] = Counter()
    for one, cluster in clusters.items():
        was = before[one]
        if was is not None:
            shares[cluster, was] += 1
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (cluster, was), _ in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        if cluster not in found and was not in taken:
            found[cluster] = was
            taken.add(was)
    for cluster in sorted(set(clusters.values()) - set(found)):
        found[cluster] = begin(connection, cluster)
    return found


def _write(connection: Connection, rows: list[dict[str, int]]) -> None:
    from sqlalchemy import bindparam

    connection.execute(update(event).where(event.c.id == bindparam("row")).values(incident=bindparam("to")), rows)
    connection.execute(update(incident).where(incident.c.became.is_(None)).values(stale=True))


def _redirect(connection: Connection, before: dict[int, int | None], changed: dict[int, int]) -> None:
    """Incidents without reports lead to where most of theirs went."""
    left = set(connection.execute(select(event.c.incident).where(event.c.role == "report").distinct()).scalars())
    went: dict[int, Counter[int]] = {}
    for one, to in changed.items():
        was = before[one]
        if was is not None and was not in left:
            went.setdefault(was, Counter())[to] += 1
    for was, where in sorted(went.items()):
        to = min(where, key=lambda one: (-where[one], one))
        connection.execute(update(event).where(event.c.incident == was).values(incident=to))
        connection.execute(update(incident).where(incident.c.id == was).values(became=to, record=None, reports=0))


def _put_down(connection: Connection) -> None:
    """The keys of all reports anew, since which of an incident's are put down depends on the incident."""
    reports = select(event.c.id).where(event.c.role == "report")
    connection.execute(delete(block).where(block.c.event.in_(reports)))
    under: Counter[tuple[int, int]] = Counter()
    rows: list[dict[str, int]] = []
    wanted = reports_query().where(event.c.role == "report").order_by(event.c.id)
    for row in connection.execution_options(yield_per=PAGE).execute(wanted).mappings():
        for key in keys(of_row(row)):
            if under[key, row["incident"]] < UNDER:
                under[key, row["incident"]] += 1
                rows.append({"key": key, "event": row["id"]})
    for at in range(0, len(rows), PAGE):
        connection.execute(insert(block), rows[at : at + PAGE])
