"""What RESULTS.md says of time and memory: the parts of `report.py` whose figures depend on the machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def parts() -> Iterator[str]:
    """A part for each file of figures that is there."""
    for name, of in PARTS.items():
        path = HERE / f"{name}.json"
        if path.exists():
            yield of(json.loads(path.read_text(encoding="utf-8")))


def figures_of(told: dict[str, Any]) -> list[list[str]]:
    """A row a figure; the day stands with the words above them."""
    return [[name.replace("_", " "), f"{value:,}"] for name, value in told.items() if not isinstance(value, str)]


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def of_ledger(told: dict[str, Any]) -> str:
    """How the ledger bears numbers of reports, and kills."""
    return (
        "## The ledger\n\nThe suite of `tests/ledger` runs as a whole on SQLite and on PostgreSQL. Its writers are killed fifty times on "
        "SQLite and eight times on PostgreSQL, at moments drawn by chance: no article of which they said that it was kept was lost, none was "
        "there by halves, and the incidents afterwards were those of a ledger that nobody killed. Two writers at once lose nothing and "
        "double nothing on either.\n\nSynthetic reports on SQLite, one core (`python benchmarks/scale.py`; 1,800 seconds, 8 GB "
        f"and 100 ms for one article more were aimed at; measured {told['date']}):\n\n"
        + table(["figure", "value"], figures_of(told))
        + "\n"
    )


def of_desk(told: dict[str, Any]) -> str:
    """How long the desk takes to answer over a large ledger."""
    measured = list(told.values())
    names = list(measured[0]["milliseconds"])
    days = ", ".join(f"{one['database']} {one['date']}" for one in measured)
    head = ["asked for", *(f"{one['database']}: {what}" for one in measured for what in ("median", "most"))]
    rows = [
        [
            name,
            *(f"{one['milliseconds'].get(name, {}).get(what, '–')}" for one in measured for what in ("median", "most")),
        ]
        for name in names
    ]
    return (
        f"## The desk\n\nMilliseconds from the request to the whole answer, over {measured[0]['incidents']:,} synthetic incidents of "
        f"{measured[0]['reports']:,} reports (`python benchmarks/desk.py`), without a network; seven requests each, after one that warms. A second for "
        f"the situation and 300 milliseconds for a filter were aimed at; measured: {days}.\n\n"
        + table(head, rows)
        + "\n"
    )


def of_growth(told: dict[str, Any]) -> str:
    """Whether an article takes longer, or more memory, after many others."""
    names = ("ms_an_article", "to_the_first", "peak_memory_mb")
    rows = [[f"{int(mark):,}", *(str(told[name][mark]) for name in names)] for mark in told["ms_an_article"]]
    return (
        f"## Growth\n\nBeginnings of raw articles, {told['words_an_article']} words on average, in one process, each with names that were never "
        "seen before (`python benchmarks/growth.py`); flat within five per cent was aimed at; "
        f"measured {told['date']}.\n\n"
        + table(["after so many articles", "ms of the processor an article", "to the first", "peak MB"], rows)
        + "\n"
    )


def of_archive(told: dict[str, Any]) -> str:
    """What a large web archive takes."""
    left = ", ".join(f"{count:,} {kind}" for kind, count in told["not_coded"].items()) or "none"
    return (
        f"## A web archive\n\nA made WARC file of {told['gigabytes']} GB, pictures and other languages between the English pages, through "
        f"`sayso code -o` with {told['workers']} workers (`python benchmarks/archive.py`): {told['coded']:,} pages coded, {left}, in "
        f"{told['seconds']:,} seconds; {told['peak_memory_mb']:,} MB at most in all processes together, pages that they share counted for each "
        f"(1,500 were aimed at; measured {told['date']}).\n\n"
    )


def of_hostile(told: dict[str, Any]) -> str:
    """What inputs that were made to break the command do to it."""
    limits, rows = (
        told["limits"],
        [[f"{one[name]:,}" if name != "label" else one[name] for name in one] for one in told["slowest"]],
    )
    return (
        f"## Hostile inputs\n\n{told['inputs']:,} inputs of {len(told['kinds'])} kinds through `sayso code`, each in a process that is measured "
        f"(`make hostile`; measured {told['date']}): {told['refused, whole or in part']:,} refused by name, whole or in part; median "
        f"{told['seconds']['median']} s of the processor, 99 in 100 under {told['seconds']['99 in 100']} s, {told['megabytes']['most']:,} MB at most; "
        f"{told['faults']} took more than {limits['seconds']:g} s or {limits['megabytes']:,} MB, or ended in an error that nobody foresaw. An article that takes "
        "longer than 10 s is ended by name, and the reading before it is not counted in that; a file of thousands of sound rows takes what they take.\n\n"
        "The slowest:\n\n" + table(list(told["slowest"][0]), rows) + "\n"
    )


def of_speed(told: dict[str, Any]) -> str:
    """How fast and how large, and beside it what peers do with the same texts."""
    peers, elsewhere = told.pop("peers", {}), told.pop("elsewhere", [])
    found = [
        "## Speed and size\n\nRaw news articles, all in one run (`python benchmarks/speed.py`); two cores are two processes of one thread each. "
        "Starts are wall seconds of a whole process, medians of seven. 8,000 words a second on two cores, 2 seconds for one article and 0.4 for "
        "the help were aimed at. NGEC's authors give 3.9 seconds an article, on another machine, with eight threads. "
        f"Measured {told['date']}, processor: {told['processor']}.\n\n",
        table(["figure", "value"], figures_of(told)),
    ]
    if peers:
        columns = ("words_a_second_one_core", "words_a_second_two_cores", "peak_memory_mb")
        ours = ["sayso", "the whole coding", "", *(f"{told[name]:,}" for name in columns)]
        theirs = [[name, p["does"], p["does_not"], *(f"{p[c]:,}" for c in columns)] for name, p in peers.items()]
        head = ["", "does", "does not", "words/s, one core", "words/s, two cores", "MB a process"]
        found += ["\nBeside it, in the same run on the same texts:\n\n", table(head, [ours, *theirs])]
    if elsewhere:
        head = ["measured", "processor", *(name.replace("_", " ") for name in COMPARED)]
        rows = [[one["date"], one["processor"], *(f"{one[name]:,}" for name in COMPARED)] for one in (told, *elsewhere)]
        found += ["\nMachines of two cores differ: this run, and the same on another.\n\n", table(head, rows)]
    return "".join(found) + "\n"


COMPARED = (
    "words_a_second_bare",
    "words_a_second_one_core",
    "words_a_second_two_cores",
    "reading_to_bare",
    "coding_to_bare",
)
"""What is told of runs on other machines."""
PARTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "scale": of_ledger, "desk": of_desk, "speed": of_speed, "growth": of_growth, "archive": of_archive, "hostile": of_hostile,
}  # fmt: skip
"""By the file that holds the figures, in the order of RESULTS.md."""
