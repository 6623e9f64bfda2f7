"""What the headline claims, and whether the body bears it out."""

from __future__ import annotations

import pytest

from sayso.coding.coder import Coder
from sayso.records import HeadlineSupport

BODY = (
    "Police arrested nine dock workers in Port Ruvo on Monday. The workers had blocked the gate of the harbour for three days.\n\n"
    "The union's lawyer, Ana Serra, said that officers had beaten two of them in a van. The police chief plans to close the harbour "
    "on Friday.\n\nThe strike began after the harbour company cut wages in May."
)


def claim(coder: Coder, headline: str, body: str = BODY) -> HeadlineSupport:
    found = coder(f"{headline}\n\n{body}").headline_support
    assert len(found) == 1, [one.because for one in found]
    return found[0]


def test_what_the_body_asserts_is_supported_by_its_events(coder: Coder) -> None:
    text = f"Police arrest nine dock workers in Port Ruvo\n\n{BODY}"
    coding = coder(text)
    (found,) = coding.headline_support
    assert found.support == "supported"
    assert found.span.of(text) == "Police arrest nine dock workers in Port Ruvo"
    assert found.evidence is not None
    assert found.evidence.of(text).startswith("Police arrested nine dock workers")
    assert [coding.find(name).trigger.of(text) for name in found.events] == ["arrested"]
    assert not found.statements


def test_what_only_somebody_says_is_attributed_to_them(coder: Coder) -> None:
    text = f"Officers beat two dock workers in van\n\n{BODY}"
    coding = coder(text)
    (found,) = coding.headline_support
    assert found.support == "attributed"
    assert [coding.find(coding.find(name).speaker).name for name in found.statements] == ["Ana Serra"]
    assert "Ana Serra" in found.because


@pytest.mark.parametrize(
    "headline",
    [
        "Harbour director resigns over corruption inquiry",
        "Police chief closes harbour on Friday",
        "Police arrest ninety dock workers in Port Ruvo",
    ],
)
def test_what_nobody_says_or_only_more_weakly_is_unsupported(coder: Coder, headline: str) -> None:
    found = claim(coder, headline)
    assert found.support == "unsupported"
    assert not found.events
    assert not found.statements


def test_a_claim_that_names_its_source_is_borne_out_by_the_source(coder: Coder) -> None:
    assert claim(coder, "Officers beat two workers in van, lawyer Ana Serra says").support == "supported"


def test_each_clause_and_the_standfirst_are_claims_of_their_own(coder: Coder) -> None:
    text = f"Police arrest dock workers; harbour director resigns\n\n{BODY}"
    found = [(one.span.of(text), one.support) for one in coder(text).headline_support]
    assert found == [("Police arrest dock workers", "supported"), ("harbour director resigns", "unsupported")]


def test_without_a_headline_nothing_is_claimed(coder: Coder) -> None:
    assert not coder(
        "Police arrested nine dock workers in Port Ruvo on Monday, and the harbour stayed shut."
    ).headline_support
