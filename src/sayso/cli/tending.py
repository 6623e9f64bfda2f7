"""`sayso ledger`: looking after a ledger."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sayso.cli.keeping import WORDS
from sayso.cli.labouring import opened, person
from sayso.cli.streams import progress, report_error, steps
from sayso.errors import LedgerError
from sayso.ledger.database import engine_of
from sayso.ledger.tending import none_left


def stats(url: str | None, debug: bool) -> None:
    with opened(url, debug) as ledger:
        for name, value in {"ledger": ledger.name, **ledger.stats()}.items():
            sys.stdout.write(f"{name}\t{value}\n")


def check(url: str | None, debug: bool) -> int:
    """1 where anything is wrong, else 0."""
    with opened(url, debug) as ledger, steps("checking") as told:
        wrong = 0
        for line in ledger.check(told):
            report_error(line)
            wrong = 1
    return wrong


def backup(url: str | None, file: Path, debug: bool) -> None:
    with opened(url, debug) as ledger, steps("copying") as told:
        ledger.backup(file, told)


def restore(url: str | None, file: Path, debug: bool) -> None:
    with (
        opened(str(file), debug),  # first: of what is no backup no ledger is made
        none_left(engine_of(url)),
        opened(url, debug, create=True) as ledger,
        steps("copying") as told,
    ):
        ledger.restore(file, told)


def merge(url: str | None, other: str, who: str | None, debug: bool) -> None:
    both = opened(other, debug), opened(url, debug, create=True)
    with both[0] as source, both[1] as ledger, progress("articles", show=not sys.stdout.isatty()) as done:
        for kept in ledger.merge(source, who=person(who)):
            sys.stdout.write(f"{WORDS[kept.status]}\t{kept.key}\n")
            done()


def forget(url: str | None, articles: list[str], who: str | None, why: str, debug: bool) -> int:
    """1 where an article could not be forgotten, else 0; one that is not there does not keep the others."""
    wrong = 0
    with opened(url, debug) as ledger:
        for one in articles:
            try:
                ledger.forget(one, who=person(who), why=why)
            except LedgerError as error:
                report_error(str(error))
                wrong = 1
    return wrong


def recluster(url: str | None, debug: bool) -> None:
    with opened(url, debug) as ledger, steps("clustering") as told:
        sys.stdout.write(f"{ledger.recluster(told)} reports are of another incident now\n")


def log(url: str | None, debug: bool) -> None:
    with opened(url, debug) as ledger:
        for line in ledger.audit_log():
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def tables() -> None:
    from sayso.ledger.asking.querying import TABLES

    for name, view in TABLES.items():
        sys.stdout.write(f"{name}\n    {view.about}\n")
        for column, kind in view.columns.items():
            sys.stdout.write(f"    {column} {kind}\n")
        sys.stdout.write("\n")
