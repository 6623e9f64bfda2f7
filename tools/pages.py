"""The pages of the documentation as stories: their blocks are read here, and checked, before `story.py` runs them.

A page is a story. Its blocks run one after the other in one fresh folder that holds a copy of `examples/`:

- ```` ```sh ```` holds commands as one types them, without prompts. Variables, `cd` and what was started with `&` last until the page ends.
- ```` ```python ```` holds Python, and sees the names of the page's earlier Python.
- A block with a title is a file: ```` ```toml title="sources.toml" ```` is written, whatever its language, and not run.
- ```` ```text ````, `json` and the like are shown and nothing more.

A comment of HTML on the line above a block says more of it:

- `<!-- exits: 1 -->`: it is to end with this status; any other block is to end with 0.
- `<!-- output -->`: this text is what the block before it prints on standard output; `python tools/story.py` puts it there.
- `<!-- not run: REASON -->`: it cannot run in a test, for one of REASONS. Its commands of sayso must be such as there are, all the same.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from typer.main import get_command

from sayso.cli.commands import app

ROOT = Path(__file__).parent.parent
REASONS = (
    "runs these tests",
    "needs a cluster",
    "needs a server's administrator",
    "needs a download",
    "stays until it is stopped",
)
RUN = ("sh", "python")
SHOWN = ("text", "json", "toml", "ini", "nginx", "csv", "html", "sql", "turtle", "xml", "yaml", "conllu", "dockerfile")
FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,})(?P<info>[^`]*)$")
MARK = re.compile(r"^ *<!-- (?P<name>exits|output|not run)(?:: (?P<value>.+?))? -->$")
TITLE = re.compile(r'title="([^"]+)"')
INDENTED = re.compile(r"^ {4,}(?:\$ )?(?:\.venv/bin/)?(?:sayso|python3?|make|pip) \S")


class PageError(Exception):
    """A page that does not keep to the convention, or whose story goes wrong. Names page and line."""


class Block(NamedTuple):
    """A fenced block. `line` is that of its first line of text in the page, counted from 1."""

    page: Path
    line: int
    language: str
    title: str | None
    text: str
    marks: dict[str, str]

    @property
    def where(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def runs(self) -> bool:
        return self.language in RUN and self.title is None and "not run" not in self.marks


def pages() -> list[Path]:
    """README.md and every page of the documentation, as paths from the root."""
    return [Path("README.md"), *(path.relative_to(ROOT) for path in sorted((ROOT / "docs").rglob("*.md")))]


def blocks(page: Path, text: str) -> Iterator[Block]:
    """The blocks of a page, in order.

    Raises PageError for one that does not end, has no language or one that is not known, or has a mark that means nothing.
    """
    lines = text.split("\n")
    at = 0
    marks: dict[str, str] = {}
    while at < len(lines):
        if mark := MARK.match(lines[at]):
            marks[mark["name"]] = mark["value"] or ""
        elif opened := FENCE.match(lines[at]):
            end = _end_of(page, lines, at, opened["fence"])
            held = [line.removeprefix(opened["indent"]) for line in lines[at + 1 : end]]
            yield _checked(_block(page, at, opened["info"].strip(), held, marks))
            at, marks = end, {}
        elif INDENTED.match(lines[at]):
            raise PageError(
                f"{page}:{at + 1}: a command in an indented block, which no test runs; let it be a ```sh block"
            )
        elif lines[at].strip() or marks:
            if marks:
                raise PageError(f"{page}:{at + 1}: a mark ({', '.join(marks)}) that no block follows on the next line")
        at += 1


def _end_of(page: Path, lines: list[str], start: int, fence: str) -> int:
    for at in range(start + 1, len(lines)):
        closed = FENCE.match(lines[at])
        if closed and not closed["info"].strip() and len(closed["fence"]) >= len(fence):
            return at
    raise PageError(f"{page}:{start + 1}: a block that does not end")


def _block(page: Path, fence: int, info: str, lines: list[str], marks: dict[str, str]) -> Block:
    title = TITLE.search(info)
    text = "".join(f"{line}\n" for line in lines)
    return Block(page, fence + 2, info.split(" ")[0], title[1] if title else None, text, marks)


def _checked(block: Block) -> Block:
    if block.title is None and block.language not in (*RUN, *SHOWN):
        raise PageError(
            f"{block.where}: a block in {block.language or 'no language'}; there are {', '.join((*RUN, *SHOWN))}"
        )
    reason = block.marks.get("not run")
    if reason is not None:
        if reason not in REASONS:
            raise PageError(f"{block.where}: not run, for no reason of the list: {reason!r}")
        if block.language == "sh":
            check_commands(block)
    elif block.title and Path(block.title).is_absolute():
        raise PageError(
            f"{block.where}: {block.title} is no file of the page's folder; say why it is not written by `not run`"
        )
    if "exits" in block.marks and not (block.runs and block.language == "sh" and block.marks["exits"].isdigit()):
        raise PageError(f"{block.where}: `exits` is for a block of sh that is run, with a number")
    if "output" in block.marks and block.language in RUN:
        raise PageError(f"{block.where}: `output` is for a block that shows what the one before it printed")
    return block


def check_commands(block: Block) -> None:
    """Raise PageError where a line calls `sayso` with a command or an option that there is not."""
    lines = block.text.replace("\\\n", " ").splitlines()
    for words in map(_words, lines):
        for at, word in enumerate(words):
            named_by_an_option = at > 0 and words[at - 1].startswith("-")  # a user, an image
            if (word == "sayso" or word.endswith("/bin/sayso")) and not named_by_an_option:
                _check(block, list(_until_the_next(words[at + 1 :])))


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:  # quotation marks over several lines, or an apostrophe in a file that is written
        return line.split()


def _until_the_next(words: list[str]) -> Iterator[str]:
    for word in words:
        if word in ("|", "||", "&&", "&", ";", "then", "do") or word.startswith((">", "2>", "<")):
            return
        yield word.removesuffix(";")


def _check(block: Block, words: list[str]) -> None:
    command, path = get_command(app), ["sayso"]
    while words and words[0] in getattr(command, "commands", {}):
        command, path = command.commands[words[0]], [*path, words[0]]  # type: ignore[attr-defined]
        words = words[1:]
    if getattr(command, "commands", None) and not set(words) & {"--help", "-h", "--version"}:
        raise PageError(f"{block.where}: there is no command {' '.join([*path, *words[:1]])}")
    context = command.context_class(command, info_name=path[-1])
    try:
        command.make_parser(context).parse_args(list(words))
    except Exception as error:  # whichever class: what Typer raises is of a module of its own
        raise PageError(f"{block.where}: {' '.join(path)}: {error}") from error
