"""The coder measured on what people have corrected in a ledger."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, TypeAlias

from pydantic import BaseModel

from sayso.evaluation.figures import Figure, Scored, percent
from sayso.ledger.dossier import Annotation
from sayso.ledger.people.accepted import Correction
from sayso.ledger.people.corrections import corrected
from sayso.records import Actor, Coding, Place, Span, Time

Outcome: TypeAlias = Literal["right", "still", "neither"]
OUTCOMES: tuple[Outcome, ...] = ("right", "still", "neither")


class _Change(NamedTuple):
    """What a coding has where a correction applies, and what it has then; the same where it needs no correction."""

    has: Any
    wanted: Any


def score_corrections(rows: Iterable[tuple[Correction, Coding]]) -> Scored:
    """How a coding of each corrected article, by whichever coder, stands to what people corrected. Headline: `right`.

    `right`: corrections whose record has what they give; `still`: what it had when it was corrected; `neither`: something
    else, or no record stands at these words any more. The same by field, as `events/type_right`. A correction that takes a
    whole record away is right where none stands there. The codings are of the ledger's current text of the article.
    """
    fields: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
    for correction, coding in rows:
        fields[str(correction.given.field)][outcome(correction, coding)] += 1
    all_of_them = sum(fields.values(), Counter[Outcome]())
    named = [(f"{field}_", fields[field]) for field in sorted(fields)]
    figures = [
        Figure(f"{prefix}{name}", percent(counts[name], counts.total()), counts.total())
        for prefix, counts in [*named, ("", all_of_them)]
        for name in OUTCOMES
    ]
    return Scored(tuple(figures), percent(all_of_them["right"], all_of_them.total()))


def outcome(correction: Correction, coding: Coding) -> Outcome:
    """Whether this coding has what a person corrected the former one to."""
    now = _change(coding, correction.given)
    if now is None:
        return "neither" if "/" in str(correction.given.field) else "right"
    if now.has == now.wanted:
        return "right"
    then = _change(correction.coding, correction.then)
    return "still" if then is not None and now.has == then.has else "neither"


def _change(coding: Coding, one: Annotation) -> _Change | None:
    """What the correction does to a coding; None where no record stands at its words."""
    after = corrected(coding, [one])
    if after is coding:
        return None
    kind, _, attribute = str(one.field).partition("/")
    given = json.loads(one.value or "null")
    if not attribute and given is None:
        return _Change("a record", "none")
    pairs = zip(getattr(coding, kind), getattr(after, kind), strict=True)
    changed = next(((old, new) for old, new in pairs if old != new), None)
    if changed is None:
        return _Change("the same", "the same")
    by_name = _by_name(one)
    names = [attribute] if attribute else list(given)
    old, new = (tuple(getattr(record, name) for name in names) for record in changed)
    return _Change(_told(coding, old, by_name), _told(after, new, by_name))


def _by_name(one: Annotation) -> bool:
    """Whether a place is given by its name alone."""
    given = json.loads(one.value or "null")
    return isinstance(given, dict) and given.get("geonameid") is None


def _told(coding: Coding, value: Any, by_name: bool) -> Any:
    """A value without what is this coding's own: spans as their words, ids as what they stand for."""
    if isinstance(value, Span):
        return value.of(coding.article.text)
    if isinstance(value, tuple):
        return tuple(_told(coding, one, by_name) for one in value)
    if isinstance(value, BaseModel):
        return {name: _told(coding, getattr(value, name), by_name) for name in type(value).model_fields}
    record = coding.find(value) if isinstance(value, str) else None
    return value if record is None else _known(coding, record, by_name)


def _known(coding: Coding, record: Any, by_name: bool) -> Any:
    """What a record of one coding is known by in another."""
    if isinstance(record, Place):
        return record.name if by_name or record.geonameid is None else record.geonameid
    if isinstance(record, Time):
        return record.start, record.end
    if isinstance(record, Actor):
        return record.name
    return {name: _told(coding, held, by_name) for name, held in record if isinstance(held, Span)}
