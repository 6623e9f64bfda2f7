"""The commands of a ledger, their arguments and their help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from sayso.cli.ledger_options import (
    KeepPersonal,
    Least,
    OfActor,
    Place,
    Since,
    Standing,
    Type,
    Unmasked,
    Until,
    Who,
    Why,
)
from sayso.cli.options import Columns, Debug, Model, Output, Paths, Published, TimeLimit, Url

ledger = typer.Typer(no_args_is_help=True, help="The ledger as a whole: its state, copies of it, what was done to it.")


class Kinds(StrEnum):
    """What an annotation is: motivations of the Web Annotation model."""

    editing = "editing"
    classifying = "classifying"
    questioning = "questioning"
    replying = "replying"
    commenting = "commenting"
    assessing = "assessing"


class IncidentFormat(StrEnum):
    """What `sayso incidents` writes."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    geojson = "geojson"


class ExportFormat(StrEnum):
    """What `sayso export` writes."""

    jsonl = "jsonl"
    csv = "csv"
    geojson = "geojson"
    acled = "acled"
    gdelt_events = "gdelt-events"
    gdelt_mentions = "gdelt-mentions"
    plover = "plover"
    jsonld = "jsonld"
    annotations = "annotations"
    prov = "prov"
    parquet = "parquet"


class AnswerFormat(StrEnum):
    """How the answer to a query is written."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the commands to `sayso`."""
    app.add_typer(ledger, name="ledger")
    for command in (add, recode, incidents, search, query, export, annotate, review, decide):
        app.command()(command)


def add(
    paths: Paths,
    url: Url = None,
    keep_personal: KeepPersonal = False,
    model: Model = None,
    published: Published = None,
    columns: Columns = None,
    time_limit: TimeLimit = 10.0,
    debug: Debug = False,
) -> None:
    """Code articles and keep them in a ledger, where reports of one thing meet in an incident.

    Prints a line for each article once it is kept. What is there already is not coded again; run it as often as you like. Articles
    in other languages than English are kept and not coded: `sayso search` finds them, and nothing counts them as reports.
    """
    from sayso.cli import keeping, running

    choice = running.Choice(paths, model, published, columns, time_limit, None, debug)
    raise typer.Exit(keeping.add(choice, url, personal=keep_personal))


def recode(url: Url = None, model: Model = None, time_limit: TimeLimit = 10.0, debug: Debug = False) -> None:
    """Code the articles of a ledger anew where another coder coded them. Former codings are kept, corrections hold."""
    from sayso.cli import keeping, running

    choice = running.Choice([], model, None, None, time_limit, None, debug)
    raise typer.Exit(keeping.recode(choice, url))


def incidents(
    url: Url = None,
    format: Annotated[
        IncidentFormat | None,
        typer.Option("--format", "-f", help="table on a terminal, else jsonl, unless said here.", show_default=False),
    ] = None,
    type: Type = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    standing: Standing = None,
    actor: OfActor = None,
    least: Least = 1,
    unmasked: Unmasked = False,
    output: Output = None,
    debug: Debug = False,
) -> None:
    """The incidents of a ledger, oldest first: what happened, on whose word, and where the reports differ."""
    from sayso.cli import showing

    filters = showing.selection(type, place, since, until, standing.value if standing else None, actor, least)
    raise typer.Exit(
        showing.incidents(url, format.value if format else None, filters, output, unmasked=unmasked, debug=debug)
    )


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORDS]…", help='Words that must be there, "phrases", -words that must not.'),
    ] = None,
    url: Url = None,
    type: Type = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    standing: Standing = None,
    actor: OfActor = None,
    limit: Annotated[int, typer.Option(min=1, help="Articles at most.")] = 20,
    debug: Debug = False,
) -> None:
    """Articles with these words, or with such events."""
    from sayso.cli import showing

    filters = showing.selection(type, place, since, until, standing.value if standing else None, actor)
    raise typer.Exit(showing.search(url, " ".join(words or []), filters, limit, debug=debug))


def query(
    sql: Annotated[
        str,
        typer.Argument(metavar="SQL", help="One SELECT, as DuckDB reads it; `sayso ledger tables` lists the tables."),
    ],
    url: Url = None,
    format: Annotated[
        AnswerFormat | None,
        typer.Option("--format", "-f", help="table on a terminal, else csv, unless said here.", show_default=False),
    ] = None,
    debug: Debug = False,
) -> None:
    """Ask the ledger in SQL."""
    from sayso.cli import showing

    raise typer.Exit(showing.query(url, sql, format.value if format else None, debug=debug))


