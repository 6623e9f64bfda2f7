"""Markdown for the pages: tables, headings, and docstrings as text."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

WORDS = Path(__file__).with_name("words.toml")
MADE = "<!-- Made by `python tools/reference.py`: change the code or tools/described, not this page. -->"


MARKUP = re.compile(r"[<>*\[\]]|(?<!\w)_|_(?!\w)")


@cache
def words() -> dict[str, Any]:
    """What the code has no place for: meanings of columns, of settings, of files."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def page(title: str, *parts: str) -> str:
    """A page of these parts, with one empty line between two."""
    return "\n\n".join([f"# {title}", MADE, *(part.strip("\n") for part in parts if part.strip())]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are on one line, and a bar in one parts no columns."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(one) for one in line)} |" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))


def code(text: object) -> str:
    """As code; empty where there is nothing."""
    return f"`{text}`" if str(text) else ""


def fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.strip()}\n```"


def doc(thing: object) -> str:
    """The docstring as Markdown. What a program would read as markup stands for itself; examples of code are fenced."""
    return prose(inspect.getdoc(thing) or "")


def prose(text: str) -> str:
    return "\n\n".join(_paragraph(one) for one in re.split(r"\n\s*\n", text.strip("\n")) if one.strip())


def _paragraph(text: str) -> str:
    if re.match(r"\s*(from \S+ import|import |with |\w+ = )", text) or "\n    " in f"\n{text}" or "──" in text:
        return fenced(dedent(text), "text")
    return escaped(" ".join(text.split()))


def escaped(text: str) -> str:
    """Brackets and asterisks, and underscores at words' ends, are no markup outside of code."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(one if one.startswith("`") else MARKUP.sub(r"\\\g<0>", one) for one in parts)


def sentence(text: str) -> str:
    """On one line, with a capital."""
    line = " ".join(text.split())
    return line[:1].upper() + line[1:]


def anchor(heading: str) -> str:
    """The anchor that a heading gets: of letters, digits and hyphens."""
    plain = re.sub(r"[^\w\s-]", "", heading.replace("`", "")).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)
