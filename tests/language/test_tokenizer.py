"""Words are divided as Universal Dependencies divides them, in posts of messengers too."""

from __future__ import annotations

import pytest

from sayso.coding.coder import Coder

POSTS = {
    "⚠️They are shooting.": ["⚠️", "They", "are", "shooting", "."],
    "❤️‍🔥Peace now": ["❤️‍🔥", "Peace", "now"],
    "say no👨‍👩‍👧.": ["say", "no", "👨‍👩‍👧", "."],
    "a 👍🏽yes": ["a", "👍🏽", "yes"],
    "‼️ALMATY‼️": ["‼️", "ALMATY", "‼️"],
    "📵 The internet is cut.": ["📵", "The", "internet", "is", "cut", "."],
}


@pytest.mark.parametrize("text", POSTS)
def test_a_sign_and_what_says_how_it_is_drawn_are_one_word(coder: Coder, text: str) -> None:
    """None of it is left to the word beside it."""
    assert [token.text for token in coder.parse(text)] == POSTS[text]
