"""Scores of what was coded or parsed, against gold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sayso.errors import InputError
from sayso.evaluation.actors import score_actors, score_coreference
from sayso.evaluation.attribution import score_attribution
from sayso.evaluation.circumstances import score_circumstances
from sayso.evaluation.conllu import Parse, read_conllu
from sayso.evaluation.entities import score_entities
from sayso.evaluation.events import score_events
from sayso.evaluation.figures import Figure, Scored
from sayso.evaluation.files import PARSED, READERS, Gold, make_gold, read_gold
from sayso.evaluation.incidents import score_reports
from sayso.evaluation.labels import LabelMap, event_types, score_sentences
from sayso.evaluation.matching import Key, match
from sayso.evaluation.pairs import score_pairs
from sayso.evaluation.places import score_places
from sayso.evaluation.quantities import score_quantities
from sayso.evaluation.statements import score_statements
from sayso.evaluation.syntax import score_parse
from sayso.evaluation.times import score_times
from sayso.records import Coding

SCORERS: dict[str, Callable[[Sequence[tuple[Any, Any]]], Scored]] = {
    "parse": score_parse,
    "entities": score_entities,
    "attribution": score_attribution,
    "places": score_places,
    "times": score_times,
    "pairs": score_pairs,
    "events": score_events,
    "statements": score_statements,
    "actors": score_actors,
    "coreference": score_coreference,
    "quantities": score_quantities,
    "circumstances": score_circumstances,
    "incidents": score_reports,
}
TASKS = (*SCORERS, "sentences")


class Evaluation(NamedTuple):
    """The figures of one task over some articles."""

    task: str
    figures: tuple[Figure, ...]
    headline: float
    """The figure that stands for the task."""
    articles: int
    missing: int
    """Articles without a prediction; they count as empty."""
    altered: int
    """Articles whose prediction is of another text. Parses of another text count as missing."""

    def value(self, name: str) -> float:
        """The figure of this name, SCORE for the headline. Raises KeyError where there is none."""
        return {"SCORE": self.headline, **{figure.name: figure.value for figure in self.figures}}[name]


def evaluate(
    task: str,
    gold: Path | str | Iterable[dict[str, Any] | Gold],
    predictions: Path | str | Iterable[Coding] | Iterable[str],
    *,
    labels: LabelMap | None = None,
    headline: str = "macro",
) -> Evaluation:
    """Score predictions against gold.

    `task`: one of TASKS. `gold`: the path of a gold file, or its rows: `{"id", "text", …}` with `attributions`,
    `toponyms`, `times`, `entities`, `events`, `statements`, `phrases`, `chains`, `figures` and `sentences`, `reports` and `plans`,
    `source_span`, `target_span` and `root`, or `sentences` or `labels` (`sayso evaluate TASK --help` tells the fields of each); for `parse`
    the path of a CoNLL-U file. Spans are `[start, end]`, code points into `text`, end-exclusive. `predictions`: the
    path of a file that sayso wrote, or codings; for `parse` and `entities` the CoNLL-U of each article, as
    `sayso.exports.conllu.conllu` gives it. Articles are matched by id, else by text, else by order.

    `labels` and `headline` are for `sentences`: what gives the labels of a coding's sentences (by default the types of
    the events in each), and which figure stands for all.

    Raises InputError for files and rows that are none, ValueError for another task and for what is wrong with `labels`
    or `headline`.

        evaluate("places", "gold.jsonl", sayso.load().pipe(texts)).value("end_to_end_f1")
    """
    if task not in TASKS:
        raise ValueError(f"no task {task!r}; there is: {', '.join(TASKS)}")
    wanted = _gold(task, gold)
    found = _predictions(task, predictions)
    keys = [_key(one) for one in found]
    numbers = match([_wanted_key(one) for one in wanted], keys)
    rows = [(one.marks, None if n is None else found[n]) for one, n in zip(wanted, numbers, strict=True)]
    scored = score_sentences(rows, labels or event_types, headline) if task == "sentences" else SCORERS[task](rows)
    return Evaluation(
        task,
        scored.figures,
        scored.headline,
        articles=len(wanted),
        missing=sum(n is None for n in numbers),
        altered=sum(n is not None and not _same(one, keys[n], task) for one, n in zip(wanted, numbers, strict=True)),
    )


def _gold(task: str, given: Path | str | Iterable[dict[str, Any] | Gold]) -> list[Gold]:
    if isinstance(given, Path | str):
        return read_gold(task, Path(given))
    return [one if isinstance(one, Gold) else make_gold(task, one, f"gold:{n}") for n, one in enumerate(given, start=1)]


def _predictions(task: str, given: Path | str | Iterable[Coding] | Iterable[str]) -> list[Any]:
    """Codings or parses; an error among them, as a coder gives it, is no prediction."""
    if isinstance(given, Path | str):
        return READERS[task in PARSED](Path(given))
    found: list[Any] = []
    for one in given:
        if isinstance(one, str):
            found += read_conllu(one.split("\n"), "prediction")
        elif not isinstance(one, InputError):
            found.append(one)
    return found


def _wanted_key(gold: Gold) -> Key:
    return Key(gold.id, gold.marks.characters if isinstance(gold.marks, Parse) else gold.text)


def _key(found: Coding | Parse) -> Key:
    if isinstance(found, Parse):
        return Key(found.id, found.characters)
    return Key(found.article.id, found.article.text)


def _same(gold: Gold, key: Key, task: str) -> bool:
    """Whether the prediction is of this text; of parses only the characters are known."""
    return _wanted_key(gold).characters == key.characters if task in PARSED else gold.text == key.text