def export(
    format: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")],
    url: Url = None,
    type: Type = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    standing: Standing = None,
    actor: OfActor = None,
    least: Least = 1,
    with_corrections: Annotated[
        bool, typer.Option("--with-corrections", help="As people have corrected the codings.")
    ] = False,
    unmasked: Unmasked = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write here; for parquet a folder.")
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write down of which state of the ledger it is, by which coders, and its hash."
        ),
    ] = None,
    debug: Debug = False,
) -> None:
    """Incidents and their reports in the formats of the field.

    annotations: without a filter everything that was said of any article; else what was said of the articles of those incidents.
    """
    from sayso.cli import showing

    filters = showing.selection(type, place, since, until, standing.value if standing else None, actor, least)
    raise typer.Exit(
        showing.export(
            url,
            format.value,
            filters,
            output,
            corrected=with_corrections,
            unmasked=unmasked,
            debug=debug,
            manifest=manifest,
        )
    )


def annotate(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id.")],
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="The words of the article that are meant, as they stand there.")
    ],
    url: Url = None,
    kind: Annotated[
        Kinds | None,
        typer.Option(
            "--kind", help="Unless said: editing with --field, replying with --reply-to, assessing with --incident."
        ),
    ] = None,
    field: Annotated[
        str | None, typer.Option("--field", metavar="LIST/FIELD", help="What is corrected, as events/type.")
    ] = None,
    value: Annotated[
        str | None, typer.Option("--value", metavar="JSON", help="To what: a word, or JSON; null takes it away.")
    ] = None,
    body: Annotated[Optional[str], typer.Option("--body", metavar="TEXT", help="What you have to say.")] = None,  # noqa: UP045
    reply_to: Annotated[
        str | None, typer.Option("--reply-to", metavar="ID", help="The annotation that is answered.")
    ] = None,
    incident: Annotated[
        str | None, typer.Option("--incident", metavar="ID", help="The incident that --body is a verdict on.")
    ] = None,
    who: Who = None,
    debug: Debug = False,
) -> None:
    """Say something of an article's words: a remark, a category, a correction for an editor to accept. Prints its id."""
    from sayso.cli import labouring

    given = labouring.Given(kind.value if kind else None, field, value, body, reply_to, incident)
    typer.echo(labouring.annotate(url, article, words, given, who, debug))


def review(
    state: Annotated[str, typer.Argument(metavar="accepted|declined|withdrawn", help="What becomes of it.")],
    annotation: Annotated[str, typer.Argument(metavar="ID", help="An annotation's id.")],
    url: Url = None,
    who: Who = None,
    why: Why = "",
    debug: Debug = False,
) -> None:
    """Accept, decline or withdraw an annotation."""
    from sayso.cli import labouring

    labouring.review(url, state, annotation, who, why, debug)


def decide(
    how: Annotated[str, typer.Argument(metavar="join|part", help="join two incidents, or part reports from one.")],
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="An incident's id.")],
    others: Annotated[
        list[str], typer.Argument(metavar="OTHER…", help="join: the other incident. part: reports, as ARTICLE/EVENT.")
    ],
    url: Url = None,
    who: Who = None,
    why: Why = "",
    debug: Debug = False,
) -> None:
    """Say that two incidents are one, or that some reports of one are of another. It holds whatever is added later."""
    from sayso.cli import labouring

    typer.echo(labouring.decide(url, how, incident, others, who, why, debug))


@ledger.command()
def stats(url: Url = None, debug: Debug = False) -> None:
    """How much there is of what."""
    from sayso.cli import tending

    tending.stats(url, debug)


@ledger.command()
def check(url: Url = None, debug: Debug = False) -> None:
    """Look for damage; a line for each thing found, and exit status 1."""
    from sayso.cli import tending

    raise typer.Exit(tending.check(url, debug))


@ledger.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make.")],
    url: Url = None,
    debug: Debug = False,
) -> None:
    """Copy the ledger, as it is now, into one SQLite file."""
    from sayso.cli import tending

    tending.backup(url, file, debug)


@ledger.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")], url: Url = None, debug: Debug = False
) -> None:
    """Copy a backup into an empty ledger."""
    from sayso.cli import tending

    tending.restore(url, file, debug)


@ledger.command()
def merge(
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other ledger.")],
    url: Url = None,
    who: Who = None,
    debug: Debug = False,
) -> None:
    """Add what another ledger holds to this one."""
    from sayso.cli import tending

    tending.merge(url, other, who, debug)


@ledger.command()
def forget(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE…", help="Articles' ids.")],
    url: Url = None,
    who: Who = None,
    why: Why = "",
    debug: Debug = False,
) -> None:
    """Take articles out of the ledger, words and all; only that they were there stays."""
    from sayso.cli import tending

    raise typer.Exit(tending.forget(url, articles, who, why, debug))


@ledger.command()
def recluster(url: Url = None, debug: Debug = False) -> None:
    """Find the incidents of all reports anew. Ids stay, and so does what people decided."""
    from sayso.cli import tending

    tending.recluster(url, debug)


@ledger.command()
def log(url: Url = None, debug: Debug = False) -> None:
    """Who did what to the ledger: JSON Lines, the oldest first."""
    from sayso.cli import tending

    tending.log(url, debug)


@ledger.command()
def tables() -> None:
    """The tables that `sayso query` knows, with their columns."""
    from sayso.cli import tending

    tending.tables()
