"""How fast, how large: `python benchmarks/speed.py --data DATA`. One core, the articles of `raw/`, one run.

Compares the whole reading, and the whole coding, with the bare network on the same windows, as ratios: machines differ.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is there: one core is measured
import sayso
from sayso.coding.coder import Coder
from sayso.language.encoder import SHIPPED, Encoder
from sayso.language.features import features
from sayso.language.pipeline import Reader, Words
from sayso.records import Article

ROOT = Path(__file__).parent.parent
EVENT_ROOMS = (
    "what.find_events", "learned.read_events", "sides.settle_parties", "completing.complete_parties", "embedding.embed_events",
    "weighing.weigh_events", "merging.merge_events", "how_sure.judge_events",
)  # fmt: skip
"""Rooms that say what happened, between whom, and how real it is told to be."""
FIGURES = ROOT / "benchmarks" / "speed.json"


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def load_time() -> float:
    """Wall seconds from nothing to a loaded coder, the median of three fresh processes."""
    code = "import time; t = time.perf_counter(); import sayso; sayso.load(); print(time.perf_counter() - t)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout) for _ in range(3)
    ]
    return sorted(runs)[1]


def seconds_of_rooms(coder: Coder, articles: list[Article]) -> dict[str, float]:
    """Processor seconds of each room, over all articles."""
    found = dict.fromkeys((room.name for room in coder.rooms), 0.0)
    for article in articles:
        draft = coder.draft(article)
        for room in coder.rooms:
            found[room.name] += seconds(partial(room, draft))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=200)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with gzip.open(options.data / "raw/wikinews.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][: options.articles]
    articles = [Article(id=row["id"], text=row["text"], published=row.get("published")) for row in rows]
    coder = sayso.load(time_limit=120)
    reader = Reader(Encoder())
    encoder = reader.encoder
    windows: list[dict[str, Any]] = []
    words = pieces = 0
    for article in articles:
        read = Words.of(coder.nlp.make_doc(article.text))
        start = 0
        while start < len(read.texts):
            end = reader.window(read, start)
            part, start = slice(start, end), end
            windows.append(features(read.texts[part], [0, *read.gaps[part][1:]], read.shapes[part], encoder.pieces))
        words += len(read.texts)
    pieces = sum(len(w["ids"]) for w in windows)
    list(coder.pipe(articles[:5]))  # warm
    bare = seconds(lambda: [encoder.run(w) for w in windows])
    reading = seconds(lambda: [coder.nlp(a.text) for a in articles])
    coding = seconds(lambda: list(coder.pipe(articles)))
    rooms = seconds_of_rooms(coder, articles)
    found = {
        "articles": len(articles),
        "words": words,
        "wordpieces_a_second_bare": round(pieces / bare),
        "words_a_second_reading": round(words / reading),
        "words_a_second_coding": round(words / coding),
        "reading_to_bare": round(reading / bare, 2),
        "coding_to_reading": round(coding / reading, 2),
        "events_to_bare": round(sum(rooms[name] for name in EVENT_ROOMS) / bare, 2),
        "load_seconds": round(load_time(), 2),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "model_mb": round(sum(f.stat().st_size for f in SHIPPED.iterdir()) / 1e6, 1),
    }
    FIGURES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
