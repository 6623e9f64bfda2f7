"""One page on its way to blocks: its paragraphs and what each has been found to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate

from sayso.reading import headlines
from sayso.reading.bylines import byline
from sayso.reading.dateline import Dateline, dateline
from sayso.reading.dates import is_date_line
from sayso.reading.furniture import furniture
from sayso.reading.paragraphs import paragraphs
from sayso.records import BlockKind, Span

SHOUTING = 0.8
"""Share of capitals among cased letters from which a text counts as written in capitals."""
MOST = 5000
"""Paragraphs that are looked at; in a text of more, which is no report, the others are body unseen."""
HEAD = 12
"""A title stands among the first so many paragraphs, or nowhere."""
DATELINES = 3
"""A dateline is looked for in so many paragraphs of the report's beginning."""
COMMENTS_AFTER = 40
"""Words of report after which a heading such as "Comments" opens the readers' part."""


@dataclass
class Page:
    """The paragraphs of a text. `lines[i]` is paragraph i with single spaces, cut after some 2,000 code points."""

    text: str
    spans: list[Span]
    lines: list[str]
    shouting: bool
    kinds: list[BlockKind | None] = field(default_factory=list)
    datelines: dict[int, Dateline] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Page:
        spans = paragraphs(text)
        lines = [_one_line(text, span) if at < MOST else "" for at, span in enumerate(spans)]
        kinds: list[BlockKind | None] = [None if at < MOST else "body" for at in range(len(spans))]
        return cls(text, spans, lines, _is_shouting(text), kinds)

    def open(self, start: int = 0) -> list[int]:
        """Paragraphs from `start` on whose kind is not known yet."""
        return [at for at in range(start, len(self.lines)) if self.kinds[at] is None]

    def first_sentence(self) -> int | None:
        """The first paragraph with a dateline or, of those not yet classified, that reads as prose."""
        for at, kind in enumerate(self.kinds):
            if kind == "body" or (kind is None and headlines.is_prose(self.lines[at])):
                return at
        return None


def mark_furniture(page: Page) -> None:
    """Mark date lines, bylines and page furniture, and what belongs to a piece of furniture after it."""
    words, following = 0, False
    left = list(accumulate(map(headlines.count_words, reversed(page.lines)), initial=0))[::-1]
    for at, line in enumerate(page.lines):
        if page.kinds[at] is not None:
            following = False
            continue
        if is_date_line(line):
            page.kinds[at] = "date"
            continue
        found = furniture(line)
        if found:
            page.kinds[at] = found.kind
            following = found.reach == "list" and words > 0
            # What follows must not be longer than what came before: a misplaced heading must not swallow a report.
            is_tail = left[at + 1] <= words or at > len(page.lines) // 2
            if found.reach == "rest" and words >= COMMENTS_AFTER and is_tail:
                page.kinds[at:] = ["boilerplate"] * (len(page.kinds) - at)
                return
        elif not page.shouting and byline(line):
            page.kinds[at] = "byline"
        elif following and _is_list_item(line):
            page.kinds[at] = "boilerplate"
        else:
            following = False
            words += headlines.count_words(line)


def mark_datelines(page: Page) -> None:
    """Mark as body the first paragraphs that begin with a dateline, and keep where it ends.

    A dateline without a date or an agency ("GOMA —") counts in the first paragraph of prose alone.
    """
    tried = 0
    for at in page.open()[:HEAD]:
        if tried == DATELINES:
            return
        prose = headlines.is_sentence(page.lines[at])
        span = page.spans[at]
        found = dateline(page.text[span.start : span.end], shouting=page.shouting)
        if found and (found.sure or (prose and not tried)):
            page.datelines[at] = found
            page.kinds[at] = "body"
        tried += bool(found) or prose


def is_attribution(line: str) -> bool:
    """Whether the paragraph is the tail of a quotation set apart: "– said the mayor on the air."."""
    return line[:1] in "-–—" and line[1:].lstrip()[:1].islower() and headlines.count_words(line) <= 40


def _is_list_item(line: str) -> bool:
    return (
        not headlines.is_sentence(line)
        and headlines.count_words(line) <= headlines.LONGEST_HEADLINE
        and not is_attribution(line)
    )


_APART = re.compile(r"[\W_]+")
"""What stands between the words of a line."""


def bare(line: str) -> str:
    """Its words alone, without case and punctuation."""
    return " ".join(_APART.sub(" ", line.casefold()).split())


def _one_line(text: str, span: Span) -> str:
    raw = text[span.start : span.end]
    if len(raw) <= headlines.LOOK:
        return " ".join(raw.split())
    return " ".join((raw[: headlines.LOOK - 200] + raw[-200:]).split())


def _is_shouting(text: str) -> bool:
    sample = text[:5000]
    upper, lower = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return upper > SHOUTING * (upper + lower) and upper > 20
