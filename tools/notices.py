"""Write beside the desk's built scripts and fonts whose they are: `python tools/notices.py`, once `npm run build` has made them.

Vite takes the comments out of what it packs together, and the licences with them. So the licence of every npm package that the desk is
made of, and of those that these packages are made of, is put into one file, which goes where the built files go.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
MODULES = ROOT / "node_modules"
NOTICES = ROOT / "src" / "sayso" / "desk" / "built" / "THIRD-PARTY-NOTICES.txt"
SPDX = {"BSD-0-Clause": "0BSD"}
"""Licences that packages call otherwise than SPDX does."""
FOREWORD = """\
The scripts, styles, fonts and maps in this folder were built from the npm packages below, each under the licence that stands with it.
The map's shapes are made of Natural Earth's, which are in the public domain. The rest is sayso's own, under its licence.
"""


def described(name: str) -> dict[str, Any]:
    """What a package says of itself."""
    found: dict[str, Any] = json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))
    return found


def packages() -> list[str]:
    """The names of the packages that the desk needs, and of those that these need, in order; types are none of what is built."""
    found: set[str] = set()
    waiting = list(json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"])
    while waiting:
        name = waiting.pop()
        if name not in found and not name.startswith("@types/"):
            found.add(name)
            waiting += described(name).get("dependencies", {})
    return sorted(found)


def licence(name: str) -> str:
    """The text of a package's licence: a file of its own, or the end of its README. Raises LookupError where it has none."""
    folder = MODULES / name
    for file in sorted(folder.iterdir()):
        if re.fullmatch(r"(licen[cs]e|copying)(\.md|\.txt)?", file.name, re.IGNORECASE):
            return file.read_text(encoding="utf-8").strip()
    for file in folder.glob("README*"):
        if found := re.search(
            r"^#+ *Licen[cs]e.*", file.read_text(encoding="utf-8"), re.IGNORECASE | re.MULTILINE | re.DOTALL
        ):
            return found[0].strip()
    raise LookupError(f"{name}: has no text of its licence")


def notice(name: str) -> str:
    """A package's name, version and licence."""
    told = described(name)
    given = SPDX.get(told["license"], told["license"])
    text = "\n".join(line.rstrip() for line in licence(name).splitlines())
    return f"{'=' * 100}\n{name} {told['version']}\nLicence: {given}\n\n{text}\n"


def notices() -> str:
    """The whole file."""
    return "\n".join([FOREWORD, *map(notice, packages())])


if __name__ == "__main__":
    NOTICES.write_text(notices(), encoding="utf-8")
