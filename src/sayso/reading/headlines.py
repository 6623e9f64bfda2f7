"""What a line looks like: a headline, a sentence, a caption. Judged by shape and a word list, without a parser."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from sayso.reading.furniture import without_symbols

LOOK = 2000
"""Code points of a paragraph that are looked at."""
LONGEST_HEADLINE = 30
"""Words. Headlines of English papers rarely pass twenty; those of some agencies run to thirty."""
LONGEST_LONE = 14
SENTENCE_WORDS = 5
CUT_OFF = 40
"""A paragraph of more words is prose even where its last stop is missing."""

_FINAL = re.compile(r"[.!?…][\"'”’»)\]*]*\s*,?$|[.!?…]\[\d+\]$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){1,4}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|No|vs|etc|corr)\.$")
_NEXT_SENTENCE = re.compile(
    r"(?<!\b[A-Za-z])(?<!\b(?:Dr|Mr|Ms|St|Lt|Mt|Ft|vs|No))(?<!\b(?:Mrs|Gen|Gov|Sen|Rep|Col|Sgt))[.!?] +[^\W\d_a-z]\w+ "
)
"""A stop inside a line behind which a sentence begins; that of "U.S." or "v." is none."""
_CREDIT = re.compile(
    r"(?:[(\[|/]|\s|[.!?…])\W{0,3}(?:file )?(?:photo|image|picture|pic|credit|photograph|illustration|courtesy|source)s?"
    r"(?: (?:credit|source|courtesy))?(?:\s?[:/|]| (?:by|courtesy of|via) (?-i:[A-Z]))[^!?]{1,50}$"
    r"|[(\[](?:[^()\[\]]{0,50}[/ ])?(?:reuters|ap|afp|epa|getty images|ap photo|file|file photo|handout|archive|xinhua|tass)"
    r"(?:[/ ][^()\[\]]{0,50})?[)\]]\.?$",
    re.IGNORECASE,
)
_CAPTION_START = re.compile(
    r"(?:image caption|caption|pictured|file photo|in this (?:file |handout |undated )?(?:photo|image|picture|frame)|(?:a )?(?:general |aerial )?view of|"
    r"(?:photo|image|video|picture|map|screenshot|footage|still|illustration|graphic|poster)s?(?: shows?| showing| of| from)?\b)",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|am|has|have|had|did|does)\b", re.IGNORECASE)
_SMALL = frozenset(
    "a an and as at but by for from in into is it its of off on or over s the to up via vs with after amid".split()
)


def is_sentence(line: str) -> bool:
    """Whether a paragraph reads as prose: it ends with a stop, or is too long for anything else."""
    words = count_words(line)
    return words > CUT_OFF or (words >= SENTENCE_WORDS and ends(line))


def is_prose(line: str) -> bool:
    """Whether it is a sentence, or a long line that breaks off in one (before a list, or a quotation set apart)."""
    return is_sentence(line) or (count_words(line) > 12 and line.endswith((",", ";", ":", "—", "–")))


def ends(line: str) -> bool:
    """Whether the line ends as a sentence ends; an abbreviation's point alone is no end in a short line."""
    tail = line[-60:].rstrip()
    return _FINAL.search(tail) is not None and not (_ABBREVIATED.search(tail) and count_words(line) < 8)


def count_words(line: str) -> int:
    return line.count(" ") + 1


def is_headline(line: str) -> bool:
    """Whether the line could be a headline: short, without a final stop, begun with a capital or a figure."""
    first = without_symbols(line).lstrip("\"'“‘«‹„([")[:1]
    return (
        2 <= count_words(line) <= LONGEST_HEADLINE
        and not first.islower()
        and first.isalnum()
        and not line.rstrip().endswith((".", ",", ";", ":", "…"))
        and not _NEXT_SENTENCE.search(line[:LOOK])
    )


def is_lone_headline(line: str) -> bool:
    """Whether a line that is the whole text is a headline, not a sentence whose stop is missing: headlines are short
    and leave auxiliaries out ("Oruro police arrest ten")."""
    return 4 <= count_words(line) <= LONGEST_LONE and is_headline(line) and not _AUXILIARY.search(line)


def is_title_case(line: str) -> bool:
    """Whether most of its words, small ones aside, begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line[:LOOK]) if word.lower() not in _SMALL]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def has_finite_verb(line: str) -> bool:
    """Whether a short line holds a finite verb, as far as a word list and endings tell (no parser here)."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", line[:LOOK].lower().replace("’", "'"))
    finite = _finite()
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in finite or word.endswith(("n't", "'ll", "'re", "'ve")):
            return True
        if (
            at
            and word.endswith("ed")
            and len(word) > 4
            and after not in ("by", "in", "at", "near", "during", "on", "from", "outside", "")
        ):
            return True
    return False


def is_credited(line: str) -> bool:
    """Whether a short paragraph ends with a picture credit: "The square on Monday. Photo: Jane Roe"."""
    return count_words(line) <= 60 and _CREDIT.search(line[-120:]) is not None


def is_caption(line: str) -> bool:
    """Whether a line standing alone between paragraphs reads as a caption: a noun phrase, or words with a picture credit."""
    if is_credited(line) or (_CAPTION_START.match(line) and count_words(line) <= 40):
        return True
    return 2 <= count_words(line) <= 25 and not ends(line) and not has_finite_verb(line)


@cache
def _finite() -> frozenset[str]:
    source = files("sayso.reading").joinpath("finite_verbs.toml")
    lists: dict[str, list[str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(word for words in lists.values() for word in words)
