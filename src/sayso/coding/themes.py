"""What the sentences of an article, and the article as a whole, are about: accidents, violence, protest, a game."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from sayso.coding.draft import Draft
from sayso.coding.lexicon import LexiconTables
from sayso.coding.parsed import Span
from sayso.coding.scope_words import Words, scope_words

PROTESTS = frozenset(
    ("protest", "protester", "protesters", "demonstration", "demonstrator", "demonstrators", "riot", "rally")
)
CONFLICT = 0.25
"""Share of an article's sentences from which it is about conflict."""
ENOUGH = 4
"""Sentences from which an article without one word of violence is about something else."""
LONGEST = 400
"""Words of a sentence that are looked at."""


class Themes:
    """The themes of one article, by the words of `lexicon/scopes.toml`."""

    def __init__(self, draft: Draft, tables: LexiconTables):
        self.draft = draft
        self.tables = tables
        self.words = scope_words()
        self._bags: dict[int, frozenset[str]] = {}
        self._violent: dict[int, frozenset[str]] = {}

    def bag(self, sentence: Span) -> frozenset[str]:
        """Lemmas, forms and two-word names of the sentence."""
        if sentence.start not in self._bags:
            tokens = list(sentence[:LONGEST])
            single, forms = [t.base for t in tokens], [t.lower_ for t in tokens]
            pairs = (f"{a} {b}" for names in (single, forms) for a, b in pairwise(names))
            men = (f"{form[:-3]}man" for form in forms if form.endswith("men"))
            self._bags[sentence.start] = frozenset((*single, *forms, *pairs, *men))
        return self._bags[sentence.start]

    def violent(self, sentence: Span, word: str, beside: Words = frozenset()) -> bool:
        """Whether the sentence speaks of violence, by other words than the trigger itself."""
        if sentence.start not in self._violent:
            found = self.bag(sentence) & self.words.violence
            if found & self.words.nouns_only:
                nouns = {w for t in sentence[:LONGEST] if t.pos_ in ("NOUN", "PROPN") for w in (t.base, t.lower_)}
                found -= self.words.nouns_only - nouns
            self._violent[sentence.start] = found
        return bool(self._violent[sentence.start] - {word} - beside)

    def is_mishap(self, sentence: Span) -> bool:
        """Whether the sentence speaks of an accident, a disaster or an illness."""
        return bool(self.bag(sentence) & self.words.mishap)

    def beside(self, sentence: Span) -> list[Span]:
        """The sentences before and after it."""
        doc = self.draft.doc
        return [doc[i].sent for i in (sentence.start - 1, sentence.end) if 0 <= i < len(doc)]

    @cached_property
    def sentences(self) -> list[Span]:
        """Those that are coded."""
        return [s for s in self.draft.doc.sents if self.draft.coded(s.start)]

    @cached_property
    def shares(self) -> tuple[float, float]:
        """Shares of the article's sentences that speak of mishaps, and of violence."""
        mishaps = sum(self.is_mishap(s) for s in self.sentences)
        violent = sum(self.violent(s, "") for s in self.sentences)
        return mishaps / max(1, self.length), violent / max(1, self.length)

    @property
    def length(self) -> int:
        """How many sentences are coded."""
        return len(self.sentences)

    @cached_property
    def mishap_article(self) -> bool:
        """Whether the article is about an accident or a disaster."""
        mishap, violent = self.shares
        needed = self.words.mishap_share / (2 if self._titled else 1)
        return mishap >= needed and mishap > violent and not self._title & self.words.violence

    @cached_property
    def _titled(self) -> bool:
        """Whether the headline names a mishap and no violence."""
        return bool(self._title & self.words.mishap) and not self._title & self.words.violence

    @cached_property
    def _title(self) -> Words:
        """Forms of the headline's words, with and without a plural's ending."""
        words = {word.strip(".,:;'\"") for word in (self.draft.article.title or "").lower().split()[:LONGEST]}
        return frozenset(
            words
            | {word[:-1] for word in words if word.endswith("s")}
            | {word[:-2] for word in words if word.endswith("es")}
        )

    @cached_property
    def violent_article(self) -> bool:
        """Whether violence is told in the article, and not merely beside a disaster."""
        mishap, violent = self.shares
        return violent > 0 and violent >= mishap / 2

    @cached_property
    def protest_article(self) -> bool:
        """Whether a good part of the article is about protest."""
        told = sum(bool(self.bag(s) & PROTESTS) for s in self.sentences)
        return told >= CONFLICT * max(1, self.length)

    @cached_property
    def played(self) -> Words:
        """Triggers that mean a game in an article that is about one."""
        for setting in self.tables.settings:
            if setting.name != "sport" or self.shares[1] > 0.1:
                continue
            told = sum(bool(self.bag(s) & setting.words) for s in self.sentences)
            if self.length >= ENOUGH and told >= self.length / 2:
                return setting.triggers
        return frozenset()
