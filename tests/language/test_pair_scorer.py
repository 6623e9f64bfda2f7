"""The event head's last layers."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.language import load
from sayso.language.pairs import LAYERS, PairScorer

WIDTH, SIZE = 6, 4
TYPES = ("NONE", "ASSAULT", "AID")


@pytest.fixture
def scorer() -> PairScorer:
    rng = np.random.default_rng(3)
    wide = {"asked": (2 * WIDTH, SIZE), "key": (WIDTH, SIZE), "hidden": (3 * WIDTH, SIZE), "event": (SIZE, len(TYPES))}
    weights = {f"{n}.weight": rng.normal(size=wide[n][::-1]).astype(np.float32) for n in LAYERS}
    biases = {f"{n}.bias": rng.normal(size=wide[n][1]).astype(np.float32) for n in LAYERS}
    return PairScorer(TYPES, weights | biases)


def test_likelihoods_of_all_types_sum_to_one(scorer: PairScorer) -> None:
    words = np.random.default_rng(4).normal(size=(5, WIDTH)).astype(np.float32)
    found = scorer(words, (0, 2), (3, 4))
    assert tuple(found) == TYPES
    assert sum(found.values()) == pytest.approx(1, abs=1e-5)
    assert found != scorer(words, (3, 4), (0, 2)), "who did it to whom is heard"


def test_the_shipped_head_tells_who_hit_whom() -> None:
    nlp = load()
    scorer = nlp.get_pipe("sayso_reader").encoder.pairs  # type: ignore[attr-defined]
    doc = nlp("Rebels attacked soldiers.")
    found = scorer(doc.tensor, (0, 1), (2, 3))
    assert max(found, key=lambda kind: found[kind]) == "ASSAULT"
