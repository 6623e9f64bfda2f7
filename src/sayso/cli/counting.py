"""What became of the articles of one run: errors as they come, and at the end what was left uncoded, and why."""

from __future__ import annotations

import logging
from collections import Counter

from sayso.cli.streams import report_error, report_note
from sayso.errors import InputError, OtherLanguage

LOG = logging.getLogger(__name__)

FEW = 5
"""Articles that were not coded, up to which each is named and nothing is summed up."""
UNKNOWN = "unknown"


class Tally:
    """Counts articles. `done` is what is said of those that went well: "coded".

    What is not in English is no failure: a folder of many pages has some in most languages. They are named one by one only where
    they are few, since a line each of a hundred thousand would hide what is wrong with the others; `--debug` shows all.
    `quiet`: nothing is told.
    """

    def __init__(self, done: str, *, quiet: bool = False) -> None:
        self._done, self._quiet = done, quiet
        self._went_well = 0
        self._failed = 0
        self._languages: Counter[str] = Counter()
        self._named: list[str] = []

    def well(self) -> None:
        """An article was done."""
        self._went_well += 1

    def error(self, error: InputError) -> None:
        """An article was not, and this is why. Failures are told at once."""
        if not isinstance(error, OtherLanguage):
            self._failed += 1
            if not self._quiet:
                report_error(f"{error.name}: {error.reason}")
            return
        LOG.info("%s: %s", error.name, error.reason)
        self._languages[error.language or UNKNOWN] += 1
        if len(self._named) <= FEW:
            self._named.append(f"{error.name}: {error.reason}")

    def tell(self) -> None:
        """Say at the end what was not done."""
        if self._quiet:
            return
        others = self._languages.total()
        for line in [self._summary(others)] if others + self._failed > FEW else self._named:
            report_note(line)

    def _summary(self, others: int) -> str:
        parts = [f"{self._went_well:,} {'article' if self._went_well == 1 else 'articles'} {self._done}"]
        if others:
            counted = sorted(self._languages.items(), key=lambda item: (-item[1], item[0]))
            parts.append(f"{others:,} not in English ({', '.join(f'{tag} {count:,}' for tag, count in counted)})")
        if self._failed:
            parts.append(f"{self._failed:,} could not be read or coded")
        return ", ".join(parts)

    @property
    def has_failed(self) -> bool:
        """Whether anything went wrong with an article."""
        return self._failed > 0

    @property
    def is_in_vain(self) -> bool:
        """Whether there were articles, and none in a language that is coded."""
        return not self._went_well and self._languages.total() > 0
