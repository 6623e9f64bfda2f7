"""How far scores can be taken at their word: `python benchmarks/calibration.py --data DATA`.

Codes the marked raw articles that nothing was fitted on, and compares the score of each event with how often such
events are events of their type. Those whose mark good readers may leave out count neither way. Writes
`benchmarks/calibration.json`.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import sayso
from gold import development_sets
from sayso.evaluation.events import belonging
from sayso.evaluation.files import read_gold

ROOT = Path(__file__).parent.parent
FILE = ROOT / "benchmarks" / "calibration.json"
SET = "wikinews-marked"
EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", help="folder of another model than the shipped one; nothing is written")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench")
    options = parser.parse_args()
    (path,) = (gold.gold for gold in development_sets(options.data, options.work) if gold.name == SET)
    coder = sayso.load(options.model, time_limit=60)
    judged: list[tuple[float, bool]] = []
    for gold in read_gold("events", path):
        coding = coder(gold.article())  # type: ignore[arg-type]  # the marked articles are good ones
        marks = {found: gold.marks.events[wanted] for wanted, found in belonging(gold.marks.events, coding.events)}
        for number, event in enumerate(coding.events):
            mark = marks.get(number)
            if mark is None or not mark.maybe:
                judged.append((event.score, mark is not None and mark.type == event.type))
    rows: list[dict[str, Any]] = []
    for low, high in pairwise(EDGES):
        inside = [(score, right) for score, right in judged if low <= score < high]
        if inside:
            mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            rows.append({"from": low, "events": len(inside), "score": round(mean, 3), "right": round(share, 3)})
            print(f"from {low:.1f}: {len(inside):4} events, mean score {mean:.2f}, right {share:.2f}")
    error = sum(row["events"] * abs(row["score"] - row["right"]) for row in rows) / len(judged)
    print(f"expected calibration error {error:.3f} over {len(judged)} events")
    if not options.model:
        told = {"data": SET, "date": date.today().isoformat(), "error": round(error, 3), "bins": rows}
        FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
