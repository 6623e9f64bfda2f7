"""The desk over a large ledger: `python benchmarks/desk.py --incidents 100000`.

Makes a ledger of synthetic incidents, each with its reports, articles and origins (as `benchmarks/scale.py` makes them, but with the incident
of each report known), computes their records as `sayso` does, and asks the desk for its pages. Written to `benchmarks/desk.json`: for each
address the median and the worst of its times in milliseconds, from the request to the whole answer, without a network; and of SQLite's, which
works in the same process, how long the processor was at it, whatever else the machine did.

`--ledger` names the ledger (a path or an address): one that has incidents is asked as it is, so that making it is paid for once.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, islice
from pathlib import Path
from statistics import median
from typing import Any

from rich.progress import Progress, track
from sqlalchemy import func, insert, select, text
from starlette.testclient import TestClient

from sayso.desk import Settings, create_app
from sayso.ledger import Ledger
from sayso.ledger.database import writing
from sayso.ledger.people.accounts import grant, named, open_account
from sayso.ledger.schema import article, event, incident, origin
from scale import VOCABULARY, reports

FILE = Path(__file__).with_name("desk.json")
TIMES = 7
ORIGINS = 3_000
KINDS = ("speaker", "speaker", "speaker", "speaker", "agency", "agency", "channel", "document")
REALIS = ("attempted", "future", "hypothetical", "negated")
PAGE = 2_000
ASKED = {
    "situation": "/",
    "situation: a page far on": "/?page=2000",
    "filter: standing": "/?standing=disputed",
    "filter: type": "/?type=ASSAULT",
    "filter: period": "/?since=2018-03-01&until=2018-04-15",
    "filter: place": "/?place=Lagos",
    "filter: country": "/?place=IND",
    "filter: who": "/?actor=party+77",
    "filter: source": "/?source=outlet+12",
    "filter: area": "/?box=20,40,40,60",
    "filter: several": "/?type=ASSAULT&standing=corroborated&since=2016-01-01&source=outlet&box=-20,-30,60,60",
    "filter: told as future": "/?realis=future",
    "map": "/situation/map.json",
    "map: fine": "/situation/map.json?size=0.05",
    "map: near": "/situation/map.json?size=0.05&box=20,40,40,60",
    "map: filtered": "/situation/map.json?source=outlet+12&size=1",
    "search": "/search?q=market",
    "search: filtered": "/search?q=market+-riot&type=ASSAULT",
    "sources": "/sources",
    "sources: who cites whom": "/sources/citations.json",
}
"""What is asked for, by what it is."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--ledger")
    parser.add_argument("--only", default="", help="addresses whose name begins so")
    parser.add_argument("--figures", type=Path, default=FILE)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.ledger or str(Path(folder) / "ledger.db")
        with Ledger.open(url) as ledger:
            made = prepare(ledger, options.incidents)
        told = {
            "date": date.today().isoformat(),
            "database": ledger.engine.dialect.name,
            **made,
            "milliseconds": measured(url, options.only),
        }
    print(json.dumps(told, indent=1))
    if not options.only:
        kept = json.loads(options.figures.read_text(encoding="utf-8")) if options.figures.exists() else {}
        kept[told["database"]] = told
        options.figures.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def measured(url: str, only: str) -> dict[str, dict[str, float]]:
    """Median and worst by address, after one request that warms what is kept."""
    app = create_app(Settings(ledger=url, hosts=("testserver",)))
    with writing(app.state.desk.ledger.engine) as connection:
        who = named(connection, "reader") or open_account(connection, "reader", "admin", None, who="benchmark")
        secret = grant(connection, who.id, "session", "benchmark", timedelta(hours=1))
    found = {}
    with TestClient(app, cookies={app.state.desk.cookie: secret}) as client:
        for name, address in ASKED.items():
            if name.startswith(only):
                took, busy = zip(*[_once(client, address) for _ in range(TIMES + 1)][1:], strict=True)
                found[name] = {
                    "median": round(median(took), 1),
                    "most": round(max(took), 1),
                    "processor": round(median(busy), 1),
                }
    return found


def _once(client: TestClient, address: str) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processor's work."""
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    took = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return took


