"""Score sayso on the project's own short texts: `python benchmarks/cases.py`. They need no corpus.

`own-cases` are `tests/cases/`, which the coder was mended by; `blind-…` are `tests/unseen/`, which it was not; `not-conflict` is `tests/notconflict/`:
of a hundred of its lines, how many have an event of conflict told as fact (`alarms`), and how many of the true ones among them are missed.
Writes them to `benchmarks/figures.json`.
"""

from __future__ import annotations

import json
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import sayso
from accuracy import FIGURES, ROOT
from sayso.coding.coder import Coder
from sayso.evaluation import Tally, read_cases

TESTS = ROOT / "tests"


def checks(coder: Coder, files: list[Path]) -> dict[str, Any]:
    """The share of checks that hold, in all and by category, with their number."""
    tally = Tally()
    cases = [case for path in files for case in read_cases(path)]
    for case, coding in zip(cases, coder.pipe(case.article for case in cases), strict=True):
        tally.add(case, coding)
    by_category = {name: [round(100 * tally.share(name), 1), tally.total[name]] for name in sorted(tally.total)}
    return {
        "SCORE": round(100 * tally.share(), 1),
        "all": [round(100 * tally.share(), 1), tally.total.total()],
    } | by_category


def peace(coder: Coder) -> dict[str, Any]:
    """Of a hundred lines that are no conflict, those with an alarm; of a hundred true ones, those that are missed."""
    told = runpy.run_path(str(TESTS / "notconflict" / "test_notconflict.py"))
    calm = [line for path in told["FILES"] for line in told["lines"](path)]
    true = told["lines"](TESTS / "notconflict" / "true.jsonl")
    alarms = sum(bool(told["alarms"](coder(line["text"]))) for line in calm)
    missed = sum(not told["given"](coder(line["text"]), line) for line in true)
    figures = {
        "alarms": [round(100 * alarms / len(calm), 1), len(calm)],
        "missed": [round(100 * missed / len(true), 1), len(true)],
    }
    return {"SCORE": figures["alarms"][0]} | figures


def main() -> None:
    coder = sayso.load(time_limit=60)
    found = {"own-cases": ("expect", checks(coder, sorted((TESTS / "cases").glob("*.jsonl"))))}
    for path in sorted((TESTS / "unseen").glob("*.jsonl")):
        found[f"blind-{path.stem}"] = ("expect", checks(coder, [path]))
    found["not-conflict"] = ("peace", peace(coder))
    whole = json.loads(FIGURES.read_text(encoding="utf-8"))
    for name, (task, figures) in found.items():
        whole[name] = {"task": task, "date": date.today().isoformat(), "figures": figures}
        print(f"{task:12} {name:20} {figures['SCORE']:5.1f}")
    FIGURES.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
