"""The lexicon's TOML files, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import LexiconError

FOLDER = Path(__file__).parent / "lexicon"


@cache
def table(name: str) -> dict[str, Any]:
    """The lexicon file `name` (without `.toml`). Raises LexiconError where it is missing or no TOML."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error
