"""The words of `lexicon/scopes.toml`, with the classes spelled out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.coding.lexicon import lexicon
from sayso.coding.tables import table

Words = frozenset[str]


@dataclass(frozen=True)
class ScopeWords:
    """`scopes.toml`, with the classes spelled out."""

    unable: Words
    unhurt: Words
    figurative: Words
    violence: Words
    nouns_only: Words
    wheel: Words
    certain: Words
    unexplained: Words
    harmed: Words
    hands: Words
    proof: Words
    mishap: Words
    mishap_share: float
    measures: Words
    works: Words
    wide: Words
    tell: Words
    players: Words
    procedure: dict[str, Words]
    laws: Words
    anyone: Words
    counts: Words
    speak: Words
    traders: Words
    marchers: Words
    weak: dict[str, Words]
    strong_modes: frozenset[str]
    signs: dict[str, Words]


@cache
def scope_words() -> ScopeWords:
    """The words of the scopes. Raises LexiconError where the file is missing or no TOML."""
    given, tables = table("scopes"), lexicon()

    def spelled(words: Iterable[str]) -> Words:
        found: set[str] = set()
        for word in words:
            found |= tables.classes[word[1:]] if word.startswith("@") else {word}
        return frozenset(found)

    mishap, story, general = given["mishap"], given["story"], given["general"]
    names = (
        "unable",
        "unhurt",
        "figurative",
        "nouns_only",
        "wheel",
        "certain",
        "unexplained",
        "harmed",
        "hands",
        "proof",
    )
    return ScopeWords(
        **{name: spelled(given[name]) for name in names},
        violence=(spelled(given["violence"]) | tables.light.violence) - spelled(given["mild"]),
        mishap=spelled(mishap["words"]) - spelled(mishap["everyday"]),
        mishap_share=float(mishap["article"]),
        measures=spelled(mishap["measures"]),
        works=spelled(story["works"]),
        wide=spelled(story["works_too_wide"]),
        tell=spelled(story["tell"]),
        players=spelled(story["players"]),
        procedure={word: spelled(beside) for word, beside in sorted(given["procedure"].items())},
        laws=spelled(general["laws"]),
        anyone=spelled(general["anyone"]),
        counts=spelled(general["counts"]),
        speak=spelled(general["speak"]),
        marchers=spelled(given["weak"]["marchers"]),
        traders=spelled(given["weak"]["traders"]),
        strong_modes=frozenset(given["weak"]["strong_modes"]),
        weak={name: spelled(words) for name, words in sorted(given["weak"].items()) if name.isupper()},
        signs={name: spelled(words) - spelled(given["mild"]) for name, words in sorted(given["signs"].items())},
    )
