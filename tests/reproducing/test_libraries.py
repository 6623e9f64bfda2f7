"""The libraries that a manifest names are those that sayso reads, codes and writes with."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import sayso
from sayso.libraries import LIBRARIES, differences, installed

SOURCE = Path(sayso.__file__).parent
ROOMS = ("reading", "language", "coding", "gazetteer", "exports", "records.py", "libraries.py")
NO_BYTES = {"httpx", "httpcore", "protego", "pandas"}
"""They decide over no byte once those of the input are there: they fetch, or are for notebooks."""
NEWER = {"compression"}
"""Of the standard library, but only in a newer Python."""


def imported() -> set[str]:
    """The names of distributions that modules of these rooms import, wherever in them."""
    owners = packages_distributions()
    found: set[str] = set()
    for room in ROOMS:
        for path in (SOURCE / room).rglob("*.py") if (SOURCE / room).is_dir() else [SOURCE / room]:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module or ""]
                for name in names:
                    top = name.partition(".")[0]
                    if top not in sys.stdlib_module_names and top != "sayso":
                        found.update(owners.get(top, [top]))
    return {name.lower().replace("-", "_").replace(".", "_") for name in found}


def test_every_library_that_decides_over_bytes_is_named() -> None:
    """What one of these rooms imports is in the list, or is known to change nothing."""
    named = {name.replace("-", "_").replace(".", "_") for names in LIBRARIES.values() for name in names}
    assert imported() - named - NEWER == NO_BYTES
    assert {"spacy", "onnxruntime", "trafilatura", "pydantic"} <= named


def test_all_that_is_named_is_there_with_its_version() -> None:
    """Python's own version first; a backport only where Python lacks what it gives."""
    found = installed()
    assert list(found) == ["python", *LIBRARIES]
    missing = {name for part, names in LIBRARIES.items() for name in names if name not in found[part]}
    assert missing == ({"backports.zstd"} if sys.version_info >= (3, 14) else set())


def test_differences_are_told_with_both_versions() -> None:
    then = {"coding": {"spacy": "3.8.1", "numpy": "2.0"}, "reading": {"lxml": "6"}}
    now = {"coding": {"spacy": "3.8.2", "numpy": "2.0"}, "reading": {"pypdf": "7"}}
    assert differences(then, now) == [
        "spacy 3.8.1 then, 3.8.2 now",
        "lxml 6 then, was not there now",
        "pypdf was not there then, 7 now",
    ]
    assert differences(then, then) == []
