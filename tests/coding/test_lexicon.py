"""Every sentence of the lexicon is run beside its pattern.

`examples` must give an event of the pattern's type and mode, `cases` also its parties, `not` must give no event of its type
at its trigger. The parser is not perfect: a few sentences may fail, and how many is pinned here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
from spacy.language import Language

from sayso.codebooks import ACLED, CONTEXTS, PLOVER, is_cameo
from sayso.coding.coder import LINE
from sayso.coding.draft import Draft, EventDraft, PartyDraft
from sayso.coding.lexicon import Case, LexiconTables, Pattern, build, lexicon, loading
from sayso.coding.merging import merge_events
from sayso.coding.modes import modes_by_type
from sayso.coding.parsed import Doc
from sayso.coding.telling import Telling
from sayso.errors import LexiconError
from sayso.language import Heads, heads_of
from sayso.records import Article

MOST_FAILURES = 0.06
"""Share of the lexicon's sentences of one kind that may fail: each is read alone, by a parser and a judge that may err."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of the lexicon, the pattern it stands at and what it is for."""

    pattern: Pattern
    kind: str
    text: str
    case: Case | None = None


def sentences(tables: LexiconTables) -> Iterator[Sentence]:
    for pattern in tables.patterns:
        yield from (Sentence(pattern, "example", text) for text in pattern.examples)
        yield from (Sentence(pattern, "case", case.text, case) for case in pattern.cases)
        yield from (Sentence(pattern, "not", text) for text in pattern.nots)


def events_of(doc: Doc, heads: Heads | None) -> list[EventDraft]:
    """The events as the line of rooms finds them: what is meant hangs on who is there."""
    telling = None if heads is None else Telling(doc, heads)
    draft = Draft(article=Article(id="sentence", text=doc.text), doc=doc, blocks=[None] * len(doc), telling=telling)
    for room in LINE[: LINE.index(merge_events) + 1]:
        room(draft)
    return draft.events


def names(parties: list[PartyDraft], wanted: str | None) -> bool:
    return wanted is None or any(wanted.lower() in party.actor.name.lower() for party in parties)


def at_trigger(doc: Doc, event: EventDraft, pattern: Pattern) -> bool:
    words = {word for lemma in pattern.lemmas for word in lemma.split()}
    span = doc[event.trigger.start : event.trigger.end]
    return any(token.lemma_.lower() in words or token.lower_ in words for token in span)


def holds(sentence: Sentence, doc: Doc, events: list[EventDraft]) -> bool:
    pattern, case = sentence.pattern, sentence.case
    same = [event for event in events if event.type == pattern.type]
    if sentence.kind == "not":
        return not any(at_trigger(doc, event, pattern) for event in same)
    if case is None:
        return any(event.mode == pattern.mode for event in same)
    return any(names(e.actors, case.actor) and names(e.recipients, case.recipient) for e in same)


@pytest.fixture(scope="module")
def results(nlp: Language) -> list[tuple[Sentence, bool, str]]:
    found = []
    for sentence in sentences(lexicon()):
        doc = Doc(nlp(sentence.text))
        events = events_of(doc, heads_of(nlp))
        got = "; ".join(
            f"{e.type}/{e.mode} at {doc.span(*e.trigger).text!r}"
            f" {[p.actor.name for p in e.actors]} → {[p.actor.name for p in e.recipients]}"
            for e in events
        )
        found.append((sentence, holds(sentence, doc, events), got))
    return found


@pytest.mark.parametrize("kind", ["example", "case", "not"])
def test_sentences_of_the_lexicon_give_what_their_pattern_says(
    results: list[tuple[Sentence, bool, str]], kind: str
) -> None:
    """All but a few for the parser's sake; the message lists every failure by pattern."""
    mine = [result for result in results if result[0].kind == kind]
    failed = [result for result in mine if not result[1]]
    report = [
        f"{name}: {sentence.pattern.type}/{sentence.pattern.mode}\n"
        + f"    {sentence.text}\n    gave: {got or 'nothing'}"
        for name, group in groupby(failed, key=lambda result: result[0].pattern.name)
        for sentence, _, got in group
    ]
    assert len(failed) <= MOST_FAILURES * len(mine), "\n".join([f"{len(failed)} of {len(mine)} failed", *report])


