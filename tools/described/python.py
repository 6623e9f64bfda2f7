"""The public names of the package: signatures and docstrings, as they are in the code."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from typing import Any, NamedTuple

from described.markdown import doc, fenced, page, prose
from sayso import errors
from sayso.records import Record

PUBLIC: dict[str, tuple[str, ...]] = {
    "sayso": ("load", "code_all"),
    "sayso.coding.coder": ("Coder",),
    "sayso.records": ("Span", "Coding", "Incident", "json_schema", "incident_schema"),
    "sayso.reading": ("open_articles", "open_named", "make_article", "segment", "english", "guess"),
    "sayso.scaling": ("Progress", "Tally"),
    "sayso.ledger": ("Ledger", "Selection", "Kept"),
    "sayso.ledger.dossier": ("Dossier", "Annotation", "Verdict"),
    "sayso.exports": ("Writer",),
    "sayso.exports.incident_writers": ("IncidentWriter",),
    "sayso.exports.frames": ("tables", "frames"),
    "sayso.exports.parquet": ("write",),
    "sayso.exports.conllu": ("conllu",),
    "sayso.evaluation": ("evaluate", "Evaluation", "Figure", "read_gold", "read_cases"),
    "sayso.watching": ("read_sources", "Plan", "Source", "Watch", "Settings", "Keeper", "Memory", "Metrics"),
    "sayso.desk": ("create_app", "Settings"),
}
"""By module, the names that programs are to use. What is not here may change without a word."""
CLOSED = ("Memory",)
"""Classes that are made and handed on, and whose methods are nobody else's business."""
SECTIONS = {
    "sayso": "Coding",
    "sayso.reading": "Reading",
    "sayso.scaling": "Any amount",
    "sayso.ledger": "The ledger",
    "sayso.exports": "Exports",
    "sayso.evaluation": "Evaluation",
    "sayso.watching": "Watching",
    "sayso.desk": "The desk",
}
WIDTH = 110
"""Characters of a signature on one line."""


class Thing(NamedTuple):
    """A public name: of a module, or of a class (`owner`)."""

    module: str
    owner: str | None
    name: str
    value: Any

    @property
    def called(self) -> str:
        return f"{self.owner}.{self.name}" if self.owner else self.name


def things() -> Iterator[Thing]:
    """Every public name, a class before its methods and properties."""
    for module, names in PUBLIC.items():
        for name in names:
            value = getattr(importlib.import_module(module), name)
            yield Thing(module, None, name, value)
            if inspect.isclass(value) and name not in CLOSED:
                yield from (Thing(module, name, called, member) for called, member in _members(value))


def _members(owner: type) -> Iterator[tuple[str, Any]]:
    """Methods and properties of its own, in the order of the code; `__call__` is the only one between underscores."""
    for name, member in vars(owner).items():
        if name.startswith("_") and name != "__call__":
            continue
        if (
            inspect.isfunction(member)
            or isinstance(member, property | classmethod | staticmethod)
            or hasattr(member, "attrname")
        ):
            yield name, member


def signature(thing: Thing) -> str:
    """As it is written: `def load(model: str | None = None, *, …) -> Coder`."""
    if isinstance(thing.value, property) or hasattr(thing.value, "attrname"):
        function = thing.value.fget if isinstance(thing.value, property) else thing.value.func
        return f"{thing.called}: {_annotation(inspect.signature(function).return_annotation)}"
    value = thing.value.__func__ if isinstance(thing.value, classmethod | staticmethod) else thing.value
    given = inspect.signature(value)
    parts, keyword_only = [], False
    for one in given.parameters.values():
        if one.name in ("self", "cls"):
            continue
        if one.kind is one.KEYWORD_ONLY and not keyword_only:
            parts.append("*")
        keyword_only |= one.kind in (one.KEYWORD_ONLY, one.VAR_POSITIONAL)
        parts.append(_parameter(one))
    back = given.return_annotation
    arrow = "" if inspect.isclass(value) or back is given.empty else f" -> {_annotation(back)}"
    name = (
        f"{thing.owner}.{thing.name}"
        if thing.owner
        else (thing.name if inspect.isclass(value) else f"{thing.module}.{thing.name}")
    )
    name = f"{thing.module}.{thing.name}" if inspect.isclass(value) else name
    line = f"{name}({', '.join(parts)}){arrow}"
    return line if len(line) <= WIDTH else f"{name}(\n" + "".join(f"    {one},\n" for one in parts) + f"){arrow}"


def _parameter(one: inspect.Parameter) -> str:
    stars = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
    kind = "" if one.annotation is one.empty else f": {_annotation(one.annotation)}"
    if one.default is one.empty:
        return f"{stars}{one.name}{kind}"
    plain = isinstance(one.default, str | int | float | bool | tuple | type(None))
    return f"{stars}{one.name}{kind} = {repr(one.default) if plain and '<' not in repr(one.default) else '…'}"


def _annotation(kind: Any) -> str:
    return kind if isinstance(kind, str) else inspect.formatannotation(kind)


def docstring(thing: Thing) -> str:
    """Its own: what a class has of the class above it does not count."""
    held = thing.value.__func__ if isinstance(thing.value, classmethod | staticmethod) else thing.value
    return inspect.cleandoc((vars(held).get("__doc__") if inspect.isclass(held) else held.__doc__) or "")


def _entry(thing: Thing) -> list[str]:
    heading = f"#### {thing.called}" if thing.owner else f"### {thing.name}"
    if inspect.isclass(thing.value) and issubclass(thing.value, Record):
        fields = f"`{thing.module}.{thing.name}`; its fields are in [Records](records.md#{thing.name.lower()})."
        return [heading, fields, prose(docstring(thing))]
    return [heading, fenced(signature(thing)), prose(docstring(thing))]


def page_text() -> str:
    parts = [prose("What programs may rely on. Whatever else there is may change without a word.")]
    module = None
    for thing in things():
        if thing.module != module and thing.module in SECTIONS:
            parts.append(f"## {SECTIONS[thing.module]}")
            parts.append(doc(importlib.import_module(thing.module)) if thing.module != "sayso" else "")
        module = thing.module
        parts += _entry(thing)
    tree = inspect.getdoc(errors) or ""
    first, _, rest = tree.partition("\n\n")
    return page("Python", *parts, "## Errors", first, fenced(rest))
