"""An article as its page shows it: marked text, notes for its margin, voices with their share, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sayso.desk.cards import NAMES
from sayso.desk.changes import Change, changes, days
from sayso.exports.marks import Manner, Mark, marked_text, voice_class, voice_numbers, voice_sign
from sayso.exports.standing import SUPPORT, evidence, percent, voice_name
from sayso.exports.view import View, plain
from sayso.ledger.asking.one_article import Opened, Told
from sayso.ledger.dossier import Annotation
from sayso.records import Event, Span

TAGS = {"title": "h1", "quote": "blockquote"}
SHOWN = 7
"""Voices that the bar tells apart; the rest are one."""


class Note(NamedTuple):
    """What stands in the margin of one event. `colour`: the class of its voice, empty for the article's own; `sign`: its number, where
    it shares a colour with others."""

    id: str
    kind: str
    who: str
    whom: str
    facts: tuple[str, ...]
    voice: str
    colour: str
    sign: str
    doubt: str
    told: Told | None
    changes: tuple[Change, ...]
    words: str


class Share(NamedTuple):
    """A voice's part of the bar, in percent of its width."""

    name: str
    share: str
    colour: str
    sign: str
    start: float
    width: float


class Claim(NamedTuple):
    """A claim of the headline, whether it is borne out, and the sentence of the body that comes nearest."""

    support: str
    said: str
    words: str
    because: str
    evidence: str


class Located(NamedTuple):
    """A place that the text names. `known`: it has coordinates."""

    id: str
    name: str
    country: str
    known: bool


class Sheet(NamedTuple):
    """`text` is HTML in which everything is escaped; `loose` are corrections of what is no event, or is none any more."""

    text: str
    has_title: bool
    notes: tuple[Note, ...]
    shares: tuple[Share, ...]
    claims: tuple[Claim, ...]
    places: tuple[Located, ...]
    loose: tuple[Change, ...]
    counts: Mapping[str, int]


def sheet(found: Opened, here: Span | None = None) -> Sheet:
    """The page of an article. `here`: words that are asked for."""
    view, made = View(found.coding), changes(found.steps)
    numbers = voice_numbers(view)
    events = sorted(view.coding.events, key=lambda event: (event.trigger, event.id))
    notes = tuple(_note(view, event, found.told.get(event.id), made, numbers) for event in events)
    shown = {one.id for note in notes for one in note.changes}
    return Sheet(
        _text(view, found.annotations, here),
        any(block.kind == "title" for block in view.article.blocks),
        notes,
        tuple(_shares(view, numbers)),
        tuple(_claims(view)),
        tuple(Located(p.id, plain(p.name), p.country or "", p.latitude is not None) for p in view.coding.places),
        tuple(one for one in made if one.id not in shown),
        _counts(view),
    )


def _text(view: View, said: Iterable[Annotation], here: Span | None) -> str:
    labels = [Mark(one.span, "label", actor.id) for actor in view.coding.actors for one in actor.labels]
    marked = [one for one in said if _is_marked(one)]
    remarks = [Mark(one.span, "remark", f"on-{one.id}") for one in marked]
    asked = [Mark(here, "remark", "here")] if here else []
    titles = _titles(view) | {f"on-{one.id}": f"{one.creator}: {plain(one.body or '')}" for one in marked}
    manner = Manner(frozenset(("event",)), titles, TAGS, placed=True)
    text = marked_text(view, "", manner, [*labels, *remarks, *asked])
    return text.replace('data-ref="here"', 'data-ref="here" id="here"', 1)  # no words hold a quotation mark unescaped


def _is_marked(one: Annotation) -> bool:
    return not one.orphan and one.state == "open" and one.kind in ("commenting", "editing", "questioning")


def _titles(view: View) -> dict[str, str]:
    """What the marks of each record say when they are pointed at."""
    coding = view.coding
    told = {one.id: view.count(one) for one in coding.figures}
    told |= {one.id: plain(one.name) + (f", {one.country}" if one.country else "") for one in coding.places}
    told |= {one.id: days(one) for one in coding.times}
    told |= {one.id: f"{view.voice(view.said_by(one.id))}: {one.act}" for one in coding.statements}
    return told | {one.id: f"called so: {plain(one.name)}" for one in coding.actors}


def _note(view: View, event: Event, told: Told | None, made: Iterable[Change], numbers: Mapping[str, int]) -> Note:
    chain = view.chain(event)
    facts = [view.where(event), view.when(event), *(view.count(one) for one in view.figures(event))]
    return Note(
        event.id,
        NAMES.get(event.type, event.type.title()) + (f", {event.mode.replace('-', ' ')}" if event.mode else ""),
        view.parties(event.actors),
        view.parties(event.recipients),
        tuple(filter(None, facts)),
        view.voice(chain) if chain else "",
        voice_class(numbers[chain[-1].id]) if chain else "",
        voice_sign(numbers[chain[-1].id]) if chain else "",
        view.realis(event.realis) if event.realis != "actual" else "told as history" if event.background else "",
        told,
        tuple(one for one in made if one.record == event.id),
        view.words(event.trigger),
    )


def _shares(view: View, numbers: Mapping[str, int]) -> Iterator[Share]:
    """The article's own voice, and then the others with the most words."""
    given = sorted(view.coding.voice_shares, key=lambda one: (bool(one.statements), -one.share))
    start = 0.0
    for one in given[:SHOWN]:
        number = numbers.get(one.statements[0]) if one.statements else None
        colour = "own" if not one.statements else "" if number is None else voice_class(number)
        sign = "" if number is None else voice_sign(number)
        yield Share(
            voice_name(view, one), percent(one.share), colour, sign, round(100 * start, 2), round(100 * one.share, 2)
        )
        start += one.share
    rest = sum(one.share for one in given[SHOWN:])
    if given[SHOWN:]:
        yield Share(
            f"{len(given) - SHOWN} more", percent(rest), "rest", "", round(100 * start, 2), round(100 * rest, 2)
        )


def _claims(view: View) -> Iterator[Claim]:
    for claim in view.coding.headline_support:
        words, because = view.words(claim.span), plain(claim.because)
        yield Claim(claim.support, SUPPORT[claim.support], words, because, evidence(view, claim))


def _counts(view: View) -> dict[str, int]:
    """How many marks each layer has."""
    coding = view.coding
    return {
        "events": len(coding.events),
        "statements": len(coding.statements),
        "figures": len(coding.figures),
        "places": sum(len(one.mentions) for one in coding.places),
        "times": len(coding.times),
        "labels": sum(len(one.labels) for one in coding.actors),
    }
