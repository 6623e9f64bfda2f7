"""A parsed document as CoNLL-U (universaldependencies.org/format.html), entities in MISC."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from spacy.tokens import Doc, Token


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _field(text: str) -> str:
    return "".join(text.split()) or "_"


def _sentences(doc: Doc) -> Iterator[list[Token]]:
    """The words of each sentence; white space is no word."""
    spans = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
    for sentence in spans:
        words = [token for token in sentence if not token.is_space]
        if words:
            yield words


def _tags(doc: Doc) -> dict[int, str]:
    """Token index → B-LABEL or I-LABEL."""
    tags: dict[int, str] = {}
    for entity in doc.ents:
        for at, token in enumerate(t for t in entity if not t.is_space):
            tags[token.i] = f"{'I' if at else 'B'}-{entity.label_}"
    return tags


def _heads(words: list[Token]) -> list[tuple[int, str]]:
    """1-based head and relation of each word: one root a sentence, all others below it.

    A second root, or a word whose head lies outside the sentence, hangs on the root as `parataxis`.
    """
    place = {token.i: at for at, token in enumerate(words, start=1)}
    found = [(0 if token.head == token else place.get(token.head.i, -1)) for token in words]
    root = next((at for at, head in enumerate(found, start=1) if head == 0), None)
    if root is None:
        root = next((at for at, head in enumerate(found, start=1) if head == -1), 1)
    result: list[tuple[int, str]] = []
    for at, (token, head) in enumerate(zip(words, found, strict=True), start=1):
        if at == root:
            result.append((0, "root"))
        elif head <= 0:
            result.append((root, "parataxis"))
        else:
            result.append((head, token.dep_ or "dep"))
    return result


CLITICS = frozenset("n't 's 're 've 'll 'd 'm".split())
JOINED = frozenset(("can not", "gon na", "wan na", "got ta", "gim me", "lem me", "out ta", "kin da", "du n no"))


def _joins(before: Token, after: Token) -> bool:
    """Whether two words without space between are one token of the page: a clitic on its host, "cannot"."""
    if before.idx + len(before) != after.idx or not before.text[-1:].isalnum():
        return False
    form = after.lower_.replace("’", "'")
    return form in CLITICS or (form == "'" and after.pos_ == "PART") or f"{before.lower_} {form}" in JOINED


def _tokens(words: list[Token]) -> dict[int, int]:
    """1-based first word → last word of each multiword token."""
    found: dict[int, int] = {}
    first = 1
    for at, (before, after) in enumerate(itertools.pairwise(words), start=1):
        if _joins(before, after):
            found[first] = at + 1
        else:
            first = at + 1
    return found


def _misc(start: int, end: int, *more: str) -> str:
    return "|".join((f"start_char={start}", f"end_char={end}", *more))


def conllu(doc: Doc, name: str) -> str:
    """CoNLL-U of one document, `name` its id. Each sentence ends with a blank line.

    `start_char` and `end_char` are code points into `doc.text`, end-exclusive; NER tags are IOB2. "don't" and
    "Kyiv's" are multiword tokens, with a line for the token and one for each word.
    """
    name, tags, out = _one_line(name), _tags(doc), []
    for number, words in enumerate(_sentences(doc), start=1):
        lines, text, ranges, inside = [], [], _tokens(words), 0
        for at, (token, (head, relation)) in enumerate(zip(words, _heads(words), strict=True), start=1):
            if last := ranges.get(at):
                inside = last
                end = words[last - 1].idx + len(words[last - 1])
                glue = ["SpaceAfter=No"] if last < len(words) and words[last].idx == end else []
                form = _field("".join(word.text for word in words[at - 1 : last]))
                lines.append("\t".join((f"{at}-{last}", form, *"_" * 7, _misc(token.idx, end, *glue))))
            tight = at < len(words) and words[at].idx == token.idx + len(token)
            more = [f"NER={tags[token.i]}"] if token.i in tags else []
            more += ["SpaceAfter=No"] if tight and at > inside else []
            form = _field(token.text)
            text.append(form if tight or at == len(words) else f"{form} ")
            columns = (token.lemma_ or token.text, token.pos_, token.tag_, str(token.morph))
            lemma, upos, xpos, feats = (_field(value) for value in columns)
            row = [str(at), form, lemma, upos, xpos, feats, str(head), relation, "_"]
            row.append(_misc(token.idx, token.idx + len(token), *more))
            lines.append("\t".join(row))
        out.append(f"# doc_id = {name}\n# sent_id = {name}-{number}\n# text = {''.join(text)}\n")
        out.append("\n".join(lines) + "\n\n")
    return "".join(out)
