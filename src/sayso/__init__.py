"""sayso codes news reports: who did what to whom, where, when, how many, and on whose word.

import sayso

coder = sayso.load()
coding = coder("Police arrested nine people in Almaty.", published="2022-01-06")
for event in coding.events:
    print(event.type, event.trigger.of(coding.article.text))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.coding.coder import Coder

__all__ = ["load"]


def load(model: str | None = None, *, time_limit: float = 10.0, max_chars: int = 300_000) -> Coder:
    """A coder with the shipped language model, or with any spaCy pipeline that speaks UD.

    Raises ModelError where `model` is none such.
    """
    from sayso.coding.coder import Coder
    from sayso.language import load as load_language

    return Coder(load_language(model), time_limit=time_limit, max_chars=max_chars)
