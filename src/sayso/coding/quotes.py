"""Quotation marks: which words of a text stand between them.

Marks come straight and curly, angled and cornered, doubled apostrophes included; in translated and hastily
typed text a closing mark is often typed as an opening one, has a space before it, or is missing. A quotation
ends at the end of its paragraph, except where the next one opens with a mark again: then it goes on, as in
print. Offsets are code points, end-exclusive; a quotation includes its marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.coding.parsed import Doc
from sayso.coding.ranges import Range

OPENING = {"“": '”“"″', "„": '“”"″', "«": "»", "»": "«", "「": "」", "『": "』", "《": "》", "‟": '”"', "``": "''"}
"""Marks that open, each with those that may close it."""
NEUTRAL = ('"', "″", "''", "＂")
"""Marks that open or close by where they stand."""
MARK = re.compile(r"``|''|[“”„‟«»「」『』《》\"″＂]")
PARAGRAPH = re.compile(r"[^\n\u2029]*[^\s][^\n\u2029]*")
SINGLE = re.compile(r"(?<![^\s(\[—–-])[‘'‚](?=[^\s'’])([^‘\n]{2,600}?[^\s])['’](?![\w’'])")
"""A quotation between single marks: opened at a word's start, closed at a word's end."""
LONGEST = 200
"""Paragraphs of one quotation, at most."""
SHORT = 3
"""So many words or fewer between marks are a term or a name, not speech."""


def with_whole_marks(name: str) -> str:
    """The name without a quotation mark at its beginning that nothing in it closes, and with one closed that it opens further on.

    The words of a name end before the mark that closes: "the so-called “people's militia".
    """
    first = OPENING.get(name[:1], name[:1] if name[:1] in NEUTRAL else "")
    if first and len(name) > 1 and not any(c in first for c in name[1:]):
        name = name[1:].lstrip()
    opened = next((at for at in range(len(name) - 1, 0, -1) if name[at] in OPENING), None)
    if opened is not None and not any(c in OPENING[name[opened]] for c in name[opened + 1 :]):
        return name + OPENING[name[opened]][0]
    return name + '"' if name.count('"') % 2 and not name.endswith('"') and name[:1] != '"' else name


@dataclass(eq=False)
class Quotation:
    """Words between marks: one part a paragraph. `closed`: whether the last part has its closing mark."""

    parts: list[Range] = field(default_factory=list)
    closed: bool = True

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    def words(self, doc: Doc) -> int:
        return sum(not doc[i].is_punct and not doc[i].is_space for part in self.parts for i in range(*part))

    def is_speech(self, doc: Doc) -> bool:
        """Whether it is long enough, or enough of a sentence, to be speech and not a term."""
        last = self.parts[-1].end - 2
        stop = last > self.start and doc[last].text in (".", ",", "!", "?", "…")
        return self.words(doc) > SHORT or stop


@dataclass
class _Open:
    mark: str
    start: int


def _opens(text: str, start: int, end: int) -> bool:
    """By the white space around it, a mark opens: before a word and not after one; or set apart at a line's start."""
    after = text[end : end + 1]
    if after == " " and text[end + 1 : end + 2].isalnum() and not text[:start].rpartition("\n")[2].strip():
        return True
    before = text[start - 1 : start]
    return bool(after) and not after.isspace() and after not in ",.;:!?)" and (not before or not before[-1:].isalnum())


def _closes(text: str, start: int, end: int) -> bool:
    after = text[end : end + 1]
    return not after or after.isspace() or not after.isalnum()


def character_spans(text: str, paragraphs: Iterable[tuple[int, int]] | None = None) -> list[tuple[int, int, bool]]:
    """(start, end, closed) of each run between marks, one for each paragraph that a quotation runs through.

    `paragraphs` are code points [start, end); the lines of the text where they are not given.
    """
    found: list[tuple[int, int, bool]] = []
    for start, end in paragraphs if paragraphs is not None else (m.span() for m in PARAGRAPH.finditer(text)):
        found += _in_paragraph(text, start, end)
    return found


def _in_paragraph(text: str, begin: int, finish: int) -> list[tuple[int, int, bool]]:
    found: list[tuple[int, int, bool]] = []
    open_: _Open | None = None
    for match in MARK.finditer(text, begin, finish):
        mark, start, end = match.group(), *match.span()
        if open_ is None:
            if _may_open(text, mark, start, end):
                open_ = _Open(mark, start)
        elif _may_close(text, open_.mark, mark, start, end):
            found.append((open_.start, end, True))
            open_ = None
    if open_ is not None:
        last = len(text[:finish].rstrip())
        if last - open_.start > 2:
            found.append((open_.start, last, False))
    return found + _singles(text, begin, finish, found)


def _may_open(text: str, mark: str, start: int, end: int) -> bool:
    if mark in NEUTRAL:
        return _opens(text, start, end)
    if mark in ("“", "„", "«", "「", "『", "《", "‟", "``"):
        return bool(text[end : end + 1].strip()) or mark == "«"
    return mark in ("”", "»") and _opens(text, start, end)


def _may_close(text: str, opener: str, mark: str, start: int, end: int) -> bool:
    """Whether `mark` ends what `opener` began."""
    if mark in NEUTRAL:
        return opener not in ("«", "「", "『", "《") and _closes(text, start, end)
    if mark in ("”", "»", "」", "』", "》"):
        return mark in OPENING.get(opener, "”") or opener in NEUTRAL or opener == mark
    if mark == "«":
        return opener == "»"
    # An opening mark inside a quotation closes it where no word follows: it was mistyped.
    return mark == "“" and opener in ("“", "„", '"', "”") and _closes(text, start, end)


def _singles(text: str, begin: int, finish: int, doubles: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Quotations between single marks that stand outside the double ones."""
    found = []
    for match in SINGLE.finditer(text, begin, finish):
        if not any(s <= match.start() < e for s, e, _ in doubles):
            found.append((*match.span(), True))
    return found


def find_quotations(doc: Doc, paragraphs: Iterable[tuple[int, int]] | None = None) -> list[Quotation]:
    """The quotations of a document, in order; one that runs through several paragraphs is one."""
    found: list[Quotation] = []
    for start, end, closed in sorted(character_spans(doc.text, paragraphs)):
        part = token_range(doc, start, end)
        if part is None:
            continue
        last = found[-1] if found else None
        if last is not None and not last.closed and len(last.parts) < LONGEST and _goes_on(doc, last, part):
            last.parts.append(part)
            last.closed = closed
        else:
            found.append(Quotation([part], closed))
    return found


def _goes_on(doc: Doc, last: Quotation, part: Range) -> bool:
    """An unclosed quotation goes on where the next paragraph opens with a mark, and nothing stands between."""
    between = doc[last.end : part.start]
    return all(t.is_space or t.is_punct for t in between)


def token_range(doc: Doc, start: int, end: int) -> Range | None:
    """The tokens that code points [start, end) touch, white-space tokens at the ends left out."""
    span = doc.touched(start, end)
    first, last = span.start, span.end
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last - 1].is_space:
        last -= 1
    return Range(first, last) if last > first else None
