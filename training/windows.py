"""From documents to training windows, and from windows to padded tensors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from documents import NER_TAGS, NO_MODE, NONE, SAYS_TAGS, Document, Pair, Parties, Saying, Word
from sayso.language.features import WordPieces, features, shape
from sayso.language.sayings import distances

WORDS_A_WINDOW = 150
IGNORE = -100
FAMILIES = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""Types that the corpus of pairs has as one."""
REALIS = ("actual", "attempted", "future", "hypothetical", "negated")
NEWSWIRE = {"worldwide": 1, "polnear": 1, "ewt": 0, "wikigold": 0}
"""Whether a corpus is newswire; GUM is both and is not asked."""


class Window(NamedTuple):
    source: str
    words: list[Word]
    pairs: list[Pair]
    parties: list[Parties]
    sayings: list[Saying]


@dataclass
class Labels:
    """The label sets, in the order of the heads' outputs."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemma: list[str]
    deprel: list[str]
    ner: list[str]
    says: list[str]
    events: list[str]
    types: list[str]
    modes: list[str]
    realis: list[str]

    @classmethod
    def count(cls, documents: Iterable[Document]) -> Labels:
        """Every part of speech and relation; features and lemma edits that occur often enough to learn."""
        documents = list(documents)
        counts: dict[str, Counter[str]] = {name: Counter() for name in ("upos", "xpos", "feats", "lemma", "deprel")}
        for document in documents:
            for word in document.words:
                for name, count in counts.items():
                    value = edit(word) if name == "lemma" else getattr(word, name)
                    if value is not None:
                        count[value] += 1
        floor = {"feats": 5, "lemma": 4, "deprel": 5, "xpos": 5}
        kept = {n: sorted(v for v, k in c.items() if k >= floor.get(n, 1)) for n, c in counts.items()}
        events = sorted({p.event for d in documents for p in d.pairs} - {NONE})
        types = sorted({w.event for d in documents for w in d.words if w.event})
        modes = sorted({w.mode for d in documents for w in d.words if w.mode} - {NO_MODE})
        return cls(
            **kept,
            ner=list(NER_TAGS),
            says=list(SAYS_TAGS),
            events=[NONE, *events],
            types=types,
            modes=[NO_MODE, *modes],
            realis=list(REALIS),
        )

    def asdict(self) -> dict[str, list[str]]:
        return asdict(self)


def edit(word: Word) -> str | None:
    """How the lemma comes from the form: `case|letters to cut from the end|letters to add`.

    The form is lower-cased first (case `l`) unless the lemma keeps its capitals (case `k`).
    """
    if word.lemma is None or word.lemma == "_":
        return None
    for case, form in (("l", word.text.lower()), ("k", word.text)):
        same = 0
        while same < min(len(form), len(word.lemma)) and form[same] == word.lemma[same]:
            same += 1
        if same or case == "k" or word.lemma.islower():
            return f"{case}|{len(form) - same}|{word.lemma[same:]}"
    return None


def cut(document: Document, rng: random.Random) -> Iterator[Window]:
    """Windows of whole sentences (paragraphs where sentences are not annotated), the first of random length.

    Heads become places in the window, or None where they fall outside it.
    """
    words = document.words
    begins = [i for i, w in enumerate(words) if w.starts or (w.starts is None and w.gap >= 2) or i == 0]
    ends = [*begins[1:], len(words)]
    limit = rng.randint(WORDS_A_WINDOW // 4, WORDS_A_WINDOW)
    start = 0
    for begin, end in zip(begins, ends, strict=True):
        if end - start > limit and begin > start:
            yield from pieces_of(document, start, begin)
            start, limit = begin, WORDS_A_WINDOW
    yield from pieces_of(document, start, len(words))


def pieces_of(document: Document, start: int, end: int) -> Iterator[Window]:
    """Words [start, end) of the document, divided where a paragraph is longer than two windows."""
    while end - start > 2 * WORDS_A_WINDOW:
        yield window(document, start, start + WORDS_A_WINDOW)
        start += WORDS_A_WINDOW
    yield window(document, start, end)


def window(document: Document, start: int, end: int) -> Window:
    inside = [p.moved(start) for p in document.pairs if start <= p.sentence[0] and p.sentence[1] <= end]
    parties = [p.moved(start) for p in document.parties if start <= p.trigger < end]
    sayings = [s.within(start, end) for s in document.sayings if start <= s.anchor < end]
    return Window(document.source, moved(document.words, start, end), inside, parties, sayings)


def moved(words: Sequence[Word], start: int, end: int) -> list[Word]:
    window = []
    for word in words[start:end]:
        copy = Word(**vars(word))
        inside = copy.head is not None and start <= copy.head < end
        copy.head = copy.head - start if inside and copy.head is not None else None
        window.append(copy)
    return window


CURLY = {'"': ("“", "”"), "'": ("’", "’"), "'s": ("’s", "’s"), "n't": ("n’t", "n’t")}


def vary(window: list[Word], rng: random.Random) -> tuple[list[str], list[int], list[int]]:
    """Words, gaps and shapes as another newspaper might have set them.

    Capitals are lost or everywhere, quotation marks are typographic, paragraphs are divided otherwise,
    lines are wrapped: none of this may change what a sentence says.
    """
    texts = [word.text for word in window]
    if rng.random() < 0.3:
        inside = False
        for i, text in enumerate(texts):
            if text in CURLY:
                texts[i] = CURLY[text][inside]
                inside = inside != (text == '"')
    dice = rng.random()
    form = str.upper if dice < 0.05 else str.lower if dice < 0.08 else str
    shapes = [shape(form(text)) for text in texts]
    gaps = [word.gap for word in window]
    paragraph = rng.choices((3, 2, 1), (0.6, 0.25, 0.15))[0]
    wrapped = rng.random() < 0.1
    column = rng.randint(0, 12)
    for i, gap in enumerate(gaps):
        if gap == 3:
            gaps[i], column = paragraph, 0
        elif gap and wrapped:
            column += 1
            if column >= 10 + rng.randint(0, 3):
                gaps[i], column = 2, 0
    gaps[0] = 0
    return texts, gaps, shapes


Batch = dict[str, Tensor]


def collate(windows: list[Window], labels: Labels, pieces: WordPieces, rng: random.Random) -> Batch:
    """One padded batch. Labels that a corpus lacks are IGNORE; `ner` is a mask of allowed tags."""
    index = {name: {v: i for i, v in enumerate(values)} for name, values in labels.asdict().items()}
    made = [features(*vary(w.words, rng), pieces) for w in windows]
    long, wide = max(len(f["ids"]) for f in made), max(len(w.words) for w in windows)
    size = len(windows)
    batch = {name: np.zeros((size, long), dtype=np.int64) for name in ("ids", "shape", "gap")}
    batch |= {name: np.zeros((size, wide), dtype=np.int64) for name in ("first", "last")}
    targets = ("starts", "upos", "xpos", "feats", "lemma", "head", "deprel", "sentence",
               "types", "modes", "realis", "background")  # fmt: skip
    batch |= {name: np.full((size, wide), IGNORE, dtype=np.int64) for name in targets}
    batch["pieces"] = np.zeros((size, long), dtype=bool)
    batch["words"] = np.zeros((size, wide), dtype=bool)
    batch["newswire"] = np.asarray([NEWSWIRE.get(w.source, IGNORE) for w in windows], dtype=np.int64)
    batch |= {name: np.full((size, wide), IGNORE, dtype=np.float32) for name in ("told", "says")}
    batch["ner"] = np.ones((size, wide, len(labels.ner)), dtype=bool)
    for b, (one, made_one) in enumerate(zip(windows, made, strict=True)):
        window = one.words
        for name, row in made_one.items():
            batch[name][b, : len(row)] = row
        batch["pieces"][b, : len(made_one["ids"])] = True
        batch["words"][b, : len(window)] = True
        sentence = 0
        for i, word in enumerate(window):
            if word.starts is not None:
                sentence += word.starts
                batch["starts"][b, i] = int(word.starts)
                batch["sentence"][b, i] = sentence
            for name in ("upos", "xpos", "feats", "deprel"):
                batch[name][b, i] = index[name].get(getattr(word, name), IGNORE)
            batch["lemma"][b, i] = index["lemma"].get(edit(word) or "", IGNORE)
            batch["types"][b, i] = index["types"].get(word.event, IGNORE)
            batch["modes"][b, i] = index["modes"].get(word.mode, IGNORE)
            batch["realis"][b, i] = index["realis"].get(word.realis, IGNORE)
            if word.background is not None:
                batch["background"][b, i] = int(word.background)
            for name in ("told", "says"):
                value = getattr(word, name)
                batch[name][b, i] = IGNORE if value is None else value
            batch["head"][b, i] = IGNORE if word.head is None else word.head
            if word.ner is not None:
                batch["ner"][b, i] = False
                batch["ner"][b, i, [index["ner"][tag] for tag in word.ner]] = True
    batch |= collate_pairs(windows, wide, labels) | collate_parties(windows, wide)
    batch |= collate_sayings(windows, [row["gap"][row["first"]] - 1 for row in made], wide, index["says"])
    return {name: torch.from_numpy(array) for name, array in batch.items()}


def collate_pairs(windows: list[Window], wide: int, labels: Labels) -> dict[str, NDArray[Any]]:
    """The pairs of a batch, one a row: its window, its type, and masks (words) of its parties and sentence."""
    pairs = [(b, pair) for b, window in enumerate(windows) for pair in window.pairs]
    index = {name: i for i, name in enumerate(labels.events)}
    found: dict[str, NDArray[Any]] = {
        "pair_window": np.asarray([b for b, _ in pairs], dtype=np.int64),
        "pair_event": np.asarray([index[pair.event] for _, pair in pairs], dtype=np.int64),
    }
    for name, of in (("from", "source"), ("to", "target")):
        heads = [head_of(windows[b].words, *getattr(pair, of)) for b, pair in pairs]
        found[f"pair_{name}"] = np.asarray(heads, dtype=np.int64)
    for name in ("source", "target", "sentence"):
        mask = found[f"pair_{name}"] = np.zeros((len(pairs), wide), dtype=bool)
        for row, (_, pair) in enumerate(pairs):
            start, end = getattr(pair, name)
            mask[row, start:end] = True
    return found


def collate_parties(windows: list[Window], wide: int) -> dict[str, NDArray[Any]]:
    """Triggers whose parties are known, one a row: its window, its word, and for each word of its sentence whether it is
    the head of a party's words: (triggers, 2, words), actors first."""
    rows = [(b, parties) for b, window in enumerate(windows) for parties in window.parties]
    found: dict[str, NDArray[Any]] = {
        "act_window": np.asarray([b for b, _ in rows], dtype=np.int64),
        "act_word": np.asarray([parties.trigger for _, parties in rows], dtype=np.int64),
        "act_parties": np.full((len(rows), 2, wide), IGNORE, dtype=np.float32),
    }
    for row, (b, parties) in enumerate(rows):
        words = windows[b].words
        start, end = sentence_of(words, parties.trigger)
        target = found["act_parties"][row]
        target[:, start:end] = 0
        target[:, parties.trigger] = IGNORE
        for side, ranges in zip(target, (parties.actors, parties.recipients), strict=True):
            for first, last in ranges:
                if start <= first and last <= end:
                    side[first:last] = IGNORE
                    side[head_of(words, first, last)] = 1
    return found


