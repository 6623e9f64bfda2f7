"""Signing in and out: by a password of one's own, not too often, and never on to another site."""

from __future__ import annotations

import re
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from databases import Databases
from desk.conftest import SCHEMES, WIDTHS, Visit, faults, secret_of
from sayso.desk import Settings, create_app
from sayso.desk.errors import Invalid
from sayso.desk.pages.signing import own_path
from sayso.desk.people import passwords
from sayso.desk.people.browsers import described
from sayso.desk.people.throttle import Doors, Rule, Throttle, network
from sayso.ledger import Ledger
from sayso.ledger.database import reading, writing
from sayso.ledger.people.accounts import change, hash_anew, open_account, password_of

Client = Callable[..., TestClient]
WORDS = "seven quiet harbour bells"


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(app: FastAPI) -> Clock:
    made = Clock()
    app.state.doors = Doors(made)
    return made


@pytest.fixture
def ada(ledger: Ledger) -> str:
    """Somebody with a password."""
    with writing(ledger.engine) as connection:
        return open_account(connection, "ada", "editor", passwords.hashed(WORDS), who="test").name


def sign_in(client: TestClient, name: str = "ada", password: str = WORDS, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in", data={"name": name, "password": password, **more})


def test_the_right_password_lets_in(client_of: Client, ada: str) -> None:
    """However the name is written; and the way goes on to where it was broken off."""
    client = client_of(None)
    answer = sign_in(client, " ADA ", to="/?place=Almaty")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?place=Almaty")
    page = client.get("/account").text
    assert "<h1>ada</h1>" in page
    assert client.get("/sign-in?to=/reports").headers["location"] == "/reports"


def test_the_cookie_is_for_this_desk_alone(client_of: Client, app: FastAPI, ledger: Ledger, ada: str) -> None:
    cookie = sign_in(client_of(None)).headers["set-cookie"].lower()
    assert cookie.startswith(f"{app.state.desk.cookie}=")
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/", "max-age=2592000"))
    assert "domain" not in cookie
    assert "secure" not in cookie
    url = ledger.engine.url.render_as_string(hide_password=False)
    over = create_app(Settings(ledger=url, team=True, hosts=("testserver",), https=True))
    with TestClient(over, base_url="https://testserver", follow_redirects=False) as client:
        cookie = sign_in(client).headers["set-cookie"]
        assert cookie.startswith(f"__Host-{over.state.desk.cookie}=")
        assert "Secure" in cookie
        assert client.get("/").status_code == 200
        assert (
            client.get("/", headers={"cookie": f"{over.state.desk.cookie}={secret_of(app, 'reader')}"}).status_code
            == 303
        )


def test_desks_on_two_ports_of_one_host_do_not_sign_each_other_out(
    app: FastAPI, ada: str, databases: Databases
) -> None:
    """A browser sends one host's cookies to all of its ports."""
    other = create_app(Settings(ledger=databases.new(), team=True, hosts=("testserver",)))
    with TestClient(other, base_url="http://testserver:8001", follow_redirects=False) as there:
        with writing(other.state.desk.ledger.engine) as connection:
            open_account(connection, "ada", "editor", passwords.hashed(WORDS), who="test")
        here = TestClient(app, base_url="http://testserver:8000", follow_redirects=False)
        for client in (here, there):
            assert sign_in(client).status_code == 303
        jar = {**here.cookies, **there.cookies}
        assert len(jar) == 2
        for client in (here, there):
            assert (
                client.get(
                    "/", headers={"cookie": "; ".join(f"{name}={kept}" for name, kept in jar.items())}
                ).status_code
                == 200
            )


def test_a_session_that_was_there_before_ends(client_of: Client, app: FastAPI, ada: str) -> None:
    """Nobody can put a session of his into a browser and find somebody else in it later."""
    client = client_of("reader")
    planted = client.cookies[app.state.desk.cookie]
    secret = re.search("sayso-[0-9a-f]{8}=([^;]+)", sign_in(client).headers["set-cookie"])
    assert secret is not None
    assert secret[1] != planted
    assert TestClient(app, cookies={app.state.desk.cookie: planted}, follow_redirects=False).get("/").status_code == 303
    made_up = TestClient(app, cookies={app.state.desk.cookie: "chosen-by-somebody-else"}, follow_redirects=False)
    assert "chosen-by-somebody-else" not in sign_in(made_up).headers["set-cookie"]


def test_signing_out_ends_the_session_everywhere(client_of: Client, app: FastAPI, ada: str) -> None:
    client = client_of(None)
    sign_in(client)
    kept = client.cookies[app.state.desk.cookie]
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert f'{app.state.desk.cookie}="";' in answer.headers["set-cookie"]
    assert TestClient(app, cookies={app.state.desk.cookie: kept}, follow_redirects=False).get("/").status_code == 303
    assert client_of(None).post("/sign-out").status_code == 303


@pytest.mark.parametrize("name", ["ada", "nobody", "the-reader", "shut", "a\0b", "", "' or 1=1 --", "é" * 64, "a b"])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(
    client_of: Client, ledger: Ledger, ada: str, name: str
) -> None:
    client_of("reader")
    with writing(ledger.engine) as connection:
        open_account(connection, "shut", "reader", passwords.hashed(WORDS), who="test")
        change(connection, "shut", who="test", closed=True)
    answer = sign_in(client_of(None), name, WORDS if name == "shut" else "another one entirely")
    assert answer.status_code == 403
    assert "do not belong together" in answer.text
    assert "set-cookie" not in answer.headers


def test_they_take_as_long_too() -> None:
    """Within a half: a look-up alone would take a thousandth."""
    kept = passwords.hashed(WORDS)

    def took(held: str | None) -> float:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            assert not passwords.fits(held, "wrong")
            times.append(time.perf_counter() - begun)
        return statistics.median(times)

    took(None)
    assert took(None) == pytest.approx(took(kept), rel=0.5)


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)", "evil.example", "", "/\t/evil.example",
        "/\n/evil.example", "\t//evil.example", "///evil.example", "/sign-in", "/sign-out?x=1", "/enter", "http:evil.example", "/a\\..\\\\b", " //evil",
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_site(client_of: Client, ada: str, to: str) -> None:
    assert sign_in(client_of(None), to=to).headers["location"] == "/"
    assert 'name="to" value="/"' in client_of(None).get("/sign-in", params={"to": to}).text


