"""What a correction changes, in words: what was there, and what is there instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sayso.desk.cards import NAMES
from sayso.exports.view import View, plain
from sayso.ledger.asking.one_article import Step
from sayso.ledger.dossier import Annotation
from sayso.ledger.people.corrections import REFERENCES, corrected, position
from sayso.records import Actor, Coding, Event, Figure, Party, Place, Span, Statement, Time

NOTHING = "nothing"


class Change(NamedTuple):
    """`id`: the annotation's; `record`: the id of what is changed, in the coding as it was. `what`: "place of the event"."""

    id: str
    record: str
    what: str
    before: str
    after: str
    creator: str
    created: str
    words: str


def changes(steps: Iterable[Step]) -> list[Change]:
    """What each accepted correction has changed."""
    return [made for step in steps if (made := change(step.before, step.by)) is not None]


def change(coding: Coding, one: Annotation) -> Change | None:
    """What an annotation changes in this coding, or would; None where it changes nothing that can be applied."""
    kind, _, attribute = (one.field or "").partition("/")
    at = position(coding, kind, one.span) if kind else None
    if at is None or one.orphan:
        return None
    after = corrected(coding, [one._replace(state="accepted")])
    record = getattr(coding, kind)[at]
    gone = len(getattr(after, kind)) < len(getattr(coding, kind))
    told = NOTHING if gone else _told(View(after), getattr(after, kind)[at], attribute)
    singular = kind[:-1] if kind.endswith("s") else kind
    what = f"{attribute.replace('_', ' ')} of the {singular}" if attribute else singular
    was = _told(View(coding), record, attribute)
    return Change(one.id, record.id, what, was, told, one.creator, one.created, plain(one.exact))


def _told(view: View, record: Any, attribute: str) -> str:
    """An attribute of a record in words; without one the record itself."""
    if not attribute:
        return described(view, record)
    value = getattr(record, attribute)
    if attribute in REFERENCES and value is not None:
        return described(view, view.coding.find(value))
    return _value(view, value)


def _value(view: View, value: Any) -> str:
    if value is None or value == ():
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Span):
        return f"“{view.words(value)}”"
    if isinstance(value, Party):
        return view.party(value)
    if isinstance(value, tuple):
        return ", ".join(_value(view, one) for one in value)
    if isinstance(value, float):
        return f"{value:,.10g}"
    return plain(str(value))


def described(view: View, record: Any) -> str:
    """A record in a few words."""
    match record:
        case Event():
            return f"{NAMES.get(record.type, record.type.title())}: “{view.words(record.trigger)}”"
        case Place():
            return plain(record.name) + (f" ({record.country})" if record.country else "")
        case Time():
            return days(record)
        case Figure():
            return view.count(record)
        case Statement():
            return f"{view.speaker(record)}: {record.act}"
        case Actor():
            return plain(record.name)
    return NOTHING


def days(time: Time) -> str:
    """The days of a time; its words where it names none."""
    if time.start and time.end and time.start != time.end:
        return f"{time.start} to {time.end}"
    return time.start or time.end or plain(time.text)
