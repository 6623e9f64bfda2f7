"""JSON Lines and JSON: a row is an article, a broken row is an error that names its line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from sayso.errors import InputError, InvalidArticle, TooMuchInput
from sayso.reading.articles import FIELDS, LIMIT_CHARS, make_article
from sayso.reading.encodings import SAMPLE, decode, detect
from sayso.reading.streams import Joined
from sayso.records import Article

ROW_FACTOR = 12
"""A row may hold so many bytes a character of the limit: JSON may write each as an escaped pair (\\ud83d\\ude00)."""
FEW_BYTES = 8
LONG = 1_000_000
COSTS = {"{": 240, "[": 96, ",": 60, ":": 60}
"""Bytes of memory that a value takes in Python, by the sign that it has in JSON."""
MOST_MEMORY = 500_000_000
"""Bytes that the values of one JSON text may take; commas of prose count too, and are far from it."""
PLAIN = {"utf-8-sig": "utf-8"}
"""Codecs of the beginning of a file, and those of the rest of it."""


class Passed(NamedTuple):
    """What of a file is not to be read again: so many lines, which are so many bytes."""

    lines: int = 0
    bytes: int = 0


NOTHING = Passed()


def read_jsonl(
    stream: BinaryIO,
    *,
    name: str,
    source: str,
    columns: Mapping[str, str] | None = None,
    limit_chars: int = LIMIT_CHARS,
    passed: Passed = NOTHING,
) -> Iterator[Article | InputError]:
    """One article or error a line, in order; blank lines are passed over. `columns` maps our fields to the row's keys.

    Lines are read one at a time, so that the file may be larger than the memory. Reading begins after what is `passed`.
    """
    sample = stream.read(SAMPLE)
    encoding = row_encoding(sample, name)
    if passed.bytes:
        stream.seek(passed.bytes)
        sample, encoding = b"", PLAIN.get(encoding, encoding)
    # surrogateescape keeps broken bytes where make_article finds them and refuses that row alone
    lines = io.TextIOWrapper(
        io.BufferedReader(Joined(sample, stream)), encoding=encoding, errors="surrogateescape", newline="\n"
    )
    number, longest = passed.lines, ROW_FACTOR * limit_chars
    while line := lines.readline(longest + 1):
        number += 1
        if len(line) > longest:
            while line and not line.endswith("\n"):
                line = lines.readline(longest)
            yield TooMuchInput(f"{name}:{number}", f"a row of more than {longest:,} characters")
        elif line.strip():
            yield read_row(line, name=f"{name}:{number}", source=source, columns=columns, limit_chars=limit_chars)


def read_json(
    data: bytes, *, name: str, source: str, columns: Mapping[str, str] | None = None, limit_chars: int = LIMIT_CHARS
) -> Iterator[Article | InputError]:
    """A JSON file: one article object, or a list of them."""
    try:
        text = decode(data, name=name).text
        del data  # not to be held beside what it says
        found = parse(text, name)
    except InputError as error:
        yield error
        return
    rows = found if isinstance(found, list) else [found]
    for number, row in enumerate(rows, start=1):
        called = f"{name}:{number}" if isinstance(found, list) else name
        yield from_row(row, name=called, source=source, columns=columns, limit_chars=limit_chars)


def read_row(
    line: str, *, name: str, source: str, columns: Mapping[str, str] | None = None, limit_chars: int = LIMIT_CHARS
) -> Article | InputError:
    """The article of one line of JSON, or what is wrong with it."""
    try:
        row = parse(line, name)
    except InputError as error:
        return error
    return from_row(row, name=name, source=source, columns=columns, limit_chars=limit_chars)


def from_row(
    row: Any,
    *,
    name: str,
    source: str,
    columns: Mapping[str, str] | None = None,
    limit_chars: int = LIMIT_CHARS,
    read: Mapping[str, Any] | None = None,
) -> Article | InputError:
    """The article of a row's fields, or what is wrong with them. It is made of the whole row, written as JSON.

    `read`: the row as it was read, where something in it was set right.
    """
    if not isinstance(row, Mapping):
        return InvalidArticle(name, "not a JSON object")
    names = columns or {}
    text = names.get("text", "text")
    if text not in row:
        there = ", ".join(sorted(str(key)[:40] for key in row)[:12]) or "nothing"
        return InvalidArticle(name, f"no {text}; there is: {there}")
    fields = {field: row.get(names.get(field, field)) for field in FIELDS}
    try:
        article = make_article(fields, name=name, source=source, limit_chars=limit_chars)
    except InputError as error:
        return error
    whole = row if read is None else read
    return article.made_of(json.dumps(whole, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"))


def parse(text: str, name: str) -> Any:
    """What the JSON says. Raises InvalidArticle for broken JSON and for nesting deeper than Python can follow, TooMuchInput."""
    if len(text) > LONG and sum(cost * text.count(sign) for sign, cost in COSTS.items()) > MOST_MEMORY:
        raise TooMuchInput(name, "JSON of too many values")
    try:
        return json.loads(text)
    except RecursionError:
        raise InvalidArticle(name, "JSON nested too deep") from None
    except json.JSONDecodeError as error:
        raise InvalidArticle(name, f"broken JSON: {error.msg} at column {error.colno}") from None
    except ValueError as error:
        raise InvalidArticle(name, f"broken JSON: {error}") from None


def row_encoding(sample: bytes, name: str) -> str:
    """JSON Lines are UTF-8 by their standard: a few odd bytes spoil their rows and are no other encoding."""
    encoding = detect(sample, name=name, whole=len(sample) < SAMPLE)
    odd = sum(byte > 127 for byte in sample)
    return "utf-8" if not encoding.startswith("utf") and odd < FEW_BYTES else encoding
