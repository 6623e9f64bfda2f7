"""What editors decide of incidents, for programs: merge, split, confirm, undo. The same request sent twice decides once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sayso.desk.api import examples
from sayso.desk.api.access import Edits, Reads
from sayso.desk.api.asked import NO_NUL, Name
from sayso.desk.api.problems import declared
from sayso.desk.desk import Desk, desk_of
from sayso.desk.errors import Conflict, NotFound
from sayso.desk.reasons import LONGEST, reason
from sayso.errors import LedgerError
from sayso.ledger.asking import one_incident
from sayso.ledger.database import reading
from sayso.ledger.people import repeated, undoing
from sayso.ledger.people.undoing import Done
from sayso.records import Incident

router = APIRouter(tags=["incidents"])
Key = Annotated[str, Path(min_length=1, description="The incident's id.")]
Why = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
MOST = 2**53
"""Lines of a log, as far as all readers of JSON count exactly."""
BECAUSE = Field(description="the reason: whoever reads it later must understand what was decided")
CALLED: dict[str, Literal["merge", "split", "confirm"]] = {"join": "merge", "part": "split", "confirm": "confirm"}
"""Actions of the log as the desk calls them."""
REFUSED = declared(400, 401, 403, 404, 409, 413, 422)


class Reasoned(BaseModel):
    """Whatever is decided needs a reason."""

    model_config = ConfigDict(extra="forbid")

    why: Why = BECAUSE


class Merge(Reasoned):
    """Another incident is the same as this one."""

    other: Name = Field(description="the other incident's id, which leads to this one from then on")


class Told(BaseModel):
    """One report of an incident."""

    model_config = ConfigDict(extra="forbid")

    article: Name = Field(description="the article's id")
    event: Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=NO_NUL)] = Field(
        description="the event's id in the article's coding"
    )


class Split(Reasoned):
    """Some reports are of something else."""

    reports: list[Told] = Field(min_length=1, max_length=1000, description="those that leave; some must stay")


class Undo(Reasoned):
    """A merge or a split was a mistake."""

    line: int = Field(ge=1, le=MOST, description="of the decision, from the list of decisions")


class Decided(BaseModel):
    """A decision, as the log tells it."""

    line: int = Field(description="its number, by which it is undone")
    at: str = Field(description="ISO 8601, UTC")
    who: str = Field(description="the account's name")
    action: Literal["merge", "split", "confirm"] = Field(description="what was decided")
    other: str | None = Field(
        description="the incident that was merged into it, that was split off it, or off which it was split"
    )
    from_other: bool = Field(description="whether this incident was split off the other one")
    reports: int | None = Field(description="how many were confirmed")
    why: str = Field(description="the reason that was given")
    undoable: bool = Field(description="it still holds, and can be undone")

    @classmethod
    def of(cls, one: Done) -> Decided:
        given = {name: getattr(one, name) for name in cls.model_fields if name not in ("action", "reports")}
        return cls(action=CALLED[one.action], reports=one.confirmed, **given)


class Decisions(BaseModel):
    items: list[Decided] = Field(description="all of them, the last first")


@router.get(
    "/incidents/{key}/decisions",
    summary="List an incident's decisions",
    description="What editors decided of it and of all that were merged into it, the last first.",
    responses={200: examples.answer("decisions"), **declared(401, 404, 422)},
)
def list_decisions(request: Request, visitor: Reads, key: Key) -> Decisions:
    return Decisions(items=[Decided.of(one) for one in _history(desk_of(request), key)])


@router.post(
    "/incidents/{key}/merge",
    summary="Merge two incidents",
    description="The other incident is the same as this one: its reports come here, and its id leads here from then on. Where that is so "
    "already nothing is written. Needs the role editor; a token needs the scope “write”.",
    response_description="The incident, as it is now.",
    responses={200: examples.answer("incident"), **REFUSED},
)
def merge_incidents(
    request: Request, visitor: Edits, key: Key, given: Annotated[Merge, Body(openapi_examples=examples.MERGE)]
) -> Incident:
    desk, because = desk_of(request), reason(given.why)
    this, that = _found(desk, key), _found(desk, given.other)
    try:
        return _incident(desk, desk.ledger.join(this, that, who=visitor.name, why=because))
    except LedgerError as error:
        if key == given.other or _found(desk, key) != _found(desk, given.other):
            raise Conflict(f"{error}.") from error
        return _incident(desk, key)


@router.post(
    "/incidents/{key}/split",
    status_code=201,
    summary="Split an incident",
    description="The reports are of another incident, which is made of them. Where exactly they were split off this one already that incident "
    "is shown (200), and nothing is written. Needs the role editor; a token needs the scope “write”.",
    response_description="The new incident. `Location` is its address.",
    responses={
        200: {"description": "The incident that they were split off as before.", "model": Incident},
        201: examples.answer("incident"),
        **REFUSED,
    },
)
def split_incident(
    request: Request,
    response: Response,
    visitor: Edits,
    key: Key,
    given: Annotated[Split, Body(openapi_examples=examples.SPLIT)],
) -> Incident:
    desk, because = desk_of(request), reason(given.why)
    this = _found(desk, key)
    reports = list(dict.fromkeys((one.article, one.event) for one in given.reports))
    try:
        made = desk.ledger.part(this, reports, who=visitor.name, why=because)
    except LedgerError as error:
        with reading(desk.ledger.engine) as connection:
            known = repeated.split_off(connection, this, reports)
        if known is None:
            raise Conflict(f"{error}.") from error
        made, response.status_code = known, 200
    response.headers["location"] = f"/api/incidents/{made}"
    return _incident(desk, made)


@router.post(
    "/incidents/{key}/confirm",
    summary="Confirm an incident",
    description="It is right as it stands: all reports that it has now are of one thing, and stay together. Where the same person confirmed "
    "them last, for the same reason, nothing is written. Needs the role editor; a token needs the scope “write”.",
    response_description="The incident.",
    responses={200: examples.answer("incident"), **REFUSED},
)
def confirm_incident(
    request: Request, visitor: Edits, key: Key, given: Annotated[Reasoned, Body(openapi_examples=examples.CONFIRM)]
) -> Incident:
    desk, because = desk_of(request), reason(given.why)
    this = _found(desk, key)
    with reading(desk.ledger.engine) as connection:
        again = repeated.is_confirmed(connection, this, who=visitor.name, why=because)
    if not again:
        with _otherwise():
            undoing.confirm(desk.ledger.engine, this, who=visitor.name, why=because)
    return _incident(desk, this)


@router.post(
    "/incidents/{key}/undo",
    summary="Undo a merge or a split",
    description="What was merged is two incidents again, what was split is one, with the ids that they had, and stays so. Only what still holds "
    "can be undone. Needs the role editor; a token needs the scope “write”.",
    response_description="The incident of which it had been decided, as it is now.",
    responses={200: examples.answer("incident"), **REFUSED},
)
def undo_decision(
    request: Request, visitor: Edits, key: Key, given: Annotated[Undo, Body(openapi_examples=examples.UNDO)]
) -> Incident:
    desk, because = desk_of(request), reason(given.why)
    if all(one.line != given.line for one in _history(desk, key)):
        raise NotFound("There is no such decision of this incident.")
    with _otherwise():
        return _incident(desk, undoing.undo(desk.ledger.engine, given.line, who=visitor.name, why=because))


@contextmanager
def _otherwise() -> Iterator[None]:
    """What the ledger refuses to decide is otherwise by now."""
    try:
        yield
    except LedgerError as error:
        raise Conflict(f"{error}.") from error


def _found(desk: Desk, key: str) -> str:
    """The id of this incident, or of the one that it became. Raises NotFound."""
    with reading(desk.ledger.engine) as connection:
        found = one_incident.found(connection, key) if "\0" not in key else None
    if found is None:
        raise NotFound(f"There is no incident “{key}”.")
    return found.key


def _history(desk: Desk, key: str) -> list[Done]:
    """Raises NotFound."""
    found = _found(desk, key)
    with reading(desk.ledger.engine) as connection:
        return undoing.history(connection, found)


def _incident(desk: Desk, key: str) -> Incident:
    """Raises NotFound where no report of it is left."""
    found = desk.ledger.incident(key, corrected=True)
    if found is None:
        raise NotFound("No report of this incident is left.")
    return found
