"""Checks on codings: what a careful reader of a text expects.

A check is an object of one key, its kind, and a body. `no_event`, `no_statement`, `no_place` and `no_figure` hold where no record
fits the body; the other kinds where some record does.

    event       near, type, mode, realis, background, cameo, acled (sub-event type), actor, recipient, place, start,
                end, figure_low, voice ("article", or words of a speaker's name)
    statement   content, speaker, cue, kind, act, channel, within (words of the outer speaker's name)
    figure      text, low, high, approximate, measure, by (words of the speaker's name)
    place       text, geonameid, country, precision
    time        text, start, end, granularity
    actor       name, kind, country, sector, mentions_min
    same_actor  a list of words: one actor's mentions hold them all
    label       text, by ("article", or words of the speaker's name)
    block       text, kind
    article     fields of the article, each with the beginning of its value

`near`, `content`, `cue` and `text` are words of the article that the record's span overlaps, wherever they stand.
A list means "any of these", null the value null. Actors and speakers go by any of their mentions, and by parts of
them, whatever the case; so do channels and labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

from sayso.evaluation.reader import Reader, any_of, holds_any
from sayso.records import Actor, Coding, Event, Figure, Label, Statement

Test: TypeAlias = Callable[[Reader, Any, Any], bool]
"""Whether a record has what one key of the body wants."""
ARTICLE = "article"
"""The voice that no speaker lends."""


class Check(NamedTuple):
    """One expectation. Made by `read_check`, which refuses what is no check."""

    kind: str
    want: Any

    def holds(self, coding: Coding) -> bool:
        """Whether the coding meets it."""
        reader = Reader(coding)
        if self.kind == "same_actor":
            return any(_same(reader, actor, self.want) for actor in coding.actors)
        if self.kind == "article":
            return all(
                str(getattr(coding.article, key) or "").startswith(str(value)) for key, value in self.want.items()
            )
        name = self.kind.removeprefix("no_")
        records, tests = KINDS[name]
        found = any(all(tests[k](reader, r, value) for k, value in self.want.items()) for r in records(coding))
        return found != self.kind.startswith("no_")


def read_check(row: Any) -> Check:
    """The check of one JSON object. Raises ValueError, which says what is wrong with it."""
    if not isinstance(row, dict) or len(row) != 1:
        raise ValueError("a check is an object of one key, its kind")
    kind, want = next(iter(row.items()))
    if kind == "same_actor":
        if not (isinstance(want, list) and want and all(isinstance(word, str) for word in want)):
            raise ValueError("same_actor wants a list of words")
        return Check(kind, want)
    known = _known(kind)
    if not isinstance(want, dict):
        raise ValueError(f"{kind} wants an object")
    if strange := sorted(want.keys() - known):
        raise ValueError(f"{kind} knows no {', '.join(strange)}; it knows {', '.join(sorted(known))}")
    return Check(kind, want)


def _known(kind: str) -> set[str]:
    if kind == "article":
        return {"id", "source", "outlet", "title", "byline", "published", "language", "text"}
    name = kind.removeprefix("no_")
    if name not in KINDS or (kind != name and name not in DENIABLE):
        raise ValueError(f"no kind of check: {kind}")
    return set(KINDS[name][1])


def _same(reader: Reader, actor: Actor, words: list[str]) -> bool:
    return all(holds_any(reader.mentions(actor), word) for word in words)


def _is(key: str) -> Test:
    """The field has the value wanted."""
    return lambda reader, record, wanted: getattr(record, key) in any_of(wanted)


def _on(key: str) -> Test:
    """The span lies on the words."""
    return lambda reader, record, words: reader.stands_on(getattr(record, key), words)


def _any_on(key: str) -> Test:
    """One of the spans lies on the words."""
    return lambda reader, record, words: any(reader.stands_on(span, words) for span in getattr(record, key))


def _party(key: str) -> Test:
    return lambda reader, record, words: reader.has_party(getattr(record, key), words)


def _acled(reader: Reader, event: Event, wanted: Any) -> bool:
    return (event.acled.sub_event_type if event.acled else None) in any_of(wanted)


def _in_place(reader: Reader, event: Event, wanted: Any) -> bool:
    seen = reader.mentions(reader.get(event.place)) or [""]
    return any(name in any_of(wanted) for name in seen)


def _at(key: str) -> Test:
    """The event's time has the value wanted."""
    return lambda reader, event, wanted: getattr(reader.get(event.time), key, None) in any_of(wanted)


