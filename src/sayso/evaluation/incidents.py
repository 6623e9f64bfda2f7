"""Which reports tell of one incident: the clusters that a system makes of them, against gold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from pydantic import ValidationError

from sayso.errors import InvalidArticle
from sayso.evaluation.clusters import b_cubed, ceaf_e, links
from sayso.evaluation.figures import Figure, Scored, percent
from sayso.evaluation.gold import Reports
from sayso.evaluation.spans import overlap
from sayso.records import Coding, Span

Mention: TypeAlias = tuple[str, str]
"""An article, and an incident that it reports."""
Told: TypeAlias = tuple[Span, str]
"""The trigger of a system's report, and the incident in which it was put."""


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
    return _scored(_rows(gold), system)


def score_reports(rows: Sequence[tuple[Reports, Coding | None]]) -> Scored:
    """What a ledger makes of codings, scored as `score_incidents` does. Headline: `conll_f1`.

    The codings are put into a ledger of their own in the order of their days of publication, those without one last.

    Raises InvalidArticle where two rows have one id.
    """
    named = _by_id((marks.id, marks) for marks, _ in rows)
    figures = _scored(named, _clusters([(marks.id, coding) for marks, coding in rows if coding is not None]))
    return Scored(tuple(figures.values()), figures["conll_f1"].value)


def _clusters(codings: Sequence[tuple[str, Coding]]) -> Iterator[tuple[str, Span, str]]:
    """Article, trigger and incident of each report."""
    from sayso.ledger import Ledger  # half a second, for this alone

    triggers = {(article, event.id): event.trigger for article, coding in codings for event in coding.events}
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        for article, coding in sorted(codings, key=lambda one: one[1].article.published or "~"):
            called = coding.article.model_copy(update={"id": article})
            ledger.add(coding.model_copy(update={"article": called}))
        for incident in ledger.incidents():
            for report in incident.reports:
                yield report.article, triggers[report.article, report.event], incident.id


def _scored(rows: Mapping[str, Reports], system: Iterable[tuple[str, Span, str]]) -> dict[str, Figure]:
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
    return _by_id(_read(gold))


def _read(gold: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Reports]]:
    for number, given in enumerate(gold, start=1):
        name = f"gold:{number}"
        text = given.get("text")
        if not isinstance(text, str):
            raise InvalidArticle(name, "no text")
        try:
            yield name, Reports.model_validate(given, context=len(text))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise InvalidArticle(name, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _by_id(given: Iterable[tuple[str, Reports]]) -> dict[str, Reports]:
    """The rows by their ids. Raises InvalidArticle, which has the row's name, for an id that is there already."""
    rows: dict[str, Reports] = {}
    for name, row in given:
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
