"""Web servers on this machine that behave as a test wants, down to the bytes, and what feeds and pages of theirs hold."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest

HERE = "127.0.0.1"
FILLER = "The governor said that the road to the capital would stay closed until the soldiers had searched the houses beside it."


class Asked(NamedTuple):
    path: str
    headers: dict[str, str]


Act = Callable[[BaseHTTPRequestHandler], None]
"""Answers a request."""


class Site:
    """What stands at each path. `asked`: the requests so far."""

    def __init__(self) -> None:
        self.acts: dict[str, Act] = {}
        self.asked: list[Asked] = []
        self.root = ""

    def at(self, path: str) -> str:
        return self.root + path

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    def give(
        self, path: str, body: str | bytes = b"", kind: str | None = "text/html", status: int = 200, **headers: str
    ) -> None:
        """`headers` with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.acts[path] = lambda handler: answer(handler, data, kind, status, told)

    def act(self, path: str, act: Act) -> None:
        self.acts[path] = act


def answer(
    handler: BaseHTTPRequestHandler,
    data: bytes,
    kind: str | None,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> None:
    handler.send_response(status)
    if kind is not None:
        handler.send_header("Content-Type", kind)
    for name, value in {"Content-Length": str(len(data)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


@contextmanager
def serving() -> Iterator[Site]:
    """A site; what it was not given is not there (404)."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
            with suppress(OSError):  # whoever asked has gone
                site.acts.get(self.path, lambda one: answer(one, b"", None, 404))(self)

        def log_message(self, *given: object) -> None:
            pass

    with ThreadingHTTPServer((HERE, 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        site.root = f"http://{HERE}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield site
        server.shutdown()
        thread.join(5)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def other() -> Iterator[Site]:
    """Another host: it differs by its port."""
    with serving() as made:
        yield made


def page(title: str, words: str = "", head: str = "") -> str:
    """A web page with a report."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>"
        f"<p>Police shot dead two miners in Oruro on Friday, officials said. {words}</p><p>{FILLER}</p></article></body></html>"
    )


def rss(*items: str, head: str = "<title>The Oruro Post</title><language>en</language>") -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        f"xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{head}{''.join(items)}</channel></rss>"
    )


def item(number: int | str, link: str, more: str = "") -> str:
    return f"<item><title>Story {number}</title><link>{link}</link><guid isPermaLink='false'>story-{number}</guid>{more}</item>"
