"""Codings as one self-contained HTML page: the article to read, its coding marked and listed beside it.

Nothing is fetched; without its small script the page still works: every mark is a link to its entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from sayso.exports import standing
from sayso.exports.marks import escape, marked_text, voice_class, voice_numbers, voice_sign
from sayso.exports.view import View, shorten
from sayso.exports.voices import Voice, background, voices
from sayso.records import Actor, Coding, Event, Place, Statement

LEGEND = {
    "event": "events",
    "says": "what others say",
    "speaker": "who says it",
    "figure": "figures",
    "place": "places",
    "time": "times",
}


@cache
def _asset(name: str) -> str:
    return files("sayso.exports").joinpath("assets", name).read_text(encoding="utf-8").strip()


def _prefix(coding: Coding) -> str:
    """Keeps the ids of several articles on one page apart; the same for the same article."""
    identity = f"{coding.article.source}\0{coding.article.id}\0{coding.article.text}"
    return "s" + hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:8] + "-"


def head(title: str = "sayso") -> str:
    """What comes before the sections of a page."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_asset('page.css')}\n</style>\n</head>\n"
        '<body class="sayso">\n<main>\n'
    )


def foot() -> str:
    """What comes after them."""
    return f"</main>\n<script>\n{_asset('page.js')}\n</script>\n</body>\n</html>\n"


def page(coding: Coding | Iterable[Coding]) -> str:
    """One self-contained page, a section for each coding."""
    found = [coding] if isinstance(coding, Coding) else list(coding)
    title = _title(View(found[0])) if len(found) == 1 else f"{len(found)} articles"
    return head(title) + "".join(map(section, found)) + foot()


def fragment(coding: Coding) -> str:
    """A piece of HTML with its style for a notebook; no script."""
    return f'<div class="sayso">\n<style>\n{_asset("page.css")}\n</style>\n{section(coding)}</div>\n'


def section(coding: Coding) -> str:
    """The section of one coding."""
    view, prefix = View(coding), _prefix(coding)
    article = coding.article
    facts = " · ".join(escape(f) for f in (article.outlet, article.byline, article.published, article.source) if f)
    lists = [
        _headline(view),
        _voices(view, prefix),
        _figures(view, prefix),
        _places(view, prefix),
        _times(view, prefix),
        _called(view),
    ]
    lists += [
        _lines("Words held at a distance", standing.distances(view)),
        _lines("Whose words fill the text", standing.shares(view)),
    ]
    return (
        f'<section class="coding" id="{prefix}top" aria-labelledby="{prefix}h">\n'
        f'<header><h2 id="{prefix}h">{escape(_title(view))}</h2><p class="facts">{facts}</p>{_legend()}</header>\n'
        f'<div class="columns"><article lang="{escape(article.language or "en")}">\n{marked_text(view, prefix)}\n</article>\n'
        f'<aside aria-label="What it says">\n{"".join(lists)}</aside></div>\n</section>\n'
    )


def _lines(title: str, lines: Iterable[standing.Line]) -> str:
    return _list(title, [f"<li><b>{escape(line.what)}</b> {escape(line.words)}</li>\n" for line in lines])


def _headline(view: View) -> str:
    """The claims of the headline; the nearest sentence of the body shows on hovering."""
    claims = zip(view.coding.headline_support, standing.headline(view), strict=True)
    items = [
        f'<li class="{line.record}" title="{escape(standing.evidence(view, claim))}"><b>{escape(line.what)}</b> '
        f"{escape(line.words)}</li>\n"
        for claim, line in claims
    ]
    return _list("What the headline claims", items)


def _title(view: View) -> str:
    return view.article.title or shorten(" ".join(view.article.text.split()), 80) or view.article.id


def _legend() -> str:
    items = "".join(f'<li><span class="{name} v0">{words}</span></li>' for name, words in LEGEND.items())
    return f'<ul class="legend" aria-label="Marks">{items}</ul>'


def _list(title: str, items: list[str]) -> str:
    return f"<h3>{escape(title)}</h3>\n<ul>\n{''.join(items)}</ul>\n" if items else ""


def _item(prefix: str, record: str, body: str, layer: str = "") -> str:
    return f'<li id="{prefix}{escape(record)}" class="{layer}-entry" tabindex="-1">{body}</li>\n'


