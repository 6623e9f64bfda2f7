"""Many incidents with what was read for them, some hundred at a time in a few queries: what exporters and files are given.

All is of one state of the ledger, that of the connection's transaction: what others write meanwhile is not in it. A coding is made of
its stored form, and masked, when it is looked at: who writes records alone pays for no coding.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from pydantic_core import from_json
from sqlalchemy import Connection, select

from sayso.ledger.asking.relevant import Relevant, part_of, relevant
from sayso.ledger.asking.verdicts import verdicts_of
from sayso.ledger.dossier import Annotation, Dossier
from sayso.ledger.incidents.corrected import shown
from sayso.ledger.incidents.summaries import records
from sayso.ledger.keeping import unpacked
from sayso.ledger.people.corrections import annotations_by_article, corrected, corrects
from sayso.ledger.personal import masked_coding, masked_incident, masked_notes
from sayso.ledger.personal.masker import Masker, masker_in, masker_of
from sayso.ledger.personal.rules import rules
from sayso.ledger.schema import article, coding, incident
from sayso.records import Coding, Incident

AT_ONCE = 100
"""Incidents that are read in one go."""
KEYS = 500
"""Articles that are asked for in one query."""
REMEMBERED = 2000
"""Articles in memory, as they are stored: one may be of many incidents."""
T = TypeVar("T")


class Batches:
    """Reads incidents through one connection. `corrected`: as people have corrected them. `whole`: with all of each coding, not only what
    has to do with the incident. Personal data are masked unless `unmasked`."""

    def __init__(self, connection: Connection, *, corrected: bool, unmasked: bool = False, whole: bool = False) -> None:
        self._connection = connection
        self._corrected, self._unmasked, self._whole = corrected, unmasked, whole
        self._known: OrderedDict[str, _Article] = OrderedDict()

    def read(self, numbers: Sequence[int]) -> Iterator[tuple[int, Dossier]]:
        """These incidents in their order, each with its number; without those of which no report is left."""
        for part in parts(numbers, AT_ONCE):
            found = self._records(part)
            named = {number: dict.fromkeys(articles_of(one)) for number, one in found.items()}
            articles = self._articles(list(dict.fromkeys(key for keys in named.values() for key in keys)))
            verdicts = verdicts_of(self._connection, list(found))
            for number, one in found.items():
                mine = {key: articles[key] for key in named[number] if key in articles}
                made = self._dossier(one, mine)
                yield number, self._masked(made._replace(verdicts=verdicts[number]), mine)

    def records(self, numbers: Sequence[int]) -> Iterator[Incident]:
        """Their records alone, as they are kept: nothing is masked."""
        for part in parts(numbers, AT_ONCE):
            yield from self._records(part).values()

    def _records(self, numbers: Sequence[int]) -> dict[int, Incident]:
        """In this order. Those that are out of date are computed; they stay so in the ledger."""
        column = shown() if self._corrected else incident.c.record.label("shown")
        wanted = select(incident.c.id, incident.c.stale, column).where(incident.c.id.in_(numbers))
        rows = {row.id: row for row in self._connection.execute(wanted)}
        found = {number: self._record(rows[number]) for number in numbers if number in rows}
        return {number: one for number, one in found.items() if one is not None}

    def _record(self, row: Any) -> Incident | None:
        if row.stale:
            anew = records(self._connection, row.id)
            return anew.corrected if self._corrected else anew.coded
        return Incident.model_validate_json(unpacked(row.shown)) if row.shown else None

    def _articles(self, keys: Sequence[str]) -> dict[str, _Article]:
        unknown = [key for key in keys if key not in self._known]
        is_current = (article.c.id == coding.c.article) & (article.c.revision == coding.c.revision)
        for part in parts(unknown, KEYS):
            notes = annotations_by_article(self._connection, part)
            rows = (
                select(article.c.key, coding.c.data, coding.c.masked)
                .join(coding, is_current)
                .where(article.c.key.in_(part))
            )
            for row in self._connection.execute(rows):
                self._known[row.key] = _Article(row, notes.get(row.key, ()), corrected=self._corrected)
        found = {key: self._known[key] for key in keys if key in self._known}
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return found

    def _dossier(self, record: Incident, articles: Mapping[str, _Article]) -> Dossier:
        wanted = {} if self._whole else relevant(record)
        makers = {key: one.maker(wanted.get(key), masked=not self._unmasked) for key, one in articles.items()}
        return Dossier(record, Lazily(makers), tuple(note for one in articles.values() for note in one.notes))

    def _masked(self, made: Dossier, articles: Mapping[str, _Article]) -> Dossier:
        if self._unmasked:
            return made
        maskers = {key: one.masker for key, one in articles.items()}
        return masked_notes(made._replace(incident=masked_incident(made.incident, maskers)), maskers)


class Lazily(Mapping[str, T]):
    """What is made when it is looked at, and then kept."""

    def __init__(self, makers: Mapping[str, Callable[[], T]]) -> None:
        self._makers = makers
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


class _Article:
    """An article as it is stored, with what people said of it."""

    def __init__(self, row: Any, notes: Sequence[Annotation], *, corrected: bool) -> None:
        """`row`: the `data` of its coding, packed, and how it was `masked`."""
        self._packed: bytes = row.data
        self._is_masked = row.masked == rules()
        self.notes = notes
        self._is_corrected = corrected and any(map(corrects, notes))

    @cached_property
    def masker(self) -> Masker:
        if self._is_corrected:
            return masker_of(self._whole())
        return masker_in(unpacked(self._packed), is_masked=self._is_masked)

    def _whole(self) -> Coding:
        made = Coding.model_validate_json(unpacked(self._packed))
        return corrected(made, self.notes) if self._is_corrected else made

    def maker(self, wanted: Relevant | None, *, masked: bool) -> Callable[[], Coding]:
        """What makes its coding: the part that is wanted, or all. (What is corrected is all there.)"""

        def make() -> Coding:
            made = (
                self._whole()
                if wanted is None or self._is_corrected
                else part_of(from_json(unpacked(self._packed)), wanted)
            )
            is_clean = self._is_masked and not self._is_corrected
            return masked_coding(made, self.masker) if masked and not is_clean else made

        return make


def parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def articles_of(one: Incident) -> Iterable[str]:
    """Those that report or deny it."""
    return (*(report.article for report in one.reports), *(denial.article for denial in one.denials))
