"""Cases: short texts, each with the checks that its coding should meet. JSON Lines, one case a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sayso.errors import InputError, UnreadableInput
from sayso.evaluation.expect import Check, read_check
from sayso.reading import make_article
from sayso.records import Article


class Case(NamedTuple):
    """`{"id", "category", "text", "expect": [check, …]}`, with any other field of an article. Without a category, checks go by their kind."""

    id: str
    category: str
    article: Article
    checks: tuple[Check, ...]


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file. Raises UnreadableInput for a missing file, InputError naming the line for what is no case."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(path), getattr(error, "strerror", None) or "not UTF-8") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _read(line, f"{path}:{number}")


def _read(line: str, name: str) -> Case:
    try:
        row: Any = json.loads(line)
        if not (isinstance(row, dict) and isinstance(row.get("expect"), list)):
            raise ValueError("a case is an object with id, text and expect")
        checks = tuple(read_check(check) for check in row["expect"])
    except ValueError as error:
        raise InputError(name, str(error)) from error
    article = make_article(row, name=name, source="")
    return Case(article.id, str(row.get("category") or ""), article, checks)
