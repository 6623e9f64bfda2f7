"""Connections to hosts of the public internet alone, each to an address that was checked, and done by a moment."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import httpcore
import httpx

from sayso.reading.addresses import literal
from sayso.reading.lookups import SECONDS, Resolver, looked_up


class Refused(httpx.TransportError):
    """What is not asked, and why."""


class Backend(httpcore.NetworkBackend):
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
            left = min(SECONDS, _left(self.until, None))
            found = [own] if own is not None else looked_up(self._resolve, host, port, left)
        except TimeoutError as error:
            raise Refused("its host could not be looked up in time") from error
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
