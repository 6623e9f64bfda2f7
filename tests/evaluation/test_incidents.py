"""Incidents scored: which reports a system puts together, against gold."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import made
from sayso.coding.coder import Coder
from sayso.errors import InvalidArticle
from sayso.evaluation import evaluate
from sayso.evaluation.clusters import b_cubed, ceaf_e, links
from sayso.evaluation.incidents import score_incidents
from sayso.records import Article, Span

TEXT = "A bomb exploded and killed ten; a riot broke out. In 1998 a siege ended. A march is planned."
System = list[tuple[str, Span, str]]
at = partial(made.at, text=TEXT)


def mark(incident: str, *words: str, **flags: bool) -> dict[str, Any]:
    return {"incident": incident, "spans": [at(one) for one in words], **flags}


def row(name: str, *reports: dict[str, Any], plans: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"id": name, "text": TEXT, "reports": list(reports), "plans": [{"spans": [at(one)]} for one in plans]}


def scored(gold: list[dict[str, Any]], system: System) -> dict[str, float]:
    return {name: figure.value for name, figure in score_incidents(gold, system).items()}


BLAST, RIOT = mark("blast", "exploded", "killed"), mark("riot", "riot")
FOUR = [row("a", BLAST), row("b", BLAST), row("c", RIOT), row("d", RIOT)]
RIGHT: System = [
    ("a", at("exploded"), "x"),
    ("b", at("killed"), "x"),
    ("c", at("riot"), "y"),
    ("d", at("riot"), "y"),
]


def test_the_same_clusters_score_full_whatever_they_are_called() -> None:
    """Any word of an incident finds it; names of incidents are the system's own."""
    found = scored(FOUR, RIGHT)
    for name in ("found", "b3_f1", "muc_f1", "ceafe_f1", "conll_f1", "all_conll_f1"):
        assert found[name] == 100, name
    assert (found["split_within"], found["spurious"]) == (0, 0)


def test_two_incidents_made_one_cost_precision() -> None:
    """Worked by hand: one cluster of four against two of two."""
    found = scored(FOUR, [(article, span, "x") for article, span, _ in RIGHT])
    assert (found["b3_p"], found["b3_r"]) == (50, 100)
    assert found["muc_p"] == pytest.approx(200 / 3)
    assert found["muc_r"] == 100
    assert found["ceafe_p"] == pytest.approx(100 * 2 / 3)  # one pair, 2·2 of 4 + 2
    assert found["ceafe_r"] == pytest.approx(100 * 1 / 3)
    mean = (found["b3_f1"] + found["muc_f1"] + found["ceafe_f1"]) / 3
    assert found["conll_f1"] == pytest.approx(mean)


def test_one_incident_made_two_costs_recall() -> None:
    found = scored(FOUR, [*RIGHT[:3], ("d", at("riot"), "z")])
    assert (found["b3_p"], found["b3_r"]) == (100, 75)
    assert (found["muc_p"], found["muc_r"]) == (100, 50)
    assert found["ceafe_p"] == pytest.approx(100 * (1 + 2 / 3) / 3)
    assert found["ceafe_r"] == pytest.approx(100 * (1 + 2 / 3) / 2)


