"""What people say of an article's words, and the coding as corrected by it.

An annotation is never changed but in its state (`open`, then `accepted`, `declined` or `withdrawn`) and in where its words stand when the
article's text has changed. Accepted corrections make another coding of the coder's own, which stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, insert, select, update

from sayso.codebooks import PLOVER
from sayso.errors import LedgerError
from sayso.ledger import anchors
from sayso.ledger.dossier import Annotation
from sayso.ledger.keeping import current, now
from sayso.ledger.people.auditing import note
from sayso.ledger.people.contract import wrongs
from sayso.ledger.schema import annotation, article
from sayso.records import Coding, Party, Record, Span

KINDS = ("editing", "classifying", "questioning", "replying", "commenting", "assessing")
"""Motivations of the Web Annotation model."""
STATES = ("accepted", "declined", "withdrawn")
LISTS = {
    "actors": "mentions",
    "places": "mentions",
    "times": "span",
    "figures": "span",
    "statements": "cue_span",
    "events": "trigger",
}
"""Which words a record is known by: those that a correction of it must be anchored at."""
REFERENCES = {"place": "places", "time": "times", "speaker": "actors"}
"""Fields that name another record: a correction gives that record itself, which is added to the coding, or null.

An id would name something else in the coding of the next coder.
"""


NAMING = frozenset("place time speaker event statement within actor part_of".split())
"""Fields of records that hold the id of another one."""


def annotate(
    connection: Connection,
    key: str,
    span: Span,
    *,
    kind: str,
    creator: str,
    field: str | None = None,
    value: Any = None,
    body: str | None = None,
    reply_to: str | None = None,
    incident: int | None = None,
) -> str:
    """Note what somebody says of these words of an article's current text; the annotation's id.

    `field` is a list and an attribute ("events/type"): the record of that list at these words is meant; a list alone ("events")
    with the value null says that there is no such thing, with an object that some of its attributes are others. Raises LedgerError
    for what cannot be.
    """
    coding, number = _coding(connection, key), _number(connection, key)
    if kind not in KINDS:
        raise LedgerError(f"{kind}: no kind of annotation; there are: {', '.join(KINDS)}")
    mark = anchors.anchor(coding.article.text, span)
    if field is not None:
        _keeps_contract(coding, _applied(coding, Span(*span), field, _plain(field, value)))
    if reply_to is not None:
        _answered(connection, reply_to, number)
    values = {
        "id": uuid4().hex,
        "article": number,
        "kind": kind,
        "creator": creator,
        "created": now("microseconds"),
        **mark._asdict(),
        "field": field,
        "value": None if field is None else json.dumps(value, ensure_ascii=False),
        "body": body,
        "reply_to": reply_to,
        "state": "open",
        "orphan": False,
        "incident": incident,
    }
    connection.execute(insert(annotation).values(values))
    note(connection, creator, f"annotate:{kind}", key, {"annotation": values["id"], "field": field})
    return str(values["id"])


class Decided(NamedTuple):
    """An article by its number, and whether it is otherwise corrected now."""

    article: int
    corrects: bool


def decide(connection: Connection, identifier: str, state: str, *, who: str, why: str = "") -> Decided:
    """Accept, decline or withdraw an annotation. Raises LedgerError for an unknown one, or one that is decided."""
    row = connection.execute(select(annotation).where(annotation.c.id == identifier)).one_or_none()
    if row is None:
        raise LedgerError(f"{identifier}: no such annotation")
    if state not in STATES:
        raise LedgerError(f"{state}: no state; there are: {', '.join(STATES)}")
    if row.state == state or (row.state != "open" and state != "withdrawn"):
        raise LedgerError(f"{identifier}: {row.state} already")
    connection.execute(update(annotation).where(annotation.c.id == identifier).values(state=state, why=why or None))
    note(connection, who, state, identifier, {"why": why})
    return Decided(row.article, row.field is not None and "accepted" in (row.state, state))


def annotations_of(connection: Connection, key: str | None = None) -> list[Annotation]:
    """The annotations of an article, or of all, the oldest first."""
    rows = (
        select(annotation, article.c.key)
        .join(article, article.c.id == annotation.c.article)
        .order_by(annotation.c.created, annotation.c.id)
    )
    found = connection.execute(rows if key is None else rows.where(article.c.key == key))
    return [read(row) for row in found]


def annotations_by_article(connection: Connection, keys: Collection[str]) -> dict[str, tuple[Annotation, ...]]:
    """Those of several articles, by the articles' ids, the oldest first."""
    rows = (
        select(annotation, article.c.key)
        .join(article, article.c.id == annotation.c.article)
        .where(article.c.key.in_(keys))
        .order_by(annotation.c.created, annotation.c.id)
    )
    found: dict[str, tuple[Annotation, ...]] = {}
    for row in connection.execute(rows):
        found[row.key] = (*found.get(row.key, ()), read(row))
    return found


