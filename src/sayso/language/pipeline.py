"""The spaCy pipeline: `load()` gives one that reads English news into Universal Dependencies.

Any other spaCy pipeline with UD labels can stand in its place; what sayso asks of a pipeline is only what a
`Doc` holds. The shipped one adds `Doc._.attributions`, empty elsewhere, and `Doc._.saying_odds`: for each token the
log-odds that it anchors an attribution (the first word of its cue), None elsewhere.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_SPACE, LENGTH, ORTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from sayso.errors import ModelError, TooMuchInput
from sayso.language import decode
from sayso.language.arguments import rehang
from sayso.language.encoder import SHIPPED, Encoder
from sayso.language.events import EventHead
from sayso.language.features import GAPS, gap, shape
from sayso.language.judges import Judge
from sayso.language.pairs import PairScorer
from sayso.language.punctuation import attach
from sayso.language.sayings import Heard
from sayso.language.senses import Name, agree
from sayso.language.tokenizer import blank

WORDS_A_WINDOW = 150
"""As in training."""
LONGEST_WINDOW = 300
PARAGRAPH = GAPS.index("paragraph")
PIECES_A_WINDOW = 508
READ_AGAIN = 2000
"""Words, beside as many as the text has, that may be read again because a sentence was cut at a window's end."""

