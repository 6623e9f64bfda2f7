"""Addresses that strangers paste lead to the public internet and nowhere else, whatever they are called and whatever they turn into."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import TooMuchInput, UnreadableInput
from sayso.reading import connecting, lookups, open_articles
from sayso.reading.addresses import is_public, literal
from sayso.reading.guarded import guarded_client
from sayso.reading.web import Fetched, fetch
from sayso.records import Article

HERE = "127.0.0.1"
PUBLIC = "93.184.215.14"
STORY = "<html><head><title>Two dead</title></head><body><article><p>Police shot dead two miners in Oruro on Friday, officials said.</p></article></body></html>"

OWN = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192"),
    *("192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.251", "239.1.1.1", "240.0.0.1"),
    *("255.255.255.255", "192.88.99.1"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1", "::127.0.0.1", "::ffff:0:127.0.0.1"),
    *("2002:7f00:1::", "2002:a9fe:a9fe::1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"),
    *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "100::1", "3fff::1", "5f00::1", "4000::1"),
]
ODD = [
    *("2130706433", "0x7f000001", "0x7f.1", "127.1", "127.0.1", "017700000001", "0177.0.0.1", "127.0.0.01"),
    *("0x7f.0x0.0x0.0x1", "127.0.0.1.", "1.2.3", "256.256.256.256", "127.0.0.1.5", "0x", "99999999999"),
]  # fmt: skip


PLAIN = ssl.create_default_context()
"""Made once: it takes its time."""


def never(host: str, port: int) -> Sequence[str]:
    raise AssertionError(f"{host} was looked up")


def leads(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    return lambda host, port: addresses


def refusal(url: str, **given: Any) -> str:
    with guarded_client(**{"verify": PLAIN, **given}) as client, pytest.raises(UnreadableInput) as found:
        fetch(url, client=client)
    return found.value.reason


@pytest.fixture(autouse=True)
def _no_connection(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """But to this machine's own loopback nothing is connected to, so that a hole shows and does no harm."""
    connect = socket.create_connection

    def only_here(address: tuple[str, int], *given: Any, **named: Any) -> socket.socket:
        assert address[0] == HERE, address
        assert {"server", "secure"} & set(request.fixturenames), address
        return connect(address, *given, **named)

    monkeypatch.setattr(socket, "create_connection", only_here)


# Addresses


@pytest.mark.parametrize("address", OWN)
def test_an_address_of_an_own_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [PUBLIC, "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"],
)
def test_an_address_of_the_public_internet_is(address: str) -> None:
    assert is_public(address)


@given(st.integers(0, 2**32 - 1).map(IPv4Address) | st.integers(0, 2**128 - 1).map(IPv6Address))
def test_what_python_holds_for_private_is_never_public(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        is_translated = isinstance(address, IPv6Address) and (
            address.ipv4_mapped or int(address) >> 32 == 0x64FF9B << 64
        )
        assert is_translated or not is_public(str(address))


@given(st.sampled_from([one for one in OWN if ":" not in one]).map(IPv4Address))
def test_no_dress_makes_an_own_address_public(address: IPv4Address) -> None:
    for dressed in (f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}", f"64:ff9b:1::{address}"):
        assert not is_public(dressed)
        assert not is_public(ip_address(dressed).exploded)
    high, low = divmod(int(address), 2**16)
    assert not is_public(f"2002:{high:x}:{low:x}::1")


# Spellings


@pytest.mark.parametrize("host", [one for one in ODD if not one.endswith(".")])
def test_an_address_in_an_odd_spelling_is_refused_before_anything_is_looked_up(host: str) -> None:
    reason = refusal(f"http://{host}/", resolve=never)
    assert "usual spelling" in reason or "Invalid IPv4 address" in reason


NUMBERS = st.sampled_from(["{}", "0{:o}", "0x{:x}", "0X{:X}", "00{:o}", "0x0{:x}"])


@given(
    st.sampled_from([one for one in OWN if ":" not in one]),
    st.lists(NUMBERS, min_size=4, max_size=4),
    st.integers(1, 4),
    st.text(".", max_size=2),
)
def test_however_an_own_address_is_written_it_is_not_reached(
    address: str, forms: list[str], parts: int, dots: str
) -> None:
    """inet_aton's spellings: each part decimal, octal or hexadecimal, the last one holding what is left."""
    packed = IPv4Address(address).packed
    numbers = [*packed[: parts - 1], int.from_bytes(packed[parts - 1 :], "big")]
    host = ".".join(form.format(number) for form, number in zip(forms, numbers, strict=False)) + dots
    try:
        with guarded_client(resolve=never, verify=PLAIN) as client:
            fetch(f"http://{host}/", client=client)
    except UnreadableInput:
        return
    raise AssertionError(host)


@given(st.text(max_size=40))
def test_any_host_is_a_name_an_address_or_refused(host: str) -> None:
    try:
        found = literal(host)
    except ValueError:
        return
    assert found is None or str(ip_address(found)) == found


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1/", "not on the public internet"),
        ("http://127.0.0.1./", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("http://[::ffff:169.254.169.254]/latest/meta-data/", "not on the public internet"),
        ("http://[64:ff9b::7f00:1]/", "not on the public internet"),
        ("http://[fe80::1%25eth0]/", "not on the public internet"),
        ("http://１２７.0.0.1/", "cannot be fetched"),
        ("http://①②⑦.⓪.⓪.①/", "cannot be fetched"),
        ("http://127。0。0。1/", "cannot be fetched"),
        ("http://public.example@127.0.0.1/", "user's name"),
        ("http://public.example:x@127.0.0.1/", "user's name"),
        ("http://127.0.0.1\\@public.example/", "cannot be fetched"),
        ("http://public.example:22/", "port 22"),
        ("http://public.example:6379/", "port 6379"),
        ("https://public.example:8443/", "port 8443"),
        ("http://public.example:0/", "cannot be fetched"),
        ("file:///etc/passwd", "not an http"),
        ("gopher://public.example/", "not an http"),
        ("http:///etc/passwd", "not an http"),
    ],
)
def test_a_hostile_address_is_refused(url: str, words: str) -> None:
    assert words in refusal(url, resolve=leads(HERE))


