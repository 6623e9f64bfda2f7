"""The channel of a statement: the medium apart from the voice, by name, by what it is called, or by both."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache

from sayso.coding.draft import ChannelDraft
from sayso.coding.names import PARTICLES
from sayso.coding.parsed import Doc, Token
from sayso.coding.ranges import MARKS, Range
from sayso.coding.tables import table

LONGEST = 5
"""Words of the longest name or noun."""
PLAIN = frozenset(("air", "airwaves", "programme", "program", "broadcast", "newscast", "channel", "agency", "page"))
"""Words that point back at a medium named before: "on the air", "the agency"."""
MESSAGES = frozenset(("message", "post", "statement", "text", "entry", "page", "account", "appeal", "tweet"))
LINKS = frozenset(("of", "the", "in", "on", "a", "an"))
SMALL = PARTICLES | {"of", "the"}
"""Small words inside a medium's name."""


@dataclass(frozen=True)
class _Table:
    names: dict[tuple[str, ...], str] = field(default_factory=dict)
    nouns: dict[tuple[str, ...], str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    """First words of names and nouns, so that most words of a text need no further look."""


@cache
def _table() -> _Table:
    data = table("channels")
    names: dict[tuple[str, ...], str] = {}
    nouns: dict[tuple[str, ...], str] = {}
    endings: dict[str, str] = {}
    for entry in data["channel"]:
        for name in entry.get("names", ()):
            names[tuple(_words(name))] = entry["kind"]
        for noun in entry.get("nouns", ()):
            nouns[tuple(_words(noun))] = entry["kind"]
        for ending in entry.get("endings", ()):
            endings[ending.split()[-1]] = entry["kind"]
    first = frozenset(words[0] for words in (*names, *nouns))
    return _Table(names, nouns, endings, frozenset(data["sources"]["nouns"].split()), first)


def _words(text: str) -> list[str]:
    """Words with hyphens apart: "Telegram-channel" and "Telegram channel" are the same."""
    return text.replace("-", " ").replace("’", "'").split()


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and word not in ("news", "its") else word


def is_source_noun(token: Token) -> bool:
    """Whether this noun may be cited as a source: "officials", "a report"."""
    return _singular(token.lower_) in _table().sources or token.lower_ in _table().sources


@dataclass(frozen=True)
class Medium:
    """A medium spoken of: its words, its name (None: only what it is called) and its kind."""

    range: Range
    kind: str
    name: Range | None

    def channel(self, doc: Doc) -> ChannelDraft:
        words = self.name or self.range
        return ChannelDraft(doc.span(*words).text, self.kind, words)


DOCUMENTS = ("document", "press release", "statement")
"""Kinds of media that somebody writes: the author speaks in them."""


def document_kind(token: Token) -> str | None:
    """The kind of writing that the noun names ("a letter", "a statement", "a post"), or None."""
    kind = _table().nouns.get((_singular(token.lower_),))
    if kind in DOCUMENTS:
        return kind
    return "document" if token.lower_ in MESSAGES else None


def media_in(doc: Doc, words: Range) -> list[Medium]:
    """All media spoken of in a range, in order; a noun and the name beside it are one."""
    found: list[Medium] = []
    at = words.start
    while at < words.end:
        medium = _at(doc, at, words.end)
        if medium is None:
            at += 1
            continue
        found.append(medium)
        at = max(medium.range.end, at + 1)
    return found


def _at(doc: Doc, start: int, end: int) -> Medium | None:
    noun = _longest(doc, start, end, nouns=True)
    name = _longest(doc, start, end, nouns=False)
    if noun is not None and (name is None or name[0].end <= noun[0].end):  # "Daily Nation" is more than a daily
        return _with_name(doc, *noun, end)
    if name is not None:
        return Medium(name[0], name[1], name[0])
    if doc[start].text == "agency":  # "the agency Vostok"; "agency" alone is an office
        behind = _name_after(doc, start + 1, end)
        return None if behind is None else Medium(Range(start, behind.end), "agency", behind)
    return _by_ending(doc, start, end)


def _longest(doc: Doc, start: int, end: int, *, nouns: bool) -> tuple[Range, str] | None:
    """The longest name or noun of the table that begins here; hyphen tokens are passed over."""
    if not _may_begin(doc[start].text, nouns):
        return None
    words: list[str] = []
    best: tuple[Range, str] | None = None
    source = _table().nouns if nouns else _table().names
    for place in range(start, min(end, start + LONGEST + 2)):
        token = doc[place]
        if token.is_space:
            break
        if token.text not in ("-", "–"):
            words += [_singular(w.lower()) if nouns else w for w in _words(token.text)]
        kind = source.get(tuple(words)) or (source.get(tuple(w.lower() for w in words)) if nouns else None)
        if kind is not None and words:
            best = Range(start, place + 1), kind
    return best


@lru_cache(maxsize=1 << 14)
def _may_begin(text: str, nouns: bool) -> bool:
    """Whether a name or noun of the table may begin with the token's text."""
    opening = _words(text)[:1]
    return not opening or (_singular(opening[0].lower()) if nouns else opening[0]) in _table().first


def _with_name(doc: Doc, noun: Range, kind: str, end: int) -> Medium:
    """A noun with the name after it ("TV channel Ves 9", "channel “X”") or before it ("the Kurier newspaper")."""
    name = _name_after(doc, noun.end, end)
    if name is not None:
        if noun.end - noun.start == 1 and doc[noun.start].lex.is_title and kind == "broadcaster":  # "Radio Karst"
            return Medium(Range(noun.start, name.end), kind, Range(noun.start, name.end))
        known = _table().names.get(tuple(_words(doc.span(*name).text)))
        return Medium(Range(noun.start, name.end), known if known and kind == "broadcaster" else kind, name)
    before = noun.start
    while before > 0 and before > noun.start - 4 and _may_precede(doc[before - 1], last=before == noun.start):
        before -= 1
    if before < noun.start and doc[before].lex.is_digit:
        before = noun.start
    if before < noun.start and doc[before].ent_type_ not in ("NORP", "PER", "GPE", "LOC"):
        return Medium(Range(before, noun.end), kind, Range(before, noun.start))
    return Medium(noun, kind, None)


GENERIC = frozenset("State National Public Local Government Official".split())
"""Words before "radio" or "newspaper" that tell whose or what sort it is, and are no name."""


def _may_precede(token: Token, *, last: bool) -> bool:
    if token.text in GENERIC:
        return False
    return (token.lex.is_digit and last) or (token.pos_ == "PROPN" and token.is_alpha and token.text[:1].isupper())


def _name_after(doc: Doc, start: int, end: int) -> Range | None:
    if start < end and doc[start].text in MARKS:
        for place in range(start + 1, min(end + 1, start + 9, len(doc))):
            if doc[place].text in MARKS:
                return Range(start + 1, place) if place > start + 1 else None
        return None
    place = start
    while place < end and place < start + 5 and _is_name_word(doc[place], first=place == start):
        place += 1
        if place + 1 < end and doc[place].text in SMALL and _is_name_word(doc[place + 1], first=True):
            place += 1  # "Prensa del Istmo"
    return Range(start, place) if place > start else None


def _is_name_word(token: Token, *, first: bool) -> bool:
    if token.lex.is_digit:
        return not first
    return token.text[:1].isupper() and token.is_alpha and token.pos_ not in ("PRON", "DET", "SCONJ")


def _by_ending(doc: Doc, start: int, end: int) -> Medium | None:
    """A run of capitalised words whose last is "TV", "Times", "Herald" …"""
    place = start
    while place < end and place < start + 5 and doc[place].text[:1].isupper() and doc[place].is_alpha:
        place += 1
        kind = _table().endings.get(doc[place - 1].text)
        more = place < min(end, start + 5) and doc[place].text[:1].isupper() and doc[place].is_alpha
        if kind is not None and place - start > 1 and not more:
            return Medium(Range(start, place), kind, Range(start, place))
    return None


def may_carry(doc: Doc, medium: Medium) -> bool:
    """Whether the medium stands where a channel may: after on, in, via, through, to, by …, or beside a verb of telling."""
    start = medium.range.start
    if medium.name is not None:
        start = min(start, medium.name.start)
    for place in range(start - 1, max(-1, start - 12), -1):
        token = doc[place]
        if token.lower_ in CARRIERS:
            return True
        if token.lower_ in ("told", "tell", "tells", "telling", "informed", "informs", "quoted", "cited", "reported"):
            return True
        if token.is_space or (token.pos_ in ("VERB", "AUX") and token.tag_ not in ("VBN", "VBG")):
            return False
    return False


CARRIERS = frozenset("on in via through to by with at from over".split())
