"""Persons, organisations and locations."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.errors import InvalidArticle
from sayso.evaluation.conllu import Parse
from sayso.evaluation.figures import Counts, Scored
from sayso.evaluation.gold import Entities
from sayso.evaluation.spans import pair, shared, tidy
from sayso.records import Span

LABELS = ("PER", "ORG", "LOC")
"""What is scored; other labels are passed over on both sides."""
Named = tuple[str, Span]


def score_entities(rows: Sequence[tuple[Entities, Parse | None]]) -> Scored:
    """Each label and all of them, by the same span and label; and by overlap, with the same label. Headline: strict F1."""
    by_label = {label: Counts() for label in LABELS}
    strict, loose = Counts(), Counts()
    for gold, parse in rows:
        wanted = {(entity.label, entity.span[0]) for entity in gold.entities if entity.label in LABELS}
        found = tagged(parse) if parse else set()
        strict.compare(wanted, found)
        for label in LABELS:
            mine, theirs = (sorted(span for one, span in side if one == label) for side in (wanted, found))
            by_label[label].compare(set(mine), set(theirs))
            pairs = pair(shared([tidy(span) for span in mine], [tidy(span) for span in theirs]))
            loose.add(right=len(pairs), found=len(theirs), gold=len(mine))
    figures = [figure for label in LABELS for figure in by_label[label].figures(label)]
    return Scored((*figures, *loose.figures("overlap"), *strict.figures("strict")), strict.f1)


def tagged(parse: Parse) -> set[Named]:
    """The entities of IOB2 tags; an I after another label, or after none, begins one.

    Raises InvalidArticle for a tagged word without start_char.
    """
    found: list[Named] = []
    before = ""
    for word in parse.words:
        mark, _, label = word.tag.partition("-")
        if label in LABELS:
            if word.span is None:
                raise InvalidArticle(
                    parse.name or parse.id, f"no start_char in MISC of {word.form[:40]!r}, tagged {label}"
                )
            if mark == "I" and label == before:
                found[-1] = (label, Span(found[-1][1].start, word.span.end))
            else:
                found.append((label, word.span))
        before = label
    return set(found)
