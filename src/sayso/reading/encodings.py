"""Bytes to text: byte-order marks, UTF-8, UTF-16 without a mark, and the one-byte code pages of Europe.

A mark decides; then UTF-8, which other encodings hardly ever imitate; then the code page under which the bytes read
most like words. charset-normalizer is asked where none of those does.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import NamedTuple

from sayso.errors import UnreadableInput

SAMPLE = 100_000
"""Bytes on which the encoding is judged."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PAGES = (
    *(
        "cp1252",
        "cp1251",
        "koi8-r",
        "cp1250",
        "iso8859-2",
        "iso8859-5",
        "cp1253",
        "iso8859-7",
        "cp1254",
        "cp1257",
        "iso8859-15",
    ),
    *("cp866", "mac-roman"),
)
"""Tried in this order; where two read equally well the earlier is taken."""
_FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_CONTROLS = frozenset(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}
BINARY_SHARE = 0.05

# Letters by how common they are in Russian; what is left of them tells the Cyrillic code pages apart.
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуя")
_QUOTES = frozenset("“”‘’–—…«»„•€£§°©®№½\u00a0")
# Where Windows-1252 has these the Turkish page has ğ, ş and ı, and news has more Turkish names than Icelandic ones.
_ICELANDIC = frozenset("ðþýÐÞÝ")
_RUN = re.compile(r"[^\W\d_]+")


class Decoded(NamedTuple):
    text: str
    encoding: str


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The text of a file, its byte-order mark removed, newlines as they are, and the encoding it was read in.

    `declared` is what HTTP or the page says; it is believed where the bytes are not UTF-8 and it fits.
    Raises UnreadableInput, calling the input `name`, for binary data.
    """
    encoding = detect(data[:SAMPLE], name=name, declared=declared, whole=len(data) <= SAMPLE)
    return Decoded(data.decode(encoding, "replace"), encoding)


def detect(sample: bytes, *, name: str, declared: str | None = None, whole: bool = True) -> str:
    """The name of the codec for data that begin with these bytes; `whole` says that nothing follows them."""
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return encoding
    for magic, what in _FORMATS:
        if sample.startswith(magic):
            raise UnreadableInput(name, f"{what}, not text")
    wide = _without_mark(sample)
    if wide:
        return wide
    if sum(byte in _CONTROLS for byte in sample[:8192]) > BINARY_SHARE * len(sample[:8192]):
        raise UnreadableInput(name, "binary data, not text")
    if _is_utf8(sample, whole):
        return "utf-8"
    return _declared(sample, declared) or _code_page(sample) or _ask(sample) or "cp1252"


def _without_mark(sample: bytes) -> str | None:
    """UTF-16 without its mark: spaces and ASCII letters leave zeros on one side of each pair."""
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    if max(zeros) < 0.02 * len(sample) or len(sample) < 4:
        return None
    encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    plausible = sum((c < "\u0600" and (c.isprintable() or c.isspace())) or c in _QUOTES for c in text)
    return encoding if plausible > 0.9 * len(text) else None


def _is_utf8(sample: bytes, whole: bool) -> bool:
    """UTF-8, with at most a stray broken byte among many good sequences, and perhaps cut in the middle of the last."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        text = sample.decode("utf-8", "replace")
        good = sum(c > "\x7f" and c != "\ufffd" for c in text)
        return good > 20 * text.count("\ufffd")
    return True


def _declared(sample: bytes, declared: str | None) -> str | None:
    try:
        encoding = codecs.lookup((declared or "").strip(" \"'")).name
        sample.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None
    # Pages that call themselves Latin-1 are Windows-1252: the WHATWG encoding standard says so too.
    return "cp1252" if encoding in ("iso8859-1", "ascii") else encoding


def _code_page(sample: bytes) -> str | None:
    best, score = None, 0.0
    for page in PAGES:
        try:
            text = sample.decode(page)
        except UnicodeDecodeError:
            continue
        reads = _reads_like_words(text)
        if reads > score + 1e-9:
            best, score = page, reads
    return best


def _reads_like_words(text: str) -> float:
    """How much the characters beyond ASCII look as if meant: letters in words of one script and sensible case."""
    foreign = sum(c > "\x7f" for c in text)
    good = sum(_sign(c) for c in text if c > "\x7f" and not c.isalpha())
    for match in _RUN.finditer(text):
        good += _word(match[0])
    return good / foreign if foreign else 0.0


def _sign(character: str) -> float:
    """Quotation marks and dashes are what English texts have beyond ASCII; C1 controls no text has."""
    return 1.0 if character in _QUOTES else -3.0 if "\x80" <= character <= "\x9f" else -1.0


def _word(word: str) -> float:
    beyond = [c for c in word if c > "\x7f"]
    if not beyond:
        return 0.0
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in word)
    greek = sum("\u0370" <= c <= "\u03ff" for c in word)
    mixed = max(cyrillic, greek) not in (0, len(word))
    wrong_case = any(a.islower() and b.isupper() for a, b in pairwise(word))
    if mixed or wrong_case:
        return -1.0 * len(beyond)
    if cyrillic or greek:
        if len(word) == 1:
            return 0.3
        common = sum(c in _COMMON_CYRILLIC for c in word.lower()) / len(word) if cyrillic else 0.75
        return len(beyond) * (0.4 + 0.6 * common - (0.3 if word.isupper() and len(word) > 1 else 0.0))
    # In Latin script letters with accents are the exception: a word of nothing else was another script.
    if any(c in _ICELANDIC for c in beyond):
        return 0.4 * len(beyond)
    return len(beyond) * (0.9 - 0.4 * len(beyond) / len(word) if len(beyond) < len(word) else -0.5)


def _ask(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:20_000]).best()
    return best.encoding if best else None
