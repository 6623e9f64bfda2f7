"""As what a token may be looked up in the lexicon: kinds of pattern, and lemmas.

The language model's lemma comes first. Regular and irregular forms stand in where it does not know a word, and
parts of a hyphened word are put together again ("sit-in", "tear-gassed").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sayso.coding.grammar import children
from sayso.coding.lexicon import Kind, LexiconTables
from sayso.coding.parsed import Token

HYPHENS = frozenset(("-", "‐", "‑"))
REMEMBERED = 1 << 14
"""Different words of which it is remembered what they may be forms of."""
MOST_PARTS = 2
"""Parts before the last one of a hyphened word."""


def readings(token: Token, tables: LexiconTables) -> Iterator[tuple[Kind, str]]:
    """Kind and lemma of each listed trigger that the token may be, likeliest first."""
    joined = hyphened(token)
    if not joined and not _may_be_listed(token, tables):
        return
    for kind, word in _candidates(token, tables, bool(joined)):
        for before in joined:
            if tables.of(kind, before + word):
                yield kind, before + word
        if tables.of(kind, word):
            yield kind, word


def _may_be_listed(token: Token, tables: LexiconTables) -> bool:
    """Whether anything that the word may be a form of is listed; most words are looked at no further."""
    form, listed = token.lower_, tables.listed
    return (
        form in listed
        or token.base in listed
        or tables.irregular.get(form) in listed
        or not listed.isdisjoint(stems(form))
        or not listed.isdisjoint(singulars(form))
    )


def _candidates(token: Token, tables: LexiconTables, joined: bool) -> Iterator[tuple[Kind, str]]:
    """`joined`: whether it is the last part of a hyphened word."""
    tag, pos = token.tag_, token.pos_
    gerund = token.lower_.endswith("ing")
    if pos in ("VERB", "AUX"):
        if gerund and token.relation in ("nsubj", "obj", "obl", "nmod") and not children(token, "obj"):
            yield "noun", token.lower_
        yield from (("verb", word) for word in verb_lemmas(token, tables))
        if tag in ("VBN", "VBG"):
            yield "adjective", token.lower_
    elif pos in ("NOUN", "PROPN") or joined:
        if children(token, "obj") or (children(token, "nsubj") and not children(token, "cop", "det", "case")):
            yield from (("verb", word) for word in verb_lemmas(token, tables))
        yield from (("noun", word) for word in noun_lemmas(token.base, token.lower_))
        if gerund and token.relation != "compound":
            yield from (("verb", word) for word in stems(token.lower_))
        if pos not in ("NOUN", "PROPN"):
            yield from (("verb", word) for word in verb_lemmas(token, tables))
    elif pos == "ADJ":
        yield "adjective", token.base
        if tag in ("VBN", "VBG") or token.lower_.endswith(("ed", "ing")):
            yield from (("verb", word) for word in verb_lemmas(token, tables))


def verb_lemmas(token: Token, tables: LexiconTables) -> tuple[str, ...]:
    """The verb's lemma, then what its form may come from."""
    irregular = tables.irregular.get(token.lower_)
    bare = token.lower_ if token.tag_ in ("VB", "VBP") else ""  # "will lay", which taggers take for a form of "lie"
    return _once((irregular or "", token.base, bare, *stems(token.lower_)))


@lru_cache(maxsize=REMEMBERED)
def noun_lemmas(lemma: str, form: str) -> tuple[str, ...]:
    """The noun's lemma, then what its form may come from."""
    return _once((lemma, form, *singulars(form)))


@lru_cache(maxsize=REMEMBERED)
def stems(word: str) -> tuple[str, ...]:
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
            doubled = ending in ("ing", "ed") and base[-1] == base[-2]
            return (*(base + letter for letter in more), *((base[:-1],) if doubled else ()))
    return ()


@lru_cache(maxsize=REMEMBERED)
def singulars(word: str) -> tuple[str, ...]:
    """Nouns that a plural may be of."""
    if word.endswith("ies") and len(word) > 4:
        return (word[:-3] + "y",)
    if word.endswith("men"):
        return (word[:-3] + "man",)
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return (word[:-1], word[:-2]) if word.endswith("es") else (word[:-1],)
    return ()


def hyphened(token: Token) -> list[str]:
    """What stands before the token in hyphened words that end in it, hyphens and all, the longest first."""
    doc, found, at, word = token.doc, list[str](), token.i, ""
    if at < 2 or doc[at - 1].text not in HYPHENS:
        return found
    for _ in range(MOST_PARTS):
        if at < 2 or doc[at - 1].text not in HYPHENS or doc[at - 1].whitespace_ or doc[at - 2].whitespace_:
            break
        at -= 2
        word = f"{doc[at].lower_}-{word}"
        found.append(word)
    return found[::-1]


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
