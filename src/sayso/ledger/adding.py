"""How articles are added to a ledger: what is kept of them, and the incidents of their events, in one transaction each."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from sayso.errors import LedgerError
from sayso.ledger.database import writing
from sayso.ledger.incidents.decisions import Decided
from sayso.ledger.incidents.remembered import Remembered
from sayso.ledger.incidents.settling import settle
from sayso.ledger.keeping import Kept, keep
from sayso.ledger.personal import masked_coding
from sayso.ledger.personal.inputs import may_keep
from sayso.ledger.personal.rules import rules
from sayso.ledger.uncoded import bare, keep_uncoded
from sayso.records import Article, Coding


class Adding:
    """Adds to one ledger, and remembers the reports that it has met there. `personal`: nothing is masked."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._memory = Remembered()

    def coding(self, given: Coding, *, personal: bool = False) -> Kept:
        """Keep a coding with the input it was made of, and find the incidents of its events."""
        made = given if personal else masked_coding(given)
        with_raw = personal or may_keep(given, made)
        try:
            with writing(self.engine) as connection:
                return self._settled(connection, made, given.article, with_raw, None if personal else rules())
        except LedgerError:
            self._memory.forget()
            raise

    def _settled(self, connection: Connection, made: Coding, read: Article, with_raw: bool, masked: str | None) -> Kept:
        memory = self._memory.at(connection)
        kept = keep(connection, made, read=read, with_raw=with_raw, masked=masked)
        if kept.status not in ("same", "forgotten"):
            settle(connection, kept.article, made, memory, Decided(connection))
        return kept

    def uncoded(self, read: Article, *, personal: bool = False) -> Kept:
        """Keep an article without a coding."""
        given = bare(read)
        made = given if personal else masked_coding(given)
        with_raw = personal or may_keep(given, made)
        with writing(self.engine) as connection:
            return keep_uncoded(connection, made.article, read=read, with_raw=with_raw)
