"""A process that adds prepared codings to a ledger and says of each that it is kept: what the tests kill, and run several of.

    python writer.py ADDRESS CODINGS FIRST EVERY OUT

`CODINGS` holds a coding as JSON on each line. Of these every nth is added, from the first on, and its key written to `OUT`.
Without arguments it serves such writers (`kills.serve`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kills import serve
from sayso.ledger import Ledger
from sayso.records import Coding


def write(url: str, codings: str, first: str, every: str, out: str) -> None:
    lines = Path(codings).read_text(encoding="utf-8").splitlines()
    said = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    with Ledger.open(url) as ledger:
        for line in lines[int(first) :: int(every)]:
            kept = ledger.add(Coding.model_validate_json(line))
            os.write(said, f"{kept.key}\n".encode())  # at once: nothing of it is lost when the process is killed


if __name__ == "__main__":
    if sys.argv[1:]:
        write(*sys.argv[1:])
    else:
        serve(lambda given: write(*given))
