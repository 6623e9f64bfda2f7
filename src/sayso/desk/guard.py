"""What stands before every page: headers that forbid what no page needs, and refusal of what another site makes a browser send.

Sources: W3C CSP Level 3; W3C Fetch Metadata (Sec-Fetch-Site); OWASP's cheat sheet on cross-site request forgery.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


class Guard:
    """ASGI middleware. Bodies over `most` bytes are refused before they are read; pages are never cached by others."""

    def __init__(self, app: ASGIApp, *, most: int, https: bool) -> None:
        self.app = app
        self.most = most
        self.extra = {"strict-transport-security": "max-age=31536000"} if https else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope["method"], headers)
        if refused is not None:
            status, words = refused
            await PlainTextResponse(words, status)(scope, receive, self._sender(scope, send))
            return
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most:
                raise BodyTooLarge
            return message

        sender = self._sender(scope, send)
        try:
            await self.app(scope, bounded, sender)
        except BodyTooLarge:
            await PlainTextResponse(f"More than {self.most:,} bytes are not taken.", 413)(scope, receive, sender)

    def _refused(self, method: str, headers: Headers) -> tuple[int, str] | None:
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return 400, "No such length."
        if int(length) > self.most:
            return 413, f"More than {self.most:,} bytes are not taken."
        if method not in SAFE and not headers.get("authorization", "").lower().startswith("bearer "):
            if not is_own(headers):
                return 403, "Another site made your browser send this; it was not done."
        return None

    def _sender(self, scope: Scope, send: Send) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in {**HEADERS, **self.extra}.items():
                    given.setdefault(name, value)
                if not scope["path"].startswith("/assets/"):
                    given.setdefault("cache-control", "no-store")
            await send(message)

        return with_headers


class BodyTooLarge(Exception):
    """A body turned out longer than is taken."""


def is_own(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of the desk, or from no browser at all.

    Every browser of today says so in Sec-Fetch-Site; an older one in Origin. A program sends neither.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
