"""How fast, how large: `python benchmarks/speed.py --data DATA --peers PYTHON`, all in one run, since machines differ.

The whole coding of raw articles (those of `raw/`, repeated), by one process and by two; beside it what peers do with the same texts,
which is less (`PEERS`); how the time of one process is spent; and what a start takes. PYTHON is the interpreter of an environment with
`pip install textacy` and a small English pipeline of spaCy's, which `--peers-model` names; left out, sayso runs alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is there: one core is measured
import sayso
from sayso.coding.coder import Coder
from sayso.evaluation.files import read_lines
from sayso.language.encoder import SHIPPED
from sayso.language.features import Features, features
from sayso.language.pipeline import Reader, Words
from sayso.records import Article

HERE = Path(__file__).parent
FIGURES = HERE / "speed.json"
EVENT_ROOMS = (
    "what.find_events", "learned.read_events", "sides.settle_parties", "completing.complete_parties", "embedding.embed_events",
    "weighing.weigh_events", "merging.merge_events", "how_sure.judge_events",
)  # fmt: skip
"""Rooms that say what happened, between whom, and how real it is told to be."""
PEERS = {
    "spacy-textacy": (
        "spaCy's small English pipeline, textacy's direct quotations and its triples of subject, verb and object",
        "no types of events, realis, places, days, figures, merged actors, indirect speech, chains of voices",
    ),
    "spacy-blank": ("spaCy's words and its rule-based sentences", "nothing else: no reading"),
}
"""What each peer does, and what it does not."""
PUBLISHED = {"NGEC": 3.9}
"""Seconds an article, as its authors give them (8 threads; other texts, another machine)."""
Row = dict[str, Any]


def raced(python: str, runner: str, rows: Sequence[Row], processes: int) -> tuple[float, list[Row]]:
    """Wall seconds in which so many processes are through with the rows, each with its share; and what each told."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    with tempfile.TemporaryDirectory() as folder:
        running = []
        for number in range(processes):
            share = Path(folder) / f"{number}.jsonl"
            share.write_text("\n".join(map(json.dumps, rows[number::processes])), encoding="utf-8")
            command = [python, str(HERE / "pace.py"), runner, str(share)]
            running.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
            if cores:
                os.sched_setaffinity(running[-1].pid, {cores[number % len(cores)]})
        for one in running:
            if one.stdout is None or one.stdout.readline() != "ready\n":
                raise SystemExit(f"{runner}: did not start")
        began = time.perf_counter()
        for one in running:
            print(file=one.stdin, flush=True)
        told = [json.loads(one.communicate()[0]) for one in running]
        return time.perf_counter() - began, told


def race(python: str, runner: str, rows: Sequence[Row], words: int) -> Row:
    """Words and articles a second by one and by two processes."""
    found: Row = {}
    for processes, name in ((1, "one_core"), (2, "two_cores")):
        seconds, told = raced(python, runner, rows, processes)
        found |= {
            f"words_a_second_{name}": round(words / seconds),
            f"articles_a_second_{name}": round(len(rows) / seconds, 2),
            f"seconds_an_article_{name}": round(seconds / len(rows), 4),
            "peak_memory_mb": max(one["peak_memory_mb"] for one in told),
        }
    return found


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def windows(reader: Reader, coder: Coder, articles: Sequence[Article]) -> Iterator[Features]:
    """What the network is given for the articles."""
    for article in articles:
        read, start = Words.of(coder.nlp.make_doc(article.text)), 0
        while start < len(read.texts):
            part = slice(start, reader.window(read, start))
            start = part.stop
            gaps = [0, *read.gaps[part][1:]]
            yield features(read.texts[part], gaps, read.shapes[part], reader.encoder.pieces)


def seconds_of_rooms(coder: Coder, articles: Sequence[Article]) -> dict[str, float]:
    """Processor seconds of each room, over all articles."""
    found = dict.fromkeys((room.name for room in coder.rooms), 0.0)
    for article in articles:
        draft = coder.draft(article)
        for room in coder.rooms:
            found[room.name] += seconds(partial(room, draft))
    return found


