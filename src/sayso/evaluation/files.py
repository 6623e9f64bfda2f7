"""Gold files and prediction files, read: JSON Lines, CoNLL-U and IOB2, each also as `.gz`."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from sayso.errors import InputError, InvalidArticle, UnreadableInput
from sayso.evaluation.conllu import Parse, read_conllu
from sayso.evaluation.gold import read_marks
from sayso.evaluation.iob2 import read_iob2
from sayso.reading.rows import from_row, parse
from sayso.records import Article, Coding

PARSED = ("parse", "entities")
"""The tasks that are scored on what `sayso parse` writes; the others are on codings."""


class Gold(NamedTuple):
    """An article of a gold file."""

    name: str
    """Where it stands: file and line."""
    row: dict[str, Any]
    """Its fields, `text` among them, and `id` where it has one."""
    marks: Any
    """What the task's scorer compares: a Mark, or for `parse` a Parse."""

    @property
    def id(self) -> str:
        given = self.row.get("id")
        return "" if given is None else str(given)

    @property
    def text(self) -> str:
        return str(self.row["text"])

    def article(self) -> Article | InputError:
        """What the coder is given, or what is wrong with it."""
        return from_row(self.row, name=self.name, source=self.name.rpartition(":")[0])


def read_lines(path: Path) -> list[str]:
    """The lines of a file in UTF-8. Raises UnreadableInput, which says why it cannot be read."""
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(str(path), f"not UTF-8 at byte {error.start}") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableInput(str(path), f"broken gzip: {error}") from error
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error)) from error
    lines = text.split("\n")
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


def read_gold(task: str, path: Path) -> list[Gold]:
    """The articles of a gold file: CoNLL-U for `parse`; for `entities` IOB2, where the name ends so; else JSON Lines.

    Raises UnreadableInput for a file that cannot be read or holds nothing, InvalidArticle for what is no gold of the
    task: it names the line and says what is wrong.
    """
    lines = read_lines(path)
    if task == "parse":
        gold = [Gold(p.name, {"id": p.id, "text": p.text}, p) for p in read_conllu(lines, str(path))]
    elif task == "entities" and path.name.removesuffix(".gz").endswith((".iob2", ".iob", ".bio")):
        found = read_iob2(lines, str(path))
        gold = [make_gold(task, row, f"{path}:{number}") for number, row in found]
    else:
        gold = [make_gold(task, row, name) for name, row in objects(lines, str(path))]
    if not gold:
        raise UnreadableInput(str(path), "no gold in it")
    return gold


def make_gold(task: str, row: dict[str, Any], name: str) -> Gold:
    """Gold of one row. Raises InvalidArticle where it is none."""
    if not isinstance(row.get("text"), str):
        raise InvalidArticle(name, "no text")
    try:
        return Gold(name, row, read_marks(task, row))
    except ValueError as error:
        raise InvalidArticle(name, str(error)) from None


def read_codings(path: Path) -> list[Coding]:
    """What `sayso code --format jsonl` wrote. Raises InvalidArticle, which names the line, for what is no coding."""
    return [_coding(line, name) for name, line in _rows(read_lines(path), str(path))]


def read_parses(path: Path) -> list[Parse]:
    """What `sayso parse` wrote. Raises InvalidArticle, which names the line, for what is no CoNLL-U."""
    return read_conllu(read_lines(path), str(path))


READERS: dict[bool, Callable[[Path], list[Any]]] = {True: read_parses, False: read_codings}
"""What reads predictions, by whether the task is one of PARSED."""


def _rows(lines: Iterable[str], name: str) -> Iterator[tuple[str, str]]:
    """Name and content of each line that is not blank."""
    return ((f"{name}:{number}", line) for number, line in enumerate(lines, start=1) if line.strip())


def objects(lines: Iterable[str], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and object of each line of JSON Lines. Raises InvalidArticle, which names the line."""
    for here, line in _rows(lines, name):
        row = parse(line, here)
        if not isinstance(row, dict):
            raise InvalidArticle(here, "not a JSON object")
        yield here, row


def _coding(line: str, name: str) -> Coding:
    try:
        return Coding.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidArticle(name, f"no coding: {where}{': ' * bool(where)}{first['msg']}") from None
