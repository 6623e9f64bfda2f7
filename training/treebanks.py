"""Treebanks in CoNLL-U as documents of spaCy's words."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from documents import NLP, Document, Word, squeeze


@dataclass
class Row:
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    start: int = 0
    end: int = 0


def read_sentences(path: Path) -> Iterator[tuple[str, bool, str, list[Row]]]:
    """(document, begins a paragraph, text, rows) for each sentence; row offsets count non-space characters."""
    document, paragraph, text = "", True, ""
    rows: list[Row] = []
    chars = parts_left = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                document, paragraph = line.partition("=")[2].strip(), True
            elif line.startswith("# newpar"):
                paragraph = True
            elif line.startswith("# text ="):
                text = line.partition("=")[2].strip()
            elif line and line[0] != "#":
                cells = line.split("\t")
                if "." in cells[0]:
                    continue
                if "-" in cells[0]:
                    first, last = map(int, cells[0].split("-"))
                    surface, parts_left, consumed = squeeze(cells[1]), last - first + 1, 0
                    continue
                row = Row(cells[1], cells[2], cells[3], cells[4], cells[5], int(cells[6]) - 1, cells[7])
                length = len(squeeze(row.form))
                if parts_left:  # a part of a multiword token takes its own letters, the last one the rest
                    parts_left -= 1
                    length = len(surface) - consumed if not parts_left else min(length, len(surface) - consumed)
                    consumed += length
                row.start, row.end = chars, chars + length
                chars += length
                rows.append(row)
            elif not line and rows:
                if chars == len(squeeze(text)):
                    yield document, paragraph, text, rows
                rows, chars, paragraph, parts_left = [], 0, False, 0


def align(tokens: list[tuple[int, int]], rows: list[Row]) -> Iterator[tuple[list[int], list[int]]]:
    """Smallest groups (tokens, rows) that cover the same characters."""
    ends = {end for _, end in tokens} & {row.end for row in rows}
    t = r = 0
    for end in sorted(ends):
        group_t, group_r = [], []
        while t < len(tokens) and tokens[t][1] <= end:
            group_t.append(t)
            t += 1
        while r < len(rows) and rows[r].end <= end:
            group_r.append(r)
            r += 1
        yield group_t, group_r


def words_of(text: str, rows: list[Row], offset: int, gap: int) -> list[Word]:
    """One sentence as spaCy's words: where the two tokenizations differ, the words of a group hang together."""
    tokens = [token for token in NLP.tokenizer(text) if token.text.strip()]
    spans, chars = [], 0
    for token in tokens:
        length = len(squeeze(token.text))
        spans.append((chars, chars + length))
        chars += length
    words: list[Word] = []
    for token in tokens:
        before = text[: token.idx]
        words.append(Word(token.text, int(before != before.rstrip())))
        words[-1].starts = False
    words[0].starts, words[0].gap = True, gap

    groups = list(align(spans, rows))
    main: dict[int, int] = {}  # row → token that stands for it
    tops: list[tuple[int, Row]] = []
    for group_t, group_r in groups:
        if not group_t or not group_r:
            continue
        inside = set(group_r)
        top = next((r for r in group_r if rows[r].head not in inside), group_r[0])
        lettered = [t for t in group_t if any(c.isalnum() for c in words[t].text)] or group_t
        holder = group_t[group_r.index(top)] if len(group_t) == len(group_r) else lettered[-1]
        main.update(dict.fromkeys(group_r, holder))
        if len(group_t) == len(group_r):
            main.update(zip(group_r, group_t, strict=True))
            tops += [(main[r], rows[r]) for r in group_r]
            continue
        tops.append((holder, rows[top]))
        for t in group_t:
            if t != holder:
                mark = not any(c.isalnum() for c in words[t].text)
                words[t].head, words[t].deprel = offset + holder, "punct" if mark else "compound"
                words[t].upos = "PUNCT" if mark else None
    for t, row in tops:
        word = words[t]
        word.upos, word.xpos, word.feats, word.lemma, word.deprel = row.upos, row.xpos, row.feats, row.lemma, row.deprel
        word.head = offset + (t if row.head < 0 else main.get(row.head, t))
        if row.head >= 0 and word.head == offset + t:  # its head is in the same word
            word.head = word.deprel = None
    return words


def read_ud(path: Path, source: str) -> Iterator[Document]:
    document: Document | None = None
    for name, paragraph, text, rows in read_sentences(path):
        if document is None or document.name != name:
            if document is not None:
                yield document
            document = Document(name, source)
        document.words += words_of(text, rows, len(document.words), 3 if paragraph else 1)
    if document is not None:
        yield document
