"""Every reader gives the words that lie in its container, whatever characters stand among them, and blocks in bounds and in order."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import tempfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.promise import ADDRESS, check
from fuzz.seeds import TELEGRAM_PAGE, table, zstd
from reading.archives import REPORT, chat, exported, page, pdf, post, record, response, wiki, wiki_page, zipped
from sayso.reading import open_articles
from sayso.reading.items import of_content
from sayso.reading.listings import read_listing
from sayso.reading.web import Fetched
from sayso.records import Article

WORDS = (
    "\U0001f525", "cafe\u0301", "\u202eright\u202c", "\u2066left\u2069", "a\u200db", "a\ufeffb", "50\u00a0000", "\U000e0041x", "नी", "中文", "İstanbul", "Straße",
    "“quoted”", "don’t", "R&D", "a<b", "x>y", "…", "½", "Zażółć", "Алматы",
)  # fmt: skip
WHITE = ("\r\n", "\r", "\n\n", "\t", "\u2028", "\u0085", " \u00a0 ", "\0", '"', '""', ",", ";", "\\", "'", "=1")
"""What only containers that keep the text unchanged have to keep."""
ANY = st.lists(
    st.sampled_from(WORDS + WHITE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=10
)
SOME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)
FEW = settings(max_examples=25, deadline=None)

Pack = Callable[[str], bytes]


def _csv(text: str, mark: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=mark).writerows([["id", "text"], ["1", text]])
    return written.getvalue().encode()


def _json(text: str, *, escaped: bool = False) -> bytes:
    return json.dumps({"id": "1", "text": text}, ensure_ascii=escaped).encode()


UNCHANGED: dict[str, Pack] = {
    "a.txt": str.encode,
    "a.txt.gz": lambda text: gzip.compress(text.encode()),
    "a.txt.bz2": lambda text: bz2.compress(text.encode()),
    "a.txt.zst": lambda text: zstd.compress(text.encode()),
    "a.md": lambda text: text.encode("utf-8-sig"),
    "a.text": lambda text: ("\ufeff" + text).encode("utf-16-le"),
    "a.jsonl": _json,
    "a.ndjson": lambda text: _json(text, escaped=True),
    "a.json": lambda text: b"[" + _json(text) + b"]",
    "a.csv": lambda text: _csv(text, ","),
    "a.tsv": lambda text: _csv(text, "\t"),
    "a.parquet": lambda text: table([{"id": "1", "text": text}]),
    "result.json": lambda text: exported(chat(post(1, ["", {"type": "bold", "text": text[:7]}, text[7:]]))).encode(),
}  # fmt: skip
"""Containers that keep the text as it is; half of a surrogate pair may be escaped in the JSON of the second."""


def only(name: str, data: bytes) -> Article:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        (found,) = open_articles(path)
    assert isinstance(found, Article), found
    check(found)
    return found


@pytest.mark.parametrize("name", UNCHANGED)
@FEW
@given(parts=ANY)
def test_what_keeps_the_text_keeps_every_character(name: str, parts: list[str]) -> None:
    """Plain text, packed or in whatever encoding its mark tells, JSON, tables, Parquet and Telegram's JSON: not a character is changed."""
    text = f"{REPORT[0]} {''.join(parts)} {REPORT[1]}"
    assert only(name, UNCHANGED[name](text)).text == text


def _mail(paragraphs: list[str]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = (
        "desk@example.org",
        paragraphs[0][:40],
        "Fri, 07 Jan 2022 10:00:00 +0100",
    )
    message.set_content("\n\n".join(paragraphs), charset="utf-8")
    return message.as_bytes()


def _warc(paragraphs: list[str]) -> bytes:
    return record(response(gzip.compress(page(*paragraphs)), more="Content-Encoding: gzip\r\n"))


def _telegram(paragraphs: list[str]) -> bytes:
    shown = "<br><br>".join(map(escape, paragraphs))
    return TELEGRAM_PAGE.replace("Police shot dead two miners in Oruro on Friday,<br>officials said.", shown).encode()


SHOWN: dict[str, Callable[[list[str]], bytes]] = {
    "a.html": lambda paragraphs: page(*paragraphs, head='<meta charset="utf-8">'),
    "messages.html": _telegram,
    "a.warc": _warc,
    "a.warc.gz": lambda paragraphs: gzip.compress(_warc(paragraphs)),
    "a.wacz": lambda paragraphs: zipped({"archive/a.warc": _warc(paragraphs)}),
    "a.xml": lambda paragraphs: wiki(wiki_page("Two dead", "\n\n".join(map(escape, paragraphs)))).encode(),
    "a.eml": _mail,
    "a.mbox": lambda paragraphs: b"From desk@example.org Fri Jan  7 10:00:00 2022\n" + _mail(paragraphs),
}  # fmt: skip
"""Containers whose text is what they show: white space is theirs."""


@pytest.mark.parametrize("name", SHOWN)
@FEW
@given(words=SOME)
def test_what_shows_a_text_gives_all_of_its_words(name: str, words: list[str]) -> None:
    """Pages, messages, archives and dumps: every paragraph's words are there, in order."""
    paragraphs = [f"{one[:40]} {' '.join(words)} {one[40:]}" for one in REPORT]
    found = " ".join(only(name, SHOWN[name](paragraphs)).text.split())
    at = 0
    for one in paragraphs:
        at = found.index(" ".join(one.split()), at)


@FEW
@given(words=SOME, atom=st.booleans())
def test_items_of_feeds_give_all_of_their_words(words: list[str], atom: bool) -> None:
    """RSS and Atom whose content is HTML, escaped once more as they escape it."""
    paragraphs = [f"{one[:40]} {' '.join(words)} {one[40:]}" for one in REPORT]
    content = escape("".join(f"<p>{escape(one)}</p>" for one in paragraphs))
    entry = f'<entry><id>urn:1</id><title>Two dead</title><content type="html">{content}</content></entry>'
    item = f"<item><title>Two dead</title><guid>1</guid><description>{content}</description></item>"
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
        if atom
        else f'<rss version="2.0"><channel>{item}</channel></rss>'
    )
    listing = read_listing(Fetched(feed.encode(), ADDRESS, "application/xml", None), name=ADDRESS)
    assert listing is not None
    article = of_content(listing.items[0], name=ADDRESS)
    check(article)
    found = " ".join(article.text.split())
    assert all(" ".join(one.split()) in found for one in paragraphs)


@settings(max_examples=3, deadline=None)
@given(st.lists(st.sampled_from(["miners", "strike", "Oruro", "wages"]), min_size=3, max_size=9))
def test_a_pdf_gives_the_words_of_its_lines(words: list[str]) -> None:
    """Lines as they are printed, put together to paragraphs."""
    lines = [*REPORT, f"Of {' '.join(words)} nothing more was told."]
    found = " ".join(only("a.pdf", pdf(lines)).text.split())
    assert all(" ".join(one.replace("(", "").replace(")", "").split()) in found for one in lines)


@pytest.mark.parametrize("pack", [zlib.compress, lambda data: b"\x1f\x8b" + data], ids=["zlib", "no gzip"])
def test_what_is_packed_otherwise_is_named(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """The end of a name does not make it gzip."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(pack(REPORT[0].encode()))
    (found,) = open_articles(path)
    assert not isinstance(found, Article)
    assert found.name == str(path)
