"""`sayso add` and `sayso recode`: articles into a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sayso.cli.counting import Tally
from sayso.cli.running import Choice, articles, load, make_gazetteer
from sayso.cli.streams import progress, set_up_logging, steps
from sayso.errors import InputError, OtherLanguage
from sayso.ledger import Ledger
from sayso.reading import segment
from sayso.records import Article, Coding

if TYPE_CHECKING:
    from sayso.coding.coder import Coder

NEW = ("added", "recoded", "changed")
WORDS = {
    "added": "added",
    "same": "there already",
    "recoded": "coded anew",
    "changed": "changed",
    "uncoded": "kept, not coded",
    "forgotten": "forgotten before, left out",
}


class Foreign(NamedTuple):
    """An article in a language that is not coded."""

    article: Article
    error: OtherLanguage


class Known(NamedTuple):
    """An article that need not be coded: what is to be said of it (a key of WORDS), and its id."""

    status: str
    key: str


Found: TypeAlias = Coding | Foreign | Known | InputError
"""What is to be kept, with its coding or without; what is there; or what went wrong."""


def add(choice: Choice, url: str | None, *, personal: bool) -> int:
    """Code and keep every article; 1 if there was any error, else 0."""
    set_up_logging(choice.debug)
    read = articles(choice)
    make_gazetteer()
    with Ledger.open(url) as ledger:
        coder = load(choice)
        return _keep(ledger, _unknown(ledger, coder, read), personal=personal)


def recode(choice: Choice, url: str | None) -> int:
    """Code what another coder coded; 1 if there was any error, else 0."""
    set_up_logging(choice.debug)
    make_gazetteer()
    with Ledger.open(url, create=False) as ledger:
        coder = load(choice)
        old = (one.article for one in ledger.codings() if one.coder != coder.info)
        return _keep(ledger, coder.pipe(old), personal=True)


def _unknown(ledger: Ledger, coder: Coder, read: Iterator[Article | InputError]) -> Iterator[Found]:
    """The codings of articles that the ledger has not got; of others, that it has, or had."""
    for one in read:
        if isinstance(one, Article) and ledger.holds(one, coder.info):
            yield Known("forgotten" if ledger.coding(one.id) is None else "same", one.id)
            continue
        for made in coder.pipe([one]):
            if isinstance(made, OtherLanguage) and isinstance(one, Article):
                yield Foreign(segment(one), made)
            else:
                yield made


def _keep(ledger: Ledger, found: Iterator[Found], *, personal: bool) -> int:
    """Keep codings as they come, and say of each what became of it: a line is written when it is safe in the ledger."""
    tally = Tally("coded and kept")
    new: set[int] = set()
    with progress("articles", show=not sys.stdout.isatty()) as done:
        for one in found:
            if isinstance(one, InputError):
                tally.error(one)
            else:
                status, key = _kept(ledger, one, tally, personal, new)
                sys.stdout.write(f"{WORDS[status]}\t{key}\n")
                sys.stdout.flush()
            done()
    with steps("incidents") as told:
        ledger.settle(new, told)
    tally.tell()
    return int(tally.has_failed)


def _kept(ledger: Ledger, one: Coding | Foreign | Known, tally: Tally, personal: bool, new: set[int]) -> Known:
    if isinstance(one, Foreign):
        tally.error(one.error)
        kept = ledger.add_uncoded(one.article, personal=personal)
        return Known(kept.status, kept.key)
    tally.well()
    if isinstance(one, Known):
        return one
    kept = ledger.add(one, personal=personal)
    if kept.status in NEW:
        new.add(kept.article)
    return Known(kept.status, kept.key)
