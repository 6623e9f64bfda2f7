"""Whether a text is English, and if not which language it looks like. Cheap: a sample, scripts and function words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files

SAMPLE = 20_000
"""Code points that are looked at."""
FEWEST = 20
"""Letters from which the share of each script says something."""
ENOUGH = 400
"""Letters from which the absence of English function words says something: headlines and single sentences lack them too."""
SOME = 60
"""Letters from which the function words of another language say something."""
OTHER_SHARE = 0.2
ENGLISH_SHARE = 0.12
"""English prose has 0.25 to 0.40 of these words, tables of names and capitals-only telegrams 0.15; other languages
of Latin script stay below 0.05 (they share only odd words such as Dutch "had" or German "war")."""
FOREIGN_SHARE = 0.03

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def english(text: str) -> bool | None:
    """True where the text is English, False where it clearly is not, None where there is too little to tell."""
    letters, latin = _letters(text[:SAMPLE])
    if _is_of_other_script(letters, latin):
        return False
    words = _words(text)
    if not words:
        return None
    share = _share(words, "en")
    if share >= ENGLISH_SHARE and len(words) >= 4:
        return True
    if letters > SOME and _best_other(words)[0] >= max(OTHER_SHARE, 3 * share):
        return False
    return False if letters > ENOUGH and share < FOREIGN_SHARE else None


def guess(text: str) -> str | None:
    """The BCP 47 tag of the language that the text looks like, or None. For error messages and metadata, not for coding."""
    if english(text):
        return "en"
    letters, latin = _letters(text[:SAMPLE])
    if _is_of_other_script(letters, latin):
        return _by_script(text[:SAMPLE])
    if letters <= SOME:  # "a" alone would make Czech of a headline
        return None
    share, tag = _best_other(_words(text))
    return tag if share >= ENGLISH_SHARE else None


def _is_of_other_script(letters: int, latin: int) -> bool:
    """Most of them are not Latin; of few, which may be a name or two, all of them."""
    return latin < 0.5 * letters if letters >= FEWEST else latin == 0 < letters


def _letters(text: str) -> tuple[int, int]:
    """How many letters, and how many of them Latin."""
    letters = {c: count for c, count in Counter(text).items() if c.isalpha()}
    latin = sum(count for c, count in letters.items() if c < "\u0250" or "\u1e00" <= c <= "\u1eff")
    return sum(letters.values()), latin


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text[:SAMPLE].lower())]


def _share(words: list[str], tag: str) -> float:
    known = _function_words()[tag]
    return sum(word in known for word in words) / len(words) if words else 0.0


def _best_other(words: list[str]) -> tuple[float, str]:
    """The language of Latin script, English aside, whose function words are most frequent here."""
    return max((_share(words, tag), tag) for tag in _function_words() if tag != "en")


def _by_script(text: str) -> str | None:
    scripts = Counter(unicodedata.name(c, " ").split()[0] for c in text if c.isalpha() and c > "\u024f")
    if not scripts:
        return None
    script = min(scripts, key=lambda name: (-scripts[name], name))
    if script == "CYRILLIC":
        return _cyrillic(text.lower())
    if script == "ARABIC":
        return "fa" if any(c in text for c in "پچگژ") else "ar"
    if script == "CJK" and ("HIRAGANA" in scripts or "KATAKANA" in scripts):
        return "ja"
    return _scripts().get(script)


def _cyrillic(text: str) -> str | None:
    for tag, letters in (("kk", "әғқңөұүһ"), ("be", "ў"), ("uk", "їєґ"), ("sr", "ђћџљњ"), ("mk", "ѓќѕ")):
        if any(letter in text for letter in letters):
            return tag
    return "ru" if any(letter in text for letter in "ыэё") else "bg" if "ъ" in text else "ru"


@cache
def _data() -> dict[str, dict[str, str]]:
    source = files("sayso.reading").joinpath("languages.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {tag: frozenset(words.split()) for tag, words in _data()["function_words"].items()}


def _scripts() -> dict[str, str]:
    return _data()["scripts"]
