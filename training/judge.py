"""Fit the small judges over the network's and the grammar's signs: `python training/judge.py --data DATA --model FOLDER`.

They are fitted on marked articles that the network was not trained on (the split `dev`), that of brief texts on the cases
and the lines without conflict of `tests/` and the lexicon's sentences, and each is reported by cross-validation. Writes `judges.json` into the model's folder.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, log_loss
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

import sayso
from events import marked
from sayso.coding import how_sure, sides, weighing
from sayso.coding.coder import Coder
from sayso.coding.draft import Draft, EventDraft
from sayso.coding.lexicon import lexicon
from sayso.evaluation.spans import pair, shared
from sayso.language import Judge
from sayso.records import Span

LOG = logging.getLogger("judge")
STRENGTHS = (0.03, 0.1, 0.3, 1.0)
"""Inverses of the regularisation that are tried."""
FOLDS = 10
TESTS = Path(__file__).parent.parent / "tests"


class Example(NamedTuple):
    """What was asked, its answer, and the article it comes from."""

    signs: dict[str, float]
    right: bool
    article: str


class Marked(NamedTuple):
    """One article with its marks, coded as far as a room."""

    id: str
    draft: Draft
    marks: list[dict[str, Any]]

    def belonging(self) -> list[tuple[dict[str, Any], EventDraft]]:
        """Mark and event, one to one, by what their triggers share; the event's own type first."""
        close = shared(
            [(Span(*mark["trigger"]),) for mark in self.marks],
            [(event.trigger.span(self.draft.doc),) for event in self.draft.events],
        )
        same = {
            (m, e): size + 1000 * (self.marks[m]["type"] == self.draft.events[e].type) for (m, e), size in close.items()
        }
        return [(self.marks[m], self.draft.events[e]) for m, e in pair(same)]


def coded(coder: Coder, rows: list[dict[str, Any]], until: str) -> Iterator[Marked]:
    """The articles, coded by the rooms before `until`."""
    rooms = [room.name for room in coder.rooms]
    for row in rows:
        article = sayso.reading.make_article(row, name=row["id"], source="", limit_chars=coder.max_chars)
        draft = coder.draft(article)
        for room in coder.rooms[: rooms.index(until)]:
            room(draft)
        yield Marked(row["id"], draft, row["events"])


def roots(draft: Draft, spans: list[list[int]]) -> set[int]:
    """The tokens that the words of each span hang on."""
    found = set()
    for start, end in spans:
        words = draft.doc.touched(start, end)
        if len(words):
            found.add(words.root.i)
    return found


def of_sides(articles: Iterator[Marked]) -> Iterator[tuple[Example, Example]]:
    """Every noun of a marked act's sentence, as its actor and as its recipient."""
    for article in articles:
        draft = article.draft
        assert draft.telling is not None
        asker = sides.Asker(draft, draft.telling, lexicon())
        for mark, event in article.belonging():
            wanted = [roots(draft, mark.get(name, [])) for name in ("actors", "recipients")]
            for one in asker.ask(event):
                mentions = {one.head.i}
                yield (
                    Example(dict(one.signs[0]), bool(mentions & wanted[0]), article.id),
                    Example(dict(one.signs[1]), bool(mentions & wanted[1]), article.id),
                )


def of_events(articles: Iterator[Marked]) -> Iterator[Example]:
    """Every candidate, as each type that it may be, but those whose mark good readers may leave out."""
    for article in articles:
        draft = article.draft
        assert draft.telling is not None
        belongs = {id(event): mark for mark, event in article.belonging()}
        for event in draft.events:
            mark = belongs.get(id(event))
            if mark is None or not mark.get("maybe"):
                for type_, signs in weighing.signs(draft, event, draft.telling).items():
                    yield Example(signs, mark is not None and mark["type"] == type_, article.id)


def of_cases(coder: Coder, until: str) -> Iterator[Example]:
    """Candidates of our own short texts (`tests/`): those that a check is about, and all in texts that tell of no conflict."""
    for path in sorted((*TESTS.glob("cases/*.jsonl"), *TESTS.glob("notconflict/*.jsonl"))):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        rows = [{**row, "id": row.get("id", f"{path.stem}-{n}"), "events": []} for n, row in enumerate(rows)]
        for row, coded_row in zip(rows, coded(coder, rows, until), strict=True):
            yield from of_case(row, coded_row.draft, calm=path.parent.name == "notconflict" and path.stem != "true")


