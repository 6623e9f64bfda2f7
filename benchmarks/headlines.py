"""Does the body bear out the headline: `python benchmarks/headlines.py --data DATA`.

Headlines of raw articles, the real ones and two of our own for each article (`benchmarks/marks/headlines.jsonl`), put above
their articles and coded; of several claims the least supported one counts. Writes to `benchmarks/figures.json`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import sayso
from accuracy import FIGURES
from gold import MARKS, raw_articles
from sayso.records import Coding

LABELS = ("unsupported", "attributed", "supported")
"""From the least to the most."""


def rows(data: Path, split: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Each marked headline with its article; a null headline is the real one."""
    texts = raw_articles(data)
    for line in (MARKS / "headlines.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split and not row.get("maybe"):
            article = texts[row["id"]]
            yield row, f"{row['headline'] or article['title']}\n\n{article['text'].strip()}"


def answer(coding: Coding, end: int) -> str:
    """The support of the least supported claim of the headline, whose last character is before `end`."""
    found = [claim.support for claim in coding.headline_support if claim.span.start < end]
    return min(found, key=LABELS.index) if found else "none"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    options = parser.parse_args()
    coder, right, asked = sayso.load(time_limit=600), Counter[str](), Counter[str]()
    for row, text in rows(options.data, options.split):
        found = answer(coder(text), text.index("\n"))
        for name in ("accuracy", row["label"], *(("real_headlines",) if row["headline"] is None else ())):
            asked[name] += 1
            right[name] += found == row["label"]
    figures: dict[str, Any] = {name: [round(100 * right[name] / n, 1), n] for name, n in sorted(asked.items())}
    print(figures)
    if options.split == "test":
        whole = json.loads(FIGURES.read_text(encoding="utf-8"))
        figures["SCORE"] = figures["accuracy"][0]
        whole["headlines-marked"] = {"task": "headlines", "date": date.today().isoformat(), "figures": figures}
        FIGURES.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
