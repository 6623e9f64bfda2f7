"""The word lists of `lexicon/affairs.toml`."""

from __future__ import annotations

from functools import cache

from sayso.coding.tables import table


@cache
def words() -> dict[str, frozenset[str]]:
    """The lists of `lexicon/affairs.toml`. Raises LexiconError where the file is missing or no TOML."""
    return {name: frozenset(listed) for name, listed in table("affairs").items() if isinstance(listed, list)}
