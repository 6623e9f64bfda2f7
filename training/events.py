"""Events marked in news reports: which words tell an act, of what type, how real, and who did and suffered it.

The marks are in `marks/*.jsonl` (`marks/GUIDE.md` says by what rules), one article a line: its `id`, its `split` and
its `events`, spans in code points of the article's text. The texts are the corpora's own and are read from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from spacy.language import Language

from documents import NLP, NO_MODE, Document, Parties, Word
from sayso.coding.lexicon import Case, LexiconTables, Pattern, lexicon
from sayso.coding.parsed import Doc
from sayso.coding.triggers import readings
from sayso.evaluation.files import read_lines
from sayso.evaluation.iob2 import read_iob2
from sayso.evaluation.marks import read_marked
from sayso.language.features import gap

MARKS = Path(__file__).parent / "marks"
FILES = ("wikinews", "worldwide", "muc", "plv")
UNSURE = 0.5
"""How far a mark that a good reader may leave out is one."""
PARTY = ("NOUN", "PROPN")
CONTENT = ("VERB", "NOUN", "ADJ", "PROPN", "AUX", None)
"""Parts of speech of the words that tell an act; the others of its span only belong to it."""


def articles(data: Path) -> dict[str, dict[str, Any]]:
    """The articles of the corpora that are marked, by id: `text`, `published` and what else they have."""
    found: dict[str, dict[str, Any]] = {}
    for name in ("raw/wikinews.jsonl.gz", "events/muc-dev.jsonl.gz", "events/plv-train.jsonl"):
        found |= {row["id"]: row for row in map(json.loads, read_lines(data / name))}
    lines_of = read_lines(data / "ner/worldwide-train.iob2.gz")
    found |= {row["id"]: row for _, row in read_iob2(lines_of, "worldwide", between="\n\n")}
    return found


def marked(data: Path, *splits: str, files: Sequence[str] = FILES) -> Iterator[dict[str, Any]]:
    """The marked articles of these splits, with their texts and `events`."""
    texts = articles(data)
    for name in files:
        yield from read_marked(MARKS / f"{name}.jsonl", texts, *splits)


def read_events(data: Path, files: Sequence[str], source: str = "events") -> Iterator[Document]:
    """The articles marked for training, as documents; where a sentence begins is left to be read."""
    for row in marked(data, "train", files=files):
        document, places, end = Document(row["id"], source), [], 0
        for token in NLP.tokenizer(row["text"]):
            if token.text.strip():
                document.words.append(Word(token.text, gap(row["text"][end : token.idx]), told=0.0))
                end = token.idx + len(token)
                places.append((token.idx, end))
        for event in row["events"]:
            mark(document, places, event)
        yield document


def mark(document: Document, places: list[tuple[int, int]], event: dict[str, Any]) -> None:
    """Label the words of a trigger, and keep its parties."""

    def words(span: list[int]) -> tuple[int, int]:
        inside = [i for i, (start, end) in enumerate(places) if start < span[1] and end > span[0]]
        return inside[0], inside[-1] + 1

    first, last = words(event["trigger"])
    for place in range(first, last):
        word = document.words[place]
        word.told = UNSURE if event.get("maybe") else 1.0
        word.event, word.mode, word.realis = event["type"], event.get("mode") or NO_MODE, event["realis"]
        word.background = event.get("background", False)
        sides = [tuple(words(span) for span in event.get(side, ())) for side in ("actors", "recipients")]
        document.parties.append(Parties(place, sides[0], sides[1]))


def read_lexicon(nlp: Language) -> Iterator[Document]:
    """The lexicon's own sentences, parsed: the words of their patterns tell what the pattern says, or, in sentences that
    its pattern must not match, nothing. What other listed words tell there is not known."""
    tables = lexicon()
    for number, pattern in enumerate(tables.patterns):
        given = [(text, None) for text in pattern.examples] + [(case.text, case) for case in pattern.cases]
        document = Document(f"lexicon-{number}", "lexicon")
        for text, case in [*given, *((text, False) for text in pattern.nots)]:
            add_sentence(document, Doc(nlp(text)), tables, pattern, case)
        yield document


def add_sentence(
    document: Document, doc: Doc, tables: LexiconTables, pattern: Pattern, case: Case | Literal[False] | None
) -> None:
    """`case`: None for an example, False for a sentence that the pattern must not match."""
    first = len(document.words)
    tokens = [token for token in doc if not token.is_space]
    for token in tokens:
        listed = list(readings(token, tables))
        own = any(kind == pattern.kind and word in pattern.lemmas for kind, word in listed)
        word = Word(
            token.text, int(bool(token.i and doc[token.i - 1].whitespace_)) if len(document.words) > first else 3
        )
        if own:
            word.told, word.event = (0.0, None) if case is False else (1.0, pattern.type)
            word.mode = pattern.mode if word.event else None
        elif not listed:
            word.told = 0.0
        document.words.append(word)
    heads = [first + i for i in range(len(tokens)) if document.words[first + i].event is not None]
    if case and case.actor and case.recipient and len(heads) == 1:
        sides = [[(first + i, first + i + 1) for i, t in enumerate(tokens) if t.text in name.split() and t.pos_ in PARTY]
                 for name in (case.actor, case.recipient)]  # fmt: skip
        if len(sides[0]) == len(sides[1]) == 1:
            document.parties.append(Parties(heads[0], tuple(sides[0]), tuple(sides[1])))


def settle(document: Document) -> None:
    """Once parts of speech are known: only content words of a trigger tell the act."""
    for word in document.words:
        if word.event is not None and word.upos not in CONTENT:
            word.told = word.event = word.mode = word.realis = word.background = None
    document.parties = [parties for parties in document.parties if document.words[parties.trigger].event is not None]