def test_what_was_missed_is_left_out_of_one_score_and_alone_in_the_other() -> None:
    gold = [*FOUR[:2], row("e", BLAST)]
    result = score_incidents(gold, RIGHT[:2])
    assert result["found"].value == pytest.approx(200 / 3)
    assert (result["conll_f1"].value, result["conll_f1"].n) == (100, 2)
    assert (result["all_b3_p"].value, result["all_b3_p"].n) == (100, 3)
    assert result["all_b3_r"].value == pytest.approx(100 * (2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert result["all_muc_r"].value == 50


def test_a_mention_goes_where_most_of_its_reports_are() -> None:
    """Of several incidents with equally many the one that the text tells of first; either way it counts as split."""
    other = ("b", at("killed"), "x")
    tied = scored(FOUR[:2], [("a", at("killed"), "z"), ("a", at("exploded"), "x"), other])
    assert (tied["b3_f1"], tied["split_within"]) == (100, 50)
    spans = ["A bomb", "exploded", "killed"]
    gold = [row("a", mark("blast", *spans)), FOUR[1]]
    most = scored(gold, [("a", at(one), name) for one, name in zip(spans, "zxx", strict=True)] + [other])
    assert (most["b3_f1"], most["split_within"]) == (100, 50)


def test_background_and_denials_are_not_asked_for() -> None:
    gold = [row("a", BLAST, mark("siege", "siege", background=True), mark("riot", "riot", denial=True))]
    assert score_incidents(gold, [])["found"].n == 1


def test_words_of_two_marks_are_one_mention() -> None:
    gold = [row("a", mark("blast", "exploded"), mark("blast", "killed"))]
    result = score_incidents(gold, [("a", at("killed"), "x")])
    assert (result["found"].value, result["found"].n) == (100, 1)


@pytest.mark.parametrize(
    ("words", "spurious"),
    [("siege", 100), ("march", 100), ("riot", 0), ("killed", 0), ("broke out", 0), ("bomb exploded", 0)],
)
def test_only_history_and_plans_are_spurious_beside_reports(words: str, spurious: float) -> None:
    """A denial and what nobody marked count neither way."""
    aside = mark("siege", "siege", background=True), mark("riot", "riot", denial=True)
    gold = [row("a", BLAST, *aside, plans=("march",))]
    assert scored(gold, [("a", at(words), "x")])["spurious"] == spurious


def test_any_report_of_an_article_without_one_is_spurious() -> None:
    system = [("a", at("ended"), "x"), ("b", at("killed"), "x")]
    assert scored([row("a", plans=("march",)), FOUR[1]], system)["spurious"] == 50


def test_reports_of_other_articles_are_passed_over() -> None:
    """So one fold can be scored on what a system made of all."""
    result = score_incidents(FOUR, [*RIGHT, ("z", at("riot"), "x")])
    assert (result["spurious"].value, result["spurious"].n) == (0, 4)


def test_nothing_found_is_no_error() -> None:
    found = scored(FOUR, [])
    assert (found["found"], found["conll_f1"], found["all_muc_f1"]) == (0, 0, 0)
    assert scored([], [])["all_conll_f1"] == 0


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"id": "a", "reports": []}, "no text"),
        ({"id": "a", "text": TEXT}, "reports"),
        ({"id": "a", "text": TEXT, "reports": [{"incident": "x", "spans": [[0, 999]]}]}, "no span of a text"),
        ({"id": "b", "text": TEXT, "reports": []}, "second article"),
    ],
)
def test_gold_that_is_none_names_its_row(wrong: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidArticle, match=rf"gold:2.*{reason}"):
        score_incidents([row("b", BLAST), wrong], [])


CLUSTERS = st.dictionaries(st.integers(0, 6), st.tuples(st.integers(0, 3), st.none() | st.integers(0, 3)))


def overlaps(gold: dict[int, int], found: dict[int, int]) -> list[tuple[set[int], set[int]]]:
    """The best of all ways to pair clusters, tried one by one."""
    chains, clusters = ([{m for m in one if one[m] == c} for c in set(one.values())] for one in (gold, found))
    few, many = sorted((chains, clusters), key=len)
    return max(([*zip(few, way, strict=True)] for way in permutations(many, len(few))), key=dice)


def dice(pairs: list[tuple[set[int], set[int]]]) -> float:
    return sum(2 * len(a & b) / (len(a) + len(b)) for a, b in pairs)


@given(CLUSTERS)
def test_clusters_are_paired_as_well_as_can_be(drawn: dict[int, tuple[int, int | None]]) -> None:
    """CEAF-e agrees with trying every pairing; no share is over 100; gold against itself is full, nothing missing."""
    gold = {mention: chain for mention, (chain, _) in drawn.items()}
    found = {mention: cluster for mention, (_, cluster) in drawn.items() if cluster is not None}
    assert ceaf_e(gold, found).right_p == pytest.approx(dice(overlaps(gold, found)))
    for measure in (b_cubed, links, ceaf_e):
        one, same = measure(gold, found), measure(gold, gold)
        assert 0 <= one.precision <= 100.001
        assert 0 <= one.recall <= 100.001
        assert (same.right_p, same.right_r) == (same.found, same.gold)


