"""The report itself and what trails after it: body, captions, quotations set apart, other reports' headlines."""

from __future__ import annotations

from sayso.reading import headlines
from sayso.reading.bylines import is_names
from sayso.reading.page import Page, bare, is_attribution
from sayso.records import BlockKind


def mark_middle(page: Page) -> None:
    """Mark captions, quotations and what trails after the report; all that is left is body."""
    rest = page.open()
    prose = [at for at in rest if headlines.is_sentence(page.lines[at])]
    written_loosely = len(prose) < 0.5 * len(rest)
    last = prose[-1] if prose else -1
    words = _Words(page)
    for at in rest:
        line = page.lines[at]
        if at > last and line[0] in "-–—" and is_names(line[1:].strip()):
            page.kinds[at] = "byline"
        elif _is_block_quotation(page, at) or (headlines.count_words(line) <= 60 and words.repeats(line)):
            page.kinds[at] = "quote"
        elif at in (rest[0], rest[-1]) and len(rest) == 1:
            page.kinds[at] = "body"
        elif page.shouting or written_loosely or not _stands_alone(page, at):
            page.kinds[at] = "caption" if headlines.is_credited(line) else "body"
        elif at > last:
            page.kinds[at] = _trailing(page, at)
        else:
            page.kinds[at] = "caption" if headlines.is_caption(line) else "body"


def _stands_alone(page: Page, at: int) -> bool:
    """Whether the paragraph is a line of its own kind: no prose, no part of a sentence, no item of a list."""
    line = page.lines[at]
    if not line:
        return False
    if headlines.is_credited(line):
        return True
    if headlines.is_sentence(line) or headlines.ends(line) or line.endswith((",", ";", ":", "-", "–", "—")):
        return False
    return not line[0].islower() and (line[0].isalnum() or line[0] in "\"“‘'«")


def _trailing(page: Page, at: int) -> BlockKind:
    """A line after the last paragraph of prose: a signature, tags, other reports' headlines, a caption."""
    line = page.lines[at]
    if is_names(line) and headlines.count_words(line) <= 5:
        return "byline"
    if headlines.is_credited(line):
        return "caption"
    if headlines.count_words(line) <= 3:
        return "boilerplate"
    if headlines.is_caption(line):
        return "caption"
    beside = [other for other in (at - 1, at + 1) if 0 <= other < len(page.lines)]
    if any(_stands_alone(page, other) and headlines.is_headline(page.lines[other]) for other in beside):
        return "boilerplate"
    return "body"


def _is_block_quotation(page: Page, at: int) -> bool:
    """Whether this paragraph is quoted speech set apart: its speaker comes after a dash, here or in the next paragraph."""
    line = page.lines[at]
    opened = line[0] in '"“«„'
    following = page.lines[at + 1] if at + 1 < len(page.lines) else ""
    if line[0] in "-–—" and is_names(line[1:].strip()):
        return True
    if is_attribution(following) and not is_attribution(line):
        return opened or line.endswith((",", '"', "”", "»", "“"))
    return opened and _signed(line)


def _signed(line: str) -> bool:
    """“…” — Jane Roe, mayor of Oruro"""
    quote = max(line.rfind(mark, 1) for mark in '"”»')
    tail = line[quote + 1 :].strip(" ,.")
    return (
        quote > 0
        and tail[:1] in "-–—"
        and tail != ""
        and headlines.count_words(tail) <= 14
        and not headlines.has_finite_verb(tail)
    )


class _Words:
    """The words of the page in a row, to see which short paragraphs repeat words that stand elsewhere."""

    LOOKUPS = 60
    """Each look-up reads the whole text once; so many are allowed."""

    def __init__(self, page: Page) -> None:
        kept = [page.lines[at] for at in page.open()]
        self._all = f" {' '.join(bare(line) for line in kept)} "
        self._left = self.LOOKUPS

    def repeats(self, line: str) -> bool:
        """Whether these words, four at least, stand in the page once more."""
        words = bare(line)
        if self._left <= 0 or words.count(" ") < 3:
            return False
        if headlines.ends(line) and line[0] not in '"“«„':
            return False
        self._left -= 1
        first = self._all.find(f" {words} ")
        return first >= 0 and self._all.find(f" {words} ", first + 1) >= 0
