"""What is done to a sound input to make it unsound: each takes bytes and gives others, by the given chance alone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

TOKENS = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x94\xa5", b"\xe2\x80\xae", b"\xcc\x81", b"\r", b"\n", b"\r\n\r\n",
    b"\t", b'"', b"'", b"\\", b"\\u0000", b"\\ud800", b"\\x0b", b"[", b"]", b"{", b"}", b"(", b")", b"<", b">", b"</", b"<!--",
    b"-->", b"<![CDATA[", b"]]>", b"&", b"&#0;", b"&#xD800;", b"&#x110000;", b"<?xml", b"{{", b"}}", b"[[", b"{|", b"|}", b"<ref>",
    b"<div>", b"<p>", b"<script>", b"<title>", b"=?utf-8?b?", b"\n--", b"\nFrom a 2022\n", b"Content-Length: 99999999999\r\n",
    b"WARC/1.0\r\n", b"PK\x03\x04", b"PAR1", b"%PDF-", b" 0 R ", b"<<", b">>", b"stream\n", b"endobj\n", b"/Kids [1 0 R]", b"null",
    b"true", b"-1", b"1e999", b"NaN", b"0", b"\x1b[2J", b"\xc2\x85", b"\xe2\x80\xa8", b"\x7f", b"%00", b"../",
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"18446744073709551616", b"9" * 400)
ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp1251", "koi8-r", "cp037", "shift_jis", "utf-8-sig")

Twist = Callable[[bytes, random.Random], bytes]


def _at(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _part(data: bytes, chance: random.Random, most: int = 400) -> tuple[int, int]:
    start = _at(data, chance)
    return start, min(len(data), start + chance.randrange(1, most))


def cut(data: bytes, chance: random.Random) -> bytes:
    """Ends anywhere."""
    return data[: _at(data, chance)]


def beheaded(data: bytes, chance: random.Random) -> bytes:
    """Begins anywhere."""
    return data[_at(data, chance) :]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20, 200))):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def inserted(data: bytes, chance: random.Random) -> bytes:
    """Something that means something to some format, once or often, somewhere."""
    at, times = _at(data, chance), chance.choice((1, 1, 1, 2, 50, 3000))
    return data[:at] + chance.choice(TOKENS) * times + data[at:]


def removed(data: bytes, chance: random.Random) -> bytes:
    """Without some part."""
    start, end = _part(data, chance)
    return data[:start] + data[end:]


def repeated(data: bytes, chance: random.Random) -> bytes:
    """With some part again and again."""
    start, end = _part(data, chance, 100)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30, 2000)) + data[end:]


def moved(data: bytes, chance: random.Random) -> bytes:
    """Some part stands elsewhere."""
    start, end = _part(data, chance)
    rest = data[:start] + data[end:]
    at = _at(rest, chance)
    return rest[:at] + data[start:end] + rest[at:]


def miscounted(data: bytes, chance: random.Random) -> bytes:
    """A number is another one."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(NUMBERS) + data[one.end() :]


def misencoded(data: bytes, chance: random.Random) -> bytes:
    """In another encoding than it says."""
    return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def padded(data: bytes, chance: random.Random) -> bytes:
    """With bytes of no sense before or behind it."""
    filler = chance.choice((b"\0", b" ", b"\n", b"A", b"\xff")) * chance.choice((1, 100, 20_000))
    return filler + data if chance.random() < 0.5 else data + filler


TWISTS: tuple[Twist, ...] = (cut, beheaded, flipped, inserted, removed, repeated, moved, miscounted, misencoded, padded)


def twisted(data: bytes, chance: random.Random, most: int = 6) -> bytes:
    """After some twists, one upon another."""
    for _ in range(chance.randrange(1, most + 1)):
        data = chance.choice(TWISTS)(data, chance)[:2_000_000]
    return data


def spliced(one: bytes, other: bytes, chance: random.Random) -> bytes:
    """The beginning of one and the end of another."""
    return one[: _at(one, chance)] + other[_at(other, chance) :]
