"""The formats of `sayso code`, as strategies: what is written before, for each, and after the codings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sayso.records import Coding


class Style(NamedTuple):
    """How a report for a terminal looks; the other formats always look the same."""

    width: int = 100
    color: bool = False
    explain: bool = False


def _nothing() -> str:
    return ""


class Writer(NamedTuple):
    """`before()` + `each(coding, style)` for every coding + `after()` is one complete file."""

    each: Callable[[Coding, Style], str]
    before: Callable[[], str] = _nothing
    after: Callable[[], str] = _nothing


def _jsonl() -> Writer:
    return Writer(lambda coding, style: coding.to_json() + "\n")


def _table() -> Writer:
    from sayso.exports.table import report

    return Writer(lambda coding, style: report(coding, width=style.width, color=style.color, explain=style.explain))


def _csv() -> Writer:
    from sayso.exports.csv_table import header, rows

    return Writer(lambda coding, style: "".join(rows(coding)), header)


def _html() -> Writer:
    from sayso.exports.page import foot, head, section

    return Writer(lambda coding, style: section(coding), head, foot)


WRITERS: dict[str, Callable[[], Writer]] = {"table": _table, "jsonl": _jsonl, "csv": _csv, "html": _html}
