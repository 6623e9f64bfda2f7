"""Page furniture: paragraphs that are not the report, told by `furniture.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, cast

from sayso.errors import LexiconError
from sayso.records import BlockKind

Reach = Literal["line", "list", "rest"]
DEFAULT_WORDS = 45
LONGEST = 700
"""Code points; longer paragraphs are no furniture."""

# Signs of rights, and the boxes that are keys of maps and charts
_MEANT = frozenset("©®" + "".join(map(chr, range(0x2580, 0x2600))))
_SYMBOLS = frozenset({"So", "Sk", "Mn", "Cf", "Zs"})


class Furniture(NamedTuple):
    """One kind of page furniture."""

    name: str
    kind: BlockKind
    reach: Reach
    words: int
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@cache
def catalogue() -> tuple[Furniture, ...]:
    """The kinds of furniture, in the order in which they are tried. Raises LexiconError for a broken file."""
    source = files("sayso.reading").joinpath("furniture.toml")
    try:
        entries = tomllib.loads(source.read_text(encoding="utf-8"))["furniture"]
        return tuple(_entry(entry) for entry in entries)
    except (tomllib.TOMLDecodeError, KeyError, re.error) as error:
        raise LexiconError(f"furniture.toml: {error}") from error


def furniture(paragraph: str) -> Furniture | None:
    """What furniture a paragraph is, or None. `paragraph` has single spaces and no white space at its ends."""
    if len(paragraph) > LONGEST:
        return None
    paragraph = without_symbols(paragraph)
    words = paragraph.count(" ") + 1
    return next((f for f in catalogue() if words <= f.words and f.pattern.match(paragraph)), None)


def without_symbols(line: str) -> str:
    """The line without the emoji, arrows and flags that posts begin with; a line of nothing else stays."""
    at = next((at for at, c in enumerate(line[:40]) if c in _MEANT or unicodedata.category(c) not in _SYMBOLS), 0)
    return line[at:] if at else line


def _entry(entry: dict[str, Any]) -> Furniture:
    end = r"\Z" if entry.get("whole") else ""
    return Furniture(
        entry["name"],
        cast(BlockKind, entry.get("kind", "boilerplate")),
        cast(Reach, entry.get("reach", "line")),
        entry.get("words", DEFAULT_WORDS),
        re.compile("|".join(f"(?:{one}){end}" for one in entry["patterns"]), re.IGNORECASE),
        tuple(entry["examples"]),
        tuple(entry["not"]),
    )
