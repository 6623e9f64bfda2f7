"""`sayso watch`: sources on the web into a ledger, until it is stopped."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import sayso
from sayso.cli.running import make_gazetteer
from sayso.ledger import Ledger
from sayso.ledger.database import data_folder
from sayso.watching import Keeper, Memory, Metrics, Settings, Watch, read_sources
from sayso.watching.telling import set_up_logging, tell

END = ".watch"
"""What the name of the state's file has more than the ledger's."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Choice(NamedTuple):
    """What was asked for on the command line."""

    sources: Path
    url: str | None
    once: bool
    state: Path | None
    heartbeat: Path | None
    metrics: int | None
    as_json: bool
    personal: bool
    model: str | None
    time_limit: float
    debug: bool


def watch(choice: Choice) -> int:
    """Watch until stopped, 0; with `--once` 1 if anything failed, else 0."""
    set_up_logging(as_json=choice.as_json, debug=choice.debug)
    plan = read_sources(choice.sources)
    metrics = Metrics()
    with Ledger.open(choice.url) as ledger, closing(Memory(choice.state or beside(ledger))) as memory:
        make_gazetteer()
        keeper = Keeper(ledger, sayso.load(choice.model, time_limit=choice.time_limit), personal=choice.personal)
        one = Watch(plan, memory, keeper, metrics=metrics, settings=Settings(heartbeat=choice.heartbeat))
        if choice.metrics is not None:
            port = metrics.serve(choice.metrics)
            tell("metrics", f"numbers at http://127.0.0.1:{port}/metrics", port=port)
        count = len(plan.sources)
        tell("started", f"{choice.sources}: {count} source{'s'[: count > 1]} into {ledger.name}", sources=count)
        with stopping(one.stop):
            counted = one.run(once=choice.once)
    tell(
        "stopped",
        "stopped: " + (", ".join(f"{n} {what}" for what, n in sorted(counted.items())) or "nothing new"),
        **counted,
    )
    return int(choice.once and counted["failed"] + counted["ledger away"] > 0)


def beside(ledger: Ledger) -> Path:
    """Where a watch remembers: by an SQLite ledger's file, or, of a server's ledger, among the user's data."""
    if ledger.engine.dialect.name == "sqlite":
        return Path(f"{ledger.engine.url.database}{END}")
    url = ledger.engine.url
    return data_folder() / f"{url.host or 'local'}-{url.database}{END}"


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT call `stop`; a second one ends the process at once, which does no harm either."""

    def once(number: int, frame: Any) -> None:
        for one in SIGNALS:
            signal.signal(one, signal.SIG_DFL)
        stop()

    former = {one: signal.signal(one, once) for one in SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
