"""Of a coding what has to do with one incident: to read all of it takes three times as long."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from sayso.records import Coding, Incident


class Relevant(NamedTuple):
    """Of one article: ids of events and statements, and spans of words, that an incident names."""

    events: set[str]
    statements: set[str]
    spans: set[tuple[int, int]]


def relevant(record: Incident) -> dict[str, Relevant]:
    """By article; of one that the incident does not name, nothing."""
    found: dict[str, Relevant] = defaultdict(lambda: Relevant(set(), set(), set()))
    for report in record.reports:
        found[report.article].events.add(report.event)
    for denial in record.denials:
        found[denial.article].spans.add(denial.span)
        found[denial.article].statements.update([denial.statement] if denial.statement else ())
    for value in (value for values in record.values.values() for value in values):
        found[value.article].spans.add(value.span)
    return found


def part_of(data: dict[str, Any], wanted: Relevant) -> Coding:
    """Of a coding as JSON the wanted events, and what they, the wanted words and their denials name."""
    return Coding.model_validate(_trimmed(data, wanted))


def _trimmed(data: dict[str, Any], wanted: Relevant) -> dict[str, Any]:
    events = [e for e in data["events"] if e["id"] in wanted.events or tuple(e["trigger"]) in wanted.spans]
    own = {e[field] for e in events for field in ("place", "time")} | {f for e in events for f in e["figures"]}
    parties = {party["actor"] for e in events for party in (*e["actors"], *e["recipients"])}
    parties |= {one["id"] for one in data["actors"] if any(tuple(m) in wanted.spans for m in one["mentions"])}
    labels = [label for actor in data["actors"] if actor["id"] in parties for label in actor["labels"]]
    told = wanted.statements | {s for e in events for s in e["statements"]} | {label["statement"] for label in labels}
    statements = {one["id"]: one for one in data["statements"]}
    chains = {one for name in told for one in _within(statements, name)}
    speakers = {statements[one]["speaker"] for one in chains}
    return {
        **data,
        "events": events,
        "actors": [one for one in data["actors"] if one["id"] in parties | speakers],
        "places": [p for p in data["places"] if p["id"] in own or any(tuple(m) in wanted.spans for m in p["mentions"])],
        **{
            kind: [one for one in data[kind] if one["id"] in own or tuple(one["span"]) in wanted.spans]
            for kind in ("times", "figures")
        },
        "statements": [one for one in data["statements"] if one["id"] in chains],
        **dict.fromkeys(("voice_shares", "distances", "headline_support"), ()),
    }


def _within(statements: dict[str, Any], name: str | None) -> list[str]:
    """A statement and those around it."""
    found: list[str] = []
    while name in statements and name not in found:
        found.append(name)
        name = statements[name]["within"]
    return found
