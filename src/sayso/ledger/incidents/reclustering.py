"""All reports clustered anew, after a better coder or judge: incidents keep their ids, and what people decided holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, delete, func, insert, select, update

from sayso.ledger.database import writing
from sayso.ledger.incidents.clustering import UNDER, Lists, incident_of
from sayso.ledger.incidents.decisions import Decided
from sayso.ledger.incidents.remembered import of_row, reports_query
from sayso.ledger.incidents.reported import Reported, keys
from sayso.ledger.incidents.settling import begin
from sayso.ledger.incidents.summaries import clear
from sayso.ledger.schema import article, block, event, incident

Progress = Callable[[str, float], None]
DAY = func.coalesce(event.c.first_day, article.c.day, 0)
"""The day of a report: when it was, else when the article was published."""
AROUND = 24
"""Days around a window whose reports may be joined by one of it."""
PAGE = 5_000
"""Rows read at once."""


class Window(NamedTuple):
    """Days (ordinals) whose reports are clustered anew; those around them stay where they are, and may be joined."""

    first: int = 0
    last: int = date.max.toordinal()

    @property
    def rows(self) -> ColumnElement[bool]:
        """Which events are looked at: reports of these days and of those around them."""
        return (event.c.role == "report") & DAY.between(self.first - AROUND if self.first else 0, self.last + AROUND)


def recluster(engine: Engine, window: Window | None = None, progress: Progress | None = None) -> int:
    """Cluster reports as if they came in the order of their days; how many changed their incident.

    So it does not matter in which order they came. A cluster keeps the id of the incident that most of its reports were of; an
    incident of which none is left leads to where most of its reports went.
    """
    window = window or Window()
    with writing(engine) as connection:
        looked = select(event.c.id, event.c.incident).join(article, article.c.id == event.c.article).where(window.rows)
        before = dict(connection.execute(looked).all())
        clusters = _clusters(connection, window, before, progress)
        ids = _ids(connection, clusters, before)
        changed = {one: ids[cluster] for one, cluster in clusters.items() if before[one] != ids[cluster]}
        rows = [{"row": one, "to": number} for one, number in sorted(changed.items())]
        if rows:
            _write(connection, rows, {one for event in changed for one in (before[event], changed[event])})
            _redirect(connection, before, changed)
        _put_down(connection, window)
        return len(changed)


def window_of(connection: Connection, articles: Collection[int]) -> tuple[Window, int] | None:
    """The days of which these articles report, and how many reports would be looked at; None where they have none."""
    rows = select(func.min(DAY), func.max(DAY)).select_from(event).join(article, article.c.id == event.c.article)
    numbers = sorted(articles)
    pages = [numbers[at : at + PAGE] for at in range(0, len(numbers), PAGE)]
    days = [connection.execute(rows.where(event.c.role == "report", article.c.id.in_(page))).one() for page in pages]
    known = [(first, last) for first, last in days if first is not None]
    if not known:
        return None
    window = Window(min(first for first, _ in known), max(last for _, last in known))
    counted = select(func.count()).select_from(event).join(article, article.c.id == event.c.article).where(window.rows)
    return window, connection.execute(counted).scalar_one()


def _clusters(
    connection: Connection, window: Window, before: Mapping[int, int | None], progress: Progress | None
) -> dict[int, int]:
    """The cluster of each event, by the event with which it began."""
    lists, assigned, began = Lists(), dict[int, int](), dict[int, int]()
    ties = Decided(connection, assigned)
    for done, (report, day) in enumerate(_reports(connection, window)):
        was = before[report.event]
        if window.first <= day <= window.last or was is None:
            found = incident_of(report, lists, ties)
        else:
            found = began.get(was)
        cluster = report.event if found is None else found
        lists.add(report, cluster)
        assigned[report.event] = cluster
        if was is not None:
            began.setdefault(was, cluster)
        if done % PAGE == 0 and (report.first or report.published):
            lists.forget(report.first or report.published or 0)
        if progress and done % 1000 == 0:
            progress("clustering", done / max(len(before), 1))
    return assigned


def _reports(connection: Connection, window: Window) -> Iterator[tuple[Reported, int]]:
    """The reports with their days; of one day in the order of publication, and of that in an order that is always the same."""
    order = DAY, article.c.day, article.c.key, event.c.trigger_start
    wanted = reports_query(DAY.label("on")).where(window.rows).order_by(*order)
    for row in connection.execute(wanted.execution_options(yield_per=PAGE)).mappings():
        yield of_row(row), row["on"]


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


def _write(connection: Connection, rows: list[dict[str, int]], touched: set[int | None]) -> None:
    connection.execute(update(event).where(event.c.id == bindparam("row")).values(incident=bindparam("to")), rows)
    numbers = [{"number": one} for one in touched if one is not None]
    connection.execute(update(incident).where(incident.c.id == bindparam("number")).values(stale=True), numbers)


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
        clear(connection, [was], became=to)


def _put_down(connection: Connection, window: Window) -> None:
    """The keys of the reports anew, since which of an incident's are put down depends on the incident."""
    reports = select(event.c.id).join(article, article.c.id == event.c.article).where(window.rows)
    connection.execute(delete(block).where(block.c.event.in_(reports)))
    under: Counter[tuple[int, int]] = Counter()
    rows: list[dict[str, int]] = []
    wanted = reports_query().where(window.rows).order_by(event.c.id)
    for row in connection.execute(wanted.execution_options(yield_per=PAGE)).mappings():
        for key in keys(of_row(row)):
            if under[key, row["incident"]] < UNDER:
                under[key, row["incident"]] += 1
                rows.append({"key": key, "event": row["id"]})
    for at in range(0, len(rows), PAGE):
        connection.execute(insert(block), rows[at : at + PAGE])
