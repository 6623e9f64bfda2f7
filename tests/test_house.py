"""The house is built as `.importlinter` draws it: one direction, no circle, small modules that say what they are."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from statistics import median

import grimp
import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure

import sayso

ROOT = Path(__file__).parent.parent
PACKAGE = Path(sayso.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 500
"""Lines of a module."""
USUAL = 180
"""Lines that most modules stay under."""


def lines(module: Path) -> int:
    return len(module.read_text(encoding="utf-8").splitlines())


def broken(config: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the contracts of a file say that is broken; nothing where all are kept."""
    configure()
    kept = use_cases.lint_imports(str(config), cache_dir=None, no_logo=True)
    return "" if kept else capsys.readouterr().out


def test_the_imports_are_those_of_the_picture(capsys: pytest.CaptureFixture[str]) -> None:
    """Rooms import what lies under them and nothing else, and no two modules or folders import each other, for types neither."""
    assert broken(ROOT / ".importlinter", capsys) == ""


def test_an_arrow_that_runs_back_would_be_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same contracts with the ledger above the desk are broken, and it is told by which imports."""
    drawn = (ROOT / ".importlinter").read_text(encoding="utf-8")
    turned = drawn.replace("    ledger\n    coding\n", "    coding\n").replace(
        "    cli\n    desk", "    cli\n    ledger\n    desk"
    )
    assert turned != drawn
    (tmp_path / "turned").write_text(turned, encoding="utf-8")
    assert "sayso.desk.desk -> sayso.ledger" in broken(tmp_path / "turned", capsys)


def test_every_module_is_in_the_picture() -> None:
    """A folder without its `__init__` would be passed over."""
    seen = {name.replace(".", "/") for name in grimp.build_graph("sayso", cache_dir=None).modules}
    for module in MODULES:
        if "migrations/versions" not in module.as_posix():  # found by Alembic, as files
            name = module.relative_to(PACKAGE.parent).with_suffix("").as_posix().removesuffix("/__init__")
            assert name in seen, name


def test_modules_are_small() -> None:
    """None is longer than a reader holds in mind, and most are read at a glance."""
    assert [module.name for module in MODULES if lines(module) > LONGEST] == []
    assert median(map(lines, MODULES)) < USUAL


def test_every_room_says_what_it_is() -> None:
    """Modules and folders alike begin with a docstring."""
    for module in MODULES:
        if module.name != "__main__.py":
            assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))), module


def test_the_face_opens_no_room() -> None:
    """`import sayso` and `sayso --help` wait for nothing that takes long: neither records nor the language, nor a database."""
    asks = "import sys, sayso, sayso.cli.commands; print([n for n in ('pydantic', 'spacy', 'numpy', 'sqlalchemy') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"
