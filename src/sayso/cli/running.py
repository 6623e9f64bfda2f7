"""What the commands do: articles in, codings or errors out, in order and as they come."""

from __future__ import annotations

import gc
import logging
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeVar

import typer

from sayso.cli.counting import Tally
from sayso.cli.streams import progress, set_up_logging, steps
from sayso.cli.writing import opened
from sayso.errors import InputError
from sayso.records import Article, Coding

if TYPE_CHECKING:
    from sayso.coding.coder import Coder
    from sayso.exports.writers import Style, Writer
    from sayso.reading.web import Fetched

LOG = logging.getLogger(__name__)
BOM = "\ufeff"
WIDEST = 120
"""Columns of a report on a wider terminal: longer lines are hard to read."""

T = TypeVar("T")


class Choice(NamedTuple):
    """What the commands have in common."""

    paths: list[str]
    model: str | None
    published: str | None
    columns: str | None
    time_limit: float
    output: Path | None
    debug: bool


class Shape(NamedTuple):
    """How one stream of codings is written: its format, how a table looks, and whether CSV begins with a mark."""

    format: str
    style: Style
    bom: bool = False


def code(
    choice: Choice, format: str | None, *, explain: bool = False, bom: bool = False, manifest: Path | None = None
) -> int:
    """Code every article; the exit status. `manifest`: where to write what the output depends on."""
    from sayso.exports.writers import Style

    set_up_logging(choice.debug)
    terminal = choice.output is None and sys.stdout.isatty()
    format = format or ("table" if terminal or explain else "jsonl")
    width = min(WIDEST, shutil.get_terminal_size().columns) if terminal else 100
    shape = Shape(format, Style(width, color=terminal, explain=explain), bom and format == "csv")
    if manifest is not None:
        from sayso.cli import recording

        return recording.code(choice, shape, manifest)
    read = articles(choice)
    make_gazetteer()
    return write_codings(load(choice).pipe(read), shape, choice)


def write_codings(
    found: Iterable[Coding | InputError],
    shape: Shape,
    choice: Choice,
    *,
    heard: Callable[[bytes], object] = len,
    total: int | None = None,
    quiet: bool = False,
) -> int:
    """Write codings as they come, in a format; the exit status. `heard`, `total` and `quiet` are those of `write`."""
    from sayso.exports import WRITERS

    writer = WRITERS[shape.format]()
    before = (BOM if shape.bom else "") + writer.before()
    each = partial(_each, writer, shape.style)
    return write(
        found, each, choice, done="coded", before=before, after=writer.after(), heard=heard, total=total, quiet=quiet
    )


def _each(writer: Writer, style: Style, coding: Coding) -> str:
    return writer.each(coding, style)


def parse(choice: Choice) -> int:
    """Parse every article; the exit status."""
    set_up_logging(choice.debug)
    read = articles(choice)
    return write(parses(load(choice), read), str, choice, done="parsed")


def parses(coder: Coder, read: Iterable[Article | InputError]) -> Iterator[str | InputError]:
    """The CoNLL-U of each article, or what went wrong with it."""
    from sayso.exports.conllu import conllu

    def one(article: Article) -> str:
        coder.check(article)
        return conllu(coder.parse(article.text, article.blocks), article.id)

    return (_tried(one, article) for article in read)


def _tried(work: Callable[[Article], str], article: Article | InputError) -> str | InputError:
    """One article's result, or what went wrong: it must not cost the others."""
    if isinstance(article, InputError):
        return article
    try:
        return work(article)
    except InputError as error:
        return error
    except Exception as error:
        LOG.debug("%s", article.id, exc_info=True)
        return InputError(article.id, f"{type(error).__name__}: {error}")


def load(choice: Choice) -> Coder:
    import sayso

    coder = sayso.load(choice.model, time_limit=choice.time_limit)
    gc.freeze()  # what is loaded stays: the collector need not walk all of the lexicon again every hundred articles
    return coder


def make_gazetteer() -> None:
    """Make the gazetteer where there is none yet: some seconds, once."""
    from sayso.gazetteer import lookup

    if not lookup.ready():
        with steps("making the gazetteer") as told:
            lookup.gazetteer(told)


def build_gazetteer(dump: Path | None, output: Path | None, debug: bool) -> Path:
    """The gazetteer's file, made where it was not there; of a dump, made anew."""
    from sayso.gazetteer import lookup

    set_up_logging(debug)
    if dump is not None:
        from sayso.gazetteer.dump import build_from

        with steps("making the gazetteer of the dump") as told:
            return build_from(dump, output, told)
    make_gazetteer()
    return lookup.chosen() or lookup.gazetteer_path()


def articles(
    choice: Choice,
    *,
    stdin: BinaryIO | None = None,
    fetched: Callable[[str], Callable[[Fetched], None]] = lambda path: lambda page: None,
) -> Iterator[Article | InputError]:
    """What is read from all the paths, in their order. `fetched`: what hears of the pages of each address."""
    from sayso.reading import open_articles

    columns, published = columns_of(choice), read_date(choice.published)

    def read() -> Iterator[Article | InputError]:
        for path in choice.paths:
            for article in open_articles(path, columns=columns, stdin=stdin, fetched=fetched(path)):
                if published and isinstance(article, Article) and article.published is None:
                    yield article.model_copy(update={"published": published})
                else:
                    yield article

    return read()


def columns_of(choice: Choice) -> dict[str, str] | None:
    """What `--columns` says, of fields that there are."""
    from sayso.reading import open_articles

    columns = read_columns(choice.columns)
    try:
        open_articles("-", columns=columns)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from error
    return columns


def read_columns(given: str | None) -> dict[str, str] | None:
    """ "text=body,published=date" as a mapping of our fields to theirs."""
    if not given:
        return None
    pairs = [part.partition("=") for part in given.split(",")]
    if not all(name.strip() and value.strip() for name, _, value in pairs):
        raise typer.BadParameter("write it as text=body,published=date", param_hint="--columns")
    return {name.strip(): value.strip() for name, _, value in pairs}


def read_date(given: str | None) -> str | None:
    from sayso.reading.dates import published

    if given is None:
        return None
    found = published(given)
    if found is None:
        raise typer.BadParameter(f"{given!r} is no date; write it as 2022-01-05", param_hint="--published")
    return found


def write(
    found: Iterable[T | InputError],
    each: Callable[[T], str],
    choice: Choice,
    *,
    done: str,
    before: str = "",
    after: str = "",
    heard: Callable[[bytes], object] = len,
    total: int | None = None,
    quiet: bool = False,
) -> int:
    """Write results as they come, errors as lines and at the end what is in other languages.

    1 if there was any error, or nothing but other languages; else 0. `done` is what is said of the results: "coded".
    `heard` is given all bytes that are written. `total`: how many articles there are. `quiet`: errors are not told.
    """
    tally = Tally(done, quiet=quiet)
    shown = choice.output is not None or not _on_screen()
    with opened(choice.output) as out, progress("articles", show=shown, total=total) as counted:

        def put(text: str) -> None:
            data = text.encode("utf-8", "replace")
            out.write(data)
            heard(data)

        put(before)
        for item in found:
            if isinstance(item, InputError):
                tally.error(item)
            else:
                put(each(item))
                out.flush()
                tally.well()
            counted()
        put(after)
    tally.tell()
    return int(tally.has_failed or tally.is_in_vain)


def _on_screen() -> bool:
    return sys.stdout.isatty()
