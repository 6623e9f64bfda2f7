"""Words of an article in the sentence in which they stand, with the way to them."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote as quoted

from sayso.exports.tellings import outlet
from sayso.exports.view import View, plain, shorten
from sayso.records import Span

REACH = 320
"""Most code points shown on either side of the words."""
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*(\w))|[\r\n\u2028\u2029]+")
_SHORT = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Maj|Capt|Gov|Sen|Rep|Prof|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
"""After these a full stop ends no sentence."""


class Quote(NamedTuple):
    """The words, and the rest of their sentence on either side."""

    before: str
    words: str
    after: str


class Passage(NamedTuple):
    """Words of an article, who says them, and where to read on."""

    quote: Quote
    speaker: str
    title: str
    outlet: str
    published: str
    address: str


def around(text: str, span: Span) -> Quote:
    """The words within their sentence, on one line; a long sentence is cut. A comma or dash they begin with is before them."""
    start, end = max(0, span.start), min(len(text), max(span.end, span.start))
    words = text[start:end]
    start += len(words) - len(words.lstrip(" ,;:–—") or words)
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    first, last = low, high
    for match in _ENDS.finditer(text, low, start):
        if _is_end(text, match):
            first = match.end()
    for match in _ENDS.finditer(text, max(start, end - 2), high):  # the words may end where their sentence ends
        if match.end() >= end and _is_end(text, match):
            last = match.end()
            break
    before, after = _line(text[first:start]).lstrip(), _line(text[end:last]).rstrip()
    if first == low and low > 0:
        before = f"… {before}"
    if last == high and high < len(text):
        after = f"{after} …"
    return Quote(before, plain(text[start:end]), after)


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends here: the next word begins with no small letter, and the full stop is no abbreviation's."""
    following: str | None = match[1]
    return following is None or not (
        following.islower() or _SHORT.search(text, max(0, match.start() - 8), match.start() + 1)
    )


def passage(view: View, span: Span, speaker: str | None = None) -> Passage:
    """These words of the article."""
    article = view.article
    return Passage(
        around(article.text, span),
        plain(speaker or ""),
        shorten(plain(article.title or ""), 120) or "An article without a title",
        outlet(article),
        article.published or "",
        address(article.id, span),
    )


def address(article: str, span: Span | None = None) -> str:
    """Of an article's page, at these words."""
    return f"/articles/{quoted(article, safe='')}" + (f"?at={span.start}-{span.end}#here" if span else "")


def _line(words: str) -> str:
    """On one line; a space at an end stays."""
    one = plain(words)
    if not one:
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{one}{' ' if words[-1].isspace() else ''}"
