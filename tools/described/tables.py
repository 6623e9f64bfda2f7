"""The tables that `sayso query` knows."""

from __future__ import annotations

from described.markdown import code, page, sentence, table, words
from sayso.ledger.asking.querying import TABLES

ABOUT = """`sayso query "SELECT …"` answers with DuckDB over these tables, which are made of the ledger when a query names them.
`sayso ledger tables` prints them too. A query is one SELECT; it writes nothing, and reads no file of the machine. It may take a quarter of the
machine's memory, 4 GiB at most, and nothing of it is written to disk. CSV and JSON Lines are written as the answer comes; Ctrl-C ends it.
Of columns with one name the second `a` is called `a_1`. Days are of the type DATE; ids are those of the [records](records.md)."""


def page_text() -> str:
    parts = []
    for name, view in TABLES.items():
        meanings = words()["tables"][name]
        rows = ((code(column), kind, sentence(meanings[column])) for column, kind in view.columns.items())
        parts += [f"## {name}", view.about, table(["column", "type", "what"], rows)]
    return page("Tables", ABOUT, *parts)
