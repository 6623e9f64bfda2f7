"""A desk over a ledger with the examples, on each of the two databases: asked as a program asks, and as a browser does."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from databases import Databases
from sayso.coding.coder import Coder
from sayso.desk import Settings, create_app
from sayso.ledger import Ledger
from sayso.ledger.database import writing
from sayso.ledger.people.accounts import Role, grant, named, open_account
from sayso.reading import open_articles
from sayso.records import Article, Coding

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
REQUIRED = "SAYSO_REQUIRE_BROWSER"
"""Set where the absence of a browser is a failure, as in .ci/run."""
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

Visit = Callable[..., Page]
Program = Callable[..., TestClient]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What goes through a browser is tried once more: on a busy machine one of many hundred may miss its moment."""
    for item in items:
        if "visit" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def six(coder: Coder) -> list[Coding]:
    """The codings of the six example reports."""
    read = [one for path in sorted((ROOT / "examples").glob("0*")) for one in open_articles(path)]
    return [coder.code(one) for one in read if isinstance(one, Article)]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, six: list[Coding]) -> Iterator[Callable[[Databases], str]]:
    """Copies of a ledger with the examples, which is filled once of each kind."""
    originals: dict[str, Databases] = {}
    addresses: dict[str, str] = {}

    def copy(databases: Databases) -> str:
        kind = databases.kind
        if kind not in originals:
            originals[kind] = databases.like(tmp_path_factory.mktemp("filled"))
            addresses[kind] = originals[kind].new()
            with Ledger.open(addresses[kind]) as ledger:
                ledger.settle([ledger.add(one).article for one in six])
                ledger.refresh()
        return databases.copy(addresses[kind])

    yield copy
    for one in originals.values():  # of a server that goes with all that is on it
        one.close()


@pytest.fixture
def app(databases: Databases, filled: Callable[[Databases], str], coder: Coder) -> Iterator[FastAPI]:
    """A team's desk over a ledger with the examples."""
    made = create_app(Settings(ledger=filled(databases), team=True, hosts=("127.0.0.1", "testserver")))
    made.state.desk.__dict__["coder"] = coder  # loaded once for all tests
    with TestClient(made):
        yield made


@pytest.fixture
def ledger(app: FastAPI) -> Ledger:
    found: Ledger = app.state.desk.ledger
    return found


def secret_of(app: FastAPI, role: Role) -> str:
    """The secret of a session of somebody with this role, who is called after it."""
    with writing(app.state.desk.ledger.engine) as connection:
        who = named(connection, f"the-{role}") or open_account(connection, f"the-{role}", role, None, who="test")
        return grant(connection, who.id, "session", "test", timedelta(hours=1))


@pytest.fixture
def client_of(app: FastAPI) -> Callable[..., TestClient]:
    """Makes clients that are signed in with a role; None: not signed in. They follow no redirects."""

    def make(role: Role | None = "reader") -> TestClient:
        cookies = {app.state.desk.cookie: secret_of(app, role)} if role else {}
        return TestClient(app, cookies=cookies, follow_redirects=False, headers={"sec-fetch-site": "same-origin"})

    return make


@pytest.fixture
def program(app: FastAPI) -> Program:
    """Makes clients that have a token of an account with a role."""

    def make(role: Role = "reader", scopes: str = "") -> TestClient:
        with writing(app.state.desk.ledger.engine) as connection:
            who = named(connection, f"the-{role}") or open_account(connection, f"the-{role}", role, None, who="test")
            secret = grant(connection, who.id, "token", "test", timedelta(hours=1), scopes)
        return TestClient(app, headers={"authorization": f"Bearer {secret}"}, follow_redirects=False)

    return make


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a real server, in a thread."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    if not CHROMIUM.exists() or not AXE.exists() or not (ROOT / "src/sayso/desk/built").is_dir():
        message = "the browser's tests need /usr/bin/chromium and `make desk`"
        pytest.fail(message) if os.environ.get(REQUIRED) else pytest.skip(message)
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def visit(browser: Browser, app: FastAPI, address: str) -> Iterator[Visit]:
    """Opens pages as somebody with a role. Afterwards: no fault was told on the console, and nothing was asked of another host."""
    wrong: list[str] = []
    contexts = []

    def open_page(
        path: str = "/", *, role: Role = "editor", width: int = 1280, scheme: Any = "light", script: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.add_cookies([{"name": app.state.desk.cookie, "value": secret_of(app, role), "url": address}])
        page = context.new_page()
        page.on(
            "console",
            lambda said: wrong.append(said.text) if said.type == "error" and not _is_expected(said.text) else None,
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: wrong.append(asked.url) if not _is_own(asked.url, address) else None)
        page.goto(f"{address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _is_expected(said: str) -> bool:
    """What a browser says of itself: that it has no graphics card, and that a form came back with what is wrong in it."""
    return "WebGL" in said or "status of 422" in said


def _is_own(url: str, address: str) -> bool:
    return urlsplit(url).scheme in ("data", "blob") or url.startswith(address)


def faults(page: Page) -> list[str]:
    """What axe finds serious or critical (WCAG 2.2 AA), a line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => r.violations)"
    )
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {json.dumps([n['target'] for n in one['nodes']][:3])}" for one in grave]


def settled_colour(page: Page, selector: str, wanted: tuple[int, ...] | None = None) -> tuple[int, ...]:
    """Red, green and blue of the upper edge of an element, as it is on the screen: as soon as it is `wanted`, or does not change."""
    page.bring_to_front()
    found: tuple[int, ...] = ()
    for _ in range(60):
        before, found = found, _colour(page, selector)
        if found == wanted or (wanted is None and found == before):
            break
        page.wait_for_timeout(100)
    return found


def _colour(page: Page, selector: str) -> tuple[int, ...]:
    box = page.locator(selector).bounding_box()
    assert box is not None
    clip = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 4, "width": 1, "height": 1}
    return _pixel(page.screenshot(clip=clip, full_page=True))  # type: ignore[arg-type]


def _pixel(png: bytes) -> tuple[int, ...]:
    """The colour of a PNG of one pixel."""
    at, data = 8, b""
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    return tuple(zlib.decompress(data)[1:4])
