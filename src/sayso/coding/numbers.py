"""Numbers in words and digits: "twenty-one", "1,200", "12 000", "1,2 million", "3.5m", "half a million"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sayso.coding.tables import table
from sayso.coding.words import Word

DASHES = frozenset("-‐‑–")
_LIMIT = 10
"""Words looked at for one number; English needs no more for a number a report would write out."""


class Number(NamedTuple):
    """A number that stands in words[start:end] of the list it was read from."""

    value: float
    end: int
    digits: bool
    """Written in digits, at least in its first part."""


@cache
def _lexicon() -> dict[str, dict[str, float]]:
    data = table("numbers")
    return {name: data[name] for name in ("units", "tens", "scales", "suffixes", "ordinals")}


@cache
def openings() -> frozenset[str]:
    """Words in letters with which a number may begin."""
    lexicon = _lexicon()
    return frozenset((*lexicon["units"], *lexicon["tens"], *lexicon["scales"], "a", "an", "and", "half"))


@cache
def ordinals() -> frozenset[str]:
    """Ordinals in letters."""
    return frozenset(_lexicon()["ordinals"])


def plain(text: str) -> float | None:
    """The value of digits with separators, None for anything else. "1,200" is 1200, "1,2" is 1.2."""
    if not re.fullmatch(r"\d+(?:,\d{3})*(?:\.\d+)?|\d+,\d{1,2}", text):
        return None
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(text.replace(",", "")[:30])


def ordinal(word: Word) -> int | None:
    """The value of "5th" or "fifth", else None."""
    if word.kind == "ordinal":
        return int(word.text[:-2])
    value = _lexicon()["ordinals"].get(word.lower)
    return int(value) if value is not None else None


def read(words: Sequence[Word], at: int) -> Number | None:
    """The longest number that begins at words[at], None where none does.

    A lone "a" is no number, "a hundred" and "half a million" are.
    """
    if at >= len(words):
        return None
    first = words[at]
    if first.kind == "number":
        return _digits(words, at)
    if first.kind != "word" or first.lower not in openings():
        return None
    return _half(words, at) or _spelled(words, at)


def _lower(words: Sequence[Word], at: int) -> str:
    return words[at].lower if at < len(words) else ""


def _digits(words: Sequence[Word], at: int) -> Number | None:
    value = plain(words[at].text)
    if value is None:
        return None
    end = at + 1
    # Thousands divided by spaces: 12 000
    while (
        re.fullmatch(r"\d{1,3}", words[at].text)
        and end < len(words)
        and re.fullmatch(r"000|\d00", words[end].text)
        and words[end].start == words[end - 1].end + 1
        and words[at].text[0] != "0"
    ):
        value = value * 1000 + float(words[end].text)
        end += 1
    following = _lower(words, end)
    close = end < len(words) and words[end].start == words[end - 1].end
    if following in _lexicon()["suffixes"] and (close or following not in ("m", "k")):
        return Number(value * _lexicon()["suffixes"][following], end + 1, True)
    return _scaled(words, Number(value, end, True))


def _scaled(words: Sequence[Word], number: Number) -> Number:
    """The number with the scale words after it, "million" or "hundred thousand"."""
    value, end, digits = number
    while _lower(words, end) in _lexicon()["scales"] and end < len(words):
        value *= _lexicon()["scales"][_lower(words, end)]
        end += 1
    return Number(value, end, digits)


def _half(words: Sequence[Word], at: int) -> Number | None:
    """ "half a million", "half a dozen" """
    scales = _lexicon()["scales"]
    if _lower(words, at) == "half" and _lower(words, at + 1) in ("a", "an") and _lower(words, at + 2) in scales:
        return Number(scales[_lower(words, at + 2)] / 2, at + 3, False)
    return None


def _spelled(words: Sequence[Word], at: int) -> Number | None:
    units, tens, scales = (_lexicon()[name] for name in ("units", "tens", "scales"))
    total = 0.0
    current: float | None = None
    end = at
    place = at
    while place < min(len(words), at + _LIMIT):
        word = _lower(words, place)
        joined = words[place].text in DASHES and current is not None and _lower(words, place - 1) in tens
        if word in units and (
            current is None
            or current % 100 == 0
            or (current % 10 == 0 and current % 100 >= 20 > units[word] and units[word] < 10)
        ):
            current = (current or 0.0) + units[word]
        elif word in tens and (current is None or current % 100 == 0):
            current = (current or 0.0) + tens[word]
        elif word in ("a", "an") and current is None and total == 0 and _lower(words, place + 1) in scales:
            current = 1.0
        elif word in scales and (current is not None or place == at):
            if current is None:
                return None
            if word in ("hundred", "dozen"):
                current *= scales[word]
            else:
                total += current * scales[word]
                current = 0.0 if scales[word] >= 1000 else None
        elif joined and _lower(words, place + 1) in units:
            place += 1
            continue
        elif word == "and" and _is_half(words, place):
            current, place, end = (current or 0.0) + 0.5, place + 3, place + 3
            continue
        elif (
            word == "and"
            and current is not None
            and _lower(words, place - 1) in scales
            and _continues(words, place + 1)
        ):
            place += 1
            continue
        else:
            break
        place += 1
        end = place
    if end == at:
        return None
    return Number(total + (current or 0.0), end, False)


def _is_half(words: Sequence[Word], at: int) -> bool:
    return (
        _lower(words, at + 1) == "a"
        and _lower(words, at + 2) == "half"
        and _lower(words, at + 3) in _lexicon()["scales"]
    )


def _continues(words: Sequence[Word], at: int) -> bool:
    """Whether what follows "and" belongs to the number: "a hundred and five", not "a hundred and five thousand"."""
    return _lower(words, at) in _lexicon()["units"] or _lower(words, at) in _lexicon()["tens"]
