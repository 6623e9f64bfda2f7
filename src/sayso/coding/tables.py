"""The lexicon's TOML files, read once a process, and from the second process on in a form that is read ten times as fast."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import LexiconError
from sayso.gazetteer.lookup import cache_folder

LOG = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "lexicon"


@cache
def table(name: str) -> dict[str, Any]:
    """The lexicon file `name` (without `.toml`). Raises LexiconError where it is missing or no TOML."""
    path = FOLDER / f"{name}.toml"
    try:
        written = path.read_bytes()
        return kept(name, written) or _keep(name, written, tomllib.loads(written.decode("utf-8")))
    except (OSError, ValueError) as error:  # no TOML and no UTF-8 are ValueErrors
        raise LexiconError(f"{path.name}: {error}") from error


def kept(name: str, written: bytes) -> dict[str, Any] | None:
    """What a process before this one read from these very bytes, if it could keep it."""
    try:
        found = json.loads(_copy(name, written).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _copy(name: str, written: bytes) -> Path:
    """Where a table is kept: under its name and the hash of its bytes, so that none is ever out of date."""
    return cache_folder() / "lexicon" / f"{name.replace('/', '-')}-{hashlib.sha256(written).hexdigest()[:16]}.json"


def _keep(name: str, written: bytes, read: dict[str, Any]) -> dict[str, Any]:
    """Keep a table as JSON, and give it back. Where it cannot be kept, the next process reads the TOML again."""
    target = _copy(name, written)
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(read, ensure_ascii=False), encoding="utf-8")
        part.replace(target)
    except (OSError, TypeError) as error:  # a folder that cannot be written to; a date, which JSON does not have
        LOG.debug("%s: not kept: %s", name, error)
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return read
