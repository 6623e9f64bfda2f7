"""The records: every model of the contract, and every field."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from described.markdown import code, doc, escaped, page, sentence, table
from sayso.records import Coding, Incident, Record, Span
from sayso.reproducing.exported import Export
from sayso.reproducing.record import Run

ABOUT = """What `sayso code` gives back for one article, and what the ledger makes of many. JSON Lines, Python objects, the HTTP API and the ledger all
speak these records; `sayso schema` prints the JSON Schema of a coding, `sayso schema run` and `sayso schema export` those of the manifests. Field names follow PLOVER where PLOVER has one.

Offsets are Unicode code points into `article.text`, 0-based, end-exclusive, written `[start, end]`: `article.text[start:end]` is always exactly the words
that support a field. Nothing is reported without such words. For plain text and JSON Lines `article.text` is the input's own text, unchanged; for HTML and
other containers it is the text that was taken out of it."""


ROOTS: tuple[type[Record], ...] = (Coding, Incident, Run, Export)
"""What is written by itself; the others are within these."""


def models() -> list[type[Record]]:
    """All of them, each after the first that names it; what a coding holds before what an incident and the manifests hold."""
    found: dict[type[Record], None] = {}
    for root in ROOTS:
        waiting: list[type[Record]] = [root]
        while waiting:
            one = waiting.pop(0)
            if one not in found:
                found[one] = None
                waiting += [held for field in one.model_fields.values() for held in _held(field.annotation)]
    return list(found)


def _held(annotation: Any) -> Iterator[type[Record]]:
    if inspect.isclass(annotation) and issubclass(annotation, Record):
        yield annotation
    for one in get_args(annotation):
        yield from _held(one)


def fields(model: type[Record]) -> Mapping[str, FieldInfo]:
    """By the names that JSON has."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def kind(annotation: Any) -> str:
    """A type as Markdown: "list of [Span](#span)", "`a` or `b`", "text or null"."""
    origin, held = get_origin(annotation), get_args(annotation)
    if origin is typing.Annotated:
        return kind(held[0])
    if origin in (Union, types.UnionType):
        return " or ".join(kind(one) for one in held)
    if origin is Literal:
        return " · ".join(code(one) for one in held)
    if origin is tuple:
        return f"list of {kind(held[0])}"
    if origin is dict:
        return f"object of {kind(held[1])}, by {kind(held[0])}"
    if annotation is Span or (inspect.isclass(annotation) and issubclass(annotation, Record)):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return {
        datetime: "date-time",
        str: "text",
        int: "integer",
        float: "number",
        bool: "true or false",
        type(None): "null",
    }[annotation]


def _bounds(field: FieldInfo) -> str:
    least, most = (
        next((getattr(one, name) for one in field.metadata if hasattr(one, name)), None) for name in ("ge", "le")
    )
    return f", {least} to {most}" if least is not None else ""


def page_text() -> str:
    parts = ["## Span", doc(Span), "Written as a list of two integers: `[start, end]`."]
    for model in models():
        rows = (
            (code(name), kind(field.annotation) + _bounds(field), escaped(sentence(field.description or "")))
            for name, field in fields(model).items()
        )
        parts += [f"## {model.__name__}", doc(model), table(["field", "type", "what"], rows)]
    return page("Records", ABOUT, *parts)
