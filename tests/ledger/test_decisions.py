"""What people decide of reports holds, whatever comes after."""

from __future__ import annotations

import pytest

from ledger.conftest import MakeLedger
from ledger.stories import BOMBING, add, article, bombing, by_another_coder, coded, told
from sayso.coding.coder import Coder
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.records import Coding, Incident

ATTACK = "The ambassador was attacked in Iraq on Tuesday, the embassy said."
ALL = frozenset(BOMBING)


def both(ledger: Ledger, coder: Coder) -> tuple[Incident, Incident]:
    """A ledger of two incidents: a bombing in three papers, and an attack in one."""
    found = add(ledger, [*bombing(coder), coded(coder, ATTACK, outlet="Dawn")])
    one, other = sorted(found, key=lambda one: -len(one.reports))
    return one, other


def everything_after(ledger: Ledger, codings: list[Coding]) -> None:
    """All that could undo a decision."""
    for one in codings:
        ledger.add(by_another_coder(one))
    ledger.recluster()
    ledger.recluster()


def codings_of(coder: Coder) -> list[Coding]:
    return [*bombing(coder), coded(coder, ATTACK, outlet="Dawn")]


def test_joined_incidents_are_one(ledger: Ledger, coder: Coder) -> None:
    """All reports of both; the id of the second leads to the first."""
    one, other = both(ledger, coder)
    assert ledger.join(one.id, other.id, who="me", why="one attack") == one.id
    (found,) = ledger.incidents()
    assert (found.id, told([found])) == (one.id, {ALL | {"dawn"}})
    assert ledger.incident(other.id) == ledger.incident(one.id) == found


def test_a_join_holds(ledger: Ledger, coder: Coder) -> None:
    """When more is added, after a recoding, and when all is clustered anew."""
    one, other = both(ledger, coder)
    ledger.join(other.id, one.id, who="me")
    everything_after(ledger, codings_of(coder))
    assert told(ledger.incidents()) == {ALL | {"dawn"}}
    assert (ledger.incident(one.id) or other).id == (ledger.incident(other.id) or one).id == other.id
    ledger.add(coded(coder, BOMBING["gazette"], outlet="Echo"))
    assert told(ledger.incidents()) == {ALL | {"dawn", "echo"}}
    assert list(ledger.check()) == []


def test_what_is_parted_stays_apart(ledger: Ledger, coder: Coder) -> None:
    """The reports that leave make an incident, and the others keep theirs; so when more is added, recoded or clustered anew."""
    (whole,) = add(ledger, bombing(coder))
    leaving = [(one.article, one.event) for one in whole.reports if one.article == "courier"]
    new = ledger.part(whole.id, leaving, who="me", why="it tells of Tuesday's")
    parts = {frozenset({"courier"}), frozenset({"herald", "gazette"})}
    assert told(ledger.incidents()) == parts
    everything_after(ledger, bombing(coder))
    assert told(ledger.incidents()) == parts
    kept, made = ledger.incident(whole.id), ledger.incident(new)
    assert kept is not None
    assert made is not None
    assert told([kept]) == {frozenset({"herald", "gazette"})}
    assert told([made]) == {frozenset({"courier"})}
    assert list(ledger.check()) == []


def test_an_article_that_comes_again_stays_where_it_was_put(ledger: Ledger, coder: Coder) -> None:
    """Though its text is another, as long as the words are in it."""
    (whole,) = add(ledger, bombing(coder))
    leaving = [(one.article, one.event) for one in whole.reports if one.article == "courier"]
    ledger.part(whole.id, leaving, who="me")
    grown = article(f"First published at nine, and corrected since.\n\n{BOMBING['courier']}", outlet="Courier")
    assert ledger.add(coder.code(grown)).status == "changed"
    ledger.recluster()
    assert told(ledger.incidents()) == {frozenset({"courier"}), frozenset({"herald", "gazette"})}


def test_of_contradicting_decisions_the_later_holds(ledger: Ledger, coder: Coder) -> None:
    """Parted, joined, parted and joined again."""
    (whole,) = add(ledger, bombing(coder))
    leaving = [(one.article, one.event) for one in whole.reports if one.article == "courier"]
    for _ in range(2):
        new = ledger.part(whole.id, leaving, who="me")
        ledger.recluster()
        assert told(ledger.incidents()) == {frozenset({"courier"}), frozenset({"herald", "gazette"})}
        ledger.join(whole.id, new, who="you")
        everything_after(ledger, bombing(coder))
        assert told(ledger.incidents()) == {ALL}
        assert (ledger.incident(new) or whole).id == whole.id