def spent(rows: Sequence[Row]) -> Row:
    """How one process spends its time: the bare network on the same windows, the reading, the whole coding."""
    coder = sayso.load(time_limit=600)
    reader = coder.nlp.get_pipe("sayso_reader")
    assert isinstance(reader, Reader)
    articles = [Article(id=row["id"], text=row["text"], published=row.get("published")) for row in rows]
    list(coder.pipe(articles[:5]))  # warm
    given = list(windows(reader, coder, articles))
    words, pieces = (sum(len(one[name]) for one in given) for name in ("first", "ids"))
    bare = seconds(lambda: [reader.encoder.run(one) for one in given])
    reading = seconds(lambda: [coder.nlp(article.text) for article in articles])
    coding = seconds(lambda: list(coder.pipe(articles)))
    rooms = seconds_of_rooms(coder, articles)
    return {
        "wordpieces_a_second_bare": round(pieces / bare),
        "words_a_second_bare": round(words / bare),
        "words_a_second_reading": round(words / reading),
        "words_a_second_coding": round(words / coding),
        "reading_to_bare": round(reading / bare, 2),
        "coding_to_bare": round(coding / bare, 2),
        "share_of_the_network": round(bare / coding, 2),
        "events_to_bare": round(sum(rooms[name] for name in EVENT_ROOMS) / bare, 2),
    }


def processor() -> str:
    """What the machine calls its processor, where it says so."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def wall(*command: str, runs: int = 7) -> float:
    """Median wall seconds of a whole process, after one run that is not counted."""
    took = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        took.append(time.perf_counter() - began)
    return round(median(took[1:]), 2)


def starts(row: Row) -> Row:
    """What a start takes: of the help, of coding one article in a process of its own, of a coder in Python."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.txt"
        one.write_text(row["text"], encoding="utf-8")
        return {
            "help_seconds": wall("-m", "sayso", "--help"),
            "code_one_article_seconds": wall("-m", "sayso", "code", str(one)),
            "load_seconds": wall("-c", "import sayso; sayso.load()"),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=1000, help="for the race; a fifth of them for the shares")
    parser.add_argument("--peers", help="the interpreter of the peers' environment")
    parser.add_argument(
        "--peers-model", default="en_core_web_sm", help="spaCy's small English pipeline, as it is named there"
    )
    options = parser.parse_args()
    raw = [json.loads(line) for line in read_lines(options.data / "raw/wikinews.jsonl.gz")]
    rows = list(islice(cycle(raw), options.articles))
    nlp = sayso.load().nlp
    sizes = {row["id"]: sum(not token.is_space for token in nlp.make_doc(row["text"])) for row in raw}
    words = sum(sizes[row["id"]] for row in rows)
    found: Row = {
        "date": date.today().isoformat(),
        "processor": processor(),
        "articles": len(rows),
        "words": words,
    } | race(sys.executable, "sayso", rows, words)
    found |= spent(rows[: max(10, len(rows) // 5)]) | starts(raw[1])
    found["model_mb"] = round(sum(file.stat().st_size for file in SHIPPED.iterdir()) / 1e6, 1)
    found |= {
        f"times_as_fast_as_{name}": round(theirs / found["seconds_an_article_two_cores"], 1)
        for name, theirs in PUBLISHED.items()
    }
    os.environ["PEERS_MODEL"] = options.peers_model
    if options.peers:
        found["peers"] = {
            name: {"does": does, "does_not": lacks} | race(options.peers, name, rows, words)
            for name, (does, lacks) in PEERS.items()
        }
    found["elsewhere"] = (
        json.loads(FIGURES.read_text(encoding="utf-8")).get("elsewhere", []) if FIGURES.exists() else []
    )
    FIGURES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
