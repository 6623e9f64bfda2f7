"""What can go wrong, as one tree.

SaysoError
├── InputError         an input that cannot be read or coded; names the input and says why
│   ├── UnreadableInput    missing, no permission, an unknown or broken format, no text in it
│   │   └── NotFetched         an address that could not be had; says of what kind the hindrance is
│   ├── InvalidArticle     a row that is no article: broken JSON, no text, wrong types
│   ├── TooMuchInput       over a limit of size or time
│   ├── OtherLanguage      an article in a language that is not coded: nothing is wrong with it
│   └── LostArticle        the process that coded it ended, and so did the next
├── ModelError         a language model that cannot be loaded or does not speak Universal Dependencies
├── LexiconError       a lexicon file that breaks its rules
├── GazetteerError     the gazetteer cannot be built or opened
├── WatchError         a file of sources that breaks its rules, or a watch's memory that cannot be kept
├── ScaleError         a folder of shards that cannot be begun, continued or finished
├── RunError           a run of which no manifest can be made, or that cannot be reproduced
└── LedgerError        a ledger that cannot be opened, read or written; a query or a decision that it refuses
"""

from __future__ import annotations

from typing import Literal


class SaysoError(Exception):
    """Anything that sayso says was wrong. Its text is written for the person who called."""


class InputError(SaysoError):
    """An input that cannot be read or coded. `name` is the input as the caller named it."""

    def __init__(self, name: str, reason: str):
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class UnreadableInput(InputError):
    """Missing, forbidden, of an unknown or broken format, or without text."""


Hindrance = Literal["answer", "network", "redirects", "address", "robots"]
"""What kept an address from being had: the server's answer, the way there, where it led, the address itself, robots.txt."""


class NotFetched(UnreadableInput):
    """An address that could not be had. `status` is the server's answer, `wait` the seconds that it asks to be left alone.

    `lasting`: to ask once more would give the same.
    """

    def __init__(
        self,
        name: str,
        reason: str,
        hindrance: Hindrance,
        *,
        status: int | None = None,
        wait: float | None = None,
        lasting: bool = False,
    ):
        super().__init__(name, reason)
        self.hindrance: Hindrance = hindrance
        self.status = status
        self.wait = wait
        self.lasting = lasting


class InvalidArticle(InputError):
    """A row that is no article: broken JSON, no text, a field of the wrong type."""


class TooMuchInput(InputError):
    """Over a limit of size or time."""


class OtherLanguage(InputError):
    """An article in a language that is not coded. `language` is its BCP 47 tag as far as the text shows it, else None."""

    def __init__(self, name: str, language: str | None):
        super().__init__(name, f"not in English ({language})" if language else "not in English")
        self.language = language


class LostArticle(InputError):
    """The process that coded it ended, and so did the next."""


class ModelError(SaysoError):
    """A language model that cannot be loaded or does not speak Universal Dependencies."""


class LexiconError(SaysoError):
    """A lexicon file that breaks its rules."""


class GazetteerError(SaysoError):
    """The gazetteer cannot be built or opened."""


class WatchError(SaysoError):
    """A file of sources that breaks its rules, or a watch's memory that cannot be kept."""


class ScaleError(SaysoError):
    """A folder of shards that cannot be begun, continued or finished."""


class RunError(SaysoError):
    """A run of which no manifest can be made, or that cannot be reproduced."""


class LedgerError(SaysoError):
    """A ledger that cannot be opened, read or written; a query or a decision that it refuses."""
