"""Archives that tests write themselves: small, and as the programs that make them write them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sayso.errors import InputError
from sayso.reading import open_articles
from sayso.records import Article

SENTENCE = "Police shot dead two miners in Oruro on Friday, officials said."
REPORT = [
    "Two miners were shot dead in the city of Oruro on Friday, officials of the province said in the evening.",
    "Hundreds of workers had blocked the road to the north since Monday. They ask for higher wages and for safer mines.",
    "The minister of the interior said that the police had been attacked with stones and with dynamite before they fired.",
]


def read(path: Path, **options: Any) -> list[Article | InputError]:
    return list(open_articles(path, **options))


def articles(path: Path, **options: Any) -> list[Article]:
    return [one for one in read(path, **options) if isinstance(one, Article)]


def errors(path: Path, **options: Any) -> list[InputError]:
    return [one for one in read(path, **options) if isinstance(one, InputError)]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def post(number: int, text: Any, **more: Any) -> dict[str, Any]:
    """A message as Telegram Desktop writes it."""
    return {
        "id": number, "type": "message", "date": "2022-01-05T16:00:00", "date_unixtime": "1641376800", "from": "North Wire",
        "from_id": "channel77", "text": text, "text_entities": [], **more,
    }  # fmt: skip


def chat(*posts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "North Wire", "type": "public_channel", "id": 77, **more, "messages": list(posts)}


def exported(found: dict[str, Any]) -> str:
    return json.dumps(found, indent=1, ensure_ascii=False)


def page(*paragraphs: str, head: str = "") -> bytes:
    body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs or REPORT)
    return f"<html><head><title>Two dead</title>{head}</head><body><article>{body}</article></body></html>".encode()


def response(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(block: bytes, *, type: str = "response", url: str = "https://example.org/2022/a", **more: str) -> bytes:
    headers = {
        "WARC-Type": type, "WARC-Record-ID": "<urn:uuid:3b1c2d4e-0000-4000-8000-000000000000>", "WARC-Date": "2022-01-07T10:00:00Z",
        "WARC-Target-URI": url, "Content-Type": "application/http; msgtype=response", "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def zipped(files: dict[str, bytes], *, method: int = zipfile.ZIP_STORED) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return found.getvalue()


def wiki(*pages: str) -> str:
    return (
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo>'
        "<sitename>Wikinews</sitename><base>https://en.wikinews.org/wiki/Main_Page</base></siteinfo>" + "".join(pages)
    ) + "</mediawiki>"


def wiki_page(title: str, text: str, *, space: int = 0, more: str = "") -> str:
    return (
        f"<page><title>{escape(title)}</title><ns>{space}</ns><id>1</id>{more}<revision><id>2</id>"
        f'<timestamp>2022-03-01T00:00:00Z</timestamp><text xml:space="preserve">{escape(text)}</text></revision></page>'
    )


def pdf(*pages: list[str]) -> bytes:
    """A PDF of lines in Helvetica, one below the other."""
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{4 + 2 * at} 0 R' for at in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, lines in enumerate(pages):
        shown = "".join(f"({line.replace('(', '').replace(')', '')}) Tj T* " for line in lines)
        content = f"BT /F1 11 Tf 14 TL 60 780 Td {shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    data, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return f"{data}{end}startxref\n{len(data)}\n%%EOF\n".encode()
