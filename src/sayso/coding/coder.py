"""The line of rooms: an article goes in, a coding comes out."""

from __future__ import annotations

import hashlib
import importlib
import logging
import re
import time
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from sayso.coding.draft import Draft
from sayso.coding.finish import Finisher
from sayso.coding.rooms import Room, check
from sayso.errors import InputError, InvalidArticle, TooMuchInput
from sayso.records import Article, Block, CoderInfo, Coding

LOG = logging.getLogger(__name__)

LINE = (
    "who.find_actors where.find_places when.find_times how_many.find_figures whose_word.find_statements "
    "what.find_events where.place_events when.time_events how_many.count_events how_sure.judge_events "
    "who.collect_labels"
).split()


def rooms() -> list[Room]:
    found = []
    for name in LINE:
        module, _, function = name.partition(".")
        try:
            found.append(getattr(importlib.import_module(f"sayso.coding.{module}"), function))
        except (ImportError, AttributeError) as error:
            LOG.warning("room %s is not there: %s", name, error)
    return found


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
        self.rooms = rooms()
        if len(self.rooms) == len(LINE):
            check(self.rooms)

    @cached_property
    def info(self) -> CoderInfo:
        from sayso.gazetteer import lookup

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
        article = text if isinstance(text, Article) else make_article(text, published=published, title=title, id=id)
        return self.code(article)

    def pipe(
        self, articles: Iterable[Article | InputError | str], *, batch_size: int = 64
    ) -> Iterator[Coding | InputError]:
        """Code articles in order, one coding or error each. Errors among the articles are passed on.

        Every article is coded by itself, whatever stands beside it; `batch_size` is accepted for the sake of
        spaCy's habit and changes nothing.
        """
        for article in articles:
            if isinstance(article, InputError):
                yield article
                continue
            try:
                yield self(article)
            except InputError as error:
                yield error
            except Exception as error:  # one article must not cost the others
                name = article.source or article.id if isinstance(article, Article) else "text"
                LOG.debug("%s could not be coded", name, exc_info=True)
                yield InputError(name, f"could not be coded ({type(error).__name__}: {error})")

    def code(self, article: Article) -> Coding:
        draft = self.draft(article)
        for one in self.rooms:
            one(draft)
            check_time(draft.doc, article)
        return Finisher(draft).coding(self.info)

    def draft(self, article: Article) -> Draft:
        """The parsed article, before any room has seen it."""
        from sayso.reading import segment
        from sayso.reading.language import english

        self.check(article)
        if not article.blocks:
            article = segment(article)
        if english(article.text) is False:
            raise InvalidArticle(article.id, "not in English")
        doc = self.parse(article.text, article.blocks)
        return Draft(article=article, doc=doc, blocks=blocks_of_tokens(doc, article.blocks))

    def parse(self, text: str, blocks: Iterable[Block] = ()) -> Doc:
        """The document; every block begins a sentence."""
        doc = self.nlp.make_doc(text)
        doc.user_data["deadline"] = time.monotonic() + self.time_limit
        starts = {block.start for block in blocks}
        for token in doc:
            if token.i and token.idx in starts:
                token.is_sent_start = True
        for _, pipe in self.nlp.pipeline:
            doc = pipe(doc)
        return doc

    def check(self, article: Article) -> None:
        """Raise InputError for what cannot be an article, before any time is spent on it."""
        if not article.text.strip():
            raise InvalidArticle(article.id, "no text")
        if len(article.text) > self.max_chars:
            raise TooMuchInput(article.id, f"{len(article.text):,} characters, the limit is {self.max_chars:,}")
        longest = max((len(word) for word in re.findall(r"\S{1000,}", article.text)), default=0)
        if longest > LONGEST_WORD:
            raise InvalidArticle(article.id, f"a word of {longest:,} characters")


def check_time(doc: Doc, article: Article) -> None:
    """Raise TooMuchInput where the document's deadline has passed."""
    if time.monotonic() > doc.user_data["deadline"]:
        raise TooMuchInput(article.id, "took longer than the time limit")


def blocks_of_tokens(doc: Doc, blocks: Iterable[Block]) -> list[Block | None]:
    found: list[Block | None] = [None] * len(doc)
    waiting = sorted(blocks, key=lambda block: block.start)
    at = 0
    for token in doc:
        while at < len(waiting) and waiting[at].end <= token.idx:
            at += 1
        if at < len(waiting) and waiting[at].start <= token.idx:
            found[token.i] = waiting[at]
    return found


def make_article(
    text: str, *, published: str | None = None, title: str | None = None, id: str | None = None
) -> Article:
    """An article of plain text; its id is a stable hash of the text where none is given."""
    if not isinstance(text, str):
        raise InvalidArticle(str(id or "text"), f"the text is a {type(text).__name__}, not a string")
    name = id or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Article(id=name, text=text, published=published, title=title)


def lexicon_version() -> str:
    """Short hash of the lexicon's files."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent / "lexicon"
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
