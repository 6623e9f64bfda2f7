"""The pages of Telegram Desktop's exports (`messages.html`, `messages2.html`, …): each post is an article.

They say less than the JSON: neither the chat's number nor its kind, so that an article is known by its page and its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sayso.errors import InputError
from sayso.reading.articles import LIMIT_CHARS, make_article
from sayso.reading.encodings import decode
from sayso.reading.html import parse_page
from sayso.records import Article

HEAD = 2048
"""Bytes among which the title of a page stands."""
_TITLE = re.compile(rb"<title>\s*Exported Data\s*</title>", re.IGNORECASE)
_MOMENT = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")


def is_telegram_page(data: bytes) -> bool:
    """Whether a page that begins so is of an export."""
    return _TITLE.search(data[:HEAD]) is not None


def read_telegram_page(
    data: bytes, *, name: str, source: str, limit_chars: int = LIMIT_CHARS
) -> Iterator[Article | InputError]:
    """One article or error a post with words, in order. Service messages and media without words are passed over."""
    tree = parse_page(decode(data, name=name).text, name)
    chat = next((_words(one) for one in _having(tree.iter("div"), "page_header")), None)
    sender = None
    for message in _having(tree.iter("div"), "message", "default"):
        body = next(_having(message, "body"), None)
        if body is None:
            continue
        # a post that follows one of the same sender does not name it again
        sender = next((_words(one) for one in _having(body, "from_name")), sender)
        fields = _fields(body, chat, sender)
        if fields["text"]:
            number = message.get("id") or "message"
            yield _article(fields, name=f"{name}:{number}", source=f"{source}#{number}", limit_chars=limit_chars)


def _article(fields: dict[str, str | None], *, name: str, source: str, limit_chars: int) -> Article | InputError:
    try:
        return make_article(fields, name=name, source=source, limit_chars=limit_chars)
    except InputError as error:
        return error


def _fields(body: Any, chat: str | None, sender: str | None) -> dict[str, str | None]:
    passed_on = next(_having(body, "forwarded", "body"), None)
    told = body if passed_on is None else passed_on
    byline = sender if sender != chat else None
    for one in () if passed_on is None else _having(passed_on, "from_name"):
        # the day on which it was first published is in an element of its own
        origin = " ".join((one.text or "").split())
        byline = f"Forwarded from {origin}" if origin and origin != chat else byline
    return {
        "text": next((_words(one) for one in _having(told, "text")), ""),
        "published": next((_moment(one.get("title") or "") for one in _having(body, "date")), None),
        "outlet": chat,
        "byline": byline,
    }


def _having(elements: Any, *names: str) -> Iterator[Any]:
    """Those of the elements that have all these classes."""
    return (one for one in elements if set(names) <= set((one.get("class") or "").split()))


def _moment(value: str) -> str | None:
    found = _MOMENT.match(value)
    return found and f"{found[3]}-{found[2]}-{found[1]}T{found[4]}{found[5] or ''}"


def _words(element: Any) -> str:
    """The text as it is shown: lines are broken where the page breaks them, other white space is single spaces."""
    from lxml import etree  # type: ignore[import-untyped]

    parts: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts += ["\n" if one.tag == "br" else "", _on_one_line(one.text)]
        elif one is not element:
            parts.append(_on_one_line(one.tail))
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip("\n")


def _on_one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
