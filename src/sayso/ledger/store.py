"""The ledger: codings go in, incidents come out.

with Ledger.open("ledger.db") as ledger:
    for coding in coder.pipe(articles):
        ledger.add(coding)
    for incident in ledger.incidents():
        print(incident.standing, incident.because)
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Select, func, select

from sayso.errors import LedgerError
from sayso.ledger import migrations, tending
from sayso.ledger.asking.batches import Batches
from sayso.ledger.asking.choosing import in_order
from sayso.ledger.asking.dossiers import dossiers
from sayso.ledger.asking.querying import query
from sayso.ledger.asking.searching import Found, search
from sayso.ledger.asking.selection import Selection
from sayso.ledger.database import engine_of, name_of, reading, writing
from sayso.ledger.dossier import Annotation, Dossier
from sayso.ledger.incidents.agreement import number_of
from sayso.ledger.incidents.decisions import Decided
from sayso.ledger.incidents.reclustering import recluster, window_of
from sayso.ledger.incidents.remembered import Remembered
from sayso.ledger.incidents.summaries import records, refresh
from sayso.ledger.keeping import Kept, current, holds, keep, unpacked
from sayso.ledger.merging import merge
from sayso.ledger.people import labour
from sayso.ledger.personal import masked_coding
from sayso.ledger.personal.inputs import may_keep
from sayso.ledger.personal.rules import rules
from sayso.ledger.schema import article, audit, coding, decision, event, incident, raw, setting, uncoded
from sayso.ledger.settling import settle
from sayso.ledger.uncoded import bare, keep_uncoded, uncoded_article
from sayso.records import Article, CoderInfo, Coding, Incident, Span

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[str, float], None]

MOST = 50_000
"""Reports that are clustered anew after articles were added: some ten seconds."""
AT_ONCE = 200
"""Incidents that are computed in one transaction."""


class Ledger:
    """A ledger, open. Every method is a transaction of its own; raise of LedgerError leaves everything as it was."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._memory = Remembered()

    @classmethod
    def open(cls, url: str | os.PathLike[str] | None = None, *, create: bool = True) -> Ledger:
        """Open a ledger by its path or address (None: the user's own), made where it is missing, brought up to the newest schema.

        Raises LedgerError where that cannot be.
        """
        engine = engine_of(url, create=create)
        migrations.upgrade(engine)
        return cls(engine)

    @property
    def name(self) -> str:
        """As errors call it: without a password."""
        return name_of(self.engine)

    @cached_property
    def identity(self) -> str:
        """What it is known by, wherever it lies; a copy has the same."""
        with reading(self.engine) as connection:
            wanted = select(setting.c.value).where(setting.c.name == "identity")
            return str(connection.execute(wanted).scalar_one())

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; leaving `with` does it too."""
        self.engine.dispose()

    def add(self, made: Coding, *, personal: bool = False) -> Kept:
        """Keep a coding with the input it was made of, and find the incidents of its events. One that is there changes nothing.

        Unless `personal`, telephone numbers, e-mail and private addresses are made unreadable before, and an input that has
        any, or of which an article was made that has, is not kept.
        """
        read, given = made.article, made
        if not personal:
            made = masked_coding(given)
        with_raw = personal or may_keep(given, made)
        try:
            with writing(self.engine) as connection:
                return self._add(connection, made, read, with_raw, None if personal else rules())
        except LedgerError:
            self._memory.forget()
            raise

    def add_uncoded(self, read: Article, *, personal: bool = False) -> Kept:
        """Keep an article in a language that is not coded, so that it is found by its words. Personal data as in `add`."""
        given = bare(read)
        made = given if personal else masked_coding(given)
        with_raw = personal or may_keep(given, made)
        with writing(self.engine) as connection:
            return keep_uncoded(connection, made.article, read=read, with_raw=with_raw)

    def uncoded(self, key: str) -> Article | None:
        """The article of this id that is kept without a coding."""
        with reading(self.engine) as connection:
            return uncoded_article(connection, key)

    def _add(self, connection: Connection, made: Coding, read: Article, with_raw: bool, masked: str | None) -> Kept:
        memory = self._memory.at(connection)
        kept = keep(connection, made, read=read, with_raw=with_raw, masked=masked)
        if kept.status not in ("same", "forgotten"):
            settle(connection, kept.article, made, memory, Decided(connection))
        return kept

    def coding(self, key: str) -> Coding | None:
        """The current coding of an article."""
        with reading(self.engine) as connection:
            return current(connection, key)

    def holds(self, one: Article, coder: CoderInfo) -> bool:
        """Whether the ledger has a coding of this article by this coder, so that it need not be coded to be added."""
        with reading(self.engine) as connection:
            return holds(connection, one, coder)

    def codings(self) -> Iterator[Coding]:
        """The current codings of all articles, in the order in which these came."""
        last = 0
        while True:
            with reading(self.engine) as connection:
                rows = connection.execute(
                    select(article.c.id, coding.c.data)
                    .join(coding, (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision))
                    .where(article.c.id > last, article.c.forgotten.is_(None)).order_by(article.c.id).limit(AT_ONCE)
                ).all()  # fmt: skip
            if not rows:
                return
            for row in rows:
                yield Coding.model_validate_json(unpacked(row.data))
            last = rows[-1].id

    def revisions(self, key: str) -> list[Coding]:
        """Every coding that an article has had, the first one first."""
        with reading(self.engine) as connection:
            found = (
                select(coding.c.data)
                .join(article, article.c.id == coding.c.article)
                .where(article.c.key == key)
                .order_by(coding.c.revision)
            )
            return [Coding.model_validate_json(unpacked(data)) for data in connection.execute(found).scalars()]

    def raw(self, key: str) -> bytes | None:
        """The input of which an article was made, byte for byte."""
        with reading(self.engine) as connection:
            found = select(raw.c.data).join(article, article.c.raw == raw.c.hash).where(article.c.key == key)
            data = connection.execute(found).scalar()
        return None if data is None else zlib.decompress(data)

    def incidents(self, selection: Selection | None = None) -> Iterator[Incident]:
        """The incidents that are asked for as the coder has them, oldest first, of one state of the ledger; those of which reports were
        added are computed anew before."""
        self.refresh()
        with reading(self.engine) as connection:
            numbers = in_order(connection, selection or Selection(), corrected=False)
            yield from Batches(connection, corrected=False).records(numbers)

    def incident(self, key: str, *, corrected: bool = False) -> Incident | None:
        """The incident of this id, or that into which it was merged; None where no report of it is left."""
        with reading(self.engine) as connection:
            number = number_of(connection, key)
            found = None if number is None else records(connection, number)
            return None if found is None else found.corrected if corrected else found.coded

    def refresh(self, progress: Progress | None = None, *, within: float | None = None) -> int:
        """Compute the records of incidents whose reports have changed; how many there were. `within`: seconds after which the rest waits."""
        count, began, waiting = 0, time.monotonic(), _stale()
        with reading(self.engine) as connection:
            numbers = connection.execute(waiting.limit(AT_ONCE)).scalars().all()
            total = (
                connection.execute(select(func.count()).select_from(waiting.subquery())).scalar_one() if numbers else 0
            )
        while numbers:
            with writing(self.engine) as connection:
                for number in numbers:
                    refresh(connection, number)
            count += len(numbers)
            if progress:
                progress("agreement", min(1.0, count / max(total, 1)))
            if within is not None and time.monotonic() - began > within:
                break
            with reading(self.engine) as connection:
                numbers = connection.execute(waiting.limit(AT_ONCE)).scalars().all()
        return count

    def is_stale(self) -> bool:
        """Whether there is anything for `refresh` to compute."""
        with reading(self.engine) as connection:
            return connection.execute(_stale().limit(1)).first() is not None

    def stats(self) -> Mapping[str, int | str]:
        """How much there is of what."""
        counted = {
            "articles": select(func.count()).select_from(article).where(article.c.forgotten.is_(None)),
            "copies": select(func.count()).select_from(article).where(article.c.copy_of.is_not(None)),
            "forgotten": select(func.count()).select_from(article).where(article.c.forgotten.is_not(None)),
            "uncoded": select(func.count()).select_from(uncoded),
            "codings": select(func.count()).select_from(coding),
            "events": select(func.count()).select_from(event),
            "reports": select(func.count()).select_from(event).where(event.c.role == "report"),
            "denials": select(func.count()).select_from(event).where(event.c.role == "denial"),
            "incidents": select(func.count(event.c.incident.distinct())).where(event.c.role == "report"),
            "decisions": select(func.count()).select_from(decision).where(decision.c.withdrawn.is_(None)),
            "audited": select(func.count()).select_from(audit),
        }
        with reading(self.engine) as connection:
            found: dict[str, int | str] = {what: connection.execute(q).scalar_one() for what, q in counted.items()}
            found["schema"] = migrations.revision_of(connection) or ""
        return found | {"identity": self.identity}

    def dossiers(
        self,
        selection: Selection | None = None,
        *,
        with_corrections: bool = False,
        unmasked: bool = False,
        whole: bool = True,
    ) -> Iterator[Dossier]:
        """Incidents with their codings, annotations and verdicts: what `sayso.exports` writes. Personal data are masked unless `unmasked`.
        Unless `whole`, codings hold only what has to do with the incident, which is all that exports ask for, and read much faster."""
        return dossiers(self, selection, with_corrections=with_corrections, unmasked=unmasked, whole=whole)

    def search(self, asked: str, selection: Selection | None = None, *, limit: int = 20) -> list[Found]:
        """The articles with these words, or with such events."""
        self.refresh()
        with reading(self.engine) as connection:
            return search(connection, asked, selection, limit=limit)

    def query(self, sql: str) -> pa.Table:
        """The answer to one SELECT over `querying.TABLES`, as an Arrow table."""
        self.refresh()
        return query(self.engine, sql)

    def annotate(self, key: str, span: Span, *, kind: str, creator: str, **given: Any) -> str:
        """Say something of an article's words (see `corrections.annotate`); the annotation's id. Masked unless `personal`."""
        return labour.annotate(self.engine, key, span, kind=kind, creator=creator, **given)

    def review(self, annotation: str, state: str, *, who: str, why: str = "", personal: bool = False) -> None:
        """Accept, decline or withdraw an annotation. Here and below, who does it and why are masked unless `personal`."""
        labour.review(self.engine, annotation, state, who=who, why=why, personal=personal)

    def annotations(self, key: str | None = None) -> list[Annotation]:
        """What was said of an article, or of all."""
        return labour.annotations_of(self.engine, key)

    def corrected(self, key: str) -> Coding | None:
        """An article's coding as the accepted corrections have it."""
        return labour.corrected(self.engine, key)

    def join(self, into: str, other: str, *, who: str, why: str = "", personal: bool = False) -> str:
        """Say that two incidents are one; the id that stays."""
        return labour.join(self.engine, into, other, who=who, why=why, personal=personal)

    def part(
        self, key: str, reports: Sequence[tuple[str, str]], *, who: str, why: str = "", personal: bool = False
    ) -> str:
        """Say that some reports (article id, event id) of an incident are of another one; that one's id."""
        return labour.part(self.engine, key, reports, who=who, why=why, personal=personal)

    def recluster(self, progress: Progress | None = None) -> int:
        """Find the incidents of all reports anew; how many reports changed theirs."""
        return recluster(self.engine, progress=progress)

    def settle(self, articles: Collection[int], progress: Progress | None = None) -> int:
        """After articles (`Kept.article`) were added: find the incidents of the days of which they report anew, in the order of
        those days, so that it does not matter in which order articles are added. Days of more than MOST reports are left."""
        with reading(self.engine) as connection:
            found = window_of(connection, articles)
        if found is None or found[1] > MOST:
            return 0
        return recluster(self.engine, found[0], progress)

    def check(self, progress: Progress | None = None) -> Iterator[str]:
        """What is wrong with the ledger, a line each."""
        return tending.check(self.engine, progress)

    def backup(self, path: Path, progress: Progress | None = None) -> None:
        """Copy the ledger, as it is now, into one SQLite file."""
        tending.backup(self.engine, path, progress)

    def restore(self, path: Path, progress: Progress | None = None) -> None:
        """Copy a backup into this ledger, which must be empty."""
        tending.restore(path, self.engine, progress)

    def merge(self, other: Ledger, *, who: str) -> Iterator[Kept]:
        """Add what another ledger holds; what became of each of its articles."""
        return merge(self, other, who=who)

    def forget(self, key: str, *, who: str, why: str = "", personal: bool = False) -> None:
        """Take an article out of the ledger, words and all; a tombstone stays."""
        tending.forget(self.engine, key, who=who, why=why, personal=personal)

    def audit_log(self) -> list[dict[str, object]]:
        """Who did what, the oldest first."""
        return tending.audit_log(self.engine)


def _stale() -> Select[Any]:
    """Incidents whose records are to be computed anew."""
    return select(incident.c.id).where(incident.c.stale, incident.c.became.is_(None))
