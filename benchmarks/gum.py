"""Who is who in GUM: chains of mentions, from `Entity=` in the MISC column of its CoNLL-U (Zeldes 2017)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.evaluation.conllu import Parse, read_conllu

KINDS = ("person", "organization")
PRONOUNS = frozenset("he him his himself she her hers herself it its itself they them their theirs themselves".split())
_BRACKET = re.compile(r"\([^()]*\)?|\d+\)")
"""The brackets that open and close mentions: `(10-person-new…`, `(1-organization…)`, `10)`."""


def chains(lines: list[str], genres: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """A gold row for each document of these genres: its persons and bodies, each by its names and third-person pronouns."""
    entities = _entities(lines)
    for article in read_conllu(lines, "GUM"):
        if article.id.split("_")[1] in genres:
            offsets = [i for i, c in enumerate(article.text) if not c.isspace()]
            found: dict[str, list[list[int]]] = {}
            for chain, first, last in _mentions(entities[article.id]):
                if _is_asked(article, first, last):
                    start, end = article.words[first].token.start, article.words[last].token.end
                    found.setdefault(chain, []).append([offsets[start], offsets[end - 1] + 1])
            yield {"id": article.id, "text": article.text, "chains": [sorted(spans) for spans in found.values()]}


def _entities(lines: Iterable[str]) -> dict[str, list[str]]:
    """By document: what each word has as `Entity`."""
    found: dict[str, list[str]] = {}
    document = ""
    for line in lines:
        if line.startswith("# newdoc id ="):
            document = line.split("=", 1)[1].strip()
            found[document] = []
        elif line[:1].isdigit() and line.split("\t")[0].isdecimal():
            misc = dict(item.partition("=")[::2] for item in line.rstrip("\n").split("\t")[9].split("|"))
            found[document].append(misc.get("Entity", ""))
    return found


def _mentions(entities: list[str]) -> Iterator[tuple[str, int, int]]:
    """Chain, first and last word of each mention of a person or body, in the order of their ends."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for word, written in enumerate(entities):
        for part in _BRACKET.findall(written):
            number = re.search(r"\d+", part)
            if number is None:
                continue
            if part.startswith("("):
                kind = part.split("-")[1].rstrip(")")
                opened.setdefault(number[0], []).append((word, kind))
            if part.endswith(")"):
                first, kind = opened[number[0]].pop()
                if kind in KINDS:
                    yield number[0], first, word


def _is_asked(article: Parse, first: int, last: int) -> bool:
    """Whether the mention is a name, or a pronoun of the third person."""
    words = article.words
    head = next((i for i in range(first, last + 1) if not first <= words[i].head <= last), last)
    return words[head].upos == "PROPN" or (first == last and words[first].form.lower() in PRONOUNS)
