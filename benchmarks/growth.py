"""Whether the time for an article grows with how many were coded before it: `python benchmarks/growth.py --data DATA`.

Codes the beginnings of the same articles of `raw/` round after round in one process, each time under other ids and with two names in them that
were never seen before, as news has. Written to `benchmarks/growth.json`: for 100, 1,000 and 10,000 articles the milliseconds of
the processor for an article of the last round, as a ratio to the first one too, and the peak of memory. A round is timed as the
least of its neighbours, since other work on the machine makes a round slower and never quicker.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is there: one core is measured
from rich.console import Console
from rich.progress import track

import sayso
from sayso.records import Article, Coding

FIGURES = Path(__file__).with_name("growth.json")
ROUND = 100
"""Articles of a round."""
MARKS = (100, 1_000, 10_000)
NEIGHBOURS = 3
"""Rounds, up to the one at a mark, of which the least counts; at the first mark those after it."""
PARTS = ("bra", "du", "gol", "hir", "kes", "lom", "nav", "pol", "sut", "ver")


def rows(data: Path, words: int) -> list[dict[str, Any]]:
    """The first articles of `raw/`, each of them its beginning of about so many words."""
    with gzip.open(data / "raw/wikinews.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in islice(lines, ROUND)]
    if len(found) < ROUND:
        sys.exit(f"{data}: has only {len(found)} articles, {ROUND} are needed")
    return [{**row, "text": beginning(row["text"], words)} for row in found]


def beginning(text: str, words: int) -> str:
    """The whole lines at the head of a text that have so many words together, at least one of them."""
    taken: list[str] = []
    for line in text.split("\n"):
        if taken and sum(len(one.split()) for one in [*taken, line]) > words:
            break
        taken.append(line)
    return "\n".join(taken).strip()


def new_name(number: int) -> str:
    """A name that no other number has."""
    return "".join(PARTS[int(digit)] for digit in f"{number:06}").capitalize()


def copies(given: list[dict[str, Any]], number: int) -> Iterator[Article]:
    """The articles of one round."""
    for at, row in enumerate(given):
        name, town = new_name(2 * (number * ROUND + at)), new_name(2 * (number * ROUND + at) + 1)
        text = f"{row['text']}\n\n{name} told reporters in {town} that nothing more was known."
        yield Article(id=f"{row['id']} {number}", text=text, published=row.get("published"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--words", type=int, default=150, help="about so many of each article are taken")
    parser.add_argument("--articles", type=int, default=MARKS[-1])
    parser.add_argument("--figures", type=Path, default=FIGURES)
    options = parser.parse_args()
    given = rows(options.data, options.words)
    coder = sayso.load(time_limit=120)
    list(coder.pipe(copies(given, 999)))  # warm
    took: list[float] = []
    memory: list[int] = []
    for number in track(range(options.articles // ROUND), "rounds of 100", console=Console(stderr=True)):
        began = time.process_time()
        done = list(coder.pipe(copies(given, number)))
        took.append(1000 * (time.process_time() - began) / ROUND)
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        if not all(isinstance(one, Coding) for one in done):
            sys.exit(f"round {number}: not every article could be coded")
    first = min(took[:NEIGHBOURS])
    at = {mark: mark // ROUND for mark in MARKS if mark <= options.articles}
    least = {mark: first if end == 1 else min(took[end - NEIGHBOURS : end]) for mark, end in at.items()}
    told = {
        "date": date.today().isoformat(),
        "articles": options.articles,
        "words_an_article": round(sum(len(row["text"].split()) for row in given) / ROUND),
        "ms_an_article": {str(mark): round(one, 1) for mark, one in least.items()},
        "to_the_first": {str(mark): round(one / first, 3) for mark, one in least.items()},
        "peak_memory_mb": {str(mark): memory[end - 1] for mark, end in at.items()},
    }
    print(json.dumps(told, indent=1))
    options.figures.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