def of_lexicon(coder: Coder, until: str) -> Iterator[Example]:
    """Candidates at the words that the lexicon's own sentences are about: of every third pattern, since the network knows
    them all and the cases, which it does not, must weigh more."""
    for number, pattern in enumerate(lexicon().patterns[::3]):
        texts = [(text, True) for text in (*pattern.examples, *(case.text for case in pattern.cases))]
        texts += [(text, False) for text in pattern.nots]
        rows = [{"id": f"lexicon-{number}", "text": text, "events": []} for text, _ in texts]
        for (_, right), one in zip(texts, coded(coder, rows, until), strict=True):
            draft = one.draft
            assert draft.telling is not None
            for event in draft.events:
                words = {
                    form
                    for t in draft.doc[event.trigger.start : event.trigger.end]
                    for form in (t.lemma_.lower(), t.lower_)
                }
                if words & {part for lemma in pattern.lemmas for part in lemma.split()}:
                    for type_, signs in weighing.signs(draft, event, draft.telling).items():
                        if right or type_ == pattern.type:
                            yield Example(signs, right and type_ == pattern.type, one.id)


def of_case(row: dict[str, Any], draft: Draft, calm: bool) -> Iterator[Example]:
    assert draft.telling is not None
    wanted = [
        body for check in row.get("expect", ()) for kind, body in check.items() if kind == "event" and body.get("type")
    ]
    none = [
        body for check in row.get("expect", ()) for kind, body in check.items() if kind == "no_event" and "near" in body
    ]

    def about(body: dict[str, Any], event: EventDraft) -> bool:
        near = body.get("near", ())
        words = draft.doc.span(*event.trigger).text
        return any(words in one or one in words for one in ([near] if isinstance(near, str) else near))

    for event in draft.events:
        asked = [body for body in wanted if about(body, event)]
        types = {
            type_ for body in asked for type_ in ([body["type"]] if isinstance(body["type"], str) else body["type"])
        }
        denied = any(about(body, event) and not body.keys() - {"near", "type"} for body in none)
        if calm or types or denied:
            for type_, signs in weighing.signs(draft, event, draft.telling).items():
                yield Example(signs, type_ in types and not calm, row["id"])


def of_background(articles: Iterator[Marked]) -> Iterator[Example]:
    for article in articles:
        history = how_sure.History(article.draft, how_sure.story_day(article.draft))
        for mark, event in article.belonging():
            if mark["type"] == event.type:
                signs = how_sure.background_signs(article.draft, event, history)
                yield Example(signs, bool(mark.get("background")), article.id)


def fit(name: str, examples: list[Example]) -> Judge:
    """The judge, after its cross-validated figures have been logged."""
    signs, right = [e.signs for e in examples], np.asarray([e.right for e in examples])
    groups = [e.article for e in examples]

    def tried(strength: float) -> NDArray[np.float64]:
        model = make_pipeline(DictVectorizer(), LogisticRegression(C=strength, max_iter=4000))
        found = cross_val_predict(model, signs, right, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")
        return np.asarray(found[:, 1])

    tries = {strength: tried(strength) for strength in STRENGTHS}
    strength = min(tries, key=lambda one: float(log_loss(right, tries[one])))
    likely = tries[strength]
    LOG.info(
        "%s: %d asked, %d right; strength %g: cross-validated average precision %.3f, log loss %.3f",
        name, len(right), right.sum(), strength, average_precision_score(right, likely), log_loss(right, likely),
    )  # fmt: skip
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        taken = likely >= least
        met = (taken & right).sum()
        precision, recall = met / max(1, taken.sum()), met / max(1, right.sum())
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        LOG.info("  from %.2f: precision %.3f, recall %.3f, F1 %.3f", least, precision, recall, f1)
    model = make_pipeline(DictVectorizer(), LogisticRegression(C=strength, max_iter=4000)).fit(signs, right)
    vector, regression = model.steps[0][1], model.steps[1][1]
    named = zip(vector.feature_names_, regression.coef_[0], strict=True)
    return Judge({n: round(float(w), 4) for n, w in named if abs(w) > 1e-3}, round(float(regression.intercept_[0]), 4))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="folder of the model")
    parser.add_argument("--split", nargs="+", default=["dev"])
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows = list(marked(options.data, *options.split))
    file = options.model / "judges.json"
    judges: dict[str, Judge] = {}

    def write() -> Coder:
        told = {name: {"bias": judge.bias, "weights": dict(judge.weights)} for name, judge in judges.items()}
        file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        return sayso.load(str(options.model), time_limit=600)

    both = list(of_sides(coded(write(), rows, "sides.settle_parties")))
    judges |= {"actor": fit("actor", [a for a, _ in both]), "recipient": fit("recipient", [r for _, r in both])}
    coder = write()
    judges["event"] = fit("event", list(of_events(coded(coder, rows, "weighing.weigh_events"))))
    brief = [*of_cases(coder, "weighing.weigh_events"), *of_lexicon(coder, "weighing.weigh_events")]
    judges["event in brief"] = fit("event in brief", brief)
    judges["background"] = fit("background", list(of_background(coded(write(), rows, "how_sure.judge_events"))))
    write()


if __name__ == "__main__":
    main()
