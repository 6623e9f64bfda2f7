"""One piece of work that takes longer than a page may: who asked for it can look how far it is."""

from __future__ import annotations

import secrets
from threading import Lock
from typing import Literal, NamedTuple, Protocol

State = Literal["waiting", "running", "done", "failed"]


class Outcome(NamedTuple):
    """What became of one article. `status`: as the ledger says it, or "failed", with the reason in words; `key`: its id."""

    name: str
    status: str
    key: str = ""
    reason: str = ""


class Seen(NamedTuple):
    """A job as it is at one moment. `words`: what is being done, or why it failed; `total`: articles, where known;
    `ahead`: pieces of work before it; `left`: articles that were too many and were not looked at."""

    id: str
    label: str
    state: State
    words: str
    total: int | None
    outcomes: tuple[Outcome, ...]
    ahead: int
    is_cut: bool

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")

    def of(self, *statuses: str) -> list[Outcome]:
        return [one for one in self.outcomes if one.status in statuses]


class Work(Protocol):
    """What a job does. Its files are put away by `close`, which is called once, whether it ran or not."""

    def run(self, job: Job) -> None: ...

    def close(self) -> None: ...


class Job:
    """Told by the work how far it is, and asked by pages; in different threads."""

    def __init__(self, owner: int, label: str, work: Work) -> None:
        self.id = secrets.token_urlsafe(12)
        self.owner, self.label, self.work = owner, label, work
        self.state: State = "waiting"
        self.is_stopped = False
        self._lock = Lock()
        self._outcomes: list[Outcome] = []
        self._total: int | None = None
        self._words, self._is_cut, self._was_led = "", False, False

    def say(self, words: str, *, total: int | None = None) -> None:
        with self._lock:
            self._words = words
            self._total = self._total if total is None else total

    def tell(self, outcome: Outcome) -> None:
        with self._lock:
            self._outcomes.append(outcome)

    def cut(self) -> None:
        """Say that there was more than is taken at once."""
        with self._lock:
            self._is_cut = True

    def end(self, state: State, words: str = "") -> None:
        with self._lock:
            self.state, self._words = state, words

    def leads(self) -> bool:
        """Whether its page may lead on to the article: it does so once, so that going back in the browser leads here."""
        with self._lock:
            was, self._was_led = self._was_led, True
            return not was

    def seen(self, ahead: int) -> Seen:
        with self._lock:
            outcomes = tuple(self._outcomes)
            return Seen(self.id, self.label, self.state, self._words, self._total, outcomes, ahead, self._is_cut)
