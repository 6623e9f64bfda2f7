"""What state a ledger is in: by what an export can be told to be of it, or of a copy of it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select

from sayso.ledger.database import clock
from sayso.ledger.schema import annotation, article, coding, decision, setting


def state_of(connection: Connection) -> dict[str, Any]:
    """The ledger's identity and clock, which both are a copy's too; by which coders how many articles were coded; what people have said.

    Counted are the codings that are current, accepted corrections, and decisions that nobody has withdrawn.
    """
    named = connection.execute(select(setting.c.value).where(setting.c.name == "identity")).scalar_one()
    current = (
        select(coding.c.coder, func.count())
        .join(article, (article.c.id == coding.c.article) & (article.c.revision == coding.c.revision))
        .where(article.c.forgotten.is_(None))
        .group_by(coding.c.coder)
    )
    coders = [{**json.loads(made), "articles": count} for made, count in connection.execute(current)]
    corrections = select(func.count()).where(annotation.c.state == "accepted", annotation.c.field.is_not(None))
    return {
        "identity": named,
        "clock": clock(connection),
        "articles": connection.execute(select(func.count()).where(article.c.forgotten.is_(None))).scalar_one(),
        "coders": sorted(coders, key=lambda one: sorted(map(str, one.items()))),
        "corrections": connection.execute(corrections).scalar_one(),
        "decisions": connection.execute(select(func.count()).where(decision.c.withdrawn.is_(None))).scalar_one(),
    }
