"""Draw the desk's pages over the examples into docs/images: `python tools/screenshots.py`.

What a reader of the documentation sees is what the desk shows: each picture is taken by Chromium of a desk that runs over a ledger of
`examples/`, by the addresses below. `--ledger` draws another ledger's pages and `--into` puts them elsewhere, to look at them.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from sayso.desk import Settings, create_app

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking"]
LINK = "screenshots"
WIDE, NARROW = (1280, 860), (390, 844)
SETTLING = 1500
"""Milliseconds in which the map fades its shapes in."""


class Shot(NamedTuple):
    """One picture: of what address, or of the first link there that begins with `follow`."""

    name: str
    address: str
    follow: str | None = None
    size: tuple[int, int] = WIDE
    scheme: Literal["light", "dark"] = "light"
    whole: bool = False


def shots(
    sizes: dict[str, tuple[int, int]], schemes: tuple[Literal["light", "dark"], ...], *, whole: bool
) -> Iterator[Shot]:
    """Every page, in each size and scheme."""
    pages = {
        "situation": ("/", None),
        "incident": ("/", "/incidents/"),
        "article": ("/search?q=airport", "/articles/"),
        "reports": ("/reports", None),
        "sources": ("/sources", None),
        "search": ("/search?q=airport", None),
        "add": ("/add", None),
        "account": ("/account", None),
        "people": ("/people", None),
        "api": ("/api/docs", None),
    }
    for name, (address, follow) in pages.items():
        for size, measures in sizes.items():
            for scheme in schemes:
                yield Shot(f"{name}-{size}-{scheme}", address, follow, measures, scheme, whole)


DOCUMENTED = (
    Shot("situation", "/"),
    Shot("situation-dark", "/", scheme="dark"),
    Shot("incident", "/?standing=disputed&until=2022-01-06", "/incidents/"),
    Shot("article", "/search?q=airport", "/articles/"),
    Shot("article-narrow", "/search?q=airport", "/articles/", NARROW, "dark"),
    Shot("sources", "/sources"),
)
"""What the documentation shows."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", help="a ledger's path or address; else one of the examples is made")
    parser.add_argument("--into", type=Path, default=IMAGES)
    parser.add_argument(
        "--every", action="store_true", help="each page in two widths, light and dark, from top to foot"
    )
    options = parser.parse_args()
    os.environ["LOGNAME"] = "editor"  # as whom the pages greet their reader
    options.into.mkdir(parents=True, exist_ok=True)
    every = shots({"wide": WIDE, "narrow": NARROW}, ("light", "dark"), whole=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served(options.ledger or filled(Path(folder) / "ledger.db")) as host:
            cookies = entered(browser, host)
            for shot in every if options.every else DOCUMENTED:
                draw(browser, cookies, host, shot, options.into / f"{shot.name}.png")
        browser.close()


def filled(path: Path) -> str:
    """A ledger that holds the examples."""
    examples = sorted(str(one) for one in (ROOT / "examples").glob("0*"))
    subprocess.run([sys.executable, "-m", "sayso", "add", "--ledger", str(path), *examples], check=True)  # noqa: S603  # sayso itself
    return str(path)


@contextmanager
def served(ledger: str) -> Iterator[str]:
    """A desk over the ledger; its address."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    app = create_app(Settings(ledger=ledger, link=LINK))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def entered(browser: Browser, host: str) -> Any:
    """The cookies of a session, begun by the link that works once."""
    page = browser.new_page()
    page.goto(f"{host}/enter?key={LINK}")
    kept = page.context.cookies()
    page.context.close()
    return kept


def draw(browser: Browser, cookies: Any, host: str, shot: Shot, path: Path) -> None:
    width, height = shot.size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=shot.scheme)
    page.context.add_cookies(cookies)
    page.goto(host + shot.address)
    if shot.follow:
        page.goto(host + str(page.locator(f"main a[href^='{shot.follow}']").first.get_attribute("href")))
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLING)
    page.screenshot(path=path, full_page=shot.whole)
    page.context.close()


if __name__ == "__main__":
    main()
