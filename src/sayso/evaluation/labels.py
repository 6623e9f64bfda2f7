"""Labels of sentences, or of whole texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

from sayso.evaluation.figures import Counts, Figure, Scored, mean_f1
from sayso.evaluation.gold import LabelledSpan, Labels
from sayso.records import Coding, Span

LabelMap: TypeAlias = Callable[[dict[str, Any], list[Span]], Collection[Iterable[str]]]
"""From a coding, as `sayso code` writes it, and the spans of sentences: the labels of each."""
MEANS = ("micro", "macro", "weighted")


def event_types(coding: dict[str, Any], spans: list[Span]) -> list[list[str]]:
    """The map where none is given: the types of the events whose triggers lie on the sentence."""
    found = [(Span(*event["trigger"]), event["type"]) for event in coding["events"]]
    return [sorted({kind for trigger, kind in found if trigger.overlaps(span)}) for span in spans]


def count_labels(pairs: Iterable[tuple[AbstractSet[str], AbstractSet[str]]]) -> dict[str, Counts]:
    """Counts of each label of the gold, from gold labels and found labels; others are passed over."""
    pairs = list(pairs)
    counts = {label: Counts() for label in sorted({label for wanted, _ in pairs for label in wanted})}
    for wanted, found in pairs:
        for label in (wanted | found) & counts.keys():
            counts[label].add(right=label in wanted and label in found, found=label in found, gold=label in wanted)
    return counts


def score_sentences(
    rows: Sequence[tuple[Labels, Coding | None]], labels: LabelMap = event_types, headline: str = "macro"
) -> Scored:
    """Each label, and their micro, macro and weighted F1. Weighted: by how often a label is in the gold.

    `headline`: micro, macro, weighted or a label. Raises ValueError where it is no such thing, or where `labels` gives
    more or fewer lists than there are sentences.
    """
    pairs: list[tuple[AbstractSet[str], AbstractSet[str]]] = []
    for gold, coding in rows:
        whole = LabelledSpan.model_construct(span=(Span(0, len(gold.text)),), labels=gold.labels or frozenset())
        sentences = gold.sentences or (whole,)
        spans = [sentence.span[0] for sentence in sentences]
        found = labels(coding.model_dump(mode="json", by_alias=True), spans) if coding else [()] * len(spans)
        if len(found) != len(spans):
            raise ValueError(f"the label map gives {len(found)} lists for {len(spans)} sentences")
        pairs += [(sentence.labels, set(given)) for sentence, given in zip(sentences, found, strict=True)]
    counts = count_labels(pairs)
    means = _means(counts)
    if headline not in means and headline not in counts:
        raise ValueError(f"no label {headline!r} in the gold; there is: {', '.join([*means, *counts])}")
    figures = [figure for label, one in counts.items() for figure in one.figures(label)]
    figures += [Figure(f"{name}_f1", mean, len(pairs)) for name, mean in means.items()]
    return Scored(tuple(figures), means[headline] if headline in means else counts[headline].f1)


def _means(counts: dict[str, Counts]) -> dict[str, float]:
    micro = Counts()
    for one in counts.values():
        micro.add(right=one.right, found=one.found, gold=one.gold)
    weighted = sum(one.f1 * one.gold for one in counts.values()) / max(1, micro.gold)
    return dict(zip(MEANS, (micro.f1, mean_f1(counts.values()), weighted), strict=True))
