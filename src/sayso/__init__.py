"""sayso codes news reports: who did what to whom, where, when, how many, and on whose word.

import sayso

coder = sayso.load()
coding = coder("Police arrested nine people in Almaty.", published="2022-01-06")
for event in coding.events:
    print(event.type, event.trigger.of(coding.article.text))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso import shapes

if TYPE_CHECKING:
    from sayso.coding.coder import Coder
    from sayso.records import Coding
    from sayso.scaling import Progress, Tally

__all__ = ["code_all", "load"]


def load(model: str | None = None, *, time_limit: float = 10.0, max_chars: int = 300_000) -> Coder:
    """A coder with the shipped language model, or with any spaCy pipeline that speaks UD.

    Raises ModelError where `model` is none such.
    """
    from sayso.coding.coder import Coder

    return Coder.load(model, time_limit=time_limit, max_chars=max_chars)


def code_all(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    format: str = "jsonl",
    compress: str | None = None,
    shard_size: int = 250,
    model: str | None = None,
    published: str | None = None,
    columns: dict[str, str] | None = None,
    time_limit: float = 10.0,
    engine: str = "local",
    restart: bool = False,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Tally:
    """Code any amount of articles into the folder `out` by several processes, and say what became of them.

    The folder gets `part-00000.jsonl` and so on (or "csv"; compressed as "gz" or "zst"), `shard_size` articles each in the order of
    reading; `errors.jsonl`, what could not be coded and why; and `manifest.json`, what all is of. Its bytes depend on paths,
    settings and coder alone, not on `workers` (one a core where not given), on `engine` ("local", or "ray" for several
    machines), or on what ended earlier runs: called again with the same arguments, it goes on where it was ended.

    `published` (2022-01-05) is the day of articles that give none; `columns` names the fields of rows, as in `open_articles`.
    `watch` hears several times a second how far it is. Processes are started anew from the script that calls this: guard its
    own work by `if __name__ == "__main__"`.

    Raises ScaleError where the folder holds something else or a run with other settings, inputs or another coder (unless
    `restart`), cannot be written, or where processes end again and again; ValueError for settings that there are not.
    """
    from sayso.scaling import Job, code_into

    job = Job(format, compress, shard_size, model, published, columns, time_limit)
    named = [str(path) for path in paths]
    return code_into(Path(out), named, job, workers=workers, engine=engine, restart=restart, watch=watch)


def _frames(coding: Coding) -> dict[str, Any]:
    from sayso.exports.frames import frames

    return frames(coding)


def _page(coding: Coding) -> str:
    from sayso.exports.page import fragment

    return fragment(coding)


shapes.offer("frames", _frames)
shapes.offer("page", _page)
