"""`sayso ledger`: looking after a ledger."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sayso.cli.labouring import person
from sayso.cli.streams import progress, report_error, set_up_logging, steps
from sayso.ledger import Ledger


def stats(url: str | None) -> None:
    with Ledger.open(url, create=False) as ledger:
        for name, value in {"ledger": ledger.name, **ledger.stats()}.items():
            sys.stdout.write(f"{name}\t{value}\n")


def check(url: str | None) -> int:
    with Ledger.open(url, create=False) as ledger, steps("checking") as told:
        wrong = 0
        for line in ledger.check(told):
            report_error(line)
            wrong = 1
    return wrong


def backup(url: str | None, file: Path) -> None:
    with Ledger.open(url, create=False) as ledger, steps("copying") as told:
        ledger.backup(file, told)


def restore(url: str | None, file: Path) -> None:
    with Ledger.open(url) as ledger, steps("copying") as told:
        ledger.restore(file, told)


def merge(url: str | None, other: str, who: str | None) -> None:
    opened = Ledger.open(url), Ledger.open(other, create=False)
    with opened[0] as ledger, opened[1] as source, progress("articles", show=True) as done:
        for kept in ledger.merge(source, who=person(who)):
            sys.stdout.write(f"{kept.status}\t{kept.key}\n")
            done()


def forget(url: str | None, articles: list[str], who: str | None, why: str) -> None:
    with Ledger.open(url, create=False) as ledger:
        for one in articles:
            ledger.forget(one, who=person(who), why=why)


def recluster(url: str | None, debug: bool) -> None:
    set_up_logging(debug)
    with Ledger.open(url, create=False) as ledger, steps("clustering") as told:
        sys.stdout.write(f"{ledger.recluster(told)} reports are of another incident now\n")


def log(url: str | None) -> None:
    with Ledger.open(url, create=False) as ledger:
        for line in ledger.audit_log():
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def tables() -> None:
    from sayso.ledger.asking.querying import TABLES

    for name, view in TABLES.items():
        sys.stdout.write(f"{name}\n    {view.about}\n")
        for column, kind in view.columns.items():
            sys.stdout.write(f"    {column} {kind}\n")
        sys.stdout.write("\n")
