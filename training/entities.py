"""Entities in IOB2: corpora of their own, or laid over documents already read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from documents import NLP, Document, Word, squeeze

WORLDWIDE = {
    "Person": "PER", "Organization": "ORG", "Location": "LOC", "NORP": "NORP", "Date": "DATE",
    "Money": "MONEY", "Facility": "FAC", "Product": "PRODUCT", "Misc": "MISC",
}  # fmt: skip
OTHERS = ("NORP", "MISC", "PRODUCT")


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
