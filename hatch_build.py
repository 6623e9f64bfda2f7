"""A package has the desk's scripts and fonts in it, which Node builds: where they are not built, none is made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = "src/sayso/desk/built"
NEEDED = (".vite/manifest.json", "THIRD-PARTY-NOTICES.txt")
"""What was built, and whose it is."""
WITHOUT = "SAYSO_WITHOUT_DESK"
"""Set to 1 where the scripts are not wanted: what only watches, or serves programs."""


class DeskHook(BuildHookInterface[Any]):
    """Asks for the built desk before a wheel or an sdist is made; an editable installation serves what is there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or os.environ.get(WITHOUT) == "1":
            return
        for name in NEEDED:
            if not Path(self.root, BUILT, name).is_file():
                self.app.abort(
                    f"sayso: the desk is not built ({BUILT}/{name} is missing). `make desk` builds it, with Node 20 or newer; "
                    f"with {WITHOUT}=1 the package is made without, and its pages are read without scripts."
                )
