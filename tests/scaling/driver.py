"""A run in a process of its own, to be killed: `python driver.py OUT PATH MAKER SHARD_SIZE [ENGINE]`, two workers."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sayso.scaling import Job, code_into
from sayso.scaling.worker import make_coder
from scaling import standin

MAKERS = {"slow": standin.slow, "real": make_coder}

if __name__ == "__main__":
    out, path, maker, size, engine = [*sys.argv[1:], "local"][:5]
    code_into(Path(out), [path], Job(shard_size=int(size)), workers=2, engine=engine, maker=MAKERS[maker])
