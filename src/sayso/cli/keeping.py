"""`sayso add` and `sayso recode`: articles into a ledger."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from sayso.cli.running import Choice, articles, load, make_gazetteer
from sayso.cli.streams import progress, report_error, set_up_logging
from sayso.coding.coder import Coder
from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.records import Article, Coding

WORDS = {
    "added": "added",
    "same": "there already",
    "recoded": "coded anew",
    "changed": "changed",
    "forgotten": "forgotten before, left out",
}


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


def _unknown(ledger: Ledger, coder: Coder, read: Iterator[Article | InputError]) -> Iterator[Coding | InputError | str]:
    """The codings of articles that the ledger has not got; of others, that it has."""
    for one in read:
        if isinstance(one, Article) and ledger.holds(one, coder.info):
            yield one.id
        else:
            yield from coder.pipe([one])


def _keep(ledger: Ledger, found: Iterator[Coding | InputError | str], *, personal: bool) -> int:
    """Keep codings as they come, and say of each what became of it: a line is written when it is safe in the ledger."""
    counted: Counter[str] = Counter()
    with progress("articles", show=not sys.stdout.isatty()) as done:
        for one in found:
            if isinstance(one, InputError):
                report_error(f"{one.name}: {one.reason}")
                counted["error"] += 1
            else:
                status, key = ("same", one) if isinstance(one, str) else _kept(ledger, one, personal)
                counted[status] += 1
                sys.stdout.write(f"{WORDS[status]}\t{key}\n")
                sys.stdout.flush()
            done()
    return 1 if counted["error"] else 0


def _kept(ledger: Ledger, one: Coding, personal: bool) -> tuple[str, str]:
    kept = ledger.add(one, personal=personal)
    return kept.status, kept.key
