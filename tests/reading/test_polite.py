"""Hosts are asked what they allow, one request after the other, with a pause between two."""

from __future__ import annotations

import pytest

from sayso.errors import NotFetched
from sayso.reading.polite import LONGEST_PAUSE, Polite
from sites import Site, other, site

__all__ = ["other", "site"]


class Clock:
    """A time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def polite(clock: Clock) -> Polite:
    return Polite(clock=clock, sleep=clock.sleep)


def robots(site: Site, *lines: str) -> None:
    site.give("/robots.txt", "\n".join(lines), kind="text/plain")


def refusal(polite: Polite, url: str) -> NotFetched:
    with pytest.raises(NotFetched) as found:
        polite.fetch(url)
    assert found.value.hindrance == "robots"
    return found.value


def test_what_robots_txt_forbids_is_not_asked(site: Site, polite: Polite) -> None:
    robots(site, "User-agent: *", "Disallow: /private/")
    site.give("/private/x", "secret")
    site.give("/x", "open")
    error = refusal(polite, site.at("/private/x"))
    assert error.lasting
    assert "robots.txt forbids it" in error.reason
    assert polite.fetch(site.at("/x")).data == b"open"
    assert site.paths == ["/robots.txt", "/x"]


def test_rules_for_us_by_name_hold_for_us(site: Site, polite: Polite) -> None:
    robots(site, "User-agent: *", "Allow: /", "", "User-agent: SaySo", "Disallow: /")
    refusal(polite, site.at("/x"))


def test_a_redirect_into_what_is_forbidden_is_not_followed(site: Site, polite: Polite) -> None:
    robots(site, "User-agent: *", "Disallow: /private/")
    site.give("/x", status=302, Location="/private/x")
    assert refusal(polite, site.at("/x")).name == site.at("/private/x")
    assert "/private/x" not in site.paths


def test_each_host_is_asked_for_its_own_rules(site: Site, other: Site, polite: Polite) -> None:
    robots(other, "User-agent: *", "Disallow: /")
    site.give("/x", status=302, Location=other.at("/x"))
    refusal(polite, site.at("/x"))
    assert other.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", [404, 403, 410])
def test_where_there_are_no_rules_everything_may_be_asked(site: Site, polite: Polite, status: int) -> None:
    site.give("/robots.txt", status=status)
    site.give("/x", "open")
    assert polite.fetch(site.at("/x")).data == b"open"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_where_the_rules_cannot_be_had_nothing_is_asked_for_a_while(
    site: Site, polite: Polite, clock: Clock, status: int
) -> None:
    site.give("/robots.txt", status=status, Retry_After="900")
    site.give("/x", "open")
    error = refusal(polite, site.at("/x"))
    assert not error.lasting
    assert error.wait == 900
    refusal(polite, site.at("/x"))
    assert site.paths == ["/robots.txt"]
    robots(site, "")
    clock.now += 901
    assert polite.fetch(site.at("/x")).data == b"open"


def test_rules_hold_for_a_day(site: Site, polite: Polite, clock: Clock) -> None:
    robots(site, "")
    site.give("/x", "open")
    polite.fetch(site.at("/x"))
    clock.now += 23 * 3600
    polite.fetch(site.at("/x"))
    clock.now += 2 * 3600
    polite.fetch(site.at("/x"))
    assert site.paths.count("/robots.txt") == 2


def test_there_is_a_pause_between_two_requests_to_a_host(site: Site, other: Site, polite: Polite, clock: Clock) -> None:
    """Of a second; of others than the host it is not asked. The rules are a request too, and a redirect is one."""
    site.give("/a", status=302, Location="/x")
    site.give("/x", "open")
    other.give("/x", "open")
    polite.fetch(site.at("/a"))
    assert clock.slept == [1.0, 1.0]
    polite.fetch(other.at("/x"))
    assert clock.slept == [1.0, 1.0, 1.0]
    assert polite.wait(site.at("/x")) == 0.0
    assert polite.wait(other.at("/x")) == 1.0


@pytest.mark.parametrize(
    ("given", "kept"), [("7", 7.0), ("0.1", 1.0), ("100000", LONGEST_PAUSE), ("nan", 1.0), ("-5", 1.0)]
)
def test_a_host_may_ask_for_a_longer_pause(site: Site, polite: Polite, given: str, kept: float) -> None:
    robots(site, "User-agent: *", f"Crawl-delay: {given}")
    site.give("/x", "open")
    polite.fetch(site.at("/x"))
    assert polite.wait(site.at("/x")) == kept
