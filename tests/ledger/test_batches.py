"""Many incidents are read quickly and of one state of the ledger; exports are the same bytes as of whole codings."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, update

from ledger.stories import ELSEWHERE, PROTEST, add, bombing, coded
from sayso.coding.coder import Coder
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.exports.writers import Style
from sayso.ledger import Ledger
from sayso.ledger.database import writing
from sayso.ledger.personal.rules import rules
from sayso.ledger.schema import coding
from sayso.records import Coding


@pytest.fixture
def filled(ledger: Ledger, examples: list[Coding], coder: Coder) -> Ledger:
    """A ledger with the examples, in which people have said something."""
    ledger.settle([ledger.add(one).article for one in examples])
    first = examples[0]
    for one in first.events[:3]:
        made = ledger.annotate(
            first.article.id, one.trigger, kind="editing", creator="me", field="events/mode", value=None
        )
        ledger.review(made, "accepted", who="me")
        told = next(i.id for i in ledger.incidents())
        judged = ledger.annotate(
            first.article.id, one.trigger, kind="assessing", creator="me", body="So.", incident=told
        )
        ledger.review(judged, "accepted", who="me")
    return ledger


def written(ledger: Ledger, format: str, **given: Any) -> str:
    writer = INCIDENT_WRITERS[format]()
    return "".join((writer.before(), *(writer.each(one, Style()) for one in ledger.dossiers(**given)), writer.after()))


@pytest.mark.parametrize("format", sorted(INCIDENT_WRITERS))
def test_an_export_needs_no_whole_codings(filled: Ledger, format: str) -> None:
    """As the coder has it and as corrected, masked and not."""
    for corrected in (False, True):
        for unmasked in (False, True):
            given = {"with_corrections": corrected, "unmasked": unmasked}
            assert written(filled, format, **given, whole=False) == written(filled, format, **given, whole=True)


def test_what_was_masked_by_the_same_rules_is_not_searched_again(filled: Ledger) -> None:
    """It is the same as if it were; and what was masked by others, or by nobody knows which, is searched."""
    formats = ("csv", "jsonl", "plover", "prov")
    before = [written(filled, format, whole=False) for format in formats]
    for masked in (None, "others", rules()):
        with writing(filled.engine) as connection:
            connection.execute(update(coding).values(masked=masked))
        assert [written(filled, format, whole=False) for format in formats] == before


def test_what_is_kept_unmasked_is_masked_when_it_goes_out(ledger: Ledger, coder: Coder) -> None:
    told = "Soldiers shot dead seven protesters in Almaty on Wednesday, the ministry said. Call Dana Kim on +7 701 214 45 07."
    ledger.add(coded(coder, told, outlet="Herald"), personal=True)
    for whole in (True, False):
        (one,) = ledger.dossiers(whole=whole)
        assert "701" not in one.codings["herald"].article.text
        (kept,) = ledger.dossiers(unmasked=True, whole=whole)
        assert "701" in kept.codings["herald"].article.text


def test_an_export_is_of_one_state_of_the_ledger(ledger: Ledger, coder: Coder) -> None:
    """Whatever is added, decided or coded anew while it is read: no incident twice, none half, and every report is at hand."""
    add(ledger, [*bombing(coder), coded(coder, ELSEWHERE, outlet="Dawn"), coded(coder, PROTEST, outlet="Times")])
    before = list(ledger.dossiers())
    reading = ledger.dossiers(whole=False)
    seen = [next(reading)]
    ledger.add(coded(coder, "A bomb exploded in Kabul on Wednesday, killing two people.", outlet="Post"))
    one, other, *_ = (found.incident.id for found in before)
    ledger.join(one, other, who="me")
    ledger.forget("times", who="me")
    seen += reading
    assert [found.incident for found in seen] == [found.incident for found in before]
    assert [set(found.codings) for found in seen] == [set(found.codings) for found in before]
    assert all(found.codings[report.article].events for found in seen for report in found.incident.reports)


def test_it_does_not_ask_more_for_more_incidents(ledger: Ledger, coder: Coder) -> None:
    """The number of queries grows with hundreds of incidents, not with incidents."""
    asked: list[str] = []
    event.listen(ledger.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for number in range(2):
        places = ("Baghdad", "Karachi", "Kabul", "Lagos", "Cairo", "Delhi")[: 2 + 4 * number]
        texts = {
            place: f"A bomb exploded in {place} on Wednesday, killing four people, police said." for place in places
        }
        add(ledger, [coded(coder, text, outlet=f"{place} Post") for place, text in texts.items()])
        asked.clear()
        counts.append((len(list(ledger.dossiers(whole=False))), len(asked)))
    (few, queries), (many, more) = counts
    assert many > few
    assert more == queries
