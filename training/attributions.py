"""Sources, cues and contents, in JSON Lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from documents import NLP, ROLES, Document, Saying, Word
from sayso.language.features import gap


def read_polnear(path: Path) -> Iterator[Document]:
    """Articles with sources, cues and contents; sentence starts are known only at paragraphs."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            document = Document(row["id"], "polnear")
            places: list[tuple[int, int]] = []
            end = 0
            for token in NLP.tokenizer(text):
                if token.text.strip():
                    document.words.append(Word(token.text, gap(text[end : token.idx]), says=0.0))
                    places.append((token.idx, token.idx + len(token)))
                    end = token.idx + len(token)
            for attribution in row["attributions"]:
                saying = read_saying(places, attribution)
                if saying is not None and not document.words[saying.anchor].says:
                    document.words[saying.anchor].says = 1.0
                    document.sayings.append(saying)
            yield document


ANCHORS = ("CUE", "CONTENT", "SOURCE")
"""Roles of which the first word anchors an attribution: the first of them that it has."""


def read_saying(places: list[tuple[int, int]], attribution: dict[str, list[list[int]]]) -> Saying | None:
    """An attribution's parts as words; a word that two of them claim is the earlier part's."""
    taken: set[int] = set()
    parts: list[tuple[str, int, int]] = []
    for role in ROLES:
        for start, end in attribution[role.lower()]:
            inside = [i for i, (s, e) in enumerate(places) if s < end and e > start]
            if inside and not taken.intersection(inside):
                taken.update(inside)
                parts.append((role, inside[0], inside[-1] + 1))
    firsts = {role: min(start for r, start, _ in parts if r == role) for role in {r for r, _, _ in parts}}
    anchor = next((firsts[role] for role in ANCHORS if role in firsts), None)
    return None if anchor is None else Saying(anchor, tuple(sorted(parts, key=lambda part: part[1])))
