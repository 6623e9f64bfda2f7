"""Where a command writes: standard output, a device or a pipe as it goes; a file of its own whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from sayso.errors import LedgerError, UnreadableInput

if TYPE_CHECKING:
    from sayso.ledger import Ledger

STDOUT = "standard output"
BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of its file."""


class Out:
    """What is written to. An error in it names it; that a reader has gone is none."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name

    def write(self, data: bytes) -> None:
        with _named(self._name):
            self._file.write(data)

    def flush(self) -> None:
        with _named(self._name):
            self._file.flush()


@contextmanager
def _named(name: str | Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(name, error) from error


def unwritable(name: str | Path, error: OSError) -> UnreadableInput:
    """What to say of what cannot be written."""
    return UnreadableInput(str(name), f"cannot be written: {error.strerror or error}")


@contextmanager
def opened(path: Path | None, *, whole: bool = False) -> Iterator[Out]:
    """The file to write, or standard output.

    `whole`: until all of it is written, and where that fails, the file is what it was before. Raises UnreadableInput where it
    cannot be written.
    """
    if path is None:
        out = Out(sys.stdout.buffer, STDOUT)
        yield out
        out.flush()
        return
    with ExitStack() as stack:
        with _named(path):
            file = stack.enter_context(_replacing(path) if whole and _is_replaceable(path) else _as_it_goes(path))
        out = Out(file, str(path))
        yield out
        with _named(path):
            out.flush()
            stack.close()


@contextmanager
def _as_it_goes(path: Path) -> Iterator[BinaryIO]:
    file = path.open("wb")
    try:
        yield file
    except BaseException:
        with suppress(OSError):  # what cannot be written has been told
            file.close()
        raise
    file.close()


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file beside this one, which takes its place at the end."""
    target = path.resolve()
    number, name = tempfile.mkstemp(prefix=".sayso-", suffix=".part", dir=target.parent)
    os.close(number)
    part = Path(name)
    try:
        with _as_it_goes(part) as file:
            part.chmod(_mode(target))
            yield file
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _is_replaceable(path: Path) -> bool:
    """Whether it is a file, or will be one, that another can take the place of; not /dev/stdout, though that may be a file."""
    if path.absolute().parts[1:2] in (("dev",), ("proc",)):
        return False
    try:
        found = path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def _mode(path: Path) -> int:
    """The permissions that a file has, or that a new one gets."""
    with suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


class _Closed(io.RawIOBase):
    """Standard output where the shell has closed it: who writes to it is told so."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raise OSError(errno.EBADF, "it is closed")


def open_streams() -> None:
    """Standard output and standard error in their places where there are none: Python has None for what the shell has closed."""
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(cast(BinaryIO, _Closed()), encoding="utf-8", write_through=True)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # as long as the process


def flush_stdout() -> None:
    """Write what is still held back, while there is somebody to tell what goes wrong with it."""
    with _named(STDOUT):
        sys.stdout.flush()


def silence_stdout() -> None:
    """Where standard output takes nothing any more, point it at nothing, so that its closing says nothing about it."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):  # not a real file, as in tests
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def refuse_own(ledger: Ledger, output: Path | None) -> None:
    """Raises LedgerError where what is to be written is the file of the ledger itself, by whatever name."""
    if output is None or ledger.engine.dialect.name != "sqlite":
        return
    for end in BESIDE:
        own = Path(ledger.name + end)
        if output.resolve() == own.resolve() or (own.exists() and output.exists() and output.samefile(own)):
            raise LedgerError(f"{output}: is the ledger itself; write to another file")
