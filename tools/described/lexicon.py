"""The lexicon: what each file holds, its keys, how many entries, and an example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from described.markdown import code, escaped, fenced, page, sentence, table, words
from sayso.coding.tables import FOLDER

ABOUT = """What sayso knows about words, as data: TOML files beside the code that reads them (`src/sayso/coding/lexicon/`). A file that breaks its rules
raises LexiconError, which names the file and the entry. [Extend the lexicon](../how-to/extend-the-lexicon.md) shows how an entry is added."""
LINES, WIDTH = 8, 140
"""Of an example: more of an entry would say nothing more of its form."""
LISTED = 100
"""Keys that are listed; of more, which are all of one kind, the first two are."""


def files() -> list[Path]:
    """Those of the folder, then those of events."""
    return [*sorted(FOLDER.glob("*.toml")), *sorted((FOLDER / "events").glob("*.toml"))]


def keys(held: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Of a file: each key with its form, what its entries can say, and how many there are."""
    for name, value in held.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"[[{name}]]", ", ".join(dict.fromkeys(key for one in value for key in one)), len(value)
        elif isinstance(value, dict):
            inner = [len(one) if isinstance(one, list | dict) else 1 for one in value.values()]
            yield f"[{name}]", "", len(inner)
        else:
            yield name, "", len(value) if isinstance(value, list) else 1


def head(text: str) -> str:
    """The comment at the top of a file: its first paragraph."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#") or line.strip() == "#":
            break
        lines.append(line.lstrip("# ").strip())
    return " ".join(lines)


def example(text: str) -> str:
    """The first entry, of the first list of entries where there is one; cut where it is long."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if line.startswith("[[")), None)
    if start is None:
        start = next(at for at, line in enumerate(lines) if line and not line.startswith("#"))
    found = [lines[start]]
    for line in lines[start + 1 :]:
        if not line.strip() or line.startswith("[") or len(found) == LINES:
            break
        found.append(line)
    return "\n".join(line if len(line) <= WIDTH else f"{line[:WIDTH]}…" for line in found)


def about(path: Path, text: str) -> str:
    """What a file holds: of an event's file the first line of it, of the others what `words.toml` says."""
    told = words()["lexicon"].get(path.name) if path.parent == FOLDER else None
    return told or sentence(head(text).split(": ", 1)[-1])


def _section(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    held = list(keys(tomllib.loads(text)))
    rows = [(code(name), escaped(inner), f"{count:,}") for name, inner, count in held]
    if len(rows) > LISTED:
        total = sum(count for *_, count in held)
        rows = [(f"{rows[0][0]}, {rows[1][0]}, …", "", f"{len(held):,} keys, {total:,} entries")]
    heading = f"### {path.relative_to(FOLDER).as_posix()} {{#{_anchor(path)}}}"
    return [heading, about(path, text), table(["key", "an entry says", "entries"], rows), fenced(example(text), "toml")]


def _anchor(path: Path) -> str:
    return "-".join(["file", *path.relative_to(FOLDER).with_suffix("").parts])


def _rules() -> str:
    """What README.md of the lexicon says of the form of entries, a level deeper."""
    _, *sections = re.split(r"^## ", (FOLDER / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return "\n".join(f"### {one}" for one in sections if not one.startswith("The other files"))


def page_text() -> str:
    paths = files()
    rows = (
        (
            f"[{code(path.relative_to(FOLDER).as_posix())}](#{_anchor(path)})",
            about(path, path.read_text(encoding="utf-8")),
        )
        for path in paths
    )
    sections = [part for path in paths for part in _section(path)]
    return page(
        "Lexicon", ABOUT, table(["file", "what"], rows), "## What entries mean", _rules(), "## The files", *sections
    )
