"""What people fill in to add something, read and refused in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sayso.exports.view import plain, shorten
from sayso.reading.dates import published
from sayso.reading.web import is_url

LONGEST_TEXT = 300_000
"""Characters of a text: as many as the coder takes."""
LONGEST_LINE = 500
ADDRESSES = 20
LONGEST_ADDRESS = 2000
LABEL = 70
"""Characters by which a job is called."""

_BARE = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)+(?:[/?#:].*)?")


class Fault(Exception):
    """What is wrong with a form, in a sentence. `where`: the field."""

    def __init__(self, words: str, where: str = "") -> None:
        super().__init__(words)
        self.words, self.where = words, where


def text_of(said: Mapping[str, str]) -> dict[str, Any] | None:
    """The fields of a pasted text, None where none was. Raises Fault."""
    text = said.get("text", "").replace("\r\n", "\n").replace("\0", "")
    if not text.strip():
        if said.get("way") == "text":
            raise Fault("Paste the text of a report here.", "text")
        return None
    if len(text) > LONGEST_TEXT:
        raise Fault(f"This text has {len(text):,} characters; at most {LONGEST_TEXT:,} are taken.", "text")
    day = said.get("published", "").strip()
    if day and published(day) is None:
        raise Fault(f"“{shorten(plain(day), 40)}” is no day that can be read. Write it as 2022-01-06.", "published")
    return {"text": text, "title": _line(said, "title"), "outlet": _line(said, "outlet"), "published": day or None}


def _line(said: Mapping[str, str], name: str) -> str | None:
    value = " ".join(said.get(name, "").replace("\0", "").split())
    if len(value) > LONGEST_LINE:
        raise Fault(f"At most {LONGEST_LINE} characters are taken here.", name)
    return value or None


def addresses_of(said: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses, one a line; http and https alone. Raises Fault."""
    given = [line.strip() for line in said.get("addresses", "").splitlines()]
    found = tuple(dict.fromkeys(_address(line) for line in given if line))
    if not found and said.get("way") == "web":
        raise Fault("Give the address of a report, as https://example.org/report.", "addresses")
    if len(found) > ADDRESSES:
        raise Fault(f"At most {ADDRESSES} addresses are taken at once.", "addresses")
    return found


def _address(line: str) -> str:
    address = f"https://{line}" if _BARE.fullmatch(line) else line
    if len(address) > LONGEST_ADDRESS:
        raise Fault("This address is too long.", "addresses")
    if not is_url(address) or re.search(r"\s", address):
        shown = shorten(plain(line), 60)
        raise Fault(f"“{shown}” is no address of the web. It begins with https:// or http://.", "addresses")
    return address


def label_of(text: Mapping[str, Any] | None, addresses: Sequence[str], files: Sequence[str]) -> str:
    """What is being added, in a few words."""
    parts = []
    if text is not None:
        parts.append(shorten(plain(text["title"] or text["text"][: 4 * LABEL]), LABEL))
    for what, named in (("addresses", addresses), ("files", files)):
        if named:
            parts.append(shorten(named[0], LABEL) if len(named) == 1 else f"{len(named)} {what}")
    return ", ".join(parts)
