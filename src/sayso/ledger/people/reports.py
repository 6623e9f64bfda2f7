"""Errors that readers report: filed as annotations, assigned to somebody, found again by state and kind.

The first line of a report's body says what is wrong and what is proposed ("Wrong place: Aktau"); a note follows after an empty line.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, not_, or_, select, update

from sayso.errors import LedgerError
from sayso.ledger.database import writing
from sayso.ledger.dossier import Annotation
from sayso.ledger.keeping import current
from sayso.ledger.people import corrections
from sayso.ledger.people.accounts import accounts
from sayso.ledger.people.auditing import note
from sayso.ledger.people.proposals import FAULTS, proposal
from sayso.ledger.schema import annotation, article
from sayso.records import Span

KINDS = ("editing", "questioning")
"""Motivations of reports: with a proposal, and without one."""
STATES = ("open", *corrections.STATES)
LONGEST = 4000
"""Characters of a proposal with its note."""
FIELDS = {"places": "place", "times": "time", "figures": "number", "statements": "voice", "actors": "party"}
"""What is wrong where a correction of such a list was not filed as a report."""
PARTY = {"events/actors": "party", "events/recipients": "party"}


class Report(NamedTuple):
    """A report with the article that it is of. `fault` is one of FAULTS, `proposal` and `remark` its reporter's words."""

    annotation: Annotation
    title: str | None
    outlet: str | None
    assigned: str | None
    why: str | None

    @property
    def fault(self) -> str:
        return told(self.annotation)[0]

    @property
    def proposal(self) -> str:
        return told(self.annotation)[1]

    @property
    def remark(self) -> str:
        return told(self.annotation)[2]


class Wanted(NamedTuple):
    """Filters of the queue; empty is no filter."""

    state: str = ""
    fault: str = ""
    assigned: str = ""
    article: str = ""
    creator: str = ""


def report(engine: Engine, key: str, span: Span, *, fault: str, proposed: str, remark: str, who: str) -> str:
    """File a report; its id. What can be applied as it stands is kept as a correction, all else as a remark.

    Raises LedgerError for what cannot be.
    """
    if fault not in FAULTS:
        raise LedgerError(f"{fault!r}: no kind of error; there are: {', '.join(FAULTS)}")
    proposed, remark = " ".join(proposed.split()), remark.strip()
    if len(proposed) + len(remark) > LONGEST:
        raise LedgerError(f"a report has at most {LONGEST} characters")
    body = FAULTS[fault] + (f": {proposed}" if proposed else "") + (f"\n\n{remark}" if remark else "")
    with writing(engine) as connection:
        coding = current(connection, key)
        if coding is None:
            raise LedgerError(f"{key}: no such article in the ledger")
        meant = proposal(coding, fault, span, proposed)
        if meant is not None:
            return corrections.annotate(
                connection,
                key,
                meant.span,
                kind="editing",
                creator=who,
                field=meant.field,
                value=meant.value,
                body=body,
            )
        kind = "editing" if proposed else "questioning"
        return corrections.annotate(connection, key, span, kind=kind, creator=who, body=body)


def told(one: Annotation) -> tuple[str, str, str]:
    """What is wrong (of FAULTS), the proposal and the note of a report; of a correction that came otherwise, by its field."""
    first, _, rest = (one.body or "").partition("\n\n")
    name, _, proposed = first.partition(": ")
    for fault, words in FAULTS.items():
        if name == words:
            return fault, proposed, rest
    kind, _, attribute = (one.field or "").partition("/")
    by_field = FIELDS.get(attribute + "s") or FIELDS.get(kind) or {"events": "not-event", **PARTY}.get(one.field or "")
    return by_field or "other", "", one.body or ""


