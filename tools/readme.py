"""Put the output of the command that README.md shows into it: `python tools/readme.py`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"(<!-- output: (\S+) -->\n```\n).*?(```\n<!-- end -->)", re.DOTALL)


def output(path: str) -> str:
    command = [sys.executable, "-m", "sayso", "code", path, "--format", "table"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.rstrip() + "\n"  # noqa: S603


if __name__ == "__main__":
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(SHOWN.sub(lambda m: m[1] + output(m[2]) + m[3], text), encoding="utf-8")
