"""Codings and dossiers whose texts have something else before them: all offsets move with it."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from sayso.records import Article, Block, Span

T = TypeVar("T")


def moved(value: T, before: str) -> T:
    """The same with `before` in front of every article's text."""
    found: Any = value
    if isinstance(found, Span):
        found = Span(found.start + len(before), found.end + len(before))
    elif isinstance(found, Block):
        found = found.model_copy(update={"start": found.start + len(before), "end": found.end + len(before)})
    elif isinstance(found, Article):
        blocks = tuple(moved(block, before) for block in found.blocks)
        found = found.model_copy(update={"text": before + found.text, "blocks": blocks})
    elif isinstance(found, BaseModel):
        found = found.model_copy(
            update={name: moved(getattr(found, name), before) for name in type(found).model_fields}
        )
    elif isinstance(found, dict):
        found = {key: moved(one, before) for key, one in found.items()}
    elif isinstance(found, tuple) and hasattr(found, "_fields"):
        found = type(found)(*(moved(one, before) for one in found))
    elif isinstance(found, tuple | list):
        found = type(found)(moved(one, before) for one in found)
    return found
