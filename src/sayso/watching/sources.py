"""The file of sources: what is watched, and how often.

A TOML file with a `[[source]]` for each; `example.toml` beside this module shows every key. `url` is needed, the others have
defaults: kind "feed", every 15 minutes, of a sitemap nothing older than two days, a pause of a second.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit

from sayso.errors import WatchError
from sayso.reading.polite import PAUSE
from sayso.reading.web import is_url

Kind = Literal["feed", "sitemap", "page"]
KEYS = ("url", "kind", "every", "outlet", "within", "language", "name", "private")
TOP = ("contact", "pause", "source")
EVERY = 15 * 60.0
SHORTEST = 1.0
"""Seconds between two rounds of a source, at least; `EVERY` where the file says nothing."""
WITHIN: dict[Kind, float | None] = {"feed": None, "sitemap": 2 * 86_400.0, "page": None}
"""Seconds: a sitemap lists all that a site has ever had."""
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SPAN = re.compile(r"(\d{1,6})\s*([smhd])")
_CONTACT = re.compile(r"[!-~]{1,200}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Source:
    """One that is watched. Times are seconds."""

    url: str
    kind: Kind
    name: str
    every: float = EVERY
    outlet: str | None = None
    within: float | None = None
    language: str | None = None
    private: bool = False


@dataclass(frozen=True)
class Plan:
    """What is watched, and what holds for all of it."""

    sources: tuple[Source, ...]
    contact: str | None = None
    pause: float = PAUSE


def read_sources(path: Path) -> Plan:
    """The plan that a file holds. Raises WatchError, naming the line or the key, where it breaks the rules."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise WatchError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise WatchError(f"{path}: not UTF-8 at byte {error.start}") from error
    return parse_sources(text, name=str(path))


def parse_sources(text: str, *, name: str) -> Plan:
    """As `read_sources`, of the file's text."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WatchError(f"{name}: no TOML: {error}") from error
    _known(table, TOP, name)
    given = table.get("source", [])
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise WatchError(f"{name}: no source; write one as [[source]] with its url")
    sources = tuple(_source(one, f"{name}: source {number}") for number, one in enumerate(given, 1))
    for key in ("url", "name"):
        _each_once([getattr(one, key) for one in sources], key, name)
    contact = _text(table, "contact", name)
    if contact is not None and not _CONTACT.fullmatch(contact):
        raise WatchError(f"{name}: contact: an address of the web or of mail is wanted, not {contact[:60]!r}")
    pause = _span(table, "pause", name)
    return Plan(sources, contact, PAUSE if pause is None else pause)


def _source(table: Mapping[str, Any], where: str) -> Source:
    _known(table, KEYS, where)
    url = _text(table, "url", where)
    if url is None:
        raise WatchError(f"{where}: no url")
    where = f"{where} ({url[:100]})"
    if not _is_address(url):
        raise WatchError(f"{where}: url: not an http or https address")
    kind = cast(Kind, _text(table, "kind", where) or "feed")
    if kind not in get_args(Kind):
        raise WatchError(f"{where}: kind: {kind!r} is none of {', '.join(get_args(Kind))}")
    every, within = _span(table, "every", where), _span(table, "within", where)
    if every is not None and every < SHORTEST:
        raise WatchError(f"{where}: every: at least 1s")
    private = table.get("private", False)
    if not isinstance(private, bool):
        raise WatchError(f"{where}: private: true or false is wanted, not {private!r}")
    return Source(
        url,
        kind,
        _text(table, "name", where) or url,
        EVERY if every is None else every,
        _text(table, "outlet", where),
        WITHIN[kind] if within is None else within,
        _language(table, where),
        private,
    )


def _known(table: Mapping[str, Any], keys: Collection[str], where: str) -> None:
    for key in table:
        if key not in keys:
            raise WatchError(f"{where}: no such key: {key}; there are: {', '.join(keys)}")


def _each_once(values: list[str], key: str, name: str) -> None:
    seen: dict[str, int] = {}
    for number, value in enumerate(values, 1):
        first = seen.setdefault(value, number)
        if first != number:
            raise WatchError(f"{name}: source {number}: {key}: {value[:100]!r} is source {first}'s already")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return is_url(url) and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _text(table: Mapping[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise WatchError(f"{where}: {key}: words are wanted, not {value!r}")
    return value.strip()


def _span(table: Mapping[str, Any], key: str, where: str) -> float | None:
    value = _text(table, key, where)
    if value is None:
        return None
    found = _SPAN.fullmatch(value)
    if found is None:
        raise WatchError(f"{where}: {key}: {value!r} is no time; write it as 30s, 15m, 6h or 2d")
    return float(found[1]) * UNITS[found[2]]


def _language(table: Mapping[str, Any], where: str) -> str | None:
    value = _text(table, "language", where)
    if value is not None and not _LANGUAGE.fullmatch(value):
        raise WatchError(f"{where}: language: {value[:40]!r} is no tag of a language; write it as en or pt-BR")
    return value
