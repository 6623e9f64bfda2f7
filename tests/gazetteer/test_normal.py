"""Names that people write differently are one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gazetteer.normal import normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("São Paulo", "Sao Paulo"),
        ("Saint-Denis", "St. Denis"),
        ("KYIV", "Kyiv"),
        ("N’Djamena", "N'Djamena"),
        ("Łódź", "Lodz"),
        ("Port-au-Prince", "Port au Prince"),
        ("U.S.", "US"),
        ("Mt. Vernon", "Mount Vernon"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    """Case, accents, hyphens, apostrophes, full stops and common abbreviations do not tell names apart."""
    assert normal(one) == normal(other)


@given(st.text(max_size=40))
def test_normal_is_idempotent(text: str) -> None:
    """A normalised name stays as it is."""
    assert normal(normal(text)) == normal(text)
