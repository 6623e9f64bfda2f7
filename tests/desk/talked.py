"""An article with everything that makes offsets go wrong, for tests of what is said of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.records import Article, Coding, Span

LISTS = (
    "actors",
    "places",
    "times",
    "figures",
    "statements",
    "events",
    "voice_shares",
    "distances",
    "headline_support",
)

KEY = "desk/strange?x#y"
ADDRESS = f"/articles/{quote(KEY)}"
TEXT = (
    "Взрыв в Алматы 📵\n\nALMATY, 6 January 2022 – 👨‍👩‍👧 Soldiers shot dead seven protesters in Almaty on Wednesday, the interior "
    "ministry said. قال الناطق إن الجنود قتلوا سبعة.\n\nPolice arrested 12 people in Aktau on Friday, Amnesty International reported. "
    "“We were there 💔,” a nurse said. Солдаты <b>стреляли</b> & \"ушли\". Police came. Police left."
)  # fmt: skip


def add(ledger: Ledger, coder: Coder) -> None:
    given = {
        "source": "https://example.org/a?b=c",
        "outlet": "Herald <i>",
        "published": "2022-01-07",
        "byline": "A. Writer",
    }
    ledger.settle([ledger.add(coder.code(Article(id=KEY, text=TEXT, categories=("unrest",), **given))).article])
    ledger.refresh()


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def at(words: str) -> dict[str, str]:
    """A form's fields for these words."""
    start, end = span(words)
    return {"quote": words, "start": str(start), "end": str(end)}


def long(codings: Sequence[Coding], words: int, key: str) -> Coding:
    """Codings one after another, again and again, as that of one article of at least so many words."""
    text, number = "", 0
    lists: dict[str, list[Any]] = {name: [] for name in LISTS}
    blocks: list[dict[str, Any]] = []
    while len(text.split()) < words:
        one, number = codings[number % len(codings)], number + 1
        for name in LISTS:
            lists[name] += [_moved(record.model_dump(), len(text), number) for record in getattr(one, name)]
        kinds = [{**b.model_dump(), "start": b.start + len(text), "end": b.end + len(text)} for b in one.article.blocks]
        blocks += kinds
        text += one.article.text + "\n\n"
    article = {"id": key, "text": text, "source": key, "blocks": blocks}
    return Coding.model_validate({"coder": codings[0].coder, "article": article, **lists})


def _moved(held: Any, by: int, number: int) -> Any:
    """Offsets later by so many code points, and ids that are no other's."""
    if isinstance(held, dict):
        return {name: _moved(one, by, number) for name, one in held.items()}
    if isinstance(held, Span):
        return Span(held.start + by, held.end + by)
    if isinstance(held, (list, tuple)):
        return tuple(_moved(one, by, number) for one in held)
    if isinstance(held, str) and re.fullmatch(r"[a-z]\d+", held):
        return f"{held[0]}{int(held[1:]) + 1000 * number}"
    return held
