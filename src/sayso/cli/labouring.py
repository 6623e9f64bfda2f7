"""What people do in a ledger from the command line: annotate, review, decide."""

from __future__ import annotations

import getpass
import json
from typing import Any

from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.records import Span


def person(given: str | None) -> str:
    """Who acts: as named, else the user of this machine."""
    try:
        return given or getpass.getuser()
    except (KeyError, OSError):
        raise LedgerError("say who does it: --who NAME") from None


def annotate(
    url: str | None,
    article: str,
    words: str,
    kind: str,
    field: str | None,
    value: str | None,
    body: str | None,
    reply_to: str | None,
    who: str | None,
) -> str:
    """The id of the new annotation."""
    with Ledger.open(url, create=False) as ledger:
        span = _span(ledger, article, words)
        given = {"field": field, "value": _value(value), "body": body, "reply_to": reply_to}
        kind = "editing" if field is not None and kind == "commenting" else kind
        return ledger.annotate(article, span, kind=kind, creator=person(who), **given)


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


def review(url: str | None, state: str, annotation: str, who: str | None, why: str) -> None:
    with Ledger.open(url, create=False) as ledger:
        ledger.review(annotation, state, who=person(who), why=why)


def decide(url: str | None, how: str, incident: str, others: list[str], who: str | None, why: str) -> str:
    """The id of the incident that comes of it."""
    with Ledger.open(url, create=False) as ledger:
        if how == "join":
            for other in others:
                ledger.join(incident, other, who=person(who), why=why)
            return incident
        if how == "part":
            return ledger.part(incident, [_report(one) for one in others], who=person(who), why=why)
    raise LedgerError(f"{how}: say join or part")


def _report(given: str) -> tuple[str, str]:
    article, slash, event = given.rpartition("/")
    if not slash:
        raise LedgerError(f"{given}: name a report as ARTICLE/EVENT")
    return article, event
