"""A file of sources is what it says, or an error that names the line or the key."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.watch_command import EXAMPLE
from sayso.errors import WatchError
from sayso.watching.sources import KEYS, TOP, Plan, Source, parse_sources, read_sources

ROOT = Path(__file__).parents[2]
URL = "https://news.example/feed"


def parsed(*lines: str) -> Plan:
    return parse_sources("\n".join(lines), name="s.toml")


def test_a_source_needs_its_address_alone() -> None:
    (one,) = parsed("[[source]]", f'url = "{URL}"').sources
    assert one == Source(URL, "feed", URL, every=900.0)


def test_of_a_sitemap_only_the_last_days_are_wanted_unless_said_otherwise() -> None:
    first, second = parsed(
        "[[source]]", f'url = "{URL}"', 'kind = "sitemap"', "[[source]]", 'url = "http://b/"', 'kind = "sitemap"', 'within = "6h"'
    ).sources  # fmt: skip
    assert (first.within, second.within) == (2 * 86_400.0, 6 * 3600.0)


def test_the_example_shows_every_key_and_stands_in_the_help() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    assert set(table) == set(TOP)
    assert {key for one in table["source"] for key in one} == set(KEYS)
    assert [one.kind for one in parse_sources(text, name="x").sources] == ["feed", "sitemap", "page"]
    assert max(map(len, text.splitlines())) < 78


def test_the_file_that_is_deployed_is_one() -> None:
    deployed = ROOT / "deploy" / "sources.toml"
    assert read_sources(deployed).contact
    assert deployed.read_text(encoding="utf-8") == EXAMPLE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["[[source]]", "url = https://x"], "s.toml: no TOML: Invalid value (at line 2, column 7)"),
        ([""], "s.toml: no source"),
        (["source = 3"], "s.toml: no source"),
        (["[source]", f'url = "{URL}"'], "s.toml: no source"),
        (["sources = []"], "s.toml: no such key: sources; there are: contact, pause, source"),
        (["[[source]]", 'kind = "feed"'], "s.toml: source 1: no url"),
        (["[[source]]", "url = 3"], "s.toml: source 1: url: words are wanted, not 3"),
        (["[[source]]", 'url = "file:///etc/passwd"'], "url: not an http or https address"),
        (["[[source]]", 'url = "http://"'], "url: not an http or https address"),
        (["[[source]]", 'url = "http://h:99999/"'], "url: not an http or https address"),
        (["[[source]]", f'url = "{URL}"', 'evry = "5m"'], "source 1: no such key: evry; there are: url, kind, every"),
        (
            ["[[source]]", f'url = "{URL}"', 'kind = "telegram"'],
            f"source 1 ({URL}): kind: 'telegram' is none of feed, sitemap, page",
        ),
        (
            ["[[source]]", f'url = "{URL}"', 'every = "soon"'],
            "every: 'soon' is no time; write it as 30s, 15m, 6h or 2d",
        ),
        (["[[source]]", f'url = "{URL}"', "every = 15"], "every: words are wanted, not 15"),
        (["[[source]]", f'url = "{URL}"', 'every = "0s"'], "every: at least 1s"),
        (["[[source]]", f'url = "{URL}"', 'private = "yes"'], "private: true or false is wanted, not 'yes'"),
        (["[[source]]", f'url = "{URL}"', 'language = "English!"'], "language: 'English!' is no tag"),
        (
            ["[[source]]", f'url = "{URL}"', "[[source]]", f'url = "{URL}"'],
            f"source 2: url: '{URL}' is source 1's already",
        ),
        (
            ["[[source]]", f'url = "{URL}"', 'name = "a"', "[[source]]", 'url = "http://b/"', 'name = "a"'],
            "source 2: name: 'a'",
        ),
        (['contact = "me\\nX-Evil: 1"', "[[source]]", f'url = "{URL}"'], "contact: an address of the web or of mail"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_or_its_key(lines: list[str], words: str) -> None:
    with pytest.raises(WatchError) as found:
        parsed(*lines)
    assert words in str(found.value)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WatchError, match="No such file"):
        read_sources(tmp_path / "none.toml")
    with pytest.raises(WatchError, match="cannot be read"):
        read_sources(tmp_path)
    (tmp_path / "odd.toml").write_bytes(b"contact = '\xff'")
    with pytest.raises(WatchError, match="not UTF-8 at byte 11"):
        read_sources(tmp_path / "odd.toml")


VALUES = st.one_of(
    st.text(max_size=12),
    st.integers(),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
    st.sampled_from([URL, "5m", "page"]),
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4), max_size=3))
def test_any_values_are_a_plan_or_an_error(tables: list[dict[str, object]]) -> None:
    lines = [
        line
        for table in tables
        for line in ("[[source]]", *(f"{key} = {_toml(value)}" for key, value in table.items()))
    ]
    found = _tried(lines)
    assert found.startswith("s.toml") if isinstance(found, str) else len(found.sources) == len(tables)


def _tried(lines: list[str]) -> Plan | str:
    try:
        return parsed(*lines)
    except WatchError as error:
        return str(error)


def _toml(value: object) -> str:
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08x}" for c in value) + '"'
    return str(value).lower()


def test_the_file_that_is_deployed_is_the_example() -> None:
    """Of `sayso watch --help`: there is one to keep right."""
    deployed = Path(__file__).parents[2] / "deploy" / "sources.toml"
    assert deployed.read_text(encoding="utf-8") == EXAMPLE.read_text(encoding="utf-8")
