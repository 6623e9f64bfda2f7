"""The JSON of Telegram Desktop's exports, message by message: a file may be larger than the memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

import ijson
from ijson.common import ObjectBuilder

from sayso.errors import InvalidArticle, TooMuchInput

PIECE = 1 << 16
DEEPEST = 40
"""Levels of nesting; an export has eight."""
LONGEST = 16 * 1024 * 1024
"""Bytes between the end of one message and of the next."""

_BEGINNING = re.compile(
    r'\{\s*(?:"name":\s*(?:null|"(?:[^"\\]|\\.)*"),\s*)?"type":\s*"\w+",\s*"id":\s*-?\d+,\s*"messages":\s*\['
    r'|\{\s*"about":\s*"(?:[^"\\]|\\.){0,400}\bTelegram\b'
)
_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_CHATS = ([""], ["", "chats", "list", ""], ["", "left_chats", "list", ""])
"""Where a chat is: the file itself, or an item of an account's lists."""


@dataclass
class Chat:
    """Of which chat messages are, as far as the file has said it. `whole`: the file is of a whole account."""

    whole: bool
    name: str | None = None
    type: str | None = None
    id: int | None = None


class Message(NamedTuple):
    """A message as the export has it."""

    chat: Chat
    fields: dict[str, Any]


def is_telegram(start: str) -> bool:
    """Whether a file that begins so is an export: of one chat, or of a whole account."""
    return _BEGINNING.match(start) is not None


def messages(stream: BinaryIO, *, name: str) -> Iterator[Message]:
    """The messages of all chats, in order. Raises InvalidArticle where the JSON is broken, TooMuchInput for endless ones."""
    source = _Repaired(stream, name)
    walk = _Walk()
    try:
        for event, value in ijson.basic_parse(source, use_float=True):
            if len(walk.path) > DEEPEST:
                raise InvalidArticle(walk.called(name), "JSON nested too deep")
            found = walk.take(event, value)
            if found is not None:
                source.forget()
                yield found
    except (ijson.JSONError, ValueError, OverflowError) as error:
        raise InvalidArticle(walk.called(name), f"broken JSON: {_first_line(error)}") from None


class _Walk:
    """Where in the file we are: the keys that lead here, an empty one for a list's items."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self._key = ""
        self._chat = Chat(whole=False)
        self._builder: ObjectBuilder | None = None
        self._depth = 0
        self._last: Any = None

    def called(self, name: str) -> str:
        """The place as errors name it: behind which message it is."""
        return name if self._last is None else f"{name}, after message {str(self._last)[:20]}"

    def take(self, event: str, value: Any) -> Message | None:
        """One event of the parser; the message that it ends, if it ends one."""
        if event.startswith("end_"):
            return self._end(event, value)
        if event == "map_key":
            self._key = value
        elif event.startswith("start_"):
            self._begin(event)
        elif self._builder is None:
            self._note(value)
        if self._builder is not None:
            self._builder.event(event, value)
        return None

    def _begin(self, event: str) -> None:
        if self._builder is None and event == "start_map":
            if self.path[-1:] == ["messages"] and self.path[:-1] in _CHATS:
                self._builder, self._depth = ObjectBuilder(), len(self.path)
            elif [*self.path, ""] in _CHATS[1:]:
                self._chat = Chat(whole=True)
        self.path.append(self._key)
        self._key = ""

    def _end(self, event: str, value: Any) -> Message | None:
        self.path.pop()
        self._key = ""
        if self._builder is None:
            return None
        self._builder.event(event, value)
        if len(self.path) > self._depth:
            return None
        fields, self._builder = self._builder.value, None
        self._last = fields.get("id")
        return Message(self._chat, fields)

    def _note(self, value: Any) -> None:
        """What is said of the chat, which stands before its messages."""
        if self.path not in _CHATS:
            return
        if self._key in ("name", "type") and (value is None or isinstance(value, str)):
            setattr(self._chat, self._key, value)
        elif self._key == "id" and isinstance(value, int):
            self._chat.id = value


class _Repaired:
    """The file with the control characters as JSON writes them: older exports have `\\x0B`, which no JSON may have."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._held = b""
        self._since = 0

    def forget(self) -> None:
        """A message was read whole: what comes next may be as long again."""
        self._since = 0

    def read(self, size: int = -1) -> bytes:
        if size == 0:  # so the parser asks whether these are bytes
            return b""
        while True:
            piece = self._stream.read(PIECE)
            self._since += len(piece)
            if self._since > LONGEST:
                raise TooMuchInput(self._name, f"a message of more than {LONGEST:,} bytes")
            data = self._held + piece
            whole = _whole(data) if piece else len(data)
            self._held = data[whole:]
            if whole or not piece:
                return _ESCAPE.sub(_repaired, data[:whole]) if b"\\x" in data else data[:whole]


def _whole(data: bytes) -> int:
    """Up to where no escape is cut off at the end."""
    at = data.rfind(b"\\", max(0, len(data) - 3))
    if at < 0:
        return len(data)
    run = at + 1 - len(data[: at + 1].rstrip(b"\\"))
    is_cut = at + 1 == len(data) or (data[at + 1 : at + 2] == b"x" and len(data) - at < 4)
    return at if run % 2 and is_cut else len(data)


def _repaired(escape: re.Match[bytes]) -> bytes:
    return escape[0] if escape[1] is None else b"\\u00" + escape[1]


def _first_line(error: Exception) -> str:
    """What the parser says, without the picture that it draws below; of broken UTF-8 it speaks in bytes."""
    said = error.args[0] if error.args else type(error).__name__
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return (text.splitlines() or [type(error).__name__])[0][:120]
