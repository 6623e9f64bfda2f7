"""What people do in a ledger from the command line: annotate, review, decide."""

from __future__ import annotations

import getpass
import json
from typing import Any, NamedTuple

from sayso.cli.streams import set_up_logging
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.records import Span


def opened(url: str | None, debug: bool, *, create: bool = False) -> Ledger:
    """The ledger that is named, which must be there unless it is to be made."""
    set_up_logging(debug)
    return Ledger.open(url, create=create)


def person(given: str | None) -> str:
    """Who acts: as named, else the user of this machine."""
    try:
        return given or getpass.getuser()
    except (KeyError, OSError):
        raise LedgerError("say who does it: --who NAME") from None


class Given(NamedTuple):
    """What is said of an article's words, as it was typed."""

    kind: str | None
    field: str | None
    value: str | None
    body: str | None
    reply_to: str | None
    incident: str | None

    def implied(self) -> str:
        """The kind, where none is named that of what else is given."""
        kinds = {"editing": self.field, "assessing": self.incident, "replying": self.reply_to}
        return self.kind or next((kind for kind, held in kinds.items() if held is not None), "commenting")


def annotate(url: str | None, article: str, words: str, given: Given, who: str | None, debug: bool) -> str:
    """The id of the new annotation."""
    if (given.field is None) != (given.value is None):
        raise LedgerError("a correction needs both: --field LIST/FIELD and --value JSON")
    if given.incident is not None and given.body is None:
        raise LedgerError("a verdict needs words: --body TEXT")
    with opened(url, debug) as ledger:
        span = _span(ledger, article, words)
        held = {**given._asdict(), "kind": given.implied(), "value": _value(given.value)}
        return ledger.annotate(article, span, creator=person(who), **held)


def _span(ledger: Ledger, article: str, words: str) -> Span:
    """Where the words stand. Raises LedgerError where they do not, or more than once."""
    coding = ledger.coding(article)
    if coding is None:
        raise LedgerError(f"{article}: no such article in the ledger")
    at = coding.article.text.find(words)
    if at < 0:
        raise LedgerError(f"{article}: does not say {words!r}")
    if coding.article.text.find(words, at + 1) >= 0:
        raise LedgerError(f"{article}: says {words!r} more than once; give more of the words around it")
    return Span(at, at + len(words))


def _value(given: str | None) -> Any:
    """JSON where it is that, else the word itself."""
    if given is None:
        return None
    try:
        return json.loads(given)
    except ValueError:
        return given


def review(url: str | None, state: str, annotation: str, who: str | None, why: str, debug: bool) -> None:
    with opened(url, debug) as ledger:
        ledger.review(annotation, state, who=person(who), why=why)


def decide(url: str | None, how: str, incident: str, others: list[str], who: str | None, why: str, debug: bool) -> str:
    """The id of the incident that comes of it."""
    with opened(url, debug) as ledger:
        if how == "join":
            for other in others:
                incident = ledger.join(incident, other, who=person(who), why=why)
            return incident
        if how == "part":
            return ledger.part(incident, [_report(one) for one in others], who=person(who), why=why)
    raise LedgerError(f"{how}: say join or part")


def _report(given: str) -> tuple[str, str]:
    article, slash, event = given.rpartition("/")
    if not slash:
        raise LedgerError(f"{given}: name a report as ARTICLE/EVENT")
    return article, event
