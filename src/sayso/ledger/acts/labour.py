"""What people do in a ledger, each a transaction of its own with its line in the audit log.

What they write, and the names under which they do, are masked as articles are, unless they are `personal`: who is told to keep
a text's personal data is not told to keep what is said of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select

from sayso.errors import LedgerError
from sayso.ledger.database import reading, writing
from sayso.ledger.dossier import Annotation
from sayso.ledger.incidents import decisions
from sayso.ledger.incidents.agreement import number_of
from sayso.ledger.incidents.corrected import let_be_computed
from sayso.ledger.incidents.settling import begin
from sayso.ledger.incidents.summaries import refresh
from sayso.ledger.keeping import current
from sayso.ledger.people import corrections
from sayso.ledger.people.discretion import article_of, articles_of, discreet, masker_for
from sayso.ledger.personal.noted import masked_value
from sayso.ledger.schema import article, event, incident
from sayso.records import Coding, Span


def annotate(
    engine: Engine, key: str, span: Span, *, kind: str, creator: str, personal: bool = False, **given: Any
) -> str:
    """Say something of an article's words (see `corrections.annotate`); the annotation's id. For a verdict, `incident` is an id."""
    with writing(engine) as connection:
        if not personal:
            masker = masker_for(connection, [key])
            creator = masker.words(creator)
            given |= {name: masked_value(one, masker) for name, one in given.items() if name in ("body", "value")}
        if given.get("incident") is not None:
            given["incident"] = _incident(connection, given["incident"])
        return corrections.annotate(connection, key, span, kind=kind, creator=creator, **given)


def review(engine: Engine, annotation: str, state: str, *, who: str, why: str = "", personal: bool = False) -> None:
    """Accept, decline or withdraw an annotation. The incidents of an article that is corrected by it are as they are corrected at once."""
    with writing(engine) as connection:
        if not personal:
            who, why = discreet(connection, article_of(connection, annotation), who, why)
        decided = corrections.decide(connection, annotation, state, who=who, why=why)
        if decided.corrects:
            for number in let_be_computed(connection, decided.article):
                refresh(connection, number)


def annotations_of(engine: Engine, key: str | None = None) -> list[Annotation]:
    """What was said of an article, or of all."""
    with reading(engine) as connection:
        return corrections.annotations_of(connection, key)


def corrected(engine: Engine, key: str) -> Coding | None:
    """An article's coding as the accepted corrections have it."""
    with reading(engine) as connection:
        coding = current(connection, key)
        return None if coding is None else corrections.corrected(coding, corrections.annotations_of(connection, key))


def join(engine: Engine, into: str, other: str, *, who: str, why: str, personal: bool = False) -> str:
    """Say that two incidents are one; the id that stays. The other leads to it."""
    with writing(engine) as connection:
        one, two = _incident(connection, into), _incident(connection, other)
        if not personal:
            who, why = discreet(connection, articles_of(connection, one, two), who, why)
        decisions.join(connection, one, two, who=who, why=why)
        return str(connection.execute(select(incident.c.key).where(incident.c.id == one)).scalar_one())


def part(
    engine: Engine, key: str, reports: Sequence[tuple[str, str]], *, who: str, why: str, personal: bool = False
) -> str:
    """Say that some reports (article id, event id) are of another incident; that incident's id."""
    with writing(engine) as connection:
        number = _incident(connection, key)
        if not personal:
            who, why = discreet(connection, articles_of(connection, number), who, why)
        events = [_event(connection, number, *one) for one in reports]
        made = decisions.part(connection, number, events, lambda one: begin(connection, one), who=who, why=why)
        return str(connection.execute(select(incident.c.key).where(incident.c.id == made)).scalar_one())


def _incident(connection: Connection, key: str) -> int:
    number = number_of(connection, key)
    if number is None:
        raise LedgerError(f"{key}: no such incident in the ledger")
    return number


def _event(connection: Connection, number: int, key: str, name: str) -> int:
    found = connection.execute(
        select(event.c.id)
        .join(article, article.c.id == event.c.article)
        .where(article.c.key == key, event.c.name == name, event.c.incident == number, event.c.role == "report")
    ).scalar()
    if found is None:
        raise LedgerError(f"{key}/{name}: no report of that incident")
    return int(found)