def read(row: Row[Any]) -> Annotation:
    """The annotation of a row of its table, with the article's `key`."""
    return Annotation(
        row.id, row.key, row.kind, row.creator, row.created, Span(row.start, row.end), row.exact, row.prefix, row.suffix,
        row.text_hash, row.field, row.value, row.body, row.reply_to, row.state, row.orphan,
    )  # fmt: skip


def anchor_anew(connection: Connection, number: int, text: str) -> list[str]:
    """Find the words of an article's annotations in its new text; the ids of those that are orphans now.

    An orphan keeps the words and the context that it had, and is found again if they come back. The audit log says which are lost.
    """
    orphans = []
    rows = connection.execute(select(annotation).where(annotation.c.article == number).order_by(annotation.c.created))
    for row in rows.all():
        mark = anchors.Anchor(row.start, row.end, row.exact, row.prefix, row.suffix, row.text_hash)
        placed = anchors.place(mark, text)
        if placed.span is None:
            orphans.append(row.id)
            values: dict[str, Any] = {"orphan": True}
            if not row.orphan:
                note(connection, "sayso", "orphan", row.id, {"field": row.field})
        else:
            values = {"orphan": False, **anchors.anchor(text, placed.span)._asdict()}
        connection.execute(update(annotation).where(annotation.c.id == row.id).values(values))
    return orphans


def corrected(coding: Coding, given: Iterable[Annotation]) -> Coding:
    """The coding as the accepted corrections have it, in the order in which they were made; orphans count for nothing."""
    for one in given:
        if corrects(one):
            try:
                coding = _applied(coding, one.span, one.field or "", json.loads(one.value or "null"))
            except LedgerError:
                continue  # a newer coder has no such record at these words: there is nothing to correct
    return coding


def corrects(one: Annotation) -> bool:
    """Whether it is a correction that holds."""
    return one.state == "accepted" and one.field is not None and not one.orphan


def _applied(coding: Coding, span: Span, field: str, value: Any) -> Coding:
    kind, _, attribute = field.partition("/")
    if kind not in LISTS:
        raise LedgerError(f"{field}: no such field; the lists are: {', '.join(LISTS)}")
    items = list(getattr(coding, kind))
    at = position(coding, kind, span)
    if at is None:
        raise LedgerError(f"{field}: none of the {kind} stands at {span.start}-{span.end}")
    if not attribute:
        if value is None:
            return _without(coding, kind, items[at].id)
        changed = {**items[at].model_dump(by_alias=True), **_attributes(field, items[at], value)}
        return _checked(coding, {kind: [*items[:at], changed, *items[at + 1 :]]})
    if attribute not in type(items[at]).model_fields or attribute == "id":
        raise LedgerError(f"{field}: {kind} have no {attribute}")
    more: dict[str, Any] = {}
    along = _along(kind, items[at], attribute, value)
    if attribute in REFERENCES and value is not None:
        if not isinstance(value, dict):
            raise LedgerError(f"{field}: give the record itself, as an object, or null; not {value!r}")
        others = getattr(coding, REFERENCES[attribute])
        new = _unused(others, REFERENCES[attribute][0])
        told = {"text": span.of(coding.article.text), "span": span} if attribute == "time" else {}
        more[REFERENCES[attribute]] = [*others, {**told, **value, "id": new}]
        value = new
    changed = {**items[at].model_dump(by_alias=True), **along, attribute: value}
    return _checked(coding, {kind: [*items[:at], changed, *items[at + 1 :]], **more})


def _along(kind: str, item: Any, attribute: str, value: Any) -> dict[str, Any]:
    """The fields that change with another one: a speaker's words, and a mode that the new type has not."""
    if attribute == "speaker":
        return {"speaker_span": _first_words(value)}
    if (kind, attribute) == ("events", "type") and item.mode not in PLOVER.get(str(value), ()):
        return {"mode": None}
    return {}


def position(coding: Coding, kind: str, span: Span) -> int | None:
    """Which record of a list (of LISTS) is meant by these words; None where none stands there."""
    items = getattr(coding, kind)
    at = max(range(len(items)), key=lambda i: (_agreement(items[i], kind, span), -i), default=None)
    return at if at is not None and _agreement(items[at], kind, span) else None


