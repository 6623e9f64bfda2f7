"""Sound inputs of every format, small: what mutations begin with."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import sys
from email.message import EmailMessage
from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq

from reading.archives import (
    REPORT,
    SENTENCE,
    chat,
    exported,
    page,
    pdf,
    post,
    record,
    response,
    wiki,
    wiki_page,
    zipped,
)

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TELEGRAM_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>
<div class="page_header"><div class="content"><div class="text bold">North Wire</div></div></div>
<div class="message default clearfix" id="message2"><div class="body"><div class="pull_right date details"
 title="05.01.2022 16:00:00 UTC+01:00">16:00</div><div class="from_name">North Wire</div>
<div class="text">Police shot dead two miners in Oruro on Friday,<br>officials said.</div></div></div></body></html>"""
WIKITEXT = """{{date|March 1, 2022}}
'''[[Oruro]]''' — Two miners were shot dead on Friday, [[w:police|officials]] said.<ref name="a">{{cite web|url=x}}</ref>
{| class="wikitable"
|-
| one || two
|}
* The minister said that the police had been attacked.
== Sources ==
*{{source|url=https://example.org|title=Two dead}}
[[Category:Mining]]
"""
WARC = record(response(page()), url="https://example.org/2022/a")


def mail(*, html: bool = False) -> bytes:
    """A newsletter, as plain text, or as both."""
    message = EmailMessage()
    message["From"] = "North Wire <desk@example.org>"
    message["Subject"] = "Two miners shot dead"
    message["Date"] = "Fri, 07 Jan 2022 10:00:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("\n\n".join(REPORT))
    if html:
        message.add_alternative(page().decode(), subtype="html")
    return message.as_bytes()


def table(rows: list[dict[str, object]]) -> bytes:
    """Rows as Parquet."""
    found = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), found)
    return found.getvalue()


@cache
def seeds() -> dict[str, bytes]:
    """Inputs by the end of their names, or by what they are called where several formats share one end."""
    text = "\n\n".join(("Two miners shot dead", *REPORT))
    row = {"id": "1", "text": SENTENCE, "title": "Two dead", "published": "2022-01-07", "outlet": "North Wire"}
    lines = "".join(json.dumps({**row, "id": str(number)}) + "\n" for number in range(2))
    return {
        ".txt": text.encode(),
        ".html": page(
            head='<meta name="author" content="A. Writer"><meta property="article:published_time" content="2022-01-07">'
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Two dead"}</script>'
        ),
        "messages.html": TELEGRAM_PAGE.encode(),
        ".json": json.dumps([row, {**row, "id": 2}]).encode(),
        "result.json": exported(chat(post(1, SENTENCE), post(2, ["Two ", {"type": "bold", "text": "dead"}, "."]))).encode(),
        ".jsonl": lines.encode(),
        ".csv": f'id,title,text,published\n1,Two dead,"{SENTENCE}",2022-01-07\n2,"a ""b""","one\ntwo",07.01.2022\n'.encode(),
        ".tsv": f"id\ttext\n1\t{SENTENCE}\n".encode(),
        ".parquet": table([{"doc_id": 1, "content": SENTENCE}, {"doc_id": 2, "content": None}]),
        ".warc": WARC + record(b"software: made\r\n", type="warcinfo", Content_Type="application/warc-fields"),
        ".warc.gz": gzip.compress(WARC, mtime=0) + gzip.compress(WARC, mtime=0),
        ".wacz": zipped({"archive/a.warc": WARC, "datapackage.json": b"{}"}),
        ".xml": wiki(wiki_page("Miners shot", WIKITEXT), wiki_page("Talk:Miners", "No.", space=1)).encode(),
        ".eml": mail(html=True),
        ".mbox": b"".join(b"From desk@example.org Fri Jan  7 10:00:00 2022\n" + mail() + b"\n" for _ in range(2)),
        ".pdf": pdf(REPORT, [SENTENCE]),
        ".txt.gz": gzip.compress(text.encode(), mtime=0),
        ".jsonl.bz2": bz2.compress(lines.encode()),
        ".csv.zst": zstd.compress(f"id,text\n1,{SENTENCE}\n".encode()),
    }  # fmt: skip


def named(kind: str, stem: str = "a") -> str:
    """A file's name for a kind of `seeds`: ".txt" is "a.txt", "result.json" is itself."""
    return f"{stem}{kind}" if kind.startswith(".") else kind
