"""Telegram's exports: each post is an article with its channel, its time and, where it was passed on, its origin."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.archives import SENTENCE, articles, chat, errors, exported, post, read, written
from sayso.errors import InputError, TooMuchInput
from sayso.ledger.origins.media import signed_by
from sayso.reading import open_articles, segment
from sayso.reading.telegram import read_telegram
from sayso.records import Article

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold"> North Wire </div></div></div>
<div class="history"><div class="message service" id="message-1"><div class="body details"> 5 January 2022 </div></div>
<div class="message default clearfix" id="message3"><div class="pull_left userpic_wrap"></div><div class="body">
<div class="pull_right date details" title="05.01.2022 16:00:00 UTC+06:00"> 16:00 </div><div class="from_name"> North Wire </div>
<div class="text"> Police shot <a href="https://x">two miners</a><br><br>More &amp; later. </div></div></div>
<div class="message default clearfix joined" id="message4"><div class="body"><div class="media_wrap"></div></div></div>
<div class="message default clearfix joined" id="message5"><div class="pull_left forwarded userpic_wrap"></div><div class="body">
<div class="forwarded body"><div class="from_name"> South Wire <span class="date details"> 04.01.2022 </span></div>
<div class="text">A road is blocked.</div></div></div></div></div></div></body></html>"""


def parsed(data: bytes) -> list[Article | InputError]:
    return list(read_telegram(io.BytesIO(data), name="result.json", source="result.json"))


def test_a_post_is_an_article_of_its_channel(tmp_path: Path) -> None:
    (found,) = articles(written(tmp_path, "result.json", exported(chat(post(3, SENTENCE)))))
    assert found.model_dump(exclude={"blocks", "categories", "language"}) == {
        "id": "telegram-77-3", "text": SENTENCE, "source": "https://t.me/c/77/3", "outlet": "North Wire", "title": None,
        "byline": None, "published": "2022-01-05T10:00:00+00:00",
    }  # fmt: skip
    assert json.loads(found.raw or b"")["from_id"] == "channel77"


def test_few_words_are_an_article_and_what_has_no_words_is_none(tmp_path: Path) -> None:
    posts = (
        post(1, "Shots."),
        post(2, "", photo="a.jpg"),
        {"id": 3, "type": "service", "action": "pin_message", "text": "x"},
        post(4, " "),
    )
    path = written(tmp_path, "result.json", exported(chat(*posts)))
    assert [one.text for one in articles(path)] == ["Shots."]
    assert errors(path) == []


def test_links_keep_their_words_and_offsets_are_of_the_text(tmp_path: Path) -> None:
    parts = [
        "Police shot ",
        {"type": "text_link", "text": "two miners", "href": "https://x"},
        " 😀 ",
        {"type": "bold", "text": "today"},
        ".",
    ]
    entities = [{"type": "plain", "text": one} if isinstance(one, str) else one for one in parts]
    path = written(tmp_path, "result.json", exported(chat(post(1, parts), post(2, "", text_entities=entities))))
    first, second = (segment(one) for one in articles(path))
    assert first.text == second.text == "Police shot two miners 😀 today."
    assert "".join(block.span.of(first.text) for block in first.blocks) == first.text


def test_a_post_that_was_passed_on_has_its_origin_and_its_own_channel_is_none() -> None:
    posts = (
        post(1, SENTENCE, forwarded_from="South Wire"),
        post(2, SENTENCE, forwarded_from="North Wire"),
        post(3, SENTENCE, forwarded_from=None),
    )
    found = [one for one in parsed(exported(chat(*posts)).encode()) if isinstance(one, Article)]
    assert [one.byline for one in found] == ["Forwarded from South Wire", None, None]
    origins = [signed_by(segment(one)) for one in found]
    assert origins[0] is not None
    assert [origin.name if origin else None for origin in origins] == ["South Wire", None, None]


def test_an_edited_post_keeps_its_id_and_source() -> None:
    (before,) = parsed(exported(chat(post(1, "Nine dead."))).encode())
    (after,) = parsed(exported(chat(post(1, "Eleven dead.", edited_unixtime="1641380400"))).encode())
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert (before.id, before.source) == (after.id, after.source)
    assert b"edited_unixtime" in (after.raw or b"")


def test_a_whole_account_gives_its_channels_and_not_its_conversations(tmp_path: Path) -> None:
    friend = chat(post(1, "Hello."), type="personal_chat", name="Jane Roe")
    account = {
        "about": "Here is the data you requested. Telegram keeps little.",
        "personal_information": {"name": "x", "type": "y", "id": 5},
    }
    chats = {
        "chats": {"about": "…", "list": [friend, chat(post(2, "A."))]},
        "left_chats": {"list": [chat(post(3, "B."), id=78)]},
    }
    path = written(tmp_path, "result.json", json.dumps({**account, **chats}))
    assert [(one.text, one.id) for one in articles(path)] == [("A.", "telegram-77-2"), ("B.", "telegram-78-3")]
    assert [one.text for one in articles(written(tmp_path, "one.json", exported(friend)))] == ["Hello."]