# Names


@pytest.mark.parametrize("address", OWN)
def test_a_name_that_leads_into_an_own_network_is_refused(address: str) -> None:
    for addresses in ([address], [PUBLIC, address], [address, PUBLIC]):
        assert "not on the public internet" in refusal("http://news.example/", resolve=leads(*addresses))


def test_the_error_does_not_tell_where_an_inner_name_leads() -> None:
    assert "10.1.2.3" not in refusal("http://wiki.corp/", resolve=leads("10.1.2.3"))


def test_a_name_that_is_not_looked_up_in_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the system waits for its resolvers; and as soon as it answers, others are looked up again."""
    let = threading.Event()

    def slow(host: str, port: int) -> Sequence[str]:
        let.wait(30)
        return [PUBLIC]

    monkeypatch.setattr(connecting, "SECONDS", 0.2)
    began = time.monotonic()
    assert "could not be looked up in time" in refusal("http://news.example/", resolve=slow)
    assert time.monotonic() - began < 5
    let.set()


def test_look_ups_that_nobody_waits_for_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """And each gives back its turn when it ends."""
    monkeypatch.setattr(lookups, "_turns", threading.BoundedSemaphore(2))
    let, ended = threading.Event(), threading.Semaphore(0)

    def slow(host: str, port: int) -> Sequence[str]:
        let.wait(30)
        ended.release()
        return [PUBLIC]

    for _ in range(2):
        with pytest.raises(TimeoutError, match="in time"):
            lookups.looked_up(slow, "a.example", 80, 0.05)
    with pytest.raises(TimeoutError, match="too many"):
        lookups.looked_up(leads(PUBLIC), "b.example", 80, 0.05)
    let.set()
    for _ in range(2):
        assert ended.acquire(timeout=10)
    assert lookups.looked_up(leads(PUBLIC), "b.example", 80, 10) == [PUBLIC]


def test_where_names_cannot_be_looked_up_the_error_says_so_in_words() -> None:
    def offline(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert "is there a network?" in refusal("http://news.example/", resolve=offline)
    assert "no host of this name" in refusal("http://news.example/", resolve=unknown)
    assert "no address" in refusal("http://news.example/", resolve=leads())


# A real server on this machine, which the tests alone may reach


class Site(BaseHTTPRequestHandler):
    """Paths say what it answers: /to/ADDRESS redirects."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        type(self).asked.append((self.headers["host"], self.path))
        if self.path.startswith("/to/"):
            self._answer(302, {"location": self.path.removeprefix("/to/")})
        elif self.path == "/bomb":
            self._answer(200, {"content-encoding": "gzip, gzip"}, gzip.compress(gzip.compress(bytes(100_000))))
        elif self.path == "/drip":
            self.send_response(200)
            while True:
                self.wfile.write(b"x-more: y\r\n")
                time.sleep(0.05)
        else:
            self._answer(200, {"content-type": "text/html"}, STORY.encode())

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: Any) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *given: Any) -> None:
        """A client that leaves early is what these tests are about."""


def _serving(context: ssl.SSLContext | None) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    site = type("Site", (Site,), {"asked": []})
    with Quiet((HERE, 0), site) as made:
        if context is not None:
            made.socket = context.wrap_socket(made.socket, server_side=True)
        thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield made.server_address[1], site.asked  # type: ignore[attr-defined]
        made.shutdown()
        thread.join(5)


