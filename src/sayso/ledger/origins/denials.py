"""What an event is for the ledger: a report that it was, somebody's word that it was not, or neither."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.errors import LexiconError
from sayso.ledger.origins.speaking import Named
from sayso.ledger.origins.whose import chain_of, origin_of_chain, place_of
from sayso.records import Coding, Event, Span, Statement

UNTOLD = frozenset("ask demand fear hope order plan predict promise question refuse threaten warn".split())
"""Acts whose content is wanted, feared, asked or announced and not told: no report, whatever the words inside look like.

What is said, reported, claimed, confirmed, admitted, explained, recalled, shown, found, estimated, believed, suggested, alleged
(`accuse`), praised, criticised or called something is told, on that voice's word.
"""
FILE = Path(__file__).parent / "denials.toml"
VIEWS = frozenset("believe call say claim".split())
"""Acts that are denials where their cue says that it is untrue."""
CALLED = 3
"""Words at the end of what is said that tell what it is called."""
TELLING = frozenset("say report claim confirm explain announce find show recall believe estimate deny".split())
"""Acts by which somebody tells that something was not."""
ANSWERED = frozenset("ACCUSE REQUEST THREATEN CONSULT SUPPORT AGREE CONCEDE REJECT".split())
"""Types of deeds done by speaking. Who rejects a demand does not deny that it was made."""


class Denied(NamedTuple):
    """A voice that says of an event that it was not so. `origin` is None where nobody is named, `speaker` the words for who it
    is, `span` the words of the statement that hold the event (code points into the article's text)."""

    event: str
    origin: Named | None
    speaker: str | None
    statement: str
    span: Span


def denials(coding: Coding) -> list[Denied]:
    """Every event that somebody in the article denies, with who does: the innermost voice where the event is told as not having
    been, else the one whose act is a denial."""
    found = ((event, _denying(coding, event)) for event in coding.events)
    return [_denied(coding, event, chain) for event, chain in found if chain]


def is_report(coding: Coding, event: Event) -> bool:
    """Whether the article, or somebody in it, tells that the event was: actual, of the story's own time, under no denial
    and no act of `UNTOLD`."""
    if event.realis != "actual" or event.background:
        return False
    chain = chain_of(coding, event.statements)
    if any(statement.act in UNTOLD or _is_nobodys(coding, statement) for statement in chain):
        return False
    return not _denying(coding, event)


@cache
def _words(name: str) -> frozenset[str]:
    """A list of `denials.toml`. Raises LexiconError where the file cannot be read."""
    try:
        return frozenset(tomllib.loads(FILE.read_text(encoding="utf-8"))[name].split())
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise LexiconError(f"{FILE.name}: {error}") from error


def _denies(coding: Coding, statement: Statement) -> bool:
    """Whether the act is a denial, by the verb, by what the cue says of the view, or by what the view is called."""
    if statement.act == "deny":
        return True
    text = coding.article.text
    said = _tokens(statement.cue_span.of(text)) if statement.cue_span else []
    if statement.act == "call" and statement.content_spans:
        said += _tokens(statement.content_spans[-1].of(text))[-CALLED:]
    return statement.act in VIEWS and not _words("untrue").isdisjoint(said)


def _is_nobodys(coding: Coding, statement: Statement) -> bool:
    """Whether it is said of nobody that he said it: "no one has claimed responsibility"."""
    speaker = statement.speaker_span.of(coding.article.text) if statement.speaker_span else ""
    return not _words("negative").isdisjoint(_tokens(speaker)[:1])


def _tokens(words: str) -> list[str]:
    return re.findall(r"\w+", words.lower())


def _denying(coding: Coding, event: Event) -> tuple[Statement, ...]:
    """The chain of statements down to the one that denies the event; empty where none does."""
    chain = chain_of(coding, event.statements)
    for at, statement in reversed(list(enumerate(chain, 1))):
        if _denies(coding, statement) and (event.realis == "negated" or event.type not in ANSWERED):
            return chain[:at]
    told = chain and chain[-1].act in TELLING and not any(statement.act in UNTOLD for statement in chain)
    return chain if told and event.realis == "negated" else ()


def _denied(coding: Coding, event: Event, chain: tuple[Statement, ...]) -> Denied:
    last = chain[-1]
    origin = origin_of_chain(coding, chain, place_of(coding, event))
    speaker = last.speaker_span.of(coding.article.text) if last.speaker_span else None
    holding = (span for span in last.content_spans if span.overlaps(event.trigger))
    return Denied(event.id, origin, speaker, last.id, next(holding, event.span))
