"""Reading takes time and memory in bounds, whatever it is given: what grows without end is refused by name."""

from __future__ import annotations

import bz2
import gzip
import json
import time
from pathlib import Path

import pytest

from fuzz import trial
from fuzz.seeds import zstd
from reading.archives import SENTENCE, articles, errors, read, wiki, wiki_page, written
from sayso.errors import InputError, TooMuchInput
from sayso.reading import make_article
from sayso.reading.mail import is_mbox
from sayso.reading.packing import FREE
from sayso.reading.rows import read_json
from sayso.reading.wikitext import read_wikitext
from sayso.records import Article

MEGABYTE = 1 << 20


@pytest.mark.parametrize("end", [".gz", ".bz2", ".zst"])
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.mbox", "a.html"])
def test_what_grows_beyond_measure_is_not_unpacked(tmp_path: Path, name: str, end: str) -> None:
    """A few kilobytes that unpack to hundreds of megabytes are refused after some of them, in whatever format."""
    pack = {".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstd.compress}[end]
    path = written(tmp_path, name + end, pack(b"word " * (MEGABYTE // 5)) * 300)
    began = time.process_time()
    (found,) = errors(path)
    assert found.name == str(path)
    assert "times its size" in found.reason or "more than" in found.reason
    assert time.process_time() - began < 3


def test_what_packs_well_is_read(tmp_path: Path) -> None:
    """A small file may be as repetitive as it likes, and a large one as texts are."""
    text = " ".join(f"Police arrested {number} people in Almaty." for number in range(3_000))
    rows = "".join(json.dumps({"id": str(number), "text": text}) + "\n" for number in range(60))
    assert len(rows) > FREE
    assert len(articles(written(tmp_path, "a.jsonl.gz", gzip.compress(rows.encode())))) == 60


def test_a_line_without_end_is_no_row_of_a_table(tmp_path: Path) -> None:
    """The rows before it are read."""
    path = written(tmp_path, "a.csv", f"id,text\n1,{SENTENCE}\n2," + "x" * 3_000_000)
    good, bad = read(path, limit_chars=200_000)
    assert isinstance(good, Article)
    assert isinstance(bad, TooMuchInput)
    assert bad.name == f"{path}:3"


def test_a_large_table_takes_little_more_memory_than_its_bytes(tmp_path: Path) -> None:
    """A character beyond the basic plane does not make four bytes of every other one."""
    path = written(tmp_path, "a.csv", "id,text\n" + f"1,\U0001f525 {SENTENCE}\n" + ("2,\n" * 16_000_000))

    def work() -> None:
        from sayso.reading import open_articles

        assert isinstance(next(open_articles(path)), Article)

    before = trial.tried(lambda: None, tmp_path).bytes
    assert trial.tried(work, tmp_path).bytes - before < 2.5 * path.stat().st_size


def test_json_of_too_many_values_is_refused() -> None:
    """What is small as text and large in memory is not taken in."""
    (found,) = read_json(b"[" + b"{}," * 3_000_000 + b"0]", name="a.json", source="a.json")
    assert isinstance(found, TooMuchInput)
    assert found.reason == "JSON of too many values"
    text = "One, two, three: four. " * 60_000
    (good,) = read_json(json.dumps([{"text": text}]).encode(), name="a", source="a", limit_chars=2_000_000)
    assert isinstance(good, Article)


def test_blanks_take_no_time_that_grows_with_their_square() -> None:
    """Two hundred thousand of them where a pattern could go back to each."""
    many = " " * 200_000
    began = time.process_time()
    assert make_article({"text": "a", "categories": f"one{many};{many}two{many}"}, name="a", source="a").categories == (
        "one",
        "two",
    )
    assert not is_mbox("From " + "a" * 200_000)
    assert read_wikitext(f"A.\n\n= {many} b\n== Two  ==\nB.", name="a").paragraphs[-2:] == ("Two", "B.")
    assert time.process_time() - began < 2


def test_a_message_with_an_impossible_date_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    """The library's parser of dates fails on numbers that no clock has."""
    message = "From desk@example.org Fri Jan  7 10:00:00 2022\nSubject: A\nDate: {}\n\n" + SENTENCE + "\n\n"
    bad, good = read(
        written(tmp_path, "a.mbox", message.format("7 Jan 2022 10:00:99999999999999999") + message.format("7 Jan 2022"))
    )
    assert isinstance(bad, InputError)
    assert bad.name.endswith("a.mbox:1")
    assert isinstance(good, Article)


def test_a_file_whose_name_is_no_unicode_is_read_and_coded(tmp_path: Path) -> None:
    """Its source is its name as far as it is text, so that the coding can be written."""
    (found,) = articles(written(tmp_path, "bad\udcff.txt", SENTENCE))
    assert found.source == "bad?.txt"
    assert json.loads(found.model_dump_json())["source"] == "bad?.txt"


def test_many_pages_of_a_dump_are_headed_as_before(tmp_path: Path) -> None:
    """Headings are told with blanks around them, with tabs, and at any depth."""
    text = "A.\n\n=One=\nB.\n\n==\tTwo \t== \nC.\n\n=== Three four ===\nD."
    (found,) = articles(written(tmp_path, "a.xml", wiki(wiki_page("T", text))))
    assert found.text.split("\n\n") == ["T", "A.", "One", "B.", "Two", "C.", "Three four", "D."]
