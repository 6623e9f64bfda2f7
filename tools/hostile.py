"""Runs `sayso code` on inputs that somebody would make on purpose, and says which took long, took much, or broke it.

python tools/hostile.py --number 10000 [--first 0] [--processes 2] [--figures benchmarks/hostile.json] [--keep FOLDER]

An input's number makes it again: `--first 4711 --number 1`. The exit status is 1 where any of them took more than ten seconds
of the processor or a gigabyte of memory, ended in an error that nobody foresaw, or failed without a word.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzz.hostile import hostile  # noqa: E402
from fuzz.trial import MOST_BYTES, MOST_SECONDS, code, ready, tried  # noqa: E402

OFTEN = 500
"""Inputs after which it is said how far the run is."""


def outcome(number: int, keep: Path | None) -> dict[str, Any]:
    """What became of the input of this number."""
    one = hostile(number)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        (folder / "input").mkdir()
        argument, stdin = one.written(folder / "input")
        found = tried(code("--", argument), folder, stdin)
        if found.faults and keep is not None and len(one.files) == 1:
            only = next(iter(one.files))
            keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / "input" / only, keep / f"{number}-{only.rpartition('/')[2]}")
    last = [line for line in found.told.splitlines() if line.strip()][-1:]
    return {
        "number": number, "label": one.label, "seconds": round(found.seconds, 2), "megabytes": round(found.bytes / 1e6),
        "status": found.status, "faults": found.faults, "last": ascii(last)[:300],
    }  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--number", type=int, default=10_000, help="how many inputs")
    options.add_argument("--first", type=int, default=0, help="the number of the first")
    options.add_argument("--processes", type=int, default=1, help="inputs that are tried at once")
    options.add_argument("--figures", type=Path, help="where the figures are written")
    options.add_argument("--keep", type=Path, help="a folder for the inputs that broke something")
    given = options.parse_args()
    ready()
    began, rows = time.monotonic(), []
    numbers = range(given.first, given.first + given.number)
    with multiprocessing.get_context("fork").Pool(given.processes) as pool:
        for row in pool.imap_unordered(partial(outcome, keep=given.keep), numbers, chunksize=10):
            rows.append(row)
            if row["faults"]:
                print(f"{row['number']} {row['label']}: {'; '.join(row['faults'])}: {row['last']}", flush=True)
            if len(rows) % OFTEN == 0:
                print(
                    f"{len(rows):,} of {given.number:,}, {time.monotonic() - began:,.0f} s", file=sys.stderr, flush=True
                )
    rows.sort(key=lambda row: row["number"])
    figures = summary(rows, given.first, time.monotonic() - began)
    print(json.dumps(figures, indent=1))
    if given.figures:
        given.figures.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return int(figures["faults"] > 0)


def summary(rows: list[dict[str, Any]], first: int, seconds: float) -> dict[str, Any]:
    """What is worth keeping of all runs."""
    times = sorted(row["seconds"] for row in rows)
    sizes = sorted(row["megabytes"] for row in rows)
    kept = ("number", "label", "seconds", "megabytes")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "command": f"python tools/hostile.py --first {first} --number {len(rows)}",
        "cores": os.cpu_count(),
        "inputs": len(rows),
        "kinds": dict(sorted(Counter(row["label"] for row in rows).items())),
        "limits": {"seconds": MOST_SECONDS, "megabytes": MOST_BYTES // 10**6},
        "faults": sum(bool(row["faults"]) for row in rows),
        "refused, whole or in part": sum(row["status"] == 1 for row in rows),
        "seconds of the clock": round(seconds),
        "seconds": {"median": times[len(times) // 2], "99 in 100": times[len(times) * 99 // 100], "most": times[-1]},
        "megabytes": {"median": sizes[len(sizes) // 2], "99 in 100": sizes[len(sizes) * 99 // 100], "most": sizes[-1]},
        "slowest": [{key: row[key] for key in kept} for row in sorted(rows, key=lambda row: -row["seconds"])[:5]],
        "largest": [{key: row[key] for key in kept} for row in sorted(rows, key=lambda row: -row["megabytes"])[:5]],
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
