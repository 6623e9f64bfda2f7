"""The report of one article for a terminal: what happened, on whose word, and who is called what."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from sayso.exports import standing
from sayso.exports.explain import reasons
from sayso.exports.view import View, plain, shorten
from sayso.exports.voices import Voice, background, voices
from sayso.records import Coding, Event

WIDTH = 100
"""Columns of a report that does not go to a terminal."""
NARROWEST = 60
LEFT = 20
"""Columns of the narrowest report, and of what stands at its left."""
SUPPORT_STYLE = {"supported": "green", "attributed": "yellow", "unsupported": "red"}
REALIS_STYLE = {"actual": "", "attempted": "yellow", "future": "cyan", "hypothetical": "magenta", "negated": "red"}


def report(coding: Coding, *, width: int = WIDTH, color: bool = False, explain: bool = False) -> str:
    """A readable report of `width` columns, with ANSI colours where asked; ends with a blank line."""
    return printed(_parts(View(coding), explain), width, color)


def printed(parts: Iterable[RenderableType], width: int, color: bool) -> str:
    """Parts of a report as they are on a terminal of so many columns, an empty line after them."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n\n"


def _parts(view: View, explain: bool) -> Iterator[RenderableType]:
    yield _head(view)
    yield from _lines("What the headline claims", standing.headline(view))
    for voice in voices(view):
        if voice.own or voice.events or voice.figures:
            yield _voice(view, voice, explain)
    yield from _unattached(view)
    history = background(view)
    if history:
        yield heading("Background, told as history", "")
        yield _events(view, history, explain, with_voice=True)
    yield from _labels(view)
    yield from _lines("Words held at a distance", standing.distances(view))
    if len(view.coding.voice_shares) > 1:
        yield from _lines("Whose words fill the text", standing.shares(view))


def _lines(title: str, lines: Iterable[standing.Line]) -> Iterator[RenderableType]:
    rows = [labelled(Text(line.what, SUPPORT_STYLE.get(line.record, "dim")), Text(line.words)) for line in lines]
    if rows:
        yield heading(title, "")
        yield from rows


def _head(view: View) -> RenderableType:
    article = view.article
    title = plain(article.title or "") or shorten(plain(article.text), 70)
    facts = [article.outlet, article.byline, article.published, article.source or article.id]
    counts = (
        f"{_count(len(view.coding.events), 'event')} · {_count(len(view.coding.statements), 'statement')} · "
        f"{_count(len(view.coding.figures), 'figure')} · {_count(len(view.coding.places), 'place')}"
    )
    return Panel(
        Group(
            Text(title, style="bold"), Text(" · ".join(plain(f) for f in facts if f), style="dim"), Text(counts, "dim")
        ),
        box=box.HORIZONTALS,
        padding=(0, 1),
    )


def _count(many: int, noun: str) -> str:
    return f"{many} {noun}" if many == 1 else f"{many} {noun}s"


def heading(title: str, note: str) -> RenderableType:
    line = Text(title, style="bold")
    if note:
        line.append(f"  {note}", style="dim not bold")
    return Padding(line, (1, 0, 0, 0))


def _voice(view: View, voice: Voice, explain: bool) -> RenderableType:
    if voice.own:
        title = heading("In the article's own voice", "" if voice.events else "no event")
    else:
        through = f"through {', '.join(voice.channels)}" if voice.channels else ""
        title = heading(f"On the word of {voice.name}", through)
    parts: list[RenderableType] = [title, _events(view, voice.events, explain)]
    if voice.figures:
        loose = "; ".join(_loose(view, figure.id) for figure in voice.figures)
        parts.append(labelled("figures", Text(loose)))
    return Group(*parts)


def _loose(view: View, identifier: str) -> str:
    figure = view.figure(identifier)
    return view.count(figure) if figure else ""


def labelled(left: str | Text, right: RenderableType) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=LEFT)
    grid.add_column(ratio=1)
    grid.add_row(left if isinstance(left, Text) else Text(left, "dim"), right)
    return grid


def _events(view: View, events: list[Event], explain: bool, with_voice: bool = False) -> RenderableType:
    return Group(*(_event(view, event, explain, with_voice) for event in events))


def _event(view: View, event: Event, explain: bool, with_voice: bool) -> RenderableType:
    left = Text(event.type, style="bold")
    if event.mode:
        left.append(f"\n  {event.mode}", style="not bold")
    lines = [_who(view, event)]
    facts = [view.where(event), view.when(event), *(view.count(f) for f in view.figures(event))]
    if any(facts):
        lines.append(Text(" · ".join(f for f in facts if f)))
    if event.realis != "actual":
        lines.append(Text(view.realis(event.realis), style=REALIS_STYLE[event.realis]))
    if with_voice and event.statements:
        lines.append(Text(f"on the word of {view.voice(view.chain(event))}"))
    lines.append(_clause(view, event))
    if explain:
        lines += [Text(f"{name}: {value}", style="dim") for name, value in reasons(view, event)]
    return labelled(left, Group(*lines))


def _who(view: View, event: Event) -> Text:
    line = Text(view.parties(event.actors) or "(no actor named)", style="" if event.actors else "dim")
    if event.recipients:
        line.append(" → ", style="dim")
        line.append(view.parties(event.recipients), style="not dim")
    if event.instrument:
        line.append(f", with {view.words(event.instrument)}", style="not dim")
    return line


def _clause(view: View, event: Event) -> Text:
    """The words, the trigger set off."""
    text = view.article.text
    before = plain(text[event.span.start : event.trigger.start]).lstrip(",;:.–—- ")
    after = plain(text[event.trigger.end : event.span.end]).rstrip(",;: ")
    tight = not text[event.trigger.end : event.trigger.end + 1].isspace()
    line = Text("“", style="dim italic")
    line.append(f"{_tail(before, 60)} " if before else "")
    line.append(view.words(event.trigger), style="not dim underline")
    line.append(("" if tight else " ") + shorten(after, 80) if after else "")
    return line.append("”")


def _tail(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[-width:].partition(" ")[2]


def _unattached(view: View) -> Iterator[RenderableType]:
    """Voices that are quoted without an event in what they say."""
    silent = [v for v in voices(view) if not v.own and not v.events and not v.figures]
    if not silent:
        return
    yield heading("Also quoted", "")
    for voice in silent:
        through = f" (through {', '.join(voice.channels)})" if voice.channels else ""
        said = "; ".join(f"{s.act}: “{shorten(view.content(s), 90)}”" for s in voice.statements)
        yield labelled(Text(voice.name + through), Text(said, style="dim"))


def _labels(view: View) -> Iterator[RenderableType]:
    """Actors that are called by more than one noun, and by whom."""
    rows = []
    for actor in view.coding.actors:
        by: dict[str, list[str]] = {}
        for label in actor.labels:
            voice = view.voice(view.said_by(label.statement))
            names = by.setdefault(plain(label.text).casefold(), [])
            if voice not in names:
                names.append(voice)
        if len(by) > 1:
            said = "; ".join(f"“{noun}” by {', '.join(names)}" for noun, names in by.items())
            rows.append(labelled(Text(plain(actor.name)), Text(said)))
    if rows:
        yield heading("Who is called what", "")
        yield from rows
