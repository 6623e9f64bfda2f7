"""The commands of `sayso`, their arguments and their help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from sayso.cli import desk_commands, ledger_commands, watch_command
from sayso.cli.evaluating import evaluate
from sayso.cli.options import (
    Columns,
    Compress,
    Debug,
    Manifest,
    Model,
    Output,
    OutputOrFolder,
    Paths,
    Published,
    Restart,
    ShardSize,
    TimeLimit,
    UsedEngine,
    Workers,
)
from sayso.cli.stopping import Commands

app = typer.Typer(
    name="sayso",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


gazetteer = typer.Typer(no_args_is_help=True, help="The gazetteer: places by name.")
app.add_typer(gazetteer, name="gazetteer")
app.add_typer(evaluate, name="evaluate")


class Format(StrEnum):
    """What `sayso code` writes."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


class ParseFormat(StrEnum):
    """What `sayso parse` writes."""

    conllu = "conllu"


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"sayso {version('sayso')}")
        raise typer.Exit


@app.callback()
def sayso(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Codes news reports: who did what to whom, where, when, how many, and on whose word."""


@app.command()
def code(
    paths: Paths,
    format: Annotated[
        Optional[Format],  # noqa: UP045
        typer.Option("--format", "-f", help="table on a terminal, else jsonl, unless said here.", show_default=False),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="In the table: why each event was coded.")] = False,
    model: Model = None,
    published: Published = None,
    columns: Columns = None,
    time_limit: TimeLimit = 10.0,
    output: OutputOrFolder = None,
    workers: Workers = None,
    shard_size: ShardSize = None,
    compress: Compress = None,
    engine: UsedEngine = None,
    restart: Restart = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte-order mark, for Excel.")] = False,
    manifest: Manifest = None,
    debug: Debug = False,
) -> None:
    """Code articles: events, statements, figures, places and times, each with the words that support it.

    An article that cannot be coded is one line on standard error; the rest go on, and the exit status is 1. Articles in other
    languages than English are counted at the end and are no failure; where there is nothing else, the exit status is 1 too.

    Of any amount: -o OUT/ writes shards into a folder (part-00000.jsonl, …; errors.jsonl; manifest.json), by one process a
    core. The same command goes on with what was ended, be it killed; its files are the same bytes in the end.
    """
    from sayso.cli import running, scaling

    scale = scaling.Scale(workers, shard_size, compress, engine, restart)
    choice = running.Choice(paths, model, published, columns, time_limit, Path(output) if output else None, debug)
    if scaling.is_folder(output, scale):
        if explain or bom:
            raise typer.BadParameter("--explain and --bom are not for shards")
        raise typer.Exit(scaling.code(choice, format.value if format else None, scale, manifest))
    raise typer.Exit(
        running.code(choice, format.value if format else None, explain=explain, bom=bom, manifest=manifest)
    )


@app.command()
def reproduce(
    run: Annotated[Path, typer.Argument(metavar="RUN.JSON", help="What `sayso code --manifest` wrote.")],
    inputs: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FOLDER|FILE",
            help="Where the inputs lie now: their folder, or the only input itself; else where they were.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|FOLDER",
            help="Where the run's output lies now, to be compared; else where it was.",
            show_default=False,
        ),
    ] = None,
    workers: Workers = None,
    debug: Debug = False,
) -> None:
    """Code the inputs of a run anew, in a temporary place, and compare: are the bytes of its output the same?

    Other versions of libraries are warnings; other bytes of an input are named, and end it. Exit status 0 where every byte of every
    output is the same; else 1, and it says in which article and field they first differ, where the output itself is there to be read.
    """
    from sayso.cli import reproducing

    raise typer.Exit(reproducing.reproduce(run, inputs, output, workers, debug))


@app.command()
def parse(
    paths: Paths,
    format: Annotated[ParseFormat, typer.Option("--format", "-f", help="What to write.")] = ParseFormat.conllu,
    model: Model = None,
    columns: Columns = None,
    time_limit: TimeLimit = 10.0,
    output: Output = None,
    debug: Debug = False,
) -> None:
    """Parse articles into Universal Dependencies, with named entities and offsets in MISC."""
    from sayso.cli import running

    raise typer.Exit(running.parse(running.Choice(paths, model, None, columns, time_limit, output, debug)))


class Contract(StrEnum):
    """What `sayso schema` describes."""

    coding = "coding"
    run = "run"


@app.command()
def schema(
    of: Annotated[Contract, typer.Argument(help="A coding, or the manifest of a run.")] = Contract.coding,
) -> None:
    """Print the JSON Schema of a coding, or of what `sayso code --manifest` writes."""
    import json

    from sayso.records import json_schema

    if of is Contract.run:
        from sayso.reproducing import run_schema as json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@gazetteer.command()
def build(
    dump: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(
            help="A dump of GeoNames: allCountries.zip, or a country's own file. Left out: the shipped gazetteer."
        ),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where the gazetteer of a dump is put; else in the cache folder."
        ),
    ] = None,
    debug: Debug = False,
) -> None:
    """Make the gazetteer now; else the first coding does.

    Prints the file's path. A gazetteer made from a dump is used where the environment variable SAYSO_GAZETTEER names it.
    """
    from sayso.cli import running

    typer.echo(running.build_gazetteer(dump, output, debug))


ledger_commands.register(app)
desk_commands.register(app)
watch_command.register(app)
