"""What can be set: environment variables, the file of sources, where things lie, and the files of `deploy/`."""

from __future__ import annotations

from described.markdown import code, fenced, page, table, words
from pages import ROOT
from sayso.cli.watch_command import EXAMPLE

SOURCES = """`sayso watch SOURCES` reads a TOML file. Times are a number with `s`, `m`, `h` or `d`. A key that there is not, a source without `url`, and an address
or a name that two sources have are refused, by name."""


def page_text() -> str:
    told = words()
    parts = [
        "Everything that a command does is said by its [arguments and options](command-line.md). Beside these there are:",
        "## Environment variables",
        table(["variable", "what", "else"], ([code(name), *given] for name, given in told["variables"].items())),
        "sayso gives these to its libraries where you have not:",
        table(
            ["variable", "what", "sayso's"], ([code(name), *given] for name, given in told["library-variables"].items())
        ),
        "For whoever builds a package:",
        table(["variable", "what"], ((code(name), about) for name, about in told["build-variables"].items())),
        "For whoever runs the tests:",
        table(["variable", "what"], ((code(name), about) for name, about in told["test-variables"].items())),
        "## The file of sources",
        SOURCES,
        _keys("At the top", told["sources"]["top"]),
        _keys("In each `[[source]]`", told["sources"]["source"]),
        fenced(EXAMPLE.read_text(encoding="utf-8"), "toml"),
        "## Where things lie",
        table(["file", "what"], ((code(name), about) for name, about in told["files"].items())),
        "## Running it as a service",
        "The folder `deploy/` of the source has, each with how it is used at its head:",
        table(["file", "what"], ((code(name), about) for name, about in told["deploy"].items())),
        *(_file(name) for name in ("sayso-watch.service", "Dockerfile")),
    ]
    return page("Settings", *parts)


def _keys(title: str, held: dict[str, list[str]]) -> str:
    rows = ([code(name), kind, default, about] for name, (kind, default, about) in held.items())
    return f"### {title}\n\n{table(['key', 'value', 'default', 'what'], rows)}"


def _file(name: str) -> str:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    return f"### {name}\n\n{fenced(text, 'ini' if name.endswith('.service') else 'dockerfile')}"
