"""Roles against the MUC-3/4 keys: `python benchmarks/muc.py --data DATA [--every N] [--first N] [--no-write]`.

Codes the articles of `events/muc-dev.jsonl.gz` (the development set, TST1 and TST2 with their full keys) and scores who
did violence, who suffered it and what was hit, as `sayso.evaluation.roles` says. The keys of all templates of an article
are put together: perpetrators are the individuals and the organisations, victims the names and the descriptions of
human targets, targets the physical ones. What a template or a filler marks as optional may be found or not; so may what
belongs to other incidents than ATTACK, BOMBING, KIDNAPPING, ARSON and ROBBERY. Articles without a template count: what is
found there is false. `--every N` takes each Nth article. Writes the figures as `muc-dev` into `benchmarks/figures.json`.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import sayso
from sayso.evaluation.files import read_lines
from sayso.evaluation.roles import RoleEntity, RoleKeys, score_roles
from tolls import score_tolls, tolls

FIGURES = Path(__file__).parent / "figures.json"
SET = "events/muc-dev.jsonl.gz"
SLOTS = {
    "perpetrator": ("perp_individual_id", "perp_organization_id"),
    "victim": ("hum_tgt_name", "hum_tgt_description"),
    "target": ("phys_tgt_id",),
}
INCIDENTS = frozenset(("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY"))
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
"""A string of a key; a quotation mark inside stands behind a backslash."""


def entity(value: str, optional: bool) -> RoleEntity | None:
    """One value of a slot: alternatives with "/" between, or `"description": "name"`, which are one entity."""
    phrases = tuple(" ".join(q.replace('\\"', '"').split()) for q in QUOTED.findall(value))
    return RoleEntity(phrases, optional or value.lstrip().startswith("?")) if phrases else None


def keys(templates: Iterable[dict[str, Any]]) -> RoleKeys:
    """The entities of an article's templates, by role."""
    found: dict[str, list[RoleEntity]] = {role: [] for role in SLOTS}
    for template in templates:
        kinds = {part.strip() for value in template["incident_type"] for part in value.split("/")}
        optional = bool(template["optional"]) or not kinds & INCIDENTS
        for role, slots in SLOTS.items():
            values = (entity(value, optional) for slot in slots for value in template[slot])
            found[role] += [one for one in values if one is not None]
    return RoleKeys(*(tuple(found[role]) for role in SLOTS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the article to begin with")
    parser.add_argument("--model", type=Path, help="folder of another model than the shipped one")
    parser.add_argument("--no-write", action="store_true", help="only print")
    options = parser.parse_args()
    began = time.monotonic()
    articles = [json.loads(line) for line in read_lines(options.data / SET)][options.first :: options.every]
    coder = sayso.load(options.model) if options.model else sayso.load(time_limit=600)
    rows, hurt = [], []
    for article in articles:
        try:
            coding = coder(article["text"], id=article["id"], published=article["published"])
        except sayso.InputError as error:
            print(f"  {error}")
            coding = None
        rows.append((keys(article["templates"]), coding))
        hurt.append((tolls(article["templates"]), coding))
    scored = score_roles(rows)
    figures = [*scored.figures, *score_tolls(hurt)]
    for figure in figures:
        print(f"{figure.name:24} {figure.value:5.1f} {figure.n:6}")
    print(f"SCORE {scored.headline:.1f}  {len(rows)} articles, {time.monotonic() - began:.0f} s")
    if not options.no_write:
        found = {"SCORE": round(scored.headline, 1)} | {f.name: [round(f.value, 1), f.n] for f in figures}
        found["articles"] = [len(rows), len(rows)]
        whole = json.loads(FIGURES.read_text(encoding="utf-8"))
        whole["muc-dev"] = {"task": "roles", "date": date.today().isoformat(), "figures": found}
        FIGURES.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
