"""One process of a race: `python benchmarks/pace.py RUNNER TEXTS`, where `runners()` names the runners.

Reads texts (JSON Lines), gets ready, says so, waits for a line on standard input, does its work, and prints in JSON the processor
seconds that it took and the peak of its memory. `speed.py` starts it, sayso's peers with the interpreter of an environment in which they are
installed; it imports nothing that its runner does not need.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

for library in ("OPENBLAS", "OMP", "MKL", "BLIS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"  # one process is to take one core, whoever runs in it
Row = dict[str, Any]
Work = Callable[[Row], object]


def coded() -> Work:
    """sayso's whole coding, as JSON."""
    import sayso
    from sayso.records import Article
    from sayso.starting import start_quickly

    start_quickly()
    coder = sayso.load(time_limit=600)

    def work(row: Row) -> object:
        return coder(Article(id=row["id"], text=row["text"], published=row.get("published"))).to_json()

    return work


def quoted() -> Work:
    """spaCy's small English pipeline; textacy's direct quotations and triples of subject, verb and object."""
    import spacy
    from textacy import extract

    nlp = spacy.load(os.environ["PEERS_MODEL"])

    def work(row: Row) -> object:
        doc = nlp(row["text"])
        triples = list(extract.subject_verb_object_triples(doc))
        try:
            return triples, list(extract.direct_quotations(doc))
        except ValueError:  # it gives up where quotation marks do not pair
            return triples, []

    return work


def split() -> Work:
    """spaCy's words and rule-based sentences, and nothing else."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return lambda row: nlp(row["text"])


def runners() -> dict[str, Callable[[], Work]]:
    return {"sayso": coded, "spacy-textacy": quoted, "spacy-blank": split}


def peak_memory() -> int:
    """Kilobytes that this process had at most; the system's account of a child begins with what its parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"^VmHWM:\s+(\d+)", status.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    runner, texts = sys.argv[1], Path(sys.argv[2])
    rows = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]
    work = runners()[runner]()
    for row in rows[:3]:
        work(row)
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.process_time()
    for row in rows:
        work(row)
    took = time.process_time() - began
    print(json.dumps({"processor_seconds": took, "peak_memory_mb": peak_memory() // 1024}), flush=True)


if __name__ == "__main__":
    main()
