"""What a watch remembers: when each source is to be asked again and with which validators, and what became of each item.

It is an SQLite file beside the ledger and not a part of it: a watch goes on asking while a ledger's server is away, the ledger's
schema and its copies keep to what was published, and the file may be thrown away: what it lists and the ledger has is then
found there. That an item is neither lost nor kept twice, wherever the watch is killed, rests on three rules:

1. Items are written down in one transaction with the validators of the feed that listed them.
2. An article is written down as it was read before it is coded, so that it is never read again in other words.
3. An item is done only once its article is in the ledger; to add the same article once more changes nothing there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

from sayso.errors import WatchError
from sayso.reading.items import Item
from sayso.reading.web import Validators
from sayso.records import Article

VERSION = 1
"""Of the file's tables."""
FORGOTTEN_AFTER = 90 * 86_400.0
"""Seconds for which an item is remembered that its source does not list any more."""
SCHEMA = """
CREATE TABLE source (
    url TEXT PRIMARY KEY, active INTEGER NOT NULL, due REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
    succeeded REAL, etag TEXT, modified TEXT, address TEXT, seen TEXT
) WITHOUT ROWID;
CREATE TABLE item (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, url TEXT, host TEXT NOT NULL, stage TEXT NOT NULL,
    outcome TEXT, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, found REAL NOT NULL, listed REAL NOT NULL,
    data TEXT, article TEXT, raw BLOB, UNIQUE (source, name)
);
CREATE INDEX item_stage ON item (stage, host, due);
CREATE INDEX item_url ON item (url);
CREATE TABLE unsettled (article INTEGER PRIMARY KEY);
"""
"""`stage` is listed, read or done, or asleep: listed by a source that is not watched any more. `address`: where the feed of a page was found; `seen`: the hash of a watched page's text."""


HOSTS = """
WITH RECURSIVE one (host) AS (
    SELECT MIN(host) FROM item WHERE stage = 'listed'
    UNION ALL SELECT (SELECT MIN(host) FROM item WHERE stage = 'listed' AND host > one.host) FROM one WHERE one.host IS NOT NULL
)
SELECT host, (SELECT MIN(due) FROM item WHERE stage = 'listed' AND host = one.host) AS due FROM one
WHERE host IS NOT NULL ORDER BY due, host
"""
"""One step of the index for each host, however many items it has: this is asked many times a second."""


class Known(NamedTuple):
    """Of a source. Times are seconds since 1970."""

    due: float
    failures: int
    succeeded: float | None
    since: Validators
    address: str | None
    seen: str | None


class Listed(NamedTuple):
    """An item whose page is to be read."""

    id: int
    source: str
    host: str
    item: Item
    tries: int
    found: float


class Read(NamedTuple):
    """An article that is to be coded and kept."""

    id: int
    source: str
    article: Article
    tries: int
    found: float


