"""The dictionary: TOML files beside this module, read once and checked. `README.md` says what they mean.

`lexicon()` gives the event patterns and what goes with them. A file that breaks its rules raises LexiconError
naming the file and the entry.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sayso.coding.lexicon.entries import (
    Case,
    Conditions,
    ContextRule,
    CrosswalkRow,
    Kind,
    LexiconTables,
    LightWords,
    ModeRule,
    Pattern,
    Setting,
)
from sayso.coding.lexicon.loading import build
from sayso.coding.tables import FOLDER, table

__all__ = [
    "Case",
    "Conditions",
    "ContextRule",
    "CrosswalkRow",
    "Kind",
    "LexiconTables",
    "LightWords",
    "ModeRule",
    "Pattern",
    "Setting",
    "build",
    "lexicon",
]


def _table(name: str) -> dict[str, Any]:
    return table(name) if (FOLDER / f"{name}.toml").is_file() else {}


@cache
def lexicon() -> LexiconTables:
    """All that the room of events knows about words. Raises LexiconError where a file breaks its rules."""
    names = sorted(path.stem for path in (FOLDER / "events").glob("*.toml"))
    return build(
        events={name: table(f"events/{name}") for name in names},
        classes=_table("classes"),
        modes=_table("modes"),
        contexts=_table("contexts"),
        crosswalk=_table("crosswalk"),
        light=_table("light"),
    )
