"""The mode that an instrument or circumstance sets, the contexts of an event, and settings not meant in earnest."""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from itertools import pairwise

from sayso.coding.draft import Draft
from sayso.coding.grammar import noun_range
from sayso.coding.lexicon import LexiconTables, Setting, lexicon
from sayso.coding.parsed import Span, Token
from sayso.coding.patterns import Matcher
from sayso.coding.ranges import Range
from sayso.coding.slots import Frame
from sayso.coding.triggers import readings

NEAR = ("obj", "obl", "nsubj", "nmod", "compound", "amod", "advcl", "acl", "xcomp", "advmod")
"""Relations looked through where a rule names no slots."""
LONGEST_SENTENCE = 400
"""Words of a sentence that contexts and settings are read from, around the start of it."""


@cache
def modes_by_type() -> dict[str, frozenset[str]]:
    """Every mode that the lexicon has for a type; PLOVER has none for some."""
    tables = lexicon()
    found: dict[str, set[str]] = {pattern.type: set() for pattern in tables.patterns}
    for pattern in tables.patterns:
        found[pattern.type] |= {pattern.mode} if pattern.mode else set()
    for rule in tables.modes:
        for type_ in rule.type & found.keys():
            found[type_].add(rule.mode)
    return {type_: frozenset(modes) for type_, modes in found.items()}


class Modes:
    """Mode rules of the lexicon, put to one event."""

    def __init__(self, tables: LexiconTables, matcher: Matcher):
        self.tables = tables
        self.matcher = matcher

    def of(self, frame: Frame, type_: str, mode: str | None) -> tuple[str | None, Range | None]:
        """The event's mode, which is `mode` unless its words set another, and the words where they name an instrument."""
        for rule in self.tables.modes:
            if type_ not in rule.type or (mode or "") not in rule.over:
                continue
            for head in self._heads(frame, rule.slots):
                if self.matcher.is_one(head, rule.words, frame):
                    return rule.mode, noun_range(head) if rule.instrument else None
        return mode, None

    @staticmethod
    def _heads(frame: Frame, slots: tuple[str, ...]) -> list[Token]:
        if slots:
            return [head for slot in slots for head in frame.fill(slot)]
        around = [c for c in frame.trigger.children if c.relation in NEAR]
        inner = [
            g
            for c in around
            if c.pos_ in ("NOUN", "VERB")
            for g in c.children
            if g.relation in ("obj", "nmod", "compound")
        ]
        return around + inner


class Surroundings:
    """What the words of a sentence, and of the whole article, say about the events in it."""

    def __init__(self, tables: LexiconTables, draft: Draft):
        self.tables = tables
        self.draft = draft
        self._seen: dict[int, set[str]] = {}
        self._contexts: dict[int, list[str]] = {}

    def words(self, sentence: Span) -> set[str]:
        """Lemmas and two-word names of the sentence."""
        if sentence.start not in self._seen:
            tokens = sentence[:LONGEST_SENTENCE]
            single = [t.base for t in tokens]
            found = set(single) | {t.lower_ for t in tokens}
            found |= {f"{a} {b}" for a, b in pairwise(single)}
            self._seen[sentence.start] = found
        return self._seen[sentence.start]

    def contexts(self, sentence: Span) -> list[str]:
        """PLOVER contexts, in the lexicon's order."""
        if sentence.start not in self._contexts:
            seen = self.words(sentence)
            self._contexts[sentence.start] = [
                rule.name
                for rule in self.tables.contexts
                if not seen.isdisjoint(rule.strong) or (rule.words and len(seen & rule.words) >= rule.threshold)
            ]
        return self._contexts[sentence.start]

    @cached_property
    def article_settings(self) -> frozenset[str]:
        """Settings that the whole article stands in: their words keep coming back."""
        counts: Counter[str] = Counter()
        sentences = 0
        for sentence in self.draft.doc.sents:
            if not self.draft.coded(sentence.start):
                continue
            sentences += 1
            for setting in self.tables.settings:
                if len(self.words(sentence) & setting.words) >= setting.threshold:
                    counts[setting.name] += 1
        return frozenset(name for name, n in counts.items() if n >= 3 and n * 3 >= sentences)

    def setting(self, sentence: Span) -> Setting | None:
        """The setting of the sentence that makes its words mean something else, or None."""
        seen = self.words(sentence)
        for setting in self.tables.settings:
            needed = 1 if setting.name in self.article_settings else setting.threshold
            if len(seen & setting.words) >= needed:
                return setting
        return None

    @cached_property
    def mishap(self) -> bool:
        """Whether the article tells of an accident or a disaster rather than of violence."""
        light, balance = self.tables.light, 0
        for sentence in self.draft.doc.sents:
            if self.draft.coded(sentence.start):
                seen = self.words(sentence)
                balance += bool(seen & light.mishaps) - 2 * bool(seen & light.violence)
        return balance > 1

    def is_mishap(self, sentence: Span, word: str) -> bool:
        """Whether the harm that `word` tells of seems to be nobody's deed: the sentence decides, then the article."""
        seen, light = self.words(sentence) - {word}, self.tables.light
        if seen & light.violence:
            return False
        return bool(seen & light.mishaps) or self.mishap

    def hurt(self, sentence: Span) -> bool:
        """Whether the sentence speaks of people being hurt."""
        return bool(self.words(sentence) & self.tables.light.harm)


def listed_mode(token: Token, type_: str, tables: LexiconTables) -> str | None:
    """The mode that the lexicon gives the word in this type, if all its patterns give the same."""
    modes = {p.mode for kind, word in readings(token, tables) for p in tables.of(kind, word) if p.type == type_}
    return next(iter(modes)) if len(modes) == 1 else None
