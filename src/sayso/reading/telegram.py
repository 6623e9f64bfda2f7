"""Exports of Telegram Desktop: each post is an article, its channel the outlet, and a forward's origin its byline.

An article's id is made of the chat's and the message's, so that a later export in which a post was edited has it under
the same id. The source is the address of the post where Telegram gives one without the channel's public name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

from sayso.errors import InputError, InvalidArticle
from sayso.reading.articles import LIMIT_CHARS, make_article
from sayso.reading.telegram_json import Chat, Message, messages
from sayso.records import Article

OPEN = frozenset(("public_channel", "private_channel", "public_supergroup", "private_supergroup"))
"""Chats whose messages have an address."""
PRIVATE = frozenset(("personal_chat", "bot_chat", "verify_codes"))
"""Conversations that an export of a whole account has beside its channels: nothing was published there."""


def read_telegram(
    stream: BinaryIO, *, name: str, source: str, limit_chars: int = LIMIT_CHARS
) -> Iterator[Article | InputError]:
    """One article or error a post with words, in order. Service messages and posts of nothing but media are passed over.

    Of a whole account the conversations between two are passed over too; who exports one alone means it. Where the JSON is
    broken, what came before is kept and the last value is the error.
    """
    try:
        for message in messages(stream, name=name):
            if message.fields.get("type") == "message" and not (message.chat.whole and message.chat.type in PRIVATE):
                found = _post(message, name, source, limit_chars)
                if found is not None:
                    yield found
    except InputError as error:
        yield error


def _post(message: Message, name: str, source: str, limit_chars: int) -> Article | InputError | None:
    """The article; None for a message without words."""
    chat, fields = message
    called = f"{name}:{chat.id}/{fields.get('id')}" if chat.whole else f"{name}:{fields.get('id')}"
    try:
        text = text_of(fields, called)
        if not text.strip():
            return None
        article = make_article(
            {
                "text": text,
                "id": _identifier(chat, fields),
                "url": _address(chat, fields),
                "published": _published(fields),
                "outlet": chat.name,
                "byline": _byline(chat, fields),
            },
            name=called,
            source=source,
            limit_chars=limit_chars,
        )
    except InputError as error:
        return error
    return article.made_of(json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """The words of a message, as they stand there: links and marks of style are left out, what they stand on is not.

    Raises InvalidArticle for what no export has.
    """
    parts = fields.get("text_entities") or fields.get("text") or ""
    parts = [parts] if isinstance(parts, str) else parts
    if not isinstance(parts, list):
        raise InvalidArticle(name, "its text is neither words nor a list of them")
    words = [part.get("text") if isinstance(part, dict) else part for part in parts]
    known = [word for word in words if isinstance(word, str)]
    if len(known) < len(words):
        raise InvalidArticle(name, "a part of its text is not words")
    return "".join(known)


def _identifier(chat: Chat, fields: Mapping[str, Any]) -> str | None:
    number = fields.get("id")
    return f"telegram-{chat.id}-{number}" if chat.id is not None and isinstance(number, int) else None


def _address(chat: Chat, fields: Mapping[str, Any]) -> str | None:
    has_address = chat.type in OPEN and _identifier(chat, fields) is not None
    return f"https://t.me/c/{chat.id}/{fields['id']}" if has_address else None


def _published(fields: Mapping[str, Any]) -> Any:
    """In UTC where the export says so; `date` alone is the time of the clock where the export was made."""
    try:
        return datetime.fromtimestamp(int(fields["date_unixtime"]), UTC).isoformat()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return fields.get("date")


def _byline(chat: Chat, fields: Mapping[str, Any]) -> str | None:
    """From whom a post was passed on, in the words of messengers; else who signed it, or wrote it in a group."""
    passed_on = fields.get("forwarded_from")
    if isinstance(passed_on, str) and passed_on.strip() and passed_on != chat.name:
        return f"Forwarded from {' '.join(passed_on.split())}"
    signed = fields.get("author") or fields.get("from")
    return signed if isinstance(signed, str) and signed != chat.name else None
