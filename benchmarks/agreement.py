"""Whether `sayso evaluate` and the independent scorer find the same: `python benchmarks/agreement.py --data DATA --bench BENCH`.

Compares every figure on the predictions that `accuracy.py` left in its work folder; exits with 1 where one differs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

from accuracy import ROOT, SAYSO, figures
from gold import Gold, development_sets


def ours(gold: Gold, predicted: Path) -> dict[str, Any]:
    """The figures of `sayso evaluate`, as it prints them."""
    command = [*SAYSO, "evaluate", gold.task, str(gold.gold), "--pred", str(predicted)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line.split() for line in done.stdout.splitlines()]
    return {name: [float(value), int(n[0])] if n else float(value) for name, value, *n in rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench")
    options = parser.parse_args()
    differing = 0
    for gold in development_sets(options.data, options.work):
        predicted = options.work / f"{gold.name}.pred"
        if not predicted.exists():
            print(f"{gold.name:20} no predictions")
            continue
        mine, theirs = ours(gold, predicted), figures(options.bench, gold, predicted)
        different = sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name))
        print(f"{gold.name:20} {len(theirs)} figures, {len(different)} differ")
        for name in different:
            print(f"    {name}: {mine.get(name)}, not {theirs.get(name)}")
        differing += len(different)
    sys.exit(differing > 0)


if __name__ == "__main__":
    main()
