"""What the documentation tells one to type works, and prints what the page shows: every page is run as a story (tools/pages.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages import ROOT, pages
from story import check


def text_of(page: Path) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_block_of_the_page_works(page: Path) -> None:
    """Commands and Python end as the page says, in order, and what it shows of their output is what they print."""
    check(page, text_of(page))
