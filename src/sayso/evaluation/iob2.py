"""IOB2 files: tokens and tags, set as a newspaper would set them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.errors import InvalidArticle

LABELS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "Person": "PER", "Organization": "ORG", "Location": "LOC"}
"""Ours, by the corpora's; other labels are passed over."""
NO_SPACE_BEFORE = frozenset([*".,;:!?)]}%’”»…", "'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s", "n’t"])
NO_SPACE_AFTER = frozenset("([{$£€“«#")


class _Article:
    """A text that grows token by token, and the entities in it."""

    def __init__(self, name: str, number: int) -> None:
        self.id = name
        self.number = number
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self.end_sentence("")

    def end_sentence(self, between: str) -> None:
        self.text += between * bool(self.text)
        self._glued, self._quoted, self._open = True, False, ""

    def add(self, form: str, tag: str) -> None:
        """Add a token, with a space before it where print has one. A straight quote opens, the next one closes."""
        quote = form == '"'
        if not (self._glued or form in NO_SPACE_BEFORE or (quote and self._quoted)):
            self.text += " "
        start = len(self.text)
        self.text += form
        self._glued = form in NO_SPACE_AFTER or (quote and not self._quoted)
        self._quoted ^= quote
        self._mark(start, tag)

    def _mark(self, start: int, tag: str) -> None:
        mark, _, kind = tag.partition("-")
        if mark == "I" and kind == self._open:
            if kind in LABELS:
                self.entities[-1]["span"][1] = len(self.text)
        elif mark in ("B", "I") and kind in LABELS:
            self.entities.append({"span": [start, len(self.text)], "label": LABELS[kind]})
        self._open = kind if mark in ("B", "I") else ""

    def row(self) -> dict[str, Any]:
        return {"id": self.id, "text": self.text, "entities": self.entities}


def read_iob2(lines: Iterable[str], name: str, *, between: str = " ") -> Iterator[tuple[int, dict[str, Any]]]:
    """The articles of a file as rows of gold, each with the number of its first line.

    A line is a token, a tab and its tag; a blank line ends a sentence, `# newdoc id = …` an article; other comments are
    passed over. `between` stands between sentences. Raises InvalidArticle, which names the line, for any other line.
    """
    article = _Article("", 1)
    for number, line in enumerate(lines, start=1):
        if line.startswith("# newdoc id"):
            if article.text:
                yield article.number, article.row()
            article = _Article(line.partition("=")[2].strip(), number)
        elif not line.strip():
            article.end_sentence(between)
        elif line.startswith("# ") or (line.startswith("#") and "\t" not in line):
            continue
        elif "\t" in line:
            article.add(*_token(line, f"{name}:{number}"))
        else:
            raise InvalidArticle(f"{name}:{number}", "neither a token, a tab and its tag, nor a blank line")
    if article.text:
        yield article.number, article.row()


def _token(line: str, name: str) -> tuple[str, str]:
    """Token and tag: before and after the last tab, or, where the lines are numbered, in the second and third column."""
    form, _, tag = line.rstrip("\r").rpartition("\t")
    columns = line.split("\t")
    if len(columns) > 2 and columns[0].isdecimal() and not _is_tag(tag):
        form, tag = columns[1:3]
    if not _is_tag(tag):
        raise InvalidArticle(name, f"{tag[:20]!r} is no IOB2 tag")
    return form, tag


def _is_tag(tag: str) -> bool:
    return tag == "O" or tag[:2] in ("B-", "I-")
