"""Web archives: each page that a server gave is an article of its address, and one broken record costs no page before it."""

from __future__ import annotations

import gzip
import io
import logging
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.archives import REPORT, articles, errors, page, read, record, response, written, zipped
from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading import open_articles
from sayso.reading.packing import zstd
from sayso.reading.warc import read_warc
from sayso.records import Article

GOOD = record(response(page()))
TEXT = "\n\n".join(["Two dead", *REPORT])


def parsed(data: bytes) -> list[Article | InputError]:
    return list(read_warc(io.BytesIO(data), name="a.warc"))


def one(data: bytes) -> Article:
    (found,) = parsed(data)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", GOOD + GOOD),
        ("CC-NEWS-20220107000000-00001.warc.gz", gzip.compress(GOOD) + gzip.compress(GOOD)),
        ("a.warc.zst", zstd.compress(GOOD) + zstd.compress(GOOD)),
        ("no-name-that-tells.gz", gzip.compress(GOOD + GOOD)),
    ],
)
def test_pages_are_articles_of_their_address_however_they_are_packed(tmp_path: Path, name: str, data: bytes) -> None:
    first, second = articles(written(tmp_path, name, data))
    assert first.text == TEXT
    assert first.source == "https://example.org/2022/a"
    assert first.raw == page()
    assert first == second


def test_a_stream_is_known_by_its_beginning() -> None:
    (found,) = open_articles("-", stdin=io.BytesIO(GOOD))
    assert isinstance(found, Article)
    assert found.text == TEXT


def test_what_is_no_page_is_passed_over_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    others = (
        record(b"software: x\r\n", type="warcinfo", Content_Type="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", type="request"),
        record(response(b""), type="revisit"),
        record(response(page(), status="404 Not Found")),
        record(response(b"\x89PNG" * 99, kind="image/png")),
        record(b"no answer at all"),
    )
    with caplog.at_level(logging.INFO, logger="sayso"):
        (found,) = parsed(b"".join(others) + GOOD)
    assert isinstance(found, Article)
    assert caplog.messages == [
        "a.warc: passed over 2 answers other than 200, 1 other media, 1 request, 1 revisit, 1 warcinfo"
    ]


def test_the_header_says_the_character_set() -> None:
    body = page(*REPORT, "В городе Оруро протест.").decode().encode("cp1251")
    assert "В городе Оруро протест." in one(record(response(body, kind="text/html; charset=windows-1251"))).text


@pytest.mark.parametrize(
    ("more", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: zstd\r\n", zstd.compress),
        ("Transfer-Encoding: chunked\r\n", lambda data: b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)),
        ("Content-Encoding: gzip\r\n", lambda data: data),
        ("Transfer-Encoding: chunked\r\n", lambda data: data),
        ("Content-Encoding: none-such\r\n", lambda data: data),
    ],
)
def test_pages_are_unpacked_as_they_were_sent_and_those_that_are_already_stay(more: str, pack: object) -> None:
    assert one(record(response(pack(page()), more=more))).text == TEXT  # type: ignore[operator]


def test_the_day_of_the_crawl_is_no_day_of_publication() -> None:
    assert one(record(response(page()), url="https://example.org/a")).published is None
    dated = '<meta property="article:published_time" content="{}"/>'
    told = {
        day: one(record(response(page(head=dated.format(day))))).published
        for day in ("2022-01-05", "2022-01-08", "2031-01-01")
    }
    assert told == {"2022-01-05": "2022-01-05", "2022-01-08": "2022-01-08", "2031-01-01": None}


def test_addresses_between_angle_brackets_are_addresses() -> None:
    assert one(record(response(page()), url="<https://example.org/b>")).source == "https://example.org/b"


