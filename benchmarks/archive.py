"""A web archive of any size through `sayso code -o`: `python benchmarks/archive.py --data DATA --gigabytes 5`.

Makes a WARC file as a crawler of news leaves it: English pages (the articles of `raw/`, each under an address of its own, between menus and
links), pages in Russian, pictures, redirects and requests. Codes it with two workers into a folder, and writes to `benchmarks/archive.json`
how long that took, how many pages were coded and why the others were not, and the most memory that all its processes held at once,
looked at ten times a second.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from fastwarc.warc import WarcRecord, WarcRecordType
from rich.progress import Progress

FIGURES = Path(__file__).with_name("archive.json")
GIGABYTE = 1024**3
PICTURE = 600_000
"""Bytes of a picture at most."""
FURNITURE = "".join(
    f'<li class="menu__item"><a class="menu__link" href="/section/{number}">Section {number}</a></li>'
    for number in range(400)
)
RUSSIAN = (
    "Полиция сообщила о задержании девяти человек после митинга на площади. Министр заявил, что порядок восстановлен. "
)
OTHERS = (("ru", 3), ("picture", 6), ("moved", 1))
"""What else is in the archive, and how much of it for each English page is drawn."""
LOOK = 0.1
"""Seconds between two looks at the memory."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gigabytes", type=float, default=5.0)
    parser.add_argument("--articles", type=int, default=4_000, help="English pages in it")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--figures", type=Path, default=FIGURES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive, out = Path(folder) / "news.warc", Path(folder) / "coded"
        write(archive, options.data, int(options.gigabytes * GIGABYTE), options.articles)
        command = [
            sys.executable,
            "-m",
            "sayso",
            "code",
            str(archive),
            "-o",
            f"{out}/",
            "--workers",
            str(options.workers),
        ]
        began = time.monotonic()
        status, memory = watched(command)
        seconds = time.monotonic() - began
        kinds = Counter(json.loads(line)["kind"] for line in (out / "errors.jsonl").open(encoding="utf-8"))
        coded = sum(1 for part in out.glob("part-*.jsonl") for _ in part.open("rb"))
        told = {
            "date": date.today().isoformat(),
            "gigabytes": round(archive.stat().st_size / GIGABYTE, 2),
            "workers": options.workers,
            "status": status,
            "seconds": round(seconds),
            "coded": coded,
            "not_coded": dict(kinds),
            "pages_a_second": round((coded + sum(kinds.values())) / seconds, 1),
            "peak_memory_mb": memory // 1024,
        }
    print(json.dumps(told, indent=1))
    options.figures.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def write(path: Path, data: Path, size: int, articles: int) -> None:
    """An archive of about so many bytes with so many English pages, spread over it."""
    chance = random.Random(1)
    with gzip.open(data / "raw/wikinews.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = cycle([json.loads(line) for line in lines])
    with path.open("wb") as file, Progress() as progress:
        task = progress.add_task("making the archive", total=size)
        for number in range(articles):
            record("https://news.example/en", number, page(next(rows)), "text/html; charset=utf-8").write(file)
            for what in others(chance, file.tell(), size * (number + 1) / articles):
                other(what, number, chance).write(file)
            progress.update(task, completed=file.tell())


def others(chance: random.Random, at: int, wanted: float) -> Iterator[str]:
    """What stands between two English pages, until the archive is as long as it should be there."""
    kinds = [kind for kind, share in OTHERS for _ in range(share)]
    while at < wanted:
        kind = chance.choice(kinds)
        at += PICTURE // 2 if kind == "picture" else 60_000
        yield kind


def other(kind: str, number: int, chance: random.Random) -> WarcRecord:
    if kind == "picture":
        return record("https://img.example", number, chance.randbytes(chance.randrange(PICTURE)), "image/jpeg")
    if kind == "moved":
        return record("https://news.example/old", number, b"", "text/html", "301 Moved Permanently")
    text = RUSSIAN * chance.randrange(5, 30)
    return record(
        f"https://news.example/ru/{chance.random()}", number, page({"title": text[:60], "text": text}), "text/html"
    )


def page(row: dict[str, Any]) -> bytes:
    """An article between what stands around articles."""
    paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in row["text"].split("\n") if one.strip())
    title, day = html.escape(row["title"] or ""), row.get("published") or ""
    head = f'<meta charset="utf-8"><title>{title}</title><meta property="article:published_time" content="{day}">'
    return (
        f"<!doctype html><html><head>{head}</head><body><nav><ul>{FURNITURE}</ul></nav><main><article><h1>{title}</h1>"
        f"{paragraphs}</article></main><footer><ul>{FURNITURE}</ul></footer></body></html>"
    ).encode()


def record(address: str, number: int, body: bytes, kind: str, status: str = "200 OK") -> WarcRecord:
    made = WarcRecord()
    made.init_headers(record_type=WarcRecordType.response, record_urn=f"<urn:sayso:{number}>".encode())
    made.headers["WARC-Target-URI"] = f"{address}/{number}"
    made.headers["WARC-Date"] = "2026-11-01T00:00:00Z"
    made.headers["Content-Type"] = "application/http; msgtype=response"
    made.set_bytes_content(
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )
    return made


def watched(command: list[str]) -> tuple[int, int]:
    """The exit status, and the most kilobytes that the command and all its processes held at once."""
    most = 0
    with subprocess.Popen(command, start_new_session=True) as process:
        while process.poll() is None:
            most = max(most, sum(map(resident, family(process.pid))))
            time.sleep(LOOK)
    return process.returncode, most


def family(session: int) -> Iterator[int]:
    """The processes of a session."""
    for one in Path("/proc").iterdir():
        with suppress(ProcessLookupError):
            if one.name.isdigit() and os.getsid(int(one.name)) == session:
                yield int(one.name)


def resident(process: int) -> int:
    """Kilobytes of memory; shared ones are counted for each process."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


if __name__ == "__main__":
    main()
