"""From an article to the ledger: coded where it is English, kept without a coding where it is not, and told apart by what became of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from sqlalchemy.exc import InterfaceError, OperationalError

from sayso.errors import InputError, LedgerError
from sayso.ledger import Ledger
from sayso.reading import english, segment
from sayso.records import Article, CoderInfo, Coding

NEW = ("added", "recoded", "changed")


class Codes(Protocol):
    """What codes articles, as `sayso.coding.coder.Coder`."""

    @property
    def info(self) -> CoderInfo: ...

    def pipe(self, articles: Iterable[Article | InputError | str]) -> Iterator[Coding | InputError]: ...


class Outcome(NamedTuple):
    """`status`: as `Kept.status`, or foreign or failed. `article`: the ledger's number; `reason`: why it failed; `seconds`: of coding."""

    status: str
    key: str
    article: int | None = None
    reason: str = ""
    seconds: float | None = None


class Keeper:
    """Codes articles and adds them to a ledger."""

    def __init__(self, ledger: Ledger, coder: Codes, *, personal: bool = False) -> None:
        self.ledger, self._coder, self._personal = ledger, coder, personal

    def keep(self, article: Article) -> Outcome:
        """Code and add an article. Raises LedgerError where the ledger does not take it.

        What is there already is coded again, so that its days can be settled: that happens only where a watch was cut off
        between adding it and knowing of it.
        """
        if is_foreign(article):
            bare = self.ledger.add_uncoded(segment(article), personal=self._personal)
            return Outcome("foreign", bare.key, reason=article.language or "unknown")
        began = time.monotonic()
        made = next(iter(self._coder.pipe([article])))
        seconds = time.monotonic() - began
        if isinstance(made, InputError):
            return Outcome("failed", article.id, reason=made.reason, seconds=seconds)
        kept = self.ledger.add(made, personal=self._personal)
        return Outcome(kept.status, kept.key, kept.article, seconds=seconds)


def is_foreign(article: Article) -> bool:
    """Whether it is not in English: by its words or, where these are too few, by what it says of itself."""
    found = english(article.text)
    if found is None:
        return not (article.language or "en").lower().startswith("en")
    return not found


def is_away(error: LedgerError) -> bool:
    """Whether the ledger's database cannot be used at all now, so that nothing is wrong with what was to be kept."""
    return isinstance(error.__cause__, OperationalError | InterfaceError)
