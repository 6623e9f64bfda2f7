"""The filters of a view: all of them are in its address, so that it can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from sayso.desk.errors import Invalid
from sayso.errors import LedgerError
from sayso.ledger import Selection

REALIS = ("actual", "attempted", "future", "hypothetical", "negated")
LABELS = {
    "type": "Act", "standing": "Standing", "place": "Place", "since": "From", "until": "Until", "source": "Source", "actor": "Who",
    "category": "Category", "realis": "Told as", "box": "Area",
}  # fmt: skip
"""The filters in words."""
SIZE = 24
"""Incidents of a page."""
LONGEST = 200
"""Characters of one filter."""
LAST = 100_000
"""The last page that can be asked for."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """As they stand in the address; empty is no filter. `box`: west, south, east, north in degrees, between commas."""

    type: str = ""
    standing: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    actor: str = ""
    category: str = ""
    realis: str = ""
    box: str = ""
    order: str = "newest"
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        """From an address. Raises Invalid for what no filter can be."""
        given: dict[str, Any] = {f.name: query.get(f.name, "").strip() for f in fields(cls)}
        for name, words in given.items():
            if len(words) > LONGEST:
                raise Invalid(f"The filter “{name}” is longer than {LONGEST} characters.")
        given["order"] = "oldest" if given["order"] == "oldest" else "newest"
        page = given["page"] or "1"
        if not (page.isascii() and page.isdigit() and 1 <= int(page[:9]) <= LAST):
            raise Invalid(f"There is no page “{page}”.")
        if given["realis"] and given["realis"] not in REALIS:
            raise Invalid(f"“{given['realis']}” is no realis; there are: {', '.join(REALIS)}.")
        made = cls(**{**given, "page": int(page)})
        made.selection()
        return made

    def selection(self) -> Selection:
        """What the ledger is asked for. Raises Invalid where it cannot be asked so."""
        wanted = ("type", "standing", "place", "since", "until", "source", "actor", "category")
        try:
            return Selection(box=self._box(), **{name: getattr(self, name) or None for name in wanted})  # type: ignore[arg-type]
        except LedgerError as error:
            raise Invalid(f"{error}.") from error

    def _box(self) -> tuple[float, float, float, float] | None:
        if not self.box:
            return None
        try:
            west, south, east, north = (float(part) for part in self.box.split(","))
        except ValueError as error:
            raise Invalid(f"“{self.box}” is no area; give west,south,east,north in degrees.") from error
        return west, south, east, north

    def query(self, **changes: Any) -> str:
        """The address's part after "?", with some filters changed; back on the first page unless `page` is given."""
        given = asdict(replace(self, **{"page": 1, **changes}))
        given["order"] = "" if given["order"] == "newest" else given["order"]
        given["page"] = "" if given["page"] == 1 else given["page"]
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def is_untold(self) -> bool:
        """Whether what is asked for is no incident: what nobody tells as fact."""
        return self.realis not in ("", "actual")

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """Those that are set, to be taken away one by one: name, value, and the address's part without it."""
        return [
            (LABELS[name], "on the map" if name == "box" else value, self.query(**{name: ""}))
            for name, value in self.active.items()
        ]

    @property
    def active(self) -> dict[str, str]:
        """Those that are set, by name."""
        return {f.name: v for f in fields(self) if f.name not in ("order", "page") and (v := getattr(self, f.name))}