def test_every_pattern_is_of_a_plover_type_and_has_an_example() -> None:
    """The lexicon loads, and no pattern comes without a sentence of its own."""
    assert all(pattern.examples for pattern in lexicon().patterns)


def test_the_lexicon_speaks_as_the_codebooks_do() -> None:
    """Every mode is one of its type's; every context and code is one that there is."""
    held = lexicon()
    assert {kind: modes - set(PLOVER[kind]) for kind, modes in modes_by_type().items()} == {
        kind: set() for kind in PLOVER
    }
    assert {rule.name for rule in held.contexts} == CONTEXTS
    rows = tomllib.loads((Path(loading.__file__).parent / "crosswalk.toml").read_text(encoding="utf-8"))
    codes = {row["code"] for row in rows["cameo"] if "code" in row}
    assert {code for code in codes if not is_cameo(code)} == set()
    kinds = {(row["event_type"], row["sub_event_type"]) for row in rows["acled"] if "event_type" in row}
    assert {(kind, sub) for kind, sub in kinds if sub not in ACLED[kind]} == set()


@pytest.mark.parametrize("code", ["", "1", "00", "21", "14x", "1455", "0200", "14500", "148", "²0", "١٤"])
def test_what_is_no_code_of_cameo(code: str) -> None:
    """Another root, a digit that the codebook has not there, or no digits."""
    assert not is_cameo(code)


def test_no_sentence_stands_twice() -> None:
    """Each sentence shows one thing."""
    texts = [s.text for s in sentences(lexicon()) if s.kind == "example"]
    assert len(texts) - len(set(texts)) <= len(texts) // 50


def tables(**files: object) -> LexiconTables:
    empty: dict[str, object] = {"events": {}, "classes": {}, "modes": {}, "contexts": {}, "crosswalk": {}, "light": {}}
    return build(**{**empty, **files})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "pattern",
    [
        {"verb": ["storm"]},
        {"examples": ["They stormed it."]},
        {"verb": ["storm"], "noun": ["storm"], "examples": ["They stormed it."]},
        {"verb": ["storm"], "examples": ["They stormed it."], "objekt": ["house"]},
        {"verb": ["storm"], "examples": ["They stormed it."], "object": ["@nowhere"]},
        {"verb": ["storm"], "examples": ["They stormed it."], "type": "WEATHER"},
        {"verb": 3, "examples": ["They stormed it."]},
    ],
)
def test_a_pattern_that_breaks_the_rules_is_refused(pattern: dict[str, object]) -> None:
    """Misspelt keys, unknown classes and types are errors that name the pattern, never ignored."""
    with pytest.raises(LexiconError, match="assault"):
        tables(events={"assault": {"type": "ASSAULT", "pattern": [pattern]}})


def test_classes_spell_out_the_classes_in_them() -> None:
    """A class may hold others, in any order of definition."""
    assert tables(classes={"a": ["@b", "x"], "b": ["y", "@person"]}).classes["a"] == {"x", "y", "@person"}


def test_classes_that_hold_each_other_are_refused() -> None:
    """A circle of classes is an error, not an endless loop."""
    with pytest.raises(LexiconError, match="circle"):
        tables(classes={"a": ["@b"], "b": ["@a"]})


def test_two_words_of_a_trigger_are_a_word_and_what_stands_beside_it() -> None:
    """Nouns take the first as compound, verbs the second as particle."""
    entry = {"noun": ["mass murder"], "examples": ["A mass murder was reported."]}
    other = {"verb": ["walk out"], "examples": ["They walked out."]}
    made = tables(events={"assault": {"type": "ASSAULT", "pattern": [entry, other]}})
    assert made.of("noun", "murder")[0].need.compound == {"mass"}
    assert made.of("verb", "walk")[0].need.particle == {"out"}
