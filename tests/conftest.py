"""What many tests share: the language model and the coder, loaded once."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from hypothesis import settings
from spacy.language import Language

import sayso
from sayso.coding.coder import Coder

pytest_plugins = ["databases"]
settings.register_profile("sayso", deadline=None)  # how fast a machine is, is no property of the code
settings.load_profile("sayso")


@pytest.fixture(autouse=True)
def _logger_as_it_was() -> Iterator[None]:
    """A command that ran in a test set up the logger for its own process; the next test must hear of it all the same."""
    ours = logging.getLogger("sayso")
    handlers, level, propagate = ours.handlers, ours.level, ours.propagate
    yield
    ours.handlers, ours.propagate = handlers, propagate
    ours.setLevel(level)


@pytest.fixture(scope="session")
def coder() -> Coder:
    return sayso.load(time_limit=60)


@pytest.fixture(scope="session")
def nlp(coder: Coder) -> Language:
    return coder.nlp
