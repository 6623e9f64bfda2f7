"""What stands before every page: headers that forbid what no page needs, and refusal of what another site makes a browser send.

Sources: W3C CSP Level 3; W3C Fetch Metadata (Sec-Fetch-Site); OWASP's cheat sheet on cross-site request forgery; RFC 9110, 7.2 (Host).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.desk.api import problems
from sayso.desk.errors import DeskError, Forbidden, TooLarge

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
STRICT = {"strict-transport-security": "max-age=31536000"}
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
LONGEST = 18
"""Digits of a length."""


class Guard:
    """ASGI middleware. `hosts`: the names by which browsers may ask (another name may point here without being ours: DNS rebinding).

    Bodies over `most` bytes are refused, before they are read where their length is told. Pages are never cached by others.
    """

    def __init__(self, app: ASGIApp, *, most: int, https: bool, hosts: Iterable[str]) -> None:
        self.app = app
        self.most = most
        self.https = https
        self.hosts = frozenset(one.lower().strip("[]") for one in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sender = self._sender(scope, send)
        refused = self._refused(scope["method"], Headers(scope=scope))
        if refused is not None:
            await _told(scope, refused)(scope, receive, sender)
            return
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most:
                raise HTTPException(413, self._too_large())
            return message

        await self.app(scope, bounded, sender)

    def _refused(self, method: str, headers: Headers) -> DeskError | None:
        if host_of(headers.get("host", "")) not in self.hosts:
            return Misdirected("This desk is not known by that name. `sayso desk --hosts NAME` makes it so.")
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return DeskError("That is no length.")
        if len(length) > LONGEST or int(length) > self.most:
            return TooLarge(self._too_large())
        if method not in SAFE and not headers.get("authorization", "").lower().startswith("bearer "):
            if not is_own(headers, https=self.https):
                return Forbidden("Another site made your browser send this; it was not done.")
        return None

    def _too_large(self) -> str:
        return f"More than {self.most:,} bytes are not taken."

    def _sender(self, scope: Scope, send: Send) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message), scope["path"], https=self.https)
            await send(message)

        return with_headers


class Misdirected(DeskError):
    """Asked for by a name that is none of the desk's (RFC 9110, 15.5.20)."""

    status, title = 421, "Not this desk"


def protect(headers: MutableHeaders, path: str, *, https: bool) -> None:
    """Add what every answer has."""
    for name, value in {**HEADERS, **(STRICT if https else {})}.items():
        headers.setdefault(name, value)
    if not path.startswith("/assets/"):
        headers.setdefault("cache-control", "no-store")


def host_of(given: str) -> str:
    """The name in a Host header, without its port."""
    name = given.partition("]")[0] if given.startswith("[") else given.partition(":")[0]
    return name.lower().strip("[").removesuffix(".")


def is_own(headers: Headers, *, https: bool) -> bool:
    """Whether a request that changes something comes from a page of the desk, or from no browser at all.

    Every browser of today says so in Sec-Fetch-Site; an older one in Origin. A program sends neither.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.netloc == headers.get("host") and (parts.scheme == "https" or not https)


def _told(scope: Scope, error: DeskError) -> Response:
    if scope["path"].startswith("/api/"):
        return problems.response(Request(scope), error)
    return PlainTextResponse(str(error), error.status)
