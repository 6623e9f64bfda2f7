"""Where two outputs first differ: in which article, and in which field of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any, cast

from sayso.reading.packing import BROKEN, inner_suffix, opened

CODER = "coder"
LONGEST = 80
"""Characters of a value that are shown."""
NOTHING = object()
COMPRESSION = "in how it is written down alone, in nothing that it says"


def first_difference(then: Path, now: Path, format: str) -> str:
    """In words, where the output `now` first differs from `then`; both may be compressed, as their names say.

    What coded an article is in its own record (`coder`): it counts only where nothing else differs.
    """
    try:
        with _lines(then) as old, _lines(now) as new:
            return {"jsonl": _in_jsonl, "csv": _in_csv}.get(format, _in_lines)(old, new)
    except (*BROKEN, ValueError) as error:
        return f"where, cannot be said: {error}"


def format_of(path: Path, format: str) -> str:
    """The format of one of a run's outputs: errors are JSON Lines, whatever the others are."""
    return "jsonl" if inner_suffix(path) == ".jsonl" else format


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[str]]:
    """Whole lines, ended by LF alone: the text of an article may hold other characters that end one for Python."""
    with opened(path) as stream, io.TextIOWrapper(cast(Any, stream), "utf-8", newline="\n") as lines:
        yield lines


def _in_lines(old: Iterator[str], new: Iterator[str]) -> str:
    for number, (was, is_) in enumerate(zip_longest(old, new), 1):
        if was != is_:
            return f"first in line {number}: {_shown(was)} then, {_shown(is_)} now"
    return COMPRESSION


def _in_jsonl(old: Iterator[str], new: Iterator[str]) -> str:
    other_coder: str | None = None
    for number, (one, other) in enumerate(zip_longest(old, new), 1):
        if one == other:
            continue
        if one is None or other is None:
            return _over(f"line {number}", other)
        was, is_ = json.loads(one), json.loads(other)
        coders = (was.pop(CODER, None), is_.pop(CODER, None))
        if (place := _first(was, is_)) is not None:
            return f"first in {_named(was, number)}: {place}"
        other_coder = other_coder or _first(*coders, CODER)
    return f"in nothing but what it says of its coder: {other_coder}" if other_coder else COMPRESSION


def _over(place: str, now: object) -> str:
    """Where one of them has come to its end."""
    return f"from {place} on there is nothing {'now' if now is None else 'in the former one'}"


def _named(coding: dict[str, Any], number: int) -> str:
    article = coding.get("article")
    return f"article {article['id']} (line {number})" if isinstance(article, dict) else f"line {number}"


def _first(old: Any, new: Any, at: str = "") -> str | None:
    """The first field, depth first, that is not the same, and its two values; None where all are."""
    if old == new:
        return None
    if isinstance(old, dict) and isinstance(new, dict):
        keys = dict.fromkeys((*old, *new))
        below = (_first(old.get(key, NOTHING), new.get(key, NOTHING), f"{at}.{key}" if at else key) for key in keys)
        return next((one for one in below if one is not None), None)
    if isinstance(old, list) and isinstance(new, list):
        several = enumerate(zip_longest(old, new, fillvalue=NOTHING))
        below = (_first(one, other, f"{at}[{number}]") for number, (one, other) in several)
        return next((one for one in below if one is not None), None)
    return f"{at}: {_value(old)} then, {_value(new)} now"


def _value(value: Any) -> str:
    return "nothing" if value is NOTHING else _cut(json.dumps(value, ensure_ascii=False))


def _in_csv(old: Iterator[str], new: Iterator[str]) -> str:
    header: list[str] = []
    for number, (was, is_) in enumerate(zip_longest(csv.reader(old), csv.reader(new)), 1):
        header = header or was or []
        if was == is_:
            continue
        if was is None or is_ is None:
            return _over(f"row {number}", is_)
        names = zip_longest(header, was, is_, fillvalue="")
        name, one, other = next(cells for cells in names if cells[1] != cells[2])
        article = dict(zip(header, was, strict=False)).get("article", "")
        return f"first in article {article} (row {number}): {name}: {_cut(repr(one))} then, {_cut(repr(other))} now"
    return COMPRESSION


def _shown(line: str | None) -> str:
    return "nothing" if line is None else _cut(repr(line.rstrip("\n")))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
