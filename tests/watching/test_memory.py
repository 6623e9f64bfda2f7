"""What a watch remembers is one file that one watch at a time may use; it is whole, or an error says what is wrong with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sayso.errors import WatchError
from sayso.reading.items import Item
from sayso.reading.web import Validators
from sayso.records import Article
from sayso.watching.memory import FORGOTTEN_AFTER, Memory

URL = "https://news.example/feed"
ITEM = Item("1", "https://news.example/1", "Łódź", categories=("World", "Poland"), content="<p>x</p>")


def listed(memory: Memory, *items: Item, now: float, wanted: bool = True, source: str = URL) -> int:
    return memory.listed(source, [(one, wanted) for one in items], now, now + 900, Validators('"v"'), None)


def test_what_is_remembered_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    with closing(Memory(tmp_path / "in" / "memory")) as memory:
        memory.choose([URL])
        assert listed(memory, ITEM, now=100.0) == 1
        found = memory.next_of("news.example", 100.0)
        assert found is not None
        memory.read(found.id, Article(id="a", text="Łódź").made_of(b"\xff"), 100.0)
    with closing(Memory(tmp_path / "in" / "memory")) as memory:
        memory.choose([URL])
        read = memory.next_read(100.0)
        assert read is not None
        assert (read.article.id, read.article.text, read.article.raw) == ("a", "Łódź", b"\xff")
        assert memory.source(URL).since == Validators('"v"')
        assert memory.source(URL).due == 1000.0
        assert listed(memory, ITEM, now=101.0) == 0


def test_an_item_comes_back_as_it_was_listed(tmp_path: Path) -> None:
    with closing(Memory(tmp_path / "memory")) as memory:
        memory.choose([URL])
        listed(memory, ITEM, now=100.0)
        found = memory.next_of("news.example", 100.0)
        assert found is not None
        assert found.item == ITEM
        assert memory.hosts() == [("news.example", 100.0)]
        assert memory.next_of("news.example", 99.0) is None


def test_items_that_a_source_lists_no_more_are_forgotten_after_months(tmp_path: Path) -> None:
    with closing(Memory(tmp_path / "memory")) as memory:
        memory.choose([URL])
        other = Item("2", "https://news.example/2")
        listed(memory, ITEM, other, now=0.0, wanted=False)
        listed(memory, ITEM, now=FORGOTTEN_AFTER / 2)
        listed(memory, now=FORGOTTEN_AFTER + 1)
        assert memory.outcomes() == {"old": 1}
        assert listed(memory, ITEM, now=FORGOTTEN_AFTER + 2) == 0


def test_a_second_watch_is_told_that_there_is_one(tmp_path: Path) -> None:
    with closing(Memory(tmp_path / "memory")), pytest.raises(WatchError, match="another sayso watch is using it"):
        Memory(tmp_path / "memory")
    Memory(tmp_path / "memory").close()


def test_a_file_that_is_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "memory"
    path.write_bytes(b"something else, and long enough to be a database's head" * 50)
    with pytest.raises(WatchError, match="no memory of a watch"):
        Memory(path)
    assert path.read_bytes().startswith(b"something else")
    path.unlink()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version=7")
    with pytest.raises(WatchError, match="another version"):
        Memory(path)


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WatchError, match="memory"):
        Memory(tmp_path / "file" / "memory")
    with pytest.raises(WatchError):
        Memory(tmp_path)
