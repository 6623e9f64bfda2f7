"""Arguments that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer


class Compression(StrEnum):
    """How shards are compressed."""

    gz = "gz"
    zst = "zst"


class Engine(StrEnum):
    """Who codes shards."""

    local = "local"
    ray = "ray"


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
OutputOrFolder = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--output",
        "-o",
        metavar="FILE|FOLDER/",
        help="Write here, not to standard output. A folder (there already, or ending in /) gets shards.",
    ),
]
Workers = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(metavar="N", min=1, help="Processes that code into a folder; else one a core.", show_default=False),
]
ShardSize = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(metavar="N", min=1, help="Articles of a shard of a folder; else 250.", show_default=False),
]
Compress = Annotated[
    Optional[Compression],  # noqa: UP045
    typer.Option(help="Compress the shards of a folder.", show_default=False),
]
UsedEngine = Annotated[
    Optional[Engine],  # noqa: UP045
    typer.Option(help="Code into a folder on this machine, or on a Ray cluster.", show_default=False),
]
Restart = Annotated[
    bool, typer.Option("--restart", help="Begin a folder anew, whatever run is in it, instead of going on with that.")
]
Manifest = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        metavar="FILE",
        help="Write down what the output depends on, so that `sayso reproduce FILE` can make it again.",
        show_default=False,
    ),
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
