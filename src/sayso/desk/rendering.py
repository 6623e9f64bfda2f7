"""Pages from templates. Everything is escaped; what a template may call is listed here."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from sayso.desk import assets
from sayso.desk.desk import desk_of
from sayso.desk.visitors import visitor_of
from sayso.exports.view import number, plain, shorten

STANDINGS = {
    "corroborated": ("●", "several origins say so"),
    "single origin": ("○", "all rests on one word"),
    "claimed": ("◐", "only a party to it says so"),
    "disputed": ("≠", "denied, or told otherwise"),
    "unattributed": ("?", "nobody is named whose word it is"),
}
"""How each standing is marked, beside its colour, and what it means."""


@cache
def environment() -> Environment:
    """The templates, with what they may call."""
    made = Environment(
        loader=PackageLoader("sayso.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": number,
        "plain": plain,
        "shorten": shorten,
        "day": _day,
        "moment": _moment,
        "json": _json,
    }
    made.globals |= {"style": assets.style, "scripts": assets.scripts, "sheets": assets.sheets, "standings": STANDINGS}
    return made


def render(request: Request, template: str, *, status: int = 200, **given: Any) -> HTMLResponse:
    """A page, or a part of one. Templates know who asks (`visitor`) and the request's path."""
    context = {
        "visitor": visitor_of(request),
        "path": request.url.path,
        "team": desk_of(request).settings.team,
        **given,
    }
    return HTMLResponse(environment().get_template(template).render(context), status)


def is_part(request: Request) -> bool:
    """Whether htmx asks: for the part of the page that changes."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-request-type") != "full"


def _day(value: str | int | None) -> str:
    """6 January 2022, of an ISO date or time, or of an ordinal."""
    if value is None or value == "":
        return ""
    try:
        day = date.fromordinal(value) if isinstance(value, int) else date.fromisoformat(value[:10])
    except ValueError:
        return plain(str(value))
    return f"{day.day} {day:%B} {day.year}"


def _moment(value: str) -> str:
    """6 January 2022, 14:05, of an ISO time in UTC."""
    return f"{_day(value)}, {value[11:16]}"


def _json(value: Any) -> str:
    """For an attribute: JSON, which the template escapes."""
    return json.dumps(value, ensure_ascii=False)
