"""What the tests of the ledger's commands share: `sayso` in this process, as a person would run it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import sayso
from sayso.cli import main
from sayso.coding.coder import Coder
from sayso.errors import InputError
from sayso.records import Article, CoderInfo, Coding

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("0*"))


class Done(NamedTuple):
    """What a command wrote, and its exit status."""

    out: str
    err: str
    status: int

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Sayso = Callable[..., Done]


class Watched:
    """The real coder; it remembers what it coded. `version`: as if it were another release."""

    def __init__(self, coder: Coder, version: str | None = None) -> None:
        self.coder = coder
        self.coded: list[str] = []
        given = coder.info.model_dump()
        self.info = CoderInfo(**{**given, "version": version or given["version"]})

    def pipe(self, articles: Iterable[Article | InputError]) -> Iterator[Coding | InputError]:
        for made in self.coder.pipe(articles):
            if isinstance(made, Coding):
                self.coded.append(made.article.id)
                made = made.model_copy(update={"coder": self.info})
            yield made


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sayso:
    """Runs `sayso` with arguments, down to its exit status and to how it tells of errors."""

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["sayso", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        return Done(out, err, int(stopped.value.code or 0))

    return run


def watch(monkeypatch: pytest.MonkeyPatch, coder: Coder, version: str | None = None) -> Watched:
    """Let the commands use this coder, watched."""
    watched = Watched(coder, version)
    monkeypatch.setattr(sayso, "load", lambda *_, **__: watched)
    return watched


NOTHING = "note: nothing in the ledger is as asked\n"


def rows(done: Done) -> list[dict[str, object]]:
    """JSON Lines. Of none it is said that nothing was found."""
    assert (done.err, done.status) in (("", 0), *([(NOTHING, 0)] if not done.lines else []))
    return [json.loads(line) for line in done.lines]


def stats(run: Sayso, *arguments: str | Path) -> dict[str, str]:
    done = run("ledger", "stats", *arguments)
    assert (done.err, done.status) == ("", 0)
    return dict(line.split("\t") for line in done.lines)


def refused(done: Done, *named: str) -> None:
    """Nothing on standard output, one line that names the input on standard error, status 1."""
    assert (done.out, done.status) == ("", 1)
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert all(name in done.err for name in named), done.err
    assert "--debug" not in done.err  # only where nobody had thought of it
