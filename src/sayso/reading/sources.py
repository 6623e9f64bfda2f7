"""Where articles come from: a file, a folder, an address or a stream, told apart and read by the module for each."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from sayso.errors import InputError, UnreadableInput
from sayso.reading.articles import FIELDS, LIMIT_CHARS
from sayso.reading.formats import READERS, Found, Input, read_unknown
from sayso.reading.html import read_html
from sayso.reading.listings import read_listed, read_listing
from sayso.reading.packing import BROKEN, inner_suffix, opened
from sayso.reading.polite import Polite
from sayso.reading.streams import Joined
from sayso.reading.web import Fetched, fetch, is_url

if TYPE_CHECKING:
    import httpx

STDIN = "<stdin>"
KINDS = {"text/csv": ".csv", "application/pdf": ".pdf"}
"""Media types that are read as files of these names are; others that are text are told by their beginning."""
BESIDE = frozenset(
    ".avif .bmp .css .gif .ico .jpeg .jpg .js .m4a .mov .mp3 .mp4 .oga .ogg .opus .png .svg .tgs .tiff .wav .webm .webp".split()
)
"""What lies beside pages and messages that were saved, and has no words to read: passed over in folders."""
Fetching = Callable[[Fetched], None]
"""Hears of what was fetched."""


def _unheard(page: Fetched) -> None:
    """Nobody asks."""


def open_articles(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    limit_chars: int = LIMIT_CHARS,
    stdin: BinaryIO | None = None,
    client: httpx.Client | None = None,
    fetched: Fetching = _unheard,
) -> Found:
    """The articles of a file, folder, address or stream ("-"), in order; what cannot be read comes as an InputError value.

    `columns` maps our fields (id, text, title, published, url, outlet, byline, language, categories) to the names
    under which rows of JSON, CSV or Parquet keep them. Texts over `limit_chars` code points are errors. `stdin` is the
    binary stream for "-", `client` the HTTP client for addresses, and `fetched` hears of every page that came; of a feed or
    sitemap the pages are fetched one after the other, as robots.txt and the host's peace allow. Nothing is raised but for a
    wrong `columns` (ValueError); blocks are not yet filled: see `segment`.
    """
    unknown = sorted(set(columns or {}) - set(FIELDS))
    if unknown:
        raise ValueError(f"no such field: {', '.join(unknown)}; there are: {', '.join(FIELDS)}")
    return guarded(str(path), partial(_dispatch, str(path), columns, limit_chars, stdin, client, fetched))


def open_named(path: Path, name: str, *, limit_chars: int = LIMIT_CHARS) -> Found:
    """The articles of a file that lies under another name than its own: what somebody sent.

    `name` is the articles' source and what errors call it; it is never opened. The end of `path` says the format.
    """
    return guarded(name, partial(read_file, _file(path, name, name, None, limit_chars)))


def _dispatch(
    path: str,
    columns: Mapping[str, str] | None,
    limit_chars: int,
    stdin: BinaryIO | None,
    client: httpx.Client | None,
    fetched: Fetching,
) -> Found:
    if not path:  # Python takes it for the folder that it stands in
        yield UnreadableInput("''", "an empty name")
    elif path == "-" and stdin is None and sys.stdin is None:
        yield UnreadableInput(STDIN, "it is closed")
    elif path == "-":
        stream = stdin or sys.stdin.buffer
        yield from read_unknown(Input(STDIN, "stdin", lambda: _kept_open(stream), columns, limit_chars))
    elif is_url(path):
        yield from _read_url(path, columns, limit_chars, client, fetched)
    elif "://" in path:
        yield UnreadableInput(path, "only http and https addresses are read")
    elif Path(path).is_dir():
        yield from _read_folder(Path(path), path, columns, limit_chars)
    else:
        yield from read_file(_file(Path(path), path, Path(path).name, columns, limit_chars))


def guarded(name: str, read: Callable[[], Found]) -> Found:
    """The articles, and for whatever stops the reading one error at the end."""
    try:
        yield from read()
    except InputError as error:
        yield error
    except FileNotFoundError:
        yield UnreadableInput(name, "no such file or folder")
    except PermissionError:
        yield UnreadableInput(name, "no permission to read it")
    except (*BROKEN, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)[:150]
        yield UnreadableInput(name, f"cannot be read: {reason}")


def _file(path: Path, name: str, source: str, columns: Mapping[str, str] | None, limit_chars: int) -> Input:
    def to_read() -> BinaryIO:
        if not path.is_file() and path.exists():
            raise UnreadableInput(name, "not a file")
        return opened(path)

    return Input(name, source, to_read, columns, limit_chars, path)


def _read_folder(folder: Path, name: str, columns: Mapping[str, str] | None, limit_chars: int) -> Found:
    """Every file below the folder in the order of its path; hidden ones and media are passed over, unknown ones are errors."""
    for found in _below(folder, name, columns, limit_chars):
        if isinstance(found, InputError):
            yield found
        else:
            yield from guarded(found.name, partial(read_file, found))


def _below(
    folder: Path, name: str, columns: Mapping[str, str] | None, limit_chars: int
) -> Iterator[Input | InputError]:
    paths = files_below(folder)
    if not paths:
        yield UnreadableInput(name, "an empty folder")
    for path in paths:
        relative = path.relative_to(folder).as_posix()
        called = f"{name.rstrip('/')}/{relative}"
        if inner_suffix(path) in READERS:
            yield _file(path, called, relative, columns, limit_chars)
        else:
            yield UnreadableInput(called, "skipped: not a format that is read from folders")


def local_inputs(
    path: str, *, columns: Mapping[str, str] | None = None, limit_chars: int = LIMIT_CHARS
) -> Iterator[Input | InputError] | None:
    """What a path of this machine stands for, in the order of reading: a file, or those below a folder. None for others."""
    if path in ("", "-") or "://" in path:
        return None
    if Path(path).is_dir():
        return _below(Path(path), path, columns, limit_chars)
    return iter((_file(Path(path), path, Path(path).name, columns, limit_chars),))


def files_below(folder: Path) -> list[Path]:
    """The files that are read of a folder, in the order of their paths below it."""
    return sorted(_files(folder), key=lambda path: path.relative_to(folder).as_posix())


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".")]
        paths = (Path(root) / name for name in names if not name.startswith("."))
        yield from (path for path in paths if path.suffix.lower() not in BESIDE)


def read_file(found: Input) -> Found:
    """The articles of one file, by the reader for the end of its name."""
    reader = READERS.get(inner_suffix(found.path)) if found.path else None
    yield from (reader or read_unknown)(found)


def _read_url(
    url: str, columns: Mapping[str, str] | None, limit_chars: int, client: httpx.Client | None, fetched: Fetching
) -> Found:
    page = fetch(url, client=client)
    fetched(page)
    listing = read_listing(page, name=url)
    if listing is not None:
        polite = Polite()

        def get(address: str) -> Fetched:
            found = polite.fetch(address, client=client)
            fetched(found)
            return found

        yield from read_listed(listing, get, name=url, limit_chars=limit_chars)
    else:
        yield from _read_page(page, url, columns, limit_chars)


def _read_page(page: Fetched, url: str, columns: Mapping[str, str] | None, limit_chars: int) -> Found:
    found = Input(url, page.url, lambda: io.BytesIO(page.data), columns, limit_chars)
    if page.kind in ("text/html", "application/xhtml+xml"):
        yield read_html(
            page.data, name=url, source=page.url, url=page.url, declared=page.charset, limit_chars=limit_chars
        )
    elif page.kind in KINDS:
        yield from READERS[KINDS[page.kind]](found)
    elif page.kind in ("", "text/plain", "application/json", "application/x-ndjson", "application/jsonl"):
        yield from read_unknown(found)
    elif page.kind.endswith("xml"):
        raise UnreadableInput(url, f"no feed and no sitemap, though the server calls it {page.kind}")
    else:
        raise UnreadableInput(url, f"{page.kind} is not a format that can be read")


def _kept_open(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, Joined(b"", stream))
