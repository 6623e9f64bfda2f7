"""Dates as pages print and declare them: date lines, datelines, metadata.

Only what fixes the day of publication; time expressions in the prose are the business of `coding/when.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CENTURY_TURN = 70
"""Two-digit years from here on belong to the twentieth century (POSIX reads 69 so too)."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_FORMS = (
    rf"{_WEEKDAY}(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y1>{_YEAR}))?",
    rf"{_WEEKDAY}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m2>{_MONTH})(?:,?[\s-]+(?P<y2>{_YEAR}|['’]?\d\d(?![\d:])))?",
    rf"{_WEEKDAY}(?P<y3>{_YEAR})(?P<s3>[-/.])(?P<m3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})(?!\d)",
    rf"{_WEEKDAY}(?P<d4>\d{{1,2}})(?P<s4>[-/.])(?P<m4>\d{{1,2}})(?P=s4)(?P<y4>{_YEAR})",
)
DATE = re.compile("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)

_TIME = (
    r"(?:T|at\s+)?\d{1,2}(?:[:.]\d\d){1,2}(?:\.\d+)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?"  # 10:30, 10.30 am, 9pm
)
_ZONE = r"(?:\(?(?:Z|GMT|UTC|[A-Z]{1,3}[SD]?T)\)?|[+-]\d\d:?\d\d|GMT[+-]\d+|local time|hours|hrs)"
_LABEL = r"(?:(?:first |last )?(?:published|posted|updated|modified|created|date|issued|released|edited)(?:\s+(?:on|at))?(?:\s*:)?)?"
_PART = rf"(?:{_LABEL}\s*(?:{DATE.pattern}|{_TIME}|\d{{1,3}}\s+(?:min(?:ute)?|hour|hr|day|week|month)s?\s+ago|today|yesterday)\s*{_ZONE}?)"
_BETWEEN = r"[\s,;|/·•–—-]*"


def _unnamed(pattern: str) -> str:
    """The pattern without named groups, so that it may stand in another one twice."""
    return re.sub(r"\(\?P=\w+\)", "[-/.]", re.sub(r"\(\?P<\w+>", "(?:", pattern))


_DATE_LINE = re.compile(
    rf"{_BETWEEN}{_unnamed(_PART)}(?:{_BETWEEN}{_unnamed(_PART)}){{0,4}}{_BETWEEN}\.?", re.IGNORECASE
)
_PUBLISHED = re.compile(r"\W*(?:first )?(?:published|posted|issued|released)\b", re.IGNORECASE)
_LONGEST_LINE = 120
_URL_DATE = re.compile(
    rf"/(?P<y>{_YEAR})[/-](?P<m>\d{{1,2}}|[a-z]{{3}})[/-](?P<d>\d{{1,2}})(?=[/\-_.?#]|$)", re.IGNORECASE
)


class Printed(NamedTuple):
    """A date as printed at [start, end) of some text; `year` is None where none is written."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def iso(self, year: int | None = None) -> str | None:
        """The ISO date, with `year` where none is printed; None for an impossible or yearless date."""
        try:
            return date(self.year or year or 0, self.month, self.day).isoformat()
        except ValueError:
            return None


def printed_dates(text: str) -> Iterator[Printed]:
    """The dates in a short text. A numeric date that could be read two ways (03/04/2021) is left out."""
    for match in DATE.finditer(text):
        found = _read(match)
        if found:
            yield found


def is_date_line(line: str) -> bool:
    """Whether the line says when it was published and nothing else ("Updated Jan 5, 2022 at 10:30 GMT")."""
    return len(line) <= _LONGEST_LINE and _DATE_LINE.fullmatch(line.strip()) is not None


def says_published(line: str) -> bool:
    """Whether a date line says in words that it is the day of publication."""
    return _PUBLISHED.match(line.strip()) is not None


def date_in_address(url: str) -> str | None:
    """The day that many outlets write into an article's address (`/2022/01/05/`), as an ISO date."""
    match = _URL_DATE.search(url[:2000])
    if not match:
        return None
    month = (
        match["m"]
        if match["m"].isdigit()
        else MONTHS.index(match["m"].lower()) + 1
        if match["m"].lower() in MONTHS
        else 0
    )
    return Printed(0, 0, int(match["y"]), int(month), int(match["d"])).iso()


def published(value: str) -> str | None:
    """An ISO 8601 date or date-time for a date as metadata give it (ISO, RFC 2822, digits, printed); else None.

    A value without a time of day stays a date.
    """
    value = value.strip()
    if not value or len(value) > _LONGEST_LINE:
        return None
    return _iso(value) or _digits(value) or _mail(value) or _prose(value)


def _iso(value: str) -> str | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.isoformat() if len(value) > 10 else moment.date().isoformat()


def _digits(value: str) -> str | None:
    """Fourteen digits (YYYYMMDDhhmmss) as event data sets write them; they are in UTC there."""
    if not re.fullmatch(r"\d{14}", value, re.ASCII):
        return None
    try:
        return datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return None


def _mail(value: str) -> str | None:
    if not re.search(r"\d:\d", value):
        return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except (OverflowError, ValueError, TypeError, IndexError):
        return None


def _prose(value: str) -> str | None:
    return next((iso for found in printed_dates(value) if (iso := found.iso())), None)


def _read(match: re.Match[str]) -> Printed | None:
    for form in "1234":
        month, day, year = match[f"m{form}"], match[f"d{form}"], match[f"y{form}"]
        if month is None:
            continue
        if form == "4" and match["s4"] != "." and int(day) <= 12 and int(month) <= 12 and day != month:
            return None
        if form == "4" and int(month) > 12:
            day, month = month, day
        number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
        found = Printed(match.start(), match.end(), _year(year), number, int(day))
        return found if found.iso(2000) or found.iso() else None
    return None


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    number = int(written.strip("'’"))
    if number >= 100:
        return number
    return number + (1900 if number >= CENTURY_TURN else 2000)
