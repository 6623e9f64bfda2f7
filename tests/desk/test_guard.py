"""What stands before every page: headers on every answer, and refusal of what is not the desk's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI, Request
from playwright.sync_api import Browser
from sqlalchemy import text
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from desk.conftest import secret_of
from sayso.desk import Settings, create_app
from sayso.desk.guard import POLICY, host_of, is_own
from sayso.desk.visitors import Admin, Coder, Reader
from sayso.ledger import Ledger
from sayso.ledger.database import reading, writing
from sayso.ledger.people.accounts import accesses, change, grant, named, revoke

Client = Callable[..., TestClient]


@pytest.fixture
def small(app: FastAPI, ledger: Ledger) -> Iterator[FastAPI]:
    """A desk over the same ledger that takes bodies of at most 1,000 bytes, has pages that break, and is reached over HTTPS."""
    url = ledger.engine.url.render_as_string(hide_password=False)
    made = create_app(Settings(ledger=url, team=True, hosts=("testserver",), most_upload=1000, https=True))

    @made.get("/breaks")
    def breaks(visitor: Reader) -> None:
        raise ZeroDivisionError

    @made.post("/reads")
    async def reads(request: Request) -> int:
        return len(await request.body())

    @made.post("/takes")
    def takes(given: dict[str, str]) -> int:
        return len(given)

    with TestClient(made):
        yield made


def test_every_kind_of_answer_has_the_headers(client_of: Client) -> None:
    """Pages, redirects, data, assets, errors, refusals."""
    client = client_of()
    asked = {
        "/": 200, "/situation/map.json": 200, "/assets/base.css": 200, "/assets/none.css": 404, "/none": 404, "/?page=0": 422,
        "/people": 403, "/sign-in": 303, "/api/none": 404,
    }  # fmt: skip
    answers = [(status, client.get(path)) for path, status in asked.items()]
    answers += [(303, client_of(None).get("/")), (405, client.put("/")), (422, client.post("/account/tokens"))]
    answers += [(403, client.post("/sign-out", headers={"sec-fetch-site": "cross-site"}))]
    answers += [(421, client.get("/", headers={"host": "evil.example"}))]
    answers += [(413, client.post("/sign-in", content=b"x", headers={"content-length": "99999999999"}))]
    for status, answer in answers:
        assert answer.status_code == status, answer.url
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "strict-transport-security" not in answer.headers
        assert answer.headers.get("cache-control") == "no-store" or answer.url.path.startswith("/assets/")


def test_a_fault_of_ours_has_them_too_and_tells_nothing(small: FastAPI) -> None:
    client = TestClient(small, raise_server_exceptions=False, base_url="https://testserver")
    client.cookies.set(f"__Host-{small.state.desk.cookie}", secret_of(small, "reader"))
    answer = client.get("/breaks")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert answer.headers["cache-control"] == "no-store"
    assert "<h1>The desk made a mistake</h1>" in answer.text
    assert "ZeroDivision" not in answer.text


def test_a_ledger_that_cannot_be_read_is_answered_in_words(small: FastAPI) -> None:
    client = TestClient(small, raise_server_exceptions=False, base_url="https://testserver")
    client.cookies.set(f"__Host-{small.state.desk.cookie}", secret_of(small, "reader"))
    engine = small.state.desk.ledger.engine
    with writing(engine) as connection:
        connection.execute(text("ALTER TABLE access RENAME TO elsewhere"))
    answer = client.get("/")
    assert answer.status_code == 500
    assert "<h1>The desk made a mistake</h1>" in answer.text
    assert answer.headers["content-security-policy"] == POLICY


def test_the_policy_lets_no_script_or_style_in_but_the_desks_own() -> None:
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "script-src 'self';" in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY


def test_a_browser_runs_and_draws_nothing_that_came_into_a_page(browser: Browser, app: FastAPI, address: str) -> None:
    """Not even if something were ever let through that should have been escaped."""
    context = browser.new_context()
    context.add_cookies([{"name": app.state.desk.cookie, "value": secret_of(app, "reader"), "url": address}])
    page, told = context.new_page(), []
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}/account")
    page.evaluate(
        """() => {
        const put = document.createElement("div");
        put.innerHTML = '<p id="put" style="color: rgb(1, 2, 3)">x</p><img src="x:" onerror="window.ran = 1"><form action="http://127.0.0.2/"></form>';
        document.body.append(put);
        const script = document.createElement("script");
        script.textContent = "window.ran = 2";
        document.body.append(script);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('#put')).color") != "rgb(1, 2, 3)"
    page.evaluate("document.querySelector('form[action^=http]').submit()")
    page.wait_for_timeout(200)
    assert page.url == f"{address}/account"
    assert sum("Content Security Policy" in one for one in told) >= 4
    context.close()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "odd"])
