"""Every example of the furniture file is told for what it is, and no counter-example is taken for furniture."""

from __future__ import annotations

import time

import pytest

from sayso.reading.bylines import byline
from sayso.reading.dates import is_date_line
from sayso.reading.furniture import catalogue, furniture

EXAMPLES = [(entry.name, example) for entry in catalogue() for example in entry.examples]
COUNTEREXAMPLES = [(entry.name, line) for entry in catalogue() for line in entry.counterexamples]


@pytest.mark.parametrize(("name", "line"), EXAMPLES)
def test_an_example_is_furniture_of_its_kind(name: str, line: str) -> None:
    found = furniture(line)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(("name", "line"), COUNTEREXAMPLES)
def test_a_counterexample_is_no_furniture(name: str, line: str) -> None:
    assert furniture(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "1,." * 3000,
        "share " * 40 + "x",
        "home > " * 90,
        "Photo: " + "ab." * 3000,
        "# " * 4000,
        "a" * 200_000,
        "(" * 5000,
    ],
)
def test_hostile_lines_take_no_time(line: str) -> None:
    start = time.perf_counter()
    furniture(line)
    byline(line)
    is_date_line(line)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("By Jane Roe and John de la Cruz, Example News", "Jane Roe and John de la Cruz, Example News"),
        ("BY JANE ROE", "JANE ROE"),
        ("By our correspondent in Oruro", "our correspondent in Oruro"),
        ("Written by: Jane Roe", "Jane Roe"),
        ("Author: Jane Roe", "Jane Roe"),
        ("Own. corr. XYZ", "Own. corr. XYZ"),
        ("Special correspondent, Oruro", "Special correspondent, Oruro"),
        ("Associated Press", None),
        ("(Reporting by Jane Roe; Editing by John Doe)", "Reporting by Jane Roe; Editing by John Doe"),
        ("Jane Roe in Oruro contributed to this report.", "Jane Roe in Oruro contributed to this report."),
        ("By Friday evening the town was empty.", None),
        ("Reports from the north said that villages were burning.", None),
        ("Reporting from the front has become harder, editors said.", None),
        ("Editors and reporters were beaten by police", None),
        ("[Reporter] What happened?", None),
    ],
)
def test_bylines_are_told_from_prose(line: str, author: str | None) -> None:
    assert byline(line) == author
