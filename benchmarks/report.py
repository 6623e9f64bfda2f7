"""Make RESULTS.md of the measured figures: `python benchmarks/report.py`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import aims
import machines
from machines import table

HERE = Path(__file__).parent
HEAD = """# Results

Figures of the shipped model and coder. `make bench DATA=…` measures accuracy and speed, `make bench-large` the ledger, the desk, growth and a web archive
at size; each set says when it was measured. Per cent unless a name says otherwise; `n` is how many items a figure is over.

"""
DATA = """## What the data are

Nothing here was trained on a test or development part. PLV-train was read for the lexicon and four rows in five trained the event heads, so its figures are no
estimate for unseen text; those of `plv-held-out`, the fifth that was kept from training, are a better one. Nor are those of MUC, of which 60 articles were marked
and others read for errors. `wikinews-marked` are 56 raw articles that nothing was fitted on; `statements-marked` (27 of them) and `headlines-marked` (28 others)
were marked twice, and nothing was fitted on them either; nor on `actors-marked`, `figures-marked` and `circumstances-marked`, which were marked twice too
(`benchmarks/marks/GUIDE.md`: by a large language model, which no person has checked). The ranking of places was learned from GeoWebNews by
cross-validation (88.0 % of the toponyms of the articles left out lie where the gold has them); its figures are those of the weights that were learned from
all of it, and LGL's of the same weights. Three thresholds by which the network and the grammar are joined, and the share of the averaged weights,
were set with PolNeAR's development figures in view, so these are a little optimistic.

`incidents-dev` are 427 short reports of 196 incidents, written and marked by a large language model from public facts; the pairing was learned on
four folds and clusters the fifth. `b3` and `conll` are over the events that the coder found (`found`, of all marked ones), `all_conll` counts those
that it missed as missed; `acts_b3` is over long articles that were not learned from.

PolNeAR counts acts such as signing, sentencing and voting as attributions; sayso does not, since they lend nobody a voice. `make bench`
measures the network and the grammar alone beside the two together (`polnear-network`, `polnear-grammar`). Reading is bounded by the words: where a
treebank divides a typing error otherwise than sayso does, its parts of speech cannot be right.

`challenge-sample`, short texts with what a reader expects of them, is not in the repository; `accuracy.py` measures it where `--bench` names its folder.

The project's own short texts: `own-cases`, by which the coder was mended, so that they say what still fails rather than how good it is; `blind-…`, written without
sight of it and never mended for; `not-conflict`, lines of sport, weather, markets, figures of speech, of which `alarms` in a hundred are taken for conflict.

