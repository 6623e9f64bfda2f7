"""What becomes of a run while it goes on: its articles counted, what failed named, its output hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from sayso.errors import InputError
from sayso.records import Coding
from sayso.reproducing.record import Failure, Output
from sayso.scaling.job import Tally, kind_of


class Account:
    """Hears of the codings and errors of one stream, and of the bytes that are written."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.failures: list[Failure] = []
        self._digest, self._size = hashlib.sha256(), 0

    def through(self, found: Iterable[Coding | InputError]) -> Iterator[Coding | InputError]:
        """The same, counted as they pass."""
        for one in found:
            if isinstance(one, InputError):
                kind = kind_of(one)
                self.tally += Tally(1, errors={kind: 1})
                self.failures.append(Failure(name=one.name, kind=kind, reason=one.reason))
            else:
                self.tally += Tally(1, 1, len(one.article.text.split()), len(one.events))
            yield one

    def wrote(self, data: bytes) -> None:
        self._digest.update(data)
        self._size += len(data)

    def output(self, path: str | None) -> Output:
        """What was written, and where; None: to standard output."""
        return Output(path=path, size=self._size, sha256=self._digest.hexdigest())
