"""What the tests of a watch share: a coder that takes no time, and a watch that is in a hurry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from made import INFO
from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.reading.backoff import Backoff
from sayso.records import Article, Coding
from sayso.watching.keeping import Keeper
from sayso.watching.memory import Memory
from sayso.watching.metrics import Metrics
from sayso.watching.sources import Plan, Source
from sayso.watching.watch import Settings, Watch

DAY = 86_400.0


class Quick:
    """Finds nothing in any article. `refuses`: words with which an article cannot be coded."""

    info = INFO
    refuses = "cannot be coded"

    def pipe(self, articles: Iterable[Article | InputError | str]) -> Iterator[Coding | InputError]:
        for one in articles:
            assert isinstance(one, Article)
            if self.refuses in one.text:
                yield InputError(one.source, "it cannot be coded")
            else:
                yield Coding(coder=INFO, article=one)


class Hour:
    """A clock that tests turn on."""

    def __init__(self) -> None:
        self.now = 1_641_499_999.0  # 6 January 2022

    def __call__(self) -> float:
        return self.now


def source(url: str, **given: Any) -> Source:
    values: dict[str, Any] = {"kind": "feed", "name": url, "private": True, **given}
    return Source(url, **values)


class Desk:
    """A folder with a ledger and a memory, and watches on them one after the other. `clock` is moved by hand."""

    def __init__(self, folder: Path, url: str | Path | None = None) -> None:
        self.folder, self.clock = folder, Hour()
        self.metrics = Metrics()
        self.url = url or folder / "ledger.db"
        self.ledger = Ledger.open(self.url)

    def settings(self, **given: Any) -> Settings:
        exact = Backoff(draw=lambda: 0.0)
        values = {"seconds": 1.0, "backoff": exact, "ledger_away": exact, "clock": self.clock, **given}
        return Settings(**values)

    def once(self, *sources: Source, ledger: Ledger | None = None, **given: Any) -> dict[str, int]:
        """One round, a second after the one before; what became of the items."""
        self.clock.now += 1
        keeper, plan = Keeper(ledger or self.ledger, Quick()), Plan(sources, pause=0.0)
        with closing(Memory(self.folder / "memory")) as memory:
            watch = Watch(plan, memory, keeper, metrics=self.metrics, settings=self.settings(**given))
            return dict(watch.run(once=True))

    def articles(self) -> list[Article]:
        return [one.article for one in self.ledger.codings()]

    def titles(self) -> list[str | None]:
        return [one.title for one in self.articles()]

    def number(self, name: str, **labels: str) -> float:
        """Of a metric; 0 where there is none."""
        return self.metrics.registry.get_sample_value(f"sayso_watch_{name}", labels) or 0.0
