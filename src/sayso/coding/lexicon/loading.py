"""From TOML tables to entries: every name checked, every class spelled out. No files are read here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, cast

from sayso.codebooks import PLOVER
from sayso.coding.lexicon.entries import (
    RESERVED,
    Case,
    Conditions,
    ContextRule,
    CrosswalkRow,
    Kind,
    LexiconTables,
    LightWords,
    ModeRule,
    Pattern,
    Setting,
    Words,
)
from sayso.errors import LexiconError

Table = Mapping[str, Any]

KINDS: tuple[Kind, ...] = ("verb", "noun", "adjective")
CONDITIONS = tuple(f.name for f in fields(Conditions) if f.name != "prepositions")
PATTERN_KEYS = frozenset(
    (*KINDS, *CONDITIONS, "type", "mode", "contexts", "with", "without", "actor", "recipient", "weight", "strict", "examples", "cases",
     "not", "cites")
)  # fmt: skip
SLOTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subject",), ("object",)),
    "noun": (("by", "possessive", "compound"), ("against", "on", "of")),
    "adjective": (("subject",), ()),
}
"""Slots of actor and recipient where a pattern names none."""


def _listed(value: Any, where: str) -> tuple[str, ...]:
    """A string or a list of strings, as a tuple."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise LexiconError(f"{where}: a string or a list of strings is wanted, not {value!r}")


class Classes:
    """Word classes, with the classes inside them spelled out."""

    def __init__(self, table: Table):
        self.raw = {name: _listed(words, f"classes.toml, {name}") for name, words in table.items()}
        self.known: dict[str, Words] = {}
        for name in sorted(self.raw):
            self.known[name] = self._spell(name, ())

    def _spell(self, name: str, path: tuple[str, ...]) -> Words:
        if name in path:
            raise LexiconError(f"classes.toml: {' → '.join((*path, name))} goes round in a circle")
        found: set[str] = set()
        for word in self.raw[name]:
            if not word.startswith("@") or word in RESERVED:
                found.add(word if word in RESERVED else word.lower())
            elif word[1:] in self.raw:
                found |= self.known.get(word[1:]) or self._spell(word[1:], (*path, name))
            else:
                raise LexiconError(f"classes.toml, {name}: no class {word}")
        return frozenset(found)

    def words(self, value: Any, where: str) -> Words:
        """Lemmas and classes, as a set of lemmas and reserved classes."""
        found: set[str] = set()
        for word in _listed(value, where):
            if not word.startswith("@") or word in RESERVED:
                found.add(word if word in RESERVED else word.lower())
            elif word[1:] in self.known:
                found |= self.known[word[1:]]
            else:
                raise LexiconError(f"{where}: no class {word}")
        return frozenset(found)


def _conditions(table: Table, classes: Classes, where: str) -> Conditions:
    given = {key: classes.words(table[key], f"{where}, {key}") for key in CONDITIONS if key in table}
    prepositions = {
        name: classes.words(words, f"{where}, with {name}") for name, words in sorted(table.get("with", {}).items())
    }
    return Conditions(prepositions=prepositions, **given)


def _split(lemmas: Iterable[str], kind: Kind) -> Iterator[tuple[str, str | None]]:
    """Triggers with the word that must stand beside them: "mass murder" → murder, mass; "walk out" → walk, out."""
    for lemma in lemmas:
        first, _, last = lemma.lower().rpartition(" ")
        if kind == "verb" and first:
            first, last = last, first
        yield last, first or None


def _case(value: Any, where: str) -> Case:
    if not isinstance(value, dict) or not {"text"} <= set(value) <= {"text", "actor", "recipient", "mode", "type"}:
        raise LexiconError(f"{where}: a case is a table of text, actor, recipient")
    return Case(value["text"], value.get("actor"), value.get("recipient"))


def _pattern(table: Table, default: str | None, classes: Classes, where: str) -> Pattern:
    unknown = sorted(set(table) - PATTERN_KEYS)
    if unknown:
        raise LexiconError(f"{where}: no such key: {', '.join(unknown)}")
    kinds = [kind for kind in KINDS if kind in table]
    type_ = table.get("type", default)
    if len(kinds) != 1:
        raise LexiconError(f"{where}: one of verb, noun, adjective is wanted")
    if type_ not in PLOVER:
        raise LexiconError(f"{where}: {type_!r} is no PLOVER type")
    if not table.get("examples"):
        raise LexiconError(f"{where}: a pattern needs an example")
    kind = kinds[0]
    actor, recipient = SLOTS[kind]
    lemmas = _listed(table[kind], f"{where}, {kind}")
    without = table.get("without", {})
    if set(without) - {*CONDITIONS, "with"}:
        raise LexiconError(f"{where}, without: no such key: {', '.join(sorted(set(without) - {*CONDITIONS, 'with'}))}")
    return Pattern(
        name=f"{where} {kind}:{lemmas[0]}",
        type=type_,
        mode=table.get("mode"),
        contexts=_listed(table.get("contexts", []), f"{where}, contexts"),
        kind=kind,
        lemmas=tuple(lemma.lower() for lemma in lemmas),
        need=_conditions(table, classes, where),
        without=_conditions(without, classes, f"{where}, without"),
        actor=_listed(table["actor"], where) if "actor" in table else actor,
        recipient=_listed(table["recipient"], where) if "recipient" in table else recipient,
        weight=int(table.get("weight", 0)),
        strict=bool(table.get("strict", False)),
        examples=_listed(table["examples"], f"{where}, examples"),
        cases=tuple(_case(case, f"{where}, cases") for case in table.get("cases", [])),
        nots=_listed(table.get("not", []), f"{where}, not"),
    )


