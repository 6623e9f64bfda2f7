"""`sayso desk` and `sayso user`: who is let in, from the first command on."""

from __future__ import annotations

import io
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cli.ledgers import Done, Sayso, refused, rows
from sayso.cli import desking
from sayso.desk import assets
from sayso.desk.people import passwords
from sayso.ledger import Ledger
from sayso.ledger.database import reading
from sayso.ledger.people.accounts import password_of

WORDS = "seven quiet harbour bells"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where $SAYSO_LEDGER names a ledger that is not there yet."""
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("SAYSO_LEDGER", str(path))
    return path


def given(monkeypatch: pytest.MonkeyPatch, *lines: str, terminal: bool = False) -> list[str]:
    """What is typed; the questions that are asked."""
    asked: list[str] = []
    typed = iter(lines)
    stream = io.StringIO("".join(f"{line}\n" for line in lines))
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", stream)
    monkeypatch.setattr("getpass.getpass", lambda question: (asked.append(question), next(typed))[1])
    return asked


@contextmanager
def running(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`sayso desk` as a process of its own, and the address it tells."""
    command = [sys.executable, "-m", "sayso", "desk", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            for line in process.stderr:
                found = re.search(r"https?://\S+", line)
                if found:
                    yield process, found[0]
                    break
            else:
                pytest.fail("it told no address")
        finally:
            process.kill()


def test_one_person_is_let_in_by_the_link_once_and_ctrl_c_stops_it(here: Path) -> None:
    with running("--port", "0") as (process, link):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter\?key=[\w-]{43}", link)
        with httpx.Client() as browser:
            assert browser.get(link).headers["location"] == "/"
            assert browser.get(str(httpx.URL(link).join("/"))).status_code == 200
        answer = httpx.get(link)
        assert answer.status_code == 403
        assert "server" not in answer.headers
        assert httpx.get(link, headers={"host": "evil.example"}).status_code == 421
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (out, process.returncode) == ("", 0)
    assert "key=" not in err
    assert "Traceback" not in err


def test_behind_a_proxy_it_says_where_the_proxy_finds_it(
    run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People ask the proxy by its name, and the proxy asks the desk on this machine, on whatever port it took."""
    given(monkeypatch, WORDS)
    assert run("user", "add", "ada", "--role", "admin") == Done("", "", 0)
    with running("--team", "--behind-https", "--hosts", "desk.example.org", "--port", "0") as (process, address):
        assert address == "https://desk.example.org"
        assert process.stderr is not None
        proxied = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
        assert proxied is not None
        answer = httpx.get(proxied[0], headers={"host": "desk.example.org", "x-forwarded-proto": "https"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?to=/")
        assert "strict-transport-security" in answer.headers


def test_a_team_signs_in(run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, WORDS)
    assert run("user", "add", "ada", "--role", "admin") == Done("", "", 0)
    with (
        running("--team", "--port", "0", "--host", "localhost") as (_, address),
        httpx.Client(base_url=address) as browser,
    ):
        assert "key=" not in address
        assert browser.get("/").headers["location"] == "/sign-in?to=/"
        for n in range(6):  # who claims to speak for others is believed only behind a proxy
            wrong = browser.post(
                "/sign-in", data={"name": f"x{n % 1}", "password": "x"}, headers={"x-forwarded-for": f"192.0.2.{n}"}
            )
        assert wrong.status_code == 429
        assert browser.post("/sign-in", data={"name": "ada", "password": WORDS}).headers["location"] == "/"
        assert browser.get("/people").status_code == 200


def test_a_port_that_is_taken_is_one_clear_line(run: Sayso, here: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused(run("desk", "--port", port), f"port {port} is in use already", "--port 0")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example.org"])
def test_a_desk_for_one_person_is_on_this_machine_alone(run: Sayso, here: Path, host: str) -> None:
    refused(run("desk", "--host", host, "--hosts", "desk.example.org"), f"--host {host}", "--team")


def test_a_team_without_an_account_is_told_how_to_make_one(
    run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is one that nobody can sign in to an account."""
    refused(run("desk", "--team"), "no such ledger")
    Ledger.open(here).close()
    refused(run("desk", "--team"), str(here), "sayso user add NAME --role admin")
    given(monkeypatch, WORDS, WORDS)
    run("user", "add", "ada", "--role", "admin")
    given(monkeypatch, WORDS)
    run("user", "add", "bo")
    run("user", "close", "bo")
    refused(run("desk", "--team", "--host", "0.0.0.0"), "--hosts desk.example.org")


@pytest.mark.parametrize("name", ["*", "*.example.org", "https://desk.example.org", "desk:80", "", "a b"])
def test_names_that_browsers_cannot_ask_for_are_refused(run: Sayso, here: Path, name: str) -> None:
    refused(run("desk", "--hosts", name), "--hosts")


@pytest.mark.parametrize(
    ("host", "hosts", "https", "address"),
    [
        ("127.0.0.1", (), False, "http://127.0.0.1:8730"), ("::1", (), False, "http://[::1]:8730"),
        ("0.0.0.0", ("desk.example.org",), False, "http://desk.example.org:8730"), ("127.0.0.1", ("desk.example.org",), True, "https://desk.example.org"),
    ],
)  # fmt: skip
def test_the_address_is_what_people_ask_for(host: str, hosts: tuple[str, ...], https: bool, address: str) -> None:
    choice = desking.Choice(None, host, 8730, True, https, hosts, False, False)
    assert desking._address(choice, 8730) == address


@contextmanager
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Without serving: what would have been."""
    apps: list[object] = []
    monkeypatch.setattr(desking, "_serve", lambda choice, app, listening: apps.append(app))
    yield apps


def test_what_is_missing_or_unwise_is_said(run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, WORDS)
    run("user", "add", "ada", "--role", "admin")
    monkeypatch.setattr(assets, "manifest", dict)
    with served(monkeypatch) as apps:
        done = run("desk", "--team", "--host", "0.0.0.0", "--port", "0", "--hosts", "desk.example.org")
    assert (done.status, len(apps)) == (0, 1)
    assert "the desk's scripts are not built" in done.err
    assert "passwords travel readable" in done.err
    assert apps[0].state.desk.settings.hosts == ("127.0.0.1", "localhost", "::1", "desk.example.org")  # type: ignore[attr-defined]
    apps[0].state.desk.ledger.close()  # type: ignore[attr-defined]


def test_it_opens_in_a_browser_when_told_to(run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(desking, "Timer", Now)
    with served(monkeypatch) as apps:
        done = run("desk", "--port", "0", "--open")
    assert opened[0] in done.err
    apps[0].state.desk.ledger.close()  # type: ignore[attr-defined]


class Now:
    """A timer that does not wait."""

    def __init__(self, seconds: float, what, given: list[str]) -> None:  # type: ignore[no-untyped-def]
        self.start = lambda: what(*given)


def test_accounts_are_made_listed_and_changed(run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, role in (("Ada", "admin"), ("bo", "coder")):
        given(monkeypatch, WORDS)
        assert run("user", "add", name, "--role", role, "--who", "root") == Done("", "", 0)
    assert run("user", "role", "BO", "editor") == Done("", "", 0)
    assert run("user", "close", "bo") == Done("", "", 0)
    told = [line.split("\t")[:3] for line in run("user", "list").lines]
    assert told == [["ada", "admin", "open"], ["bo", "editor", "closed"]]
    assert run("user", "open", "bo") == Done("", "", 0)
    assert [line["action"] for line in rows(run("ledger", "log"))] == ["account:open"] * 2 + ["account:change"] * 3
    assert rows(run("ledger", "log"))[0]["who"] == "root"
    refused(run("user", "role", "ada", "reader"), "last admin")
    refused(run("user", "close", "ada"), "last admin")
    refused(run("user", "close", "nobody"), "nobody", "no such account")


def kept(path: Path, name: str) -> str | None:
    with Ledger.open(path) as ledger, reading(ledger.engine) as connection:
        return password_of(connection, name)


def test_a_password_is_typed_twice_at_a_terminal(run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = given(monkeypatch, WORDS, WORDS, terminal=True)
    assert run("user", "add", "ada") == Done("", "", 0)
    assert asked == ["Password of ada: ", "The same again: "]
    assert passwords.fits(kept(here, "ada"), WORDS)
    given(monkeypatch, "another one entirely", "another one entirelx", terminal=True)
    refused(run("user", "password", "ada"), "not the same both times")
    given(monkeypatch, "another one entirely", "another one entirely", terminal=True)
    assert run("user", "password", "ada") == Done("", "", 0)
    assert passwords.fits(kept(here, "ada"), "another one entirely")


@pytest.mark.parametrize(
    ("typed", "said"), [("", "no password given"), ("short", "12 to 1,000"), ("x" * 1001, "12 to 1,000")]
)
def test_there_is_no_default_password(
    run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    given(monkeypatch, typed)
    refused(run("user", "add", "ada"), said)
    assert run("user", "list") == Done("", "", 0)


@pytest.mark.parametrize("name", ["a b", "-", "a/b", ""])
def test_an_account_that_cannot_be_is_refused_before_a_password_is_asked(
    run: Sayso, here: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked = given(monkeypatch, WORDS, WORDS, terminal=True)
    refused(run("user", "add", "--", name), "no name for an account")
    assert asked == []
    given(monkeypatch, WORDS)
    run("user", "add", "ada")
    refused(run("user", "add", "ada"), "there is such an account already")
    refused(run("user", "password", "nobody"), "no such account")
