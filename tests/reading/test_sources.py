"""One bad input costs no other: every source gives its articles in order, and an error that names what is wrong."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError, InvalidArticle, TooMuchInput, UnreadableInput
from sayso.reading import open_articles
from sayso.reading.packing import zstd
from sayso.reading.rows import read_row
from sayso.records import Article

SENTENCE = "Police shot dead two miners in Oruro on Friday, officials said."


def read(path: Path | str, **options: object) -> list[Article | InputError]:
    return list(open_articles(path, **options))  # type: ignore[arg-type]


def one(path: Path | str, **options: object) -> Article:
    (found,) = read(path, **options)
    assert isinstance(found, Article), found
    return found


def failure(path: Path | str, **options: object) -> InputError:
    (found,) = read(path, **options)
    assert isinstance(found, InputError)
    return found


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_file_is_its_text_unchanged(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"\xef\xbb\xbf" + f"{SENTENCE}\r\n\tMore.\r\n \x00".encode())
    article = one(path)
    assert article.text == f"{SENTENCE}\r\n\tMore.\r\n \x00"
    assert article.source == "a.txt"


def test_ids_depend_on_name_and_text_and_not_on_the_folder(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    first = one(written(tmp_path, "a.txt", SENTENCE)).id
    assert one(written(tmp_path / "x", "a.txt", SENTENCE)).id == first
    assert one(written(tmp_path, "b.txt", SENTENCE)).id != first
    assert one(written(tmp_path, "a.txt", SENTENCE + " ")).id != first


def test_rows_of_json_lines_keep_what_they_give(tmp_path: Path) -> None:
    row = {
        "id": "r1", "text": SENTENCE + "\r\n", "title": "Two dead", "published": "Jan 5, 2022", "url": "https://example.org/1",
        "outlet": "Example", "byline": ["Jane Roe", "John Doe"], "categories": ["World"], "language": "en", "source": [1], "more": {},
    }  # fmt: skip
    article = one(written(tmp_path, "a.jsonl", json.dumps(row)))
    assert article.model_dump(exclude={"blocks"}) == {
        "id": "r1", "text": SENTENCE + "\r\n", "title": "Two dead", "published": "2022-01-05", "source": "https://example.org/1",
        "outlet": "Example", "byline": "Jane Roe, John Doe", "categories": ("World",), "language": "en",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "broken JSON"),
        ("[1]", "not a JSON object"),
        ("3", "not a JSON object"),
        ('{"id": "x"}', "no text; there is: id"),
        ('{"text": null}', "no text"),
        ('{"text": 5}', "text is a number"),
        ('{"text": ["a"]}', "text is a list"),
        ('{"text": " \\n"}', "the text is empty"),
        ('{"text": "a", "id": true}', "id is true or false"),
        ('{"text": "a", "title": {}}', "title is an object"),
        ('{"text": "a", "categories": [1]}', "categories is a list"),
        ('{"text": "a \\ud800 b"}', "half a surrogate pair"),
        ('{"text": "a", "id": "\\udfff"}', "half a surrogate pair"),
        ("[" * 20_000 + "]" * 20_000, "nested too deep"),
        ('{"text": ' + "[" * 20_000 + "]" * 20_000 + "}", "nested too deep"),
        ('{"text": ' + "9" * 10_000 + "}", "broken JSON|a number"),
    ],
)
def test_a_row_that_is_no_article_names_its_line_and_the_others_come(tmp_path: Path, line: str, reason: str) -> None:
    good = json.dumps({"text": SENTENCE})
    first, bad, last = read(written(tmp_path, "a.jsonl", f"{good}\n\n{line}\n{good}"))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, InvalidArticle)
    assert bad.name == f"{tmp_path}/a.jsonl:3"
    with pytest.raises(InvalidArticle, match=reason):
        raise bad


def test_a_row_that_is_not_utf8_is_refused_alone(tmp_path: Path) -> None:
    bad, good = read(written(tmp_path, "a.jsonl", b'{"text": "one \xff two"}\n{"text": "three"}\n'))
    assert isinstance(bad, InvalidArticle)
    assert isinstance(good, Article)


def test_a_pair_of_surrogates_is_a_character() -> None:
    found = read_row('{"text": "a \\ud83d\\ude00"}', name="x", source="x")
    assert isinstance(found, Article)
    assert found.text == "a 😀"


@given(st.text(max_size=200))
def test_any_line_is_an_article_or_an_error(line: str) -> None:
    assert isinstance(read_row(line, name="x", source="x"), (Article, InputError))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_text_of_json_lines_comes_unchanged(text: str) -> None:
    found = read_row(json.dumps({"text": text}), name="x", source="x")
    assert isinstance(found, Article)
    assert found.text == text


def test_json_files_hold_one_article_or_a_list(tmp_path: Path) -> None:
    assert one(written(tmp_path, "a.json", json.dumps({"text": SENTENCE}, indent=1))).text == SENTENCE
    found = read(written(tmp_path, "b.json", json.dumps([{"text": "one two"}, 5])))
    assert [type(item) for item in found] == [Article, InvalidArticle]


def test_columns_are_mapped_as_asked(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", json.dumps({"maintext": SENTENCE, "nr": 7}))
    assert one(path, columns={"text": "maintext", "id": "nr"}).id == "7"
    with pytest.raises(ValueError, match="no such field: body"):
        open_articles(path, columns={"body": "maintext"})


def test_csv_columns_are_found_by_name(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.csv", f'Headline;Article Text;Pub-Date\nTwo dead;"{SENTENCE}\nMore; later.";2022-01-05\n'
    )
    article = one(path)
    assert (article.title, article.published) == ("Two dead", "2022-01-05")
    assert article.text == f"{SENTENCE}\nMore; later."


def test_a_row_of_csv_without_text_is_an_error_and_the_others_come(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.tsv", "id\ttext\n1\tone\n2\n3\t\n4\tfour\n"))
    assert [item.name if isinstance(item, InputError) else item.id for item in found] == [
        "1",
        f"{tmp_path}/a.tsv:3",
        f"{tmp_path}/a.tsv:4",
        "4",
    ]


def test_long_cells_are_read(tmp_path: Path) -> None:
    assert len(one(written(tmp_path, "a.csv", "id,text\n1," + "word " * 60_000)).text) == 300_000


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_table_without_text_says_what_it_has(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("csv"):
        written(tmp_path, name, "x,y\n1,2\n")
    else:
        pq.write_table(pa.table({"x": [1], "y": [2]}), path)
    assert "x, y" in failure(path).reason
    assert "no column body" in failure(path, columns={"text": "body"}).reason


def test_parquet_rows_are_articles(tmp_path: Path) -> None:
    table = pa.table({"doc_id": [1, 2, 3], "content": [SENTENCE, None, "b"], "tags": [["a"], [], None]})
    pq.write_table(table, tmp_path / "a.parquet")
    first, second, third = read(tmp_path / "a.parquet")
    assert isinstance(first, Article)
    assert (first.id, first.text, first.categories) == ("1", SENTENCE, ("a",))
    assert isinstance(second, InvalidArticle)
    assert second.name.endswith("a.parquet:2")
    assert isinstance(third, Article)


def test_broken_parquet_is_an_error(tmp_path: Path) -> None:
    assert "broken Parquet" in failure(written(tmp_path, "a.parquet", b"PAR1 nothing")).reason
    whole = tmp_path / "b.parquet"
    pq.write_table(pa.table({"text": ["x" * 1000] * 1000}), whole)
    data = whole.read_bytes()
    assert isinstance(failure(written(tmp_path, "c.parquet", data[: len(data) // 2])), UnreadableInput)


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    written(tmp_path, "c.txt", "third")
    written(tmp_path, "a.txt", "first")
    written(tmp_path, ".hidden.txt", "never")
    written(tmp_path / ".git", "x.txt", "never")
    written(tmp_path / "b", "a.md", "second")
    written(tmp_path / "b", "b.exe", "skipped")
    found = read(tmp_path)
    assert [item.source if isinstance(item, Article) else item.name for item in found] == [
        "a.txt",
        "b/a.md",
        f"{tmp_path}/b/b.exe",
        "c.txt",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.txt", bytes(range(256)) * 9, "binary"),
        ("a.html", b"", "no report|empty|broken"),
        ("a.html", b"<html></html>", "no report"),
        ("a.pdf", b"%PDF-1.4", "PDF"),
        ("a.txt.gz", b"not gzip", "cannot be read"),
        ("a.csv", b"", "no column"),
        ("a.json", b"{", "broken JSON"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    error = failure(written(tmp_path, name, content))
    assert error.name == str(tmp_path / name)
    with pytest.raises(InputError, match=reason):
        raise error


def test_missing_and_empty_places_say_so(tmp_path: Path) -> None:
    assert "no such file" in failure(tmp_path / "none.txt").reason
    assert "empty folder" in failure(tmp_path).reason
    assert "only http" in failure("ftp://example.org/a.txt").reason
    assert "not a file" in failure("/dev/null").reason


def test_texts_over_the_limit_are_refused(tmp_path: Path) -> None:
    assert isinstance(failure(written(tmp_path, "a.txt", "word " * 100), limit_chars=100), TooMuchInput)
    assert isinstance(failure(written(tmp_path, "b.txt", "я" * 5000), limit_chars=100), TooMuchInput)
    long = json.dumps({"text": "a" * 5000})
    error, good = read(written(tmp_path, "c.jsonl", f'{long}\n{{"text": "short"}}\n'), limit_chars=100)
    assert isinstance(error, TooMuchInput)
    assert isinstance(good, Article)


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstd.compress}


@pytest.mark.parametrize("end", PACKERS)
def test_packed_files_are_unpacked_on_the_way(tmp_path: Path, end: str) -> None:
    path = written(tmp_path, f"a.jsonl{end}", PACKERS[end](json.dumps({"text": SENTENCE}).encode()))
    assert one(path).text == SENTENCE


@pytest.mark.parametrize("end", PACKERS)
def test_a_packed_file_that_is_cut_off_keeps_its_rows_up_to_there(tmp_path: Path, end: str) -> None:
    rows = "".join(json.dumps({"text": f"{n} {random.Random(n).random()}"}) + "\n" for n in range(40_000)).encode()
    packed = PACKERS[end](rows)
    *rest, error = read(written(tmp_path, f"a.jsonl{end}", packed[: len(packed) * 3 // 4]))
    assert isinstance(error, UnreadableInput)
    good = [item for item in rest if isinstance(item, Article)]
    assert len(good) > 10_000
    assert [int(item.text.split()[0]) for item in good] == list(range(len(good)))


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (SENTENCE.encode(), [SENTENCE]),
        (b'{"id": "1", "text": "one"}\n{"id": "2", "text": "two"}\n', ["one", "two"]),
        (b'[{"text": "one"}, {"text": "two"}]', ["one", "two"]),
        (b'{\n  "text": "one"\n}', ["one"]),
        (b"{an odd beginning} of a text", ["{an odd beginning} of a text"]),
    ],
)
def test_a_stream_is_read_as_what_it_looks_like(data: bytes, texts: list[str]) -> None:
    stream = io.BytesIO(data)
    found = read("-", stdin=stream)
    assert [item.text for item in found if isinstance(item, Article)] == texts
    assert not stream.closed


def test_an_empty_stream_is_an_error() -> None:
    assert failure("-", stdin=io.BytesIO(b"")).name == "<stdin>"