def _patterns(events: Mapping[str, Table], classes: Classes) -> list[Pattern]:
    found = []
    for file, table in sorted(events.items()):
        for number, entry in enumerate(table.get("pattern", []), 1):
            found.append(_pattern(entry, table.get("type"), classes, f"events/{file}.toml #{number}"))
    return found


def _beside(pattern: Pattern, word: str | None) -> Pattern:
    if word is None:
        return pattern
    slot = "particle" if pattern.kind == "verb" else "compound"
    need = replace(pattern.need, **{slot: getattr(pattern.need, slot) | {word}})
    return replace(pattern, need=need)


def _index(patterns: Iterable[Pattern]) -> dict[tuple[str, str], tuple[Pattern, ...]]:
    index: dict[tuple[str, str], list[Pattern]] = {}
    for pattern in patterns:
        for lemma, beside in _split(pattern.lemmas, pattern.kind):
            index.setdefault((pattern.kind, lemma), []).append(_beside(pattern, beside))
    return {key: tuple(found) for key, found in index.items()}


def _mode(table: Table, classes: Classes, where: str) -> ModeRule:
    examples = tuple((e["text"], e.get("mode")) for e in table.get("examples", []))
    return ModeRule(
        type=frozenset(_listed(table["type"], where)),
        mode=table["mode"],
        over=frozenset(_listed(table.get("over", [""]), where)),
        slots=_listed(table.get("slots", []), where),
        words=classes.words(table["words"], where),
        instrument=bool(table.get("instrument", True)),
        examples=examples,
    )


def _row(table: Table, where: str) -> CrosswalkRow:
    def some(key: str) -> Words:
        return frozenset(_listed(table.get(key, []), f"{where}, {key}"))

    return CrosswalkRow(
        type=some("type"),
        mode=some("mode"),
        realis=some("realis"),
        lemma=some("lemma"),
        actor=some("actor"),
        recipient=some("recipient"),
        contexts=some("contexts"),
        code=table.get("code"),
        event_type=table.get("event_type"),
        sub_event_type=table.get("sub_event_type"),
    )


def _light(table: Table, classes: Classes) -> LightWords:
    given: dict[str, Any] = {}
    for entry in fields(LightWords):
        value = table.get(entry.name)
        where = f"light.toml, {entry.name}"
        if isinstance(value, dict):
            given[entry.name] = {key: classes.words(words, where) for key, words in sorted(value.items())}
        elif value is not None:
            given[entry.name] = classes.words(value, where)
    unknown = sorted(set(table) - {"irregular"} - {entry.name for entry in fields(LightWords)})
    if unknown:
        raise LexiconError(f"light.toml: no such key: {', '.join(unknown)}")
    return LightWords(**given)


def build(
    *, events: Mapping[str, Table], classes: Table, modes: Table, contexts: Table, crosswalk: Table, light: Table
) -> LexiconTables:
    """Check and index the tables of the files named so. Raises LexiconError."""
    known = Classes(classes)
    patterns = _patterns(events, known)
    rules = [
        ContextRule(
            name=row["name"],
            strong=known.words(row.get("strong", []), "contexts.toml"),
            words=known.words(row.get("words", []), "contexts.toml"),
            threshold=int(row.get("threshold", 2)),
        )
        for row in contexts.get("context", [])
    ]
    settings = [
        Setting(
            name=row["name"],
            words=known.words(row.get("words", []), "contexts.toml"),
            threshold=int(row.get("threshold", 2)),
            triggers=known.words(row.get("triggers", []), "contexts.toml"),
        )
        for row in contexts.get("setting", [])
    ]
    try:
        mode_rules = [_mode(row, known, f"modes.toml #{n}") for n, row in enumerate(modes.get("mode", []), 1)]
    except KeyError as missing:
        raise LexiconError(f"modes.toml: a rule without {missing}") from missing
    return LexiconTables(
        patterns=tuple(patterns),
        index=_index(patterns),
        classes=known.known,
        modes=tuple(mode_rules),
        contexts=tuple(rules),
        settings=tuple(settings),
        cameo=tuple(_row(cast(Table, row), "crosswalk.toml") for row in crosswalk.get("cameo", [])),
        acled=tuple(_row(cast(Table, row), "crosswalk.toml") for row in crosswalk.get("acled", [])),
        light=_light(light, known),
        irregular=dict(light.get("irregular", {})),
    )
