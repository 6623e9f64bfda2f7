"""Newsletters: messages as `.eml`, and mailboxes of them as `.mbox`. Each message is an article, its sender the outlet."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from typing import BinaryIO

from sayso.errors import InputError, InvalidArticle, TooMuchInput, UnreadableInput
from sayso.reading.articles import LIMIT_CHARS, make_article, stable_id
from sayso.reading.encodings import decode
from sayso.reading.html import read_html
from sayso.reading.streams import Joined
from sayso.records import Article

LIMIT_MESSAGE = 50_000_000
"""Bytes of a message, with its attachments."""
MOST_PARTS = 1_000
"""Parts of a message, whatever they are in: lines that begin as those between parts do."""
LONGEST_HEADER = 10_000
"""Bytes of a header that is read: what reads it takes long for longer ones."""
LONGEST_LINE = 1 << 20

LEAST = 200
"""Characters from which the plain part of a newsletter is the report; below it says "read this in your browser"."""

_FROM = re.compile(rb"From \S.*\d{4}\s*$")
_ENDLESS = re.compile(
    rb"^(?:subject|from|date|message-id|content-[a-z-]{1,30}):(?:[^\n]|\n[ \t]){10000}", re.IGNORECASE | re.MULTILINE
)
_REFUSED = (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, OverflowError)
"""What the library raises for messages that break its rules: its parser of headers checks little."""


def is_mbox(start: str) -> bool:
    """Whether a file that begins so is a mailbox."""
    return re.match(r"From \S.*\d{4}[ \t]*\r?\n[\w-]+:", start) is not None


def read_mbox(
    stream: BinaryIO, *, name: str, source: str, limit_chars: int = LIMIT_CHARS
) -> Iterator[Article | InputError]:
    """One article or error a message, in order, one in memory at a time. Names are "file:message", from 1."""
    number = 0
    for data in _messages(io.BufferedReader(Joined(b"", stream))):
        number += 1
        called = f"{name}:{number}"
        if len(data) > LIMIT_MESSAGE:
            yield TooMuchInput(called, f"a message of more than {LIMIT_MESSAGE:,} bytes")
        else:
            yield read_message(data, name=called, source=source, limit_chars=limit_chars)
    if not number:
        yield UnreadableInput(name, "no messages in it")


def _messages(stream: io.BufferedReader) -> Iterator[bytes]:
    """The messages between lines that begin with "From ", and of longer ones just more than LIMIT_MESSAGE bytes."""
    message = bytearray()
    begun, after_empty, at_start = False, True, True
    while line := stream.readline(LONGEST_LINE):
        if at_start and after_empty and _FROM.match(line):
            if begun:
                yield bytes(message)
            message, begun = bytearray(), True
        elif begun and len(message) <= LIMIT_MESSAGE:
            message += line[1:] if at_start and re.match(rb">+From ", line) else line
        after_empty = at_start and not line.strip()
        at_start = line.endswith(b"\n")
    if begun:
        yield bytes(message)


def read_message(data: bytes, *, name: str, source: str, limit_chars: int = LIMIT_CHARS) -> Article | InputError:
    """The article of one message, or why there is none. Attachments are left out, messages that it passes on too."""
    if _ENDLESS.search(data):
        return InvalidArticle(name, f"a header of more than {LONGEST_HEADER:,} bytes")
    if data.count(b"\n--") > MOST_PARTS:
        return TooMuchInput(name, f"a message of more than {MOST_PARTS:,} parts")
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        return _article(message, name, source, limit_chars).made_of(data)
    except InputError as error:
        return error
    except RecursionError:
        return InvalidArticle(name, "parts nested too deep")
    except _REFUSED as error:
        return InvalidArticle(name, f"a broken message: {str(error)[:120] or type(error).__name__}")


def _article(message: EmailMessage, name: str, source: str, limit_chars: int) -> Article:
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    words = _decoded(plain, name) if plain is not None else ""
    if html is not None and len(words) < LEAST:
        words = read_html(
            _bytes(html), name=name, source=source, declared=html.get_content_charset(), limit_chars=limit_chars
        ).text
    if not words.strip():
        raise UnreadableInput(name, "a message without words")
    subject = _header(message, "subject")
    text = f"{subject}\n\n{words}" if subject and not words.startswith(subject) else words
    sender, address = parseaddr(_header(message, "from") or "")
    known = _header(message, "message-id")
    fields = {
        "id": stable_id(known, text) if known else None,
        "text": text,
        "title": subject,
        "published": _header(message, "date"),
        "outlet": sender or address.rpartition("@")[2],
    }
    return make_article(fields, name=name, source=source, limit_chars=limit_chars)


def _decoded(part: MIMEPart, name: str) -> str:
    text = decode(_bytes(part), name=name, declared=part.get_content_charset()).text
    return text.replace("\r\n", "\n").strip()


def _bytes(part: MIMEPart) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _header(message: EmailMessage, header: str) -> str | None:
    """Its first value on one line; bytes that are no header's are replaced."""
    value = message.get(header)
    return None if value is None else " ".join(str(value).encode("utf-8", "replace").decode().split()) or None
