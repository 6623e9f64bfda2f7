"""Proper names: whether two are of one bearer, acronyms, and the gender that a first name or a noun shows."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from sayso.coding.tables import table

Gender = Literal["m", "f"]
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_SMALL = frozenset(("of", "the", "for", "and", "de", "in", "on", "la", "del", "&", "to", "a"))
PARTICLES = frozenset("al el bin ibn ben abu van von der den de da di del della dos du la le bint ap mac st".split())
"""Parts of surnames that stand before the last word."""


@lru_cache(maxsize=32_768)
def plain(name: str) -> str:
    """A name for comparison: lower case, no accents, hyphens as spaces, no "the", no possessive."""
    bare = _POSSESSIVE.sub("", name.strip().strip("“”\"'‘’()[]"))
    letters = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    words = re.sub(r"[\s\-–.,]+", " ", letters).strip().lower().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def surname(name: str) -> str:
    """The last word of a person's name, compared plain."""
    return plain(name).rpartition(" ")[2]


def given(name: str) -> str:
    """The first word of a person's name, compared plain; empty where there is only one."""
    words = plain(name).split()
    return words[0] if len(words) > 1 else ""


def same_person(one: str, other: str) -> bool:
    """Whether two names may be of one person: one is a part of the other, in order, initials allowed.

    >>> same_person("Kassym-Jomart Tokayev", "Tokayev"), same_person("Ana Silva", "Rui Silva")
    (True, False)
    """
    long, short = sorted((plain(one).split(), plain(other).split()), key=len, reverse=True)
    if not short or not long:
        return False
    if len(short) == 1:
        return len(short[0]) > 1 and short[0] in long and short[0] not in PARTICLES
    if long[: len(short)] == short:
        return True
    if _begins(long[-1], short[-1]) is False:
        return False
    at = 0
    for word in short:
        while at < len(long) and not _begins(long[at], word):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _begins(full: str, short: str) -> bool:
    return full == short or (len(short) == 1 and full.startswith(short)) or (len(full) == 1 and short.startswith(full))


def acronyms(name: str) -> frozenset[str]:
    """The acronyms that a name of several words may have: from its capitals, with and without the small words."""
    words = [w for w in re.split(r"[\s\-–/]+", name) if w and w[0].isalpha()]
    if len(words) < 2:
        return frozenset()
    capitals = [w for w in words if w[0].isupper() and w.lower() not in _SMALL]
    found = {"".join(w[0] for w in capitals), "".join(w[0] for w in words if w.lower() != "the")}
    return frozenset(f.upper() for f in found if len(f) > 1)


def is_acronym(name: str) -> bool:
    """Capitals only, two to seven of them: "PUH", "U.N."."""
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isupper() and 2 <= len(letters) <= 7


def same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body: alike, or one the other's acronym."""
    a, b = plain(one), plain(other)
    if a == b:
        return True
    if is_acronym(one) != is_acronym(other):
        short, long = (one, other) if is_acronym(one) else (other, one)
        return short.replace(".", "") in acronyms(long)
    return False


@cache
def _gendered() -> dict[str, Gender]:
    data = table("groups")["gender"]
    found: dict[str, Gender] = {plain(word): "f" for word in (*data["female"], *data["female_names"])}
    found.update({plain(word): "m" for word in (*data["male"], *data["male_names"])})
    return found


def gender(words: list[str]) -> Gender | None:
    """The gender that a noun or a first name among the words shows; the last noun or first name decides."""
    known = _gendered()
    for word in words:
        found = known.get(plain(word))
        if found is not None:
            return found
    return None
