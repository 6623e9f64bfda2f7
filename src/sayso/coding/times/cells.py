"""The text as cells, one letter each, so that the grammar of time expressions is plain patterns over letters.

m month  M month name that is another word too, or short  w weekday  W weekdays  v weekday, short
s season  h feast  d 1-31 in digits  o ordinal  y year  Y '99  n other number  k vague number
u unit  j "daily"  p part of the day  I noon  e decade  q early, late  b beginning, end  F half
t this  l last  x next  z that, same  a ago  g later, before  D today  R now, recently
T the  A a  O of  N and, to  P preposition  H dash  , comma  E every  @ at, around, nearly
i ISO date  f 05/01/2022  c 17:30  r p.m.  Z GMT  B BC  G "long"  Q Q1's letter
L less, more, at  C than, least  V per  . anything else  | paragraph
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sayso.coding import numbers
from sayso.coding.tables import table
from sayso.coding.words import Word, lex

BREAK = "|"
OTHER = "."
SIGNS = frozenset("bq'")
"""What "B.C.", "Q1" and "'99" begin with, in lower case."""


class Cell(NamedTuple):
    """One letter of the grammar: what it stands for, code points [start, end), and its value."""

    letter: str
    lower: str
    text: str
    start: int
    end: int
    value: float = 0
    name: str = ""
    """What the word means where that is no number: a unit, a kind of reference."""

    @property
    def number(self) -> int:
        return int(self.value)


class _Entry(NamedTuple):
    letter: str
    value: float = 0
    name: str = ""


@cache
def _entries() -> dict[str, _Entry]:
    """Letter by word, for words that mean the same in any case."""
    data = table("times")
    words = data["words"]
    found: dict[str, _Entry] = {}
    for letter, names in (
        ("p", words["dayparts"]), ("I", words["instants"]), ("j", words["often"]), ("q", words["early"]),
        ("b", words["part"]), ("l", words["last"]), ("x", words["next"]), ("t", words["this"]),
        ("z", words["same"]), ("g", words["later"]), ("k", words["vague"]), ("E", words["every"]),
        ("@", words["about"]), ("L", ("less", "more", "at", "fewer", "up")), ("C", ("than", "least", "most")),
        ("T", ("the",)), ("A", ("a", "an")), ("O", ("of",)), ("N", ("and", "to", "through", "or")),
        ("P", ("in", "on", "by", "since", "until", "till", "from", "during", "for")),
        ("F", ("half", "halves")), ("a", ("ago",)), ("G", ("long",)), ("V", ("per",)), ("r", ("o'clock", "hrs")),
    ):  # fmt: skip
        found |= {name: _Entry(letter) for name in names}
    for name, unit in data["units"].items():
        found[name] = _Entry("u", 1, unit)
        if not name.endswith(("s", "ies", "ia")):
            found[f"{name}s"] = _Entry("u", 2, unit)
    found["night"] = _Entry("p", 1, "night")
    found["centuries"] = _Entry("u", 2, "century")
    found |= {name: _Entry("s", number) for name, number in data["seasons"].items()}
    found |= {name: _Entry("e", number) for name, number in data["decades"].items()}
    found |= {name: _Entry("Z") for name in words["zones"]}
    return found


@cache
def _names() -> dict[str, _Entry]:
    """Letter by word, for words written with a capital."""
    data = table("times")
    found = {name: _Entry("m", number) for name, number in data["months"].items()}
    found |= {name: _Entry("M", number) for name, number in data["month_abbreviations"].items()}
    found |= {name: _Entry("M", data["months"][name]) for name in ("march", "may")}
    found |= {name: _Entry("w", number) for name, number in data["weekdays"].items()}
    found |= {f"{name}s": _Entry("W", number) for name, number in data["weekdays"].items()}
    found |= {name: _Entry("v", number) for name, number in data["weekday_abbreviations"].items()}
    found |= {name: _Entry("B") for name in data["words"]["era"]}
    return found


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], _Entry]]]:
    """Expressions of several words by their first, the longest first."""
    data = table("times")
    found = [(name, _Entry("D", days)) for name, days in data["deictic"].items()]
    found += [(name, _Entry("h", 0, name)) for name in (*data["feasts"], *data["easter"])]
    for kind in ("present", "past", "future"):
        found += [(name, _Entry("R", 0, kind)) for name in data["references"][kind]]
    by_first: dict[str, list[tuple[tuple[str, ...], _Entry]]] = {}
    for name, entry in found:
        parts = tuple(word.lower for word in lex(name))
        by_first.setdefault(parts[0], []).append((parts, entry))
    for options in by_first.values():
        options.sort(key=lambda option: (-len(option[0]), option[0]))
    return by_first


PLAIN = _Entry(OTHER)
KINDS = {
    "break": _Entry(BREAK), "iso": _Entry("i"), "slashed": _Entry("f"), "clock": _Entry("c"), "meridiem": _Entry("r"),
}  # fmt: skip
"""What has a form of its own."""
MARKS = {",": _Entry(","), **dict.fromkeys("-–—‑/", _Entry("H"))}


@cache
def _known() -> dict[str, _Entry | None]:
    """What a word means whatever stands beside it, None where that must be seen; a word that is not here is PLAIN."""
    open_ = {*_phrases(), *_names(), *numbers.ordinals(), "second", "dozen", "half"}
    certain = {word: entry for word, entry in _entries().items() if word not in open_ and entry.letter != "Z"}
    return dict.fromkeys((*open_, *_entries(), *numbers.openings(), *SIGNS)) | certain


def cells(words: Sequence[Word]) -> list[Cell]:
    """The cells of a text's words, in order; words of a phrase or of a number are one cell. Linear in the text."""
    found: list[Cell] = []
    known = _known()
    at = 0
    while at < len(words):
        text, start, end, kind, lower = words[at]
        entry = known.get(lower, MARKS.get(text, PLAIN)) if kind in ("word", "mark") else None
        if entry is not None:
            cell, at = Cell(entry.letter, lower, text, start, end, entry.value, entry.name), at + 1
        else:
            cell, at = next(_read(words, at))
        found.append(cell)
    return found