def collate_sayings(
    windows: list[Window], gaps: Sequence[NDArray[Any]], wide: int, tags: Mapping[str, int]
) -> dict[str, NDArray[Any]]:
    """Attributions, one a row: its window, its anchor, each word's tag, and how far each word is from the anchor."""
    rows = [(b, saying) for b, window in enumerate(windows) for saying in window.sayings]
    found: dict[str, NDArray[Any]] = {
        "say_window": np.asarray([b for b, _ in rows], dtype=np.int64),
        "say_word": np.asarray([saying.anchor for _, saying in rows], dtype=np.int64),
        "say_tags": np.full((len(rows), wide), IGNORE, dtype=np.int64),
        "say_distance": np.zeros((len(rows), wide), dtype=np.int64),
    }
    for row, (b, saying) in enumerate(rows):
        size = len(windows[b].words)
        found["say_tags"][row, :size] = tags["O"]
        for role, start, end in saying.parts:
            found["say_tags"][row, start] = tags[f"B-{role}"]
            found["say_tags"][row, start + 1 : end] = tags[f"I-{role}"]
        found["say_distance"][row, :size] = distances(gaps[b], np.asarray([saying.anchor]))[0]
    return found


def sentence_of(words: Sequence[Word], place: int) -> tuple[int, int]:
    start, end = place, place + 1
    while start > 0 and not words[start].starts:
        start -= 1
    while end < len(words) and not words[end].starts:
        end += 1
    return start, end


def head_of(words: Sequence[Word], first: int, last: int) -> int:
    """The word of [first, last) that the others hang on; the last one where no syntax is known."""
    for i in range(first, last):
        head = words[i].head
        if (
            words[i].upos not in ("PUNCT", "ADP", "DET")
            and head is not None
            and (head == i or not first <= head < last)
        ):
            return i
    return last - 1
