"""A ledger of many reports: `python benchmarks/scale.py --reports 1000000`.

Makes synthetic reports (as the notes that the ledger keeps of events, each of an article of its own), clusters them as `recluster` does,
and then adds codings of real sentences one by one. Written to `benchmarks/scale.json`: seconds, reports a second, memory, how well the
made incidents were found, and milliseconds for one article more.

Incidents have one to a dozen reports in the fortnight after, in towns drawn by population, over ten years; reports tell another toll, leave
out the place or the day, name other parties, and share some of their words. Every third incident has a near miss: the same kind of act in the
same town within a week.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

from rich.progress import track
from sqlalchemy import insert, select

import sayso
from sayso.gazetteer.lookup import gazetteer
from sayso.ledger import Ledger
from sayso.ledger.database import writing
from sayso.ledger.schema import article, event
from sayso.reading import make_article

FILE = Path(__file__).with_name("scale.json")
FIRST = date(2014, 1, 1).toordinal()
DAYS = 3650
TYPES = ("ASSAULT", "PROTEST", "COERCE", "CONSULT", "ACCUSE", "AGREE", "REQUEST", "SANCTION", "RETREAT", "MOBILIZE")
SHARES = (30, 18, 12, 10, 8, 6, 6, 4, 3, 3)
MODES = {
    "ASSAULT": ("explosives", "firearms", "aerial", None),
    "PROTEST": ("demo", "riot", "strike"),
    "COERCE": ("arrest", None),
}
SECTORS = ("GOV", "MIL", "COP", "REB", "CVL", "OPP", "LAB", "EDU")
VOCABULARY = 30_000
PAGE = 5_000


class Town(NamedTuple):
    name: str
    country: str
    admin1: str | None
    latitude: float
    longitude: float


class Made(NamedTuple):
    """One incident as it happened."""

    type: str
    mode: str | None
    town: Town
    day: int
    words: list[int]
    who: tuple[str, str, str]
    whom: tuple[str, str, str]
    killed: int


def towns() -> tuple[list[Town], list[int]]:
    """Towns of the world and their people."""
    rows = gazetteer()._rows(
        "SELECT name, country, admin1, latitude, longitude, population FROM place WHERE precision = 'settlement' "
        "AND population > 20000 ORDER BY id",
        (),
    )
    found = [(Town(*row[:5]), row[5]) for row in rows if row[1]]
    return [town for town, _ in found], [people for _, people in found]


def incidents(chance: random.Random) -> Iterator[Made]:
    places, people = towns()
    drawn = iter(())
    while True:
        town = next(drawn, None)  # type: ignore[call-overload]
        if town is None:
            drawn = iter(chance.choices(places, people, k=10_000))
            continue
        one = _incident(chance, town, FIRST + chance.randrange(DAYS), chance.choices(TYPES, SHARES)[0])
        yield one
        if chance.random() < 1 / 3:
            yield _incident(chance, town, one.day + chance.randint(2, 7), one.type)


def _incident(chance: random.Random, town: Town, day: int, kind: str) -> Made:
    words = [int(VOCABULARY * chance.random() ** 2) for _ in range(14)]
    sides = [(f"party {chance.randrange(5000)}", town.country, chance.choice(SECTORS)) for _ in range(2)]
    killed = int(chance.paretovariate(1.1)) if kind == "ASSAULT" else 0
    return Made(kind, chance.choice(MODES.get(kind, (None,))), town, day, words, sides[0], sides[1], killed)


def reports(chance: random.Random) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Number of the incident, row of the article, row of the event."""
    for number, one in enumerate(incidents(chance)):
        for _ in range(min(12, int(chance.paretovariate(0.9)))):
            yield (number, *_report(chance, one))


