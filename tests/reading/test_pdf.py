"""PDF: the lines of the pages are put together to paragraphs, and what cannot be read says why."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from reading.archives import articles, pdf, read, written
from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading import open_articles
from sayso.reading import pdf as reading_pdf
from sayso.reading.pdf import paragraphs_of, read_pdf
from sayso.reading.pdf_pages import pages
from sayso.records import Article

LINES = [
    "Two miners were shot dead in the city of Oruro on Friday, the offi-", "cials of the province said. Workers have blocked the road to the",
    "north since Monday.", "The minister said that the police had been attacked with stones and", "dynamite.",
]  # fmt: skip
TEXT = (
    "Two miners were shot dead in the city of Oruro on Friday, the officials of the province said. Workers have blocked the road "
    "to the north since Monday.\n\nThe minister said that the police had been attacked with stones and dynamite."
)

GROUPS = (
    "Miners Drivers Nurses Clerks",
    "Farmers Bakers Guards Judges",
    "Cooks Pilots Singers Poets",
    "Tailors Smiths Monks Boys",
)


@pytest.mark.parametrize("name", ["a.pdf", "no-name-that-tells"])
def test_lines_become_paragraphs(tmp_path: Path, name: str) -> None:
    (found,) = articles(written(tmp_path, name, pdf(LINES)))
    assert found.text == TEXT
    assert found.published is None
    assert found.raw == pdf(LINES)


def test_words_between_hyphens_stay_apart_where_the_next_line_is_a_name() -> None:
    assert paragraphs_of(["the Kazakh-\nRussian border and some words more\nwhich go on here"]) == [
        "the Kazakh- Russian border and some words more which go on here"
    ]


def test_what_stands_at_the_edge_of_most_pages_is_left_out() -> None:
    bodies = [[f"{word} were shot in the city of Oruro on that day." for word in group.split()] for group in GROUPS]
    found = [
        "\n".join(["Human Rights Monthly", f"{at} March 2022", *body, f"Page {at} of 4"])
        for at, body in enumerate(bodies)
    ]
    assert " ".join(paragraphs_of(found)) == " ".join(line for body in bodies for line in body)


def test_what_stands_on_few_pages_stays() -> None:
    assert paragraphs_of(["Head line\nWords.", "Head line\nMore words."]) == [
        "Head line Words.",
        "Head line More words.",
    ]


def test_pages_that_are_all_alike_are_not_left_out() -> None:
    assert " ".join(paragraphs_of(["Police shot two miners."] * 3)) == " ".join(["Police shot two miners."] * 3)


def test_a_sentence_goes_on_over_the_edge_of_a_page() -> None:
    assert paragraphs_of(["The police had been attacked with", "stones."]) == [
        "The police had been attacked with stones."
    ]


def test_an_encrypted_file_says_so() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(LINES))))
    writer.encrypt("secret", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    with pytest.raises(UnreadableInput, match="encrypted"):
        read_pdf(data.getvalue(), name="a.pdf", source="a.pdf")


def test_pages_without_words_say_so(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, "a.pdf", pdf([])))
    assert isinstance(found, UnreadableInput)
    assert "images" in found.reason


def test_too_many_pages_and_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages(pdf(*[LINES] * 5), 4) == {"refused": "5 pages, more than 4"}
    monkeypatch.setattr(reading_pdf, "LIMIT_BYTES", 100)
    with pytest.raises(TooMuchInput):
        read_pdf(pdf(LINES), name="a.pdf", source="a.pdf")


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pdf, "LIMIT_SECONDS", 1)
    began = time.monotonic()

    def slow(command: list[str], **options: object) -> object:
        return run([command[0], "-c", "import time; time.sleep(60)"], **options)

    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", slow)
    with pytest.raises(TooMuchInput, match="took longer than 1 seconds"):
        read_pdf(pdf(LINES), name="a.pdf", source="a.pdf")
    assert time.monotonic() - began < 10


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), min_size=1, max_size=10), st.integers(0, 300))
def test_hostile_files_have_pages_or_a_reason(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(pdf(LINES, LINES))
    for at, value in changes:
        data[at % len(data)] = value
    found = pages(bytes(data[: len(data) - cut]), 100)
    assert list(found) in (["pages"], ["refused"])


@given(st.lists(st.text(alphabet="ab-.\n 12é", max_size=60), max_size=5))
def test_paragraphs_have_single_spaces_and_no_line_is_lost_on_few_pages(found: list[str]) -> None:
    paragraphs = paragraphs_of(found[:2])
    assert all(one and one == " ".join(one.split()) for one in paragraphs)
    letters = [c for page in found[:2] for c in page if c.isalnum()]
    assert [c for one in paragraphs for c in one if c.isalnum()] == letters


def test_a_broken_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (found,) = open_articles(written(tmp_path, "a.pdf", b"%PDF-1.7\nnothing"))
    assert isinstance(found, InputError)
    assert "broken PDF" in found.reason
    assert not isinstance(found, Article)
