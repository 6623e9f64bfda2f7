"""An article's text as HTML with its coding marked: overlapping spans are split so that elements nest."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sayso.exports.view import View
from sayso.records import Article, Block, Span

LAYERS = ("remark", "says", "speaker", "cue", "event", "figure", "place", "time", "label")
LINKS = frozenset(LAYERS) - {"remark", "says", "label"}
"""Layers whose marks are links to the entries of their records."""
HUES = 8
"""Voices that have a colour of their own. All others share one, and have numbers."""
_NOT_IN_HTML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_TO_ESCAPE = re.compile(_NOT_IN_HTML.pattern[:-1] + "<>&\"']")
_LINES = re.compile(r"[^\r\n\u2028\u2029]*[^\s][^\r\n\u2028\u2029]*")


class Mark(NamedTuple):
    """One highlight: its layer, the record it leads to, and the voice it belongs to (None: no colour)."""

    span: Span
    layer: str
    record: str
    voice: int | None = None


class Manner(NamedTuple):
    """How marks are written: which layers are links, what a record's marks say when pointed at, what tags blocks have, and whether
    blocks say where they begin in the text (`data-start`, in code points)."""

    links: frozenset[str] = LINKS
    titles: Mapping[str, str] = {}
    tags: Mapping[str, str] = {"title": "h3", "quote": "blockquote"}
    placed: bool = False


PAGE = Manner()


def voice_numbers(view: View) -> dict[str, int]:
    """Statement id → number of its speaker, in the order in which they first speak."""
    numbers: dict[str, int] = {}
    found: dict[str, int] = {}
    for statement in view.order():
        key = statement.speaker or view.speaker(statement).casefold()
        found[statement.id] = numbers.setdefault(key, len(numbers))
    return found


def voice_class(number: int) -> str:
    """The class by which a voice has its colour."""
    return f"v{number}" if number < HUES else "vx"


def voice_sign(number: int) -> str:
    """By what a voice without a colour of its own is known; empty for one that has one."""
    return "" if number < HUES else str(number + 1)


def marks(view: View) -> list[Mark]:
    """Every highlight of a coding, outer before inner."""
    coding, numbers = view.coding, voice_numbers(view)
    found: list[Mark] = []
    for said in coding.statements:
        voice = numbers[said.id]
        found += [Mark(span, "says", said.id, voice) for span in said.content_spans]
        found += [Mark(said.speaker_span, "speaker", said.id, voice)] if said.speaker_span else []
        found += [Mark(said.cue_span, "cue", said.id, voice)] if said.cue_span else []
    found += [Mark(event.trigger, "event", event.id) for event in coding.events]
    found += [Mark(figure.span, "figure", figure.id) for figure in coding.figures]
    found += [Mark(span, "place", place.id) for place in coding.places for span in place.mentions]
    found += [Mark(time.span, "time", time.id) for time in coding.times]
    return in_order(found)


def in_order(found: Iterable[Mark]) -> list[Mark]:
    """Marks in the order in which they are written."""
    return sorted(found, key=lambda m: (m.span.start, -m.span.end, LAYERS.index(m.layer), m.record))


def paragraphs(article: Article) -> Iterator[tuple[str, Span]]:
    """Block kind and span of each line that has words; a line is split where a block begins or ends."""
    blocks = sorted(article.blocks, key=lambda b: (b.start, b.end))
    at = 0
    for match in _LINES.finditer(article.text):
        start, end = match.span()
        while start < end:
            while at < len(blocks) and blocks[at].end <= start:
                at += 1
            block: Block | None = blocks[at] if at < len(blocks) else None
            if block is None or block.start >= end:
                yield "body", Span(start, end)
                break
            stop = min(end, block.end if block.start <= start else block.start)
            if article.text[start:stop].strip():
                yield (block.kind if block.start <= start else "body"), Span(start, stop)
            start = stop


def escape(text: str) -> str:
    """HTML-escaped, with the control characters that HTML does not allow shown as U+FFFD."""
    if not _TO_ESCAPE.search(text):
        return text
    return html.escape(_NOT_IN_HTML.sub("\ufffd", text), quote=True)


class _Writer:
    """Writes text with marks: a stack of open elements, closed and opened again where marks cross."""

    def __init__(self, prefix: str, manner: Manner):
        self.prefix = prefix
        self.manner = manner
        self.out: list[str] = []
        self.open: list[tuple[Mark, str]] = []

    def start(self, mark: Mark) -> None:
        name = "span" if mark.layer not in self.manner.links or any(tag == "a" for _, tag in self.open) else "a"
        voice = "" if mark.voice is None else f" {voice_class(mark.voice)}"
        sign = "" if mark.voice is None else voice_sign(mark.voice)
        target = f"{self.prefix}{escape(mark.record)}"
        lead = f'href="#{target}"' if name == "a" else f'data-ref="{target}"'
        title = self.manner.titles.get(mark.record)
        told = f' title="{escape(title)}"' if title else ""
        number = f' data-voice="{sign}"' if sign else ""
        self.out.append(f'<{name} class="{mark.layer}{voice}" {lead}{number}{told}>')
        self.open.append((mark, name))

    def end_at(self, position: int) -> None:
        """Close the marks that end here; those above them in the stack are opened again."""
        lowest = next((i for i, (mark, _) in enumerate(self.open) if mark.span.end <= position), None)
        if lowest is None:
            return
        reopen = [mark for mark, _ in self.open[lowest:] if mark.span.end > position]
        while len(self.open) > lowest:
            self.out.append(f"</{self.open.pop()[1]}>")
        for mark in reopen:
            self.start(mark)


def _within(mark: Mark, span: Span) -> Mark:
    """The part of a mark that stands within a span."""
    return mark._replace(span=Span(max(mark.span.start, span.start), min(mark.span.end, span.end)))


def highlighted(text: str, span: Span, found: Iterable[Mark], prefix: str, manner: Manner = PAGE) -> str:
    """The HTML of `text[span]` with the marks (sorted as `marks` sorts them) that fall into it."""
    writer, at = _Writer(prefix, manner), span.start
    starts: dict[int, list[Mark]] = {}
    stops = {span.end}
    for mark in found:
        part = mark if span.covers(mark.span) else _within(mark, span)
        if part.span.start < part.span.end:
            starts.setdefault(part.span.start, []).append(part)
            stops.update(part.span)
    for stop in sorted(stops):
        writer.out.append(escape(text[at:stop]))
        at = stop
        writer.end_at(stop)
        for mark in sorted(starts.get(stop, ()), key=lambda m: (-m.span.end, LAYERS.index(m.layer), m.record)):
            writer.start(mark)
    return "".join(writer.out)


def marked_text(view: View, prefix: str, manner: Manner = PAGE, more: Iterable[Mark] = ()) -> str:
    """The whole article as paragraphs; ids of records are `prefix` + id. `more` marks are written with those of the coding."""
    article, waiting, out = view.article, in_order([*marks(view), *more]), []
    live: list[Mark] = []
    at = 0
    for kind, span in paragraphs(article):
        while at < len(waiting) and waiting[at].span.start < span.end:
            live.append(waiting[at])
            at += 1
        live = [m for m in live if m.span.end > span.start]
        body = highlighted(article.text, span, live, prefix, manner)
        tag = manner.tags.get(kind, "p")
        place = f' data-start="{span.start}"' if manner.placed else ""
        out.append(f'<{tag} class="{kind}"{place}>{body}</{tag}>')
    return "\n".join(out)
