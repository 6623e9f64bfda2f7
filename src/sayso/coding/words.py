"""The text as words, numbers and marks, finer than the parser's tokens.

Dates and numbers need other cuts than syntax does: "mid-September", "2022-01-05", "36-40". `lex` gives those
pieces with their code points; the caller maps them back to tokens.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MERIDIEM = r"(?i:(?<![^\W\d])[ap]\.\ ?m\.?|(?<=\d)[ap]m(?!\w)|(?<=\d\ )[ap]m(?!\w))"
# Words first and white space not at all: nearly every match is one, and the other rules take long to say no.
_LEX = re.compile(
    rf"""
    (?=\S|\n)(?:
      (?P<word>(?:(?![apAP][.mM])|(?!{_MERIDIEM}))[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)
    | (?P<break>\n[^\S\n]*\n\s*)
    | (?P<iso>(?<![\w-])\d{{4}}-\d{{2}}-\d{{2}}(?:[T\ ]\d{{2}}:\d{{2}}(?::\d{{2}})?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?(?![\w-]))
    | (?P<slashed>(?<![\w/.])\d{{1,2}}(?:/\d{{1,2}}/(?:\d{{4}}|\d{{2}})|\.\d{{1,2}}\.\d{{4}}|-\d{{1,2}}-\d{{4}})(?![\w/]))
    | (?P<clock>(?<![\w:])\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?![\d:]))
    | (?P<decade>(?<!\w)['’]?\d{{2,4}}['’]?s(?!\w))
    | (?P<ordinal>(?<!\w)\d{{1,3}}(?:st|nd|rd|th)(?!\w))
    | (?P<meridiem>{_MERIDIEM})
    | (?P<number>\d+(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?)
    | (?P<mark>\S)
    )""",
    re.VERBOSE,
)


class Word(NamedTuple):
    """A piece of text: code points [start, end), its kind (the name of the lexer's rule)."""

    text: str
    start: int
    end: int
    kind: str
    lower: str
    """In lower case, with a straight apostrophe."""


def lex(text: str) -> list[Word]:
    """The words of the text in order; an empty line is one word of kind `break`. Linear in the text."""
    return [
        Word(word := m.group(), *m.span(), m.lastgroup or "mark", word.lower().replace("’", "'"))
        for m in _LEX.finditer(text)
    ]
