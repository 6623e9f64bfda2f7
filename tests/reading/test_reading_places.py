"""Reading can begin again at any record, and finds there what reading from the beginning finds."""

from __future__ import annotations

import gzip
import io
import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.reading import open_articles
from sayso.reading.places import START, Mark, marks, records
from sayso.records import Article

TEXT = "Police arrested nine people in Almaty on Wednesday, the ministry said."


POST = """<div class="message default clearfix" id="message{0}"><div class="body">
<div class="pull_right date details" title="05.01.2022 10:0{0}:00 UTC+06:00">10:0{0}</div>
<div class="from_name">City news</div><div class="text">Protesters gathered in Almaty, post {0}.</div></div></div>"""
TELEGRAM = (
    '<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_header"><div class="text bold">'
    f'City news</div></div><div class="history">{POST.format(1)}{POST.format(2)}</div></body></html>'
)
"""A page that holds more than one article."""


def row(number: int, text: str = TEXT) -> str:
    return json.dumps({"id": str(number), "text": f"{text} {number}"}, ensure_ascii=False)


def page(number: int) -> str:
    return f"<html><head><title>Page {number}</title></head><body><p>{TEXT} {number}</p></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Something of every kind, an error in each kind that can have one."""
    made = tmp_path / "news"
    (made / "a").mkdir(parents=True)
    (made / "a" / "one.txt").write_text(TEXT, encoding="utf-8")
    (made / "a" / "two.html").write_text(page(2), encoding="utf-8")
    (made / "a.empty.txt").write_text("", encoding="utf-8")
    (made / "b.jsonl").write_text("\n".join([row(1), "", "{broken", row(2), "  \u2003 ", row(3)]), encoding="utf-8")
    (made / "c.jsonl.gz").write_bytes(gzip.compress(f"{row(4)}\n\n{row(5)}\nno json\n".encode()))
    (made / "d.csv").write_text(f"id,text\n6,{TEXT[:20]}\n7,\n8,{TEXT[:30]}\n", encoding="utf-8")
    (made / "e.jsonl").write_text(f"{row(9)}\n{row(10)}\n", encoding="utf-16")
    (made / "f.exe").write_bytes(b"MZ")
    (made / "g.jsonl").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    (made / "h.jsonl").write_text(f"{row(11)}\n\ufeff{row(12)}\n", encoding="utf-8-sig")
    (made / "i.jsonl").write_bytes(b"")
    (made / "j.html").write_text(TELEGRAM, encoding="utf-8")
    (made / "k.eml").write_text(f"From: a@b.example\nSubject: News\n\n{TEXT}\n", encoding="utf-8")
    (made / "l.html.gz").write_bytes(gzip.compress(page(13).encode()))
    (made / "m.png").write_bytes(b"passed over")
    return made


def plain(found: Article | InputError | None) -> Any:
    if isinstance(found, InputError):
        return type(found), found.name, found.reason
    return found


def as_read(path: str, mark: Mark) -> Any:
    found = mark.found or next(records(path, mark.place, 1))
    return plain(found)


def test_marks_are_the_records_of_reading(folder: Path) -> None:
    """One for each record, in order; read from its place it is the same record, whatever the format."""
    assert [as_read(str(folder), mark) for mark in marks(str(folder))] == list(map(plain, open_articles(folder)))


def test_a_page_of_many_posts_has_a_mark_for_each(folder: Path) -> None:
    """Pages hold one article each, but for those."""
    assert len(list(marks(str(folder / "j.html")))) == 2


def test_a_file_that_is_named_itself_is_read_as_by_its_name(folder: Path) -> None:
    """The ids of articles depend on that."""
    for path in sorted(folder.rglob("*.*")):
        assert [as_read(str(path), one) for one in marks(str(path))] == list(map(plain, open_articles(path)))


def test_marking_goes_on_at_any_place(folder: Path) -> None:
    """From the place after a record come the records behind it, and the bytes that were read count on."""
    whole = list(marks(str(folder)))
    for number, mark in enumerate(whole):
        rest = list(marks(str(folder), start=mark.after))
        assert [(plain(one.found), *one[1:3]) for one in rest] == [
            (plain(one.found), *one[1:3]) for one in whole[number + 1 :]
        ]
        assert [one.read for one in rest] == sorted(one.read for one in rest)
    assert whole[-1].read <= sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_stretches_of_a_file_are_read_together(folder: Path) -> None:
    """Of JSON Lines, blank lines between them are passed over."""
    path = str(folder / "b.jsonl")
    found = [plain(one) for one in open_articles(path)]
    first, *_ = marks(path)
    assert [plain(one) for one in records(path, first.place, 3)] == found[:3]


def test_lines_are_found_without_reading_those_before_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard in the middle of a large file costs what it holds."""
    path = tmp_path / "large.jsonl"
    path.write_text("".join(f"{row(number)}\n" for number in range(20_000)), encoding="utf-8")
    place = next(islice(marks(str(path)), 19_000, None)).place
    counted = 0
    opened = Path.open

    class Counting(io.FileIO):
        def readinto(self, buffer: Any) -> int:
            nonlocal counted
            got = super().readinto(buffer)
            counted += got or 0
            return got or 0

    def counting(self: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        return io.BufferedReader(Counting(self, "rb")) if mode == "rb" else opened(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", counting)
    (found,) = records(str(path), place, 1)
    assert isinstance(found, Article)
    assert found.id == "19000"
    assert counted < path.stat().st_size / 4


def test_standard_input_is_passed_over_by_count() -> None:
    """It has no places: what was done of it before is read past."""
    stream = io.BytesIO("".join(f"{row(number)}\n" for number in range(5)).encode())
    assert [
        one.found.id
        for one in marks("-", start=START._replace(record=3), stdin=stream)
        if isinstance(one.found, Article)
    ] == ["3", "4"]


LINES = st.lists(
    st.one_of(
        st.builds(lambda n: row(n).encode(), st.integers(0, 9)),
        st.binary(max_size=20).map(lambda data: data.replace(b"\n", b"")),
        st.text(" \t\r\x0b\x0c\x1c\x85\u00a0\u2003\u2028\ufeff", max_size=4).map(str.encode),
    ),
    max_size=12,
)


@given(lines=LINES, end=st.sampled_from([b"", b"\n"]))
def test_any_lines_are_marked_as_they_are_read(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], end: bytes
) -> None:
    """Broken, blank in any alphabet, in any encoding: a mark for each record and no other."""
    path = tmp_path_factory.mktemp("any") / "any.jsonl"
    path.write_bytes(b"\n".join(lines) + end)
    assert [as_read(str(path), mark) for mark in marks(str(path))] == list(map(plain, open_articles(path)))