@given(st.text(alphabet="/\\:@.?#%\t\r\n evilhtps", max_size=12))
def test_no_address_made_of_odd_signs_leads_away(to: str) -> None:
    """Resolved as a browser does: tabs and line ends dropped, backslashes as slashes."""
    seen = re.sub(r"[\t\r\n]", "", own_path(to)).replace("\\", "/")
    assert seen.startswith("/")
    assert not seen.startswith("//")


def test_a_hash_of_former_times_is_made_anew_and_the_session_goes_on(client_of: Client, ledger: Ledger) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(WORDS)
    with writing(ledger.engine) as connection:
        open_account(connection, "bo", "reader", old, who="test")
    client = client_of(None)
    assert sign_in(client, "bo").status_code == 303
    with reading(ledger.engine) as connection:
        kept = password_of(connection, "bo")
    assert kept is not None
    assert kept != old
    assert not passwords.is_outdated(kept)
    assert passwords.fits(kept, WORDS)
    assert client.get("/").status_code == 200
    with writing(ledger.engine) as connection:
        hash_anew(connection, 1, old, "too late")
        assert password_of(connection, "bo") == kept


def test_who_tries_too_often_waits_longer_and_longer(client_of: Client, clock: Clock, ada: str) -> None:
    client, waits = client_of(None), []
    for _ in range(5):
        assert sign_in(client, password="wrong wrong wrong").status_code == 403
    for _ in range(5):
        answer = sign_in(client)  # the right one is not even looked at
        assert answer.status_code == 429
        assert "Too many tries" in answer.text
        waits.append(int(answer.headers["retry-after"]))
        clock.at += waits[-1]
        assert sign_in(client, password="wrong wrong wrong").status_code == 403
    assert waits == [1, 2, 4, 8, 16]
    clock.at += 32
    assert sign_in(client).status_code == 303
    assert sign_in(client_of(None), password="wrong wrong wrong").status_code == 403


def test_names_that_nobody_has_wait_as_well(client_of: Client, clock: Clock) -> None:
    assert [sign_in(client_of(None), "nobody").status_code for _ in range(6)] == [403] * 5 + [429]


def test_an_address_is_held_back_over_all_names(client_of: Client, clock: Clock, ada: str) -> None:
    """Signing in to one's own account does not set it free to guess at others'."""
    statuses = [sign_in(client_of(None), f"name{n}").status_code for n in range(20)]
    assert statuses == [403] * 20
    assert sign_in(client_of(None)).status_code == 429
    clock.at += 1
    assert sign_in(client_of(None)).status_code == 303
    assert sign_in(client_of(None), "another").status_code == 429


