"""The libraries that what is read, coded and written depends on, and which versions of them are installed."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

LIBRARIES: dict[str, tuple[str, ...]] = {
    "reading": (
        "backports.zstd",
        "charset-normalizer",
        "courlan",
        "fastwarc",
        "feedparser",
        "htmldate",
        "ijson",
        "justext",
        "lxml",
        "lxml_html_clean",
        "mwparserfromhell",
        "pyarrow",
        "pypdf",
        "trafilatura",
    ),
    "coding": ("numpy", "onnxruntime", "pycountry", "rapidfuzz", "spacy", "tokenizers"),
    "writing": ("pydantic", "pydantic_core", "rich"),
}
"""By what they decide, under the names of their distributions: another version of one may give other bytes.

Of trafilatura's own, courlan, htmldate and justext. What the gazetteer is made of is in its version.
"""


def installed() -> dict[str, dict[str, str]]:
    """The versions of `LIBRARIES` that are installed, and Python's; what is not there is left out."""
    found = {part: {name: told for name in names if (told := _version(name))} for part, names in LIBRARIES.items()}
    return {"python": {platform.python_implementation(): platform.python_version()}, **found}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:  # one that only some versions of Python need
        return None


def differences(then: dict[str, dict[str, str]], now: dict[str, dict[str, str]]) -> list[str]:
    """What has another version than it had, in words: "spacy 3.8.7 then, 3.8.9 now"."""
    pairs = [(then.get(part, {}), now.get(part, {})) for part in dict.fromkeys((*then, *now))]
    return [
        f"{name} {_told(old.get(name))} then, {_told(new.get(name))} now"
        for old, new in pairs
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def _told(version: str | None) -> str:
    return version or "was not there"
