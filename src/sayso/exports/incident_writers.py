"""The formats of incidents, as strategies: what is written before, for each dossier, and after them.

Parquet is a folder and not a stream: see `sayso.exports.parquet.write`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from sayso.exports.writers import Style

if TYPE_CHECKING:
    from sayso.ledger.dossier import Dossier


def _nothing() -> str:
    return ""


class IncidentWriter(NamedTuple):
    """`before()` + `each(dossier, style)` for every dossier + `after()` is one complete file. It writes one file only."""

    each: Callable[[Dossier, Style], str]
    before: Callable[[], str] = _nothing
    after: Callable[[], str] = _nothing


class _Listed:
    """Items of a JSON array: all but the first have a comma before them, and a name that came before is not written again."""

    def __init__(self) -> None:
        self._begun = False
        self._names: set[str] = set()

    def __call__(self, items: Iterable[tuple[str | None, str]]) -> str:
        fresh = [text for name, text in items if self._new(name)]
        written = ",\n".join(fresh)
        comma = ",\n" if fresh and self._begun else ""
        self._begun = self._begun or bool(fresh)
        return comma + written

    def _new(self, name: str | None) -> bool:
        if name is not None and name in self._names:
            return False
        self._names |= {name} if name is not None else set()
        return True


def _jsonl() -> IncidentWriter:
    return IncidentWriter(lambda dossier, style: dossier.incident.to_json() + "\n")


def _table() -> IncidentWriter:
    from sayso.exports.incident_table import incident_report

    return IncidentWriter(
        lambda dossier, style: incident_report(dossier.incident, width=style.width, color=style.color)
    )


def _csv() -> IncidentWriter:
    from sayso.exports.incident_table import header, row

    return IncidentWriter(lambda dossier, style: row(dossier), header)


def _acled() -> IncidentWriter:
    from sayso.exports.acled import header, rows

    return IncidentWriter(lambda dossier, style: "".join(rows(dossier)), header)


def _gdelt_events() -> IncidentWriter:
    from sayso.exports.gdelt import events

    return IncidentWriter(lambda dossier, style: "".join(events(dossier)))


def _gdelt_mentions() -> IncidentWriter:
    from sayso.exports.gdelt import mentions

    return IncidentWriter(lambda dossier, style: "".join(mentions(dossier)))


def _plover() -> IncidentWriter:
    from sayso.exports.plover import lines

    return IncidentWriter(lambda dossier, style: "".join(lines(dossier)))


def _array(head: str, text: Callable[[Dossier], str], foot: str) -> IncidentWriter:
    listed = _Listed()
    return IncidentWriter(lambda dossier, style: listed([(None, text(dossier))]), lambda: head, lambda: foot)


def _geojson() -> IncidentWriter:
    from sayso.exports.geojson import FOOT, HEAD, text

    return _array(HEAD, text, FOOT)


def _jsonld() -> IncidentWriter:
    from sayso.exports.jsonld import FOOT, HEAD, text

    return _array(HEAD, text, FOOT)


def _prov() -> IncidentWriter:
    from sayso.exports.prov import FOOT, HEAD, text

    return _array(HEAD, text, FOOT)


def _annotations() -> IncidentWriter:
    from sayso.exports.webannotation import FOOT, HEAD, web_annotations

    listed = _Listed()
    return IncidentWriter(
        lambda dossier, style: listed(
            (node["id"], json.dumps(node, ensure_ascii=False)) for node in web_annotations(dossier)
        ),
        lambda: HEAD,
        lambda: FOOT,
    )


INCIDENT_WRITERS: dict[str, Callable[[], IncidentWriter]] = {
    "jsonl": _jsonl,
    "table": _table,
    "csv": _csv,
    "geojson": _geojson,
    "acled": _acled,
    "gdelt-events": _gdelt_events,
    "gdelt-mentions": _gdelt_mentions,
    "plover": _plover,
    "jsonld": _jsonld,
    "annotations": _annotations,
    "prov": _prov,
}
