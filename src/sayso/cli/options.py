"""Arguments that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…", help="Files, folders, addresses (of pages, feeds, sitemaps), or - for standard input."
    ),
]
Model = Annotated[
    Optional[str],  # noqa: UP045  # Typer reads the annotation at run time
    typer.Option(metavar="NAME", help="Any spaCy pipeline with Universal Dependencies, by name or folder."),
]
Published = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(metavar="DATE", help="Day of publication (2022-01-05) of articles that give none."),
]
Columns = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(metavar="FIELD=NAME,…", help="Where rows keep their fields, as in text=body,published=date."),
]
TimeLimit = Annotated[float, typer.Option(metavar="S", min=0.1, help="Seconds that one article may take.")]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="FILE", help="Write here, not to standard output."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show what the rooms log, and tracebacks.")]
Url = Annotated[
    Optional[str],  # noqa: UP045  # Typer reads the annotation at run time
    typer.Option(
        "--ledger",
        "-l",
        metavar="URL",
        help="A file, or postgresql://…; else $SAYSO_LEDGER, else a file among your data.",
    ),
]
