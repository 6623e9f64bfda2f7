"""Put into README.md what it shows of sayso: `python tools/readme.py`.

Between `<!-- output: ARGUMENTS -->` and `<!-- end -->` stands what `sayso ARGUMENTS` prints, a ledger being one that holds the
examples; between `<!-- tables -->` and `<!-- end -->` what `sayso query` knows.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.ledger.asking.querying import TABLES

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"(<!-- output: (.+?) -->\n```\n).*?(```\n<!-- end -->)", re.DOTALL)
LISTED = re.compile(r"(<!-- tables -->\n).*?(<!-- end -->)", re.DOTALL)


def output(arguments: list[str], ledger: Path) -> str:
    """What a command prints."""
    command = [sys.executable, "-m", "sayso", *arguments]
    environment = {**os.environ, "SAYSO_LEDGER": str(ledger)}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True)  # noqa: S603  # sayso itself
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip("\n").split("\n"))


def tables() -> str:
    """The tables of a ledger, as Markdown."""
    rows = (f"| `{name}` | {one.about} | {', '.join(one.columns)} |\n" for name, one in TABLES.items())
    return "| table | rows | columns |\n|---|---|---|\n" + "".join(rows)


def filled(text: str) -> str:
    """The text with what it shows as it is now."""
    with TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.db"
        output(["add", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "examples").glob("0*"))], ledger)
        text = SHOWN.sub(lambda m: m[1] + output(shlex.split(m[2]), ledger) + m[3], text)
    return LISTED.sub(lambda m: m[1] + tables() + m[2], text)


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(filled(readme.read_text(encoding="utf-8")), encoding="utf-8")