def _voices(view: View, prefix: str) -> str:
    numbers, out = voice_numbers(view), []
    for voice in voices(view):
        if voice.own:
            items = [_event(view, event, prefix) for event in voice.events]
            out.append(_list("In the article’s own voice", items))
        else:
            out.append(_group(view, voice, prefix, numbers))
    history = [_event(view, event, prefix, voiced=True) for event in background(view)]
    return "".join(out) + _list("Background, told as history", history)


def _group(view: View, voice: Voice, prefix: str, numbers: dict[str, int]) -> str:
    number = numbers[voice.statements[-1].id] if voice.statements else None
    colour, sign = ("", "") if number is None else (voice_class(number), voice_sign(number))
    through = f" <small>through {escape(', '.join(voice.channels))}</small>" if voice.channels else ""
    items = [_statement(view, s, prefix) for s in voice.statements]
    items += [_event(view, event, prefix) for event in voice.events]
    told = f'<span class="sign">{sign}</span> ' if sign else ""
    heading = f'<h3 class="voice {colour}">{told}On the word of {escape(voice.name)}{through}</h3>\n'
    return f"{heading}<ul>\n{''.join(items)}</ul>\n"


def _event(view: View, event: Event, prefix: str, voiced: bool = False) -> str:
    who = escape(view.parties(event.actors)) or "<i>no actor named</i>"
    whom = f" → {escape(view.parties(event.recipients))}" if event.recipients else ""
    facts = [view.where(event), view.when(event), *(view.count(f) for f in view.figures(event))]
    facts += [view.realis(event.realis)] if event.realis != "actual" else []
    facts += [f"on the word of {view.voice(view.chain(event))}"] if voiced and event.statements else []
    return _item(
        prefix,
        event.id,
        f"<b>{escape(event.type)}</b>{f' {escape(event.mode)}' if event.mode else ''} "
        f"<q>{escape(view.words(event.trigger))}</q><br>{who}{whom}"
        f"{'<br>' + escape(' · '.join(f for f in facts if f)) if any(facts) else ''}"
        f'<br><small class="{event.realis}">{escape(event.because)} · score {event.score:g}</small>',
        "event",
    )


def _statement(view: View, said: Statement, prefix: str) -> str:
    content = shorten(view.content(said), 120)
    cue = f", “{escape(view.words(said.cue_span))}”" if said.cue_span else ""
    return _item(prefix, said.id, f"<i>{said.kind} {escape(said.act)}{cue}:</i> {escape(content)}", "says")


def _figures(view: View, prefix: str) -> str:
    items = []
    for figure in view.coding.figures:
        chain = view.said_by(figure.statement)
        voice = f" · on the word of {escape(view.voice(chain))}" if chain else ""
        items.append(_item(prefix, figure.id, f"{escape(view.count(figure))}{voice}", "figure"))
    return _list("Figures", items)


def _places(view: View, prefix: str) -> str:
    return _list("Places", [_item(prefix, p.id, escape(_where(p)), "place") for p in view.coding.places])


def _where(place: Place) -> str:
    if place.latitude is None or place.longitude is None:
        return f"{place.name}: not located"
    return f"{place.name}: {place.latitude:.4f}, {place.longitude:.4f} {place.country or ''} ({place.precision})"


def _times(view: View, prefix: str) -> str:
    items = []
    for time in view.coding.times:
        value = " to ".join(dict.fromkeys(d for d in (time.start, time.end) if d)) or "no fixed time"
        items.append(_item(prefix, time.id, f"{escape(time.text)}: {escape(value)}", "time"))
    return _list("Times", items)


def _called(view: View) -> str:
    """Actors that are called by more than one noun."""
    return _list("Who is called what", [row for actor in view.coding.actors if (row := _labels(view, actor))])


def _labels(view: View, actor: Actor) -> str:
    by: dict[str, list[str]] = {}
    for label in actor.labels:
        by.setdefault(label.text.casefold(), []).append(view.voice(view.said_by(label.statement)))
    if len(by) < 2:
        return ""
    said = "; ".join(f"“{escape(noun)}” by {escape(', '.join(dict.fromkeys(who)))}" for noun, who in by.items())
    return f"<li><b>{escape(actor.name)}</b>: {said}</li>\n"
