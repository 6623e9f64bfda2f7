"""The command of a watch, its arguments and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from sayso.cli.ledger_options import KeepPersonal
from sayso.cli.options import Debug, Model, TimeLimit, Url

EXAMPLE = Path(__file__).parents[1] / "watching" / "example.toml"
"""Of a file of sources, with every key. Read where it lies: to import its package takes a second."""


def register(app: typer.Typer) -> None:
    """Add the command to `sayso`."""
    example = EXAMPLE.read_text(encoding="utf-8").replace("[", r"\[")  # or rich takes it for markup
    app.command(epilog=f"An example of SOURCES:\n\n\b\n{example}")(watch)


def watch(
    sources: Annotated[Path, typer.Argument(metavar="SOURCES", help="The file of sources, in TOML.")],
    url: Url = None,
    once: Annotated[bool, typer.Option("--once", help="One round, and stop; 1 where anything failed.")] = False,
    state: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--state", metavar="FILE", help="Where it remembers what it has seen; else beside the ledger."),
    ] = None,
    heartbeat: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--heartbeat", metavar="FILE", help="Holds the time of the last finished round."),
    ] = None,
    metrics: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            "--metrics", metavar="PORT", min=0, max=65535, help="Numbers for Prometheus, on this machine alone."
        ),
    ] = None,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log a JSON object a line.")] = False,
    keep_personal: KeepPersonal = False,
    model: Model = None,
    time_limit: TimeLimit = 10.0,
    debug: Debug = False,
) -> None:
    """Watch feeds, sitemaps and pages: what is new there is coded and kept in a ledger. Logs to standard error.

    It may be killed at any time: no article is lost or kept twice. SIGTERM and Ctrl-C let it finish the article in hand.
    What robots.txt forbids is not read; articles in other languages than English are counted, and not coded.
    """
    from sayso.cli import watching

    choice = watching.Choice(
        sources, url, once, state, heartbeat, metrics, log_json, keep_personal, model, time_limit, debug
    )
    raise typer.Exit(watching.watch(choice))