def test_what_another_site_sends_is_not_done(client_of: Client, app: FastAPI, site: str) -> None:
    client = client_of()
    assert client.post("/sign-out", headers={"sec-fetch-site": site}).status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_what_the_desk_sends_is_done(client_of: Client, site: str) -> None:
    assert client_of().post("/sign-out", headers={"sec-fetch-site": site}).status_code == 303


@pytest.mark.parametrize(
    ("origin", "done"),
    [
        (None, True), ("http://testserver", True), ("http://evil.example", False), ("null", False), ("http://testserver.evil.example", False),
        ("http://testserver:81", False), ("http://[", False), ("", False),
    ],
)  # fmt: skip
def test_an_old_browser_is_judged_by_its_origin(app: FastAPI, origin: str | None, done: bool) -> None:
    client = TestClient(app, cookies={app.state.desk.cookie: secret_of(app, "reader")}, follow_redirects=False)
    headers = {} if origin is None else {"origin": origin}
    assert client.post("/sign-out", headers=headers).status_code == (303 if done else 403)


def test_over_https_what_comes_from_http_is_another_site() -> None:
    def own(scheme: str) -> bool:
        return is_own(Headers({"host": "desk.example", "origin": f"{scheme}://desk.example"}), https=True)

    assert (own("https"), own("http")) == (True, False)


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "127.0.0.1.nip.io", "", "[::1", "*"])
def test_a_name_that_is_not_the_desks_is_refused(client_of: Client, host: str) -> None:
    """Or another site's name could be pointed at the desk, and be its own origin to a browser."""
    answer = client_of().get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "<" not in answer.text


@pytest.mark.parametrize("host", ["testserver", "TESTSERVER", "testserver:8000", "testserver.", "127.0.0.1:1"])
def test_the_desks_names_are_known_with_any_port(client_of: Client, host: str) -> None:
    assert client_of().get("/", headers={"host": host}).status_code == 200


def test_the_name_of_an_ipv6_host() -> None:
    assert [host_of(h) for h in ("[::1]:8000", "[::1]", "localhost:1", "A.Example.")] == [
        "::1",
        "::1",
        "localhost",
        "a.example",
    ]


