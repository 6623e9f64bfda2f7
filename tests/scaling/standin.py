"""A coder that finds an event by a word, at once, and does what its articles tell it: what tests of the processes code with."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from sayso.errors import InputError, InvalidArticle
from sayso.records import Article, CoderInfo, Coding, Event, Span
from sayso.scaling import Job

INFO = CoderInfo(version="0", model="stand-in", lexicon="l", gazetteer="g")


class StandIn:
    """`pause`: seconds that it takes over an article."""

    info = INFO

    def __init__(self, pause: float = 0.0):
        self._pause = pause

    def pipe(self, articles: list[Article | InputError]) -> Iterator[Coding | InputError]:
        for one in articles:
            yield one if isinstance(one, InputError) else self._one(one)

    def _one(self, article: Article) -> Coding | InputError:
        time.sleep(self._pause)
        word, *given = article.text.split()
        if word == "stumble":
            return InvalidArticle(article.id, "stumbled")
        if word == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "faint" and not Path(given[0]).exists():
            Path(given[0]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "hang":
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
            time.sleep(1000)
        event = Event(
            id="e1", type="PROTEST", realis="actual", trigger=Span(0, 5), span=Span(0, 5), score=0.5, because="made"
        )
        return Coding(coder=INFO, article=article, events=(event,))


def quick(job: Job) -> StandIn:
    return StandIn()


def slow(job: Job) -> StandIn:
    return StandIn(0.01)


def unmakable(job: Job) -> StandIn:
    os._exit(3)
