"""As what a number counts: killed, injured, arrested, …, by the words that govern it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

from sayso.coding.figures.counted import words_of
from sayso.coding.grammar import children, is_passive
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range
from sayso.coding.tables import table
from sayso.records import Measure

ORDER: tuple[Measure, ...] = (
    "killed",
    "injured",
    "arrested",
    "missing",
    "displaced",
    "participants",
    "attacks",
    "property",
)
PEOPLE: frozenset[Measure] = frozenset(("killed", "injured", "arrested", "missing", "displaced", "participants"))
HARMED: frozenset[Measure] = frozenset(("killed", "injured", "arrested", "missing"))
SKIPPED = frozenset(("AUX", "ADV", "PART"))
STEPS = 8
"""Words of a list or an apposition up to its head."""
WINDOW = 15
"""Words to the left over which a noun of tolls is looked for."""


@cache
def _phrases() -> dict[tuple[str, str], Measure]:
    data = cast("dict[Measure, list[list[str]]]", table("measures")["phrases"])
    return {(verb, word): measure for measure, pairs in data.items() for verb, word in pairs}


@cache
def _places() -> dict[tuple[str, str], Measure]:
    data = cast("dict[Measure, list[list[str]]]", table("measures")["places"])
    return {(first, second): measure for measure, pairs in data.items() for first, second in pairs}


def measure_of(number: Range, head: Token, noun: Token | None) -> Measure:
    """The measure of a number by its governing words; `noun` is what it counts."""
    top = _top(noun if noun is not None and head not in noun.ancestors else head)
    verb = _by_verb(top, noun)
    if verb in HARMED and _by_adjective(noun) == "displaced":
        return verb  # "killed 75 displaced people"
    for found in (
        _beside(number, head, noun),
        _by_adjective(noun),
        verb,
        _by_toll(top),
        _by_toll_before(number, head),
        _by_label(number, head),
        _by_of(top, noun),
        _by_noun(noun),
    ):
        if found is not None:
            return found
    return "other"


def _beside(number: Range, head: Token, noun: Token | None) -> Measure | None:
    """The word right after the number or its noun ("30 wounded", "12 people dead"), or the verb right before it."""
    doc = head.doc
    start = max(number.end, noun.i + 1 if noun is not None and noun.i < number.end + 6 else 0)
    for at in (number.end, start):
        if at + 1 < len(doc) and (found := _places().get((doc[at].lower_, doc[at + 1].lower_))):
            return found
        while (
            at < len(doc)
            and (doc[at].pos_ in SKIPPED or doc[at].lower_ in words_of("passing", "words"))
            and at < start + 5
        ):
            at += 1
        if at < len(doc) and (found := _participle(doc[at], noun)):
            return found
    if number.start and (verb := doc[number.start - 1]).pos_ in ("VERB", "NOUN", "ADJ") and verb.tag_ != "NNS":
        passive = bool(children(verb, "aux:pass", "nsubj:pass"))
        return None if passive else _listed(verb, "objects", noun)
    return None


def _participle(token: Token, noun: Token | None) -> Measure | None:
    """ "wounded", "dead", "missing", "shot dead" after the counted word."""
    if token.tag_ == "NNS" or _active(token):
        return None
    phrase = _phrase(token)
    if phrase is not None:
        return phrase
    for measure in ORDER:
        if token.lower_ in words_of(measure, "adjectives") and (measure == "property") == _is_thing(noun):
            return measure
    if token.tag_ != "VBN":
        return None
    if noun is None and token.base in words_of("bare", "arrested"):
        return "arrested"
    return _listed(token, "objects", noun)


def _is_thing(noun: Token | None) -> bool:
    return noun is not None and noun.base in words_of("property", "nouns")


def _active(token: Token) -> bool:
    """Whether the word is a verb with an object of its own: "30 wounded two"."""
    return bool(children(token, "obj")) and not children(token, "aux:pass", "nsubj:pass")


def _phrase(verb: Token) -> Measure | None:
    """Verb and a word that hangs on it: "shot dead", "lost their lives", "taken into custody"."""
    first = verb.base
    if not any(first == start for start, _ in _phrases()):
        return None
    below = list(verb.children) + [
        g for c in verb.children if c.relation in ("obj", "obl", "xcomp") for g in c.children
    ]
    nearby = [verb.doc[i] for i in range(verb.i + 1, min(len(verb.doc), verb.i + 4)) if verb.doc[i].sent == verb.sent]
    found = [
        _phrases()[first, c.base] for c in sorted({*below, *nearby}, key=lambda t: t.i) if (first, c.base) in _phrases()
    ]
    return found[0] if found else None


def _by_adjective(noun: Token | None) -> Measure | None:
    """ "three missing children", "the 40 injured protesters" """
    if noun is None:
        return None
    for child in children(noun, "amod", "acl"):
        for measure in ORDER:
            if child.lower_ in words_of(measure, "adjectives") and measure != "property":
                return measure
    for child in noun.children:
        if child.relation == "acl" and (
            found := _listed(child, "objects" if child.tag_ == "VBN" or is_passive(child) else "subjects", noun)
        ):
            return found
    return None


def _top(token: Token) -> Token:
    """The head of the list that the counted word stands in, or of what it is in apposition to."""
    for _ in range(STEPS):
        if token.relation in ("conj", "appos", "nummod", "flat") and token.head.pos_ in (
            "NOUN",
            "PROPN",
            "NUM",
            "PRON",
            "ADJ",
        ):
            token = token.head
        else:
            break
    return token


def _by_verb(top: Token, noun: Token | None) -> Measure | None:
    """The verb whose subject or object is counted."""
    verb, role = top.head, top.relation
    if verb == top:
        return None
    if verb.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    if found := _phrase(verb):
        agent = (
            role == "nsubj"
            and top.dep_ != "nsubj:pass"
            and found in ("killed", "injured", "arrested")
            and verb.base not in ("lose", "suffer", "sustain")
        )
        if not agent:
            return found
    passive = top.dep_ == "nsubj:pass" or (role == "nsubj" and is_passive(verb))
    if passive or role == "obj":
        return _listed(verb, "objects", noun)
    if role == "nsubj":
        return next((c for v in _chain(verb) if (c := _listed(v, "subjects", noun))), None)
    if role == "obl":
        case = next((c.base for c in children(top, "case")), "")
        return _listed(verb, "subjects", noun) if case in ("by", "with") and verb.lower_ == "attended" else None
    return None


def _chain(verb: Token) -> Iterator[Token]:
    """The verb and what it begins or tries to do."""
    yield verb
    yield from children(verb, "xcomp")


def _listed(word: Token, role: str, noun: Token | None) -> Measure | None:
    """The measure that has the word among its verbs of a role; property needs a noun that can be broken."""
    name = word.base
    for measure in ORDER:
        if name not in words_of(measure, role):
            continue
        if (measure == "property") == _is_thing(noun):
            return measure
    return None


def _by_toll(top: Token) -> Measure | None:
    """ "the death toll rose to 31", "put the number of injured at 15", "the toll is 31" """
    places = [top] if top.relation == "root" else [top.head, top]
    for place in places:
        for noun in (*children(place, "nsubj", "nsubj:pass", "obj"), *children(place, "nmod")):
            if noun.base not in words_of("tolls", "nouns"):
                continue
            below = (
                *children(noun, "compound", "amod", "nmod"),
                *(g for c in children(noun, "nmod") for g in c.children),
            )
            return _toll_of(below) or ("killed" if noun.base == "toll" else None)
    return None


def _by_toll_before(number: Range, head: Token) -> Measure | None:
    """The same where the tree does not join them: a noun of tolls on the left, then "at", "to" or a verb."""
    doc = head.doc
    if number.start == 0 or doc[number.start - 1].pos_ not in ("ADP", "AUX", "VERB"):
        return None
    first = max(head.sent.start, number.start - WINDOW)
    for at in range(number.start - 2, first - 1, -1):
        if doc[at].pos_ == "NUM" or doc[at].text == ";":
            return None
        if doc[at].lower_ in words_of("tolls", "nouns") and doc[at].lower_ != "figure":
            near = [doc[i] for i in (at - 1, *range(at + 1, min(at + 5, number.start))) if i >= first]
            return _toll_of(near) or ("killed" if doc[at].lower_ == "toll" else None)
    return None


def _toll_of(words: Iterable[Token]) -> Measure | None:
    for word in words:
        for measure in ORDER:
            names = table("measures")["tolls"].get(measure, ())
            if word.base in names or word.lower_ in names:
                return measure
    return None


def group_named(words: Iterable[Token]) -> Measure | None:
    """As what people are counted whom the words take up again: "the dead", "those arrested", "the victims"."""
    for word in words:
        articled = word.i > 0 and word.nbor(-1).lower_ in ("the", "those", "these")
        if articled and (found := _toll_of([word])) is not None:
            return found
    return None


def _by_label(number: Range, head: Token) -> Measure | None:
    """ "Kiosks destroyed: 26.", "Killed: three": a list of a report."""
    doc = head.doc
    if number.start < 2 or doc[number.start - 1].text != ":":
        return None
    word, before = doc[number.start - 2], doc[number.start - 3] if number.start > 2 else None
    return _participle(word, before if before is not None and before.pos_ in ("NOUN", "PROPN") else None)


def _by_of(top: Token, noun: Token | None) -> Measure | None:
    """ "the killing of 12 men", "a crowd of 300" """
    above = top.head
    if top.relation != "nmod" or above.pos_ not in ("NOUN", "PROPN"):
        return None
    if noun is not None and noun.base in words_of("people", "nouns") and above.base in words_of("killed", "of_people"):
        return "killed"
    return next((measure for measure in ORDER if above.base in words_of(measure, "of")), None)


def _by_noun(noun: Token | None) -> Measure | None:
    """What is counted says it itself: deaths, arrests, demonstrators, bombings, cases of assault."""
    if noun is None:
        return None
    for name in (noun, *children(noun, "nmod")):
        for measure in ORDER:
            names = words_of(measure, "nouns")
            if measure != "property" and (name.base in names or name.lower_ in names):
                return measure
        if noun.base not in ("case", "act", "incident", "wave", "series"):
            break
    return None
