"""The other shapes of a record: its frames, its page. The records come before the rooms that make these, so the package's face says
here who makes them; whatever is imported first, the face is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Maker = Callable[[Any], Any]
_makers: dict[str, Maker] = {}


def offer(shape: str, maker: Maker) -> None:
    """Say who makes this shape of a record."""
    _makers[shape] = maker


def shaped(record: object, shape: str) -> Any:
    """The record in this shape."""
    return _makers[shape](record)
