"""What people say of an article's words: corrections and reports of errors, replies, categories, questions, verdicts."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from sayso.desk.api import examples
from sayso.desk.api.access import Reads, Reports, allowed
from sayso.desk.api.asked import NO_NUL, Name, Part, next_of
from sayso.desk.api.problems import declared
from sayso.desk.api.shown import Annotations, Kind, ShownAnnotation, State
from sayso.desk.desk import desk_of
from sayso.desk.errors import Conflict, NotFound
from sayso.desk.visitors import Visitor
from sayso.errors import LedgerError
from sayso.ledger.asking import listing
from sayso.ledger.database import reading
from sayso.ledger.people.accounts import Role
from sayso.records import Span

router = APIRouter(tags=["annotations"])
NEEDED: dict[Kind, Role] = {"classifying": "coder", "assessing": "editor"}
"""The role that it takes to say it; the other kinds take none but that of a reader."""
LONGEST = 20_000
"""Characters of what is said."""
Mark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Said = Annotated[str, StringConstraints(max_length=LONGEST, pattern=NO_NUL)]
Key = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="The annotation's id.")]


def _json(value: Any) -> Any:
    """Half a surrogate pair, which JSON can spell, cannot be kept; nor can what is no number."""
    if len(json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")) > LONGEST:
        raise ValueError(f"more than {LONGEST:,} bytes")
    return value


class WantedAnnotations(Part):
    article: Name | SkipJsonSchema[None] = Field(default=None, description="The article's id.")
    kind: Kind | SkipJsonSchema[None] = Field(default=None, description="A motivation of the Web Annotation model.")
    state: State | SkipJsonSchema[None] = Field(default=None, description="Open, or what became of it.")
    creator: Name | SkipJsonSchema[None] = Field(default=None, description="The account's name.")
    after: Mark | SkipJsonSchema[None] = Field(default=None, description="The id of the last one that was seen.")


class NewAnnotation(BaseModel):
    """`editing` reports an error: with `field` and `value` it is a correction that can be applied, without them a remark for an editor.

    `field` is a list and an attribute (`events/type`), meant is the record at these words; a list alone (`events`), with the value
    null, says that there is no such thing.
    """

    model_config = ConfigDict(extra="forbid")

    article: Name = Field(description="the article's id")
    start: int = Field(ge=0, le=1_000_000, description="code points into the article's text")
    end: int = Field(ge=1, le=1_000_000, description="exclusive")
    kind: Kind = Field(description="`editing` reports an error or corrects")
    field: Name | None = Field(
        default=None, description="what is corrected: `events/type`, or `events` for what is none"
    )
    value: Annotated[Any, AfterValidator(_json)] = Field(
        default=None, description="to what; for `place`, `time` and `speaker` the record itself"
    )
    body: Said | None = Field(default=None, description="what you say of it; the category's name")
    reply_to: Mark | None = Field(default=None, description="the annotation to which this is a reply")
    incident: Name | None = Field(default=None, description="of which this is a verdict (`assessing`)")


class Decision(BaseModel):
    """Accepted corrections are applied from then on, in exports too."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["accepted", "declined", "withdrawn"] = Field(description="what becomes of it")
    why: Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)] = Field(
        default="", description="the reason, which whoever said it sees"
    )


@router.get(
    "/annotations",
    summary="List annotations",
    description="What people have said, the last first.",
    responses={200: examples.answer("annotations"), **declared(401, 404, 422)},
)
def list_annotations(
    request: Request, response: Response, visitor: Reads, wanted: Annotated[WantedAnnotations, Query()]
) -> Annotations:
    given = wanted.model_dump(exclude={"after", "limit", "article"})
    with reading(desk_of(request).ledger.engine) as connection:
        if wanted.after is not None and listing.remark_of(connection, wanted.after) is None:
            raise NotFound("There is no annotation after which to go on.")
        rows = listing.remarks(connection, before=wanted.after, limit=wanted.limit + 1, of=wanted.article, **given)
    shown = rows[: wanted.limit]
    more = next_of(request, response, after=shown[-1].id) if len(rows) > wanted.limit else None
    return Annotations(items=[ShownAnnotation.of(row) for row in shown], next=more)


@router.get(
    "/annotations/{key}",
    summary="Show an annotation",
    description="With what became of it.",
    responses={200: examples.answer("annotation"), **declared(401, 404, 422)},
)
def show_annotation(request: Request, visitor: Reads, key: Key) -> ShownAnnotation:
    return _annotation(request, key)


@router.post(
    "/annotations",
    status_code=201,
    summary="Report an error, correct, reply",
    description="Say something of an article's words. Whoever reads may report errors, ask, comment and reply; to file under a category "
    "(`classifying`) needs the role coder, to give a verdict (`assessing`) the role editor. A token needs the scope “write”.",
    response_description="The annotation, open until an editor decides it. `Location` is its address.",
    responses={201: examples.answer("annotation"), **declared(400, 401, 403, 404, 413, 422)},
)
def add_annotation(
    request: Request,
    response: Response,
    visitor: Reports,
    said: Annotated[NewAnnotation, Body(openapi_examples=examples.ANNOTATION)],
) -> ShownAnnotation:
    if said.kind in NEEDED:
        allowed(visitor, NEEDED[said.kind])
    ledger = desk_of(request).ledger
    with reading(ledger.engine) as connection:
        if listing.article_of(connection, said.article) is None:
            raise NotFound("There is no such article.")
    given = said.model_dump(exclude={"article", "start", "end", "kind"})
    made = ledger.annotate(said.article, Span(said.start, said.end), kind=said.kind, creator=visitor.name, **given)
    response.headers["location"] = f"/api/annotations/{made}"
    return _annotation(request, made)


@router.post(
    "/annotations/{key}/decision",
    summary="Accept, decline or withdraw",
    description="An editor accepts or declines; whoever said it may withdraw it. A token needs the scope “write”.",
    response_description="The annotation, as it is now.",
    responses={200: examples.answer("annotation"), **declared(400, 401, 403, 404, 409, 413, 422)},
)
def decide_annotation(
    request: Request,
    visitor: Reports,
    key: Key,
    decision: Annotated[Decision, Body(openapi_examples=examples.DECISION)],
) -> ShownAnnotation:
    _may_decide(visitor, _annotation(request, key), decision)
    try:
        desk_of(request).ledger.review(key, decision.state, who=visitor.name, why=decision.why)
    except LedgerError as error:
        raise Conflict(f"{error}.") from error
    return _annotation(request, key)


def _may_decide(visitor: Visitor, one: ShownAnnotation, decision: Decision) -> None:
    """Raises Forbidden."""
    if decision.state != "withdrawn" or one.creator != visitor.name:
        allowed(visitor, "editor")


def _annotation(request: Request, key: str) -> ShownAnnotation:
    with reading(desk_of(request).ledger.engine) as connection:
        row = listing.remark_of(connection, key)
    if row is None:
        raise NotFound("There is no such annotation.")
    return ShownAnnotation.of(row)
