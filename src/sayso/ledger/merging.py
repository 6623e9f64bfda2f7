"""Two ledgers into one: what another one holds is added to this one, and incidents are found for its events here."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from sayso.ledger.adding import Adding
from sayso.ledger.anchors import text_hash
from sayso.ledger.database import name_of, reading, writing
from sayso.ledger.dossier import Annotation
from sayso.ledger.incidents.corrected import let_be_computed
from sayso.ledger.incidents.decisions import Decided, Mark, read_mark
from sayso.ledger.incidents.reclustering import recluster
from sayso.ledger.keeping import Kept, known, unpacked
from sayso.ledger.people.auditing import note
from sayso.ledger.people.corrections import anchor_anew
from sayso.ledger.personal import masked_coding
from sayso.ledger.personal.masker import Masker, masker_of, together
from sayso.ledger.personal.noted import masked_annotation
from sayso.ledger.personal.spans import may_have
from sayso.ledger.schema import annotation, article, coding, decision, event, raw, uncoded
from sayso.ledger.uncoded import read_uncoded
from sayso.records import Article, Coding, Span


def merge(into: Adding, other: Engine, *, who: str) -> Iterator[Kept]:
    """Add every article of another ledger with all its codings, then its decisions and annotations; what became of each article.

    Doing it twice changes nothing the second time: a coding that is here already, be it as an earlier revision, is not added
    again. Articles that either ledger has forgotten stay forgotten. Personal data are masked, as `Ledger.add` does; so are they in
    what people wrote, as the texts are of which they wrote it.
    """
    keys: dict[int, str] = {}
    with reading(other) as source:
        living = select(article.c.id).where(article.c.forgotten.is_(None)).order_by(article.c.id)
        numbers = source.execute(living).scalars().all()
    for number in numbers:
        with reading(other) as source:
            codings = _codings(source, number)
            one = None if codings else _uncoded(source, number)
        kept = [_add(into, made) for made in codings] if one is None else [into.uncoded(one)]
        keys[number] = kept[-1].key
        yield next((one for one in reversed(kept) if one.status != "same"), kept[-1])
    with reading(other) as source, writing(into.engine) as target:
        masked = _Masked(source)
        decided = _decisions(source, target, keys, masked)
        _annotations(source, target, keys, masked)
        note(target, Masker("", ()).words(who), "merge", name_of(other), {"articles": len(keys)})
        anew = any(not Decided(target).holds(*one) for one in decided)
    if anew:
        recluster(into.engine)


def _codings(source: Connection, number: int) -> list[Coding]:
    """All codings of an article, the current one last, made of the raw input that is kept."""
    rows = source.execute(select(coding.c.data).where(coding.c.article == number).order_by(coding.c.revision)).scalars()
    found = [Coding.model_validate_json(unpacked(row)) for row in rows]
    if found:
        _with_input(source, number, found[-1].article)
    return found


def _uncoded(source: Connection, number: int) -> Article:
    """An article that is kept without a coding, made of the raw input that is kept."""
    data = source.execute(select(uncoded.c.data).where(uncoded.c.article == number)).scalar_one()
    return _with_input(source, number, read_uncoded(data))


def _with_input(source: Connection, number: int, one: Article) -> Article:
    data = source.execute(
        select(raw.c.data).join(article, article.c.raw == raw.c.hash).where(article.c.id == number)
    ).scalar()
    return one if data is None else one.made_of(zlib.decompress(data))


def _add(into: Adding, made: Coding) -> Kept:
    with reading(into.engine) as connection:
        there = known(connection, masked_coding(made))
    return there or into.coding(made)


class _Masked:
    """What people wrote in the other ledger, masked as the text is to which it belongs: an orphan's is a former one."""

    def __init__(self, source: Connection) -> None:
        self._source = source
        living = select(article.c.key, article.c.id).where(article.c.forgotten.is_(None))
        self.numbers = {row.key: row.id for row in source.execute(living)}
        self._known: dict[int, list[Masker]] = {}

    def _of(self, number: int, fits: Callable[[Masker], bool]) -> Masker:
        """That of the last text that fits, else that of the current one."""
        if number not in self._known:
            self._known[number] = [masker_of(made) for made in reversed(_codings(self._source, number))]
        known = self._known[number]
        return next(filter(fits, known), known[0])

    def mark(self, one: Mark) -> Mark:
        number, span = self.numbers.get(one.article), Span(one.start, one.end)
        if number is None:
            return one
        masker = self._of(number, lambda known: span.of(known.text) == one.words)
        return one._replace(words=masker.quoted(one.words, span))

    def said(self, articles: Iterable[str], words: str) -> str:
        """A name or a reason that people gave when they decided of reports in these articles."""
        if not may_have(words):
            return words
        numbers = (self.numbers[key] for key in articles if key in self.numbers)
        return together(self._of(number, lambda _: True) for number in numbers).words(words)

    def annotation(self, row: RowMapping) -> dict[str, Any]:
        """The columns of an annotation."""
        names = ("exact", "prefix", "suffix", "text_hash", "field", "value", "body")
        one = Annotation(
            row["id"], "", row["kind"], row["creator"], row["created"], Span(row["start"], row["end"]),
            **{name: row[name] for name in names},
        )  # fmt: skip
        masker = self._of(row["article"], lambda known: text_hash(known.text) == one.text_hash)
        clean = masked_annotation(one, masker)
        said = {name: masker.maybe(row[name]) for name in ("why", "assigned")}
        return {**row, **said, "creator": clean.creator, **{name: getattr(clean, name) for name in names}}


