"""Numbers in the text with what opens or blurs them: "at least 130", "36 to 40", "nearly a hundred", "dozens"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.coding import numbers
from sayso.coding.tables import table
from sayso.coding.words import Word, lex

LONGEST = 5
"""Words of the longest phrase of bounds."""


@dataclass(frozen=True)
class Quantity:
    """A number: code points [start, end) with its bounds, [head, …) the number alone; `low` or `high` None is open."""

    start: int
    end: int
    core: int
    low: float | None
    high: float | None
    approximate: bool = False
    money: bool = False
    digits: bool = False
    vague: bool = False


Phrases = dict[tuple[str, ...], str]


@cache
def _phrases(name: str) -> Phrases:
    return {
        tuple(w.lower for w in lex(phrase)): kind for kind, all_ in table("measures")[name].items() for phrase in all_
    }


@cache
def _vague() -> dict[tuple[str, ...], tuple[float, float | None]]:
    data = table("numbers")
    found = {
        tuple(name.split()): (float(v["low"]), float(v["high"]) if "high" in v else None)
        for name, v in data["vague"].items()
    }
    return found | {tuple(w.lower for w in lex(name)): (0.0, 0.0) for name in data["nought"]["words"]}


def quantities(words: Sequence[Word]) -> list[Quantity]:
    """The numbers of a text from left to right, none overlapping. Linear in the words."""
    found: list[Quantity] = []
    at = floor = 0
    begins = _beginnings()
    while at < len(words):
        may = words[at].kind == "number" or words[at].lower in begins
        core = _core(words, at) if may else None
        if core is None:
            at += 1
            continue
        low, high, end, vague = core
        found.append(_with_bounds(words, floor, at, end, low, high, vague))
        at = floor = end
    return found


@cache
def _beginnings() -> frozenset[str]:
    """First words of numbers in letters and of words like "dozens"."""
    return frozenset((*numbers.openings(), *(phrase[0] for phrase in _vague())))


def _core(words: Sequence[Word], at: int) -> tuple[float, float | None, int, bool] | None:
    """The number or range at words[at]: low, high, end, whether it is a word like "dozens"."""
    vague = _longest(_vague(), words, at)
    if vague is not None:
        (low, high), end = _vague()[vague], at + len(vague)
        return low, high, end, high != 0
    first = None if _ends_a_word(words, at) else numbers.read(words, at) or _bare(words, at)
    if first is None:
        return None
    second = _second(words, at, first)
    if second is None:
        return first.value, first.value, first.end, False
    low = first.value
    if second.value / 10 > low and not first.digits:  # two or three hundred
        low *= next((s for s in (1e9, 1e6, 1e3, 100, 12) if second.value % s == 0 and low * s < second.value), 1)
    if second is first:
        rest = numbers.read(words, first.end + 1)
        return -1, -1, rest.end if rest else first.end + 1, False
    if low >= second.value:
        return (
            (first.value, first.value, first.end, False)
            if _text(words, first.end) != "-"
            else (-1, -1, second.end, False)
        )
    return low, second.value, second.end, False


def _ends_a_word(words: Sequence[Word], at: int) -> bool:
    """ "km2", "G7": digits that belong to the letters before; not "Rs5,000"."""
    before = words[at - 1] if at else None
    if before is None or words[at].kind != "number" or before.kind != "word" or before.end != words[at].start:
        return False
    return before.lower not in table("measures")["currency"]["before"]


def _bare(words: Sequence[Word], at: int) -> numbers.Number | None:
    """ "more than hundred": a scale without its article, as translations have it; only after words of bounds."""
    scale = table("numbers")["scales"].get(_text(words, at))
    phrase = _before(words, 0, at) if scale is not None else None
    bound = phrase is not None and _phrases("bounds")[phrase] != "exactly"
    return numbers.Number(float(scale), at + 1, False) if scale is not None and bound else None


def _second(words: Sequence[Word], at: int, first: numbers.Number) -> numbers.Number | None:
    """The other end of a range: 36-40, 36 to 40, two or three, between 36 and 40."""
    link = _text(words, first.end)
    if link == "/":
        return first  # 24/7: no range, and no figure
    before = _text(words, at - 1) if at else ""
    linked = link in ("-", "–", "—", "to", "or") or (link == "and" and before == "between")
    if not linked:
        return None
    return numbers.read(words, first.end + 1)


def _with_bounds(
    words: Sequence[Word], floor: int, at: int, end: int, low: float, high: float | None, vague: bool
) -> Quantity:
    kinds: list[str] = []
    start, money = at, False
    signs = table("measures")["currency"]
    if start > floor and (words[start - 1].text in signs["signs"] or words[start - 1].lower in signs["before"]):
        start, money = start - 1, True
        if (
            start > floor
            and words[start - 1].end == words[start].start
            and words[start - 1].text in ("US", "A", "C", "HK", "NZ", "R")
        ):
            start -= 1
    if start > floor and _text(words, start - 1) in ("between", "from") and high != low:
        start -= 1
    while phrase := _before(words, floor, start):
        kinds.append(_phrases("bounds")[phrase])
        if kinds[-1] == "exactly":
            break
        start -= len(phrase)
    after = _longest(_phrases("bounds_after"), words, end)
    if after is not None:
        kinds.append(_phrases("bounds_after")[after])
        end += len(after)
    bounds = [kind for kind in kinds if kind != "exactly"]
    top: float | None = high
    bottom: float | None = low
    if "at_least" in bounds or "more_than" in bounds:
        top = None
    elif "up_to" in bounds or "less_than" in bounds:
        bottom = None
    return Quantity(
        words[start].start, words[end - 1].end, words[at].start, bottom, top,
        approximate=vague or "about" in bounds, money=money, digits=words[at].kind == "number", vague=vague,
    )  # fmt: skip


def _before(words: Sequence[Word], floor: int, at: int) -> tuple[str, ...] | None:
    """The longest phrase of bounds that ends just before words[at]."""
    for length in range(min(LONGEST, at - floor), 0, -1):
        phrase = tuple(w.lower for w in words[at - length : at])
        if phrase in _phrases("bounds"):
            return phrase
    return None


@cache
def _openings() -> frozenset[str]:
    """First words of the phrases, so that most words need no further look."""
    return frozenset(phrase[0] for phrase in (*_vague(), *_phrases("bounds_after")))


def _longest(known: Mapping[tuple[str, ...], object], words: Sequence[Word], at: int) -> tuple[str, ...] | None:
    if _text(words, at) not in _openings():
        return None
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        phrase = tuple(w.lower for w in words[at : at + length])
        if phrase in known:
            return phrase
    return None


def _text(words: Sequence[Word], at: int) -> str:
    return words[at].lower if 0 <= at < len(words) else ""
