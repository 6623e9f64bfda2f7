"""The dateline at the head of a report: "ALMATY, Jan 5 (Agency) —", "MOSCOW, January 5. /TASS/.", "[TEXT]"."""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.reading.dates import DATE, Printed, printed_dates

LONGEST = 130
"""Code points in which a dateline must end."""

_DASH = re.compile(r"\s*(?:--+|[—–]|-(?=\s)|:(?=\s)|/\.(?=\s))\s*")
_WORD = r"[^\W\d_][\w.'’-]*"
_PLACE = re.compile(rf"{_WORD}(?:\s{_WORD}){{0,4}}(?:\s*[,/]\s*{_WORD}(?:\s{_WORD}){{0,4}}){{0,2}}")
_AGENCY = re.compile(r"\(([^()]{2,60})\)|/([^/]{2,40})(?:/|$)")
_REMARKS = re.compile(r"(?:\[[^\[\]]{1,80}\]\s*)+")
_SMALL = frozenset({"of", "the", "de", "la", "del", "el", "al", "da", "do", "on", "and", "upon", "near"})
_REPORTING = re.compile(r"\b(?:said|says|told|reports?|announced|warned|added)\b", re.IGNORECASE)


class Dateline(NamedTuple):
    """`end` is the length of the dateline with its dash; `date` is the one printed in it, if any."""

    end: int
    date: Printed | None
    sure: bool
    """Whether a date or an agency stands in it, so that it is not just a name before a dash."""


def dateline(text: str, *, shouting: bool = False) -> Dateline | None:
    """The dateline that a paragraph begins with, or None.

    `shouting` says that the whole text is in capitals, so that capitals do not make a place: then a dateline
    needs a date or an agency.
    """
    head = text[:LONGEST]
    for dash in list(_DASH.finditer(head))[:4]:
        read = _read(head[: dash.start()], dash.group().strip(), shouting) if dash.start() else None
        if read:
            remarks = _REMARKS.match(text, dash.end(), dash.end() + 2 * LONGEST)
            return read._replace(end=remarks.end() if remarks else dash.end())
    return _bare(text, shouting)


def _bare(text: str, shouting: bool) -> Dateline | None:
    """Datelines without a dash: "Delhi, Jan 5 (IANS) The minister …", "(Reuters) …"."""
    match = _AGENCY.search(text, 0, LONGEST)
    if not match or not match[1] or text[match.end() : match.end() + 1].strip():
        return None
    before = text[: match.end()]
    read = _read(before, "", shouting)
    return read._replace(end=match.end()) if read and read.date else None


def _read(head: str, dash: str, shouting: bool) -> Dateline | None:
    """The parts before the dash: place, then country in brackets, date and agency in any order; None where others are."""
    agency = _AGENCY.search(head)
    rest = _AGENCY.sub(" ", head)
    found = DATE.search(rest)
    date = next(printed_dates(rest), None)
    if found:
        rest = rest[: found.start()] + " " + rest[found.end() :]
    place = rest.strip(" \t\r\n,.;:/-–—")
    if dash.startswith("/") and not agency:
        return None
    if not place:
        lone = agency and dash != ":" and (found or head.strip().startswith("("))
        return Dateline(0, None, True) if lone else None
    if len(place) > 60 or not _PLACE.fullmatch(place) or _REPORTING.search(place):
        return None
    capitals = place.upper() == place and sum(map(str.isalpha, place)) > 1
    sure = bool(found or agency)
    likely = sure or (capitals and not shouting and len(place.split()) <= 4)
    return Dateline(0, date, sure) if likely and _capitalised(place) else None


def _capitalised(place: str) -> bool:
    return all(word[0].isupper() or word.lower().strip(".,") in _SMALL for word in place.replace("/", " ").split())
