"""Gives every reader broken inputs for a share of the time, and keeps those at which a promise of reading breaks.

python tools/fuzzing.py --seconds 600 [--only jsonl,pdf] [--seed 0] [--corpus tests/fuzz/corpus]

It begins with sound inputs and with the corpus, changes them by chance, and goes on from those that made something new come out.
What breaks is made smaller and put into the corpus, where a test replays it; the exit status is then 1. Each reader works in a
process of its own, so that one that is ended by the system is found too.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import multiprocessing
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzz.promise import kinds, shapes, smaller  # noqa: E402
from fuzz.twists import spliced, twisted  # noqa: E402

CORPUS = ROOT / "tests" / "fuzz" / "corpus"
MOST_SECONDS = 10
MEMORY = 3 * 1024**3
"""Bytes of addresses that a reader may ask for."""
MOST_BYTES = 300_000
"""Of an input that others are made of."""
FEW = 5
"""Faults of one reader after which it is left."""


class Late(Exception):
    """An input that took too long."""


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Raises Late when so much of the processor's time is over."""

    def over(number: int, frame: FrameType | None) -> None:
        raise Late(f"longer than {seconds} s")

    signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def fault(kind: str, data: bytes, folder: Path, new: set[str] | None = None) -> str | None:
    """What is wrong with what comes of the bytes, in the words of the last line and of where; what came is put to the `new`."""
    try:
        with in_time(MOST_SECONDS), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = shapes(kind, data, folder)
    except Exception as error:
        places = [f"{Path(one.filename).name}:{one.name}" for one in traceback.extract_tb(error.__traceback__)]
        return f"{type(error).__name__} in {' > '.join(places[-3:])}: {str(error)[:200]}"
    if new is not None:
        new.update(found)
    return None


def fuzz(kind: str, seconds: float, seed: int, corpus: Path, folder: Path, told: multiprocessing.SimpleQueue) -> None:
    """Try one reader; tell (inputs, shapes, faults)."""
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    chance = random.Random(f"{kind} {seed}")  # noqa: S311  # nothing is kept secret with it
    pool = [kinds()[kind], *(path.read_bytes() for path in sorted((corpus / kind).glob("*")))]
    others = list(kinds().values())
    seen: set[str] = set()
    faults: dict[str, bytes] = {}
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end and len(faults) < FEW:
        data = (
            twisted(chance.choice(pool), chance)
            if chance.random() < 0.95
            else spliced(chance.choice(pool), chance.choice(others), chance)
        )
        (folder / "last").write_bytes(data)
        count += 1
        new: set[str] = set()
        wrong = fault(kind, data, folder, new)
        if wrong is not None and wrong.partition(": ")[0] not in faults:
            faults[wrong.partition(": ")[0]] = data
            print(f"{kind}: {wrong}", flush=True)
        elif not new <= seen and len(data) <= MOST_BYTES:
            pool.append(data)
        seen |= new
    for name, data in faults.items():
        keep(corpus, kind, smaller(data, lambda one, name=name: (fault(kind, one, folder) or "").startswith(name)))
    told.put((count, len(seen), len(faults)))


def keep(corpus: Path, kind: str, data: bytes) -> None:
    """Put an input into the corpus."""
    place = corpus / kind / hashlib.sha256(data).hexdigest()[:12]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    print(f"{kind}: kept as {place}", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=600, help="for all readers together")
    options.add_argument(
        "--only", default=",".join(kinds()), help="the readers, by the names of their folders in the corpus"
    )
    options.add_argument(
        "--seed", type=int, default=int(time.time()), help="another chance; the clock's where it is left out"
    )
    options.add_argument("--corpus", type=Path, default=CORPUS)
    given = options.parse_args()
    chosen = given.only.split(",")
    unknown = sorted(set(chosen) - set(kinds()))
    if unknown:
        options.error(f"no such reader: {', '.join(unknown)}; there are: {', '.join(kinds())}")
    context = multiprocessing.get_context("fork")
    total, wrong = 0, 0
    for kind in chosen:
        with tempfile.TemporaryDirectory() as held:
            told = context.SimpleQueue()
            worker = context.Process(
                target=fuzz, args=(kind, given.seconds / len(chosen), given.seed, given.corpus, Path(held), told)
            )
            worker.start()
            worker.join()
            if told.empty():
                keep(given.corpus, kind, (Path(held) / "last").read_bytes())
                print(f"{kind}: the reader's process ended with {worker.exitcode}", flush=True)
                wrong += 1
                continue
            count, different, faults = told.get()
        print(f"{kind}: {count:,} inputs, {different:,} different outcomes, {faults} faults", flush=True)
        total, wrong = total + count, wrong + faults
    print(f"{total:,} inputs, {wrong} faults, seed {given.seed}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
