"""What stands at an address. Guards: http and https only, few redirects, a limit of size after unpacking and of time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    import httpx

from sayso.errors import NotFetched, TooMuchInput
from sayso.reading.backoff import retry_after

LIMIT_BYTES = 10_000_000
LIMIT_SECONDS = 30.0
REDIRECTS = 5
AGENT = "sayso (news coder)"
PASSING = (408, 425, 429)
"""Answers that, as all from 500 on, may be others a while later (RFC 9110 15.5, RFC 6585 4)."""


PACKINGS = ("", "identity", "gzip", "deflate")
"""Of a body. One inside another, which httpx would unpack, can hold a million times its size."""
ASKED_PACKING = {"accept-encoding": "gzip, deflate"}
SPENT = "sayso.spent"
"""The extension of a request that tells its client how many seconds of the fetch are over."""
LONGEST_VALIDATOR = 500

Before = Callable[[str], None]
"""Is told each address before it is asked, those of redirects too; raises NotFetched to have it left alone."""


class Limits(NamedTuple):
    """Of one fetch: bytes after unpacking, seconds and redirects in all."""

    bytes: int = LIMIT_BYTES
    seconds: float = LIMIT_SECONDS
    redirects: int = REDIRECTS


class Validators(NamedTuple):
    """By which a server knows what we had of it: ETag and Last-Modified (RFC 9110 8.8), as it gave them."""

    etag: str | None = None
    modified: str | None = None


USUAL = Limits()
NONE = Validators()


class Fetched(NamedTuple):
    """`url` is where the redirects ended; `kind` the media type and `charset` what the header says, if anything.

    `unchanged`: the server says that it is what it was when it gave the validators that it was asked with; there is no data then.
    """

    data: bytes
    url: str
    kind: str
    charset: str | None
    validators: Validators = NONE
    unchanged: bool = False


def is_url(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def joined(base: str, given: str) -> str | None:
    """The address that a page or feed at `base` gives, if it is one of the web."""
    try:
        found = urljoin(base, given.strip())
    except ValueError:
        return None
    return found if given.strip() and is_url(found) and found.isprintable() else None


def agent(contact: str | None = None) -> str:
    """The User-Agent; `contact`: an address of the web or of mail where who is visited may complain."""
    return AGENT if contact is None else f"{AGENT[:-1]}; +{contact})"


def fetch(
    url: str,
    *,
    client: httpx.Client | None = None,
    since: Validators = NONE,
    limits: Limits = USUAL,
    before: Before | None = None,
) -> Fetched:
    """What stands at an address, or that it is what it was `since`. Raises NotFetched, or TooMuchInput over a limit."""
    # fetching is rare and its library slow to load
    import httpx

    if client is not None:
        return _follow(client, url, since, limits, before)
    with httpx.Client(timeout=httpx.Timeout(15.0, connect=10.0), headers={"user-agent": AGENT}) as own:
        return _follow(own, url, since, limits, before)


def _follow(client: httpx.Client, url: str, since: Validators, limits: Limits, before: Before | None) -> Fetched:
    import httpx

    spent, headers = 0.0, {**ASKED_PACKING, **_conditions(since)}
    target = _checked(url, url)
    try:
        at = httpx.URL(target)
        for _ in range(limits.redirects + 1):
            if before is not None:
                before(str(at))
            began = time.monotonic()
            with client.stream("GET", at, headers=headers, follow_redirects=False, extensions={SPENT: spent}) as answer:
                if not answer.has_redirect_location:
                    return _take(answer, url, limits, began + limits.seconds - spent)
                at = httpx.URL(_checked(str(at.join(answer.headers["location"])), url))
            spent += time.monotonic() - began
            if spent > limits.seconds:
                raise TooMuchInput(url, f"took longer than {limits.seconds:.0f} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        reason = f"cannot be fetched: {str(error)[:150] or type(error).__name__}"
        raise NotFetched(url, reason, "network") from error
    raise NotFetched(url, f"more than {limits.redirects} redirects", "redirects", lasting=True)


def _conditions(since: Validators) -> dict[str, str]:
    named = {"if-none-match": since.etag, "if-modified-since": since.modified}
    return {name: value for name, value in named.items() if value}


def _take(answer: httpx.Response, url: str, limits: Limits, deadline: float) -> Fetched:
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    given = Validators(_validator(answer.headers.get("etag")), _validator(answer.headers.get("last-modified")))
    if answer.status_code == 304:
        return Fetched(b"", str(answer.url), kind, None, given, unchanged=True)
    if answer.status_code != 200:
        raise _refusal(answer, url)
    if answer.headers.get("content-encoding", "").strip().lower() not in PACKINGS:
        raise NotFetched(url, "its answer is packed in a way that is not unpacked here", "answer", lasting=True)
    data = bytearray()
    for chunk in answer.iter_bytes():
        data += chunk
        if len(data) > limits.bytes:
            raise TooMuchInput(url, f"more than {limits.bytes:,} bytes")
        if time.monotonic() > deadline:
            raise TooMuchInput(url, f"took longer than {limits.seconds:.0f} seconds")
    return Fetched(bytes(data), str(answer.url), kind, answer.charset_encoding, given)


def _refusal(answer: httpx.Response, url: str) -> NotFetched:
    status = answer.status_code
    passing = status >= 500 or status in PASSING
    wait = retry_after(answer.headers.get("retry-after"), time.time()) if passing else None
    return NotFetched(url, f"the server answered {status}", "answer", status=status, wait=wait, lasting=not passing)


def _validator(value: str | None) -> str | None:
    """As it may be sent back: anything else would spoil the next request."""
    sound = value and len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if sound else None


def _checked(target: str, url: str) -> str:
    try:
        parts = urlsplit(target)
        allowed = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        allowed = False
    if allowed:
        return target
    if target == url:
        raise NotFetched(url, "not an http or https address", "address", lasting=True)
    raise NotFetched(url, "redirected to something that is not http", "redirects", lasting=True)
