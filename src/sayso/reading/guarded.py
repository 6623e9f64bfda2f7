"""A client for addresses that somebody else has chosen: it reaches hosts of the public internet and nothing else.

A name is looked up once; every address that it has is checked; and the connection goes to one of those that were, so that
a name which leads elsewhere the next moment gains nothing. `Host`, SNI and the check of the certificate keep the name.
Each redirect is a request of its own (see `web.fetch`) and is checked like the first. No proxy is used.

Sources: OWASP's cheat sheet on server-side request forgery; C. Jackson et al., Protecting Browsers from DNS Rebinding (2007).
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from sayso.reading.addresses import is_public, literal
from sayso.reading.web import AGENT, LIMIT_SECONDS, SPENT

Resolver = Callable[[str, int], Sequence[str]]
"""The addresses of a name, for a port. Raises socket.gaierror where there are none."""

PORTS = (80, 443)


class Refused(httpx.TransportError):
    """What is not asked, and why."""


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
    backend = _Backend(resolve or system, is_allowed, ports)
    timeout = httpx.Timeout(15.0, connect=10.0)
    transport = _Transport(backend, verify or httpx.create_ssl_context(), seconds)
    return httpx.Client(transport=transport, trust_env=False, headers={"user-agent": agent}, timeout=timeout)


def system(host: str, port: int) -> list[str]:
    """The addresses as the operating system knows them, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that it has checked. `until`: the moment when the request must be done."""

    def __init__(self, resolve: Resolver, is_allowed: Callable[[str], bool], ports: Collection[int] | None) -> None:
        self._resolve, self._is_allowed, self._ports = resolve, is_allowed, ports
        self._inner = httpcore.SyncBackend()
        self.until = 0.0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if self._ports is not None and port not in self._ports:
            raise Refused(f"port {port} is not asked, only {' and '.join(map(str, self._ports))}")
        failed: Exception | None = None
        for address in self._checked(host, port):
            try:
                left = _left(self.until, timeout)
                return _Bounded(self._inner.connect_tcp(address, port, left, local_address, socket_options), self.until)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed or Refused("its host has no address")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        """The host's addresses, if all of them may be asked. Errors do not tell them: names of an inner network are its own."""
        try:
            own = literal(host)
        except ValueError as error:
            raise Refused(str(error)) from error
        try:
            found = [own] if own is not None else list(self._resolve(host, port))
        except socket.gaierror as error:
            unknown = error.errno == socket.EAI_NONAME
            words = "there is no host of this name" if unknown else "its host cannot be looked up; is there a network?"
            raise Refused(words) from error
        except (OSError, UnicodeError) as error:
            raise Refused("its host cannot be looked up") from error
        if not all(self._is_allowed(address) for address in found):
            raise Refused("its host is not on the public internet, and only what is there is asked")
        return found


class _Bounded(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly the other side talks."""

    def __init__(self, inner: httpcore.NetworkStream, until: float) -> None:
        self._inner, self._until = inner, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._until, timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout)
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, left), self._until)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(until: float, timeout: float | None) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("all of it took too long")
    return left if timeout is None else min(left, timeout)


class _Transport(httpx.BaseTransport):
    """httpx over the guarded backend; every request has a connection of its own."""

    def __init__(self, backend: _Backend, context: ssl.SSLContext, seconds: float) -> None:
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
