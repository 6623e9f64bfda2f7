"""The words of `personal.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from sayso.errors import LexiconError


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    try:
        return tomllib.loads(files("sayso.ledger.personal").joinpath("personal.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"personal.toml: {error}") from error


def words(table: str, name: str) -> tuple[str, ...]:
    """One list of the file. Raises LexiconError where it is missing or holds no words."""
    found = _tables().get(table, {}).get(name)
    if not found or not all(isinstance(word, str) and word.strip() for word in found):
        raise LexiconError(f"personal.toml: [{table}] {name} has to be a list of words")
    return tuple(found)


def either(alternatives: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; spaces match any white space."""
    ordered = sorted(set(alternatives), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered) + ")"
