"""What people say to each other under an article and under its passages, in threads that can be settled.

A thread begins with a reply to the article itself (`replying`, anchored at its first line) or with a comment on some of its words
(`commenting`); all that answers it, or answers an answer, is in it. A settled thread is in the state `accepted`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Row, select, update

from sayso.errors import LedgerError
from sayso.ledger.database import writing
from sayso.ledger.dossier import Annotation
from sayso.ledger.keeping import current
from sayso.ledger.people import corrections
from sayso.ledger.people.auditing import note
from sayso.ledger.schema import annotation
from sayso.records import Span

KINDS = ("replying", "commenting")
LONGEST = 4000
"""Characters of one message."""
HEAD = 200
"""Most code points of the line at which what is said of a whole article is anchored."""
_LINE = re.compile(r"\S[^\r\n\u2028\u2029]*")


class Thread(NamedTuple):
    """What began it and what answers it, the oldest first; what was withdrawn is there, to be shown without its words."""

    root: Annotation
    answers: tuple[Annotation, ...]

    @property
    def on_words(self) -> bool:
        """Whether it is about a passage, and not about the article."""
        return self.root.kind == "commenting"

    @property
    def settled(self) -> bool:
        return self.root.state == "accepted"


def head_of(text: str) -> Span:
    """The words at which what is said of a whole article is anchored: its first line. Raises LedgerError where it has no words."""
    found = _LINE.search(text)
    if found is None:
        raise LedgerError("an article without words has nothing that could be spoken of")
    return Span(found.start(), min(found.end(), found.start() + HEAD))


def say(
    engine: Engine, key: str, words: str, *, who: str, span: Span | None = None, reply_to: str | None = None
) -> str:
    """Say something of an article, of some of its words, or in answer to what was said; the id. Raises LedgerError for what cannot be."""
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise LedgerError("say something" if not said else f"a message has at most {LONGEST} characters")
    with writing(engine) as connection:
        coding = current(connection, key)
        if coding is None:
            raise LedgerError(f"{key}: no such article in the ledger")
        kind = "commenting" if span and not reply_to else "replying"
        where = span or head_of(coding.article.text)
        if reply_to:
            answered = _message(connection, reply_to)
            if answered.state == "withdrawn":
                raise LedgerError("what you answer was withdrawn")
        return corrections.annotate(
            connection, key, where, kind=kind, creator=who, body=said, reply_to=reply_to or None
        )


def threads(given: list[Annotation]) -> list[Thread]:
    """The threads among an article's annotations, in the order in which they began."""
    said = {one.id: one for one in given if one.kind in KINDS}
    answers: dict[str, list[Annotation]] = {}
    for one in said.values():
        root = _root(said, one)
        answers.setdefault(root.id, []).extend([one] if one is not root else [])
    return [Thread(said[root], tuple(found)) for root, found in answers.items()]


def _root(said: dict[str, Annotation], one: Annotation) -> Annotation:
    seen = {one.id}
    while one.reply_to in said and one.reply_to not in seen:
        one = said[one.reply_to]
        seen.add(one.id)
    return one


def settle(engine: Engine, identifier: str, *, who: str, is_editor: bool) -> None:
    """Settle a thread: its author or an editor may. Raises LedgerError for anybody else, and where it is not open."""
    with writing(engine) as connection:
        _beginning(connection, identifier, who, is_editor)
        corrections.decide(connection, identifier, "accepted", who=who)


def reopen(engine: Engine, identifier: str, *, who: str, is_editor: bool) -> None:
    """Open a settled thread again: its author or an editor may."""
    with writing(engine) as connection:
        row = _beginning(connection, identifier, who, is_editor)
        if row.state != "accepted":
            raise LedgerError(f"this thread is {row.state}")
        connection.execute(update(annotation).where(annotation.c.id == identifier).values(state="open"))
        note(connection, who, "open", identifier)


def withdraw(engine: Engine, identifier: str, *, who: str, is_editor: bool) -> None:
    """Take back a message: its author or an editor may. It stays in the ledger, and its words are not shown any more."""
    with writing(engine) as connection:
        _allowed(_message(connection, identifier), who, is_editor)
        corrections.decide(connection, identifier, "withdrawn", who=who)


def _beginning(connection: Connection, identifier: str, who: str, is_editor: bool) -> Row[tuple[str, ...]]:
    row = _message(connection, identifier)
    if row.reply_to is not None:
        raise LedgerError("only what began a thread can be settled or opened")
    _allowed(row, who, is_editor)
    return row


def _allowed(row: Row[tuple[str, ...]], who: str, is_editor: bool) -> None:
    if not is_editor and row.creator != who:
        raise LedgerError(f"this is {row.creator}'s; only they and editors may do that")


def _message(connection: Connection, identifier: str) -> Row[tuple[str, ...]]:
    found = select(annotation).where(annotation.c.id == identifier, annotation.c.kind.in_(KINDS))
    row = connection.execute(found).one_or_none()
    if row is None:
        raise LedgerError(f"{identifier}: no such message")
    return row
