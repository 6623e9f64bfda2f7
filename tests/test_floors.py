"""No committed figure lies under its floor, or over its ceiling where less is better."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8")).get("floor", [])
MEASURED = json.loads((ROOT / "benchmarks" / "figures.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("floor", FLOORS, ids=lambda f: f"{f['data']}-{f['figure']}")
def test_the_figure_is_not_under_its_floor(floor: dict[str, Any]) -> None:
    value = MEASURED[floor["data"]]["figures"][floor["figure"]]
    value = value[0] if isinstance(value, list) else value
    assert floor.get("least", value) <= value <= floor.get("most", value)


@pytest.mark.parametrize("floor", FLOORS, ids=lambda f: f"{f['data']}-{f['figure']}")
def test_a_floor_bounds_something(floor: dict[str, Any]) -> None:
    """On the side on which the figure would be worse, and not beyond what was measured."""
    assert ("least" in floor) != ("most" in floor)
    assert floor.get("least", floor["measured"]) <= floor["measured"] <= floor.get("most", floor["measured"])


def test_every_measured_set_has_a_floor() -> None:
    assert {floor["data"] for floor in FLOORS} == set(MEASURED)
