"""Arguments that several commands of a ledger have: which of its incidents, who does something to it, and what of personal data."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="A PLOVER type, as ASSAULT.")]
Place = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help="A part of a place's name, or a country: Yemen, YEM.")
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Not before this day.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Not after this day.")]
OfActor = Annotated[
    str | None,
    typer.Option("--actor", metavar="NAME", help="A part of a party's name, or a state's or sector's code."),
]
Least = Annotated[int, typer.Option("--least-reports", metavar="N", min=1, help="Only where so many reports meet.")]
Who = Annotated[
    str | None, typer.Option("--who", metavar="NAME", help="Who does it, for the audit log; else your user name.")
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, for the audit log.")]
KeepPersonal = Annotated[
    bool,
    typer.Option("--keep-personal-data", help="Keep telephone numbers, e-mail and home addresses as they are."),
]
Unmasked = Annotated[
    bool, typer.Option("--personal-data", help="Do not mask telephone numbers, e-mail and home addresses.")
]


class Standings(StrEnum):
    """What an incident can stand on."""

    single = "single origin"
    corroborated = "corroborated"
    disputed = "disputed"
    claimed = "claimed"
    unattributed = "unattributed"


Standing = Annotated[Standings | None, typer.Option("--standing", help="What it stands on.")]
