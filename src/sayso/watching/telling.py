"""What a watch says: lines for people or objects for programs, on standard error; and the file by which others see that it lives."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso.errors import WatchError

LOG = logging.getLogger("sayso.watching")


def tell(event: str, message: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Log what happened: `event` and the fields for programs, the message for people."""
    LOG.log(level, "%s", message, extra={"told": {"event": event, **fields}})


class Lines(logging.Formatter):
    """A line for people: the time in UTC, how grave it is where it is, and the message."""

    def format(self, record: logging.LogRecord) -> str:
        grave = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        words = _one_line(record.getMessage())
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{_moment(record.created)} {grave}{words}{trace}"


class JsonLines(logging.Formatter):
    """A JSON object on a line: time, level, message, logger, and what `tell` was given."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {"time": _moment(record.created), "level": record.levelname.lower()}
        said |= getattr(record, "told", {"event": "log"})
        said |= {"message": record.getMessage(), "logger": record.name}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=True, default=str)


def set_up_logging(*, as_json: bool, debug: bool) -> None:
    """Let sayso say on standard error what a watch does and what the library warns of."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else Lines())
    ours = logging.getLogger("sayso")
    ours.handlers, ours.propagate = [handler], False
    ours.setLevel(logging.DEBUG if debug else logging.WARNING)
    LOG.setLevel(logging.DEBUG if debug else logging.INFO)


def beat(path: Path, now: float) -> None:
    """Write the time of the last finished round into a file: whoever looks finds the one before or this one, whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(f"{_moment(now)}\n", encoding="ascii")
        beside.replace(path)
    except OSError as error:
        raise WatchError(f"{path}: cannot be written: {error.strerror or error}") from error


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
