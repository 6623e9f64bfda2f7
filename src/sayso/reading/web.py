"""Articles by address. Guards: http and https only, few redirects, a limit of size and of time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx

from sayso.errors import TooMuchInput, UnreadableInput

LIMIT_BYTES = 10_000_000
LIMIT_SECONDS = 30.0
REDIRECTS = 5
AGENT = "sayso (news coder)"


class Fetched(NamedTuple):
    """`url` is where the redirects ended; `kind` the media type and `charset` what the header says, if anything."""

    data: bytes
    url: str
    kind: str
    charset: str | None


def is_url(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def fetch(url: str, *, client: httpx.Client | None = None) -> Fetched:
    """What stands at an address. Raises UnreadableInput where it cannot be had, TooMuchInput over a limit."""
    # fetching is rare and its library slow to load
    import httpx

    if client is not None:
        return _follow(client, url)
    with httpx.Client(timeout=httpx.Timeout(15.0, connect=10.0), headers={"user-agent": AGENT}) as own:
        return _follow(own, url)


def _follow(client: httpx.Client, url: str) -> Fetched:
    import httpx

    deadline = time.monotonic() + LIMIT_SECONDS
    target = _checked(url, url)
    try:
        at = httpx.URL(target)
        for _ in range(REDIRECTS + 1):
            with client.stream("GET", at, follow_redirects=False) as answer:
                if not answer.has_redirect_location:
                    return _take(answer, url, deadline)
                at = httpx.URL(_checked(str(at.join(answer.headers["location"])), url))
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise UnreadableInput(url, f"cannot be fetched: {str(error)[:150] or type(error).__name__}") from error
    raise UnreadableInput(url, f"more than {REDIRECTS} redirects")


def _take(answer: httpx.Response, url: str, deadline: float) -> Fetched:
    if answer.status_code != 200:
        raise UnreadableInput(url, f"the server answered {answer.status_code}")
    data = bytearray()
    for chunk in answer.iter_bytes():
        data += chunk
        if len(data) > LIMIT_BYTES:
            raise TooMuchInput(url, f"more than {LIMIT_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise TooMuchInput(url, f"took longer than {LIMIT_SECONDS:.0f} seconds")
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    return Fetched(bytes(data), str(answer.url), kind, answer.charset_encoding)


def _checked(target: str, url: str) -> str:
    try:
        parts = urlsplit(target)
        allowed = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        allowed = False
    if not allowed:
        raise UnreadableInput(
            url, "not an http or https address" if target == url else "redirected to something that is not http"
        )
    return target