def assign(engine: Engine, identifier: str, to: str, *, who: str) -> None:
    """Say who is to decide a report; nobody where `to` is empty. Raises LedgerError for who may not decide, and for what is decided."""
    with writing(engine) as connection:
        able = {one.name for one in accounts(connection) if one.may("editor") and not one.closed}
        if to and to not in able:
            raise LedgerError(f"{to}: no editor of this ledger")
        wanted = annotation.c.id == identifier, annotation.c.kind.in_(KINDS), annotation.c.state == "open"
        if not connection.execute(update(annotation).where(*wanted).values(assigned=to or None)).rowcount:
            raise LedgerError(f"{identifier}: no open report")
        note(connection, who, "assign", identifier, {"to": to})


def found(connection: Connection, wanted: Wanted, *, offset: int = 0, limit: int = 20) -> tuple[int, list[Report]]:
    """How many reports there are of those wanted, and some of them, the newest first."""
    filters = _filters(wanted)
    joined = annotation.join(article, article.c.id == annotation.c.article)
    total = connection.execute(select(func.count()).select_from(joined).where(*filters)).scalar_one()
    rows = connection.execute(
        select(annotation, article.c.key, article.c.title, article.c.outlet)
        .select_from(joined)
        .where(*filters)
        .order_by(annotation.c.created.desc(), annotation.c.id)
        .offset(offset)
        .limit(limit)
    )
    return total, [Report(corrections.read(r), r.title, r.outlet, r.assigned, r.why) for r in rows]


def one(connection: Connection, identifier: str) -> Report:
    """The report of this id. Raises LedgerError where there is none."""
    joined = annotation.join(article, article.c.id == annotation.c.article)
    wanted = annotation.c.id == identifier, annotation.c.kind.in_(KINDS)
    columns = annotation, article.c.key, article.c.title, article.c.outlet
    row = connection.execute(select(*columns).select_from(joined).where(*wanted)).one_or_none()
    if row is None:
        raise LedgerError(f"{identifier}: no such report")
    return Report(corrections.read(row), row.title, row.outlet, row.assigned, row.why)


def counted(connection: Connection, creator: str = "") -> dict[str, int]:
    """How many reports there are in each state: all, or somebody's."""
    by_state = annotation.c.state, func.count().label("number")
    mine = [annotation.c.creator == creator] if creator else []
    rows = connection.execute(select(*by_state).where(annotation.c.kind.in_(KINDS), *mine).group_by(annotation.c.state))
    return {row.state: row.number for row in rows}


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    columns = annotation.c
    filters: list[ColumnElement[bool]] = [columns.kind.in_(KINDS)]
    given = ((columns.state, wanted.state), (article.c.key, wanted.article), (columns.creator, wanted.creator))
    filters += [column == value for column, value in given if value]
    if wanted.assigned:
        filters.append(columns.assigned.is_(None) if wanted.assigned == "-" else columns.assigned == wanted.assigned)
    return [*filters, _of(wanted.fault)] if wanted.fault else filters


def _of(fault: str) -> ColumnElement[bool]:
    """Reports of this kind, as `told` tells it."""
    body, field = func.coalesce(annotation.c.body, ""), func.coalesce(annotation.c.field, "")
    named = {
        one: or_(body == words, body.startswith(f"{words}:"), body.startswith(f"{words}\n"))
        for one, words in FAULTS.items()
    }
    lists = [kind for kind, one in FIELDS.items() if one == fault]
    by_field = [field.startswith(kind) for kind in lists] + [field == f"events/{kind[:-1]}" for kind in lists]
    by_field += [field == "events"] if fault == "not-event" else []
    by_field += [field.in_(PARTY)] if fault == "party" else []
    if fault == "other":
        known = or_(
            field.in_(("events", *PARTY)),
            *(field.startswith(kind) for kind in FIELDS),
            *(field == f"events/{k[:-1]}" for k in FIELDS),
        )
        by_field = [not_(known)]
    return or_(named[fault], and_(not_(or_(*named.values())), or_(*by_field))) if by_field else named[fault]
