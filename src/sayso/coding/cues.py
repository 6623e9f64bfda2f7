"""Words that hand the floor to somebody: the cues of `lexicon/cues.toml`, found by their written forms.

Cues are matched by form, not by lemma, so that a lemmatiser's slip costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sayso.coding.parsed import Token
from sayso.coding.tables import table
from sayso.errors import LexiconError

VOWELS = "aeiou"
SHORT = re.compile(r"(?:[^aeiou]|qu)[aeiou][bdgklmnprt]$")
"""Verbs that may double their last consonant: "blogged"; the form that nobody writes does no harm."""
KINDS = ("verb", "noun", "adverb")


@dataclass(frozen=True)
class Cue:
    """One entry of the lexicon; `frames` in the order in which they are tried."""

    word: str
    kind: str
    act: str
    frames: tuple[tuple[str, ...], ...]
    hearer: bool = False
    weak: bool = False
    example: str = ""
    deed: str = ""
    """Of which objects the verb is a deed, no saying: `any`, `people`, `given` (with an indirect object), or none."""

    @property
    def speaks(self) -> bool:
        """Whether it may introduce a quotation or stand beside what is said."""
        return self.kind == "verb" and (("that",) in self.frames or ("quote",) in self.frames)


class Found(NamedTuple):
    """A cue at a token; `end` is after the last word of its form ("pointed out")."""

    cue: Cue
    end: int


Index = dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]
"""First word of a form → the words that must follow, and the cue."""


def verb_forms(word: str) -> tuple[str, ...]:
    """Present, past and participles of a regular verb: `deny` → denies, denied, denying."""
    if word.endswith("e"):
        return f"{word}s", f"{word}d", f"{word[:-1]}ing"
    if word.endswith("y") and word[-2] not in VOWELS:
        return f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"
    ending = "es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s"
    doubled = f"{word}{word[-1]}"
    twice = (f"{doubled}ed", f"{doubled}ing") if SHORT.search(word) else ()
    return f"{word}{ending}", f"{word}ed", f"{word}ing", *twice


def noun_forms(word: str) -> tuple[str, ...]:
    if word.endswith("y") and word[-2] not in VOWELS:
        return (f"{word[:-1]}ies",)
    return (f"{word}{'es' if word.endswith(('s', 'sh', 'ch', 'x')) else 's'}",)


def forms(entry: dict[str, Any], kind: str) -> Iterator[tuple[str, ...]]:
    """All written forms of an entry, each as its words."""
    first, *rest = str(entry["word"]).split()
    regular = verb_forms(first) if kind == "verb" else noun_forms(first) if kind == "noun" else ()
    for form in dict.fromkeys((first, *regular)):
        yield form, *rest
    for form in entry.get("forms", ()):
        words = tuple(form.split())
        yield words if len(words) > 1 or not rest else (*words, *rest)


def _cue(entry: dict[str, Any], kind: str) -> Cue:
    unknown = set(entry) - {"word", "forms", "act", "frames", "hearer", "weak", "deed", "example"}
    if unknown or "word" not in entry or "act" not in entry or not entry.get("example"):
        raise LexiconError(f"cues.toml: {kind} {entry.get('word')!r}: unknown or missing keys {sorted(unknown)}")
    frames = tuple(tuple(frame.split()) for frame in entry.get("frames", ()))
    return Cue(
        entry["word"],
        kind,
        entry["act"],
        frames,
        entry.get("hearer", False),
        entry.get("weak", False),
        entry["example"],
        entry.get("deed", ""),
    )


@cache
def cues(kind: str) -> tuple[Cue, ...]:
    """All cues of one kind: verb, noun or adverb."""
    return tuple(_cue(entry, kind) for entry in table("cues").get(kind, ()))


@cache
def index(kind: str) -> Index:
    found: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for entry, cue in zip(table("cues").get(kind, ()), cues(kind), strict=True):
        for first, *rest in forms(entry, kind):
            found.setdefault(first, []).append((tuple(rest), cue))
    return {first: tuple(sorted(several, key=lambda one: -len(one[0]))) for first, several in found.items()}


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")


def at(token: Token, kind: str) -> list[Found]:
    """The cues of this kind that begin at the token, longest form first."""
    found = []
    for rest, cue in index(kind).get(token.lower_, ()):
        end = token.i + 1 + len(rest)
        if end <= len(token.doc) and all(token.doc[token.i + 1 + n].lower_ == word for n, word in enumerate(rest)):
            found.append(Found(cue, end))
    return found


def act_of(token: Token) -> str | None:
    """What is done by this word, whatever its frame; None where it is no cue."""
    for kind in ("verb", "noun") if is_verb(token) else ("noun", "verb", "adverb"):
        for found in at(token, kind):
            return found.cue.act
    return None
