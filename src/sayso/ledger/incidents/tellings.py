"""Which outlets told of an incident, and on whose word: put down when its record is computed, so that sources can be compared fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sayso.records import Incident

COUNTED, FIRST = 1, 2
"""Of a row that stands for its outlet (or origin) in the incident; and that was the first of several. Others have 0."""


class Said(NamedTuple):
    """One report. `outlet`, `origin` and `kind` are empty where nobody is named, `day` is an ordinal."""

    outlet: str
    day: int | None
    origin: str
    kind: str
    is_copy: bool


def said(record: Incident, printed: Mapping[str, tuple[str | None, int | None]]) -> list[Said]:
    """The reports of an incident; `printed`: outlet and day by article id."""
    origins = {one.id: one for one in record.origins}
    found = []
    for one in record.reports:
        outlet, day = printed[one.article]
        whose = origins.get(one.origin or "")
        name, kind = (" ".join(whose.name.split()), whose.kind) if whose else ("", "")
        found.append(Said(" ".join((outlet or "").split()), day, name, kind, one.copy_of is not None))
    return found


def rows(reports: Sequence[Said], standing: str) -> list[dict[str, Any]]:
    """A row for each outlet with each origin, those of the first day first."""
    ordered = sorted(reports, key=lambda one: (one.day is None, one.day or 0))
    outlets, origins = _first(ordered, "outlet"), _first(ordered, "origin")
    made: dict[tuple[str, str], dict[str, Any]] = {}
    for one in ordered:
        row = made.get((one.outlet, one.origin))
        if row is None:
            row = made[one.outlet, one.origin] = {
                "outlet": one.outlet, "origin": one.origin, "kind": one.kind, "standing": standing, "reports": 0, "copies": 0,
                "outlet_part": outlets.pop(one.outlet, 0), "origin_part": origins.pop(one.origin, 0),
            }  # fmt: skip
        row["reports"] += 1
        row["copies"] += one.is_copy
    return list(made.values())


def _first(ordered: Sequence[Said], field: str) -> dict[str, int]:
    """FIRST for those that told of it on the first day, where there are others that came later; else COUNTED."""
    named = {getattr(one, field): one.day for one in reversed(ordered)}
    days = {day for day in named.values() if day is not None}
    return {name: FIRST if len(days) > 1 and day == min(days) else COUNTED for name, day in named.items()}
