"""Inputs that somebody would make on purpose, by a number: the same number gives the same input."""

from __future__ import annotations

import io
import os
import random
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fuzz import hostile_packed, hostile_text
from fuzz.seeds import named, seeds
from fuzz.twists import spliced, twisted
from reading.archives import SENTENCE

SHARE_STDIN = 0.08
"""Of the inputs that are one file, how many come on standard input instead: without a name to tell their format."""


@dataclass
class Hostile:
    """One input. `files` are put into an empty folder; then `prepare` does what is no file. `argument` is below the folder."""

    label: str
    files: dict[str, bytes] = field(default_factory=dict)
    argument: str | None = None
    prepare: Callable[[Path], None] = lambda folder: None
    stdin: bool = False
    absolute: bool = False

    def written(self, folder: Path) -> tuple[str, Path | None]:
        """Put it into the folder; the argument of the command, and what stands on its standard input."""
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.prepare(folder)
        only = next(iter(self.files), "")
        if self.stdin:
            return "-", folder / only
        argument = only if self.argument is None else self.argument
        return (argument if self.absolute else str(folder / argument)), None


def mutated(chance: random.Random) -> Hostile:
    """A sound input with something wrong in it."""
    kind = chance.choice(sorted(seeds()))
    return Hostile(f"twisted {kind}", {named(kind): twisted(seeds()[kind], chance)})


def mixed(chance: random.Random) -> Hostile:
    """Half of one format and half of another, under the name of a third."""
    one, other, name = (chance.choice(sorted(seeds())) for _ in range(3))
    data = spliced(seeds()[one], seeds()[other], chance) if chance.random() < 0.6 else seeds()[one]
    return Hostile("mixed formats", {named(name): data})


def noise(chance: random.Random) -> Hostile:
    """Bytes by chance, behind what begins some format."""
    magic = (
        b"",
        b"",
        b"%PDF-1.7\n",
        b"PAR1",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"BZh9",
        b"\x28\xb5\x2f\xfd",
        b"WARC/1.0\r\n",
        b"{",
        b"<",
    )
    data = chance.choice(magic) + chance.randbytes(chance.choice((0, 1, 3, 40, 900, 60_000)))
    return Hostile("noise", {named(chance.choice(sorted(seeds()))): data})


def written(chance: random.Random) -> Hostile:
    """Text, JSON, tables, pages, mail and the like, of a kind that no one would write."""
    name, data, label = hostile_text.made(chance)
    return Hostile(label, {name: data})


def packed(chance: random.Random) -> Hostile:
    """Archives, PDF files and what is packed, that grow, loop or lie."""
    name, data, label = hostile_packed.made(chance)
    return Hostile(label, {name: data})


def parquet(chance: random.Random) -> Hostile:
    """Parquet with columns of types that no article has, or with a footer that lies."""
    values: list[Any] = [
        [1, None, 3], [1.5, float("nan"), None], [True, False, None], [b"\xff\xfe", b"", None], [[SENTENCE], [], None],
        [{"a": SENTENCE}, {"a": None}, None], [[[["deep"]]], [], None], ["x" * 400_000, "", None], ["\0\x1b[31m", "\u202e", "\n"],
        [SENTENCE, None, "\U0001f525" * 500], [None, None, None],
    ]  # fmt: skip
    columns = chance.sample(
        ("text", "content", "id", "title", "published", "url", "categories", "language", "byline", "x\ny"), 4
    )
    table = pa.table({column: pa.array(chance.choice(values)) for column in {*columns, "text"}})
    found = io.BytesIO()
    pq.write_table(table, found, compression=chance.choice(("snappy", "gzip", "zstd", "none")))
    data = found.getvalue()
    if chance.random() < 0.5:
        data = twisted(data, chance, 2)
    elif chance.random() < 0.3:
        data = data[:-8] + chance.randrange(1 << 32).to_bytes(4, "little") + b"PAR1"
    return Hostile("parquet", {"a.parquet": data})


NAMES = (
    "new\nline.txt", "tab\t.txt", "escape\x1b[31m.txt", "right\u202eto left.txt", "-f.txt", "--help.txt", " .txt", ".txt", "a b.txt", "%s%n.txt",
    "\U0001f525.txt", "e\u0301.txt", "a.TXT", "a.txt.gz.bz2", "a.unknown", "a", "$(x).txt", "'\".txt", "n" * 240 + ".txt", "bad\udcff.txt",
    "con.txt", "a.json", "a.csv", "a.parquet", "a.wacz", "a.pdf", "a.mbox", "a.xml", "a.warc",
)  # fmt: skip


