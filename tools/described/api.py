"""The HTTP API: every operation of its description, who may ask for it, and what goes and comes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fastapi.routing import APIRoute

from described import records
from described.markdown import code, escaped, page, prose, sentence, table
from sayso.desk.api.access import reads
from sayso.desk.api.application import AT, ROUTERS, make
from sayso.desk.api.problems import MEANINGS

MAY = {
    "reader": "the role reader, and of a token the scope “write”",
    "coder": "the role coder, and of a token the scope “write”",
    "editor": "the role editor, and of a token the scope “write”",
}


UNTOLD = "Successful Response"
"""What FastAPI says of an answer of which nothing else is said."""


class Operation(NamedTuple):
    """One way to ask: of a method and a path."""

    method: str
    path: str
    told: Mapping[str, Any]

    @property
    def called(self) -> str:
        return f"{self.method} {AT}{self.path}"


def operations(schema: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in schema["paths"].items():
        for verb, told in item.items():
            yield Operation(verb.upper(), path, told)


def needed() -> dict[str, str]:
    """By operation ("GET /articles"): what it asks of who asks."""
    found = {}
    for module in ROUTERS:
        for route in module.router.routes:
            if isinstance(route, APIRoute):
                for method in route.methods:
                    found[f"{method} {route.path.replace(':path}', '}')}"] = _needs(route)
    return found


def _needs(route: APIRoute) -> str:
    for one in route.dependant.dependencies:
        if one.call is reads:
            return "any role; a token needs no scope"
        if one.call is not None and (role := inspect.getclosurevars(one.call).nonlocals.get("role")):
            return MAY[role]
    raise LookupError(f"{route.path}: nobody is asked who they are")


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}]({_page_of(name)}#{name.lower()})"
    if "enum" in schema:
        return " · ".join(map(code, schema["enum"]))
    if "const" in schema:
        return code(schema["const"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_kind(one) for one in schema[several]))
    if "prefixItems" in schema:
        return "[Span](records.md#span)"
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_kind(schema['additionalProperties'])}"
    kind = {"string": "text", "boolean": "true or false"}.get(schema.get("type", ""), schema.get("type", "anything"))
    least, most = schema.get("minimum"), schema.get("maximum")
    bounds = f", {least} to {most}" if least is not None and most is not None else ""
    return f"{schema.get('format', kind)}{bounds}"


def _page_of(name: str) -> str:
    return "records.md" if name in {one.__name__ for one in records.models()} else ""


def _default(schema: Mapping[str, Any], required: bool) -> str:
    if required:
        return "needed"
    return code(schema["default"]) if schema.get("default") not in (None, "") else ""


def _parameters(told: Mapping[str, Any]) -> str:
    given = told.get("parameters", ())
    if not given:
        return ""
    rows = (
        (
            code(one["name"]),
            one["in"],
            _kind(one["schema"]),
            _default(one["schema"], one.get("required", False)),
            escaped(one.get("description", one["schema"].get("description", ""))),
        )
        for one in given
    )
    return table(["parameter", "in", "value", "default", "what"], rows)


def _body(told: Mapping[str, Any]) -> str:
    content = told.get("requestBody", {}).get("content", {})
    return "".join(f"Sent is {_kind(one['schema'])} (`{kind}`)." for kind, one in content.items())


def _answers(told: Mapping[str, Any]) -> str:
    good = {status: one for status, one in told["responses"].items() if status.startswith("2")}
    lines = []
    for status, one in good.items():
        kinds = (
            f"`{kind}`" + (f": {_kind(held['schema'])}" if kind == "application/json" else "")
            for kind, held in one.get("content", {}).items()
        )
        about = "" if one["description"] == UNTOLD else f"{escaped(sentence(one['description']))} "
        lines.append(f"- **{status}**: {about}{'; '.join(kinds)}".rstrip())
    errors = ", ".join(status for status in told["responses"] if not status.startswith("2"))
    return "\n".join([*lines, f"- Errors: {errors}"])


def _model(name: str, schema: Mapping[str, Any]) -> list[str]:
    needed = schema.get("required", ())
    rows = (
        (
            code(field),
            _kind(one),
            "" if field in needed else _default(one, False),
            escaped(sentence(one.get("description", ""))),
        )
        for field, one in schema["properties"].items()
    )
    return [f"### {name}", prose(schema.get("description", "")), table(["field", "value", "default", "what"], rows)]


def own_models(schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Those of the API alone: the records have a page of their own."""
    known = {one.__name__ for one in records.models()}
    held = schema["components"]["schemas"]
    return {name: held[name] for name in sorted(held) if name not in known and "properties" in held[name]}


def page_text() -> str:
    schema = make().openapi()
    may = needed()
    parts = []
    for tag in schema["tags"]:
        parts += [f"## {sentence(tag['name'])}", tag["description"]]
        for one in operations(schema):
            if tag["name"] in one.told["tags"]:
                parts += [
                    f"### {one.told['summary']}",
                    f"`{one.called}`",
                    escaped(one.told["description"]),
                    f"Needs {may[f'{one.method} {one.path}']}.",
                    _parameters(one.told),
                    _body(one.told),
                    _answers(one.told),
                ]
    models = [part for name, one in own_models(schema).items() for part in _model(name, one)]
    return page(
        "HTTP API",
        f"A desk (`sayso desk`) serves it under `{AT}`, with a page about itself at `{AT}/docs` and its OpenAPI description at `{AT}/openapi.json`.",
        schema["info"]["description"],
        "## Errors, by status",
        table(["status", "when"], ((str(status), meaning) for status, meaning in MEANINGS.items())),
        *parts,
        "## What goes and comes",
        "Beside the [records](records.md):",
        *models,
    )
