"""What can be asked for in an address: filters and parts of lists. What is none of these is refused, not passed over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from sayso.desk.cards import NAMES
from sayso.desk.filters import LAST, Filters
from sayso.ledger import Selection
from sayso.records import Standing

MOST = 200
"""Items of one answer."""


def _day(value: str) -> str:
    if len(value) != len("2022-01-06"):
        raise ValueError("give a day as 2022-01-06")
    return date.fromisoformat(value).isoformat()


def _moment(value: str) -> str:
    return _day(value) if len(value) <= len("2022-01-06") else datetime.fromisoformat(value).isoformat()


def _type(value: str) -> str:
    if value not in NAMES:
        raise ValueError(f"there are: {', '.join(NAMES)}")
    return value


NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL."""
Words = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    str,
    AfterValidator(_moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]
Type = Annotated[str, AfterValidator(_type), WithJsonSchema({"type": "string", "enum": list(NAMES)})]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Box = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^-?[0-9]{1,3}(\.[0-9]+)?(,-?[0-9]{1,3}(\.[0-9]+)?){3}$")
]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]
"""A cursor: the number of the last item that was seen."""


class Asked(BaseModel):
    """Misspelled filters would find too much, and nobody would know why."""

    model_config = ConfigDict(extra="forbid")


class Part(Asked):
    limit: int = Field(default=50, ge=1, le=MOST, description="Items of one answer.")


class After(Part):
    after: Number | SkipJsonSchema[None] = Field(
        default=None, description="Where the answer before ended: from its `next`."
    )


class View(Asked):
    """The filters of the situation page, under the same names."""

    type: Type | SkipJsonSchema[None] = Field(default=None, description="PLOVER type.")
    standing: Standing | SkipJsonSchema[None] = Field(default=None, description="How well it stands.")
    place: Words | SkipJsonSchema[None] = Field(
        default=None,
        description="A part of the place's name, or a country, by its name or its alpha-3.",
        examples=["Almaty"],
    )
    since: Day | SkipJsonSchema[None] = Field(
        default=None, description="Not over before this day.", examples=["2022-01-05"]
    )
    until: Day | SkipJsonSchema[None] = Field(default=None, description="Begun by this day.", examples=["2022-01-07"])
    source: Words | SkipJsonSchema[None] = Field(default=None, description="A part of an outlet's or an origin's name.")
    actor: Words | SkipJsonSchema[None] = Field(
        default=None, description="A part of a party's name, or a state or sector code.", examples=["police"]
    )
    category: Words | SkipJsonSchema[None] = Field(default=None, description="Under which a report's article is filed.")
    realis: Literal["actual"] | SkipJsonSchema[None] = Field(
        default=None,
        description="Only what is told as actual is an incident; for plans and the rest see `/api/events`.",
    )
    box: Box | SkipJsonSchema[None] = Field(
        default=None, description="west,south,east,north in degrees.", examples=["76,43,78,44"]
    )

    def selection(self) -> Selection:
        """What the ledger is asked for. Raises Invalid where it cannot be asked so."""
        given: dict[str, Any] = {name: (getattr(self, name) or "").strip() for name in View.model_fields}
        return Filters(**given).selection()


class Ordered(View):
    order: Literal["newest", "oldest"] = Field(default="newest", description="By the day on which it began.")


class Paged(Ordered, Part):
    page: int = Field(default=1, ge=1, le=LAST, description="The first is 1.")


def next_of(request: Request, response: Response, **changes: Any) -> str:
    """The address of the next part; the header Link has it too (RFC 8288)."""
    url = request.url.include_query_params(**changes)
    address = f"{url.path}?{url.query}"
    response.headers["link"] = f'<{address}>; rel="next"'
    return address
