"""`sayso add` and `sayso recode`: articles into a ledger."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from sayso.cli.running import Choice, articles, load, make_gazetteer
from sayso.cli.streams import progress, report_error, set_up_logging, steps
from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.records import Article, Coding

if TYPE_CHECKING:
    from sayso.coding.coder import Coder

NEW = ("added", "recoded", "changed")
WORDS = {
    "added": "added",
    "same": "there already",
    "recoded": "coded anew",
    "changed": "changed",
    "forgotten": "forgotten before, left out",
}

Found: TypeAlias = Coding | InputError | tuple[str, str]
"""What is to be kept, what went wrong, or, of an article that need not be coded, what is to be said of it and its id."""


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
            yield "forgotten" if ledger.coding(one.id) is None else "same", one.id
        else:
            yield from coder.pipe([one])


def _keep(ledger: Ledger, found: Iterator[Found], *, personal: bool) -> int:
    """Keep codings as they come, and say of each what became of it: a line is written when it is safe in the ledger."""
    counted: Counter[str] = Counter()
    new: set[int] = set()
    with progress("articles", show=not sys.stdout.isatty()) as done:
        for one in found:
            if isinstance(one, InputError):
                report_error(f"{one.name}: {one.reason}")
                counted["error"] += 1
            else:
                status, key = one if isinstance(one, tuple) else _kept(ledger, one, personal, new)
                counted[status] += 1
                sys.stdout.write(f"{WORDS[status]}\t{key}\n")
                sys.stdout.flush()
            done()
    with steps("incidents") as told:
        ledger.settle(new, told)
    return 1 if counted["error"] else 0


def _kept(ledger: Ledger, one: Coding, personal: bool, new: set[int]) -> tuple[str, str]:
    kept = ledger.add(one, personal=personal)
    if kept.status in NEW:
        new.add(kept.article)
    return kept.status, kept.key
