"""My account: what lets me in, and the password by which I come. The ledger's part of it, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults, secret_of
from sayso.desk.people import passwords
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.database import reading, writing
from sayso.ledger.people.accounts import (
    accesses,
    accounts,
    called_as,
    can_sign_in,
    change,
    grant,
    holder,
    is_used_anew,
    named,
    open_account,
    revoke,
)
from sayso.ledger.people.uses import note_use
from sayso.ledger.schema import access

Client = Callable[..., TestClient]
FORMER, LATTER = "seven quiet harbour bells", "nine loud station clocks"


def token_of(page: str) -> str:
    found = re.search('<code class="secret">([^<]+)</code>', page)
    assert found is not None, page
    return found[1]


def sessions(ledger: Ledger, name: str) -> int:
    with reading(ledger.engine) as connection:
        found = named(connection, name)
        assert found is not None
        return sum(one.kind == "session" for one in accesses(connection, found.id))


def test_a_token_is_shown_once_and_works_until_it_is_revoked(client_of: Client, app: FastAPI) -> None:
    client = client_of("editor")
    secret = token_of(client.post("/account/tokens", data={"name": "nightly <b>", "scope": "write", "days": "30"}).text)
    program = TestClient(app, headers={"authorization": f"Bearer {secret}"}, follow_redirects=False)
    assert program.get("/").status_code == 200
    page = client.get("/account").text
    assert secret not in page
    assert "nightly &lt;b&gt;" in page
    assert "reads and writes" in page
    identifier = re.findall('name="id" value="([0-9a-f]{64})"', page)[-1]
    assert client.post("/account/revoke", data={"id": identifier}).status_code == 303
    assert program.get("/").status_code == 401
    assert client.post("/account/revoke", data={"id": identifier}).status_code == 404


def test_all_tokens_are_revoked_at_once_and_sessions_go_on(client_of: Client, app: FastAPI) -> None:
    client = client_of()
    secrets = [token_of(client.post("/account/tokens", data={"name": name, "days": ""}).text) for name in "ab"]
    client.post("/account/revoke", data={"kind": "token"})
    assert [TestClient(app).get("/", headers={"authorization": f"Bearer {one}"}).status_code for one in secrets] == [
        401,
        401,
    ]
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    "given", [{}, {"name": " \0 "}, {"name": "x" * 101}, {"name": "a", "scope": "admin"}, {"name": "a", "days": "9999"}]
)
def test_a_token_that_makes_no_sense_is_not_made(client_of: Client, given: dict[str, str]) -> None:
    assert client_of().post("/account/tokens", data=given).status_code == 422


def test_nobody_ends_what_is_anothers(client_of: Client, ledger: Ledger) -> None:
    client_of("editor")
    with reading(ledger.engine) as connection:
        editor = named(connection, "the-editor")
        assert editor is not None
        (theirs,) = accesses(connection, editor.id)
    assert client_of("reader").post("/account/revoke", data={"id": theirs.id}).status_code == 404
    assert sessions(ledger, "the-editor") == 1


def test_to_end_this_session_is_to_sign_out(client_of: Client, ledger: Ledger) -> None:
    client_of("reader")
    client = client_of("reader")
    answer = client.post("/account/revoke", data={"kind": "session"})
    assert answer.headers["location"] == "/sign-in"
    assert sessions(ledger, "the-reader") == 0


@pytest.fixture
def ada(ledger: Ledger) -> str:
    with writing(ledger.engine) as connection:
        return open_account(connection, "ada", "editor", passwords.hashed(FORMER), who="test").name


def signed_in(client: TestClient, password: str = FORMER) -> TestClient:
    assert client.post("/sign-in", data={"name": "ada", "password": password}).status_code == 303
    return client


def test_another_password_ends_every_other_session(client_of: Client, app: FastAPI, ada: str) -> None:
    here, there = signed_in(client_of(None)), signed_in(client_of(None))
    before = here.cookies[app.state.desk.cookie]
    answer = here.post("/account/password", data={"present": FORMER, "chosen": LATTER, "again": LATTER})
    assert answer.headers["location"] == "/account"
    assert here.cookies[app.state.desk.cookie] != before
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303
    assert client_of(None).post("/sign-in", data={"name": "ada", "password": FORMER}).status_code == 403
    signed_in(client_of(None), LATTER)


@pytest.mark.parametrize(
    ("present", "chosen", "again", "said"),
    [
        ("wrong wrong wrong", LATTER, LATTER, "The present password is another one."),
        (FORMER, LATTER, LATTER + "!", "not the same both times"),
        (FORMER, "short", "short", "at least 12 characters"),
        (FORMER, FORMER, FORMER, "That is the password you have."),
    ],
)
def test_a_password_is_changed_by_its_owner_with_care(
    client_of: Client, ada: str, present: str, chosen: str, again: str, said: str
) -> None:
    client = signed_in(client_of(None))
    answer = client.post("/account/password", data={"present": present, "chosen": chosen, "again": again})
    assert answer.status_code == 422
    assert said in answer.text
    assert client.get("/").status_code == 200


def test_whoever_finds_a_browser_open_cannot_guess_at_the_password(client_of: Client, ada: str) -> None:
    client = signed_in(client_of(None))
    wrong = {"present": "wrong wrong wrong", "chosen": LATTER, "again": LATTER}
    assert [client.post("/account/password", data=wrong).status_code for _ in range(6)] == [422] * 5 + [429]


def test_use_is_noted_once_a_minute(app: FastAPI, ledger: Ledger) -> None:
    secret = secret_of(app, "reader")
    with writing(ledger.engine) as connection:
        connection.execute(update(access).values(used="2026-01-01T00:00:00+00:00"))
    with TestClient(app, cookies={app.state.desk.cookie: secret}) as client:
        client.get("/account")
    with reading(ledger.engine) as connection:
        found = holder(connection, secret, "session")
    assert found is not None
    assert not is_used_anew(found[1])


def test_noting_use_waits_for_no_writer(app: FastAPI, ledger: Ledger) -> None:
    """While articles are added or incidents found anew, pages are read."""
    secret = secret_of(app, "reader")
    with reading(ledger.engine) as connection:
        found = holder(connection, secret, "session")
    assert found is not None
    with writing(ledger.engine), ThreadPoolExecutor(1) as other:
        other.submit(note_use, ledger.engine, found[1]).result(timeout=5)
    note_use(ledger.engine, found[1])


@pytest.mark.parametrize("name", ["", " ", "-a", "a b", "a/b", "a\0b", "x" * 65, "<a>", "_"])
def test_names_that_no_account_can_have(ledger: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="no name"), writing(ledger.engine) as connection:
        open_account(connection, name, "reader", None, who="test")
    with reading(ledger.engine) as connection:
        assert named(connection, name) is None


def test_a_name_is_one_however_it_is_written(ledger: Ledger) -> None:
    assert called_as("  Zoe\u0308.Müller@desk ") == "zoë.müller@desk"
    with writing(ledger.engine) as connection:
        made = open_account(connection, "Zoë", "coder", None, who="test")
    with reading(ledger.engine) as connection:
        assert named(connection, "ZOE\u0308") == made
    with pytest.raises(LedgerError, match="such an account already"), writing(ledger.engine) as connection:
        open_account(connection, "zoë", "reader", None, who="test")


def test_the_last_admin_stays_one(ledger: Ledger) -> None:
    """Whether two try at once to be the last but one."""
    with writing(ledger.engine) as connection:
        for name in ("ada", "bo"):
            open_account(connection, name, "admin", None, who="test")

    def leave(name: str) -> bool:
        try:
            with writing(ledger.engine) as connection:
                change(connection, name, who=name, role="reader")
        except LedgerError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, ("ada", "bo"))) == [False, True]
    with reading(ledger.engine) as connection:
        (left,) = (one.name for one in accounts(connection) if one.role == "admin")
    with pytest.raises(LedgerError, match="last admin"), writing(ledger.engine) as connection:
        change(connection, left, who="test", closed=True)


def test_closing_ends_tokens_too_and_opening_brings_none_back(ledger: Ledger) -> None:
    with writing(ledger.engine) as connection:
        made = open_account(connection, "ada", "editor", "$hash", who="test")
        secrets = {kind: grant(connection, made.id, kind, "test", None) for kind in ("session", "token")}  # type: ignore[arg-type]
        assert can_sign_in(connection) == 1
        change(connection, "ada", who="test", closed=True)
        assert can_sign_in(connection) == 0
        change(connection, "ada", who="test", closed=False)
        assert [holder(connection, secret, kind) for kind, secret in secrets.items()] == [None, None]  # type: ignore[arg-type]
        assert accesses(connection, made.id) == []


def test_a_change_of_what_is_not_there_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no such account"), writing(ledger.engine) as connection:
        change(connection, "nobody", who="test", role="reader")
    with writing(ledger.engine) as connection:
        open_account(connection, "ada", "reader", None, who="test")
    with pytest.raises(LedgerError, match="no role"), writing(ledger.engine) as connection:
        change(connection, "ada", who="test", role="king")


def test_secrets_and_passwords_are_nowhere_in_the_ledger(ledger: Ledger) -> None:
    with writing(ledger.engine) as connection:
        made = open_account(connection, "ada", "editor", "$argon2id$the-hash", who="test")
        secret = grant(connection, made.id, "token", "test", None)
        change(connection, "ada", who="test", password="$argon2id$another-hash")
        rows = [str(row) for row in connection.execute(select(access))]
    logged = [str(line) for line in ledger.audit_log()]
    assert not any(secret in row for row in rows)
    assert not any("hash" in line for line in logged)
    assert any("'password': 'changed'" in line for line in logged)


def test_sessions_that_ended_long_ago_are_forgotten(ledger: Ledger) -> None:
    with writing(ledger.engine) as connection:
        made = open_account(connection, "ada", "editor", None, who="test")
        grant(connection, made.id, "session", "old", timedelta(days=-100))
        grant(connection, made.id, "session", "revoked", None)
        revoke(connection, made.id)
        grant(connection, made.id, "session", "new", None)
        assert connection.execute(select(func.count()).select_from(access)).scalar_one() == 2


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_token_is_made_in_a_browser(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/account", width=width, scheme=scheme)
    assert faults(page) == []
    page.fill("[name=name]", "nightly export")
    page.check("[value=write]")
    page.click("text=Make a token >> nth=-1")
    page.wait_for_selector(".secret")
    assert len(page.inner_text(".secret")) == 43
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(page.url.replace("/account/tokens", "/account/password"))
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
