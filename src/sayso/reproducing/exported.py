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

    articles: int = Field(description="how many articles have their current coding from it")


class State(Record):
    """A ledger's state. `identity` and `clock`, which counts what was written, are those of a copy of it too.

    `articles`: those that are kept, uncoded ones too; `corrections`: that are accepted; `decisions`: that hold.
    """

    identity: str = Field(description="what the ledger is known by; a copy has the same")
    clock: int = Field(description="counts what was written")
    articles: int = Field(description="how many are kept, uncoded ones too")
    coders: tuple[CodedBy, ...] = Field(description="by what they were coded")
    corrections: int = Field(description="how many are accepted")
    decisions: int = Field(description="how many hold")


class Asked(Record):
    """What was asked for: the format, the filters that were given, whether as people have corrected it, and unmasked."""

    format: str = Field(description="what was written")
    filters: dict[str, str | int] = Field(description="that were given")
    with_corrections: bool = Field(description="whether as people have corrected it")
    personal_data: bool = Field(description="whether unmasked")


class Export(Record):
    """The manifest of `sayso export`. `version`: sayso's; `libraries`: by which it was written; `outputs`: all files, in order."""

    schema_: Literal["sayso-export/1"] = Field(default=FORM, alias="schema", description="the version of this contract")
    created: datetime = Field(description="when it was written, UTC; information alone")
    version: str = Field(description="of sayso")
    libraries: dict[str, dict[str, str]] = Field(description="versions of Python and of what was written with")
    ledger: State = Field(description="of which state of which ledger it is")
    settings: Asked = Field(description="what was asked for")
    outputs: tuple[Output, ...] = Field(description="all files that were written, in order")


def export_schema() -> dict[str, Any]:
    """JSON Schema of an export's manifest."""
    return Export.model_json_schema(by_alias=True)


def to_json(export: Export) -> str:
    """The manifest as it is written: indented, a line's end after it."""
    return json.dumps(export.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False) + "\n"
