"""The dictionary: TOML files beside this module, read once and checked. `README.md` says what they mean.

`lexicon()` gives the event patterns and what goes with them. `read(name)` gives any file as it stands, for the
rooms that own one. A file that breaks its rules raises LexiconError naming the file and the entry.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from sayso.coding.lexicon.entries import (
    RESERVED,
    Case,
    Conditions,
    ContextRule,
    CrosswalkRow,
    LexiconTables,
    LightWords,
    ModeRule,
    Pattern,
    Setting,
)
from sayso.coding.lexicon.loading import build
from sayso.errors import LexiconError

__all__ = [
    "RESERVED",
    "Case",
    "Conditions",
    "ContextRule",
    "CrosswalkRow",
    "LexiconTables",
    "LightWords",
    "ModeRule",
    "Pattern",
    "Setting",
    "build",
    "lexicon",
    "read",
    "version",
]


def _folder() -> Traversable:
    return files(__name__)


def _load(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise LexiconError(f"lexicon/{file.name}: {problem}") from problem


@cache
def read(name: str) -> dict[str, Any]:
    """The table of `name`.toml, empty where there is no such file. Do not change it: it is shared."""
    file = _folder() / f"{name}.toml"
    return _load(file) if file.is_file() else {}


def _event_files() -> list[Traversable]:
    folder = _folder() / "events"
    found = [f for f in folder.iterdir() if f.name.endswith(".toml")] if folder.is_dir() else []
    return sorted(found, key=lambda f: f.name)


@cache
def lexicon() -> LexiconTables:
    """All that the room of events knows about words."""
    events = {file.name.removesuffix(".toml"): _load(file) for file in _event_files()}
    return build(
        events=events,
        classes=read("classes"),
        modes=read("modes"),
        contexts=read("contexts"),
        crosswalk=read("crosswalk"),
        light=read("light"),
    )


@cache
def version() -> str:
    """Twelve hexadecimal digits of the SHA-256 of every file of the lexicon, in the order of their names."""
    digest = hashlib.sha256()
    tables = sorted((f for f in _folder().iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    for file in [*tables, *_event_files()]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
