"""What one party did to another: pairs with a type, and pairs between which nothing happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from documents import NLP, NONE, Document, Pair, Word

MUTUAL = ("AGREE", "CONSULT", "COOPERATE", "ASSAULT")
"""Types that may hold both ways: their pairs turned round are no examples of nothing."""
CALM = ("reviews", "email", "answers", "GUM_voyage", "GUM_academic", "GUM_textbook", "GUM_vlog", "GUM_conversation")
"""Documents whose verbs join people and things, and nearly never in conflict."""
SENTENCES_A_DOCUMENT = 6


def held_out(name: str) -> bool:
    """One row in five is never trained on, so that the head can be measured."""
    return int(sha256(name.encode()).hexdigest(), 16) % 5 == 0


def read_pairs(path: Path) -> Iterator[Document]:
    """Sentences with a pair of parties and its type, several to a document; one in five left out."""
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["root"] and not held_out(row["id"])]
    rows.sort(key=lambda row: sha256(row["id"].encode()).hexdigest())
    for start in range(0, len(rows), SENTENCES_A_DOCUMENT):
        document = Document(rows[start]["id"], "plv")
        for row in rows[start : start + SENTENCES_A_DOCUMENT]:
            add_pair(document, row)
        yield document


def add_pair(document: Document, row: dict[str, Any]) -> None:
    first = len(document.words)
    places = []
    for token in NLP.tokenizer(row["text"]):
        if token.text.strip():
            before = row["text"][: token.idx]
            gap = int(before != before.rstrip()) if places else 3
            document.words.append(Word(token.text, gap))
            places.append((token.idx, token.idx + len(token)))
    spans = []
    for name in ("source_span", "target_span"):
        start, end = row[name]
        inside = [first + i for i, (s, e) in enumerate(places) if s < end and e > start]
        spans.append((inside[0], inside[-1] + 1))
    source, target, sentence = spans[0], spans[1], (first, len(document.words))
    document.pairs.append(Pair(source, target, sentence, row["root"]))
    if row["root"] not in MUTUAL:
        document.pairs.append(Pair(target, source, sentence, NONE))


def add_calm_pairs(documents: Iterable[Document], every: int = 16) -> None:
    """Subject and object of every so many verbs in calm documents, as pairs between which nothing happened."""
    seen = 0
    for document in documents:
        if not document.name.startswith(CALM):
            continue
        words = document.words
        starts = [i for i, word in enumerate(words) if word.starts] + [len(words)]
        for start, end in pairwise(starts):
            subjects = {words[i].head: i for i in range(start, end) if words[i].deprel == "nsubj"}
            for i in range(start, end):
                if words[i].deprel in ("obj", "obl", "iobj") and words[i].head in subjects:
                    seen += 1
                    if seen % every == 0:
                        pair = (phrase(words, subjects[words[i].head], start), phrase(words, i, start))
                        document.pairs.append(Pair(*pair, (start, end), NONE))


def phrase(words: list[Word], head: int, start: int) -> tuple[int, int]:
    first = head
    while first > start and words[first - 1].head == head and words[first - 1].deprel != "case":
        first -= 1
    return first, head + 1
