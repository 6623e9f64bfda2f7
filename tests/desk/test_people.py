"""People, for admins: accounts that are made, changed and closed, and the log of what was done."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults
from sayso.desk.pages.people import SIZE
from sayso.ledger import Ledger
from sayso.ledger.database import reading, writing
from sayso.ledger.people import log
from sayso.ledger.people.auditing import note

Client = Callable[..., TestClient]
OWN = "nine loud station clocks"


def shown(page: str) -> str:
    found = re.search('<code class="secret">([^<]+)</code>', page)
    assert found is not None, page
    return found[1]


def sign_in(client: TestClient, password: str, name: str = "ada") -> str:
    answer = client.post("/sign-in", data={"name": name, "password": password})
    return answer.headers.get("location", str(answer.status_code))


@pytest.mark.parametrize("role", ["reader", "coder", "editor"])
def test_only_admins_look_after_people(client_of: Client, role: str) -> None:
    client = client_of(role)
    gets = [client.get(path).status_code for path in ("/people", "/people/the-admin", "/log")]
    posts = [
        client.post(path, data={"name": "x", "role": "admin", "state": "open"}).status_code
        for path in (
            "/people",
            f"/people/the-{role}/role",
            "/people/the-admin/state",
            "/people/the-admin/password",
            "/people/the-admin/end",
        )
    ]
    assert gets + posts == [403] * 8
    assert "/people" not in client.get("/account").text
    assert client_of(None).post("/people", data={"name": "x"}).status_code == 401


def test_a_first_password_lets_in_only_to_choose_another(client_of: Client, app: FastAPI) -> None:
    admin, person = client_of("admin"), client_of(None)
    page = admin.post("/people", data={"name": "Ada", "role": "coder"}).text
    first = shown(page)
    assert first not in admin.get("/people/ada").text
    assert sign_in(person, first) == "/account/password"
    assert person.get("/").headers["location"] == "/sign-in?to=/"
    assert person.get("/sign-in?to=/").headers["location"] == "/account/password"
    assert person.get("/account").status_code == 303
    assert person.post("/account/tokens", data={"name": "x"}).status_code == 401
    assert person.get("/api/incidents").status_code == 401
    asked = person.get("/account/password").text
    assert "Choose a password of your own" in asked
    assert "Present password" not in asked
    assert person.post("/account/password", data={"chosen": first, "again": first}).status_code == 422
    assert person.post("/account/password", data={"chosen": OWN, "again": OWN}).headers["location"] == "/account"
    assert person.get("/").status_code == 200
    assert sign_in(client_of(None), first) == "403"
    assert sign_in(client_of(None), OWN) == "/"


def test_a_given_first_password_is_taken_if_it_is_long_enough(client_of: Client) -> None:
    admin = client_of("admin")
    assert admin.post("/people", data={"name": "ada", "password": "short"}).status_code == 422
    assert admin.get("/people/ada").status_code == 404
    assert (
        shown(admin.post("/people", data={"name": "ada", "password": "given by an admin"}).text) == "given by an admin"
    )
    assert sign_in(client_of(None), "given by an admin") == "/account/password"


@pytest.mark.parametrize(
    "given", [{"name": "a b"}, {"name": ""}, {"name": "a\0b"}, {"name": "the-admin"}, {"name": "x", "role": "king"}, {}]
)
def test_an_account_that_cannot_be_is_refused_in_words(client_of: Client, given: dict[str, str]) -> None:
    answer = client_of("admin").post("/people", data=given)
    assert answer.status_code == 422
    assert "<h1>" in answer.text


def test_roles_change_and_hold_at_once(client_of: Client) -> None:
    admin, person = client_of("admin"), client_of("reader")
    assert person.get("/people").status_code == 403
    assert admin.post("/people/the-reader/role", data={"role": "admin"}).headers["location"] == "/people/the-reader"
    assert person.get("/people").status_code == 200
    assert person.post("/people/the-admin/role", data={"role": "editor"}).status_code == 303
    assert admin.get("/people").status_code == 403


def test_closing_an_account_and_opening_it(client_of: Client) -> None:
    admin, person = client_of("admin"), client_of("reader")
    first = shown(admin.post("/people/the-reader/password").text)
    assert person.get("/").status_code == 303, "another password ends sessions"
    admin.post("/people/the-reader/state", data={"state": "closed"})
    assert sign_in(client_of(None), first, "the-reader") == "403"
    assert "the account is closed" in admin.get("/people/the-reader").text
    admin.post("/people/the-reader/state", data={"state": "open"})
    assert sign_in(client_of(None), first, "the-reader") == "/account/password"


def test_the_last_admin_cannot_be_lost(client_of: Client) -> None:
    admin = client_of("admin")
    for path, data in (("role", {"role": "reader"}), ("state", {"state": "closed"})):
        answer = admin.post(f"/people/the-admin/{path}", data=data)
        assert answer.status_code == 422
        assert "the last admin stays one" in answer.text
    assert admin.get("/people").status_code == 200


def test_all_that_lets_somebody_in_can_be_ended(client_of: Client, app: FastAPI) -> None:
    admin, person = client_of("admin"), client_of("reader")
    token = shown(person.post("/account/tokens", data={"name": "x"}).text)
    assert "1 browser signed in, 1 token" in admin.get("/people/the-reader").text
    admin.post("/people/the-reader/end")
    assert person.get("/").status_code == 303
    assert TestClient(app).get("/", headers={"authorization": f"Bearer {token}"}).status_code == 401


def test_who_is_not_there_is_not_found(client_of: Client) -> None:
    admin = client_of("admin")
    assert admin.get("/people/nobody").status_code == 404
    assert admin.get("/people/a%00b").status_code == 404
    assert admin.post("/people/nobody/end").status_code == 404
    assert admin.post("/people/nobody/role", data={"role": "reader"}).status_code == 422


def test_what_is_done_to_people_is_in_the_log(client_of: Client, ledger: Ledger) -> None:
    admin = client_of("admin")
    first = shown(admin.post("/people", data={"name": "ada", "role": "coder"}).text)
    person = client_of(None)
    sign_in(person, first)
    person.post("/account/password", data={"chosen": OWN, "again": OWN})
    person.post("/account/tokens", data={"name": "nightly", "scope": "read"})
    person.post("/account/revoke", data={"kind": "token"})
    person.post("/sign-out")
    admin.post("/people/ada/state", data={"state": "closed"})
    told = [(line["who"], line["action"], line["target"]) for line in ledger.audit_log()]
    assert told[-7:] == [
        ("the-admin", "account:open", "ada"), ("ada", "sign-in", "ada"), ("ada", "account:change", "ada"), ("ada", "token:make", "nightly"),
        ("ada", "token:end", "nightly"), ("ada", "sign-out", "ada"), ("the-admin", "account:change", "ada"),
    ]  # fmt: skip
    page = admin.get("/log?who=ada").text
    assert "token:make" in page
    assert "account:open</span>" not in page
    assert first not in page
    assert OWN not in page


def test_the_log_is_read_page_by_page(client_of: Client, ledger: Ledger) -> None:
    """Every line once, the newest first; lines that come meanwhile move nothing."""
    admin = client_of("admin")
    with writing(ledger.engine) as connection:
        for n in range(2 * SIZE + 5):
            note(connection, "ada" if n % 2 else "bo", f"test:{n % 3}", f"<b>{n}</b>")
    pages, path, seen = 0, "/log?action=test:1", []
    while path:
        page = admin.get(path).text
        assert "<b>1</b>" not in page
        seen += [int(n) for n in re.findall(r"&lt;b&gt;(\d+)&lt;", page)]
        with writing(ledger.engine) as connection:
            note(connection, "ada", "test:1", "later")
        older = re.search('rel="next" href="([^"]+)"', page)
        path, pages = (older[1].replace("&amp;", "&") if older else ""), pages + 1
    assert seen == [n for n in reversed(range(2 * SIZE + 5)) if n % 3 == 1]
    assert admin.get("/log?who=bo&action=test:2").text.count("<b>bo</b>") == len(
        [n for n in range(2 * SIZE + 5) if n % 3 == 2 and n % 2 == 0]
    )
    assert "No such line" in admin.get("/log?who=%00%25_").text
    assert admin.get("/log?before=x").status_code == admin.get("/log?before=99999999999999999999").status_code == 422


def test_an_action_has_its_kinds_in_it(ledger: Ledger) -> None:
    with writing(ledger.engine) as connection:
        for action in ("annotate:editing", "annotate:replying", "annotated", "a%"):
            note(connection, "ada", action, "x")
    with reading(ledger.engine) as connection:
        assert [line.action for line in log.lines(connection, action="annotate", limit=9)] == [
            "annotate:replying",
            "annotate:editing",
        ]
        assert [line.action for line in log.lines(connection, action="a%", limit=9)] == ["a%"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_admin_adds_somebody_in_a_browser(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/people", role="admin", width=width, scheme=scheme)
    assert faults(page) == []
    page.fill("[name=name]", "ada")
    page.check("[value=editor]")
    page.click("text=Add >> nth=-1")
    page.wait_for_selector(".secret")
    assert len(page.inner_text(".secret")) == 23
    page.goto(page.url + "/ada")
    assert page.is_checked("[value=editor]")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("text=Close the account")
    page.wait_for_selector("text=the account is closed")
    page.goto(page.url.replace("/people/ada", "/log?action=account:change"))
    assert page.locator(".log li").count() == 1
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