class Memory:
    """The file, open; nobody else can open it meanwhile. Each method is a transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._guarded():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=0.5, isolation_level=None)
            self._set_up()

    def _set_up(self) -> None:
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
            self._file.execute(f"PRAGMA {pragma}")
        with self._writing():
            version = self._file.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in SCHEMA.split(";"):
                    self._file.execute(statement)
                self._file.execute(f"PRAGMA user_version={VERSION}")
            elif version != VERSION:
                raise WatchError(f"{self.path}: of another version of sayso, or no memory of a watch")

    def close(self) -> None:
        self._file.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            busy = "locked" in str(error)
            reason = "another sayso watch is using it" if busy else str(error)
            raise WatchError(f"{self.path}: {reason}") from error
        except sqlite3.DatabaseError as error:
            raise WatchError(f"{self.path}: no memory of a watch, or a damaged one: {error}") from error
        except OSError as error:
            raise WatchError(f"{self.path}: {error.strerror or error}") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._guarded():
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield self._file
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    def choose(self, urls: Iterable[str]) -> None:
        """Watch these sources and no others; what is known of others stays."""
        with self._writing() as file:
            file.execute("UPDATE source SET active = 0")
            rows = [(url,) for url in urls]
            insert = "INSERT INTO source (url, active) VALUES (?, 1) ON CONFLICT (url) DO UPDATE SET active = 1"
            file.executemany(insert, rows)
            file.execute(
                "UPDATE item SET stage = CASE WHEN source IN (SELECT url FROM source WHERE active) THEN 'listed' ELSE 'asleep' END "
                "WHERE stage IN ('listed', 'asleep')"
            )

    def source(self, url: str) -> Known:
        columns = "due, failures, succeeded, etag, modified, address, seen"
        with self._guarded():
            row = self._file.execute(f"SELECT {columns} FROM source WHERE url = ?", (url,)).fetchone()  # noqa: S608  # our own columns
        return Known(row[0], row[1], row[2], Validators(row[3], row[4]), row[5], row[6])

    def unchanged(self, url: str, now: float, due: float) -> None:
        with self._writing() as file:
            file.execute("UPDATE source SET due = ?, failures = 0, succeeded = ? WHERE url = ?", (due, now, url))

    def failed(self, url: str, due: float) -> None:
        """A source could not be had. Where its feed had been found is looked up anew."""
        with self._writing() as file:
            file.execute(
                "UPDATE source SET due = ?, failures = failures + 1, "
                "etag = CASE WHEN address IS NULL THEN etag END, modified = CASE WHEN address IS NULL THEN modified END, "
                "address = NULL WHERE url = ?",
                (due, url),
            )

    def listed(
        self,
        url: str,
        items: Iterable[tuple[Item, bool]],
        now: float,
        due: float,
        since: Validators,
        address: str | None,
    ) -> int:
        """Write down what a source lists, each with whether it is wanted; how many wanted ones are new.

        An address that was listed before, by this source or another, is not new, whatever the item is called now.
        """
        with self._writing() as file:
            added = sum(self._list(file, url, item, wanted, now) for item, wanted in items)
            file.execute(
                "DELETE FROM item WHERE source = ? AND stage = 'done' AND listed < ?", (url, now - FORGOTTEN_AFTER)
            )
            self._succeeded(file, url, now, due, since, address)
        return added

    def _list(self, file: sqlite3.Connection, source: str, item: Item, wanted: bool, now: float) -> int:
        name, url = _hash(item.id), urldefrag(item.url)[0] if item.url else None
        known = file.execute("UPDATE item SET listed = ? WHERE source = ? AND name = ?", (now, source, name)).rowcount
        if known:
            return 0
        before = "SELECT 1 FROM item WHERE url = ? AND (source != ? OR found < ?)"
        twice = url is not None and file.execute(before, (url, source, now)).fetchone() is not None
        outcome = "elsewhere" if twice else None if wanted else "old"
        stage, data = ("listed", json.dumps(item)) if outcome is None else ("done", None)
        file.execute(
            "INSERT INTO item (source, name, url, host, stage, outcome, due, found, listed, data) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (source, name, url, host_of(url or source), stage, outcome, now, now, now, data),
        )
        return int(outcome is None)

    def page(self, url: str, article: Article, now: float, due: float, since: Validators) -> int:
        """Write down a watched page as it is now; 1 where it has changed, else 0."""
        seen = _hash(article.text)
        with self._writing() as file:
            changed = file.execute("SELECT seen FROM source WHERE url = ?", (url,)).fetchone()[0] != seen
            if changed:
                file.execute("UPDATE source SET seen = ? WHERE url = ?", (seen, url))
                file.execute(
                    "INSERT INTO item (source, name, url, host, stage, due, found, listed, article, raw) "
                    "VALUES (?, ?, NULL, ?, 'read', ?, ?, ?, ?, ?)",
                    (url, f"{seen} {now}", host_of(url), now, now, now, article.model_dump_json(), article.raw),
                )
            self._succeeded(file, url, now, due, since, None)
        return int(changed)

    def _succeeded(
        self, file: sqlite3.Connection, url: str, now: float, due: float, since: Validators, address: str | None
    ) -> None:
        file.execute(
            "UPDATE source SET due = ?, failures = 0, succeeded = ?, etag = ?, modified = ?, address = ? WHERE url = ?",
            (due, now, since.etag, since.modified, address, url),
        )

    def hosts(self) -> list[tuple[str, float]]:
        """The hosts of which pages are to be read, and from when on; the first ones first."""
        with self._guarded():
            return self._file.execute(HOSTS).fetchall()

    def next_of(self, host: str, now: float) -> Listed | None:
        """The item of a host that has waited longest, of those that are due."""
        with self._guarded():
            row = self._file.execute(
                "SELECT id, source, host, data, tries, found FROM item WHERE stage = 'listed' AND host = ? AND due <= ? "
                "ORDER BY due, id LIMIT 1",
                (host, now),
            ).fetchone()
        return None if row is None else Listed(row[0], row[1], row[2], _item(row[3]), row[4], row[5])

    def read(self, number: int, article: Article, now: float) -> None:
        """Write down an item's article as it was read."""
        with self._writing() as file:
            file.execute(
                "UPDATE item SET stage = 'read', due = ?, tries = 0, data = NULL, article = ?, raw = ? WHERE id = ?",
                (now, article.model_dump_json(), article.raw, number),
            )

    def next_read(self, now: float) -> Read | None:
        """The article that has waited longest to be coded, of those that are due."""
        with self._guarded():
            row = self._file.execute(
                "SELECT id, source, article, raw, tries, found FROM item WHERE stage = 'read' AND due <= ? ORDER BY id LIMIT 1",
                (now,),
            ).fetchone()
        if row is None:
            return None
        article = Article.model_validate_json(row[2])
        return Read(row[0], row[1], article if row[3] is None else article.made_of(row[3]), row[4], row[5])

    def put_off(self, number: int, due: float) -> None:
        """Try an item again later."""
        with self._writing() as file:
            file.execute("UPDATE item SET due = ?, tries = tries + 1 WHERE id = ?", (due, number))

    def done(self, number: int, outcome: str, article: int | None = None) -> None:
        """An item needs nothing more; `article`: the ledger's number of what is new there."""
        with self._writing() as file:
            file.execute(
                "UPDATE item SET stage = 'done', outcome = ?, data = NULL, article = NULL, raw = NULL WHERE id = ?",
                (outcome, number),
            )
            if article is not None:
                file.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", (article,))

    def unsettled(self) -> list[int]:
        """Articles, by the ledger's numbers, whose days' incidents are to be found anew."""
        with self._guarded():
            return [row[0] for row in self._file.execute("SELECT article FROM unsettled ORDER BY article")]

    def settled(self, articles: Iterable[int]) -> None:
        with self._writing() as file:
            file.executemany("DELETE FROM unsettled WHERE article = ?", [(one,) for one in articles])

    def waiting(self) -> int:
        """How many items are not done."""
        with self._guarded():
            found = self._file.execute("SELECT COUNT(*) FROM item WHERE stage IN ('listed', 'read')")
            return int(found.fetchone()[0])

    def outcomes(self) -> dict[str, int]:
        """How many items came to what."""
        with self._guarded():
            return dict(self._file.execute("SELECT outcome, COUNT(*) FROM item WHERE stage = 'done' GROUP BY outcome"))


def host_of(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _item(data: str) -> Item:
    values = json.loads(data)
    return Item(*values)._replace(categories=tuple(values[Item._fields.index("categories")]))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
