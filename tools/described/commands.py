"""The command line: every command, argument and option, as Typer has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

from typer.main import get_command

from described.markdown import code, escaped, fenced, page, table, words
from sayso.cli.commands import app
from sayso.reading.tables import names

KINDS = {str: "text", int: "number", float: "number"}


def commands(command: Any = None, path: tuple[str, ...] = ("sayso",)) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that call it, groups before what is in them."""
    command = command or get_command(app)
    yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*path, name))


def parameters(command: Any) -> list[Any]:
    """Arguments and options, the help not among them: every command has it."""
    return [one for one in command.params if one.name != "help"]


def is_option(parameter: Any) -> bool:
    return bool(parameter.opts[0].startswith("-"))


def called(parameter: Any) -> list[str]:
    """How it is written: an option's names, or an argument's."""
    return [*parameter.opts, *parameter.secondary_opts] if is_option(parameter) else [_metavar(parameter)]


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _value(parameter: Any) -> str:
    kind = parameter.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(code(one.value) for one in kind)
    if kind is bool:
        return ""
    value = code(parameter.metavar) if parameter.metavar else KINDS.get(kind, "text")
    return f"{value}{_bounds(parameter)}"


def _bounds(parameter: Any) -> str:
    least, most = parameter.min, parameter.max
    if least is None:
        return ""
    return f", {least} to {most}" if most is not None else f", at least {least}"


def _default(parameter: Any) -> str:
    if parameter.required:
        return "needed"
    default = parameter.default
    if default in (None, False, [], "") or callable(default):
        return ""
    return code(default.value if isinstance(default, Enum) else default)


def _usage(path: tuple[str, ...], command: Any) -> str:
    if hasattr(command, "commands"):
        return f"{' '.join(path)} COMMAND …"
    given = [one for one in parameters(command) if not is_option(one)]
    names = [_metavar(one) if one.required else f"[{_metavar(one)}]" for one in given]
    options = ["[OPTIONS]"] if any(map(is_option, parameters(command))) else []
    return " ".join([*path, *options, *names])


def _help(text: str | None) -> str:
    paragraphs = (text or "").strip().split("\n\n")
    return "\n\n".join(escaped(" ".join(one.split())) for one in paragraphs)


def _epilog(text: str | None) -> str:
    """What stands below a command's help: words, and behind a backspace lines that are left as they are."""
    if not text:
        return ""
    head, _, example = text.partition("\b\n")
    return f"{_help(head)}\n\n{fenced(example.replace(chr(92) + '[', '['), 'toml')}"


def _section(path: tuple[str, ...], command: Any) -> str:
    parts = [f"{'#' * min(len(path), 3)} {' '.join(path)}", _help(command.help), fenced(_usage(path, command))]
    arguments = [one for one in parameters(command) if not is_option(one)]
    options = [one for one in parameters(command) if is_option(one)]
    if arguments:
        rows = ((code(called(one)[0]), _default(one), escaped(one.help or "")) for one in arguments)
        parts.append(table(["argument", "", "what"], rows))
    if options:
        named = (
            (", ".join(map(code, called(one))), _value(one), _default(one), escaped(one.help or "")) for one in options
        )
        parts.append(table(["option", "value", "default", "what"], named))
    if held := getattr(command, "commands", None):
        rows = ((code(f"{' '.join(path)} {name}"), escaped(_first(one.help))) for name, one in held.items())
        parts.append(table(["command", "what"], rows))
    parts.append(_epilog(command.epilog))
    return "\n\n".join(part for part in parts if part)


def _first(text: str | None) -> str:
    return re.split(r"\n\n|(?<=\.) ", (text or "").strip())[0]


def _headings() -> Iterator[tuple[str, str, str]]:
    """The fields of rows, and the headings under which they are found."""
    for field, about in words()["fields"].items():
        yield code(field), about, ", ".join(map(code, names()[field]))


def page_text() -> str:
    told = words()["command-line"]
    (_, root), *others = commands()
    held = table(
        ["command", "what"],
        ((f"[`sayso {name}`](#sayso-{name})", escaped(_first(one.help))) for name, one in root.commands.items()),
    )
    general = table(
        ["option", "what"],
        [
            *((code(one.opts[0]), escaped(one.help)) for one in parameters(root)),
            ("`-h`, `--help`", "Of every command: its help."),
        ],
    )
    return page(
        "Command line",
        _help(root.help),
        held,
        general,
        "## Inputs",
        told["inputs"],
        table(["field", "what", "headings"], _headings()),
        "## Exit status",
        table(["status", "when"], told["status"]),
        *(_section(path, command) for path, command in others),
    )
