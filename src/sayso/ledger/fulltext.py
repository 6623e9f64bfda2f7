"""Full text: FTS5 in SQLite, a `tsvector` in PostgreSQL, under one table name (`words`) and one way of asking.

English stems, in both. What is asked for is words that must all be there, "phrases between quotation marks", -words that must not,
and `or` between alternatives, as PostgreSQL's `websearch_to_tsquery` has it; FTS5 is given the same. What alone is different:
words like "the", which every text has, count for nothing in PostgreSQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from sayso.errors import LedgerError
from sayso.records import Article

_DELETE = {"sqlite": "DELETE FROM words WHERE rowid = :id", "postgresql": "DELETE FROM words WHERE article = :id"}
_INSERT = {
    "sqlite": "INSERT INTO words (rowid, title, body) VALUES (:id, :title, :body)",
    "postgresql": "INSERT INTO words (article, title, body) VALUES (:id, :title, :body)",
}
_FIND = {
    "sqlite": "SELECT rowid AS id, bm25(words, 5.0, 1.0) AS rank FROM words WHERE words MATCH :query ORDER BY rank, rowid",
    "postgresql": "SELECT article AS id, -ts_rank_cd(document, asked) AS rank "
    "FROM words, websearch_to_tsquery('english', :query) AS asked WHERE document @@ asked ORDER BY rank, article",
}
_QUOTE = {
    "sqlite": "SELECT rowid AS id, snippet(words, 1, :on, :off, '…', 24) AS snippet "
    "FROM words WHERE words MATCH :query AND rowid IN :chosen",
    "postgresql": "SELECT article AS id, ts_headline('english', body, asked, :options) AS snippet "
    "FROM words, websearch_to_tsquery('english', :query) AS asked WHERE article IN :chosen",
}
ON, OFF = "\x02", "\x03"
"""Before and after a word that was asked for, in a snippet: no text has these characters."""
LONGEST = 900_000
"""Bytes of a text that PostgreSQL indexes; its vectors hold at most a megabyte."""

_PART = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_WORD = re.compile(r"\w")
_HYPHEN = re.compile(r"-(?!\d)")
"""Before a digit PostgreSQL takes it for a sign, in texts too."""
_BLANK = dict.fromkeys((*range(32), 127), " ")


class Alternative(NamedTuple):
    """Words and phrases that must all be there, and those that must not."""

    wanted: list[str]
    without: list[str]


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


def indexed(connection: Connection) -> set[int]:
    """The articles of which words are indexed."""
    column = "rowid" if connection.dialect.name == "sqlite" else "article"
    return set(connection.execute(text(f"SELECT {column} FROM words")).scalars())  # noqa: S608  # our own names


def compact(connection: Connection) -> None:
    """Write SQLite's index anew, so that it holds no word any more that was taken out of it."""
    connection.execute(text("INSERT INTO words (words) VALUES ('optimize')"))


def find(connection: Connection, asked: str, *, among: Container[int] | None = None, limit: int = 20) -> list[Hit]:
    """The articles that hold what is asked for, the best first, of those `among` which they must be.

    Raises LedgerError where no word is asked for.
    """
    return quoted(connection, asked, list(islice(_ranks(connection, asked, among), limit)))


def ranked(
    connection: Connection, asked: str, *, among: Container[int] | None = None, limit: int
) -> list[tuple[int, float]]:
    """Articles and their ranks, as `find` has them, without the words around: fast, however many there are."""
    return list(islice(_ranks(connection, asked, among), limit))


def quoted(connection: Connection, asked: str, ranks: Sequence[tuple[int, float]]) -> list[Hit]:
    """Such articles with the words around what is asked for."""
    query = _LANGUAGE[connection.dialect.name](_alternatives(asked))
    snippets = _snippets(connection, query, [number for number, _ in ranks])
    return [Hit(number, rank, snippets[number]) for number, rank in ranks]


def _ranks(connection: Connection, asked: str, among: Container[int] | None) -> Iterator[tuple[int, float]]:
    dialect = connection.dialect.name
    rows = connection.execute(text(_FIND[dialect]), {"query": _LANGUAGE[dialect](_alternatives(asked))})
    return ((row.id, row.rank) for row in rows if among is None or row.id in among)


def _snippets(connection: Connection, query: str, chosen: list[int]) -> dict[int, str]:
    """By article: snippets take long to make, so only those that are shown are."""
    sql = _QUOTE[connection.dialect.name]
    options = f"StartSel={ON}, StopSel={OFF}, MaxWords=24, MinWords=12, MaxFragments=1"
    given = {"query": query, "chosen": chosen, "on": ON, "off": OFF, "options": options}
    asked = text(sql).bindparams(bindparam("chosen", expanding=True))
    rows = connection.execute(asked, {name: value for name, value in given.items() if f":{name}" in sql})
    return {row.id: row.snippet for row in rows}


def _alternatives(asked: str) -> list[Alternative]:
    """What is asked for, between one `or` and the next. Raises LedgerError for one without a word that must be there."""
    clean = asked.encode("utf-8", "replace").decode().translate(_BLANK)
    found = [Alternative([], [])]
    for minus_phrase, phrase, minus, word in _PART.findall(clean):
        if word.lower() == "or" and not minus:
            found.append(Alternative([], []))
        elif _WORD.search(phrase or word):
            (found[-1].without if minus_phrase or minus else found[-1].wanted).append(_HYPHEN.sub(" ", phrase or word))
    found = [one for one in found if one.wanted or one.without]
    if not found or not all(one.wanted for one in found):
        raise LedgerError(f"{asked!r}: name a word that must be there")
    return found


def _fts5(alternatives: list[Alternative]) -> str:
    """Every word stands between quotation marks: whatever it is, it is a word."""
    return " OR ".join(
        "(" + " AND ".join(f'"{one}"' for one in wanted) + "".join(f' NOT "{one}"' for one in without) + ")"
        for wanted, without in alternatives
    )


def _websearch(alternatives: list[Alternative]) -> str:
    return " or ".join(
        " ".join([*(f'"{one}"' for one in wanted), *(f'-"{one}"' for one in without)])
        for wanted, without in alternatives
    )


_LANGUAGE: dict[str, Callable[[list[Alternative]], str]] = {"sqlite": _fts5, "postgresql": _websearch}
