"""What `sayso evaluate TASK` does: gold in, figures out."""

from __future__ import annotations

import json
import logging
import runpy
import sys
from collections.abc import Iterable
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

import typer

import sayso
from sayso.cli import running
from sayso.cli.streams import one_line, progress, report_error, set_up_logging
from sayso.errors import InputError, UnreadableInput
from sayso.evaluation.files import PARSED, READERS, Gold, read_gold
from sayso.evaluation.labels import LabelMap
from sayso.evaluation.scoring import Evaluation, evaluate
from sayso.records import Span

LOG = logging.getLogger(__name__)
SCORE = "SCORE"
"""What the headline figure is called."""


class Wish(NamedTuple):
    """What is to be scored, and how it is to be told."""

    task: str
    gold: Path
    pred: Path | None
    model: str | None
    time_limit: float
    floors: dict[str, float]
    format: str
    debug: bool


def floors(given: Iterable[str]) -> dict[str, float]:
    """`["value_f1=80"]` as a mapping."""
    found: dict[str, float] = {}
    for one in given:
        name, _, value = one.rpartition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            name = ""
        if not name.strip() or not isfinite(found[name.strip()]):
            raise typer.BadParameter("write it as NAME=VALUE, as in SCORE=80", param_hint="--at-least")
    return found


def run(wish: Wish, labelmap: Path | None = None, headline: str = "macro") -> int:
    """Score, print the figures, and hold them to the floors; the exit status."""
    if wish.pred and wish.model:
        raise typer.BadParameter("with --pred nothing is parsed", param_hint="--model")
    set_up_logging(wish.debug)
    gold = read_gold(wish.task, wish.gold)
    labels = _load_labels(labelmap) if labelmap else None
    found = READERS[wish.task in PARSED](wish.pred) if wish.pred else _predict(wish, gold)
    failed = [one for one in found if isinstance(one, InputError)]
    for error in failed:
        report_error(str(error))
    made = [one for one in found if not isinstance(one, InputError)]
    try:
        result = evaluate(wish.task, gold, made, labels=labels, headline=headline)
    except ValueError as error:
        raise InputError(str(labelmap or wish.gold), str(error)) from error
    if result.missing > len(failed) or result.altered:
        _warn(f"of {result.articles} articles {result.missing} missing, {result.altered} with another text")
    tell(result, wish.format)
    return int(below(result, wish.floors) or bool(failed))


def tell(result: Evaluation, format: str) -> None:
    """Write the figures, as a table or as JSON."""
    sys.stdout.write(_json(result) if format == "json" else _table(result))
    sys.stdout.flush()


def _predict(wish: Wish, gold: list[Gold]) -> list[Any]:
    """Codings or CoNLL-U of the gold's texts, or what went wrong with them."""
    running.make_gazetteer()
    coder = sayso.load(wish.model, time_limit=wish.time_limit)
    articles = (one.article() for one in gold)
    found: Iterable[Any] = running.parses(coder, articles) if wish.task in PARSED else coder.pipe(articles)
    made = []
    with progress("articles", show=True) as done:
        for one in found:
            made.append(one)
            done()
    return made


def _load_labels(path: Path) -> LabelMap:
    """The function `labels` of a file of the user's; what goes wrong in it is told by the file's name."""
    if not path.is_file():
        raise UnreadableInput(str(path), "no such file")

    def stumbled(error: Exception) -> InputError:
        LOG.debug("%s", path, exc_info=True)
        return InputError(str(path), f"{type(error).__name__}: {error}")

    try:
        given: LabelMap | None = runpy.run_path(str(path)).get("labels")
    except Exception as error:
        raise stumbled(error) from error
    if given is None or not callable(given):
        raise InputError(str(path), "no function labels(coding, spans) in it")

    def labels(coding: dict[str, Any], spans: list[Span]) -> list[Iterable[str]]:
        try:
            return list(given(coding, spans))
        except Exception as error:
            raise stumbled(error) from error

    return labels


def _warn(text: str) -> None:
    sys.stderr.write(f"warning: {one_line(text)}\n")


def below(result: Evaluation, wanted: dict[str, float]) -> bool:
    """Whether any figure is below its floor; tells which."""
    below = False
    for name, floor in wanted.items():
        try:
            value = round(result.value(name), 1)
        except KeyError:
            there = ", ".join([*(figure.name for figure in result.figures), SCORE])
            raise InputError("--at-least", f"no figure {name!r}; there is: {there}") from None
        if value < floor:
            report_error(f"{name} is {value:.1f}, below {floor:g}")
            below = True
    return below


def _table(result: Evaluation) -> str:
    rows = [(one_line(f.name), f"{f.value:.1f}", str(f.n)) for f in result.figures]
    rows.append((SCORE, f"{result.headline:.1f}", ""))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "".join(f"{n:<{widths[0]}}  {v:>{widths[1]}}  {over:>{widths[2]}}".rstrip() + "\n" for n, v, over in rows)


def _json(result: Evaluation) -> str:
    figures = {figure.name: {"value": figure.value, "n": figure.n} for figure in result.figures}
    told = {
        "task": result.task,
        "score": result.headline,
        "articles": result.articles,
        "missing": result.missing,
        "altered": result.altered,
        "figures": figures,
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
