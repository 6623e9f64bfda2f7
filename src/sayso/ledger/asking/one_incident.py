"""One incident with what was read for it, quickly: its articles' codings in one query, corrected where people corrected them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pydantic_core import from_json
from sqlalchemy import Connection, select

from sayso.ledger.asking.dossiers import verdicts_of
from sayso.ledger.dossier import Dossier
from sayso.ledger.incidents.agreement import incident_record, number_of
from sayso.ledger.keeping import current, unpacked
from sayso.ledger.people.corrections import annotations_of, corrected
from sayso.ledger.schema import annotation, article, coding, incident
from sayso.records import Coding, Incident

AT_ONCE = 500
"""Articles asked for in one query."""


class Found(NamedTuple):
    """`key`: of the incident that this id leads to. `stale`: its record is to be computed anew before it is read."""

    number: int
    key: str
    stale: bool


def found(connection: Connection, key: str) -> Found | None:
    """The incident of this id, or the one that it became."""
    number = number_of(connection, key)
    if number is None:
        return None
    row = connection.execute(select(incident.c.key, incident.c.stale).where(incident.c.id == number)).one()
    return Found(number, row.key, row.stale)


def dossier(connection: Connection, number: int) -> Dossier | None:
    """The incident as accepted corrections have it, with that of its codings which is about it; None where no report of it is left."""
    packed = connection.execute(select(incident.c.record).where(incident.c.id == number)).scalar()
    if packed is None:
        return None
    record = Incident.model_validate_json(unpacked(packed))
    keys = list(dict.fromkeys([*(r.article for r in record.reports), *(d.article for d in record.denials)]))
    codings = dict(_codings(connection, keys, record))
    changed = {
        key: corrected(whole, annotations_of(connection, key))
        for key in _with_corrections(connection, keys)
        if (whole := current(connection, key)) is not None
    }
    if changed:
        anew = incident_record(connection, number, corrected=changed)
        if anew is None:
            return None
        record, codings = anew, codings | changed
    return Dossier(record, codings, (), verdicts_of(connection, record))


def _codings(connection: Connection, keys: list[str], record: Incident) -> Iterator[tuple[str, Coding]]:
    """The current codings, without what the incident has nothing to do with: reading all of them whole takes three times as long."""
    newest = (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision)
    wanted = _wanted(record)
    for part in _parts(keys):
        rows = select(article.c.key, coding.c.data).join(coding, newest).where(article.c.key.in_(part))
        for row in connection.execute(rows):
            yield row.key, Coding.model_validate(_trimmed(from_json(unpacked(row.data)), wanted[row.key]))


class _Wanted(NamedTuple):
    """Of one article: ids of events and statements, and spans of words, that the incident names."""

    events: set[str]
    statements: set[str]
    spans: set[tuple[int, int]]


def _wanted(record: Incident) -> dict[str, _Wanted]:
    found: dict[str, _Wanted] = defaultdict(lambda: _Wanted(set(), set(), set()))
    for report in record.reports:
        found[report.article].events.add(report.event)
    for denial in record.denials:
        found[denial.article].spans.add(denial.span)
        found[denial.article].statements.update([denial.statement] if denial.statement else ())
    for value in (value for values in record.values.values() for value in values):
        found[value.article].spans.add(value.span)
    return found


def _trimmed(data: dict[str, Any], wanted: _Wanted) -> dict[str, Any]:
    """A coding as JSON with the events of the incident and what they, its values and its denials name."""
    events = [e for e in data["events"] if e["id"] in wanted.events or tuple(e["trigger"]) in wanted.spans]
    own = {e[field] for e in events for field in ("place", "time")} | {f for e in events for f in e["figures"]}
    parties = {party["actor"] for e in events for party in (*e["actors"], *e["recipients"])}
    labels = [label for actor in data["actors"] if actor["id"] in parties for label in actor["labels"]]
    told = wanted.statements | {s for e in events for s in e["statements"]} | {label["statement"] for label in labels}
    statements = {one["id"]: one for one in data["statements"]}
    chains = {one for name in told for one in _within(statements, name)}
    speakers = {statements[one]["speaker"] for one in chains}
    return {
        **data,
        "events": events,
        "actors": [one for one in data["actors"] if one["id"] in parties | speakers],
        "places": [p for p in data["places"] if p["id"] in own or any(tuple(m) in wanted.spans for m in p["mentions"])],
        **{
            kind: [one for one in data[kind] if one["id"] in own or tuple(one["span"]) in wanted.spans]
            for kind in ("times", "figures")
        },
        "statements": [one for one in data["statements"] if one["id"] in chains],
        **dict.fromkeys(("voice_shares", "distances", "headline_support"), ()),
    }


def _within(statements: dict[str, Any], name: str | None) -> list[str]:
    """A statement and those around it."""
    found: list[str] = []
    while name in statements and name not in found:
        found.append(name)
        name = statements[name]["within"]
    return found


def _with_corrections(connection: Connection, keys: list[str]) -> list[str]:
    """Which of these articles have an accepted correction."""
    wanted = (
        select(article.c.key)
        .join(annotation, annotation.c.article == article.c.id)
        .where(annotation.c.state == "accepted", annotation.c.field.is_not(None))
        .distinct()
    )
    return [key for part in _parts(keys) for key in connection.execute(wanted.where(article.c.key.in_(part))).scalars()]


def _parts(keys: list[str]) -> Iterable[list[str]]:
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))
