"""Hostile inputs that are no text: what is packed grows without end, archives lie about their sizes, PDF files go round."""

from __future__ import annotations

import bz2
import gzip
import io
import random
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from fuzz.seeds import WARC, named, seeds
from reading.archives import SENTENCE, page, record, response

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Made = tuple[str, bytes]
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, 6, mtime=0), ".bz2": bz2.compress, ".zst": zstd.compress,
}  # fmt: skip
UNITS = (
    b"\0",
    b"a",
    b"\n",
    b"[",
    b'{"text":"',
    b"<p>",
    b"a,b\n",
    b'"',
    b"word ",
    b"{},",
    b"WARC/1.0\r\n",
    b"From a 2022\n",
    b"\xf0\x9f\x94\xa5",
    b"-",
)


@cache
def _piece(unit: bytes, packer: str) -> bytes:
    """A megabyte of a unit, packed."""
    return PACKERS[packer](unit * ((1 << 20) // len(unit)))


def _bomb(unit: bytes, megabytes: int, packer: str, beginning: bytes) -> bytes:
    """So many megabytes of a unit, as packed pieces one after the other, which all three programs unpack as one."""
    return PACKERS[packer](beginning) + _piece(unit, packer) * megabytes


def _grows(chance: random.Random) -> Made:
    kind = chance.choice(
        (".txt", ".html", ".jsonl", ".json", ".csv", ".tsv", ".xml", ".mbox", ".eml", ".pdf", ".warc", "result.json")
    )
    beginning = seeds()[kind][:300] if chance.random() < 0.6 else b""
    packer = chance.choice(list(PACKERS))
    megabytes = chance.choice((12, 12, 70, 70, 200, 600))
    return named(kind) + packer, _bomb(chance.choice(UNITS), megabytes, packer, beginning)


def _repacked(chance: random.Random) -> Made:
    """Cut off, twice packed, with another name or something behind it."""
    kind = chance.choice([kind for kind in seeds() if not kind.endswith(tuple(PACKERS))])
    packer = chance.choice(list(PACKERS))
    data = PACKERS[packer](seeds()[kind])
    data = chance.choice((
        data[: chance.randrange(len(data))], PACKERS[packer](data), data + data, data + b"\0" * 500, data + b"junk", data[:12], data[10:],
        data[:-4] + b"\0\0\0\0", b"",
    ))  # fmt: skip
    return named(kind) + chance.choice((packer, packer, chance.choice(list(PACKERS)))), data


def _archive(chance: random.Random) -> Made:
    """A web archive whose records say what is not so."""
    block = response(page())
    length = chance.choice((str(len(block)), "0", "-1", "1", str(10**6), str(10**12), str(10**25), "x", ""))
    lying = record(block, Content_Length=length, WARC_Date=chance.choice(("", "x", "2022-01-07T10:00:00Z")))
    coding = chance.choice(
        ("gzip", "deflate", "br", "zstd", "gzip, gzip, gzip", "chunked", "gzip, " * 300 + "gzip", "x")
    )
    body = chance.choice((
        page(), gzip.compress(page()), zlib.compress(page()), b"\x1f\x8b", b"ffffffff\r\n", b"5\r\nabc", _bomb(b"<p>a", 60, ".gz", page()),
        _bomb(b"\0", 200, ".zst", b""),
    ))  # fmt: skip
    header = chance.choice(("Content-Encoding", "Transfer-Encoding"))
    coded = record(response(body, more=f"{header}: {coding}\r\n"))
    odd = record(
        response(
            page(),
            status=chance.choice(("200", "OK", "-1", "9" * 40)),
            kind=chance.choice(("text/html; charset=\xff", "text/html;" * 500)),
        )
    )
    flood = record(
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * chance.choice((10, 20_000)) + b"Content-Type: text/html\r\n\r\n" + page()
    )
    data = b"".join(chance.choices((lying, coded, odd, flood, WARC), k=chance.randrange(1, 5)))
    return (
        ("a.warc", data)
        if chance.random() < 0.7
        else ("a.warc.gz", gzip.compress(data, mtime=0) * chance.choice((1, 3)))
    )


def _zip_bomb(chance: random.Random) -> Made:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        unit = chance.choice((b"\0", WARC, b"WARC/1.0\r\nWARC-Type: response\r\n"))
        archive.writestr("archive/a.warc", unit * (chance.choice((5_000_000, 60_000_000)) // len(unit)))
        archive.writestr("archive/b.warc.gz", _bomb(b"\0", 200, ".gz", WARC))
    data = found.getvalue()
    if chance.random() < 0.4:  # its directory says that it is small
        at = data.rindex(b"PK\x01\x02") + 24
        data = data[:at] + b"\x10\0\0\0" + data[at + 4 :]
    return "a.wacz", data


def _pdf(chance: random.Random) -> Made:
    flood = zlib.compress(
        chance.choice(
            (b"\0" * 40_000_000, b"BT (a) Tj ET\n" * 200_000, b"q " * 2_000_000, b"[" * 500_000, b"(" * 900_000)
        )
    )
    stream = b"BT /F1 11 Tf 60 780 Td (" + SENTENCE.encode() + b") Tj ET"
    content = chance.choice((
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(flood), flood),
        b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(flood), b"/FlateDecode " * 40, flood),
        b"<< /Length 5 0 R >>\nstream\n%s\nendstream" % stream, b"[5 0 R]", b"5 0 R", b"null",
        b"<< /Length 10 /Filter /LZWDecode >>\nstream\n\xff\xff\xff\xff\nendstream",
    ))  # fmt: skip
    kids = chance.choice(
        (b"[4 0 R]", b"[2 0 R]", b"[4 0 R 2 0 R]", b"[" + b"4 0 R " * 400 + b"]", b"[" * 5_000, b"6 0 R")
    )
    objects = [
        chance.choice((b"<< /Type /Catalog /Pages 2 0 R >>", b"1 0 R", b"<< /Type /Catalog /Pages 1 0 R >>")),
        b"<< /Type /Pages /Count %s /Kids %s /Parent 2 0 R >>" % (chance.choice((b"1", b"-1", b"99999999999")), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>" % chance.choice((b"", b"/ToUnicode 5 0 R", b"/DescendantFonts [3 0 R]")),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /X 4 0 R >> >> /Contents 5 0 R >>",
        content,
        chance.choice((b"<< /A " * 3_000, b"[6 0 R]", b"(" * 3_000, b"<" * 3_000)),
    ]  # fmt: skip
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (chance.choice((7, 7, 10**9)), table)
    more = chance.choice(
        (b"", b"/Prev %d" % start, b"/XRefStm %d" % start, b"/Encrypt 6 0 R", b"/Encrypt << /Filter /Standard /V 4 >>")
    )
    data += b"trailer\n<< /Size 7 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        more,
        chance.choice((start, start, 0, 10**9)),
    )
    return "a.pdf", data


MAKERS: dict[str, tuple[Callable[[random.Random], Made], int]] = {
    "packed, and grows": (_grows, 3), "packed wrongly": (_repacked, 3), "web archive": (_archive, 4), "zip that grows": (_zip_bomb, 1), "pdf": (_pdf, 4),
}  # fmt: skip


def made(chance: random.Random) -> tuple[str, bytes, str]:
    """A name, the bytes, and what it is."""
    label = chance.choices(list(MAKERS), [weight for _, weight in MAKERS.values()])[0]
    return (*MAKERS[label][0](chance), label)
