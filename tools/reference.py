"""Write docs/reference from the code: `python tools/reference.py`. A test holds that what is committed is what this writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from described import api, commands, exports, lexicon, python, records, settings, tables
from pages import ROOT

REFERENCE = ROOT / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "command-line": commands.page_text,
    "records": records.page_text,
    "exports": exports.page_text,
    "tables": tables.page_text,
    "python": python.page_text,
    "api": api.page_text,
    "lexicon": lexicon.page_text,
    "settings": settings.page_text,
}


def written() -> Iterator[tuple[str, str]]:
    """The pages: name and text."""
    for name, text in PAGES.items():
        yield name, text()


if __name__ == "__main__":
    for name, text in written():
        (REFERENCE / f"{name}.md").write_text(text, encoding="utf-8")
