"""Full text: FTS5 in SQLite, a `tsvector` in PostgreSQL, under one table name (`words`) and one way of asking.

English stems, in both. What is asked for is words that must all be there, "phrases between quotation marks", -words that must not,
and `or` between alternatives: PostgreSQL's `websearch_to_tsquery`, of which FTS5 is given the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from sayso.errors import LedgerError
from sayso.records import Article

_DELETE = {"sqlite": "DELETE FROM words WHERE rowid = :id", "postgresql": "DELETE FROM words WHERE article = :id"}
_INSERT = {
    "sqlite": "INSERT INTO words (rowid, title, body) VALUES (:id, :title, :body)",
    "postgresql": "INSERT INTO words (article, title, body) VALUES (:id, :title, :body)",
}
_FIND = {
    "sqlite": "SELECT rowid AS id, bm25(words, 5.0, 1.0) AS rank, snippet(words, 1, :on, :off, '…', 24) AS snippet "
    "FROM words WHERE words MATCH :query ORDER BY rank, rowid",
    "postgresql": "SELECT article AS id, -ts_rank_cd(document, asked) AS rank, ts_headline('english', body, asked, :options) AS snippet "
    "FROM words, websearch_to_tsquery('english', :query) AS asked WHERE document @@ asked ORDER BY rank, article",
}
ON, OFF = "\x02", "\x03"
"""Before and after a word that was asked for, in a snippet: no text has these characters."""
LONGEST = 900_000
"""Bytes of a text that PostgreSQL indexes; its vectors hold at most a megabyte."""

_PART = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')


class Hit(NamedTuple):
    """An article by its number, and the words around what was asked for, which stands between ON and OFF."""

    article: int
    rank: float
    snippet: str


def index(connection: Connection, number: int, article: Article) -> None:
    """Index the text of an article, in place of what was indexed of it before."""
    drop(connection, number)
    clean = article.text.replace("\0", " ")
    if connection.dialect.name == "postgresql":
        clean = clean.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore")
    values = {"id": number, "title": (article.title or "").replace("\0", " "), "body": clean}
    connection.execute(text(_INSERT[connection.dialect.name]), values)


def drop(connection: Connection, number: int) -> None:
    """Take an article out of the index."""
    connection.execute(text(_DELETE[connection.dialect.name]), {"id": number})


def find(connection: Connection, asked: str) -> Sequence[Hit]:
    """The articles that hold what is asked for, the best first. Raises LedgerError where nothing is asked for."""
    query = _match(asked) if connection.dialect.name == "sqlite" else asked
    if not re.search(r"\w", asked):
        raise LedgerError(f"{asked!r}: no words to search for")
    options = f"StartSel={ON}, StopSel={OFF}, MaxWords=24, MinWords=12, MaxFragments=1"
    given: dict[str, Any] = {"query": query, "on": ON, "off": OFF, "options": options}
    wanted = {name: value for name, value in given.items() if f":{name}" in _FIND[connection.dialect.name]}
    rows = connection.execute(text(_FIND[connection.dialect.name]), wanted)
    return [Hit(row.id, row.rank, row.snippet) for row in rows]


def _match(asked: str) -> str:
    """The same in FTS5's own language. Every word stands between quotation marks: whatever it is, it is a word."""
    groups: list[list[str]] = [[]]
    without: list[str] = []
    for minus_phrase, phrase, minus, word in _PART.findall(asked):
        if word.lower() == "or" and not minus:
            groups.append([])
        elif re.search(r"\w", phrase or word):
            quoted = '"' + (phrase or word).replace('"', " ") + '"'
            (without if minus_phrase or minus else groups[-1]).append(quoted)
    wanted = " OR ".join("(" + " AND ".join(group) + ")" for group in groups if group)
    if not wanted:
        raise LedgerError(f"{asked!r}: name a word that must be there")
    return f"({wanted})" + "".join(f" NOT {one}" for one in without)
