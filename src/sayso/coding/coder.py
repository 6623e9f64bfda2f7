"""The line of rooms: an article goes in, a coding comes out."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from sayso.coding import (
    completing,
    crosswalk,
    distancing,
    embedding,
    headline,
    homes,
    how_many,
    how_sure,
    known_for,
    learned,
    merging,
    namesakes,
    parsed,
    sides,
    splitting,
    voices,
    weighing,
    what,
    when,
    where,
    who,
    whose_word,
)
from sayso.coding.draft import Draft
from sayso.coding.finish import Finisher
from sayso.coding.limits import Deadline, limited
from sayso.coding.rooms import Room, check
from sayso.coding.telling import Telling
from sayso.errors import InputError, InvalidArticle, OtherLanguage, TooMuchInput
from sayso.gazetteer import lookup
from sayso.language import heads_of
from sayso.reading import english, guess, make_article, segment
from sayso.records import Article, Block, CoderInfo, Coding

LOG = logging.getLogger(__name__)

LINE: tuple[Room, ...] = (
    namesakes.settle_namesakes,
    who.find_actors,
    where.find_places,
    when.find_times,
    how_many.find_figures,
    whose_word.find_statements,
    what.find_events,
    learned.read_events,
    sides.settle_parties,
    completing.complete_parties,
    embedding.embed_events,
    weighing.weigh_events,
    merging.merge_events,
    where.place_events,
    when.time_events,
    how_many.count_events,
    splitting.split_actors,
    homes.find_homes,
    known_for.know_people,
    how_sure.judge_events,
    crosswalk.code_events,
    who.collect_labels,
    distancing.keep_distance,
    voices.share_voices,
    headline.support_headline,
)
"""The rooms, in order."""

LONGEST_WORD = 5_000
"""Characters without white space; no word, URL or number of an article is longer."""


class Coder:
    """Codes articles. Make one with `sayso.load()`; it is good for any number of articles.

    `time_limit`: seconds that one article may take; `max_chars`: characters that it may have.
    """

    def __init__(self, nlp: Language, *, time_limit: float = 10.0, max_chars: int = 300_000):
        self.nlp = nlp
        self.time_limit = time_limit
        self.max_chars = max_chars
        self.rooms = LINE
        check(self.rooms)
        lookup.gazetteer()  # made here where there is none yet, not within the first article's time

    @cached_property
    def info(self) -> CoderInfo:
        """What codes: it is in every coding."""
        return CoderInfo(
            version=version("sayso"),
            model=f"{self.nlp.meta.get('name', '')}-{self.nlp.meta.get('version', '')}",
            lexicon=lexicon_version(),
            gazetteer=lookup.version(),
        )

    def __call__(
        self, text: str | Article, *, published: str | None = None, title: str | None = None, id: str | None = None
    ) -> Coding:
        """Code one article, given as its text or as an Article. Raises InputError where it cannot be coded."""
        if not isinstance(text, Article):
            fields = {"id": id, "text": text, "published": published, "title": title}
            text = make_article(fields, name=id or "text", source="", limit_chars=self.max_chars)
        return self.code(text)

    def pipe(
        self, articles: Iterable[Article | InputError | str], *, batch_size: int = 64
    ) -> Iterator[Coding | InputError]:
        """Code articles in order, one coding or error each. Errors among the articles are passed on.

        Every article is coded by itself, whatever stands beside it; `batch_size` is accepted for the sake of
        spaCy's habit and changes nothing.
        """
        if isinstance(articles, str | Article):
            articles = (articles,)
        for article in articles:
            if isinstance(article, InputError):
                yield article
                continue
            try:
                yield self(article)
            except InputError as error:
                yield error
            except Exception as error:  # one article must not cost the others
                name = named(article) if isinstance(article, Article) else "text"
                LOG.debug("%s could not be coded", name, exc_info=True)
                yield InputError(name, f"could not be coded ({type(error).__name__}: {error})")

    def code(self, article: Article) -> Coding:
        """As a call does, of an Article. Raises InputError where it cannot be coded."""
        with limited(named(article), self.time_limit) as deadline:
            draft = self.draft(article, deadline)
            for one in self.rooms:
                one(draft)
                deadline.check()
            coding = Finisher(draft).coding(self.info)
            draft.doc.untie()
            return coding

    def draft(self, article: Article, deadline: Deadline | None = None) -> Draft:
        """The parsed article, before any room has seen it."""
        self.check(article)
        if not article.blocks:
            article = segment(article)
        if english(article.text) is False:
            raise OtherLanguage(named(article), guess(article.text))
        doc = parsed.Doc(self.parse(article.text, article.blocks, deadline))
        heads = heads_of(self.nlp)
        telling = None if heads is None else Telling(doc, heads)
        return Draft(article=article, doc=doc, blocks=blocks_of_tokens(doc, article.blocks), telling=telling)

    def parse(self, text: str, blocks: Iterable[Block] = (), deadline: Deadline | None = None) -> Doc:
        """The document; every block begins a sentence."""
        doc = self.begin(text, blocks)
        if deadline is not None:
            doc.user_data["deadline"] = deadline.at
        for _, pipe in self.nlp.pipeline:
            doc = pipe(doc)
        return doc

    def begin(self, text: str, blocks: Iterable[Block]) -> Doc:
        """The words of a text, not yet parsed, with a sentence's start at each block's."""
        doc = self.nlp.make_doc(text)
        starts = {block.start for block in blocks}
        # All at once: setting `is_sent_start` of one token looks through the whole document.
        begins = [int(token.i > 0 and token.idx in starts) for token in doc]
        column = np.array(begins, dtype=np.uint64).reshape(-1, 1)
        doc.from_array([SENT_START], column)  # type: ignore[arg-type]  # its stub wants int32
        return doc

    def check(self, article: Article) -> None:
        """Raise InputError for what cannot be an article, before any time is spent on it."""
        if not article.text.strip():
            raise InvalidArticle(named(article), "no text")
        if len(article.text) > self.max_chars:
            raise TooMuchInput(named(article), f"{len(article.text):,} characters, the limit is {self.max_chars:,}")
        longest = max((len(word) for word in re.findall(r"\S{1000,}", article.text)), default=0)
        if longest > LONGEST_WORD:
            raise InvalidArticle(named(article), f"a word of {longest:,} characters")


def named(article: Article) -> str:
    """The article as an error names it: where it came from, and its id."""
    return f"{article.source} ({article.id})" if article.source else article.id


def blocks_of_tokens(doc: parsed.Doc, blocks: Iterable[Block]) -> list[Block | None]:
    found: list[Block | None] = [None] * len(doc)
    waiting = sorted(blocks, key=lambda block: block.start)
    at = 0
    for token in doc:
        while at < len(waiting) and waiting[at].end <= token.idx:
            at += 1
        if at < len(waiting) and waiting[at].start <= token.idx:
            found[token.i] = waiting[at]
    return found


def lexicon_version() -> str:
    """Short hash of the lexicon's files."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent / "lexicon"
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
