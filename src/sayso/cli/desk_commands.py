"""The commands of the desk and of the people who use it, their arguments and their help."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sayso.cli.ledger_options import Who
from sayso.cli.options import Debug, Url

user = typer.Typer(no_args_is_help=True, help="The people who may use a ledger's desk.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the account, by which one signs in.")]


class Roles(StrEnum):
    """What somebody may do: each what those before it may."""

    reader = "reader"
    coder = "coder"
    editor = "editor"
    admin = "admin"


def register(app: typer.Typer) -> None:
    """Add the commands to `sayso`."""
    app.command()(desk)
    app.add_typer(user, name="user")


def desk(
    url: Url = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; other machines only with --team.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0: any that is free.")] = 8730,
    team: Annotated[bool, typer.Option("--team", help="People sign in with accounts (sayso user add).")] = False,
    behind_https: Annotated[
        bool, typer.Option("--behind-https", help="A proxy on this machine speaks HTTPS for it.")
    ] = False,
    hosts: Annotated[
        list[str] | None,
        typer.Option(
            "--hosts", metavar="NAME", help="A name by which browsers ask for it; as often as there are names."
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    debug: Debug = False,
) -> None:
    """Read, compare and correct what a ledger holds, in a browser.

    For one person on this machine it prints a link that lets one browser in, once. It runs until you press Ctrl+C.
    """
    from sayso.cli import desking

    choice = desking.Choice(url, host, port, team, behind_https, tuple(hosts or ()), show, debug)
    raise typer.Exit(desking.desk(choice))


@user.command("add")
def add_user(
    name: Name,
    role: Annotated[Roles, typer.Option("--role", help="What they may do.")] = Roles.reader,
    url: Url = None,
    who: Who = None,
    debug: Debug = False,
) -> None:
    """Make an account. The password is asked for at a terminal, else read from standard input."""
    from sayso.cli import enrolling

    enrolling.add(url, name, role.value, who, debug)


@user.command("list")
def list_users(url: Url = None, debug: Debug = False) -> None:
    """The accounts: name, role, whether open or closed, since when; a line each."""
    from sayso.cli import enrolling

    enrolling.show(url, debug)


@user.command("role")
def give_role(
    name: Name,
    role: Annotated[Roles, typer.Argument(metavar="reader|coder|editor|admin", help="What they may do from now on.")],
    url: Url = None,
    who: Who = None,
    debug: Debug = False,
) -> None:
    """Give somebody another role."""
    from sayso.cli import enrolling

    enrolling.change(url, name, who, debug, role=role.value)


@user.command("close")
def close_user(name: Name, url: Url = None, who: Who = None, debug: Debug = False) -> None:
    """Let somebody in no more; all their sessions and tokens end. What they said stays."""
    from sayso.cli import enrolling

    enrolling.change(url, name, who, debug, closed=True)


@user.command("open")
def open_user(name: Name, url: Url = None, who: Who = None, debug: Debug = False) -> None:
    """Let somebody in again."""
    from sayso.cli import enrolling

    enrolling.change(url, name, who, debug, closed=False)


@user.command("password")
def set_password(name: Name, url: Url = None, who: Who = None, debug: Debug = False) -> None:
    """Give somebody another password, asked for as by `sayso user add`; all their sessions end."""
    from sayso.cli import enrolling

    enrolling.password(url, name, who, debug)
