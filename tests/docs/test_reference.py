"""The reference is what the code says: it is made of it, and nothing that a person can use is without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from described import api, commands, lexicon, python, records
from described import exports as written
from described.markdown import words
from exports.dossiers import disputed
from pages import ROOT
from reference import PAGES
from sayso.cli.ledger_commands import ExportFormat
from sayso.desk.api.application import make
from sayso.exports import acled, csv_table, gdelt, geojson, incident_table, parquet, plover
from sayso.ledger.asking.querying import TABLES
from sayso.watching.sources import KEYS, TOP

SOURCE = ROOT / "src" / "sayso"


@cache
def reference(name: str) -> str:
    return (ROOT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """What stands under a heading of a page, up to the next one as high."""
    level = heading.split(" ")[0]
    text = reference(name)
    assert f"\n{heading}\n" in text
    return re.split(rf"\n#{{1,{len(level)}}} ", text.split(f"\n{heading}\n", 1)[1])[0]


def rows(text: str) -> Iterator[list[str]]:
    """The rows of the tables in a text, as cells."""
    for line in text.splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def told(text: str, name: str) -> str:
    """The words with which a row of a table explains what its first cell names; empty where there is no such row."""
    return next((row[-1] for row in rows(text) if name in re.findall(r"`([^`]+)`", row[0].replace("\\|", "|"))), "")


def explained(text: str) -> bool:
    return bool(re.search(r"\w", text))


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_code_makes_of_it(name: str) -> None:
    """Else: `python tools/reference.py`."""
    assert reference(name) == PAGES[name]()


@pytest.mark.parametrize(
    ("path", "command"), list(commands.commands()), ids=lambda one: " ".join(one) if isinstance(one, tuple) else ""
)
def test_every_command_argument_and_option_is_explained(path: tuple[str, ...], command: object) -> None:
    text = reference("command-line")
    if len(path) > 1:
        text = section("command-line", f"{'#' * min(len(path), 3)} {' '.join(path)}")
        assert explained(text.strip().splitlines()[0])
    missing = [
        one for held in commands.parameters(command) for one in commands.called(held) if not explained(told(text, one))
    ]
    assert missing == []


def variables() -> set[str]:
    """What the package and what is beside it reads of the environment, by name."""
    files = [
        *SOURCE.rglob("*.py"),
        *(ROOT / "deploy").iterdir(),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "Makefile",
        ROOT / ".ci" / "run",
    ]
    found = {
        name for path in files for name in re.findall(r"\b(?:SAYSO|XDG)_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    return found - {"SAYSO_TEST_MARK"} - {name for name in found if name.endswith("_")}


def test_every_variable_of_the_environment_is_explained() -> None:
    assert {"SAYSO_LEDGER", "SAYSO_CACHE", "SAYSO_GAZETTEER"} <= variables()
    assert [name for name in sorted(variables()) if not explained(told(reference("settings"), name))] == []


def test_every_key_of_a_file_of_sources_is_explained() -> None:
    assert [key for key in TOP if not explained(told(section("settings", "### At the top"), key))] == []
    assert [key for key in KEYS if not explained(told(section("settings", "### In each `[[source]]`"), key))] == []


def test_every_file_to_run_it_as_a_service_is_explained() -> None:
    held = section("settings", "## Running it as a service")
    assert [path.name for path in (ROOT / "deploy").iterdir() if not explained(told(held, path.name))] == []


@pytest.mark.parametrize("model", records.models(), ids=lambda model: model.__name__)
def test_every_field_of_a_record_is_explained(model: type) -> None:
    held = section("records", f"## {model.__name__}")
    assert explained(held.strip().splitlines()[0])
    fields = records.fields(model)
    assert fields
    assert [name for name in fields if not explained(told(held, name))] == []


def test_every_operation_of_the_api_is_explained() -> None:
    """With its parameters, and who may ask for it."""
    schema = make().openapi()
    found = list(api.operations(schema))
    assert found
    for one in found:
        held = section("api", f"### {one.told['summary']}")
        assert f"`{one.called}`" in held
        assert re.search(r"^Needs (any role|the role \w+)", held, re.MULTILINE)
        assert explained(one.told["description"])
        assert [p["name"] for p in one.told.get("parameters", ()) if not explained(told(held, p["name"]))] == []


def test_every_field_that_only_the_api_has_is_explained() -> None:
    for name, model in api.own_models(make().openapi()).items():
        held = section("api", f"### {name}")
        assert [f"{name}.{field}" for field in model["properties"] if not explained(told(held, field))] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_a_query_is_explained_with_its_columns(name: str) -> None:
    held = section("tables", f"## {name}")
    assert explained(TABLES[name].about)
    assert [column for column in TABLES[name].columns if not explained(told(held, column))] == []


@pytest.mark.parametrize("name", words()["tables"])
def test_no_column_is_explained_that_there_is_not(name: str) -> None:
    assert list(words()["tables"][name]) == list(TABLES[name].columns)


@pytest.mark.parametrize("path", lexicon.files(), ids=lambda path: path.name)
def test_every_file_of_the_lexicon_is_explained(path: Path) -> None:
    name = path.relative_to(lexicon.FOLDER).as_posix()
    assert explained(told(reference("lexicon"), name))
    assert f"### {name} " in reference("lexicon")


@pytest.mark.parametrize("command", written.COMMANDS)
def test_every_format_of_a_command_is_explained(command: str) -> None:
    for one in written.COMMANDS[command]:
        assert explained(told(reference("exports"), f"sayso {command} --format {one.value}"))


@pytest.mark.parametrize("format", ExportFormat)
def test_every_format_of_export_is_explained_with_its_columns(format: ExportFormat) -> None:
    held = section("exports", f"### {format.value}")
    assert explained(held.strip().splitlines()[0])
    assert [column for column in written.columns(format.value) if not explained(told(held, column))] == []


def test_the_columns_that_are_explained_are_those_that_are_written() -> None:
    """In their order where that is the format's: asked of the writers themselves, for an incident made by hand."""
    known, dossier = words()["columns"], disputed()
    assert list(known["acled"]) == [*acled.COLUMNS, *acled.EXTENSIONS]
    assert len(known["gdelt-events"]) == next(gdelt.events(dossier)).count("\t") + 1 == 61
    assert len(known["gdelt-mentions"]) == next(gdelt.mentions(dossier)).count("\t") + 1 == 16
    assert list(known["plover"]) == list(next(plover.records(dossier)))
    assert list(known["geojson"]) == list(geojson.feature(dossier)["properties"])
    assert set(known["parquet"]) == set(parquet.schema().names)
    csv = section("exports", "### Columns of the events' CSV")
    assert [column for column in csv_table.COLUMNS if not explained(told(csv, column))] == []
    assert list(written.columns("csv")) == list(incident_table.COLUMNS)


@pytest.mark.parametrize("thing", list(python.things()), ids=lambda thing: f"{thing.module}.{thing.called}")
def test_every_public_name_is_explained(thing: python.Thing) -> None:
    """By a docstring of its own, not by the one that Python makes of a class's fields."""
    own = python.docstring(thing)
    assert explained(own)
    assert not own.startswith((f"{thing.name}(", "Create new instance"))
    assert f"{'####' if thing.owner else '###'} {thing.called}\n" in reference("python")
