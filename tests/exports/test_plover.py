"""PLOVER records: one a report, and on whose word."""

from __future__ import annotations

import json

from exports.dossiers import HOSTILE, all_of_them, denied, disputed, nowhere
from sayso.exports.plover import lines, records


def test_one_line_of_json_a_report() -> None:
    for dossier in all_of_them():
        found = list(lines(dossier))
        assert [line.count("\n") for line in found] == [1] * len(dossier.incident.reports)
        assert [json.loads(line) for line in found] == list(map(json.loads, map(json.dumps, records(dossier))))


def test_a_record_says_who_did_what_to_whom_where_and_when() -> None:
    record = next(records(disputed()))
    assert (record["event_id"], record["incident_id"], record["article_id"]) == ("city-1/e1", "i1", "city-1")
    assert (record["type"], record["mode"], record["contexts"], record["cameo"]) == (
        "ASSAULT",
        "primitive",
        ["crime"],
        "180",
    )
    assert (record["date"], record["realis"], record["background"]) == ("2022-01-05", "actual", False)
    (actor,) = record["actors"]
    assert (actor["name"], actor["text"], actor["country"], actor["sectors"]) == (
        "rioters",
        "Rioters",
        "KAZ",
        ["OPP", "CVL"],
    )
    assert [r["name"] for r in record["recipients"]] == ["guards"]
    assert (record["place"]["name"], record["place"]["precision"]) == ("Almaty", "settlement")
    assert (record["figures"][0]["measure"], record["figures"][0]["low"], record["figures"][0]["high"]) == (
        "killed",
        12,
        None,
    )


def test_spans_are_where_the_words_are() -> None:
    for dossier in all_of_them():
        for record in records(dossier):
            words = dossier.codings[record["article_id"]].article.text
            for told in (record, *record["actors"], *record["recipients"], *record["figures"]):
                start, end = told["span"]
                assert words[start:end] == told["text"]


def test_attribution_and_standing_travel() -> None:
    city, wire, copy = records(disputed())
    assert city["origin"] == {"id": "o1", "name": "the interior ministry", "kind": "speaker"}
    assert city["voices"] == [{"speaker": "the interior ministry", "act": "say", "kind": "indirect"}]
    assert (city["channels"], city["standing"]) == (["Radio North"], "disputed")
    assert (wire["copy_of"], copy["copy_of"]) == (None, "wire-1")
    (strike,) = records(denied())
    assert [d["speaker"] for d in strike["denials"]] == ["army spokesman Rado"]


def test_what_is_not_known_is_null() -> None:
    (record,) = records(nowhere())
    assert (record["date"], record["origin"], record["published"]) == (None, None, None)
    assert record["place"]["latitude"] is None
    assert record["recipients"][0]["name"] == HOSTILE
