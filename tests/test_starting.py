"""What a start leaves for later is there once it is asked for."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from sayso.starting import start_quickly
start_quickly()
import spacy
assert "weasel" not in sys.modules, "spaCy's command line was read"
{asked}
"""


def held(asked: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", CODE.format(asked=asked)], capture_output=True, text=True)


def test_what_spacy_takes_from_its_command_line_works() -> None:
    done = held("assert spacy.info(silent=True)['spacy_version'] == spacy.__version__")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_line_of_spacy_can_be_imported_afterwards() -> None:
    done = held("from spacy.cli import download; import spacy.cli; assert spacy.cli.download is download")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_module_of_it_can_be_imported_afterwards() -> None:
    done = held("from spacy.cli.validate import validate; from spacy.cli import convert; assert callable(convert)")
    assert (done.returncode, done.stderr) == (0, "")
