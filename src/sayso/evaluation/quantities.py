"""Figures of sentences: their bounds, and what they measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.evaluation.figures import Counts, Scored, percent
from sayso.evaluation.figures import Figure as Value
from sayso.evaluation.gold import FigureMark, Quantities
from sayso.evaluation.spans import overlap, pair, shared, tidy
from sayso.records import Coding, Figure

OTHER = "other"


def score_quantities(rows: Sequence[tuple[Quantities, Coding | None]]) -> Scored:
    """Figures with the right bounds and measure. Headline: F1 of those that measure something (not `other`).

    A figure belongs to the gold figure that it shares most with. Only the sentences of the gold are looked at. What
    belongs to a mark that is `maybe` counts neither way. `measured_…`: bounds and measure right, of figures that
    measure something in the gold (recall) or in what was found (precision); `all_f1` the same of every figure. Of the figures
    found: `bounds`, `approximate`, `measure` and `part` (whether it is told to be a part of another).
    """
    measured, every = Counts(), Counts()
    right: Counter[str] = Counter()
    for gold, coding in rows:
        figures = [f for f in (coding.figures if coding else ()) if overlap(gold.sentences, tidy(f.span))]
        pairs = dict(pair(shared([mark.span for mark in gold.figures], [tidy(f.span) for f in figures])))
        maybe = {f for g, f in pairs.items() if gold.figures[g].maybe}
        counted = [f for number, f in enumerate(figures) if number not in maybe]
        every.add(found=len(counted))
        measured.add(found=sum(f.measure != OTHER for f in counted))
        for number, mark in enumerate(gold.figures):
            if mark.maybe:
                continue
            every.add(gold=1)
            measured.add(gold=int(mark.measure != OTHER))
            if number not in pairs:
                continue
            found = figures[pairs[number]]
            right.update(
                found=1,
                bounds=_bounds(mark, found),
                approximate=mark.approximate == found.approximate,
                measure=mark.measure == found.measure,
                part=(mark.part_of is not None) == (found.part_of is not None),
            )
            whole = int(_bounds(mark, found) and mark.measure == found.measure)
            every.add(right=whole)
            measured.add(right=whole * (mark.measure != OTHER))
    names = ("bounds", "approximate", "measure", "part")
    return Scored(
        (
            *measured.figures("measured"),
            Value("all_f1", every.f1, every.gold),
            *(Value(name, percent(right[name], right["found"]), right["found"]) for name in names),
        ),
        measured.f1,
    )


def _bounds(mark: FigureMark, figure: Figure) -> bool:
    return (mark.low, mark.high) == (figure.low, figure.high)
