"""What the desk refuses: each with its HTTP status and words for people.

DeskError
├── Invalid       422  what was sent makes no sense
├── NotSignedIn   401  nobody is signed in
├── Forbidden     403  who is signed in may not do this
├── NotFound      404  there is no such thing
├── Conflict      409  it is otherwise by now
├── TooLarge      413  more than is taken
└── TooOften      429  tried too often
"""

from __future__ import annotations

from sayso.errors import SaysoError


class DeskError(SaysoError):
    """`str(error)` says what happened, in a sentence for people; `title` in two or three words."""

    status = 400
    title = "That did not work"


class Invalid(DeskError):
    status, title = 422, "That makes no sense here"


class NotSignedIn(DeskError):
    status, title = 401, "Please sign in"


class Forbidden(DeskError):
    status, title = 403, "Not yours to do"


class NotFound(DeskError):
    status, title = 404, "Nothing here"


class Conflict(DeskError):
    status, title = 409, "Not any more"


class TooLarge(DeskError):
    status, title = 413, "Too large"


class TooOften(DeskError):
    status, title = 429, "Too many tries"
