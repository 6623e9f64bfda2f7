"""`sayso desk`: the desk, served on this machine."""

from __future__ import annotations

import errno
import ipaddress
import logging
import secrets
import socket
import sys
import webbrowser
from threading import Timer
from typing import NamedTuple

import uvicorn

from sayso.cli.labouring import opened
from sayso.cli.streams import one_line, report_error, set_up_logging
from sayso.desk import Settings, assets, create_app
from sayso.desk.settings import LOOPBACK
from sayso.errors import LedgerError
from sayso.ledger.database import reading
from sayso.ledger.people.accounts import can_sign_in

LOG = logging.getLogger(__name__)
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # what is refused without a name
PATIENCE = 3
"""Seconds that requests under way have when the desk is stopped."""


class Choice(NamedTuple):
    """What was asked for on the command line."""

    url: str | None
    host: str
    port: int
    team: bool
    https: bool
    hosts: tuple[str, ...]
    show: bool
    debug: bool


def desk(choice: Choice) -> int:
    """Serve until stopped; 1 where it cannot be served so, else 0."""
    set_up_logging(choice.debug)
    hosts = (*LOOPBACK, *_names(choice))
    _check(choice)
    if not assets.manifest():
        LOG.warning("the desk's scripts are not built (`make desk`, which needs Node): its pages work, without the map")
    link = None if choice.team else secrets.token_urlsafe(32)
    app = create_app(Settings(ledger=choice.url, team=choice.team, hosts=hosts, https=choice.https, link=link))
    try:
        listening = _listening(choice.host, choice.port)
    except OSError as error:
        report_error(_why(choice, error))
        return 1
    with listening:
        own = listening.getsockname()[1]
        address = _address(choice, own)
        proxied = _at(choice.host, own) if address.startswith("https:") else None
        _tell(choice, f"{address}/enter?key={link}" if link else address, proxied)
        _serve(choice, app, listening)
    return 0


def _check(choice: Choice) -> None:
    """Raises LedgerError where it would let in whom it should not, or nobody."""
    if not choice.team and not _is_loopback(choice.host):
        raise LedgerError(
            f"--host {choice.host}: others could reach a desk that is for one person; with --team they sign in"
        )
    if choice.team:
        with opened(choice.url, choice.debug) as ledger, reading(ledger.engine) as connection:
            if not can_sign_in(connection):
                raise LedgerError(
                    f"{ledger.name}: nobody could sign in; make an account first: sayso user add NAME --role admin"
                )
        if not choice.https and not _is_loopback(choice.host):
            LOG.warning(
                "passwords travel readable for all on the way; put a proxy that speaks HTTPS before it, and --behind-https"
            )


def _names(choice: Choice) -> tuple[str, ...]:
    """By which the desk is asked for. Raises LedgerError where there are none, or any would do."""
    for one in choice.hosts:
        if not one or set(one) & set("*/@: \t"):
            raise LedgerError(f"--hosts {one}: give a name as browsers ask for it, such as desk.example.org")
    if choice.host not in EVERYWHERE:
        return (*choice.hosts, choice.host)
    if not choice.hosts:
        raise LedgerError(f"--host {choice.host}: say by what name browsers will ask for it: --hosts desk.example.org")
    return choice.hosts


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(where[:2], family=family, backlog=128)


def _why(choice: Choice, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {choice.port} is in use already; take another one: --port N, or --port 0 for any that is free"
    if error.errno == errno.EACCES:
        return f"port {choice.port}: only the system's administrator may listen there; take one above 1023"
    return f"--host {choice.host} --port {choice.port}: {error.strerror or error}"


def _address(choice: Choice, port: int) -> str:
    """As one on this machine asks for it, or by the name that was given."""
    if choice.https and choice.hosts:
        return f"https://{choice.hosts[0]}"
    host = choice.hosts[0] if choice.host in EVERYWHERE else choice.host
    return _at(host, port)


def _at(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _tell(choice: Choice, address: str, proxied: str | None) -> None:
    """`proxied`: where the proxy asks, if that is another address than people's."""
    what = "People sign in at" if choice.team else "Open this link; it lets one browser in, once:"
    sys.stderr.write(f"{what} {one_line(address)}\n")
    if proxied:
        sys.stderr.write(f"The proxy passes it on to {one_line(proxied)}\n")
    sys.stderr.write("Ctrl+C stops the desk.\n")
    sys.stderr.flush()
    if choice.show:
        timer = Timer(0.5, webbrowser.open, [address])
        timer.daemon = True
        timer.start()


def _serve(choice: Choice, app: object, listening: socket.socket) -> None:
    """Addresses are never logged: one of them has the link's secret. Who speaks for another is believed on this machine alone."""
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_level="info" if choice.debug else "warning",
        access_log=False,
        server_header=False,
        proxy_headers=choice.https,
        forwarded_allow_ips=["127.0.0.1", "::1"],
        timeout_graceful_shutdown=PATIENCE,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:  # raised again by uvicorn once it has stopped in good order
        LOG.debug("stopped by Ctrl+C")