"""
FIRST = {
    "parse": ("LAS_f1", "UAS_f1", "UPOS_f1", "sentences_f1", "tokens_f1"),
    "entities": ("strict_f1", "PER_f1", "ORG_f1", "LOC_f1", "overlap_f1"),
    "attribution": ("relation_f1", "source_exact_f1", "cue_exact_f1", "content_exact_f1", "content_token_f1"),
    "statements": (
        "speaker",
        "speaker_found",
        "speaker_named",
        "speaker_unnamed",
        "speaker_nobody",
        "statement_f1",
        "kind",
        "within",
        "channel_f1",
    ),
    "headlines": ("accuracy", "real_headlines", "supported", "attributed", "unsupported"),
    "places": ("end_to_end_f1", "mention_overlap_f1", "exact_id", "accuracy_161km", "median_error_km"),
    "times": ("value_f1", "relaxed_f1", "strict_f1"),
    "events": (
        "event_f1",
        "event_p",
        "event_r",
        "right",
        "not_an_event",
        "wrong_type",
        "wrong_party",
        "wrong_realis",
        "missed",
    ),
    "circumstances": (
        "SCORE",
        "place_f1",
        "place_p",
        "place_r",
        "time_f1",
        "time_p",
        "time_r",
        "place_none",
        "time_none",
    ),
    "actors": ("country_and_sectors", "country", "sectors", "by_phrase", "by_article", "by_knowledge", "found"),
    "coreference": ("b3_f1", "b3_p", "b3_r", "link_f1", "link_p", "link_r", "found"),
    "quantities": ("measured_f1", "measured_p", "measured_r", "all_f1", "bounds", "approximate", "measure", "part"),
    "incidents": (
        "conll_f1",
        "b3_f1",
        "b3_p",
        "b3_r",
        "muc_f1",
        "ceafe_f1",
        "found",
        "all_conll_f1",
        "split_within",
        "spurious",
        "acts_b3_f1",
    ),
    "roles": (
        "micro_f1",
        "perpetrator_f1",
        "victim_f1",
        "target_f1",
        "exact_f1",
        "toll_number",
        "toll_number_and_measure",
    ),
    "expect": ("SCORE",),
    "peace": ("alarms", "missed"),
    "pairs": ("first_macro_f1", "macro_f1", "accuracy", "coverage", "type_only"),
}
TITLES = {
    "parse": "Reading: Universal Dependencies from raw text",
    "entities": "Entities",
    "attribution": "On whose word: sources, cues, contents",
    "statements": "On whose word: raw articles, statement by statement",
    "headlines": "Does the body bear out the headline",
    "places": "Where",
    "times": "When",
    "circumstances": "Where and when events were: raw articles",
    "actors": "Who: country and sectors of phrases",
    "coreference": "Who: which mentions are of one actor (GUM test, news and interviews)",
    "quantities": "How many: bounds and measures",
    "events": "What happened: raw articles, event by event",
    "pairs": "What happened, between whom",
    "incidents": "Which reports are of one incident",
    "roles": "Who did violence, who suffered it, what was hit",
    "expect": "Behaviour: checks of what a careful reader expects",
    "peace": "What is no conflict",
}


def shown(figure: Any) -> str:
    return f"{figure[0]:.1f}" if isinstance(figure, list) else f"{figure:.1f}" if figure is not None else "–"


def summary(task: str, sets: dict[str, Any]) -> str:
    names = FIRST[task]
    rows = [[name, s["date"], *(shown(s["figures"].get(n)) for n in names)] for name, s in sets.items()]
    return table(["data", "measured", *names], rows)


def details(sets: dict[str, Any]) -> str:
    rows = [
        [name, figure, shown(value), str(value[1])]
        for name, s in sets.items()
        for figure, value in s["figures"].items()
        if isinstance(value, list)
    ]
    return (
        "<details><summary>every figure</summary>\n\n"
        + table(["data", "figure", "value", "n"], rows)
        + "\n</details>\n"
    )


def of_open_sources(whole: dict[str, Any]) -> str:
    """What the same recipe reaches with those sources alone whose open licence is stated."""
    parts = [
        "## With openly licensed sources only\n\nThe model of `make train MIX=open` (EWT, GUM, UNER-EWT, WikiGold), not "
        "shipped, after one leg of 780 steps (2.3 rounds): it never saw newswire entities, attributions or events.\n\n"
    ]
    for task in ("parse", "entities"):
        parts.append(summary(task, {name: s for name, s in sorted(whole.items()) if s["task"] == task}) + "\n")
    return "".join(parts)


def of_tally() -> str:
    """Events judged one by one by a reader: `tally.toml`, where the rules stand too."""
    tallies = tomllib.loads((HERE / "tally.toml").read_text(encoding="utf-8"))
    samples = {name: t for name, t in tallies.items() if isinstance(t, dict)}
    names = ("articles", "events", "right", "wrong_type", "wrong_party", "wrong_realis", "not_an_event", "missed")
    rows = [
        [name, str(t["date"]), *(str(t.get(n, "–")) for n in names), f"{100 * t['share_right']:.1f}"]
        for name, t in samples.items()
    ]
    head = ["sample", "judged", *(n.replace("_", " ") for n in names), "right, per cent"]
    return (
        "## Events read one by one\n\nRaw articles of all subjects (`benchmarks/tally.toml`): the first three samples judged by one "
        "reader with an earlier model, the others against marks, more strictly. `fifth` is unseen: nothing was fitted on it.\n\n"
        + table(head, rows)
        + "\n"
    )


def of_calibration() -> str:
    """The reliability curve of the scores."""
    told = json.loads((HERE / "calibration.json").read_text(encoding="utf-8"))
    rows = [[f"{r['from']:.1f}", str(r["events"]), f"{r['score']:.2f}", f"{r['right']:.2f}"] for r in told["bins"]]
    return (
        "## How far a score can be taken at its word\n\nEvents of the marked raw articles by their score, and the share of "
        f"them that are events of their type (measured {told['date']}; expected calibration error {told['error']:.3f}).\n\n"
        + table(["score from", "events", "mean score", "right"], rows)
        + "\n"
    )


def main() -> None:
    whole = json.loads((HERE / "figures.json").read_text(encoding="utf-8"))
    parts = [HEAD, aims.part(), DATA]
    for task, title in TITLES.items():
        sets = {name: s for name, s in sorted(whole.items()) if s["task"] == task}
        if not sets:
            continue
        parts.append(f"## {title}\n\n")
        parts.append(summary(task, sets) + "\n")
        parts.append(details(sets) + "\n")
    if (HERE / "figures-open.json").exists():
        parts.append(of_open_sources(json.loads((HERE / "figures-open.json").read_text(encoding="utf-8"))))
    parts += [of_tally(), of_calibration(), *machines.parts()]
    (HERE / "RESULTS.md").write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
