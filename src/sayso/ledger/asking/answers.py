"""What a query gives back, and what bounds it: its columns' names, its memory, its end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from sayso.errors import LedgerError

if TYPE_CHECKING:
    import pyarrow as pa

SHARE = 4
"""A query may take one part in so many of the machine's memory: others work on it too."""
LEAST, MOST = 256 << 20, 4 << 30
"""Bytes that it may always take, and may not take on any machine."""
INTERRUPTED = ("Query interrupted", "INTERRUPT Error")
"""How DuckDB says that it was."""
GREEDY = "Out of Memory Error"
"""How it says that there is no more; it then advises settings that a query cannot change."""
ROWS = 10_000
"""Rows at once, where an answer is given as it comes."""


class Answer(NamedTuple):
    """An answer as it comes. No two columns have one name, in any case of the letters."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]

    @property
    def names(self) -> list[str]:
        return list(self.schema.names)

    def rows(self) -> Iterator[tuple[object, ...]]:
        """By column: a row is as long as there are names."""
        for batch in self.batches:
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def distinct(names: Iterable[str]) -> list[str]:
    """The names, the second "a" as "a_1": with one name for two columns a record would hold only one of them."""
    given = list(names)
    taken = {name.lower() for name in given}
    seen: set[str] = set()
    found = []
    for name in given:
        fresh, number = name, 0
        while fresh.lower() in seen or (number and fresh.lower() in taken):
            number += 1
            fresh = f"{name}_{number}"
        seen.add(fresh.lower())
        found.append(fresh)
    return found


def renamed(schema: pa.Schema) -> pa.Schema:
    """The schema with names of which no two are the same."""
    import pyarrow as pa

    return pa.schema([field.with_name(name) for field, name in zip(schema, distinct(schema.names), strict=True)])


def memory() -> str:
    """The most that a query may take, as DuckDB is told it. What needs more is refused, and nothing is written to disk."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # no POSIX system
        whole = MOST
    return f"{min(MOST, max(LEAST, whole // SHARE)) >> 20}MiB"


@contextmanager
def refusals() -> Iterator[None]:
    """What DuckDB refuses, before its answer or within it, is one LedgerError; what Ctrl-C ends is a KeyboardInterrupt.

    Arrow gives what goes wrong within an answer as an OSError, and DuckDB an interruption as a RuntimeError.
    """
    import duckdb

    try:
        yield
    except (duckdb.Error, RuntimeError, OSError) as error:
        told = str(error).strip()
        if isinstance(error, duckdb.InterruptException) or told.startswith(INTERRUPTED):
            raise KeyboardInterrupt from error
        if isinstance(error, RuntimeError) and not isinstance(error, duckdb.Error):
            raise
        if told.startswith(GREEDY):
            told = f"it needs more memory than it may take ({memory()})"
        if isinstance(error, duckdb.CatalogException) and told.startswith("Catalog Error: Table "):
            # What DuckDB means instead is a table of its own.
            told = f"{told.partition('Did you mean')[0].strip()} `sayso ledger tables` lists the tables"
        raise LedgerError(f"query: {told}") from error