def test_who_was_together_through_one_that_leaves_stays_together(ledger: Ledger, coder: Coder) -> None:
    """A part takes back of a join only what it is about."""
    one, other = both(ledger, coder)
    ledger.join(other.id, one.id, who="me")
    whole = ledger.incident(other.id)
    assert whole is not None
    leaving = [(report.article, report.event) for report in whole.reports if report.article == "gazette"]
    ledger.part(other.id, leaving, who="me")
    everything_after(ledger, codings_of(coder))
    assert told(ledger.incidents()) == {frozenset({"gazette"}), frozenset({"herald", "courier", "dawn"})}


def test_a_join_outlives_an_article_that_is_forgotten(ledger: Ledger, coder: Coder) -> None:
    """Even one through which the others were said to be together."""
    one, other = both(ledger, coder)
    ledger.join(other.id, one.id, who="me")
    ledger.forget("dawn", who="me")
    ledger.recluster()
    assert told(ledger.incidents()) == {ALL}


def test_decisions_have_their_line_in_the_log(ledger: Ledger, coder: Coder) -> None:
    """Who, of what, and why."""
    one, other = both(ledger, coder)
    ledger.join(one.id, other.id, who="me", why="one attack")
    whole = ledger.incident(one.id)
    assert whole is not None
    new = ledger.part(one.id, [(r.article, r.event) for r in whole.reports if r.article == "dawn"], who="you", why="no")
    log = [(a["who"], a["action"], a["target"], a["detail"]) for a in ledger.audit_log()]
    assert len(log[0][3].pop("decisions")) == len(other.reports)  # type: ignore[attr-defined]
    assert log[0][3].pop("denials") == []  # type: ignore[attr-defined]
    assert log == [
        ("me", "join", one.id, {"other": other.id, "why": "one attack"}),
        ("you", "part", one.id, {"made": new, "why": "no"}),
    ]


def test_what_cannot_be_decided_is_refused_by_name(new_ledger: MakeLedger, coder: Coder) -> None:
    """And changes nothing."""
    ledger = new_ledger()
    one, other = both(ledger, coder)
    reports = [(report.article, report.event) for report in one.reports]
    ledger.join(one.id, other.id, who="me")
    with pytest.raises(LedgerError, match="i0000: no such incident"):
        ledger.join(one.id, "i0000", who="me")
    with pytest.raises(LedgerError, match="i0000: no such incident"):
        ledger.part("i0000", reports, who="me")
    with pytest.raises(LedgerError, match=f"{one.id}: these are one incident already"):
        ledger.join(one.id, other.id, who="me")
    whole = ledger.incident(one.id)
    assert whole is not None
    with pytest.raises(LedgerError, match=f"{one.id}: of an incident some reports must leave"):
        ledger.part(one.id, [(report.article, report.event) for report in whole.reports], who="me")
    with pytest.raises(LedgerError, match=f"{one.id}: of an incident some reports must leave"):
        ledger.part(one.id, [], who="me")
    with pytest.raises(LedgerError, match="nobody/e1: no report of that incident"):
        ledger.part(one.id, [("nobody", "e1")], who="me")
    assert ledger.incident(one.id) == whole
    assert len(ledger.audit_log()) == 1


def test_an_incident_without_reports_joins_nothing(ledger: Ledger, coder: Coder) -> None:
    """Its id is named."""
    one, other = both(ledger, coder)
    ledger.forget("dawn", who="me")
    assert ledger.incident(other.id) is None
    with pytest.raises(LedgerError, match=f"{other.id}: an incident without reports"):
        ledger.join(one.id, other.id, who="me")


def test_a_join_holds_over_years(ledger: Ledger, coder: Coder) -> None:
    """When the days of the one are settled, of which the other was not."""
    old = coded(
        coder, "A bomb exploded at a market in Mosul on Wednesday, police said.", outlet="Old", published="2015-03-05"
    )
    found = add(ledger, [*bombing(coder), old])
    one, other = sorted(found, key=lambda one: -len(one.reports))
    ledger.join(other.id, one.id, who="me", why="the older report is misdated")
    for more in (coded(coder, BOMBING["gazette"], outlet="Echo"), by_another_coder(old)):
        ledger.settle([ledger.add(more).article])
        found = [incident for incident in ledger.incidents() if incident.id == other.id]
        assert [ALL | {"old"} <= articles for articles in told(found)] == [True]
    assert list(ledger.check()) == []
