"""It does not matter in which order articles come, once the ledger has settled."""

from __future__ import annotations

import random

import pytest

from ledger.conftest import MakeLedger
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.reading import make_article
from sayso.records import Coding

AIRPORT = "Almaty fell silent on Wednesday evening. Protesters have seized the airport of Almaty, and all flights have been cancelled."


def grouped(ledger: Ledger) -> set[frozenset[tuple[str, str]]]:
    """The incidents, as the reports that they hold."""
    return {frozenset((r.article, r.event) for r in one.reports) for one in ledger.incidents()}


def filled(ledger: Ledger, codings: list[Coding]) -> Ledger:
    ledger.settle([ledger.add(one).article for one in codings])
    return ledger


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_does_not_matter(new_ledger: MakeLedger, examples: list[Coding], seed: int) -> None:
    """Whichever came first, the same reports meet."""
    shuffled = random.Random(seed).sample(examples, len(examples))
    assert grouped(filled(new_ledger(), examples)) == grouped(filled(new_ledger(), shuffled))


def test_settling_a_few_days_leaves_the_rest(ledger: Ledger, coder: Coder, examples: list[Coding]) -> None:
    """Incidents of other years keep their ids and reports, and settling twice changes nothing."""
    filled(ledger, examples)
    before = {one.id: one.reports for one in ledger.incidents()}
    text = "A bomb killed nine people at a market in Quetta on Monday, police said."
    made = coder.code(make_article({"id": "q", "text": text, "published": "2013-01-11"}, name="q", source="q"))
    kept = ledger.add(made)
    assert ledger.settle([kept.article]) == 0
    after = {one.id: one.reports for one in ledger.incidents()}
    assert {key: after[key] for key in before} == before
    assert list(ledger.check()) == []


def test_two_papers_that_tell_of_one_seizure_corroborate_it(
    ledger: Ledger, coder: Coder, examples: list[Coding]
) -> None:
    """What the agency has of the airport of Almaty, another paper has too, and both are its origins."""
    fields = {"id": "evening", "outlet": "Evening Almaty", "text": AIRPORT, "published": "2022-01-05"}
    filled(ledger, [*examples, coder.code(make_article(fields, name="evening", source="evening.txt"))])
    agency = next(one for one in examples if "(Steppe Wire)" in one.article.text)
    seized = next(e for e in agency.events if e.trigger.of(agency.article.text) == "seized")
    found = next(
        i for i in ledger.incidents() if (agency.article.id, seized.id) in {(r.article, r.event) for r in i.reports}
    )
    assert found.standing == "corroborated"
    assert {"Steppe Wire", "Evening Almaty"} <= {one.name for one in found.origins}
    assert "evening" in {r.article for r in found.reports}


def test_tolls_stand_side_by_side_by_origin_and_day(ledger: Ledger, examples: list[Coding]) -> None:
    """Of the dead of January 2022 several origins give numbers; each stands with its words, its day and whose it is."""
    filled(ledger, examples)
    told = [value for one in ledger.incidents() for value in one.values.get("killed", ())]
    texts = {one.article.id: one.article.text for one in examples}
    assert len({value.origin for value in told}) >= 4
    assert len({value.published for value in told}) >= 2
    assert all(texts[value.article][slice(*value.span)] == value.value for value in told)


def test_what_only_a_side_says_is_claimed(ledger: Ledger, examples: list[Coding]) -> None:
    """The ministry alone accuses foreign fighters."""
    filled(ledger, examples)
    accused = [
        one for one in ledger.incidents() if one.type == "ACCUSE" and "fighters" in str(one.values.get("recipients"))
    ]
    assert [(one.standing, one.because) for one in accused] == [
        ("claimed", "only Foreign Ministry of Kazakhstan, a party to it, says so")
    ]