@pytest.mark.parametrize(
    ("path", "type"),
    [
        ("/sign-in", "application/x-www-form-urlencoded"), ("/sign-in", "multipart/form-data; boundary=b"),
        ("/takes", "application/json"), ("/reads", "text/plain"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("told", [True, False], ids=["with its length", "in chunks"])
def test_bodies_are_bounded(small: FastAPI, path: str, type: str, told: bool) -> None:
    """Whether their length is told or not, and whatever reads them."""
    client = TestClient(small, base_url="https://testserver")
    start = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n' if "multipart" in type else b"name="
    sent = start + b"a" * 2000

    def chunks() -> Iterator[bytes]:
        yield sent[:900]
        yield sent[900:]

    answer = client.post(path, content=sent if told else chunks(), headers={"content-type": type})
    assert answer.status_code == 413
    assert "More than 1,000 bytes are not taken." in answer.text


def test_a_length_that_is_none_is_refused(client_of: Client) -> None:
    for length in ("-1", "1e3", "٣", "x"):
        assert (
            client_of().post("/sign-in", content=b"", headers=[(b"content-length", length.encode())]).status_code == 400
        )


def test_for_programs_refusals_are_problems(client_of: Client) -> None:
    answer = client_of().post("/api/code", headers={"sec-fetch-site": "cross-site"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 403


def test_a_token_is_taken_from_the_authorization_alone(app: FastAPI, ledger: Ledger) -> None:
    """Not from the address, not from a cookie; a session is no token."""
    session = secret_of(app, "reader")
    with writing(ledger.engine) as connection:
        reader = named(connection, "the-reader")
        assert reader is not None
        token = grant(connection, reader.id, "token", "test", None, "read")
    client = TestClient(app, follow_redirects=False)

    def status(path: str = "/", **headers: str) -> int:
        return client.get(path, headers=headers).status_code

    assert status(authorization=f"Bearer {token}") == status(authorization=f"bearer {token}") == 200
    assert status(f"/?token={token}&key={token}&access_token={token}") == 303
    assert status(cookie=f"{app.state.desk.cookie}={token}") == 303
    assert status(authorization=f"Bearer {session}") == 401
    assert status(authorization=f"Basic {token}") == status(authorization="Bearer") == 401
    assert status(authorization="Bearer wrong", cookie=f"{app.state.desk.cookie}={session}") == 401, (
        "a wrong token is not made good by a cookie"
    )
    assert status(cookie=f"{app.state.desk.cookie}={session}") == 200


def test_a_token_does_what_its_scopes_let_it(app: FastAPI, ledger: Ledger) -> None:
    """And never looks after people, nor after its own account."""

    @app.get("/coders")
    def coders(visitor: Coder) -> str:
        return visitor.name

    @app.get("/admins")
    def admins(visitor: Admin) -> str:
        return visitor.name

    secret_of(app, "admin")
    with writing(ledger.engine) as connection:
        admin = named(connection, "the-admin")
        assert admin is not None
        tokens = [grant(connection, admin.id, "token", "test", None, scopes) for scopes in ("read", "read write")]
    client = TestClient(app, follow_redirects=False)
    statuses = [
        [client.get(path, headers={"authorization": f"Bearer {one}"}).status_code for one in tokens]
        for path in ("/", "/coders", "/admins", "/account", "/people")
    ]
    assert statuses == [[200, 200], [403, 200], [403, 403], [403, 403], [403, 403]]


@pytest.mark.parametrize("how", ["revoked", "closed", "password"])
def test_sessions_end_at_once(app: FastAPI, ledger: Ledger, client_of: Client, how: str) -> None:
    client_of("admin")  # so that another admin is left
    client = client_of("editor")
    assert client.get("/").status_code == 200
    with writing(ledger.engine) as connection:
        found = named(connection, "the-editor")
        assert found is not None
        if how == "revoked":
            revoke(connection, found.id)
        elif how == "closed":
            change(connection, found.name, who="test", closed=True)
        else:
            change(connection, found.name, who="test", password="$argon2id$another")
    assert client.get("/").status_code == 303


def test_a_session_that_has_run_out_lets_nobody_in(app: FastAPI, ledger: Ledger) -> None:
    secret_of(app, "reader")
    with writing(ledger.engine) as connection:
        found = named(connection, "the-reader")
        assert found is not None
        secret = grant(connection, found.id, "session", "test", timedelta(seconds=-1))
    assert TestClient(app, cookies={app.state.desk.cookie: secret}, follow_redirects=False).get("/").status_code == 303
    with reading(ledger.engine) as connection:
        assert len(accesses(connection, found.id)) == 1


def test_the_way_back_keeps_the_filters(client_of: Client) -> None:
    answer = client_of(None).get("/?place=Almaty&standing=single%20origin")
    assert answer.headers["location"] == "/sign-in?to=/%3Fplace%3DAlmaty%26standing%3Dsingle%2520origin"
    part = client_of(None).get("/", headers={"hx-request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in?to=/")