@pytest.fixture
def server() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Its port, and what it was asked: host and path."""
    yield from _serving(None)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For news.example alone, signed by itself; with its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl to make a certificate with")
    made = tmp_path_factory.mktemp("tls") / "both.pem"
    command = [program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
               "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example", "-keyout", str(made), "-out", str(made) + ".crt"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    made.write_text(made.read_text() + Path(f"{made}.crt").read_text())
    return made


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    yield from _serving(context)


def here(address: str) -> bool:
    return address == HERE


def got(url: str, port: int, **given: Any) -> Fetched:
    options = {"resolve": leads(HERE), "is_allowed": here, "ports": (port,), **given}
    with guarded_client(**options) as client:
        return fetch(url, client=client)


Server = tuple[int, list[tuple[str, str]]]


def test_a_page_is_fetched_from_the_address_that_was_checked_under_its_name(server: Server) -> None:
    port, asked = server
    page = got(f"http://news.example:{port}/story", port)
    assert (page.kind, page.url) == ("text/html", f"http://news.example:{port}/story")
    assert asked == [(f"news.example:{port}", "/story")]


def test_its_article_is_read(server: Server) -> None:
    port, _ = server
    with guarded_client(resolve=leads(HERE), is_allowed=here, ports=(port,)) as client:
        (found,) = open_articles(f"http://news.example:{port}/story", client=client)
    assert isinstance(found, Article), found
    assert (found.title, found.source) == ("Two dead", f"http://news.example:{port}/story")


def test_a_name_that_leads_elsewhere_the_next_moment_gains_nothing(server: Server) -> None:
    """DNS rebinding: what is connected to is the address that was checked; the name is looked up once a request."""
    port, asked = server
    answers = [[HERE], ["10.0.0.1"]]
    options = {"is_allowed": here, "ports": (port,), "resolve": lambda host, port: answers.pop(0)}
    assert got(f"http://news.example:{port}/one", port, **options).data
    assert len(answers) == 1
    answers.insert(0, [HERE])
    assert "not on the public" in refusal(f"http://news.example:{port}/to/http://news.example:{port}/two", **options)
    assert [path for _, path in asked] == ["/one", f"/to/http://news.example:{port}/two"]


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1:{port}/", "http://inner.example:{port}/", "//inner.example:{port}/", "http://[::1]:{port}/",
     "http://169.254.169.254/latest/", "http://2130706433:{port}/", "http://u:p@news.example:{port}/", "http://news.example:1/"],
)  # fmt: skip
def test_each_redirect_is_checked_like_the_first_address(server: Server, target: str) -> None:
    port, asked = server
    table = {"news.example": [HERE], "inner.example": ["192.168.0.1"]}
    url = f"http://news.example:{port}/to/{target.format(port=port)}"
    refusal(url, resolve=lambda host, port: table[host], is_allowed=here, ports=(port,))
    assert len(asked) == 1


def test_a_redirect_to_what_may_be_asked_is_followed(server: Server) -> None:
    port, _ = server
    page = got(f"http://news.example:{port}/to/http://other.example:{port}/story", port)
    assert page.url == f"http://other.example:{port}/story"


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    port, asked = server
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{HERE}:{port}")
    assert "not on the public internet" in refusal("http://news.example/", resolve=leads("10.0.0.1"))
    assert asked == []


def test_a_body_packed_twice_is_not_unpacked(server: Server) -> None:
    port, _ = server
    with pytest.raises(UnreadableInput, match="packed"):
        got(f"http://news.example:{port}/bomb", port)


def test_who_talks_slowly_without_end_is_left(server: Server) -> None:
    port, _ = server
    began = time.monotonic()
    with pytest.raises((UnreadableInput, TooMuchInput)):
        got(f"http://news.example:{port}/drip", port, seconds=0.5)
    assert time.monotonic() - began < 5


def test_where_nobody_listens_the_error_is_in_words() -> None:
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        port = taken.getsockname()[1]

        def closed(*given: Any, **named: Any) -> None:
            raise ConnectionRefusedError(111, "Connection refused")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "create_connection", closed)
            words = refusal(f"http://news.example:{port}/", resolve=leads(HERE), is_allowed=here, ports=(port,))
    assert words == "cannot be fetched: no connection to its host (Connection refused); is there a network?"


def test_the_certificate_is_checked_for_the_name_though_a_number_is_connected_to(
    secure: Server, certificate: Path
) -> None:
    port, asked = secure
    trusted = ssl.create_default_context(cafile=f"{certificate}.crt")
    assert got(f"https://news.example:{port}/story", port, verify=trusted).kind == "text/html"
    with pytest.raises(UnreadableInput, match=r"certificate is not good.*other\.example"):
        got(f"https://other.example:{port}/story", port, verify=trusted)
    with pytest.raises(UnreadableInput, match="certificate is not good"):
        got(f"https://news.example:{port}/story", port)
    assert asked == [(f"news.example:{port}", "/story")]


def test_the_command_line_reaches_what_it_reached_before(server: Server) -> None:
    """Who types an address on his own machine may mean his own network."""
    port, _ = server
    assert fetch(f"http://{HERE}:{port}/story").kind == "text/html"
    with httpx.Client() as own:
        assert fetch(f"http://{HERE}:{port}/story", client=own).data == STORY.encode()
