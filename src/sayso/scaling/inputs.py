"""What the inputs of a run are, so that a later run can tell whether they are still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sayso.errors import ScaleError
from sayso.reading.sources import files_below


def described(paths: Sequence[str]) -> list[dict[str, Any]]:
    """Of each input its path as it was named, its size and its time of change; of a folder those of all its files as one hash."""
    return [_described(path) for path in paths]


def total(inputs: Sequence[dict[str, Any]]) -> int:
    """Bytes of all inputs together, 0 where that of any is not known."""
    sizes = [one.get("size") for one in inputs]
    return sum(size for size in sizes if size) if all(size is not None for size in sizes) else 0


def refuse_own(paths: Sequence[str], out: Path) -> None:
    """Raises ScaleError where the folder that is written lies in one that is read: it would be read in turn."""
    for path in paths:
        if (
            path != "-"
            and "://" not in path
            and Path(path).is_dir()
            and out.resolve().is_relative_to(Path(path).resolve())
        ):
            raise ScaleError(f"{out}: lies in {path}, which is read; write to a folder elsewhere")


def _described(path: str) -> dict[str, Any]:
    if path == "-" or "://" in path:
        return {"path": path}
    try:
        if Path(path).is_dir():
            return {"path": path, **_folder(Path(path))}
        found = Path(path).stat()
    except OSError:  # an error of its own where it is read
        return {"path": path, "size": 0}
    return {"path": path, "size": found.st_size, "changed": found.st_mtime_ns}


def _folder(folder: Path) -> dict[str, Any]:
    files = size = 0
    digest = hashlib.sha256()
    for line, bytes_ in _listed(folder):
        digest.update(line)
        files, size = files + 1, size + bytes_
    return {"size": size, "files": files, "sha256_of_listing": digest.hexdigest()}


def _listed(folder: Path) -> Iterator[tuple[bytes, int]]:
    for path in files_below(folder):
        found = path.stat()
        name = path.relative_to(folder).as_posix()
        yield f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode("utf-8", "surrogateescape"), found.st_size
