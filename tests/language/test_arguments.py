"""Objects and subjects hang on the verb of which English can have them there."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.language.arguments import rehang


@pytest.mark.parametrize(
    ("words", "heads", "relations", "tags", "expected"),
    [
        # "witnesses saw soldiers beating men": soldiers are what they saw
        ("witnesses saw soldiers beating men", [1, 1, 3, 1, 3], "nsubj root obj xcomp obj", "NNS VBD NNS VBG NNS", [1, 1, 1, 1, 3]),
        # "they failed to prevent it": it is what was to be prevented
        ("they failed to prevent it", [1, 1, 3, 1, 1], "nsubj root mark xcomp obj", "PRP VBD TO VB PRP", [1, 1, 3, 1, 3]),
        # "they knew what to do": what is asked may stand before its verb
        ("they knew what to do", [1, 1, 4, 4, 1], "nsubj root obj mark xcomp", "PRP VBD WP TO VB", [1, 1, 4, 4, 1]),
        # "they made public the list": no infinitive
        ("they made public the list", [1, 1, 1, 4, 1], "nsubj root xcomp det obj", "PRP VBD JJ DT NN", [1, 1, 1, 4, 1]),
        # "a man said soldiers burned it": the man is who said so
        ("a man said soldiers burned it", [1, 4, 2, 4, 2, 4], "det nsubj root nsubj ccomp obj", "DT NN VBD NNS VBD PRP", [1, 2, 2, 4, 2, 4]),
        # "who he said burned it": the verb of saying has a subject
        ("who he said burned it", [3, 2, 2, 2, 3], "nsubj nsubj root ccomp obj", "WP PRP VBD VBD PRP", [3, 2, 2, 2, 3]),
        # "he asked men to leave it": either verb has an object
        ("he asked men to leave it", [1, 1, 1, 4, 1, 4], "nsubj root obj mark xcomp obj", "PRP VBD NNS TO VB PRP", [1, 1, 1, 4, 1, 4]),
    ],
)  # fmt: skip
def test_they_hang_where_english_can_have_them(
    words: str, heads: list[int], relations: str, tags: str, expected: list[int]
) -> None:
    """Heads are places of words; the root is its own."""
    assert len(words.split()) == len(heads)
    found = rehang(np.asarray(heads, dtype=np.int64), relations.split(), tags.split())
    assert found.tolist() == expected
