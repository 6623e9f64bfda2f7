"""Syntax for corpora that have none, read by an earlier model: `python training/silver.py MODEL CORPORA.pickle OUT.pickle`.

A corpus that teaches one task alone lets the encoder forget the others on sentences like its own: after a dozen
passes over a thousand sentences with event pairs, "has rejected" was a particle there. What an earlier model read
in them keeps the network from that.
"""

from __future__ import annotations

import argparse
import logging
import pickle
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from documents import Document
from events import settle
from sayso.language import load

LOG = logging.getLogger("silver")
WHITE = ("", " ", "\n", "\n\n")
SHARE = {"plv": 1, "polnear": 3, "worldwide": 3, "events": 1, "marked-pairs": 1, "lexicon": 1, "brief": 1}
"""Every so many documents of these are read."""


def silver(document: Document, nlp: Language) -> None:
    """Fill in sentence starts, parts of speech, features and dependencies; lemmas are left out."""
    words: list[str] = []
    spaces: list[bool] = []
    for place, word in enumerate(document.words):
        if word.gap >= 2 and place:
            words.append(WHITE[word.gap])
            spaces.append(False)
        following = document.words[place + 1].gap if place + 1 < len(document.words) else 0
        words.append(word.text)
        spaces.append(following == 1)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    tokens = [token for token in doc if not token.is_space]
    at = {token.i: place for place, token in enumerate(tokens)}
    for word, token in zip(document.words, tokens, strict=True):
        word.starts, word.upos, word.xpos = bool(token.is_sent_start), token.pos_, token.tag_
        word.feats, word.head = str(token.morph) or "_", at[token.head.i]
        word.deprel = "root" if token.dep_ == "ROOT" else token.dep_


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    nlp = load(options.model)
    corpora: dict[str, list[Document]] = pickle.loads(options.corpora.read_bytes())  # written by train.py
    for name, every in SHARE.items():
        chosen = corpora.get(name, [])[::every]
        for document in chosen:
            silver(document, nlp)
            settle(document)
        LOG.info("%s: %d documents read", name, len(chosen))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(pickle.dumps(corpora))


if __name__ == "__main__":
    main()
