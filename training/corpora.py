"""All that the model learns from, by source."""

from __future__ import annotations

from pathlib import Path

from attributions import read_polnear
from documents import Document
from entities import add_entities, read_ner
from pairs import add_calm_pairs, read_pairs
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
    if mix == "all":
        found["plv"] = list(read_pairs(data / "events/plv-train.jsonl"))
        found["worldwide"] = list(read_ner(data / "ner/worldwide-train.iob2.gz", "worldwide"))
        found["polnear"] = list(read_polnear(data / "attribution/polnear-train.jsonl.gz"))
    return found