def test_escapes_that_json_has_not_are_repaired(tmp_path: Path) -> None:
    text = (
        exported(chat(post(1, "a\u000bb \\x0B c\\\\x41 \x1f"))).replace("\\u000b", "\\x0B").replace("\\u001f", "\\x1f")
    )
    (found,) = articles(written(tmp_path, "result.json", text))
    assert found.text == "a\u000bb \\x0B c\\\\x41 \x1f"


class Trickle(io.RawIOBase):
    """A stream that gives so many bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._stream, self._size = io.BytesIO(data), size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(self._size)


@given(st.text(alphabet="\\x0B41\u000b\u001fé", max_size=30), st.integers(1, 7))
def test_repairs_do_not_depend_on_where_the_file_is_cut_into_pieces(text: str, size: int) -> None:
    data = json.dumps(chat(post(1, f".{text}"))).replace("\\u000b", "\\x0B").replace("\\u001f", "\\x1F").encode()
    (found,) = read_telegram(Trickle(data, size), name="x", source="x")  # type: ignore[arg-type]
    assert isinstance(found, Article)
    assert found.text == f".{text}"


@pytest.mark.parametrize("name", ["any.json", "any.json.gz", "any", "any.dat.gz"])
def test_an_export_is_known_by_its_beginning(tmp_path: Path, name: str) -> None:
    data = exported(chat(post(1, SENTENCE))).encode()
    path = written(tmp_path, name, gzip.compress(data) if name.endswith(".gz") else data)
    assert [one.id for one in articles(path)] == ["telegram-77-1"]
    assert [one.id for one in open_articles("-", stdin=io.BytesIO(data)) if isinstance(one, Article)] == [
        "telegram-77-1"
    ]


def test_other_json_is_read_as_before(tmp_path: Path) -> None:
    assert [
        one.text for one in articles(written(tmp_path, "result.json", json.dumps({"text": SENTENCE, "type": "x"})))
    ] == [SENTENCE]


def test_an_export_that_is_cut_off_keeps_the_posts_before() -> None:
    data = exported(chat(post(1, "One."), post(2, "Two."), post(3, "Three."))).encode()
    first, second, error = parsed(data[: data.rindex(b"Three")])
    assert [one.text for one in (first, second) if isinstance(one, Article)] == ["One.", "Two."]
    assert isinstance(error, InputError)
    assert str(error).startswith("result.json, after message 2: broken JSON")


def test_a_post_that_is_none_costs_no_other() -> None:
    bad, good = parsed(exported(chat(post(1, {"a": 1}), post(2, "Two."))).encode())
    assert isinstance(bad, InputError)
    assert str(bad) == "result.json:1: its text is neither words nor a list of them"
    assert isinstance(good, Article)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"messages": ' + b"[" * 2_000_000, "nested too deep"),
        (b'{"messages": [{"id": 1, "text": "' + b"x" * 20_000_000, "more than 16,777,216 bytes"),
        (b'{"messages": [{"id": ' + b"9" * 10_000, "broken JSON"),
        (b'{"messages": [{"id": "\xff\xfe"', "broken JSON"),
    ],
)
def test_hostile_exports_are_refused_in_bounded_memory(data: bytes, reason: str) -> None:
    (found,) = parsed(data)
    assert isinstance(found, InputError)
    assert reason in found.reason
    assert isinstance(found, TooMuchInput) == ("bytes" in reason)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_hostile_bytes_after_a_valid_beginning_are_articles_or_errors(tail: bytes, kept: int) -> None:
    begun = exported(chat(post(1, "One."), post(2, "Two."))).encode()
    assert all(isinstance(one, (Article, InputError)) for one in parsed(begun[: len(begun) - kept] + tail))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "type",
                        "text",
                        "text_entities",
                        "date",
                        "messages",
                        "from",
                        "forwarded_from",
                        "date_unixtime",
                    ]
                ),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_a_message_is_it_is_an_article_or_an_error_or_passed_over(fields: object) -> None:
    data = json.dumps({"name": "x", "type": "y", "id": 1, "messages": [fields, post(2, "Two.")]}).encode()
    found = parsed(data)
    assert all(isinstance(one, (Article, InputError)) for one in found)


def test_pages_of_an_export_are_read_post_by_post(tmp_path: Path) -> None:
    written(tmp_path, "messages.html", PAGE)
    (tmp_path / "css").mkdir()
    written(tmp_path / "css", "style.css", "p {}")
    first, second = read(tmp_path)
    assert isinstance(first, Article)
    assert (first.text, first.published) == ("Police shot two miners\n\nMore & later.", "2022-01-05T16:00:00+06:00")
    assert (first.outlet, first.byline, first.source) == ("North Wire", None, "messages.html#message3")
    assert isinstance(second, Article)
    assert (second.text, second.byline) == ("A road is blocked.", "Forwarded from South Wire")
