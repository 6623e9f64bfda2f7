"""Examples of the API: what is sent and what comes back. Those in `examples.json` were made by the coder of a text of our own."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

SAID = "Police shot dead 26 people in Almaty on Thursday, the interior ministry said. A doctor at a city hospital put the toll at 40."
SENT = {"title": "Dozens killed in Almaty", "published": "2022-01-07", "outlet": "Example News", "text": SAID}

TEXT: Any = {"report": {"summary": "A report of two sentences", "value": SENT}}
ANNOTATION: Any = {
    "correction": {
        "summary": "A correction: this was no assault",
        "value": {
            "article": "737b7954aa1b2f24", "start": 7, "end": 16, "kind": "editing",
            "field": "events/type", "value": "COERCE", "body": "They dispersed a crowd.",
        },
    },
    "reply": {
        "summary": "A question about some words",
        "value": {"article": "737b7954aa1b2f24", "start": 17, "end": 26, "kind": "questioning", "body": "Civilians, or both sides?"},
    },
}  # fmt: skip
DECISION: Any = {"accepted": {"summary": "Accept", "value": {"state": "accepted", "why": "The statement says so."}}}

MERGE: Any = {"merge": {"summary": "Two are one", "value": {"other": "i404bf38a8e", "why": "One night, one square."}}}
SPLIT: Any = {
    "split": {
        "summary": "One report is of another town",
        "value": {"reports": [{"article": "737b7954aa1b2f24", "event": "e1"}], "why": "This was in Aktau."},
    }
}
CONFIRM: Any = {"confirm": {"summary": "It is right", "value": {"why": "Both papers were called."}}}
UNDO: Any = {"undo": {"summary": "It was a mistake", "value": {"line": 12, "why": "There were two squares."}}}
DECIDED: Any = {
    "line": 12, "at": "2026-11-27T00:57:10+00:00", "who": "the-editor", "action": "merge", "other": "i404bf38a8e",
    "from_other": False, "reports": None, "why": "One night, one square.", "undoable": True,
}  # fmt: skip


@cache
def made() -> dict[str, Any]:
    """By name: one item of each kind."""
    found: dict[str, Any] = json.loads(files("sayso.desk.api").joinpath("examples.json").read_text(encoding="utf-8"))
    one, short = found["article"], {k: v for k, v in found["article"].items() if k != "coding"}
    return {
        **found,
        "coding": one["coding"],
        "articles": {"items": [short], "next": "/api/articles?after=1"},
        "revisions": {"items": [{"revision": 1, "made": one["added"], "coder": one["coding"]["coder"]}]},
        "incidents": {"total": 51, "items": [found["incident"]], "next": "/api/incidents?page=2"},
        "reports": {"items": [found["event"]]},
        "decisions": {"items": [DECIDED]},
        "events": {"items": [found["event"]], "next": None},
        "annotations": {"items": [found["annotation"]], "next": None},
        "hits": {"total": 1, "items": [found["hit"]], "next": None},
    }


def answer(name: str) -> dict[str, Any]:
    """An example of what comes back, for an operation; `fill` puts it there."""
    return {"content": {"application/json": {"example": name}}}


def fill(schema: dict[str, Any]) -> None:
    """Put the examples where they are named: FastAPI would leave out what is null in them."""
    for item in schema["paths"].values():
        for told in item.values():
            for answered in told["responses"].values():
                shown = answered.get("content", {}).get("application/json", {})
                if shown.get("example") in made():
                    shown["example"] = made()[shown["example"]]


def words(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"text/plain": {"schema": {"type": "string"}, "example": SAID}}}
