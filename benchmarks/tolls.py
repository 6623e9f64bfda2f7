"""How many were hurt, against the MUC keys: the number of a human target and the effect on it.

Asked for are targets of several people with an effect (DEATH or INJURY) whose number stands written in front of them in the text
("SIX JESUIT PRIESTS" for `6: "JESUIT PRIESTS"`). The number is right where some figure there has its bounds, and the whole
where that figure measures killed or injured as the key's effect says. Keys are of articles, so nothing can be said of figures beside them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sayso.evaluation.figures import Figure, percent
from sayso.records import Coding

QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
MEASURES = {"DEATH": "killed", "INJURY": "injured"}
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
).split()
BETWEEN = r"(?:\s+(?!and\b|or\b|of\b|in\b)[\w'-]+){0,3}\s+"
"""Words between a number and its noun."""


class Toll(NamedTuple):
    """A number of people, what it is of, and the measures that the keys of the article give it."""

    number: int
    phrase: str
    measures: frozenset[str]


def tolls(templates: Iterable[dict[str, Any]]) -> list[Toll]:
    """The tolls of an article's keys, each number and phrase once."""
    found: dict[tuple[int, str], set[str]] = {}
    for template in templates:
        effects: dict[str, str] = {}
        for value in template["hum_tgt_effect_of_incident"]:
            measure = MEASURES.get(value.split(":")[0].strip("? "))
            effects |= {phrase: measure for phrase in QUOTED.findall(value) if measure}
        for value in template["hum_tgt_number"]:
            number = re.match(r"(\d+):", value)
            if number is None or int(number[1]) < 2:
                continue
            for phrase in QUOTED.findall(value):
                if phrase in effects:
                    found.setdefault((int(number[1]), phrase), set()).add(effects[phrase])
    return [Toll(number, phrase, frozenset(measures)) for (number, phrase), measures in sorted(found.items())]


def places(toll: Toll, text: str) -> Iterator[tuple[int, int]]:
    """Where the number stands written in front of its noun."""
    written = [str(toll.number), f"{toll.number:,}"]
    written += [NUMBERS[toll.number]] if toll.number < len(NUMBERS) else []
    noun = r"\s+".join(map(re.escape, toll.phrase.split()))
    pattern = rf"\b({'|'.join(map(re.escape, dict.fromkeys(written)))})(?:{BETWEEN}|\s+){noun}\b"
    yield from (match.span(1) for match in re.finditer(pattern, text, re.IGNORECASE))


def score_tolls(rows: Iterable[tuple[list[Toll], Coding | None]]) -> list[Figure]:
    counted: Counter[str] = Counter()
    for wanted, coding in rows:
        for toll in wanted:
            spans = list(places(toll, coding.article.text)) if coding else []
            if not spans or coding is None:
                continue
            counted["asked"] += 1
            there = [
                f for f in coding.figures
                if (f.low, f.high) == (toll.number, toll.number) and any(f.span.start < e and s < f.span.end for s, e in spans)
            ]  # fmt: skip
            counted["number"] += bool(there)
            counted["whole"] += any(f.measure in toll.measures for f in there)
    asked = counted["asked"]
    return [
        Figure("toll_number", percent(counted["number"], asked), asked),
        Figure("toll_number_and_measure", percent(counted["whole"], asked), asked),
    ]
