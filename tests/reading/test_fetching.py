"""Whatever a server does, fetching from it ends soon, within bounds, with a page or with an error that names the address and the reason."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError, NotFetched, TooMuchInput
from sayso.reading import open_articles
from sayso.reading.backoff import DAY, Backoff, retry_after
from sayso.reading.guarded import guarded_client
from sayso.reading.web import Limits, Validators, agent, fetch
from sayso.records import Article
from sites import Site, page, site

__all__ = ["site"]
SMALL = Limits(bytes=200_000, seconds=1.0)


@pytest.fixture(params=["plain", "guarded"])
def client(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """As the command line fetches, and as the desk and the watch do."""
    if request.param == "plain":
        with httpx.Client() as made:
            yield made
    else:
        with guarded_client(is_allowed=lambda address: True, ports=None, seconds=SMALL.seconds) as made:
            yield made


def refused(url: str, client: httpx.Client) -> InputError:
    began = time.monotonic()
    with pytest.raises((NotFetched, TooMuchInput)) as found:
        fetch(url, client=client, limits=SMALL)
    assert time.monotonic() - began < 4
    assert found.value.name == url
    return found.value


def head(handler: BaseHTTPRequestHandler, **headers: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def test_a_body_that_drips_is_cut_off(site: Site, client: httpx.Client) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        head(handler)
        for _ in range(100):
            handler.wfile.write(b"<p>")
            time.sleep(0.1)

    site.act("/drip", drip)
    assert re.search("took longer than|did not answer in time", refused(site.at("/drip"), client).reason)


def test_a_head_that_drips_is_cut_off_by_the_guarded_client(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for number in range(100):
            handler.wfile.write(f"X-{number}: x\r\n".encode())
            time.sleep(0.1)

    site.act("/drip", drip)
    with guarded_client(is_allowed=lambda address: True, ports=None, seconds=0.5) as client:
        refused(site.at("/drip"), client)


def test_a_body_shorter_than_it_was_said_to_be_is_no_page(site: Site, client: httpx.Client) -> None:
    site.give("/cut", page("Cut"), Content_Length="100000")
    error = refused(site.at("/cut"), client)
    assert isinstance(error, NotFetched)
    assert (error.hindrance, error.lasting) == ("network", False)


def test_a_body_without_end_is_cut_off(site: Site, client: httpx.Client) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        head(handler)
        while True:
            handler.wfile.write(b"x" * 65536)

    site.act("/endless", endless)
    assert "more than 200,000 bytes" in refused(site.at("/endless"), client).reason


def test_a_body_that_unpacks_to_a_thousand_times_its_size_is_cut_off(site: Site, client: httpx.Client) -> None:
    site.give("/bomb", gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip")
    assert "more than 200,000 bytes" in refused(site.at("/bomb"), client).reason


def test_a_body_packed_twice_is_not_unpacked(site: Site, client: httpx.Client) -> None:
    site.give("/bomb", gzip.compress(gzip.compress(b"\0" * 1000)), Content_Encoding="gzip, gzip")
    assert "packed" in refused(site.at("/bomb"), client).reason


def test_no_packing_is_asked_for_that_is_not_unpacked(site: Site) -> None:
    """Whoever brings the client: httpx alone would ask for all that the machine has libraries for."""
    site.give("/x", "hello")
    with httpx.Client(headers={"accept-encoding": "gzip, br, zstd"}) as own:
        fetch(site.at("/x"), client=own)
    fetch(site.at("/x"))
    assert {one.headers["accept-encoding"] for one in site.asked} == {"gzip, deflate"}


def test_redirects_in_a_circle_end(site: Site, client: httpx.Client) -> None:
    site.give("/a", status=302, Location="/b")
    site.give("/b", status=302, Location="/a")
    error = refused(site.at("/a"), client)
    assert isinstance(error, NotFetched)
    assert (error.hindrance, error.lasting) == ("redirects", True)
    assert len(site.asked) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "file://localhost/etc/hosts"])
def test_a_redirect_to_what_is_not_the_web_is_not_followed(site: Site, client: httpx.Client, target: str) -> None:
    site.give("/to", status=302, Location=target)
    assert refused(site.at("/to"), client).reason == "redirected to something that is not http"


@pytest.mark.parametrize("target", ["javascript:1", "http://", "data:,x", "http://[bad/", "//", "http://a b/", "\xff"])
def test_a_redirect_to_nothing_is_an_error(site: Site, client: httpx.Client, target: str) -> None:
    site.give("/to", status=302, Location=target)
    refused(site.at("/to"), client)


@pytest.mark.parametrize(("status", "lasting"), [(404, True), (410, True), (403, True), (500, False), (502, False)])
def test_an_answer_says_whether_another_try_could_help(
    site: Site, client: httpx.Client, status: int, lasting: bool
) -> None:
    site.give("/x", status=status)
    error = refused(site.at("/x"), client)
    assert isinstance(error, NotFetched)
    assert (error.status, error.lasting, error.wait) == (status, lasting, None)


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_patience_is_heard(site: Site, client: httpx.Client, status: int) -> None:
    site.give("/seconds", status=status, Retry_After="120")
    site.give("/date", status=status, Retry_After=formatdate(time.time() + 300, usegmt=True))
    site.give("/odd", status=status, Retry_After="soon")
    waits = []
    for path in ("/seconds", "/date", "/odd"):
        error = refused(site.at(path), client)
        assert isinstance(error, NotFetched)
        waits.append(error.wait)
    assert waits[0] == 120
    assert waits[1] is not None
    assert 290 < waits[1] <= 300
    assert waits[2] is None


def test_what_has_not_changed_is_not_sent_again(site: Site, client: httpx.Client) -> None:
    def tagged(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == '"v1"':
            handler.send_response(304)
            handler.end_headers()
        else:
            head(handler, ETag='"v1"', Last_Modified="Fri, 07 Jan 2022 10:00:00 GMT")
            handler.wfile.write(b"hello")

    site.act("/tagged", tagged)
    first = fetch(site.at("/tagged"), client=client)
    assert first.validators == Validators('"v1"', "Fri, 07 Jan 2022 10:00:00 GMT")
    again = fetch(site.at("/tagged"), client=client, since=first.validators)
    assert (again.unchanged, again.data) == (True, b"")
    assert site.asked[-1].headers["if-modified-since"] == "Fri, 07 Jan 2022 10:00:00 GMT"


@pytest.mark.parametrize("tag", ['"' + "x" * 1000 + '"', '"é"', '"a\tb"'])
def test_a_validator_that_would_spoil_the_next_request_is_not_kept(site: Site, client: httpx.Client, tag: str) -> None:
    site.give("/x", "hello", ETag=tag)
    assert fetch(site.at("/x"), client=client).validators == Validators()


def test_each_address_on_the_way_is_told_before_it_is_asked(site: Site, client: httpx.Client) -> None:
    site.give("/a", status=302, Location="/b")
    site.give("/b", "hello")
    told: list[tuple[str, int]] = []
    fetch(site.at("/a"), client=client, before=lambda url: told.append((url, len(site.asked))))
    assert told == [(site.at("/a"), 0), (site.at("/b"), 1)]


def test_a_guarded_client_is_good_for_many_fetches(site: Site) -> None:
    """The time that a fetch may take begins with it, and a pause before it is none of it."""
    site.give("/x", "hello")
    with guarded_client(is_allowed=lambda address: True, ports=None, seconds=0.3) as client:
        for _ in range(3):
            assert fetch(site.at("/x"), client=client, before=lambda url: time.sleep(0.2)).data == b"hello"


def test_a_wrong_character_set_does_not_spoil_the_text(site: Site) -> None:
    site.give("/x", page("Unrest in Łódź"), kind="text/html; charset=koi8-r")
    (found,) = open_articles(site.at("/x"))
    assert isinstance(found, Article)
    assert found.title == "Unrest in Łódź"


def test_the_agent_names_who_may_be_written_to() -> None:
    assert agent("mailto:bot@example.org") == "sayso (news coder; +mailto:bot@example.org)"
    assert agent() == "sayso (news coder)"


@given(st.integers(1, 200), st.floats(0, 10 * DAY), st.floats(0, 1))
def test_each_failure_doubles_the_wait_up_to_a_day(failures: int, asked: float, draw: float) -> None:
    backoff = Backoff(draw=lambda: draw)
    wait = backoff.after(failures, asked)
    assert min(60.0 * 2.0 ** min(failures - 1, 64), DAY) <= wait <= 1.1 * DAY
    assert wait >= min(asked, DAY)
    exact = Backoff(draw=lambda: 0.0)
    assert exact.after(failures + 1) == min(2 * exact.after(failures), DAY)


@given(st.text(max_size=60))
def test_any_words_for_a_wait_are_a_time_or_none(value: str) -> None:
    found = retry_after(value, 1_700_000_000.0)
    assert found is None or found >= 0
