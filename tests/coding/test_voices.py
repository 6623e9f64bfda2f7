"""Whose words fill an article."""

from __future__ import annotations

import pytest

from sayso.coding.coder import Coder

TEXT = (
    "Police fired on the crowd at Port Ruvo on Monday. “Nobody gave that order and nobody will be punished for it,” the colonel, "
    "Ion Bratu, told reporters. A nurse said that a soldier had told her that the guns were loaded. Shops stayed closed."
)


def test_the_article_comes_first_and_all_words_are_somebodys(coder: Coder) -> None:
    coding = coder(TEXT)
    own, *others = coding.voice_shares
    assert own.speaker is None
    assert not own.statements
    assert others
    words = sum(any(c.isalnum() for c in token) for token in TEXT.split())
    assert sum(share.words for share in coding.voice_shares) == words
    assert sum(share.share for share in coding.voice_shares) == pytest.approx(1, abs=0.01)


def test_shares_are_those_of_the_speakers(coder: Coder) -> None:
    coding = coder(TEXT)
    by = {coding.find(share.speaker).name: share for share in coding.voice_shares if share.speaker}
    colonel = by["Ion Bratu"]
    assert colonel.words == 11
    assert [coding.find(name).speaker for name in colonel.statements] == [colonel.speaker]


def test_what_a_soldier_said_is_his_and_not_the_nurses(coder: Coder) -> None:
    coding = coder(TEXT)
    by = {coding.find(share.speaker).name: share.words for share in coding.voice_shares if share.speaker}
    assert by["soldier"] == len("that the guns were loaded".split())
    assert by["nurse"] == len("that a soldier had told her".split())


def test_an_article_without_statements_is_all_its_own(coder: Coder) -> None:
    (own,) = coder("The dam at Vodno broke on Sunday. Nine houses stood in the water.").voice_shares
    assert own.share == 1
    assert own.words == 13
