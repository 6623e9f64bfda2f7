"""Gold files in the form the scorer reads, made from the corpora as they are distributed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

Row = dict[str, Any]
LABELS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "Person": "PER", "Organization": "ORG", "Location": "LOC"}


class Gold(NamedTuple):
    """A gold file and the input that the coder gets for it."""

    task: str
    name: str
    gold: Path
    given: Path


def lines_of(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def write_rows(path: Path, rows: Iterator[Row] | list[Row]) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def texts_of_conllu(path: Path) -> Iterator[Row]:
    """One article a document: its sentences joined by a space, its paragraphs by a blank line."""
    name, text, paragraph = "", "", False
    for line in lines_of(path):
        key, _, value = line.partition("=")
        if key.strip() == "# newdoc id":
            if text:
                yield {"id": name, "text": text}
            name, text = value.strip(), ""
        elif line.startswith("# newpar"):
            paragraph = True
        elif key.strip() == "# text":
            text += ("\n\n" if paragraph else " ") * bool(text) + value.strip()
            paragraph = False
    if text:
        yield {"id": name, "text": text}


def parse(name: str, source: Path, work: Path) -> Gold:
    gold = work / f"{name}.conllu"
    gold.write_text("\n".join(lines_of(source)) + "\n", encoding="utf-8")
    return Gold("parse", name, gold, write_rows(work / f"{name}.texts.jsonl", texts_of_conllu(source)))


NO_SPACE_BEFORE = frozenset([*".,;:!?)]}%’”»…", "'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s", "n’t"])
NO_SPACE_AFTER = frozenset("([{$£€“«#")


def entity_rows(path: Path, between: str) -> Iterator[Row]:
    """Articles of an IOB2 file, its tokens set as a newspaper would, with the spans of PER, ORG and LOC."""
    row: Row = {}
    quotes, glue, open_kind = 0, True, ""
    for line in [*lines_of(path), "# newdoc id = end"]:
        if line.startswith("# newdoc id"):
            if row.get("text"):
                yield row
            row, glue, open_kind = {"id": line.partition("=")[2].strip(), "text": "", "entities": []}, True, ""
        elif line.startswith("#"):
            continue
        elif not line:
            row["text"] += between
            quotes, glue, open_kind = 0, True, ""
        else:
            form, _, tag = line.rpartition("\t")
            opening = form == '"' and quotes % 2 == 0
            closing = form == '"' and not opening
            if row["text"] and not glue and not closing and form not in NO_SPACE_BEFORE:
                row["text"] += " "
            start = len(row["text"])
            row["text"] += form
            mark, _, kind = tag.partition("-")
            if mark == "B" or (mark == "I" and kind != open_kind):
                if kind in LABELS:
                    row["entities"].append({"span": [start, len(row["text"])], "label": LABELS[kind]})
            elif mark == "I" and kind in LABELS:
                row["entities"][-1]["span"][1] = len(row["text"])
            open_kind = kind if mark in "BI" else ""
            glue = form in NO_SPACE_AFTER or opening
            quotes += form == '"'


def entities(name: str, source: Path, work: Path, between: str) -> Gold:
    gold = write_rows(work / f"{name}.jsonl", entity_rows(source, between))
    return Gold("entities", name, gold, gold)


def rows(task: str, name: str, source: Path, work: Path) -> Gold:
    """A gold file that is scored as it is."""
    gold = work / f"{name}.jsonl"
    gold.write_text("\n".join(lines_of(source)) + "\n", encoding="utf-8")
    return Gold(task, name, gold, gold)


def times(name: str, source: Path, work: Path) -> Gold:
    """A gold file of times; a null value, which names no interval, is written as an empty one."""
    gold = work / f"{name}.jsonl"
    found = [json.loads(line) for line in lines_of(source)]
    for row in found:
        for time in row["times"]:
            time["value"] = time["value"] or ""
    return Gold("times", name, write_rows(gold, found), gold)


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
        rows("pairs", "plv-train-onesided", data / "events/plv-train-onesided.jsonl", work),
    ]
