"""Score sayso on every development set: `python benchmarks/accuracy.py --data DATA`.

DATA holds the corpora. `--bench BENCH` takes the scores of another scorer (`score.py` in that folder) instead of those of `sayso evaluate`, and
measures the challenge sample too, which lies there; neither is in the repository, and `agreement.py` tells whether both scorers find the same.
Writes the figures to `benchmarks/figures.json` (those of `make train MIX=open`, by `--model` and `--figures`, to `figures-open.json`); `report.py`
makes RESULTS.md of them and `tests/test_floors.py` holds them to the floors.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from gold import Gold, development_sets
from sayso.evaluation import evaluate

ROOT = Path(__file__).parent.parent
SAYSO = [sys.executable, "-m", "sayso"]
OWN = ("events", "statements", "actors", "coreference", "quantities", "circumstances")
"""Tasks that no other scorer has."""
FIGURES = ROOT / "benchmarks" / "figures.json"


def predict(gold: Gold, work: Path, model: Path | None = None) -> Path:
    """What sayso writes for the gold's texts. A text that cannot be coded counts as missing."""
    target = work / f"{gold.name}.pred"
    command = ["parse", "--format", "conllu"] if gold.task in ("parse", "entities") else ["code", "--format", "jsonl"]
    command += ["--model", str(model)] if model else []
    command += ["--time-limit", "600"]  # a busy machine is no fault of the coder's
    with target.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            [*SAYSO, command[0], str(gold.given), *command[1:]], stdout=out, stderr=subprocess.PIPE, text=True
        )
    for line in done.stderr.splitlines():
        print(f"  {gold.name}: {line[:200]}", file=sys.stderr)
    return target


def figures(bench: Path | None, gold: Gold, predicted: Path) -> dict[str, Any]:
    """By name, each with how many items it is over where that is told; `SCORE` is the task's own."""
    if bench is None or gold.task in OWN:
        result = evaluate(gold.task, gold.gold, predicted)
        return {"SCORE": round(result.headline, 1)} | {f.name: [round(f.value, 1), f.n] for f in result.figures}
    command = [sys.executable, str(bench / "score.py"), gold.task, "--gold", str(gold.gold), "--pred", str(predicted)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = {}
    for line in done.stdout.splitlines():
        name, value, *rest = line.split()
        found[name] = [float(value), int(rest[0])] if rest else float(value)
    return found


def challenge(bench: Path) -> dict[str, Any]:
    """Share of the checks of the challenge sample that hold, and by category."""
    command = [sys.executable, str(bench / "expect.py"), str(bench / "challenge-sample.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, Any] = {}
    for line in done.stdout.splitlines():
        if match := re.fullmatch(r"([\w-]+): (\d+)/(\d+)", line):
            found[match[1]] = [round(100 * int(match[2]) / int(match[3]), 1), int(match[3])]
        elif match := re.match(r"([\d.]+) % of (\d+) checks", line):
            found["SCORE"] = float(match[1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bench", type=Path, help="folder of another scorer and of the challenge sample")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--model", type=Path, help="folder of another model than the shipped one")
    parser.add_argument("--figures", type=Path, default=FIGURES, help="the file to write the figures to")
    parser.add_argument("--only", nargs="*", help="names of sets")
    options = parser.parse_args()
    file = options.figures
    whole = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for gold in development_sets(options.data, options.work):
        if options.only and gold.name not in options.only:
            continue
        began = time.monotonic()
        found = figures(options.bench, gold, predict(gold, options.work, options.model))
        whole[gold.name] = {"task": gold.task, "date": date.today().isoformat(), "figures": found}
        print(f"{gold.task:12} {gold.name:20} {found['SCORE']:5.1f}  {time.monotonic() - began:.0f} s", flush=True)
    if options.bench and (not options.only or "challenge" in options.only):
        found = challenge(options.bench)
        whole["challenge-sample"] = {"task": "expect", "date": date.today().isoformat(), "figures": found}
        print(f"{'expect':12} {'challenge-sample':20} {found['SCORE']:5.1f}")
    file.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
