"""Learns which reports are of one incident: `python training/incidents.py --data DATA`.

The marked reports of `benchmarks/marks/incidents.jsonl` are coded; every pair of reports that the ledger would compare, and of which
the marks say of which incident each is, is an example. So is, with less weight, every pair of events of one long article of which `marks` say whether they are one act: the short
reports seldom tell two things that could be taken for one. The judge is fitted on four folds and clusters the fifth, in which an
incident stands with all its near misses; the figures, over all five folds, go into `benchmarks/figures.json`. The judge that is
kept (`src/sayso/ledger/incidents/pairing.json`) is fitted on all of them; with `--measure` the kept one stays, and only the figures are made anew.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

import sayso
from events import marked
from sayso.evaluation.clusters import Agreement, b_cubed
from sayso.evaluation.incidents import score_incidents
from sayso.language import Judge
from sayso.ledger.facts import ordinal
from sayso.ledger.incidents.clustering import ENOUGH, Lists, incident_of
from sayso.ledger.incidents.pairing import FILE, incompatible, observe
from sayso.ledger.incidents.reported import Reported, keys, lookups, reported
from sayso.ledger.noting import event_row
from sayso.ledger.origins import denials
from sayso.reading import make_article
from sayso.records import Coding, Span

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parents[1]
GOLD = ROOT / "benchmarks" / "marks" / "incidents.jsonl"
FIGURES = ROOT / "benchmarks" / "figures.json"
FOLDS = range(5)
STRENGTH = 0.1
"""Of 0.1 and 1 the better one over the folds: the more even weights."""
ACT = 1.0
"""Weight of a pair of events of one article. Of 0.1, 0.2, 0.4, 1 and 2: with more weight the short reports lose a little over the folds
(CoNLL F1 83.2, 81.9, 82.8, 82.5, 81.9) and the acts of unseen long articles are kept apart better (B³ 94.2, 94.0, 94.0, 95.4, 95.4)."""


class Seen(NamedTuple):
    """A report of the ledger, and which incident the marks say that it is of; None where they are silent."""

    report: Reported
    article: str
    trigger: Span
    fold: int
    incident: str | None


def seen(rows: Sequence[dict[str, Any]]) -> list[Seen]:
    """The reports of all rows, in the order in which they were published."""
    coder = sayso.load()
    found: list[Seen] = []
    for number, row in enumerate(rows):
        fields = {name: row[name] for name in ("id", "outlet", "published", "title", "text")}
        coding = coder.code(make_article(fields, name=row["id"], source=row["id"]))
        found += _of(coding, number, row)
    return sorted(found, key=lambda one: (rows[one.report.article]["published"], one.report.article, one.trigger))


def _of(coding: Coding, number: int, row: dict[str, Any]) -> Iterator[Seen]:
    denied = {one.event for one in denials(coding)}
    for at, event in enumerate(coding.events):
        noted, _ = event_row(coding, event, denied)
        if noted["role"] == "report":
            noted |= {"id": 1000 * number + at, "article": number}
            report = reported(noted, json.loads(noted["facts"]), ordinal(coding.article.published), None)
            yield Seen(report, row["id"], event.trigger, row["fold"], _marked(row, event.trigger))


def _marked(row: dict[str, Any], trigger: Span) -> str | None:
    for mark in row["reports"]:
        if not mark["background"] and not mark["denial"] and any(trigger.overlaps(Span(*s)) for s in mark["spans"]):
            return str(mark["incident"])
    return None


class Pair(NamedTuple):
    folds: tuple[int, int]
    signs: dict[str, float]
    same: bool

    @property
    def weight(self) -> float:
        return ACT if -1 in self.folds else 1.0


def pairs(reports: Sequence[Seen]) -> Iterator[Pair]:
    """The pairs that the ledger would compare, as examples."""
    under: dict[int, list[Seen]] = {}
    for one in reports:
        near = {id(other): other for key in lookups(one.report) for other in under.get(key, ())}
        for other in near.values():
            if None not in (one.incident, other.incident) and not incompatible(one.report, other.report):
                signs = observe(one.report, other.report)
                yield Pair((one.fold, other.fold), signs, one.incident == other.incident)
        for key in keys(one.report):
            under.setdefault(key, []).append(one)


def acts(data: Path, split: str) -> Iterator[list[Seen]]:
    """The reports of each marked long article; `incident` is the act that the marks say it is."""
    coder = sayso.load(time_limit=60)
    for number, row in enumerate(marked(data, split, files=("wikinews", "muc"))):
        fields = {name: row.get(name) for name in ("id", "text", "published", "title")}
        coding = coder.code(make_article(fields, name=row["id"], source=row["id"]))
        told = [
            {**e, "incident": f"{row['id']} {e['act']}", "spans": [e["trigger"]]} for e in row["events"] if "act" in e
        ]
        kept = [{"background": False, "denial": False, **one} for one in told]
        yield list(_of(coding, number, {**row, "fold": -1, "reports": kept}))


def fit(examples: Iterable[Pair]) -> Judge:
    given = list(examples)
    model = make_pipeline(DictVectorizer(), LogisticRegression(C=STRENGTH, max_iter=5000))
    weights = {"logisticregression__sample_weight": np.asarray([one.weight for one in given])}
    model.fit([one.signs for one in given], np.asarray([one.same for one in given]), **weights)
    vector, regression = model.steps[0][1], model.steps[1][1]
    named = zip(vector.feature_names_, regression.coef_[0], strict=True)
    return Judge({n: round(float(w), 4) for n, w in named if abs(w) > 1e-3}, round(float(regression.intercept_[0]), 4))


def clustered(reports: Sequence[Seen], alike: Callable[[Reported, Reported], float]) -> Iterator[tuple[str, Span, str]]:
    """Article, trigger and incident of each report, as the ledger would find them one by one."""
    lists = Lists()
    for one in reports:
        found = incident_of(one.report, lists, alike=alike, enough=ENOUGH)
        incident = one.report.event if found is None else found
        lists.add(one.report, incident)
        yield one.article, one.trigger, str(incident)


def acts_apart(articles: Iterable[Sequence[Seen]], judge: Judge) -> Agreement:
    """How well the acts of each article are told apart: B³ over the events that are marked."""
    found = Agreement()
    for reports in articles:
        told = list(clustered(reports, lambda a, b: judge(observe(a, b))))
        pairs = [
            (at, one.incident, where[2])
            for at, (one, where) in enumerate(zip(reports, told, strict=True))
            if one.incident
        ]
        found.add(b_cubed({at: act for at, act, _ in pairs}, {at: where for at, _, where in pairs}))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--figures", type=Path, default=FIGURES)
    parser.add_argument("--measure", action="store_true", help="the figures alone; the judge that is kept stays")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    reports = seen(rows)
    examples = [*pairs(reports), *(pair for one in acts(options.data, "train") for pair in pairs(one))]
    LOG.info("%d reports, %d pairs, %d of one incident", len(reports), len(examples), sum(e.same for e in examples))
    told: list[tuple[str, Span, str]] = []
    for fold in FOLDS:
        judge = fit(one for one in examples if fold not in one.folds)
        own = [one for one in reports if one.fold == fold]
        told += clustered(own, lambda a, b, judge=judge: judge(observe(a, b)))  # type: ignore[misc]
    scored = score_incidents(rows, told)
    figures = {name: [round(one.value, 1), one.n] for name, one in sorted(scored.items())}
    for name, (value, n) in figures.items():
        LOG.info("%s %.1f (%d)", name, value, n)
    judge = fit(examples)
    apart = acts_apart(acts(options.data, "dev"), judge)
    for name, value, n in (
        ("p", apart.precision, apart.found),
        ("r", apart.recall, apart.gold),
        ("f1", apart.f1, apart.gold),
    ):
        figures[f"acts_b3_{name}"] = [round(value, 1), n]
        LOG.info("acts_b3_%s %.1f (%d)", name, value, n)
    kept = json.loads(options.figures.read_text(encoding="utf-8"))
    today = datetime.now(UTC).date().isoformat()
    kept["incidents-dev"] = {
        "task": "incidents",
        "date": today,
        "figures": {"SCORE": figures["conll_f1"][0], **figures},
    }
    options.figures.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if options.measure:
        return
    shown = {"pair": {"weights": dict(judge.weights), "bias": judge.bias}}
    FILE.write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