def _attributes(field: str, item: Any, value: Any) -> dict[str, Any]:
    """Several attributes of one record that are given together. None may be the id of another record."""
    if not isinstance(value, dict):
        raise LedgerError(f"{field}: only null, for what is none, or an object can be given for a whole record")
    for name in value:
        if name not in type(item).model_fields or name == "id" or name in NAMING:
            raise LedgerError(f"{field}: no {name} can be given with others")
    return value


def _first_words(speaker: Any) -> Any:
    """The words that name a speaker: the former one's are somebody else's."""
    mentions = speaker.get("mentions") if isinstance(speaker, dict) else None
    return mentions[0] if isinstance(mentions, list) and mentions else None


def _checked(coding: Coding, changed: dict[str, Any]) -> Coding:
    """The coding with some lists changed; only what is changed is looked at anew. Raises LedgerError for what no record can be."""
    lists = {}
    for name, records in changed.items():
        try:
            lists[name] = _list(name).validate_python(tuple(records))
        except ValidationError as error:
            first = error.errors()[0]
            raise LedgerError(f"{'/'.join(map(str, (name, *first['loc'])))}: {first['msg']}") from error
    return coding.model_copy(update=lists)


def _keeps_contract(before: Coding, made: Coding) -> None:
    """Raises LedgerError where a correction breaks what the coding kept. (Asked when it is made: it is not asked again of each reader.)"""
    known = set(wrongs(before))
    for one in wrongs(made):
        if one not in known:
            raise LedgerError(f"{one.field}: {one.reason}")


@cache
def _list(name: str) -> TypeAdapter[Any]:
    kind: Any = Coding.model_fields[name].annotation
    return TypeAdapter(kind)


def _without(coding: Coding, kind: str, identifier: str) -> Coding:
    """The coding without this record, and without what names it."""
    names = (name for name in Coding.model_fields if name not in ("schema_", "coder", "article"))
    lists = {name: [_but(one, identifier) for one in getattr(coding, name)] for name in names}
    lists[kind] = [one for one in lists[kind] if _id(one) != identifier]
    return _checked(coding, lists)


def _but(record: Record, identifier: str) -> Any:
    """The record as it is, where nothing in it names this one."""
    held = record.model_dump()
    left = _unnamed(held, identifier)
    return record if left == held else left


def _id(record: Any) -> Any:
    return record.get("id") if isinstance(record, dict) else getattr(record, "id", None)


def _unnamed(held: Any, identifier: str) -> Any:
    """Records in which nothing names this one: a field that did is null, a party that was it is left out."""
    if isinstance(held, dict):
        return {
            field: None if field in NAMING and one == identifier else _unnamed(one, identifier)
            for field, one in held.items()
        }
    if isinstance(held, (list, tuple)):
        return tuple(_unnamed(one, identifier) for one in held if one != identifier and not _is_party(one, identifier))
    return held


def _is_party(one: Any, identifier: str) -> bool:
    return isinstance(one, dict) and one.keys() == Party.model_fields.keys() and one["actor"] == identifier


def _unused(records: Sequence[Any], letter: str) -> str:
    """An id that none of the records has, though some were taken away."""
    numbers = (int(one.id[1:]) for one in records if one.id[:1] == letter and one.id[1:].isdecimal())
    return f"{letter}{max(numbers, default=0) + 1}"


def _agreement(item: Any, kind: str, span: Span) -> float:
    """How well the words of a record are those of the span: 1 where they are the same, 0 where they have none in common.

    Of "Almaty" and "Almaty airport", of which one stands within the other, the right one is meant.
    """
    held = getattr(item, LISTS[kind])
    spans: Sequence[Span] = (held,) if isinstance(held, Span) else held or ()
    return max((_shared(Span(*one), span) for one in spans), default=0.0)


def _shared(one: Span, other: Span) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))


def _plain(field: str, value: Any) -> Any:
    """The value as it will be read back. Raises LedgerError for what JSON cannot hold."""
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise LedgerError(f"{field}: {value!r} is nothing that JSON can hold") from error


def _answered(connection: Connection, identifier: str, number: int) -> None:
    """Raises LedgerError where there is no such annotation of this article to reply to."""
    found = connection.execute(select(annotation.c.article).where(annotation.c.id == identifier)).scalar()
    if found != number:
        raise LedgerError(f"{identifier}: no such annotation of this article to reply to")


def _coding(connection: Connection, key: str) -> Coding:
    coding = current(connection, key)
    if coding is None:
        raise LedgerError(f"{key}: no such article in the ledger")
    return coding


def _number(connection: Connection, key: str) -> int:
    return int(connection.execute(select(article.c.id).where(article.c.key == key)).scalar_one())