def _decisions(
    source: Connection, target: Connection, keys: Mapping[int, str], masked: _Masked
) -> list[tuple[str, Mark, Mark]]:
    """Those that are new here and hold, by kind and marks."""
    there = {(d.kind, d.one, d.other, d.made) for d in target.execute(select(decision))}
    columns = [c for c in decision.c if c.name != "id"]
    names = {key: keys[number] for key, number in masked.numbers.items() if number in keys}
    gone = set(target.execute(select(article.c.key).where(article.c.forgotten.is_not(None))).scalars())
    found = source.execute(select(*columns).order_by(decision.c.id)).mappings().all()
    told = dict.fromkeys(read_mark(row[side]).article for row in found for side in ("one", "other"))
    rows = [_decided(row, names, gone, masked, told) for row in found]
    new = [row for row in rows if (row["kind"], row["one"], row["other"], row["made"]) not in there]
    if new:
        target.execute(insert(decision), new)
    return [(r["kind"], read_mark(r["one"]), read_mark(r["other"])) for r in new if r["withdrawn"] is None]


def _decided(
    row: RowMapping, names: Mapping[str, str], gone: Container[str], masked: _Masked, told: Iterable[str]
) -> dict[str, Any]:
    """A decision by the ids that its articles have here, without words of those that are `gone` here.

    One act makes many decisions: its reason may be of any article that is `told` of.
    """
    clean = {name: masked.said(told, row[name]) for name in ("who", "why")}
    for side in ("one", "other"):
        mark = masked.mark(read_mark(row[side]))
        mark = mark._replace(article=names.get(mark.article, mark.article))
        clean[side] = json.dumps(mark._replace(words="") if mark.article in gone else mark)
    return {**row, **clean}


def _annotations(source: Connection, target: Connection, keys: Mapping[int, str], masked: _Masked) -> None:
    """Those of articles that are not forgotten here. Replies name what they reply to once all are there."""
    there = set(target.execute(select(annotation.c.id)).scalars())
    living = select(article.c.id, article.c.key).where(article.c.forgotten.is_(None))
    number = {row.key: row.id for row in target.execute(living)}
    rows = source.execute(select(annotation).order_by(annotation.c.created, annotation.c.id)).mappings().all()
    new = [row for row in rows if row["id"] not in there and keys.get(row["article"]) in number]
    for row in new:
        here = {"article": number[keys[row["article"]]], "incident": _incident(source, target, row["incident"], keys)}
        target.execute(insert(annotation).values({**masked.annotation(row), **here, "reply_to": None}))
    for row in new:
        if row["reply_to"] is not None:
            target.execute(update(annotation).where(annotation.c.id == row["id"]).values(reply_to=row["reply_to"]))
    for one in sorted({row["article"] for row in new}):
        data = target.execute(
            select(coding.c.data)
            .join(article, (article.c.id == coding.c.article) & (article.c.revision == coding.c.revision))
            .where(article.c.key == keys[one])
        ).scalar_one()
        anchor_anew(target, number[keys[one]], Coding.model_validate_json(unpacked(data)).article.text)
        let_be_computed(target, number[keys[one]])


def _incident(source: Connection, target: Connection, number: int | None, keys: Mapping[int, str]) -> int | None:
    """The incident here of which a verdict there is: that of the first of its reports that is here."""
    if number is None:
        return None
    rows = source.execute(
        select(event.c.article, event.c.trigger_start, event.c.type)
        .where(event.c.incident == number, event.c.role == "report").order_by(event.c.id)
    ).all()  # fmt: skip
    found: list[Any] = [
        target.execute(
            select(event.c.incident)
            .join(article, article.c.id == event.c.article)
            .where(article.c.key == keys[row.article], event.c.trigger_start == row.trigger_start)
            .where(event.c.type == row.type, event.c.incident.is_not(None))
        ).scalar()
        for row in rows
        if row.article in keys
    ]
    return next((one for one in found if one is not None), None)
