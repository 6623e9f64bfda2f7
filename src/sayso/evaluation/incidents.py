"""Which reports tell of one incident: the clusters that a system makes of them, against gold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import ValidationError

from sayso.errors import InvalidArticle
from sayso.evaluation.clusters import b_cubed, ceaf_e, links
from sayso.evaluation.figures import Figure, percent
from sayso.evaluation.gold import Mark, SomeSpans
from sayso.evaluation.spans import Spans, overlap
from sayso.records import Span

Mention: TypeAlias = tuple[str, str]
"""An article, and an incident that it reports."""
Told: TypeAlias = tuple[Span, str]
"""The trigger of a system's report, and the incident in which it was put."""


class ReportMark(Mark):
    """All words by which an article tells of an incident: as `background`, as what somebody says was not so, or as news."""

    incident: str
    spans: SomeSpans
    background: bool = False
    denial: bool = False


class PlanMark(Mark):
    """Words that tell of what had not happened: planned, threatened, feared."""

    spans: SomeSpans


class Reports(Mark):
    """What an article reports."""

    id: str
    text: str
    reports: tuple[ReportMark, ...]
    plans: tuple[PlanMark, ...] = ()

    @property
    def news(self) -> dict[str, Spans]:
        """The incidents that it reports as news, and the words for each."""
        words: defaultdict[str, list[Span]] = defaultdict(list)
        for mark in self.reports:
            if not (mark.background or mark.denial):
                words[mark.incident] += mark.spans
        return {incident: tuple(spans) for incident, spans in words.items()}

    def spurious(self, trigger: Span) -> bool:
        """Whether a report with this trigger is none: in an article without any, or only of history or plans."""
        here = (trigger,)
        if any(overlap(mark.spans, here) for mark in self.reports if not mark.background):
            return False
        aside = [mark.spans for mark in self.reports if mark.background] + [plan.spans for plan in self.plans]
        return not self.reports or any(overlap(spans, here) for spans in aside)


def score_incidents(gold: Sequence[Mapping[str, Any]], system: Iterable[tuple[str, Span, str]]) -> dict[str, Figure]:
    """How well a system puts reports into incidents; figures by name. `conll_f1` is the one that stands for all.

    `gold`: rows `{"id", "text", "reports": [{"incident", "spans", "background", "denial"}], "plans": [{"spans"}]}`; spans are
    `[start, end]`, code points into `text`, end-exclusive. `system`: article id, trigger and incident id of each report; those of
    articles that the gold lacks are passed over.

    A mention is an article with an incident that it reports as news, neither as background nor as a denial. It is found where
    the trigger of a report overlaps any of its spans, and is in the incident in which most such reports are, of several
    the one that comes first in the text. `found`: mentions that are found; `split_within`: of these, those whose reports
    are in several incidents. `b3_…`, `muc_…`, `ceafe_…` and their mean F1, `conll_f1` (Pradhan et al. 2012), are
    over the mentions found; `all_…` over all mentions, one that was missed alone in an incident of its own. Other reports
    count neither way. `spurious`: of the system's reports, those in articles without marks of reports, or whose
    trigger overlaps only background or plans.

    Raises InvalidArticle, which names the row, for gold that is none.
    """
    rows = _rows(gold)
    told: defaultdict[str, list[Told]] = defaultdict(list)
    for article, trigger, incident in system:
        if article in rows:
            told[article].append((trigger, incident))
    wanted, found, split = _mentions(rows, told)
    alone: dict[Mention, Hashable] = {mention: found.get(mention, mention) for mention in wanted}
    reports = sum(map(len, told.values()))
    spurious = sum(rows[article].spurious(trigger) for article, some in told.items() for trigger, _ in some)
    figures = [
        Figure("found", percent(len(found), len(wanted)), len(wanted)),
        Figure("split_within", percent(split, len(found)), len(found)),
        Figure("spurious", percent(spurious, reports), reports),
        *_agreement({mention: wanted[mention] for mention in found}, found, ""),
        *_agreement(wanted, alone, "all_"),
    ]
    return {figure.name: figure for figure in figures}


def _rows(gold: Sequence[Mapping[str, Any]]) -> dict[str, Reports]:
    rows: dict[str, Reports] = {}
    for number, given in enumerate(gold, start=1):
        name = f"gold:{number}"
        text = given.get("text")
        if not isinstance(text, str):
            raise InvalidArticle(name, "no text")
        try:
            row = Reports.model_validate(given, context=len(text))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise InvalidArticle(name, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        if row.id in rows:
            raise InvalidArticle(name, f"a second article with the id {row.id!r}")
        rows[row.id] = row
    return rows


def _mentions(
    rows: Mapping[str, Reports], told: Mapping[str, Sequence[Told]]
) -> tuple[dict[Mention, str], dict[Mention, str], int]:
    """The gold incident of each mention, the system's of each that is found, and how many of these it split."""
    wanted: dict[Mention, str] = {}
    found: dict[Mention, str] = {}
    split = 0
    for article, row in rows.items():
        reports = sorted(told.get(article, ()))
        for incident, spans in row.news.items():
            wanted[article, incident] = incident
            votes = Counter(other for trigger, other in reports if overlap(spans, (trigger,)))
            split += len(votes) > 1
            if votes:  # of equally many, a Counter gives the one first met: the earliest in the text
                found[article, incident] = votes.most_common(1)[0][0]
    return wanted, found, split


def _agreement(wanted: Mapping[Mention, str], found: Mapping[Mention, Hashable], prefix: str) -> list[Figure]:
    measures = {"b3": b_cubed(wanted, found), "muc": links(wanted, found), "ceafe": ceaf_e(wanted, found)}
    conll = sum(one.f1 for one in measures.values()) / len(measures)
    return [
        *(figure for name, one in measures.items() for figure in one.figures(f"{prefix}{name}")),
        Figure(f"{prefix}conll_f1", conll, len(wanted)),
    ]
