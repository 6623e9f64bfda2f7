"""How place names are made comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a",
        "ħ": "h", "ŋ": "n", "ĸ": "k", "ŧ": "t", "ɵ": "o",
    }
)  # fmt: skip
_DROPPED = re.compile(r"['’‘ʼʻʿʾ`´ʹʺ.\u200b-\u200f\u2060\ufeff]+")
_SPACES = re.compile(r"[\s\-‐‑‒–—_/,]+")
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "&": "and"}


@lru_cache(maxsize=65536)
def normal(name: str) -> str:
    """A name without case, accents, hyphens, apostrophes and full stops; "St." is "saint", "Mt." is "mount".

    Names in scripts without case come back as they are, with marks composed. `normal(normal(x)) == normal(x)`.
    """
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = _SPACES.sub(" ", _DROPPED.sub("", text)).strip()
    text = " ".join(_WORDS.get(word, word) for word in text.split(" "))
    return text if text.isascii() else unicodedata.normalize("NFC", text)
