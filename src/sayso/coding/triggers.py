"""As what a token may be looked up in the lexicon: kinds of pattern, and lemmas.

The language model's lemma comes first. Regular and irregular forms stand in where it does not know a word, and
parts of a hyphened word are put together again ("sit-in", "tear-gassed").
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding.grammar import children, lemma, relation
from sayso.coding.lexicon import Kind, LexiconTables
from sayso.coding.parsed import Token

HYPHENS = frozenset(("-", "‐", "‑"))
MOST_PARTS = 2
"""Parts before the last one of a hyphened word."""


def readings(token: Token, tables: LexiconTables) -> Iterator[tuple[Kind, str]]:
    """Kind and lemma of each listed trigger that the token may be, likeliest first."""
    for kind, word in _candidates(token, tables):
        for name in (*hyphened(token, word), word):
            if tables.of(kind, name):
                yield kind, name


def _candidates(token: Token, tables: LexiconTables) -> Iterator[tuple[Kind, str]]:
    tag, pos = token.tag_, token.pos_
    gerund = token.lower_.endswith("ing")
    if pos in ("VERB", "AUX"):
        if gerund and relation(token) in ("nsubj", "obj", "obl", "nmod") and not children(token, "obj"):
            yield "noun", token.lower_
        yield from (("verb", word) for word in verb_lemmas(token, tables))
        if tag in ("VBN", "VBG"):
            yield "adjective", token.lower_
    elif pos in ("NOUN", "PROPN") or hyphened(token, ""):
        if children(token, "obj") or (children(token, "nsubj") and not children(token, "cop", "det", "case")):
            yield from (("verb", word) for word in verb_lemmas(token, tables))
        yield from (("noun", word) for word in noun_lemmas(token))
        if gerund and relation(token) != "compound":
            yield from (("verb", word) for word in stems(token.lower_))
        if pos not in ("NOUN", "PROPN"):
            yield from (("verb", word) for word in verb_lemmas(token, tables))
    elif pos == "ADJ":
        yield "adjective", lemma(token)
        if tag in ("VBN", "VBG") or token.lower_.endswith(("ed", "ing")):
            yield from (("verb", word) for word in verb_lemmas(token, tables))


def verb_lemmas(token: Token, tables: LexiconTables) -> list[str]:
    """The verb's lemma, then what its form may come from."""
    irregular = tables.irregular.get(token.lower_)
    bare = [token.lower_] if token.tag_ in ("VB", "VBP") else []  # "will lay", which taggers take for a form of "lie"
    return _once([*([irregular] if irregular else []), lemma(token), *bare, *stems(token.lower_)])


def noun_lemmas(token: Token) -> list[str]:
    return _once([lemma(token), token.lower_, *singulars(token.lower_)])


def stems(word: str) -> list[str]:
    """Verbs that a regular form may come from: "stabbing" → stab; "looted" → loot; "accuses" → accuse."""
    for ending, more in (
        ("ing", ("", "e")),
        ("ied", ("y",)),
        ("ed", ("", "e")),
        ("ies", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            base = word[: -len(ending)]
            found = [base + letter for letter in more]
            if ending in ("ing", "ed") and base[-1] == base[-2]:
                found.append(base[:-1])
            return found
    return []


def singulars(word: str) -> list[str]:
    """Nouns that a plural may be of."""
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y"]
    if word.endswith("men"):
        return [word[:-3] + "man"]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
    return []


def hyphened(token: Token, last: str) -> list[str]:
    """The hyphened words that end in the token, longest first, with `last` as their last part."""
    doc, found, at, word = token.doc, [], token.i, last
    for _ in range(MOST_PARTS):
        if at < 2 or doc[at - 1].text not in HYPHENS or doc[at - 1].whitespace_ or doc[at - 2].whitespace_:
            break
        at -= 2
        word = f"{doc[at].lower_}-{word}"
        found.append(word)
    return found[::-1]


def _once(words: list[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))
