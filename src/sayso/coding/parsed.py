"""The parsed article in plain Python: what the rooms look at, over and over.

spaCy makes an object at every look at a token, and looks its strings up anew. The rooms look at each token some hundred
times, so `Doc` copies a spaCy document once, into objects that keep what they know. They bear spaCy's names and mean
what spaCy means by them (spacy.io/api). A document has one `Token` a place and one `Span` a sentence, so that the same
is always identical; nothing but its entities changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import overload

import numpy as np
import spacy.tokens
from numpy.typing import NDArray
from spacy import attrs
from spacy.lexeme import Lexeme
from spacy.strings import StringStore

from sayso.language.pipeline import Attribution

STRINGS = (attrs.ORTH, attrs.LOWER, attrs.LEMMA, attrs.POS, attrs.TAG, attrs.DEP, attrs.MORPH, attrs.ENT_TYPE)
NUMBERS = (attrs.IDX, attrs.SENT_START, attrs.ENT_IOB, attrs.SPACY)
FLAGS = (attrs.IS_ALPHA, attrs.IS_PUNCT, attrs.IS_SPACE, attrs.LIKE_NUM)
SENTENCE_STARTS = {0: None, 1: True, -1: False}
REMEMBERED = 100_000
"""Strings kept of a vocabulary; an article has some hundred, most of them those of the others."""
IOB = ("", "I", "O", "B")


class Token:
    """A word or mark. Beside what spaCy's has: `relation`, without subtype; `base`, the lemma in lower case; `end_char`."""

    __slots__ = (
        "base", "children", "dep_", "doc", "end_char", "ent_iob_", "ent_type_", "head", "i", "idx", "is_alpha", "is_punct",
        "is_sent_start", "is_space", "left_edge", "lemma_", "like_num", "lower_", "morph", "pos_", "relation",
        "right_edge", "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip

    head: Token
    """The token itself at the top of a sentence."""
    left_edge: Token
    right_edge: Token
    sent: Span

    def __init__(
        self, doc: Doc, i: int,
        text: str, lower: str, lemma: str, pos: str, tag: str, dep: str, features: str, ent_type: str,
        idx: int, sent_start: int, ent_iob: int, space: int,
        is_alpha: bool, is_punct: bool, is_space: bool, like_num: bool,
    ) -> None:  # fmt: skip
        self.doc = doc
        self.i = i
        self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_ = text, lower, lemma, pos, tag, dep
        self.is_alpha, self.is_punct, self.is_space, self.like_num = is_alpha, is_punct, is_space, like_num
        self.idx, self.end_char = idx, idx + len(text)
        self.is_sent_start = SENTENCE_STARTS[sent_start]
        self.ent_type_, self.ent_iob_ = ent_type, IOB[ent_iob]
        self.whitespace_ = " " if space else ""
        self.morph = morphology(features)
        self.relation = universal(dep)
        self.base = lemma.lower()
        self.head = self.left_edge = self.right_edge = self
        self.children: Sequence[Token] = ()

    def __repr__(self) -> str:
        return self.text

    def __lt__(self, other: Token) -> bool:
        return self.i < other.i

    @property
    def lex(self) -> Lexeme:
        """What the vocabulary has of the word, for questions that are seldom asked."""
        return self.doc.vocab[self.text]

    def nbor(self, step: int = 1) -> Token:
        """The token so many places on. Raises IndexError beyond the ends."""
        if self.i + step < 0:
            raise IndexError(self.i + step)
        return self.doc[self.i + step]

    @property
    def subtree(self) -> Iterator[Token]:
        """The token with all below it: what stands left of it first, then what stands right."""
        todo, opened = [self], set[int]()
        while todo:
            token = todo.pop()
            if token.i in opened or not token.children:
                yield token
                continue
            opened.add(token.i)
            right = [c for c in token.children if c.i > token.i]
            left = token.children[: len(token.children) - len(right)]
            todo += (*reversed(right), token, *reversed(left))

    @property
    def ancestors(self) -> Iterator[Token]:
        """The token's heads, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token


class Span:
    """Tokens [start, end) of the document; an entity has a label."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, end))
        return self.doc[range(self.start, self.end)[place]]

    @property
    def start_char(self) -> int:
        return self.doc[self.start].idx

    @property
    def end_char(self) -> int:
        return self.doc[self.end - 1].end_char

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> Token:
        """The token nearest to the top of its sentence, the first of several."""
        tokens = self.doc[self.start : self.end]
        top = next((t for t in tokens if t.head is t), None)
        if top is not None:
            return top
        outer = (t for t in tokens if not self.start <= t.head.i < self.end)
        return min(outer, key=lambda t: sum(1 for _ in t.ancestors), default=tokens[0])


class Doc(list[Token]):
    """A document: the list of its tokens. What else the shipped pipeline finds, `sayso.language.pipeline` tells."""

    def __init__(self, doc: spacy.tokens.Doc) -> None:
        columns = zip(range(len(doc)), *strings_of(doc), *numbers_of(doc), *flags_of(doc), strict=True)
        super().__init__(Token(self, *column) for column in columns)
        self.text = "".join([token.text + token.whitespace_ for token in self])
        self.vocab = doc.vocab
        self.tensor: NDArray[np.float32] = np.asarray(doc.tensor, dtype=np.float32)
        """The words' vectors."""
        self.attributions: Sequence[Attribution] = doc._.attributions
        self.saying_odds: dict[int, float] | None = doc._.saying_odds
        self.is_parsed = doc.has_annotation("DEP")
        self.sents = self._sentences()
        self._ents = self._entities()
        self._tie(doc)

    def span(self, start: int, end: int) -> Span:
        """The tokens that the slice [start:end] holds, as a span with its text and its root."""
        start, end, _ = slice(start, end).indices(len(self))
        return Span(self, start, max(start, end))

    def _sentences(self) -> list[Span]:
        starts = [t.i for t in self if t.is_sent_start or t.i == 0]
        sentences = [Span(self, *ends) for ends in zip(starts, [*starts[1:], len(self)], strict=True)]
        for sentence in sentences:
            for token in sentence:
                token.sent = sentence
        return sentences

    def _tie(self, doc: spacy.tokens.Doc) -> None:
        """Join the tokens with their heads, their children and the ends of what stands below them."""
        heads = doc.to_array(attrs.HEAD).view(np.int64) + np.arange(len(doc))
        children: dict[int, list[Token]] = {}
        for token, head in zip(self, heads.tolist(), strict=True):
            if head != token.i:
                token.head = self[head]
                children.setdefault(head, []).append(token)
        for at, below in children.items():
            token, theirs = self[at], doc[at]
            token.children = below
            # spaCy's ends, which fall short of some subtrees with crossing arcs
            token.left_edge, token.right_edge = self[theirs.left_edge.i], self[theirs.right_edge.i]

    def untie(self) -> None:
        """Take the document apart: tokens hold one another, and to find that out takes the garbage collector long."""
        for token in self:
            del token.doc, token.head, token.children, token.left_edge, token.right_edge, token.sent
        for span in (*self.sents, *self._ents):
            del span.doc

    @property
    def ents(self) -> tuple[Span, ...]:
        """The entities, in order."""
        return self._ents

    @ents.setter
    def ents(self, entities: Iterable[Span]) -> None:
        for token in self:
            token.ent_iob_, token.ent_type_ = "O", ""
        for entity in entities:
            for token in entity:
                token.ent_iob_, token.ent_type_ = "I", entity.label_
            self[entity.start].ent_iob_ = "B"
        self._ents = self._entities()

    def _entities(self) -> tuple[Span, ...]:
        found: list[Span] = []
        for token in self:
            if token.ent_iob_ == "B" and token.ent_type_:
                found.append(Span(self, token.i, token.i + 1, token.ent_type_))
            elif token.ent_iob_ == "I":
                found[-1].end = token.i + 1
        return tuple(found)

    def touched(self, start: int, end: int) -> Span:
        """The tokens that the code points [start, end) touch."""
        first = bisect_right(self._places, start) - 1
        if start >= self[first].end_char:  # the blank behind a token is none of it
            first += 1
        return self.span(first, bisect_right(self._places, end - 1))

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """The number of the sentence of each token, from 0."""
        return [number for number, sentence in enumerate(self.sents) for _ in range(sentence.start, sentence.end)]

    @cached_property
    def _places(self) -> list[int]:
        return [token.idx for token in self]


class Remembered(dict[int, str]):
    """Strings by their keys, looked up once and kept as long as they are not too many."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self.store = store

    def __missing__(self, key: int) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[key] = self.store[key]
        return found


remembered = lru_cache(maxsize=2)(Remembered)
"""The strings of a vocabulary."""


def strings_of(doc: spacy.tokens.Doc) -> Iterator[list[str]]:
    """A column an attribute of STRINGS."""
    known = remembered(doc.vocab.strings)
    return (list(map(known.__getitem__, column)) for column in doc.to_array(list(STRINGS)).T.tolist())


def numbers_of(doc: spacy.tokens.Doc) -> list[list[int]]:
    """A column an attribute of NUMBERS."""
    found: list[list[int]] = doc.to_array(list(NUMBERS)).view(np.int64).T.tolist()
    return found


def flags_of(doc: spacy.tokens.Doc) -> list[list[bool]]:
    """A column an attribute of FLAGS."""
    found: list[list[bool]] = doc.to_array(list(FLAGS)).astype(bool).T.tolist()
    return found


@lru_cache(maxsize=4096)
def morphology(features: str) -> Mapping[str, list[str]]:
    """The values of each feature: `Number=Plur|PronType=Int,Rel`."""
    pairs = (feature.partition("=") for feature in features.split("|") if "=" in feature)
    return {name: values.split(",") for name, _, values in pairs}


@lru_cache(maxsize=4096)
def universal(relation: str) -> str:
    """A relation without its subtype: `nsubj` of `nsubj:pass`."""
    return relation.partition(":")[0].lower()