def test_waits_have_an_end_and_are_forgotten() -> None:
    clock = Clock()
    throttle = Throttle(Rule(free=1, longest=8, forgotten=100), clock=clock)
    waits = []
    for _ in range(8):
        while wait := throttle.wait("ada"):
            waits.append(wait)
            clock.at += wait
    assert waits == [1, 2, 4, 8, 8, 8, 8]
    clock.at += 100
    assert [throttle.wait("ada"), throttle.wait("ada")] == [0, 1]


def test_what_the_throttle_remembers_is_bounded() -> None:
    throttle = Throttle(Rule(free=1, longest=60), most=100, clock=Clock())
    for n in range(1000):
        throttle.wait(f"name{n}")
    assert len(throttle) == 100
    assert throttle.wait("name999") > 0


def test_of_many_tries_at_once_no_more_get_through() -> None:
    throttle = Throttle(Rule(free=5, longest=60), clock=Clock())
    through: list[float] = []
    threads = [threading.Thread(target=lambda: through.append(throttle.wait("ada"))) for _ in range(50)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert through.count(0.0) == 5


def test_an_ipv6_network_is_one_address() -> None:
    assert network("2001:db8::1") == network("2001:db8::ffff:1") != network("2001:db8:0:1::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") == "192.0.2.1"
    assert network("fe80::1%eth0") == "fe80::/64"
    assert network("testclient") == "testclient"


@pytest.mark.parametrize(
    ("password", "said"), [("short", "at least 12"), ("x" * 1001, "at most 1000"), ("", "at least 12")]
)
def test_a_password_has_a_length(password: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        passwords.hashed(password)


def test_a_password_is_the_same_on_every_keyboard() -> None:
    assert passwords.fits(passwords.hashed("a naïve café crème"), "a nai\u0308ve cafe\u0301 cre\u0300me")
    assert not passwords.fits(passwords.hashed("x" * 1000), "x" * 5000)
    assert not passwords.fits("no hash at all", WORDS)


def test_many_tries_at_once_wait_for_each_other_and_end() -> None:
    """From the first on, of which a hash is made to compare with."""
    passwords._nobodys.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(passwords.fits, None, "wrong") for _ in range(8)]
        assert [one.result(timeout=60) for one in tries] == [False] * 8


def test_first_passwords_are_never_the_same() -> None:
    assert len({passwords.invented() for _ in range(100)}) == 100
    assert len(passwords.invented()) >= passwords.LEAST


def test_browsers_are_called_as_people_call_them() -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
    assert [described(one) for one in (firefox, edge, "curl/8.5", "", "Odd")] == [
        "Firefox on Linux", "Edge on Windows", "curl", "unknown browser", "Odd",
    ]  # fmt: skip


def test_one_person_comes_in_by_the_link_once(new_url: Callable[[], str]) -> None:
    made = create_app(Settings(ledger=new_url(), hosts=("testserver",), link="the-secret"))
    with TestClient(made, follow_redirects=False) as client:
        page = client.get("/sign-in").text
        assert "<code>sayso desk</code> printed a link" in page
        assert 'type="password"' not in page
        assert sign_in(client).status_code == 404
        assert client.get("/enter?key=wrong").status_code == 403
        assert client.get("/enter?key=%C3%A9").status_code == 403
        answer = client.get("/enter?key=the-secret")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert client.get("/people").status_code == 200
        client.cookies.clear()
        assert client.get("/enter?key=the-secret").status_code == 403
        assert client.get("/").headers["location"] == "/sign-in?to=/"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_somebody_signs_in_with_a_keyboard_and_out(visit: Visit, ada: str, width: int, scheme: str) -> None:
    page = visit("/account", width=width, scheme=scheme)
    page.click("text=Sign out")
    page.wait_for_url("**/sign-in")
    assert faults(page) == []
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    page.wait_for_selector(".situation")
    assert page.inner_text(".me") == "ada"


def test_signing_in_needs_no_scripts(visit: Visit, ada: str) -> None:
    page = visit("/account", script=False)
    page.click("text=Sign out")
    page.fill("[name=name]", "ada")
    page.fill("[name=password]", WORDS)
    page.click("main button")
    assert page.inner_text(".me") == "ada"
