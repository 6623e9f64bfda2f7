"""A party that is told as a number alone is called by all of the number, however it was parsed."""

from __future__ import annotations

import pytest

from sayso.coding.coder import Coder

TOLD = {
    "Protesters say no fewer than 40 were arrested on Monday.": "no fewer than 40",
    "As many as 30 were wounded in Osh on Monday.": "As many as 30",
    "Up to 40 were detained.": "Up to 40",
    "More than 200 were arrested.": "More than 200",
    "Two hundred have been killed in Almaty.": "Two hundred",
    "Police killed at least 30.": "at least 30",
    "Police killed at least 30 miners.": "at least 30 miners",
    "All were arrested in Osh.": "All",
}


@pytest.mark.parametrize("text", TOLD)
def test_a_number_is_not_cut(coder: Coder, text: str) -> None:
    coding = coder(text)
    (event,) = coding.events
    assert [party.span.of(text) for party in event.recipients] == [TOLD[text]]
