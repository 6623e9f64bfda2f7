"""Gold kept apart from its texts, where these may not be passed on: spans by article id, put together with the articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.evaluation.files import objects, read_lines

KEPT = ("id", "text", "published", "title", "url", "outlet")


def read_marked(path: Path, articles: Mapping[str, Mapping[str, Any]], *splits: str) -> Iterator[dict[str, Any]]:
    """Gold rows of a file of `{"id", "split", …}` lines: those of `splits`, with the fields of their articles.

    A line that has a `text` of its own is its own article.

    Raises UnreadableInput or InvalidArticle for a file that is none, KeyError for an article that is not given.
    """
    for _, row in objects(read_lines(path), str(path)):
        if row["split"] in splits:
            article = row if "text" in row else articles[row["id"]]
            given = {name: article[name] for name in KEPT if article.get(name) is not None}
            yield {**given, **{name: value for name, value in row.items() if name not in given}}
