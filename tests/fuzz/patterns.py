"""Every regular expression that sayso compiles, and strings that would make it try again and again.

`python tests/fuzz/patterns.py` prints the patterns as JSON: of all modules, of the lexicon, and of one article that was coded.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "src" / "sayso"
FUNCTIONS = frozenset(("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"))
TEXT = "KANO (North Wire) — Police arrested nine people in Almaty on 5 January 2022, the ministry said. “No,” he said.\n\nBy A. Writer"


def written() -> Iterator[tuple[str | bytes, int]]:
    """Patterns that stand as literals where `re` is called, those within functions too."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            if node.func.attr in FUNCTIONS and isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
                    yield first.value, 0


def compiled() -> list[tuple[str | bytes, int]]:
    """What is compiled by sayso's own modules as all are imported and an article is coded."""
    found: dict[tuple[str | bytes, int], None] = {}
    own = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: Any) -> Any:
        frame, depth = sys._getframe(1), 0
        while frame is not None and depth < 3:
            if frame.f_code.co_filename.startswith(str(SOURCE)) and isinstance(pattern, str | bytes):
                found[pattern, int(flags)] = None
            frame, depth = frame.f_back, depth + 1
        return own(pattern, flags)

    re._compile = noting  # type: ignore[attr-defined]
    import sayso

    for one in pkgutil.walk_packages(sayso.__path__, "sayso."):
        if not one.name.endswith(("__main__", "migrations.env", "pdf_pages", "ray_data")):
            importlib.import_module(one.name)
    sayso.load()(TEXT)
    re._compile = own  # type: ignore[attr-defined]
    return list(found)


def pumped(pattern: str | bytes, flags: int, length: int) -> Iterator[str]:
    """For every repetition in a pattern a text of this length that goes through it again and again, and then does not match."""
    given = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = re._parser.parse(given, flags & ~re.ASCII if isinstance(pattern, bytes) else flags)  # type: ignore[attr-defined]
    seen = set()
    for before, body in _repetitions(list(tree), ""):
        unit = _sample(body) or "a"
        for text in (before + unit, unit):
            if (text, unit) not in seen:
                seen.add((text, unit))
                yield text + unit * (length // len(unit)) + "\0"
    whole = _sample(list(tree))
    if whole.strip("\0"):
        yield whole[:-1] * max(1, length // max(1, len(whole) - 1)) + "\0"


def _repetitions(items: list[Any], before: str) -> Iterator[tuple[str, list[Any]]]:
    for name, value in items:
        kind = str(name)
        if kind.endswith("REPEAT"):
            if value[1] > 20:
                yield before, list(value[2])
            yield from _repetitions(list(value[2]), before)
        elif kind == "SUBPATTERN":
            yield from _repetitions(list(value[3]), before)
        elif kind == "BRANCH":
            for one in value[1]:
                yield from _repetitions(list(one), before)
        elif kind in ("ASSERT", "ASSERT_NOT"):
            yield from _repetitions(list(value[1]), before)
        before += _sample([(name, value)])


def _sample(items: list[Any]) -> str:
    """Some text that these match, near enough."""
    found = ""
    for name, value in items:
        kind = str(name)
        if kind == "LITERAL":
            found += chr(value)
        elif kind == "NOT_LITERAL":
            found += "a" if chr(value) != "a" else "b"
        elif kind == "ANY":
            found += "a"
        elif kind == "IN":
            found += _member(value)
        elif kind.endswith("REPEAT"):
            found += _sample(list(value[2])) * max(1, min(value[0], 20))
        elif kind == "SUBPATTERN":
            found += _sample(list(value[3]))
        elif kind == "BRANCH":
            found += _sample(list(value[1][0]))
    return found


CATEGORIES = {
    "CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a", "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_NOT_WORD": "-",
}  # fmt: skip


def _member(members: list[Any]) -> str:
    """A character of a set."""
    kinds = [(str(name), value) for name, value in members]
    if kinds[0][0] == "NEGATE":
        return next((one for one in "a1 -\n\t.(" if not any(_is(one, kind, value) for kind, value in kinds[1:])), "a")
    kind, value = kinds[0]
    if kind == "RANGE":
        return chr(value[0])
    return chr(value) if kind == "LITERAL" else CATEGORIES.get(str(value), "a")


def _is(one: str, kind: str, value: Any) -> bool:
    """Whether a member of a set has this character."""
    if kind == "CATEGORY":
        told = {"SPACE": one.isspace(), "WORD": one.isalnum() or one == "_", "DIGIT": one.isdigit()}
        is_not, name = "_NOT_" in str(value), str(value).rpartition("_")[2]
        return told.get(name, False) != is_not
    return value[0] <= ord(one) <= value[1] if kind == "RANGE" else ord(one) == value


if __name__ == "__main__":
    everything = dict.fromkeys([*compiled(), *written()])
    sys.stdout.write(
        json.dumps(
            [
                [one.decode("latin-1") if isinstance(one, bytes) else one, flags, isinstance(one, bytes)]
                for one, flags in everything
            ]
        )
    )
