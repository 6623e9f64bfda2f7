"""What many tests share: the language model and the coder, loaded once."""

from __future__ import annotations

import pytest
from spacy.language import Language

import sayso
from sayso.coding.coder import Coder

pytest_plugins = ["databases"]


@pytest.fixture(scope="session")
def coder() -> Coder:
    return sayso.load(time_limit=60)


@pytest.fixture(scope="session")
def nlp(coder: Coder) -> Language:
    return coder.nlp