def _read(words: Sequence[Word], at: int) -> Iterator[tuple[Cell, int]]:
    """The readings of what stands at words[at], the best first, each with where it ends."""
    word = words[at]
    for parts, entry in _phrases().get(word.lower, ()):
        if tuple(w.lower for w in words[at : at + len(parts)]) == parts and not _counts_on(words, at, parts):
            yield _cell(words, at, at + len(parts), entry), at + len(parts)
    if word.kind == "word":
        yield from _named(words, at)
        yield from _plain(words, at)
    yield from _numeric(words, at)
    yield _cell(words, at, at + 1, KINDS.get(word.kind) or MARKS.get(word.text, PLAIN)), at + 1


def _plain(words: Sequence[Word], at: int) -> Iterator[tuple[Cell, int]]:
    """A word of the dictionary, unless it begins a number ("half a dozen") or is more often an ordinal ("second")."""
    word = words[at]
    entry = _entries().get(word.lower)
    if entry is None or (entry.letter == "Z" and not word.text.isupper()):
        return
    after = words[at + 1].lower if at + 1 < len(words) else ""
    if word.lower == "second":
        yield _cell(words, at, at + 1, _Entry("o", 2)), at + 1
    elif word.lower != "dozen" and not (word.lower == "half" and after in ("a", "an")):
        yield _cell(words, at, at + 1, entry), at + 1


def _counts_on(words: Sequence[Word], at: int, parts: tuple[str, ...]) -> bool:
    """ "the past" of "the past three days" is no time by itself."""
    if parts != ("the", "past") or at + 2 >= len(words):
        return False
    following = _entries().get(words[at + 2].lower)
    return (following is not None and following.letter in "ukFm") or numbers.read(words, at + 2) is not None


def _named(words: Sequence[Word], at: int) -> Iterator[tuple[Cell, int]]:
    word = words[at]
    entry = _names().get(word.lower)
    if entry is None or not word.text[0].isupper():
        return
    if entry.letter == "B":
        if word.text.isupper():
            yield _cell(words, at, at + 1, entry), at + 1
        return
    end = at + 1
    if len(word.text) <= 5 and end + 1 < len(words) and words[end].text == "." and words[end].start == word.end:
        short = entry.letter == "v" or word.lower in table("times")["month_abbreviations"]
        end += short and words[end + 1].kind in ("number", "ordinal", "mark", "word")
    cell = _cell(words, at, at + 1, entry)
    yield cell, end


def _numeric(words: Sequence[Word], at: int) -> Iterator[tuple[Cell, int]]:
    word = words[at]
    if word.kind == "decade":
        yield _cell(words, at, at + 1, _Entry("e", int("".join(c for c in word.text if c.isdigit())))), at + 1
    yield from _signs(words, at)
    if (value := _hyphenated(words, at)) is not None:
        yield _cell(words, at, at + 3, _Entry("o", value)), at + 3
    if (value := numbers.ordinal(word)) is not None:
        yield _cell(words, at, at + 1, _Entry("o", value)), at + 1
    if number := numbers.read(words, at):
        yield _cell(words, at, number.end, _Entry(_number_letter(words[at], number, at), number.value)), number.end
    elif word.lower == "half":
        yield _cell(words, at, at + 1, _Entry("F")), at + 1


def _signs(words: Sequence[Word], at: int) -> Iterator[tuple[Cell, int]]:
    """B.C., Q1, '99"""
    if words[at].text not in ("B", "Q", "q", "'", "’"):
        return
    texts = [w.text for w in words[at : at + 4]]
    close = len(texts) > 1 and words[at + 1].start == words[at].end
    if texts[:3] == ["B", ".", "C"]:
        end = at + (4 if texts[3:] == ["."] else 3)
        yield _cell(words, at, end, _Entry("B")), end
    if close and texts[0] in ("Q", "q") and texts[1] in ("1", "2", "3", "4"):
        yield _cell(words, at, at + 1, _Entry("Q")), at + 1
    if close and texts[0] in ("'", "’") and texts[1].isdecimal() and len(texts[1]) == 2:
        yield _cell(words, at, at + 2, _Entry("Y", int(texts[1]))), at + 2


def _hyphenated(words: Sequence[Word], at: int) -> int | None:
    """ "twenty-first" """
    tens = table("numbers")["tens"]
    if words[at].lower not in tens or at + 2 >= len(words) or words[at + 1].text != "-":
        return None
    rest = numbers.ordinal(words[at + 2])
    return tens[words[at].lower] + rest if rest is not None and rest < 10 else None


def _number_letter(word: Word, number: numbers.Number, at: int) -> str:
    if number.end == at + 1 and word.text.isascii() and word.text.isdigit():
        if len(word.text) <= 2 and 1 <= number.value <= 31:
            return "d"
        if len(word.text) == 4 and 1000 <= number.value < 2200:
            return "y"
    return "n"


def _cell(words: Sequence[Word], at: int, end: int, entry: _Entry) -> Cell:
    start, stop = words[at].start, words[end - 1].end
    lower = words[at].lower if end == at + 1 else " ".join(w.lower for w in words[at:end])
    return Cell(entry.letter, lower, words[at].text, start, stop, entry.value, entry.name)
