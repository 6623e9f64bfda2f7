"""The inputs of a run when it is run again: where they lie, and whether they are what they were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sayso.errors import RunError
from sayso.reading.sources import files_below
from sayso.reproducing.inputs import Told, hashed
from sayso.reproducing.record import STDIN, Address, File, Folder, Run


class Located(NamedTuple):
    """The inputs of a run where they lie now. `moved`: under which name each was read, by the path it has now."""

    paths: list[str]
    stdin: Path | None
    moved: dict[str, str]


def located(run: Run, place: Path | None) -> Located:
    """Where the inputs of a run are: where they were, or at `place`: their folder, or the only input itself.

    Raises RunError for what cannot be had again: addresses, and standard input unless `place` is a file with its bytes.
    """
    paths, moved, stdin = [], {}, None
    for one in run.inputs:
        if isinstance(one, Address):
            raise RunError(
                f"{one.address}: what stood there is not kept, so that this run cannot be reproduced; "
                "keep what an address gives in a file, and code that"
            )
        given = one.folder if isinstance(one, Folder) else one.path
        if given == STDIN:
            stdin = _of_stdin(run, place)
            paths.append(given)
            continue
        now = given if place is None else _found(given, place, alone=len(run.inputs) == 1)
        paths.append(now)
        if now != given:
            moved[now] = given
    return Located(paths, stdin, moved)


def _of_stdin(run: Run, place: Path | None) -> Path:
    if place is None or not place.is_file() or len(run.inputs) > 1:
        raise RunError(
            "standard input: is not kept, so that this run cannot be reproduced without it"
            + ("; --inputs FILE names a file with its bytes" if len(run.inputs) == 1 else "")
        )
    return place


def _found(given: str, place: Path, *, alone: bool) -> str:
    name = Path(given).name
    candidates = [place / name] if Path(given).is_absolute() else [place / given, place / name]
    if alone and (place.is_dir() or place.name == name):
        candidates.append(place)
    return str(next((one for one in candidates if one.exists()), candidates[0]))


def changes(run: Run, found: Located, told: Told) -> list[str]:
    """What is not as it was of the inputs, in words; nothing where all their bytes are the same."""
    return list(_changes(run, found, told))


def _changes(run: Run, found: Located, told: Told) -> Iterator[str]:
    for number, (one, path) in enumerate(zip(run.inputs, found.paths, strict=True)):
        told(path, number / len(run.inputs))
        if isinstance(one, Folder):
            yield from _changes_in_folder(one, path)
        elif isinstance(one, File):
            file = found.stdin if one.path == STDIN and found.stdin else Path(path)
            if (change := _change(one, hashed(file, str(file)), str(file))) is not None:
                yield change


def _changes_in_folder(one: Folder, path: str) -> Iterator[str]:
    if not Path(path).is_dir():
        yield f"{path}: is no folder" if Path(path).exists() else f"{path}: is missing"
        return
    now = {file.relative_to(path).as_posix(): file for file in files_below(Path(path))}
    then = {file.path for file in one.files}
    for file in one.files:
        name = os.path.join(path, file.path)  # noqa: PTH118  # as it was written, not as pathlib would have it
        if file.path not in now:
            yield f"{name}: is missing"
        elif (change := _change(file, hashed(now[file.path], name), name)) is not None:
            yield change
    yield from (f"{path.rstrip('/')}/{name}: was not there" for name in sorted(now.keys() - then))


def _change(then: File, now: File, name: str) -> str | None:
    if (then.size, then.sha256) == (now.size, now.sha256):
        return None
    if now.size is None:
        return f"{name}: cannot be read" if Path(name).exists() else f"{name}: is missing"
    if then.size is None:
        return f"{name}: could not be read then, and can be now"
    sizes = "" if then.size == now.size else f" ({then.size:,} then, {now.size:,} now)"
    return f"{name}: its bytes have changed{sizes}"


def as_named(name: str, moved: dict[str, str]) -> str:
    """A name of an error as it would be were the inputs where they were."""
    for now, given in sorted(moved.items(), key=lambda pair: -len(pair[0])):
        if name == now or name.startswith((f"{now}:", f"{now.rstrip('/')}/", f"{now} ")):
            return given.rstrip("/") + name[len(now.rstrip("/")) :] if len(name) > len(now) else given
    return name
