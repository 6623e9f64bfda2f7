"""What was asked of sayso, and what the best are at: `aims.toml` beside what was measured, as the first part of RESULTS.md."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from machines import table

HERE = Path(__file__).parent
BELOW, SHORT, REACHED = (
    "Worse than what was asked",
    "As asked, but worse than the mark",
    "As good as the mark, or as asked where there is none",
)


class Aim(NamedTuple):
    """One figure, the bound that was asked of it and the mark; None where there is none."""

    room: str
    what: str
    data: str
    value: float
    date: str
    bound: float | None
    mark: float | None
    less_is_better: bool
    whose: str
    by: str

    @property
    def standing(self) -> str:
        if not self._at(self.bound):
            return BELOW
        return REACHED if self._at(self.mark) else SHORT

    def _at(self, wanted: float | None) -> bool:
        return wanted is None or (self.value <= wanted if self.less_is_better else self.value >= wanted)


def aims() -> Iterator[Aim]:
    """Every aim of `aims.toml`, with its figure. Raises KeyError for one that no script has measured."""
    for told in tomllib.loads((HERE / "aims.toml").read_text(encoding="utf-8"))["aim"]:
        whole = measured(told.get("file", "figures.json"))
        kept = whole[told["data"]] if "data" in told else whole
        yield Aim(
            told["room"],
            told["what"],
            told.get("data", "–"),
            figure(kept.get("figures", kept), told["at"].split(".")),
            kept.get("date") or kept[told["at"].split(".")[0]]["date"],
            told.get("least", told.get("most")),
            told.get("mark"),
            "most" in told,
            told.get("whose", "–"),
            told.get("by", "accuracy.py"),
        )


@cache
def measured(file: str) -> dict[str, Any]:
    return json.loads((HERE / file).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def figure(told: Any, path: list[str]) -> float:
    """The figure at the path; of a step that ends in `*` the largest among those that begin so; of a value with its count the value."""
    for at, step in enumerate(path):
        if step.endswith("*"):
            return max(figure(told[name], path[at + 1 :]) for name in told if name.startswith(step[:-1]))
        told = told[step]
    return float(told[0] if isinstance(told, list) else told)


def part() -> str:
    """Every aim, what is missed first."""
    every = list(aims())
    parts = [
        "## Against what was asked, and against the best\n\n"
        "“Asked” is the least (≤: the most) that was asked before a room was built, “mark” the best that is published for the task or what a careful reader would want "
        "(`benchmarks/aims.toml`). Scripts are in `benchmarks/`.\n\n"
    ]
    for standing in (BELOW, SHORT, REACHED):
        rows = [row(aim) for aim in every if aim.standing == standing]
        head = ["room", "what", "data", "measured", "asked", "mark", "whose mark", "on", "by"]
        parts.append(f"### {standing}: {len(rows)} of {len(every)}\n\n{table(head, rows)}\n")
    return "".join(parts)


def row(aim: Aim) -> list[str]:
    sign = "≤ " if aim.less_is_better else ""
    bound, mark = ("–" if one is None else f"{sign}{one:,}" for one in (aim.bound, aim.mark))
    return [aim.room, aim.what, aim.data, f"**{aim.value:,}**", bound, mark, aim.whose, aim.date, f"`{aim.by}`"]