def prepare(ledger: Ledger, wanted: int) -> dict[str, int]:
    """Fill a ledger that is empty; how much it holds."""
    with ledger.engine.connect() as connection:
        is_empty = connection.execute(select(func.count()).select_from(event)).scalar_one() == 0
    if is_empty:
        fill(ledger, wanted, random.Random(1))
    with Progress() as progress:
        task = progress.add_task("computing records", total=1.0)
        ledger.refresh(lambda _, share: progress.update(task, completed=share))
    if is_empty:
        with ledger.engine.connect() as connection:
            connection.execute(text("ANALYZE"))
            connection.commit()
    counted = ledger.stats()
    return {name: int(counted[name]) for name in ("incidents", "reports", "articles")}


def fill(ledger: Ledger, wanted: int, chance: random.Random) -> None:
    """Write incidents with their reports; every fifth article tells something else too, that is no report."""
    with writing(ledger.engine) as connection:
        kinds = chance.choices(KINDS, k=ORIGINS)
        rows = [
            {"id": n + 1, "key": f"{kind}:{n}", "name": f"{kind} {n}", "kind": kind} for n, kind in enumerate(kinds)
        ]
        connection.execute(insert(origin), rows)
    made = (list(group) for _, group in groupby(reports(chance), key=lambda one: one[0]))
    numbers = iter(range(1, 1 << 40))
    for start in track(range(0, wanted, PAGE), "making incidents"):
        articles: list[dict[str, Any]] = []
        events: list[dict[str, Any]] = []
        told = list(islice(made, min(PAGE, wanted - start)))
        for at, group in enumerate(told, start + 1):
            voices = [1 + int(ORIGINS * chance.random() ** 3) for _ in range(chance.choice((1, 1, 2, 3)))]
            for _, printed, row in group:
                number = next(numbers)
                title = f"{row['type'].capitalize()} reported in {row['place'] or 'the country'}"
                articles.append({**printed, "id": number, "key": f"a{number}", "title": title})
                events += _events(chance, number, at, row, voices)
        with writing(ledger.engine) as connection:
            keys = [
                {"id": start + at, "key": f"i{start + at:010x}", "made": "2024-01-01", "stale": True}
                for at in range(1, len(told) + 1)
            ]
            connection.execute(insert(incident), keys)
            connection.execute(insert(article), articles)
            connection.execute(insert(event), events)
            _index(connection, articles, chance)


def _events(
    chance: random.Random, number: int, at: int, row: dict[str, Any], voices: list[int]
) -> Iterator[dict[str, Any]]:
    facts = json.loads(row["facts"])
    if facts["place"]:
        facts["place"] |= {"latitude": row["latitude"], "longitude": row["longitude"], "precision": row["precision"]}
        row = {**row, "facts": json.dumps(facts)}
    sides = (*facts["who"], *facts["whom"])
    parties = "\n".join(" ".join([name, country or "", *sectors]) for name, country, sectors in sides).lower()
    whose = chance.choice(voices) if chance.random() < 0.8 else None
    common = {**row, "article": number, "parties": parties, "trigger": "attacked", "trigger_end": 8}
    yield {**common, "origin": whose, "incident": at}
    if chance.random() < 0.04:
        yield {**common, "name": "e2", "role": "denial", "origin": chance.choice(voices), "incident": at}
    if chance.random() < 0.2:
        yield {
            **common,
            "name": "e3",
            "role": "other",
            "realis": chance.choice(REALIS),
            "origin": whose,
            "incident": None,
        }


def _index(connection: Any, articles: list[dict[str, Any]], chance: random.Random) -> None:
    """Words of each article, for the full text."""
    column = "rowid" if connection.dialect.name == "sqlite" else "article"
    rows = [
        {
            "id": one["id"],
            "title": one["title"],
            "body": " ".join(
                [
                    "market" if chance.random() < 0.1 else "street",
                    *(f"word{int(VOCABULARY * chance.random() ** 2)}" for _ in range(60)),
                ]
            ),
        }
        for one in articles
    ]
    connection.execute(
        text(f"INSERT INTO words ({column}, title, body) VALUES (:id, :title, :body)"), rows
    )  # our own names


if __name__ == "__main__":
    main()
