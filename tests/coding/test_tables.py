"""The lexicon's tables are kept in a quicker form, which is never another than what the TOML says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.coding import tables
from sayso.errors import LexiconError

TOML = "[cues]\nverbs = ['say', 'tell']\nweight = 0.5\n[[rule]]\nname = 'é'\n"
READ = {"cues": {"verbs": ["say", "tell"], "weight": 0.5}, "rule": [{"name": "é"}]}


@pytest.fixture
def lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lexicon of one file, `small`, and an empty cache; nothing is remembered within the process."""
    folder = tmp_path / "lexicon"
    folder.mkdir()
    (folder / "small.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", folder)
    monkeypatch.setattr(tables, "table", tables.table.__wrapped__)
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "cache"))
    return folder


def copies(lexicon: Path) -> list[Path]:
    return sorted((lexicon.parent / "cache" / "lexicon").glob("*"))


def test_the_second_reading_is_the_same_as_the_first(lexicon: Path) -> None:
    assert tables.table("small") == READ
    assert len(copies(lexicon)) == 1
    assert tables.table("small") == READ


def test_a_changed_file_is_read_anew(lexicon: Path) -> None:
    tables.table("small")
    (lexicon / "small.toml").write_text("[cues]\nverbs = []\n", encoding="utf-8")
    assert tables.table("small") == {"cues": {"verbs": []}}


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b"\xff\xfe"])
def test_a_broken_copy_is_not_used(lexicon: Path, broken: bytes) -> None:
    tables.table("small")
    copies(lexicon)[0].write_bytes(broken)
    assert tables.table("small") == READ
    assert json.loads(copies(lexicon)[0].read_bytes()) == READ


def test_without_a_folder_to_write_to_it_is_read_all_the_same(lexicon: Path) -> None:
    (lexicon.parent / "cache").write_text("no folder", encoding="utf-8")
    assert tables.table("small") == READ


def test_what_json_does_not_have_is_not_kept(lexicon: Path) -> None:
    (lexicon / "dated.toml").write_text("day = 2022-01-05\n", encoding="utf-8")
    assert str(tables.table("dated")["day"]) == "2022-01-05"
    assert copies(lexicon) == []


@pytest.mark.parametrize("written", [b"a = ", b"a = '\xff'"])
def test_what_is_no_toml_is_named(lexicon: Path, written: bytes) -> None:
    (lexicon / "broken.toml").write_bytes(written)
    with pytest.raises(LexiconError, match=r"broken\.toml"):
        tables.table("broken")
    with pytest.raises(LexiconError, match=r"absent\.toml"):
        tables.table("absent")
