"""Articles and errors laid aside in a file of their own, for another process to take up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.errors import InputError, InvalidArticle, TooMuchInput, UnreadableInput
from sayso.records import Article

PLAIN: dict[str, type[InputError]] = {
    one.__name__: one for one in (UnreadableInput, InvalidArticle, TooMuchInput, InputError)
}
"""Errors that a name and a reason make; others are laid aside as the nearest of these."""


class Aside:
    """The file of one shard, made when the first record is laid there; a record a line."""

    def __init__(self, path: Path):
        self.path = path
        self._file: BinaryIO | None = None
        self._lines = 0

    def add(self, found: Article | InputError) -> int:
        """Lay one aside; how many were there before it."""
        self._file = self._file or self.path.open("wb")
        self._file.write(_line(found))
        self._lines += 1
        return self._lines - 1

    def close(self) -> None:
        if self._file:
            self._file.close()


def take_up(path: Path, first: int, count: int) -> Iterator[Article | InputError]:
    """So many records of such a file from one on."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= first + count:
                return
            if number >= first:
                yield _record(line)


def _line(found: Article | InputError) -> bytes:
    if isinstance(found, InputError):
        kind = next(one.__name__ for one in type(found).__mro__ if one.__name__ in PLAIN)
        told = json.dumps({"error": [kind, found.name, found.reason]})
    else:
        told = f'{{"article": {found.model_dump_json()}}}'
    return f"{told}\n".encode()


def _record(line: str) -> Article | InputError:
    told = json.loads(line)
    if "article" in told:
        return Article.model_validate(told["article"])
    kind, name, reason = told["error"]
    return PLAIN[kind](name, reason)
