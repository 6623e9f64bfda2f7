"""All that the model learns from, by source: `python training/corpora.py --data DATA --out FILE.pickle` keeps it."""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

from attributions import read_polnear
from documents import Document
from entities import add_entities, read_ner
from events import read_events, read_lexicon
from pairs import add_calm_pairs, read_pairs
from sayso.language import load as pipeline
from treebanks import read_ud


def load(data: Path, mix: str) -> dict[str, list[Document]]:
    """The training parts, by source. Development and test parts are never read here."""
    found: dict[str, list[Document]] = {"ewt": list(read_ud(data / "ud/ewt-train.conllu.gz", "ewt"))}
    add_entities(found["ewt"], data / "ner/uner-ewt-train.iob2.gz", "uner")
    gum = list(read_ud(data / "ud/gum-train.conllu.gz", "gum"))
    found["gum-news"] = [d for d in gum if "_news_" in d.name or "_interview_" in d.name]
    found["gum"] = [d for d in gum if d not in found["gum-news"]]
    found["gum-more"] = list(read_ud(data / "ud/gum-more-train.conllu.gz", "gum-more"))
    found["wikigold"] = list(read_ner(data / "ner/wikigold.iob2.gz", "wikigold"))
    for name in ("ewt", "gum", "gum-more"):
        add_calm_pairs(found[name])
    found["lexicon"] = list(read_lexicon(pipeline()))
    found["events"] = list(read_events(data, ("wikinews",)))
    found["brief"] = list(read_events(data, ("brief", "calm"), "brief"))
    if mix == "all":
        found["events"] = list(read_events(data, ("wikinews", "worldwide", "muc")))
        found["marked-pairs"] = list(read_events(data, ("plv",), "marked-pairs"))
        found["plv"] = list(read_pairs(data / "events/plv-train.jsonl"))
        found["worldwide"] = list(read_ner(data / "ner/worldwide-train.iob2.gz", "worldwide"))
        found["polnear"] = list(read_polnear(data / "attribution/polnear-train.jsonl.gz"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--mix", choices=("all", "open"), default="all")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(pickle.dumps(load(options.data, options.mix)))


if __name__ == "__main__":
    main()
