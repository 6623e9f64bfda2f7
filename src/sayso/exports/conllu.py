"""A parsed document as CoNLL-U (universaldependencies.org/format.html), entities in MISC."""

from __future__ import annotations

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


def conllu(doc: Doc, name: str) -> str:
    """CoNLL-U of one document, `name` its id. Each sentence ends with a blank line.

    `start_char` and `end_char` are code points into `doc.text`, end-exclusive; NER tags are IOB2.
    """
    name, tags, out = _one_line(name), _tags(doc), []
    for number, words in enumerate(_sentences(doc), start=1):
        lines, text = [], []
        for at, (token, (head, relation)) in enumerate(zip(words, _heads(words), strict=True), start=1):
            tight = at < len(words) and words[at].idx == token.idx + len(token)
            misc = [f"start_char={token.idx}", f"end_char={token.idx + len(token)}"]
            misc += [f"NER={tags[token.i]}"] if token.i in tags else []
            misc += ["SpaceAfter=No"] if tight else []
            form = _field(token.text)
            text.append(form if tight or at == len(words) else f"{form} ")
            columns = (token.lemma_ or token.text, token.pos_, token.tag_, str(token.morph))
            lemma, upos, xpos, feats = (_field(value) for value in columns)
            row = [str(at), form, lemma, upos, xpos, feats, str(head), relation, "_", "|".join(misc)]
            lines.append("\t".join(row))
        out.append(f"# doc_id = {name}\n# sent_id = {name}-{number}\n# text = {''.join(text)}\n")
        out.append("\n".join(lines) + "\n\n")
    return "".join(out)
