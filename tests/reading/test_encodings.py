"""Text comes back from bytes in the encodings that news is kept in; binary data is refused by name."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UnreadableInput
from sayso.reading.encodings import decode

WESTERN = "“We won’t leave,” said José Muñoz of São Paulo – the mayor’s aide.\r\nDie Straße nach Köln wurde gesperrt."
CYRILLIC = "Президент Казахстана заявил, что порядок в стране восстановлен. В Алматы тихо.\nМитинги прекратились."
CENTRAL = "Prezydent Wałęsa i premier Tusk rozmawiali w Łodzi z delegacją z Brzegu. Średnia płaca wzrosła."
GREEK = "Η αστυνομία συνέλαβε δέκα διαδηλωτές στην Αθήνα."
TURKISH = "Erdoğan İstanbul’da konuştu. Işık ve şehir."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [WESTERN, CYRILLIC, CENTRAL, GREEK, TURKISH])
def test_unicode_comes_back_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="x").text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "cp1252"),
        ("Le préfet a été blessé à Orléans, a déclaré le maire.", "iso8859-1"),
        (CYRILLIC, "cp1251"),
        (CYRILLIC, "koi8-r"),
        (CYRILLIC, "iso8859-5"),
        (CYRILLIC, "cp866"),
        (CENTRAL, "cp1250"),
        (GREEK, "cp1253"),
        (TURKISH.replace("’", "'"), "iso8859-9"),
        ("The rally in Łódź, said Lech Wałęsa, was calm.", "cp1250"),
        ("Only one word has it: café.", "cp1252"),
        ("Плохо", "cp1251"),
    ],
)
def test_code_pages_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="x").text == text


def test_newlines_stay_as_they_are() -> None:
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree\n", name="x").text == "one\r\ntwo\rthree\n"


def test_one_broken_byte_does_not_make_utf8_something_else() -> None:
    data = CYRILLIC.encode() + b" \xff " + CYRILLIC.encode()
    assert decode(data, name="x").text.startswith("Президент")


def test_what_the_page_declares_is_believed_where_it_fits() -> None:
    assert decode("Zażółć".encode("iso8859-2"), name="x", declared="ISO-8859-2").text == "Zażółć"
    assert decode("naïve".encode("cp1252"), name="x", declared="no-such-thing").text == "naïve"
    assert decode("Zażółć".encode(), name="x", declared="latin-1").text == "Zażółć"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n", "image"),
    ],
)
def test_binary_data_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=f"press.bin: .*{reason}"):
        decode(data, name="press.bin")


def test_a_nul_in_english_text_is_kept() -> None:
    assert (
        decode(b"one \x00 two and three and some more words", name="x").text
        == "one \x00 two and three and some more words"
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableInput):
        assert isinstance(decode(data, name="x").text, str)