def test_a_record_that_is_cut_off_is_an_error_and_the_rest_is_kept(tmp_path: Path) -> None:
    for name, data in {
        "a.warc": GOOD + GOOD[:-200],
        "b.warc.gz": gzip.compress(GOOD) + gzip.compress(GOOD)[:-60],
    }.items():
        first, second = read(written(tmp_path, name, data))
        assert isinstance(first, Article)
        assert isinstance(second, UnreadableInput)
        assert f"{name}:2" in second.name
        assert "cut off" in second.reason


def test_a_page_without_a_report_names_its_address_and_costs_no_other() -> None:
    error, good = parsed(record(response(b"<html></html>"), url="https://example.org/empty") + GOOD)
    assert isinstance(error, InputError)
    assert error.name == "a.warc:1 (https://example.org/empty)"
    assert isinstance(good, Article)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no records"),
        (b"WARC/1.0\r\n" + b"x" * 1_000_000, "broken or cut off"),
        (record(b"", Content_Length=str(10**15)), "1,000,000,000,000,000 bytes"),
        (record(response(b"a" * 11_000_000)), "more than 10,000,000"),
        (record(response(gzip.compress(bytes(30_000_000)), more="Content-Encoding: gzip\r\n")), "more than 10,000,000"),
    ],
)
def test_hostile_archives_are_refused_in_bounded_memory(data: bytes, reason: str) -> None:
    (found,) = parsed(data)
    assert isinstance(found, InputError)
    assert reason in found.reason


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=12), st.binary(max_size=100))
def test_hostile_bytes_in_an_archive_are_articles_or_errors(changes: list[tuple[int, int]], tail: bytes) -> None:
    data = bytearray(GOOD + GOOD)
    for at, value in changes:
        data[at % len(data)] = value
    assert all(isinstance(found, (Article, InputError)) for found in parsed(bytes(data) + tail))


def test_every_warc_in_a_wacz_is_read_in_order(tmp_path: Path) -> None:
    other = record(response(page()), url="https://example.org/b")
    files = {
        "archive/b.warc.gz": gzip.compress(other),
        "archive/a.warc": GOOD,
        "pages/pages.jsonl": b"{}",
        "indexes/index.cdx": b"x",
    }
    path = written(tmp_path, "a.wacz", zipped(files))
    assert [found.source for found in articles(path)] == ["https://example.org/2022/a", "https://example.org/b"]
    assert errors(path) == []


def test_a_broken_warc_in_a_wacz_costs_no_other(tmp_path: Path) -> None:
    path = written(tmp_path, "a.wacz", zipped({"archive/a.warc.gz": gzip.compress(GOOD)[:-60], "archive/b.warc": GOOD}))
    error, good = read(path)
    assert isinstance(error, InputError)
    assert "a.wacz/archive/a.warc.gz:1" in error.name
    assert isinstance(good, Article)


def test_hostile_zips_are_refused(tmp_path: Path) -> None:
    bomb = zipped({"archive/a.warc": GOOD + bytes(50_000_000)}, method=zipfile.ZIP_DEFLATED)
    (found,) = read(written(tmp_path, "a.wacz", bomb))
    assert isinstance(found, TooMuchInput)
    assert "times its size" in found.reason
    for data, reason in (
        (b"PK\x03\x04 nothing", "broken zip"),
        (zipped({"a.txt": b"x"}), "without WARC"),
        (b"", "broken zip"),
    ):
        (found,) = read(written(tmp_path, "a.wacz", data))
        assert isinstance(found, UnreadableInput)
        assert reason in found.reason


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=12))
def test_hostile_bytes_in_a_zip_are_articles_or_errors(changes: list[tuple[int, int]]) -> None:
    from sayso.reading.wacz import read_wacz

    data = bytearray(
        zipped({"archive/a.warc.gz": gzip.compress(GOOD), "archive/b.warc": GOOD}, method=zipfile.ZIP_DEFLATED)
    )
    for at, value in changes:
        data[at % len(data)] = value
    found = list(read_wacz(io.BytesIO(bytes(data)), name="a.wacz"))
    assert all(isinstance(one, (Article, InputError)) for one in found)