def folder(chance: random.Random) -> Hostile:
    """A folder with what is no file in it, or with names that are hardly ones."""
    files = {f"in/{name}": SENTENCE.encode() for name in chance.sample(NAMES, chance.randrange(0, 4))}

    def prepare(path: Path) -> None:
        inside = path / "in"
        inside.mkdir(exist_ok=True)
        for oddity in chance.sample(sorted(ODDITIES), chance.randrange(1, 4)):
            ODDITIES[oddity](inside)

    return Hostile("folder", files, argument="in", prepare=prepare)


def _loop(inside: Path) -> None:
    (inside / "loop").symlink_to(inside, target_is_directory=True)
    (inside / "loop.txt").symlink_to("loop.txt")
    (inside / "one.txt").symlink_to("other.txt")
    (inside / "other.txt").symlink_to("one.txt")


def _socket(inside: Path) -> None:
    place = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    try:
        os.chdir(inside)  # the address of a socket may not be long
        place.bind("socket.txt")
    finally:
        os.chdir(here)
        place.close()


def _deep(inside: Path) -> None:
    deep = inside
    for _ in range(60):
        deep /= "deep"
        deep.mkdir()
    (deep / "a.txt").write_text(SENTENCE)


def _many(inside: Path) -> None:
    for number in range(300):
        (inside / f"{number}.json").write_bytes(b"")


def _locked(inside: Path) -> None:
    (inside / "locked.txt").write_text(SENTENCE)
    (inside / "locked.txt").chmod(0)
    (inside / "closed").mkdir(mode=0)


ODDITIES: dict[str, Callable[[Path], None]] = {
    "links that go round": _loop,
    "a pipe": lambda inside: os.mkfifo(inside / "pipe.txt"),
    "a packed pipe": lambda inside: os.mkfifo(inside / "pipe.jsonl.gz"),
    "a socket": _socket,
    "a link to a device": lambda inside: (inside / "zero.txt").symlink_to("/dev/zero"),
    "a link to nothing": lambda inside: (inside / "nothing.html").symlink_to("nowhere"),
    "a folder called as a file": lambda inside: (inside / "folder.csv").mkdir(),
    "nested": _deep,
    "many": _many,
    "locked": _locked,
    "hidden": lambda inside: (inside / ".hidden.txt").write_text(SENTENCE) and None,
    "empty": lambda inside: (inside / "empty.html").write_bytes(b"") and None,
}


def argument(chance: random.Random) -> Hostile:
    """An argument that names nothing that can be read."""
    given = (
        "", "nowhere.txt", "new\nline.txt", "x" * 5_000, "a/" * 2_000, "ftp://example.org/a", "file:///etc/hostname", "://", "http://",
        "https://", "http://[", "http://127.0.0.1:1/", "http://localhost:99999/", "http://0x7f000001/", "http://[::1]/", "http://user@/",
        "javascript:alert(1)", "/dev/null", "/dev/zero", "/dev/full", "/proc/self/mem", "/proc/1/environ", "bad\udcff.txt", "\x1b[31m",
        "http://169.254.169.254/latest/", "http://xn--/", "http://" + "a." * 200 + "example/", "data:text/plain,hello",
    )  # fmt: skip
    return Hostile("argument", argument=chance.choice(given), absolute=True)


def zipped(chance: random.Random) -> Hostile:
    """A web archive in a zip whose members lie."""
    found = io.BytesIO()
    warc = seeds()[".warc"]
    with zipfile.ZipFile(found, "w") as archive:
        for _ in range(chance.choice((0, 1, 3, 500))):
            name = chance.choice(
                (
                    "archive/a.warc",
                    "../../a.warc",
                    "/a.warc",
                    "archive/",
                    "a\nb.warc",
                    "archive/a.warc.gz",
                    "a.warc",
                    "x",
                )
            )
            info = zipfile.ZipInfo(name)
            if not any(name == one.filename for one in archive.infolist()):
                archive.writestr(info, twisted(warc, chance), compress_type=chance.choice((0, 8, 12, 14)))
    data = found.getvalue()
    return Hostile("zip", {"a.wacz": twisted(data, chance, 2) if chance.random() < 0.6 else data})


FAMILIES: tuple[tuple[Callable[[random.Random], Hostile], int], ...] = (
    (mutated, 38), (written, 28), (packed, 12), (mixed, 5), (noise, 5), (parquet, 4), (folder, 3), (zipped, 3), (argument, 2),
)  # fmt: skip
"""The families, and how many of a hundred inputs each gives."""


def hostile(number: int) -> Hostile:
    """The input of this number."""
    chance = random.Random(number)
    families, weights = zip(*FAMILIES, strict=True)
    made: Hostile = chance.choices(families, weights)[0](chance)
    if len(made.files) == 1 and made.argument is None and chance.random() < SHARE_STDIN:
        made.stdin = True
    return made
