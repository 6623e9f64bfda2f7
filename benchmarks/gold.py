"""Gold files in the form the scorer reads, made from the corpora as they are distributed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from gum import chains
from sayso.evaluation import read_gold
from sayso.evaluation.files import read_lines
from sayso.evaluation.iob2 import read_iob2
from sayso.evaluation.marks import read_marked

Row = dict[str, Any]
MARKS = Path(__file__).parent / "marks"
"""What is only measured against."""
TAUGHT = Path(__file__).parent.parent / "training" / "marks"
"""What is taught too, but for the split `test`."""


class Gold(NamedTuple):
    """A gold file and the input that the coder gets for it."""

    task: str
    name: str
    gold: Path
    given: Path


def write_rows(path: Path, rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def copied(source: Path, target: Path) -> Path:
    """The file unpacked."""
    target.write_text("\n".join(read_lines(source)) + "\n", encoding="utf-8")
    return target


def parse(name: str, source: Path, work: Path) -> Gold:
    """A treebank, and its articles: sentences joined by a space, paragraphs by a blank line."""
    gold = copied(source, work / f"{name}.conllu")
    return Gold(
        "parse", name, gold, write_rows(work / f"{name}.texts.jsonl", (g.row for g in read_gold("parse", gold)))
    )


def entities(name: str, source: Path, work: Path, between: str) -> Gold:
    found = read_iob2(read_lines(source), name, between=between)
    gold = write_rows(work / f"{name}.jsonl", (row for _, row in found))
    return Gold("entities", name, gold, gold)


def rows(task: str, name: str, source: Path, work: Path) -> Gold:
    """A gold file that is scored as it is."""
    gold = copied(source, work / f"{name}.jsonl")
    return Gold(task, name, gold, gold)


def times(name: str, source: Path, work: Path) -> Gold:
    """A gold file of times; a null value, which names no interval, is written as an empty one."""
    gold = work / f"{name}.jsonl"
    found = [json.loads(line) for line in read_lines(source)]
    for row in found:
        for time in row["times"]:
            time["value"] = time["value"] or ""
    return Gold("times", name, write_rows(gold, found), gold)


def marked(task: str, name: str, marks: Path, data: Path, work: Path, *splits: str) -> Gold:
    """Raw articles with what is marked in them in a file of marks."""
    gold = write_rows(work / f"{name}.jsonl", read_marked(marks, reports(data), *splits))
    return Gold(task, name, gold, gold)


def raw_articles(data: Path) -> dict[str, Row]:
    """The raw articles by their ids."""
    return {row["id"]: row for row in map(json.loads, read_lines(data / "raw/wikinews.jsonl.gz"))}


def reports(data: Path) -> dict[str, Row]:
    """The raw articles, and the sentences of the pairs, by their ids."""
    sentences = map(json.loads, read_lines(data / "events/plv-train.jsonl"))
    return raw_articles(data) | {row["id"]: {"id": row["id"], "text": row["text"]} for row in sentences}


def who_is_who(name: str, source: Path, work: Path) -> Gold:
    """Chains of mentions in the news and interviews of a part of GUM."""
    gold = write_rows(work / f"{name}.jsonl", chains(list(read_lines(source)), ("news", "interview")))
    return Gold("coreference", name, gold, gold)


def held_out(name: str, source: Path, work: Path) -> Gold:
    """The pairs of a gold file that no training saw: those whose sentences have no marks."""
    taught = {json.loads(line)["id"] for line in read_lines(TAUGHT / "plv.jsonl")}
    kept = (row for row in map(json.loads, read_lines(source)) if row["id"] not in taught)
    gold = write_rows(work / f"{name}.jsonl", kept)
    return Gold("pairs", name, gold, gold)


def development_sets(data: Path, work: Path) -> list[Gold]:
    """Every set that has a score, in the order of the report."""
    work.mkdir(parents=True, exist_ok=True)
    return [
        parse("ewt-test", data / "ud/ewt-test.conllu.gz", work),
        parse("gum-test", data / "ud/gum-test.conllu.gz", work),
        parse("gum-more-test", data / "ud/gum-more-test.conllu.gz", work),
        entities("uner-ewt-test", data / "ner/uner-ewt-test.iob2.gz", work, " "),
        entities("worldwide-dev", data / "ner/worldwide-dev.iob2.gz", work, "\n\n"),
        rows("attribution", "polnear-dev", data / "attribution/polnear-dev.jsonl.gz", work),
        rows("places", "geowebnews", data / "places/geowebnews.jsonl", work),
        rows("places", "lgl", data / "places/lgl.jsonl", work),
        times("platinum", data / "times/platinum.jsonl", work),
        times("wikiwars", data / "times/wikiwars.jsonl", work),
        rows("pairs", "plv-train", data / "events/plv-train.jsonl", work),
        held_out("plv-held-out", data / "events/plv-train.jsonl", work),
        marked("events", "wikinews-marked", TAUGHT / "wikinews.jsonl", data, work, "test"),
        marked("statements", "statements-marked", MARKS / "statements.jsonl", data, work, "test"),
        marked("actors", "actors-marked", MARKS / "actors.jsonl", data, work, "test"),
        marked("quantities", "figures-marked", MARKS / "figures.jsonl", data, work, "test"),
        marked("circumstances", "circumstances-marked", MARKS / "circumstances.jsonl", data, work, "test"),
        who_is_who("gum-who", data / "ud/gum-test.conllu.gz", work),
        rows("pairs", "plv-train-onesided", data / "events/plv-train-onesided.jsonl", work),
    ]
