"""What people send from an article's page: reports of errors, replies, categories."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote as quoted

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse

from sayso.desk.desk import desk_of
from sayso.desk.errors import Invalid, NotFound
from sayso.desk.visitors import Coder, Reader
from sayso.desk.words import words_at
from sayso.ledger.people import filing, reports, threads
from sayso.records import Span

router = APIRouter()
Given = Annotated[str, Form()]


@router.post("/articles/{key:path}/reports")
def report(
    request: Request, visitor: Reader, key: str, quote: Given = "", start: Given = "", end: Given = "",
    fault: Given = "other", proposal: Given = "", note: Given = "",
) -> RedirectResponse:  # fmt: skip
    """An error, at the words of `quote`."""
    span = _span(request, key, quote, start, end)
    engine = desk_of(request).ledger.engine
    reports.report(engine, key, span, fault=fault, proposed=proposal, remark=note, who=visitor.name)
    return _back(key, "reported", f"?at={span.start}-{span.end}&")


@router.post("/articles/{key:path}/replies")
def reply(
    request: Request, visitor: Reader, key: str, words: Given = "", quote: Given = "", start: Given = "",
    end: Given = "", to: Given = "",
) -> RedirectResponse:  # fmt: skip
    """A reply to the article, to the words of `quote`, or to what was said (`to`)."""
    span = _span(request, key, quote, start, end) if quote.strip() else None
    made = threads.say(desk_of(request).ledger.engine, key, words, who=visitor.name, span=span, reply_to=to or None)
    return _back(key, "said", fragment=f"#m-{made}")


@router.post("/articles/{key:path}/replies/{message}/{deed}")
def settle(request: Request, visitor: Reader, key: str, message: str, deed: str) -> RedirectResponse:
    """Settle or open a thread, or withdraw a message: its author or an editor may."""
    deeds = {"settle": threads.settle, "open": threads.reopen, "withdraw": threads.withdraw}
    if deed not in deeds:
        raise NotFound("There is no such page.")
    deeds[deed](desk_of(request).ledger.engine, message, who=visitor.name, is_editor=visitor.may("editor"))
    told = {"settle": "settled", "open": "opened", "withdraw": "withdrawn"}[deed]
    return _back(key, told, fragment=f"#m-{quoted(message)}")


@router.post("/articles/{key:path}/categories")
def file_under(request: Request, visitor: Coder, key: str, name: Given = "") -> RedirectResponse:
    filing.file_under(desk_of(request).ledger.engine, key, name, who=visitor.name)
    return _back(key, "filed", fragment="#filed")


@router.post("/articles/{key:path}/categories/{filed}/withdraw")
def take_out(request: Request, visitor: Coder, key: str, filed: str) -> RedirectResponse:
    filing.take_out(desk_of(request).ledger.engine, key, filed, who=visitor.name)
    return _back(key, "taken-out", fragment="#filed")


def _span(request: Request, key: str, quote: str, start: str, end: str) -> Span:
    """Where the words stand. Raises Invalid where they are not in the text, or nobody can tell which are meant."""
    coding = desk_of(request).ledger.coding(key)
    if coding is None:
        raise NotFound("There is no such article in this ledger.")
    numbers = (int(one) if one.isascii() and one.isdigit() and len(one) < 9 else None for one in (start, end))
    found = words_at(coding.article.text, quote, *numbers)
    if isinstance(found, str):
        raise Invalid(found)
    return found


def _back(key: str, told: str, query: str = "?", fragment: str = "") -> RedirectResponse:
    return RedirectResponse(f"/articles/{quoted(key)}{query}told={told}{fragment}", 303)
