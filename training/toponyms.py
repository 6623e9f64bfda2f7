"""Learns how toponyms are ranked: `python training/toponyms.py --data DATA`.

The few weights of `coding/resolution.py` are fitted to GeoWebNews, which may be used for that alone, by cross-validation: on four
fifths of its articles one weight after the other is moved while more toponyms come to lie where the gold has them, and the
fifth that was left out is scored with what came of it. The weights that are kept (`[ranking]` of the lexicon's `places.toml`) are the means
over the folds; the figures printed are those of the left-out fifths.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import sayso
from sayso.coding import namesakes, who
from sayso.coding.draft import Draft
from sayso.coding.place_words import Toponym
from sayso.coding.resolution import Resolver, Weights
from sayso.coding.resolution import weights as known_weights
from sayso.coding.toponyms import Finder
from sayso.coding.where import country_hints, places
from sayso.evaluation.gold import Toponym as GoldToponym
from sayso.evaluation.gold import read_marks
from sayso.evaluation.places import apart
from sayso.gazetteer.lookup import gazetteer
from sayso.reading import make_article

FOLDS = 5
NEAR = 161.0
"""Kilometres within which a place is right (Gritta et al. 2020)."""
EXACT = 1.0
"""What the gold's own id counts beside a place that is near enough."""
STEPS = (1.0, -1.0, 0.4, -0.4, 0.15, -0.15)
LEAST_GAIN = 0.5
"""Toponyms that a step must gain, so that no weight moves for a single article's sake."""
TURNS = 3


class Read(NamedTuple):
    """An article with its toponyms found, and the gold's places by their spans."""

    draft: Draft
    toponyms: list[Toponym]
    hints: dict[str, float]
    gold: list[GoldToponym]


def read(rows: Iterable[dict[str, Any]]) -> list[Read]:
    coder = sayso.load()
    table = gazetteer()
    found = []
    for row in rows:
        draft = coder.draft(make_article({"id": row["id"], "text": row["text"]}, name=row["id"], source=""))
        namesakes.settle_namesakes(draft)
        who.find_actors(draft)
        gold = [one for one in read_marks("places", row).toponyms if one.latitude is not None]
        found.append(Read(draft, Finder(draft, table).find(), country_hints(draft), gold))
        print(f"\r{len(found)} articles read", end="", file=sys.stderr)
    print(file=sys.stderr)
    return found


def value(article: Read, weights: Weights) -> tuple[float, int, int]:
    """The objective, toponyms that are near enough, and toponyms that were found at all."""
    for one in article.toponyms:
        one.container = one.beside
    groups = Resolver(gazetteer(), article.hints, weights).resolve(article.toponyms)
    mentions = [
        (span.span(article.draft.doc), place) for place in places(article.draft, groups) for span in place.mentions
    ]
    total, near, found = 0.0, 0, 0
    for gold in article.gold:
        place = next((p for s, p in mentions if any(s.overlaps(part) for part in gold.span)), None)
        if place is None:
            continue
        found += 1
        away = apart(place, gold)  # type: ignore[arg-type]
        right = away is not None and away <= NEAR
        near += right
        same = gold.geonameid is not None and str(place.geonameid) == gold.geonameid
        total += right + EXACT * same
    return total, near, found


def objective(articles: Sequence[Read], weights: Weights) -> float:
    return sum(value(one, weights)[0] for one in articles)


def learn(articles: Sequence[Read], weights: Weights) -> Weights:
    """Move one weight after the other as long as that gains."""
    best = objective(articles, weights)
    for _ in range(TURNS):
        before = best
        for name in Weights._fields:
            for step in STEPS:
                while True:
                    other = weights._replace(**{name: round(getattr(weights, name) + step, 3)})
                    gained = objective(articles, other)
                    if gained < best + LEAST_GAIN:
                        break
                    weights, best = other, gained
        if best < before + LEAST_GAIN:
            break
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    rows = [
        json.loads(line) for line in (options.data / "places/geowebnews.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    articles = read(rows)
    learned: list[Weights] = []
    near = found = near_before = 0
    for fold in range(FOLDS):
        held = articles[fold::FOLDS]
        kept = [one for number, one in enumerate(articles) if number % FOLDS != fold]
        weights = learn(kept, known_weights())
        learned.append(weights)
        scores = [value(one, weights) for one in held]
        near += sum(score[1] for score in scores)
        found += sum(score[2] for score in scores)
        near_before += sum(value(one, known_weights())[1] for one in held)
        print(f"fold {fold}: {weights}", flush=True)
    mean = Weights(*(round(sum(column) / FOLDS, 2) for column in zip(*learned, strict=True)))
    print(
        f"left-out fifths: {100 * near / found:.1f} % of {found} near enough; with the weights before: {100 * near_before / found:.1f} %"
    )
    print("[ranking]")
    for name, weight in mean._asdict().items():
        print(f"{name} = {weight:g}")


if __name__ == "__main__":
    main()