def _report(chance: random.Random, one: Made) -> tuple[dict[str, Any], dict[str, Any]]:
    published = one.day + min(14, int(chance.expovariate(0.5)))
    placed, timed = chance.random() < 0.8, chance.random() < 0.8
    words = sorted(
        {word for word in one.words if chance.random() < 0.6}
        | {int(VOCABULARY * chance.random() ** 2) for _ in range(8)}
    )
    named = sorted({hash_of(one.town.name), *words[:3]})
    killed = max(0, one.killed + chance.randint(-1, 2)) if one.killed else 0
    values = (
        {
            "killed": [
                {"value": str(killed), "span": [0, 1], "origin": None, "speaker": None, "low": killed, "high": killed}
            ]
        }
        if killed
        else {}
    )
    spot = [round(one.town.latitude, 2), round(one.town.longitude, 2)]
    place = {"name": one.town.name, "admin1": one.town.admin1, "country": one.town.country} if placed else None
    sides = [[side] if chance.random() < 0.7 else [] for side in (one.who, one.whom)]
    notes = {
        "who": [[n, c, [s]] for n, c, s in sides[0]], "whom": [[n, c, [s]] for n, c, s in sides[1]], "trigger": words[:1],
        "words": words, "names": named, "about": sorted({*words, *named}), "spots": [spot], "lands": [one.town.country],
        "place": place, "values": values, "statements": [], "speaker": None, "side": None,
    }  # fmt: skip
    row = {
        "name": "e1", "role": "report", "type": one.type, "mode": one.mode, "cameo": None, "acled": None, "realis": "actual",
        "background": False, "score": 0.9, "trigger": "", "trigger_start": 0, "trigger_end": 1, "parties": "", "origin": None,
        "first_day": one.day if timed else None, "last_day": one.day if timed else None, "place": one.town.name if placed else None,
        "country": one.town.country if placed else None, "latitude": one.town.latitude if placed else None,
        "longitude": one.town.longitude if placed else None, "precision": "settlement" if placed else None, "facts": json.dumps(notes),
    }  # fmt: skip
    printed = {
        "source": "", "outlet": f"outlet {chance.randrange(2000)}", "published": date.fromordinal(published).isoformat(), "day": published,
        "text_hash": "", "read_hash": "", "revision": 1, "added": "2024-01-01T00:00:00+00:00",
    }  # fmt: skip
    return printed, row


def hash_of(name: str) -> int:
    from sayso.ledger.facts import stems

    return min(stems(name), default=0)


def fill(ledger: Ledger, wanted: int, chance: random.Random) -> list[int]:
    """Write the synthetic reports; the true incident of each, in the order of their numbers."""
    truth: list[int] = []
    made = reports(chance)
    for start in track(range(0, wanted, PAGE), "making reports"):
        page = list(islice(made, min(PAGE, wanted - start)))
        with writing(ledger.engine) as connection:
            printed = [
                {**row, "id": start + at + 1, "key": f"a{start + at + 1}"} for at, (_, row, _) in enumerate(page)
            ]
            connection.execute(insert(article), printed)
            rows = [{**row, "id": start + at + 1, "article": start + at + 1} for at, (_, _, row) in enumerate(page)]
            connection.execute(insert(event), rows)
        truth += [number for number, _, _ in page]
    return truth


def agreement(ledger: Ledger, truth: list[int]) -> tuple[float, float, int]:
    """B³ precision and recall, and the number of incidents."""
    with ledger.engine.connect() as connection:
        found = dict(connection.execute(select(event.c.id, event.c.incident)).all())
    pairs = [(number, found[at + 1]) for at, number in enumerate(truth)]
    both, gold, system = Counter(pairs), Counter(number for number, _ in pairs), Counter(one for _, one in pairs)
    precision = sum(both[pair] / system[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / gold[pair[0]] for pair in pairs) / len(pairs)
    return 100 * precision, 100 * recall, len(system)


def one_more(ledger: Ledger, count: int = 200) -> list[float]:
    """Milliseconds for each of so many articles more."""
    coder = sayso.load()
    chance = random.Random(7)
    places, people = towns()
    took = []
    for number, town in enumerate(chance.choices(places, people, k=count)):
        text = f"At least {number + 2} people were killed when a bomb exploded at a market in {town.name} on Tuesday, police said. A day earlier soldiers had arrested nine protesters there."
        day = date.fromordinal(FIRST + chance.randrange(DAYS)).isoformat()
        made = coder.code(
            make_article({"id": f"more {number}", "text": text, "published": day}, name="more", source="more")
        )
        began = time.perf_counter()
        ledger.add(made)
        took.append(1000 * (time.perf_counter() - began))
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--figures", type=Path, default=FILE)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        truth = fill(ledger, options.reports, random.Random(1))
        began = time.perf_counter()
        ledger.recluster()
        seconds = time.perf_counter() - began
        precision, recall, found = agreement(ledger, truth)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        took = one_more(ledger)
        told = {
            "date": date.today().isoformat(), "reports": options.reports, "incidents_made": len(set(truth)), "incidents_found": found, "seconds": round(seconds, 1),
            "reports_a_second": round(options.reports / seconds), "peak_memory_mb": memory, "b3_p": round(precision, 1),
            "b3_r": round(recall, 1), "one_more_ms_median": round(quantiles(took, n=20)[9], 1),
            "one_more_ms_95": round(quantiles(took, n=20)[18], 1), "one_more_ms_most": round(max(took), 1),
            "file_mb": round((Path(folder) / "ledger.db").stat().st_size / 1e6),
        }  # fmt: skip
    print(json.dumps(told, indent=1))
    options.figures.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