@given(CLUSTERS)
def test_precision_is_recall_the_other_way_round(drawn: dict[int, tuple[int, int | None]]) -> None:
    gold = {mention: chain for mention, (chain, _) in drawn.items()}
    found = {mention: cluster or 0 for mention, (_, cluster) in drawn.items()}
    for measure in (b_cubed, links, ceaf_e):
        assert measure(gold, found).precision == pytest.approx(measure(found, gold).recall)


FILE = Path(__file__).parents[2] / "benchmarks" / "marks" / "incidents.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_the_words_of_the_set_stand_at_their_spans() -> None:
    for one in ROWS:
        for each in one["reports"] + one["plans"]:
            assert [one["text"][start:end] for start, end in each["spans"]] == each["words"], one["id"]
        assert 40 <= len(one["text"].split()) <= 120, one["id"]
        date.fromisoformat(one["published"])


def test_a_copy_follows_the_article_that_it_repeats() -> None:
    by_id = {one["id"]: one for one in ROWS}
    assert len(by_id) == len(ROWS)
    for one in ROWS:
        if one["copy_of"] is not None:
            first = by_id[one["copy_of"]]
            assert first["copy_of"] is None
            assert first["published"] <= one["published"]
            assert {each["incident"] for each in one["reports"]} == {each["incident"] for each in first["reports"]}


def test_no_incident_of_the_set_is_in_two_folds() -> None:
    folds: defaultdict[str, set[int]] = defaultdict(set)
    for one in ROWS:
        for each in one["reports"]:
            folds[each["incident"]].add(one["fold"])
    assert all(len(found) == 1 for found in folds.values())
    assert set().union(*folds.values()) == set(range(5))


def test_the_set_scores_full_against_itself_and_is_as_large_as_said() -> None:
    news = [
        (one["id"], Span(*span), each["incident"])
        for one in ROWS
        for each in one["reports"]
        if not (each["background"] or each["denial"])
        for span in each["spans"]
    ]
    result = score_incidents(ROWS, news)
    assert (result["found"].value, result["all_conll_f1"].value) == (100, pytest.approx(100))
    assert result["spurious"].value == 0
    sizes = Counter(incident for _, incident in {(article, incident) for article, _, incident in news})
    assert sum(size > 1 for size in sizes.values()) >= 66
    assert len(ROWS) >= 220


STORIES = {
    "a": ("2022-01-05", "Rebels shelled the town of Idlib on Wednesday and killed nine people, the Herald reported."),
    "b": ("2022-01-06", "Nine people were killed on Wednesday when rebels shelled Idlib, the Tribune reported."),
    "c": ("2022-01-07", "Workers struck in Lima on Friday over their wages."),
}


def told(name: str, incident: str, *words: str) -> dict[str, Any]:
    day, text = STORIES[name]
    spans = [[text.index(one), text.index(one) + len(one)] for one in words]
    return {"id": name, "text": text, "published": day, "reports": [{"incident": incident, "spans": spans}]}


def test_codings_are_put_into_a_ledger_and_scored(coder: Coder) -> None:
    """In the order of their days, whatever the order of the gold; the user's own ledger is not touched."""
    gold = [told("c", "strike", "struck"), told("b", "shelling", "killed", "shelled"), told("a", "shelling", "shelled")]
    codings = [coder.code(Article(id=row["id"], text=row["text"], published=row["published"])) for row in gold]
    result = evaluate("incidents", gold, codings)
    assert (result.value("found"), result.value("b3_f1"), result.value("spurious")) == (100, 100, 0)
    assert result.headline == result.value("conll_f1") == 100
    assert evaluate("incidents", gold, codings[:2]).value("found") < 100


def test_rows_of_the_task_need_ids_of_their_own() -> None:
    """Missing and repeated ones are told."""
    row = told("c", "strike", "struck")
    with pytest.raises(InvalidArticle, match=r"id: Field required"):
        evaluate("incidents", [{name: value for name, value in row.items() if name != "id"}], [])
    with pytest.raises(InvalidArticle, match=r"a second article with the id 'c'"):
        evaluate("incidents", [row, row], [])
