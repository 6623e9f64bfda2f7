"""The event head's last layers: what single words tell, and with whom."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from sayso.language import heads_of
from sayso.language.events import ACTOR, LAYERS, RECIPIENT, EventHead

WIDTH, INNER, ROLE = 6, 5, 4
TYPES, MODES, REALIS = ("AID", "ASSAULT", "PROTEST"), ("none", "beat", "demo", "riot"), ("actual", "future")


@pytest.fixture
def head() -> EventHead:
    rng = np.random.default_rng(5)
    sizes = {
        "hidden": (WIDTH, INNER), "told": (INNER, 1), "kind": (INNER, 3), "mode": (INNER, 4), "realis": (INNER, 2), "background": (INNER, 1),
        "trigger": (WIDTH, ROLE), "party": (WIDTH, ROLE), "product": (ROLE, 2 * ROLE), "prior": (ROLE, 2), "lack": (ROLE, 2),
    }  # fmt: skip
    weights = {f"{n}.weight": rng.normal(size=sizes[n][::-1]).astype(np.float32) for n in LAYERS}
    biases = {f"{n}.bias": rng.normal(size=sizes[n][1]).astype(np.float32) for n in LAYERS if n != "product"}
    return EventHead(TYPES, MODES, REALIS, weights | biases)


def test_each_word_has_a_type_and_a_realis_that_sum_to_one(head: EventHead) -> None:
    told = head(np.random.default_rng(6).normal(size=(7, WIDTH)).astype(np.float32))
    assert told.told.shape == told.background.shape == (7,)
    assert np.exp(told.types).sum(1) == pytest.approx(np.ones(7), abs=1e-5)
    assert np.exp(told.realis).sum(1) == pytest.approx(np.ones(7), abs=1e-5)


def test_a_word_is_read_alike_whatever_stands_beside_it(head: EventHead) -> None:
    words = np.random.default_rng(7).normal(size=(4, WIDTH)).astype(np.float32)
    assert head(words[:1]).told[0] == pytest.approx(head(words).told[0], abs=1e-5)
    both = head.parties(words[:2], words)
    assert both.shape == (2, 2, 4)
    assert head.parties(words[1:2], words[3:])[0, :, 0] == pytest.approx(both[1, :, 3], abs=1e-4)


def test_the_shipped_head_tells_who_beat_whom(nlp: Language) -> None:
    heads = heads_of(nlp)
    assert heads is not None
    doc = nlp("Soldiers beat students in the square, and the sun shone.")
    told = heads.events(doc.tensor)
    place = int(told.told.argmax())
    assert doc[place].text == "beat"
    assert heads.events.types[int(told.types[place].argmax())] == "ASSAULT"
    odds = heads.events.parties(doc.tensor[place : place + 1], doc.tensor[[0, 2]])[0]
    assert odds[ACTOR, 0] > 0 > odds[ACTOR, 1]
    assert odds[RECIPIENT, 1] > 0 > odds[RECIPIENT, 0]
