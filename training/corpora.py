"""The open corpora as documents of spaCy's words, with whatever each corpus says of them.

Every reader yields `Document`s. A layer that a corpus does not annotate is None there and costs nothing in
training; where a corpus annotates some entity types only, each word has a *set* of labels that its
annotation allows, and the loss is that of the set.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.language.tokenizer import blank

NLP = blank()
ENTITIES = ("PER", "ORG", "LOC", "NORP", "DATE", "MONEY", "FAC", "PRODUCT", "MISC")
ROLES = ("SOURCE", "CUE", "CONTENT")


def bio(labels: Iterable[str]) -> tuple[str, ...]:
    return ("O", *(f"{mark}-{label}" for label in labels for mark in "BI"))


NER_TAGS = bio(ENTITIES)
SAYS_TAGS = bio(ROLES)

WORLDWIDE = {
    "Person": "PER", "Organization": "ORG", "Location": "LOC", "NORP": "NORP", "Date": "DATE",
    "Money": "MONEY", "Facility": "FAC", "Product": "PRODUCT", "Misc": "MISC",
}  # fmt: skip
OTHERS = ("NORP", "MISC", "PRODUCT")


@dataclass
class Word:
    """One spaCy token and its labels; None where the corpus is silent."""

    text: str
    gap: int
    """White space before it, as an index into features.GAPS."""
    starts: bool | None = None
    """Begins a sentence."""
    upos: str | None = None
    xpos: str | None = None
    feats: str | None = None
    lemma: str | None = None
    head: int | None = None
    """Place of its head in the document; its own place for a root."""
    deprel: str | None = None
    ner: tuple[str, ...] | None = None
    """Tags that the annotation allows."""
    says: str | None = None
    link: int | None = None
    """For the first word of a source, cue or content: the place of the first word of its attribution's cue."""


@dataclass
class Document:
    name: str
    source: str
    words: list[Word] = field(default_factory=list)


# ---- Universal Dependencies ----------------------------------------------------------------------


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


def squeeze(text: str) -> str:
    return "".join(text.split())


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


# ---- entities ------------------------------------------------------------------------------------


def allowed(tag: str, source: str) -> tuple[str, ...]:
    """The tags of NER_TAGS that a corpus's own tag leaves open."""
    mark, _, label = tag.partition("-")
    if source == "worldwide":
        return ("O",) if tag == "O" else (f"{mark}-{WORLDWIDE[label]}",)
    if tag == "O":
        return ("O", *(f"{m}-{label}" for label in ("DATE", "MONEY") for m in "BI"))
    if label in ("OTH", "MISC"):
        return tuple(f"{mark}-{other}" for other in OTHERS)
    return (tag,)


def read_iob2(path: Path) -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
    """(document, sentences of (form, tag))."""
    name, sentences, rows = "", [], []  # type: ignore[var-annotated]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                if sentences:
                    yield name, sentences
                name, sentences = line.partition("=")[2].strip(), []
            elif line.startswith("#"):
                continue
            elif line:
                form, _, tag = line.rpartition("\t")
                rows.append((form, tag))
            elif rows:
                sentences.append(rows)
                rows = []
    if rows:
        sentences.append(rows)
    if sentences:
        yield name, sentences


NO_SPACE_BEFORE = set(".,;:!?)]}%’”»…") | {"'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s", "n’t"}
NO_SPACE_AFTER = set("([{$£€“«#")


def detokenize(rows: list[tuple[str, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """Plausible text of a tokenised sentence, with the characters of each tagged token."""
    text, spans, quotes, glue = "", [], 0, True
    for form, tag in rows:
        opening = form == '"' and quotes % 2 == 0
        if text and not glue and form not in NO_SPACE_BEFORE and not (form == '"' and not opening):
            text += " "
        spans.append((len(text), len(text) + len(form), tag))
        text += form
        glue = form in NO_SPACE_AFTER or opening
        quotes += form == '"'
    return text, spans


def tag_tokens(text: str, spans: list[tuple[int, int, str]], source: str, gap: int) -> list[Word]:
    words, before, s = [], "", 0
    for token in NLP.tokenizer(text):
        if not token.text.strip():
            continue
        start, end = token.idx, token.idx + len(token)
        while s < len(spans) and spans[s][1] <= start:
            s += 1
        over = spans[s] if s < len(spans) and spans[s][0] < end else (start, end, "O")
        tag = over[2]
        if tag[0] == "B" and start > over[0]:  # a later piece of a token that begins a name
            tag = "I" + tag[1:]
        if tag[0] == "I" and before[1:] != tag[1:]:
            tag = "B" + tag[1:]
        before = tag
        space = start > 0 and text[start - 1].isspace()
        words.append(Word(token.text, int(space), ner=allowed(tag, source)))
    if words:
        words[0].gap = gap
    return words


def read_ner(path: Path, source: str) -> Iterator[Document]:
    for name, sentences in read_iob2(path):
        document = Document(name, source)
        for rows in sentences:
            text, spans = detokenize(rows)
            document.words += tag_tokens(text, spans, source, 3 if source == "worldwide" else 1)
        yield document


def add_entities(documents: list[Document], path: Path, source: str) -> None:
    """Lay the entities of an IOB2 file of the same documents over documents already read."""
    tagged = dict(read_iob2(path))
    for document in documents:
        rows = [row for sentence in tagged.get(document.name, []) for row in sentence]
        ours = squeeze("".join(word.text for word in document.words))
        if squeeze("".join(form for form, _ in rows)) != ours:
            continue
        spans, chars = [], 0
        for form, tag in rows:
            spans.append((chars, chars + len(squeeze(form)), tag))
            chars += len(squeeze(form))
        s = chars = 0
        before = ""
        for word in document.words:
            start, chars = chars, chars + len(squeeze(word.text))
            while s < len(spans) and spans[s][1] <= start:
                s += 1
            tag = spans[s][2] if s < len(spans) else "O"
            if tag[0] == "B" and start > spans[s][0]:
                tag = "I" + tag[1:]
            if tag[0] == "I" and before[1:] != tag[1:]:
                tag = "B" + tag[1:]
            before = tag
            word.ner = allowed(tag, source)


# ---- attribution ---------------------------------------------------------------------------------


def read_polnear(path: Path) -> Iterator[Document]:
    """Articles with sources, cues and contents; sentence starts are known only at paragraphs."""
    from sayso.language.features import gap

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