NAME, READER = "sayso", "sayso_reader"
"""Of the shipped pipeline, and of its component."""
ATTRIBUTES = ("HEAD", "DEP", "POS", "TAG", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE")
TokenRange = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """Who said what by which words, as token ranges [start, end) of the document; any part may be empty."""

    source: list[TokenRange] = field(default_factory=list)
    cue: list[TokenRange] = field(default_factory=list)
    content: list[TokenRange] = field(default_factory=list)


if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", default=())
    Doc.set_extension("saying_odds", default=None)


class Words(NamedTuple):
    """The words of a document, white space left out: texts, places in the document, gaps, shapes, breaks."""

    texts: list[str]
    tokens: list[int]
    gaps: list[int]
    shapes: list[int]
    breaks: NDArray[np.bool_]
    """Words that must begin a sentence: behind an empty line, or set before the pipeline runs."""

    @classmethod
    def of(cls, doc: Doc) -> Words:
        texts, tokens, gaps, breaks = [], [], [], []
        text, end, fresh = doc.text, 0, False
        # All tokens at once: to make a Token for each takes as long as all else here.
        for place, (start, size, space, begins) in enumerate(
            doc.to_array([IDX, LENGTH, IS_SPACE, SENT_START]).tolist()
        ):
            fresh = fresh or (begins == 1 and place > 0)
            if space:
                continue
            texts.append(text[start : start + size])
            tokens.append(place)
            gaps.append(gap(text[end:start]) if end else 0)
            breaks.append(fresh or gaps[-1] == PARAGRAPH)
            end, fresh = start + size, False
        return cls(texts, tokens, gaps, [shape(t) for t in texts], np.asarray(breaks, dtype=bool))


class Reading(NamedTuple):
    """One window's words [start, end) of the document and what was read off them; places count from `start`."""

    start: int
    sentences: list[tuple[int, int]]
    heads: NDArray[np.int64]
    relations: list[str]
    tags: dict[str, NDArray[np.int64]]
    entities: list[decode.Spot]
    senses: list[Name]
    """The entities' words and what they may name, in their order."""
    heard: Heard
    vectors: NDArray[np.float32]


class Reader:
    """The pipeline's one component: reads a document window by window and writes the analysis into it."""

    def __init__(self, encoder: Encoder):
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        words = Words.of(doc)
        if words.texts:
            deadline = doc.user_data.get("deadline", math.inf)
            write(doc, words, list(self.read(words, deadline)), self.encoder)
        return doc

    def read(self, words: Words, deadline: float = math.inf) -> Iterator[Reading]:
        """Windows of whole paragraphs where they fit, of whole sentences where not.

        Raises TooMuchInput once `time.monotonic()` has passed the deadline.
        """
        start, size = 0, len(words.texts)
        spare = size + READ_AGAIN
        while start < size:
            if time.monotonic() > deadline:
                raise TooMuchInput("text", f"only {start:,} of {size:,} words were read within the time limit")
            end = self.window(words, start)
            complete = end == size or words.breaks[end]
            out = self._run(words, start, end)
            sentences = decode.sentence_bounds(out["starts"], words.breaks[start:end])
            if not complete and len(sentences) > 1 and end - start - sentences[-1][0] <= spare:
                # The last sentence may go on: read it again with what follows.
                spare -= end - start - sentences[-1][0]
                end = start + sentences.pop()[0]
            yield self._decode(words, out, sentences, start, end)
            start = end

    def window(self, words: Words, start: int) -> int:
        """Where the window from `start` ends: at the last paragraph's end that fits, else as far as fits."""
        size, pieces, end, paragraph = len(words.texts), 0, start, start
        while end < size and end - start < LONGEST_WINDOW:
            if end > start and (words.breaks[end]):
                paragraph = end
            if end - start >= WORDS_A_WINDOW:
                break
            pieces += len(self.encoder.pieces(words.texts[end]))
            if pieces > PIECES_A_WINDOW:
                break
            end += 1
        return size if end == size else paragraph if paragraph > start else end

    def _run(self, words: Words, start: int, end: int) -> dict[str, NDArray[np.float32]]:
        gaps = [0, *words.gaps[start + 1 : end]]
        return self.encoder(words.texts[start:end], gaps, words.shapes[start:end])

    def _decode(
        self, words: Words, out: dict[str, NDArray[np.float32]], sentences: list[TokenRange], start: int, end: int
    ) -> Reading:
        size = end - start
        heads = decode.trees(out["arcs"][:size, :size], sentences)
        relations = self.encoder.relations(out["rel_dependent"][:size], out["rel_head"][:size], heads)
        tags = {name: out[name][:size].astype(np.int64) for name in ("upos", "xpos", "feats", "lemma")}
        xpos = [self.encoder.labels["xpos"][tag] for tag in tags["xpos"]]
        heads = rehang(heads, relations, xpos)
        marks = np.asarray([name == "punct" for name in relations])
        for first, last in sentences:
            texts = words.texts[start + first : start + last]
            heads[first:last] = attach(heads[first:last] - first, texts, marks[first:last]) + first
        vectors = out["vectors"][:size]
        heard = self.encoder.sayings.hear(vectors, [0, *words.gaps[start + 1 : end]])
        entities = decode.without_verbs(self.encoder.ner.spots(out["ner"][:size]), words.texts[start:end], xpos)
        senses = [
            Name(tuple(words.texts[start + i].lower() for i in range(spot.start, spot.end)), scores)
            for spot, scores in zip(entities, self.encoder.ner.type_scores(out["ner"], entities), strict=True)
        ]
        return Reading(start, sentences, heads, relations, tags, entities, senses, heard, vectors)


def write(doc: Doc, words: Words, readings: list[Reading], encoder: Encoder) -> None:
    """Write what was read into the document; white space hangs on the word before it."""
    labels = encoder.labels
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    keys = {name: np.asarray([strings.add(x) for x in labels[name]], dtype=np.uint64) for name in ("upos", "xpos")}
    keys["feats"] = np.asarray([morphology.add("" if x == "_" else x) for x in labels["feats"]], dtype=np.uint64)
    columns = {name: np.zeros(len(doc), dtype=np.uint64) for name in ("head", "dep", "pos", "tag", "lemma", "morph")}
    iob, kinds = np.full(len(doc), 2, dtype=np.uint64), np.zeros(len(doc), dtype=np.uint64)
    space = strings.add("SPACE")
    relations = {name: strings.add("ROOT" if name == "root" else name) for name in labels["deprel"]}
    columns["dep"][:] = strings.add("dep")
    columns["pos"][:] = space
    columns["tag"][:] = strings.add("_SP")
    at = np.asarray(words.tokens)
    doc.tensor = np.zeros((len(doc), readings[0].vectors.shape[1]), dtype=np.float32)
    agreed = iter(agree([name for reading in readings for name in reading.senses]))
    for reading in readings:
        places = at[reading.start : reading.start + len(reading.heads)]
        doc.tensor[places] = reading.vectors
        columns["head"][places] = (at[reading.heads + reading.start] - places).astype(np.uint64)
        columns["dep"][places] = [relations[name] for name in reading.relations]
        for column, key in (("pos", "upos"), ("tag", "xpos"), ("morph", "feats")):
            columns[column][places] = keys[key][reading.tags[key]]
        columns["lemma"][places] = [strings.add(lemma) for lemma in lemmas(words, reading, encoder)]
        for spot, sense in zip(reading.entities, agreed, strict=False):
            first, last = places[spot.start], places[spot.end - 1]
            iob[first : last + 1], iob[first] = 1, 3
            kinds[first : last + 1] = strings.add(encoder.ner.types[sense])
    _hang_spaces(doc, columns["head"], columns["lemma"])
    rows = [columns[name] for name in ("head", "dep", "pos", "tag", "lemma", "morph")]
    doc.from_array(list(ATTRIBUTES), np.stack([*rows, iob, kinds], axis=1))  # type: ignore[arg-type]  # its stub wants int32
    told = zip(readings, encoder.sayings.tell([reading.heard for reading in readings]), strict=True)
    doc._.attributions = [_attribution(group, reading, at) for reading, groups in told for group in groups]
    doc._.saying_odds = {
        int(at[reading.start + i]): odds for reading in readings for i, odds in enumerate(reading.heard.odds.tolist())
    }


def lemmas(words: Words, reading: Reading, encoder: Encoder) -> Iterator[str]:
    texts = words.texts[reading.start : reading.start + len(reading.heads)]
    for text, upos, script in zip(texts, reading.tags["upos"], reading.tags["lemma"], strict=True):
        yield encoder.lemmas(text, encoder.labels["upos"][upos], encoder.labels["lemma"][script])


def _hang_spaces(doc: Doc, head: NDArray[np.uint64], lemmas: NDArray[np.uint64]) -> None:
    space, orth = doc.to_array([IS_SPACE, ORTH]).T
    target = first = int(np.flatnonzero(space == 0)[0])
    for place in np.flatnonzero(space).tolist():
        if place > first and not space[place - 1]:
            target = place - 1
        head[place] = np.int64(target - place).astype(np.uint64)
        lemmas[place] = orth[place]


def _attribution(group: decode.Group, reading: Reading, at: NDArray[np.int64]) -> Attribution:
    def ranges(spots: list[decode.Spot]) -> list[TokenRange]:
        return [(int(at[reading.start + s.start]), int(at[reading.start + s.end - 1]) + 1) for s in spots]

    return Attribution(ranges(group.source), ranges(group.cue), ranges(group.content))


def load(name: str | Path | None = None) -> Language:
    """The shipped pipeline, that of a model folder of ours, or any installed spaCy pipeline by name or path.

    Raises ModelError where there is none such, where it does not speak Universal Dependencies, or where it calls itself the
    shipped one and is another: a coding tells its model by name and version.
    """
    if name is None or (Path(name) / "model.onnx").is_file():
        nlp = blank()
        nlp.max_length = 10_000_000
        reader = nlp.add_pipe(READER, config={"folder": str(SHIPPED if name is None else name)})
        nlp.meta.update(name=NAME, version=reader.encoder.version)  # type: ignore[attr-defined]
        return nlp
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise ModelError(f"{name}: not a spaCy pipeline: {error}") from error
    if nlp.meta.get("name") == NAME and nlp.pipe_names != [READER]:
        raise ModelError(
            f"{name}: calls itself {NAME}, as the shipped pipeline, and is another; save it with a name of its own: nlp.meta['name']"
        )
    check_labels(nlp, str(name))
    return nlp


class Heads(NamedTuple):
    """What runs on the words' vectors (`Doc.tensor`) once the parties of an article are known."""

    events: EventHead
    pairs: PairScorer
    judges: Mapping[str, Judge]


def heads_of(nlp: Language) -> Heads | None:
    """The event heads of a pipeline of ours; None for any other pipeline."""
    reader = nlp.get_pipe(READER) if nlp.has_pipe(READER) else None
    if not isinstance(reader, Reader):
        return None
    encoder = reader.encoder
    return Heads(encoder.events, encoder.pairs, encoder.judges)


@Language.factory(READER, default_config={"folder": str(SHIPPED)})
def make_reader(nlp: Language, name: str, folder: str) -> Reader:
    return Reader(Encoder(Path(folder)))


PROBE = "The police in the town arrested nine men at the market on Friday."


def check_labels(nlp: Language, name: str) -> None:
    """Raise ModelError unless the pipeline parses, with UD relations: tried on a sentence full of prepositions."""
    doc = nlp(PROBE)
    if not doc.has_annotation("DEP"):
        raise ModelError(f"{name}: it has no parser")
    if not {"case", "obl", "nmod"} & {token.dep_.partition(":")[0] for token in doc}:
        raise ModelError(f"{name}: its parser does not use Universal Dependencies (no case, obl or nmod)")
