"""A client for addresses that somebody else has chosen: it reaches hosts of the public internet and nothing else.

A name is looked up once, in bounded time; every address that it has is checked; and the connection goes to one of those that were, so that
a name which leads elsewhere the next moment gains nothing. `Host`, SNI and the check of the certificate keep the name.
Each redirect is a request of its own (see `web.fetch`) and is checked like the first. No proxy is used.

Sources: OWASP's cheat sheet on server-side request forgery; C. Jackson et al., Protecting Browsers from DNS Rebinding (2007).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from sayso.reading.addresses import is_public
from sayso.reading.connecting import Backend, Refused
from sayso.reading.lookups import Resolver, system
from sayso.reading.web import AGENT, LIMIT_SECONDS, SPENT

PORTS = (80, 443)


def guarded_client(
    *,
    resolve: Resolver | None = None,
    is_allowed: Callable[[str], bool] = is_public,
    ports: Collection[int] | None = PORTS,
    verify: ssl.SSLContext | None = None,
    seconds: float = LIMIT_SECONDS,
    agent: str = AGENT,
) -> httpx.Client:
    """A client for any number of `fetch`es in one thread: all of each, redirects too, must be done within `seconds`.

    `is_allowed` says of an address whether it may be asked, `resolve` which addresses a name has (None: as the system says).
    `ports`: those that are asked; None: any.
    """
    backend = Backend(resolve or system, is_allowed, ports)
    timeout = httpx.Timeout(15.0, connect=10.0)
    transport = _Transport(backend, verify or httpx.create_ssl_context(), seconds)
    return httpx.Client(transport=transport, trust_env=False, headers={"user-agent": agent}, timeout=timeout)


class _Transport(httpx.BaseTransport):
    """httpx over the guarded backend; every request has a connection of its own."""

    def __init__(self, backend: Backend, context: ssl.SSLContext, seconds: float) -> None:
        self._backend, self._seconds = backend, seconds
        self._pool = httpcore.ConnectionPool(ssl_context=context, max_keepalive_connections=0, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.userinfo:
            raise Refused("an address with a user's name or password in it is not asked")
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        asked = httpcore.Request(
            request.method, target, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        self._backend.until = time.monotonic() + self._seconds - request.extensions.get(SPENT, 0.0)
        with _in_words():
            answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _in_words():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _in_words() -> Iterator[None]:
    """What httpcore raises, as httpx's errors, in words for who pasted the address."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout("the host did not answer in time") from error
    except httpcore.ConnectError as error:
        cause = error.args[0] if error.args else None  # httpcore gives the system's error on so
        if isinstance(cause, ssl.SSLCertVerificationError):
            raise httpx.ConnectError(f"its certificate is not good: {cause.verify_message}") from error
        reason = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(error)
        raise httpx.ConnectError(f"no connection to its host ({reason}); is there a network?") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.ReadError(f"the connection broke ({error})") from error