def _figure_low(reader: Reader, event: Event, wanted: Any) -> bool:
    return wanted in [reader.get(figure).low for figure in event.figures]


def _voice(reader: Reader, event: Event, wanted: Any) -> bool:
    if wanted == ARTICLE:
        return not event.statements
    return any(reader.said_by(reader.get(name), wanted) for name in event.statements)


def _speaker(reader: Reader, statement: Statement, words: Any) -> bool:
    return words is None or reader.said_by(statement, words)


def _channel(reader: Reader, statement: Statement, words: Any) -> bool:
    return holds_any([statement.channel.name if statement.channel else ""], words)


def _within(reader: Reader, statement: Statement, words: Any) -> bool:
    return reader.said_by(reader.get(statement.within), words)


def _by(reader: Reader, record: Figure, words: Any) -> bool:
    return reader.said_by(reader.get(record.statement), words)


def _label_by(reader: Reader, label: Label, words: Any) -> bool:
    said = reader.get(label.statement)
    return (words == ARTICLE and said is None) or reader.said_by(said, words)


def _label_text(reader: Reader, label: Label, words: Any) -> bool:
    return holds_any([label.text], words)


def _name(reader: Reader, actor: Actor, words: Any) -> bool:
    return holds_any(reader.mentions(actor), words)


def _sector(reader: Reader, actor: Actor, wanted: Any) -> bool:
    return any(sector in any_of(wanted) for sector in actor.sectors)


def _mentions(reader: Reader, actor: Actor, least: Any) -> bool:
    return len(actor.mentions) >= int(least)


EVENT: dict[str, Test] = {
    "near": _on("trigger"),
    **{key: _is(key) for key in ("type", "mode", "realis", "background", "cameo")},
    "acled": _acled,
    "actor": _party("actors"),
    "recipient": _party("recipients"),
    "place": _in_place,
    "start": _at("start"),
    "end": _at("end"),
    "figure_low": _figure_low,
    "voice": _voice,
}
STATEMENT: dict[str, Test] = {
    "content": _any_on("content_spans"),
    "speaker": _speaker,
    "cue": _on("cue_span"),
    "kind": _is("kind"),
    "act": _is("act"),
    "channel": _channel,
    "within": _within,
}
FIGURE: dict[str, Test] = {
    "text": _on("span"),
    **{key: _is(key) for key in ("low", "high", "approximate", "measure")},
    "by": _by,
}
PLACE: dict[str, Test] = {
    "text": _any_on("mentions"),
    **{key: _is(key) for key in ("geonameid", "country", "precision")},
}
TIME: dict[str, Test] = {"text": _on("span"), **{key: _is(key) for key in ("start", "end", "granularity")}}
ACTOR: dict[str, Test] = {
    "name": _name,
    "kind": _is("kind"),
    "country": _is("country"),
    "sector": _sector,
    "mentions_min": _mentions,
}
LABEL: dict[str, Test] = {"text": _label_text, "by": _label_by}
BLOCK: dict[str, Test] = {"text": _on("span"), "kind": _is("kind")}

DENIABLE = ("event", "statement", "place", "figure")
"""The kinds that have a `no_` beside them."""


def _labels(coding: Coding) -> Iterable[Label]:
    return (label for actor in coding.actors for label in actor.labels)


KINDS: dict[str, tuple[Callable[[Coding], Iterable[Any]], dict[str, Test]]] = {
    "event": (lambda coding: coding.events, EVENT),
    "statement": (lambda coding: coding.statements, STATEMENT),
    "figure": (lambda coding: coding.figures, FIGURE),
    "place": (lambda coding: coding.places, PLACE),
    "time": (lambda coding: coding.times, TIME),
    "actor": (lambda coding: coding.actors, ACTOR),
    "label": (_labels, LABEL),
    "block": (lambda coding: coding.article.blocks, BLOCK),
}
"""What each kind of check looks at, and the keys it knows."""
