"""The contract of an export's manifest, `sayso-export/1`: of which state of which ledger it is, and what was asked for."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from sayso.records import CoderInfo, Record
from sayso.reproducing.record import Output

FORM: Literal["sayso-export/1"] = "sayso-export/1"


class CodedBy(CoderInfo):
    """A coder, and how many of the ledger's articles have their current coding from it."""

    articles: int


class State(Record):
    """A ledger's state. `identity` and `clock`, which counts what was written, are those of a copy of it too.

    `articles`: those that are kept, uncoded ones too; `corrections`: that are accepted; `decisions`: that hold.
    """

    identity: str
    clock: int
    articles: int
    coders: tuple[CodedBy, ...]
    corrections: int
    decisions: int


class Asked(Record):
    """What was asked for: the format, the filters that were given, whether as people have corrected it, and unmasked."""

    format: str
    filters: dict[str, str | int]
    with_corrections: bool
    personal_data: bool


class Export(Record):
    """The manifest of `sayso export`. `version`: sayso's; `libraries`: by which it was written; `outputs`: all files, in order."""

    schema_: Literal["sayso-export/1"] = Field(default=FORM, alias="schema")
    created: datetime
    version: str
    libraries: dict[str, dict[str, str]]
    ledger: State
    settings: Asked
    outputs: tuple[Output, ...]


def export_schema() -> dict[str, Any]:
    """JSON Schema of an export's manifest."""
    return Export.model_json_schema(by_alias=True)


def to_json(export: Export) -> str:
    """The manifest as it is written: indented, a line's end after it."""
    return json.dumps(export.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False) + "\n"
