"""Sources, cues and contents, in JSON Lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from documents import NLP, ROLES, Document, Word
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
                    document.words.append(Word(token.text, gap(text[end : token.idx]), says="O"))
                    places.append((token.idx, token.idx + len(token)))
                    end = token.idx + len(token)
            for attribution in row["attributions"]:
                label(document.words, places, attribution)
            yield document


def label(words: list[Word], places: list[tuple[int, int]], attribution: dict[str, list[list[int]]]) -> None:
    firsts: list[tuple[str, int]] = []
    for role in ROLES:
        for start, end in attribution[role.lower()]:
            inside = [i for i, (s, e) in enumerate(places) if s < end and e > start]
            if inside and all(words[i].says == "O" for i in inside):
                for n, i in enumerate(inside):
                    words[i].says = f"{'I' if n else 'B'}-{role}"
                firsts.append((role, inside[0]))
    order = {"CUE": 0, "CONTENT": 1, "SOURCE": 2}
    if firsts:
        anchor = min(firsts, key=lambda item: (order[item[0]], item[1]))[1]
        for _, i in firsts:
            words[i].link = anchor
