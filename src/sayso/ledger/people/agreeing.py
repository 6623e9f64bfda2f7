"""How well people agree who correct the same words: Krippendorff's alpha for nominal data.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A to C.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from sayso.ledger.schema import annotation


class Agreement(NamedTuple):
    """Of one field ("events/place"): how many passages at least two people judged, how many people did, and their alpha.

    Alpha is 1 where they always agree and 0 where they agree no more than by chance; None where there is nothing to tell it by.
    """

    field: str
    units: int
    people: int
    alpha: float | None


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha, nominal. A unit is the values that its coders gave it, in any order; a missing one is left out.

    None where no unit has two values, and where all values are one: nothing varies that could be told apart.
    """
    pairable = [Counter(unit) for unit in units if len(unit) > 1]
    values = sum(pairable, Counter[Hashable]())
    total = values.total()
    by_chance = total * total - sum(number * number for number in values.values())
    if not by_chance:
        return None
    differ = 0.0
    for unit in pairable:
        size = unit.total()
        differ += (size * size - sum(number * number for number in unit.values())) / (size - 1)
    return 1 - (total - 1) * differ / by_chance


def agreement(connection: Connection) -> list[Agreement]:
    """By field, over corrections of the same words by several people, each person's last; and over all fields ("")."""
    columns = annotation.c
    rows = connection.execute(
        select(columns.article, columns.start, columns.end, columns.field, columns.creator, columns.value)
        .where(columns.kind == "editing", columns.field.is_not(None), columns.state != "withdrawn")
        .order_by(columns.created, columns.id)
    )
    given: dict[tuple[str, int, int, int], dict[str, str]] = defaultdict(dict)
    for number, start, end, field, creator, value in rows:
        given[field, number, start, end][creator] = value or "null"
    several = {unit: said for unit, said in given.items() if len(said) > 1}
    fields = sorted({unit[0] for unit in several})
    found = [_agreement(field, [said for unit, said in several.items() if unit[0] == field]) for field in fields]
    return [*found, _agreement("", list(several.values()))] if len(found) > 1 else found


def _agreement(field: str, given: Sequence[dict[str, str]]) -> Agreement:
    people = {creator for said in given for creator in said}
    return Agreement(field, len(given), len(people), alpha(list(said.values()) for said in given))
