"""What somebody adds, from the form to the ledger: a text, addresses, files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sayso.desk.desk import Desk
from sayso.desk.job import Job, Outcome
from sayso.desk.uploads import Uploads
from sayso.errors import InputError, LedgerError
from sayso.exports.view import plain, shorten
from sayso.ledger.asking.of_articles import kept_as
from sayso.ledger.database import reading, writing
from sayso.ledger.people.auditing import note
from sayso.reading import make_article, open_articles
from sayso.reading.formats import Found
from sayso.reading.guarded import guarded_client
from sayso.reading.web import is_url
from sayso.records import Article

LOG = logging.getLogger(__name__)

MOST_ARTICLES = 1000
"""Of one piece of work; `sayso add` takes any number."""
PASTED = "pasted"
"""The source of a text that somebody pasted."""
LABEL = 200
"""Characters of a text from which an article without a title is called."""
NEW = ("added", "recoded", "changed")

Reader = Callable[[int], Found]
"""Gives articles and errors; takes the characters that an article may have."""


@dataclass
class Incoming:
    """The work of a job (`jobs.Work`). `text`: fields as of `make_article`; `addresses`: http and https alone."""

    desk: Desk
    who: str
    uploads: Uploads
    text: dict[str, Any] | None = None
    addresses: tuple[str, ...] = ()
    _new: dict[int, tuple[str, str]] = field(default_factory=dict)
    """What is new in the ledger: id and status by the article's number."""

    def close(self) -> None:
        self.uploads.close()

    def run(self, job: Job) -> None:
        if not self.desk.is_ready:
            job.say("The coder is being loaded. That takes some seconds, the first time.")
        limit = self.desk.coder.max_chars
        job.say("Looking what there is.")
        total = sum(self._count(reader, limit) for reader in self._files())
        total += len(self.addresses) + (self.text is not None)
        job.say("Reading and coding.", total=min(total, MOST_ARTICLES))
        try:
            for found in islice(self._found(limit), MOST_ARTICLES):
                job.tell(self._outcome(found))
                if job.is_stopped:
                    return
            if total > MOST_ARTICLES:
                job.cut()
            job.say("Finding the incidents of which they report.")
        finally:
            self._settle()

    def _files(self) -> list[Reader]:
        return [one.articles for one in self.uploads.files]

    def _count(self, reader: Reader, limit: int) -> int:
        """How many there are in a file: it is read for that alone, which takes little beside coding it."""
        try:
            return sum(1 for _ in islice(reader(limit), MOST_ARTICLES + 1))
        except InputError:
            return 1

    def _found(self, limit: int) -> Iterator[Article | InputError]:
        readers: list[Reader] = [self._pasted] if self.text is not None else []
        readers += [_web(address) for address in self.addresses]
        for reader in (*readers, *self._files()):
            try:
                yield from reader(limit)
            except InputError as error:
                yield error

    def _pasted(self, limit: int) -> Found:
        yield make_article(self.text or {}, name="The text", source=PASTED, limit_chars=limit)

    def _outcome(self, found: Article | InputError) -> Outcome:
        """Code an article and keep it. Whatever goes wrong with it costs no other one."""
        if isinstance(found, InputError):
            return Outcome(found.name, "failed", reason=sentence(found.reason))
        name = found.title or f"“{shorten(plain(found.text[:LABEL]), LABEL // 2)}”"
        try:
            return self._kept(found, name)
        except InputError as error:
            return Outcome(name, "failed", reason=sentence(error.reason))
        except LedgerError as error:
            return Outcome(name, "failed", reason=sentence(f"the ledger could not take it: {error}"))
        except Exception as error:
            LOG.exception("%s could not be coded", found.id)
            return Outcome(name, "failed", reason=f"It could not be coded ({type(error).__name__}).")

    def _kept(self, found: Article, name: str) -> Outcome:
        desk = self.desk
        if desk.ledger.holds(found, desk.coder.info):
            with reading(desk.ledger.engine) as connection:
                key, was_forgotten = kept_as(connection, found)
            return Outcome(name, "forgotten", key) if was_forgotten else Outcome(name, "same", key)
        (made,) = desk.code([found])
        kept = desk.add(made, settled=False)
        if kept.status in NEW:
            self._new[kept.article] = kept.key, kept.status
        return Outcome(made.article.title or name, kept.status, kept.key)

    def _settle(self) -> None:
        if not self._new:
            return
        self.desk.settle(self._new)
        with writing(self.desk.ledger.engine) as connection:
            for key, status in self._new.values():
                note(connection, self.who, "add", key, {"status": status})


def _web(address: str) -> Reader:
    def read(limit: int) -> Found:
        if not is_url(address):  # or a path of this machine would be opened
            raise InputError(address, "not an http or https address")
        with guarded_client() as client:
            yield from open_articles(address, client=client, limit_chars=limit)

    return read


def sentence(reason: str) -> str:
    """A reason as it stands on a page."""
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."
