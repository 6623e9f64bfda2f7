"""What people say of an article's words, and the coding as corrected by it.

An annotation is never changed but in its state (`open`, then `accepted`, `declined` or `withdrawn`) and in where its words stand when the
article's text has changed. Accepted corrections make another coding of the coder's own, which stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select, update

from sayso.errors import LedgerError
from sayso.ledger.dossier import Annotation
from sayso.ledger.keeping import current, now
from sayso.ledger.people import anchors
from sayso.ledger.people.auditing import note
from sayso.ledger.schema import annotation, article
from sayso.records import Coding, Span

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
"""Fields that name another record: a correction gives that record itself, which is added to the coding."""


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
    with the value null says that there is no such thing. Raises LedgerError for what cannot be.
    """
    coding = _coding(connection, key)
    if kind not in KINDS:
        raise LedgerError(f"{kind}: no kind of annotation; there are: {', '.join(KINDS)}")
    mark = anchors.anchor(coding.article.text, span)
    if field is not None:
        _applied(coding, span, field, value)  # raises where it cannot be applied
    values = {
        "id": uuid4().hex,
        "article": _number(connection, key),
        "kind": kind,
        "creator": creator,
        "created": now(),
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


def decide(connection: Connection, identifier: str, state: str, *, who: str, why: str = "") -> None:
    """Accept, decline or withdraw an annotation. Raises LedgerError for an unknown one, or one that is decided."""
    row = connection.execute(select(annotation).where(annotation.c.id == identifier)).one_or_none()
    if row is None:
        raise LedgerError(f"{identifier}: no such annotation")
    if state not in STATES:
        raise LedgerError(f"{state}: no state; there are: {', '.join(STATES)}")
    if row.state != "open" and state != "withdrawn":
        raise LedgerError(f"{identifier}: {row.state} already")
    connection.execute(update(annotation).where(annotation.c.id == identifier).values(state=state))
    note(connection, who, state, identifier, {"why": why})


def annotations_of(connection: Connection, key: str | None = None) -> list[Annotation]:
    """The annotations of an article, or of all, the oldest first."""
    rows = (
        select(annotation, article.c.key)
        .join(article, article.c.id == annotation.c.article)
        .order_by(annotation.c.created, annotation.c.id)
    )
    found = connection.execute(rows if key is None else rows.where(article.c.key == key))
    return [
        Annotation(
            r.id, r.key, r.kind, r.creator, r.created, Span(r.start, r.end), r.exact, r.prefix, r.suffix, r.text_hash,
            r.field, r.value, r.body, r.reply_to, r.state, r.orphan,
        )
        for r in found
    ]  # fmt: skip


def anchor_anew(connection: Connection, number: int, text: str) -> list[str]:
    """Find the words of an article's annotations in its new text; the ids of those that are orphans now."""
    orphans = []
    for row in connection.execute(select(annotation).where(annotation.c.article == number)).all():
        mark = anchors.Anchor(row.start, row.end, row.exact, row.prefix, row.suffix, row.text_hash)
        placed = anchors.place(mark, text)
        if placed.span is None or placed.how == "suggestion":
            orphans.append(row.id)
            values: dict[str, Any] = {"orphan": True}
        else:
            values = {"orphan": False, **anchors.anchor(text, placed.span)._asdict()}
        connection.execute(update(annotation).where(annotation.c.id == row.id).values(values))
    return orphans


def corrected(coding: Coding, given: Iterable[Annotation]) -> Coding:
    """The coding as the accepted corrections have it, in the order in which they were made; orphans count for nothing."""
    for one in given:
        if one.state == "accepted" and one.field is not None and not one.orphan:
            try:
                coding = _applied(coding, one.span, one.field, json.loads(one.value or "null"))
            except LedgerError:
                continue  # a newer coder has no such record at these words: there is nothing to correct
    return coding


def _applied(coding: Coding, span: Span, field: str, value: Any) -> Coding:
    kind, _, attribute = field.partition("/")
    if kind not in LISTS:
        raise LedgerError(f"{field}: no such field; the lists are: {', '.join(LISTS)}")
    items = list(getattr(coding, kind))
    at = next((i for i, item in enumerate(items) if _stands(item, kind, span)), None)
    if at is None:
        raise LedgerError(f"{field}: none of the {kind} stands at {span.start}-{span.end}")
    if not attribute:
        if value is not None:
            raise LedgerError(f"{field}: only null, for what is none, can be given for a whole record")
        return _checked(coding, {kind: items[:at] + items[at + 1 :]})
    if attribute not in type(items[at]).model_fields or attribute == "id":
        raise LedgerError(f"{field}: {kind} have no {attribute}")
    more: dict[str, Any] = {}
    if attribute in REFERENCES and isinstance(value, dict):
        others = getattr(coding, REFERENCES[attribute])
        new = f"{REFERENCES[attribute][0]}{len(others) + 1}"
        more[REFERENCES[attribute]] = [
            *others,
            {"text": "", "span": span, **value, "id": new} if attribute == "time" else {**value, "id": new},
        ]
        value = new
    changed = {**items[at].model_dump(by_alias=True), attribute: value}
    return _checked(coding, {kind: [*items[:at], changed, *items[at + 1 :]], **more})


def _checked(coding: Coding, changed: dict[str, Any]) -> Coding:
    try:
        return Coding.model_validate({**coding.model_dump(by_alias=True), **changed})
    except ValidationError as error:
        first = error.errors()[0]
        raise LedgerError(f"{'/'.join(map(str, first['loc']))}: {first['msg']}") from error


def _stands(item: Any, kind: str, span: Span) -> bool:
    held = getattr(item, LISTS[kind])
    spans: Sequence[Span] = (held,) if isinstance(held, Span) else held or ()
    return any(Span(*one).overlaps(span) for one in spans)


def _coding(connection: Connection, key: str) -> Coding:
    coding = current(connection, key)
    if coding is None:
        raise LedgerError(f"{key}: no such article in the ledger")
    return coding


def _number(connection: Connection, key: str) -> int:
    return int(connection.execute(select(article.c.id).where(article.c.key == key)).scalar_one())
