"""Short reports of made-up events in real towns, and what the tests of the ledger make of them."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.reading import make_article
from sayso.records import Article, CoderInfo, Coding, Incident

BOMBING = {
    "herald": "A bomb exploded at a market in Baghdad on Wednesday, killing 12 people, police said.",
    "courier": "At least 15 people were killed on Wednesday when a bomb exploded in a market in Baghdad, the health "
    "ministry said.",
    "gazette": "A bomb blast killed 12 people at a market in Baghdad on Wednesday, the Red Crescent said.",
}
"""One bombing in three papers, on three words."""
ELSEWHERE = "A bomb exploded at a market in Karachi on Wednesday, killing four people, police said."
"""Another one on the same day."""
PROTEST = "Police arrested nine protesters in Almaty on Wednesday, the interior ministry said."


def article(text: str, *, outlet: str = "The Herald", **given: object) -> Article:
    """An article of Thursday, 6 January 2022, unless told otherwise."""
    fields = {"id": outlet.lower(), "text": text, "published": "2022-01-06", "outlet": outlet, **given}
    return make_article(fields, name="a test", source=f"{fields['id']}.txt")


_CODED: dict[str, Coding] = {}


def coded(coder: Coder, text: str, **given: object) -> Coding:
    """The coding of such an article; each is made once."""
    read = article(text, **given)  # type: ignore[arg-type]
    key = read.model_dump_json()
    if key not in _CODED:
        _CODED[key] = coder.code(read)
    return _CODED[key]


def bombing(coder: Coder) -> list[Coding]:
    """The three codings of the bombing."""
    return [coded(coder, text, outlet=name) for name, text in BOMBING.items()]


def by_another_coder(coding: Coding, version: str = "9.9") -> Coding:
    """The same coding as if a newer coder had made it."""
    info = CoderInfo(**{**coding.coder.model_dump(), "version": version})
    return coding.model_copy(update={"coder": info})


def add(ledger: Ledger, codings: Iterable[Coding]) -> list[Incident]:
    """Add them one after another; the incidents then."""
    for one in codings:
        ledger.add(one)
    return list(ledger.incidents())


def of(incidents: Iterable[Incident], kind: str) -> Incident:
    """The one incident of this type."""
    (found,) = [one for one in incidents if one.type == kind]
    return found


def told(incidents: Iterable[Incident]) -> set[frozenset[str]]:
    """Which articles each incident is told in."""
    return {frozenset(one.article for one in incident.reports) for incident in incidents}


def in_json(ledger: Ledger) -> list[str]:
    """The incidents, byte for byte."""
    return [one.to_json() for one in ledger.incidents()]
