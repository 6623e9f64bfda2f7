"""The documentation is a site: it builds without a warning, and its pages ask no other host for anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCHED = {"src", "srcset", "data", "poster", "action", "formaction", "background", "manifest"}
LINKS = {"stylesheet", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "icon", "manifest"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: what the configuration calls a warning (a link or an anchor that leads nowhere) is an error."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    return folder


class Asked(HTMLParser):
    """The addresses that a browser fetches of itself to show a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.addresses += [value for name, value in given.items() if name in FETCHED]
        if tag == "link" and set(given.get("rel", "").split()) & LINKS:
            self.addresses.append(given.get("href", ""))


def test_every_page_is_built(site: Path) -> None:
    written = sorted(path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md"))
    assert written
    assert [path for path in written if not (site / path).is_file()] == []


def test_no_page_asks_another_host(site: Path) -> None:
    """Scripts, styles, pictures and frames are the site's own; links that a reader follows may lead anywhere."""
    for page in site.rglob("*.html"):
        asked = Asked()
        asked.feed(page.read_text(encoding="utf-8"))
        assert asked.addresses
        assert [(page.name, one) for one in asked.addresses if "//" in one] == []


def test_no_style_asks_another_host(site: Path) -> None:
    styles = list(site.rglob("*.css"))
    assert styles
    assert [style.name for style in styles if "url(http" in (text := style.read_text()) or "url(//" in text] == []


def test_what_scripts_would_fetch_elsewhere_is_never_asked_for(site: Path) -> None:
    """Material's script fetches Mermaid from another host where a page draws with it: none does."""
    assert [page.name for page in site.rglob("*.html") if 'class="mermaid"' in page.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md", "training/README.md"]
)
def test_what_is_no_page_of_the_site_links_to_files_that_there_are(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / page).parent.joinpath(link.partition("#")[0]).exists()] == []
