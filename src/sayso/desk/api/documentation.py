"""The page that explains the API, made of its description: what is not in that is not on it."""

from __future__ import annotations

import json
import shlex
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.desk.api import problems
from sayso.desk.rendering import render
from sayso.exports.view import number

router = APIRouter(include_in_schema=False)
SHOWN = 1800
"""Characters of an example that are shown."""
VERBS = ("get", "post", "put", "patch", "delete")


@router.get("/")
def begin() -> Response:
    return RedirectResponse("/api/docs", 303)


@router.get("/docs")
def show(request: Request) -> HTMLResponse:
    schema = request.app.openapi()
    groups = [
        {**tag, "operations": [one for one in _operations(schema, str(request.base_url)) if tag["name"] in one["tags"]]}
        for tag in schema["tags"]
    ]
    about = schema["info"]["description"].split("\n\n")
    return render(request, "api_docs.html", info=schema["info"], about=about, groups=groups, meanings=problems.MEANINGS)


def _operations(schema: dict[str, Any], base: str) -> list[dict[str, Any]]:
    return [
        _operation(schema, base, verb, path, told)
        for path, item in schema["paths"].items()
        for verb, told in item.items()
        if verb in VERBS
    ]


def _operation(schema: dict[str, Any], base: str, verb: str, path: str, told: dict[str, Any]) -> dict[str, Any]:
    parameters = [_parameter(one) for one in told.get("parameters", ())]
    sent = _sent(told)
    good = {status: one for status, one in told["responses"].items() if status.startswith("2")}
    return {
        "id": told["operationId"],
        "tags": told["tags"],
        "verb": verb.upper(),
        "path": f"/api{path}",
        "summary": told["summary"],
        "description": told["description"],
        "parameters": parameters,
        "fields": [_field(schema, *one) for one in _fields(schema, told)],
        "curl": _curl(base, verb, path, parameters, sent),
        "answers": [_answer(status, one) for status, one in good.items()],
        "errors": [int(status) for status in told["responses"] if not status.startswith("2")],
    }


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    """Its name, where it goes, whether it must be given, what it is, and an example where there is one."""
    schema = one["schema"]
    return {
        "name": one["name"],
        "where": one["in"],
        "required": one.get("required", False),
        "kind": _kind(schema),
        "default": schema.get("default"),
        "description": one.get("description", schema.get("description", "")),
        "example": next(iter(schema.get("examples", ())), None),
    }


def _kind(schema: dict[str, Any]) -> str:
    """In words: "one of a, b", "date", "1 to 200"."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if "const" in schema:
        return str(schema["const"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_kind(one) for one in schema[several] if one.get("type") != "null"))
    if "minimum" in schema and "maximum" in schema:
        return f"{number(schema['minimum'])} to {number(schema['maximum'])}"
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}" if schema.get("items") else "list"
    return str(schema.get("format") or schema.get("type") or "anything")


def _fields(schema: dict[str, Any], told: dict[str, Any]) -> list[tuple[str, dict[str, Any], bool]]:
    """The fields of what is sent: name, schema, whether it must be given."""
    content = told.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return []
    body = schema["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
    return [(name, one, name in body.get("required", ())) for name, one in body["properties"].items()]


def _field(schema: dict[str, Any], name: str, one: dict[str, Any], required: bool) -> dict[str, Any]:
    named = one.get("$ref", "").rpartition("/")[2]
    held = schema["components"]["schemas"].get(named, one)
    return {"name": name, "required": required, "kind": _kind(held), "description": one.get("description", "")}


def _sent(told: dict[str, Any]) -> Any:
    """The first example of what is sent; None where nothing is."""
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    return next((one["value"] for one in content.get("examples", {}).values()), None)


def _curl(base: str, verb: str, path: str, parameters: list[dict[str, Any]], sent: Any) -> str:
    """A command that can be pasted, but for the token and ids."""
    asked = {one["name"]: one["example"] for one in parameters if one["where"] == "query" and one["example"]}
    asked |= {one["name"]: "csv" for one in parameters if one["where"] == "query" and one["required"]}
    for one in parameters:
        if one["where"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["example"] or one["name"].upper()))
    address = f"{base.rstrip('/')}/api{path}" + (f"?{urlencode(asked)}" if asked else "")
    lines = [f"curl {shlex.quote(address)}", '-H "Authorization: Bearer $TOKEN"']
    if sent is not None:
        told = json.dumps(sent, ensure_ascii=False, indent=1)
        lines += ['-H "Content-Type: application/json"', f"-d {shlex.quote(told)}"]
    return " \\\n  ".join(lines)


def _answer(status: str, told: dict[str, Any]) -> dict[str, Any]:
    content = told.get("content", {})
    examples = [one["example"] for one in content.values() if "example" in one]
    words = examples[0] if examples and isinstance(examples[0], str) else _indented(examples)
    return {
        "status": status,
        "description": told["description"],
        "types": list(content),
        "example": words[:SHOWN] + ("\n…" if len(words) > SHOWN else ""),
    }


def _indented(examples: list[Any]) -> str:
    return json.dumps(examples[0], ensure_ascii=False, indent=1) if examples else ""
