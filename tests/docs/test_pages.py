"""What the documentation tells one to type works, and prints what the page shows: every page is run as a story (tools/pages.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages import ROOT, blocks, pages
from story import check


def text_of(page: Path) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_block_of_the_page_works(page: Path) -> None:
    """Commands and Python end as the page says, in order, and what it shows of their output is what they print."""
    check(page, text_of(page))


def test_the_readme_has_blocks_to_run() -> None:
    """Commands, Python, and output that is shown."""
    found = list(blocks(Path("README.md"), text_of(Path("README.md"))))
    assert {block.language for block in found if block.runs} == {"sh", "python"}
    assert any("output" in block.marks for block in found)
