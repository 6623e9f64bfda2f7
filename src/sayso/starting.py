"""What a process of our own need not wait for at its start. Only for such: a library leaves its user's process as it is."""

from __future__ import annotations

import gc
import importlib
import sys
from types import ModuleType
from typing import Any

OBJECTS_A_ROUND = 50_000
"""Objects made between two rounds of the collector of cycles; Python's 700 cost a twentieth of coding, and of a start."""
ROUNDS = 20
"""Rounds of the young objects before the older ones are looked at."""


class Deferred(ModuleType):
    """A package that is imported only once one of its names, or a module in it, is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)
        return getattr(_imported(self.__name__, self.__name__), name)


def start_quickly() -> None:
    """Collect cycles seldom, and leave spaCy's own command line unread: a quarter of its import, and never used by ours."""
    gc.set_threshold(OBJECTS_A_ROUND, ROUNDS, ROUNDS)
    if "spacy" not in sys.modules:
        defer("spacy.cli", "spacy.cli.info", "info")


def defer(package: str, module: str, function: str) -> None:
    """Put a package off of which another package imports this one function as it is imported itself."""

    def deferred(*given: Any, **named: Any) -> Any:
        return getattr(_imported(package, module), function)(*given, **named)

    sys.modules[package] = Deferred(package)
    sys.modules[module] = ModuleType(module)
    setattr(sys.modules[module], function, deferred)


def _imported(package: str, module: str) -> ModuleType:
    """The true module, in the place of what stood for its package."""
    if isinstance(sys.modules.get(package), Deferred):
        for held in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            del sys.modules[held]
    return importlib.import_module(module)
