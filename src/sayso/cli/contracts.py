"""What `sayso schema` prints: the contracts of what sayso writes, as JSON Schema."""

from __future__ import annotations

from sayso.records import json_schema
from sayso.reproducing.exported import export_schema
from sayso.reproducing.record import run_schema

SCHEMAS = {"coding": json_schema, "run": run_schema, "export": export_schema}
