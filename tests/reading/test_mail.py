"""Newsletters: each message is an article with its subject, its day and its sender; attachments are not read."""

from __future__ import annotations

import io
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.archives import REPORT, articles, page, read, written
from sayso.errors import InputError, InvalidArticle, TooMuchInput
from sayso.reading import mail, open_articles
from sayso.reading.mail import read_mbox, read_message
from sayso.records import Article

PLAIN = "\n\n".join(REPORT)


def letter(plain: str | None = PLAIN, html: bytes | None = None, **headers: str) -> EmailMessage:
    found = EmailMessage()
    told = {
        "Subject": "Two dead in Orurö",
        "From": "North Wire <desk@example.org>",
        "Date": "Wed, 05 Jan 2022 10:00:00 +0100",
    }
    for name, value in {**told, **headers}.items():
        found[name.replace("_", "-")] = value
    if plain is not None:
        found.set_content(plain)
    if html is not None:
        (found.add_alternative if plain is not None else found.set_content)(html.decode(), subtype="html")
    return found


def one(data: bytes) -> Article:
    found = read_message(data, name="a.eml", source="a.eml")
    assert isinstance(found, Article), found
    return found


def mailbox(*letters: EmailMessage) -> bytes:
    return b"".join(
        b"From - Wed Jan  5 10:00:00 2022\n" + one.as_bytes().replace(b"\nFrom ", b"\n>From ") + b"\n"
        for one in letters
    )


def test_a_message_is_an_article_of_its_sender(tmp_path: Path) -> None:
    (found,) = articles(written(tmp_path, "a.eml", letter().as_bytes()))
    assert found.text == f"Two dead in Orurö\n\n{PLAIN}"
    assert (found.title, found.outlet, found.published) == (
        "Two dead in Orurö",
        "North Wire",
        "2022-01-05T10:00:00+01:00",
    )
    assert found.source == "a.eml"


def test_a_sender_without_a_name_is_known_by_its_domain() -> None:
    assert one(letter(From="desk@example.org").as_bytes()).outlet == "example.org"


def test_a_page_is_read_where_the_plain_part_only_points_to_it() -> None:
    assert REPORT[0] in one(letter("Read this in your browser.", page()).as_bytes()).text
    assert REPORT[0] in one(letter(None, page()).as_bytes()).text
    assert "browser" not in one(letter("Read this in your browser.", page()).as_bytes()).text


def test_attachments_and_messages_within_are_not_read() -> None:
    found = letter()
    found.add_attachment(letter("Another letter, which was attached.", Subject="Attached"))
    found.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    assert one(found.as_bytes()).text == f"Two dead in Orurö\n\n{PLAIN}"


def test_the_message_says_its_character_set() -> None:
    data = (
        b"Subject: x\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n"
        + "Полиция в городе.".encode("koi8-r")
    )
    assert one(data).text == "x\n\nПолиция в городе."
    odd = b"Subject: x\nContent-Type: text/plain; charset=none-such\n\nPolice in the city."
    assert one(odd).text == "x\n\nPolice in the city."


def test_a_newsletter_is_one_article_wherever_it_lies(tmp_path: Path) -> None:
    sent = letter(Message_ID="<1@example.org>")
    (alone,) = articles(written(tmp_path, "a.eml", sent.as_bytes()))
    _, boxed = articles(written(tmp_path, "b.mbox", mailbox(letter("Other words."), sent)))
    assert alone.id == boxed.id


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    data = mailbox(letter("One.\n\nFrom here on it is quiet."), letter("Two."), letter("Three."))
    path = written(tmp_path, "a.mbox", data)
    assert [found.text.partition("\n\n")[2] for found in articles(path)] == [
        "One.\n\nFrom here on it is quiet.",
        "Two.",
        "Three.",
    ]
    assert [type(found) for found in open_articles("-", stdin=io.BytesIO(data))] == [Article] * 3


def test_a_message_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    first, bad, last = read(written(tmp_path, "a.mbox", mailbox(letter("One."), letter(" "), letter("Three."))))
    assert isinstance(first, Article)
    assert isinstance(bad, InputError)
    assert bad.name.endswith("a.mbox:2")
    assert isinstance(last, Article)


def test_a_mailbox_without_messages_says_so(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, "a.mbox", "nothing at all"))
    assert isinstance(found, InputError)
    assert found.reason == "no messages in it"


def nested(depth: int) -> bytes:
    head = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(depth))
    return b"Subject: x\n" + head + b"\nwords"


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\n\nWords.",
        b"From: " + b"<" * 200_000 + b"\nSubject: x\n\nWords.",
        b"Subject: x\nContent-Type: multipart/mixed; " + b"a=b; " * 100_000 + b"\n\nWords.",
        nested(5_000),
        b'Subject: x\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\na\n" * 50_000 + b"--b--\n",
        b"Subject: x\nContent-Type: text/plain; charset=utf-16\n\n\x00",
    ],
)
def test_hostile_messages_are_refused_soon(data: bytes) -> None:
    began = time.monotonic()
    assert isinstance(read_message(data, name="a.eml", source="a.eml"), InputError)
    assert time.monotonic() - began < 20


def test_a_message_over_the_limit_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LIMIT_MESSAGE", 2_000)
    data = mailbox(letter("One."), letter("word " * 2_000), letter("Three."))
    first, error, last = read_mbox(io.BytesIO(data), name="a", source="a")
    assert isinstance(first, Article)
    assert isinstance(error, TooMuchInput)
    assert isinstance(last, Article)


HEADERS = st.sampled_from(
    ["Subject", "From", "Date", "Content-Type", "Message-ID", "Content-Transfer-Encoding", "MIME-Version"]
)
VALUES = st.text(alphabet=st.characters(codec="latin-1"), max_size=40) | st.sampled_from(
    [
        "multipart/mixed; boundary=b",
        "multipart/alternative; boundary=",
        "text/html; charset=x",
        "base64",
        "message/rfc822",
        "=?a?q?=FF?=",
        "a <b@[>",
    ]
)


@given(st.lists(st.tuples(HEADERS, VALUES), max_size=6), st.binary(max_size=120))
def test_hostile_messages_are_articles_or_errors(headers: list[tuple[str, str]], body: bytes) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in headers).encode("latin-1")
    assert isinstance(read_message(head + b"\n" + body, name="x", source="x"), (Article, InputError))


@given(st.binary(max_size=300))
def test_hostile_mailboxes_are_articles_or_errors(tail: bytes) -> None:
    found = list(read_mbox(io.BytesIO(mailbox(letter("One.")) + tail), name="x", source="x"))
    assert isinstance(found[0], (Article, InvalidArticle, InputError))
    assert all(isinstance(one, (Article, InputError)) for one in found)
