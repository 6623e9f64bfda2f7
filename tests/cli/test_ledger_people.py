"""What people do in a ledger from the command line: correct, reply, judge, decide."""

from __future__ import annotations

import json
from pathlib import Path

from cli.ledgers import Done, Sayso, refused, rows
from sayso.records import Incident


def test_people_correct_and_editors_accept(run: Sayso, url: Path) -> None:
    """What is accepted is in exports that ask for it; what the coder said stays in the others."""

    def types(*more: str) -> set[str]:
        told = [
            Incident.model_validate(row) for row in rows(run("export", "-f", "jsonl", "--actor", "Ministry", *more))
        ]
        return {one.type for one in told if any(report.article == ministry for report in one.reports)}

    (ministry,) = [str(row["article"]) for row in rows(run("search", '"armed bands"'))]
    sql = f"SELECT trigger, trigger_start FROM events WHERE article = '{ministry}' AND type = 'ACCUSE' AND role = 'report'"
    trigger = str(rows(run("query", sql, "-f", "jsonl"))[0]["trigger"])
    made = run("annotate", ministry, trigger, "--field", "events/type", "--value", "REJECT", "--who", "Ada")
    assert (made.err, made.status) == ("", 0)
    (identifier,) = made.lines
    assert types("--with-corrections") == types()
    assert run("review", "accepted", identifier, "--who", "Bo", "--why", "so it is") == Done("", "", 0)
    assert "ACCUSE" in types()
    assert "ACCUSE" not in types("--with-corrections")
    assert identifier in run("export", "-f", "annotations", "--type", "ACCUSE").out
    refused(run("review", "accepted", identifier), identifier, "already")
    told = [(line["who"], line["action"]) for line in rows(run("ledger", "log"))]
    assert told == [("Ada", "annotate:editing"), ("Bo", "accepted")]


def test_remarks_and_replies(run: Sayso, url: Path) -> None:
    first = run("annotate", "05-local-reporter", "Tole Bi Street", "--body", "Where is it?", "--kind", "questioning")
    second = run(
        "annotate", "05-local-reporter", "Tole Bi Street", "--body", "In the centre.", "--reply-to", first.lines[0]
    )
    assert (first.status, second.status) == (0, 0)
    noted = rows(run("query", "SELECT annotation, kind, body, reply_to FROM annotations", "-f", "jsonl"))
    assert [(row["kind"], row["body"]) for row in noted] == [
        ("questioning", "Where is it?"),
        ("replying", "In the centre."),
    ]
    assert noted[1]["reply_to"] == noted[0]["annotation"]


def test_a_verdict_is_a_persons_and_an_editor_accepts_it(run: Sayso, url: Path) -> None:
    """Only then is it a ClaimReview."""

    def reviews() -> list[tuple[str, str]]:
        graph = json.loads(run("export", "-f", "jsonld", "--type", "PROTEST").out)["@graph"]
        told = [node for node in graph if node["@type"] == "ClaimReview"]
        return [(node["author"]["name"], node["reviewRating"]["alternateName"]) for node in told]

    incident = Incident.model_validate(rows(run("incidents", "--type", "PROTEST"))[0])
    sql = f"SELECT trigger FROM events WHERE article = '{incident.reports[0].article}' AND event = '{incident.reports[0].event}'"
    words = str(rows(run("query", sql, "-f", "jsonl"))[0]["trigger"])
    made = run(
        "annotate", incident.reports[0].article, words, "--incident", incident.id, "--body", "Confirmed", "--who", "Ada"
    )
    assert (made.err, made.status, reviews()) == ("", 0, [])
    run("review", "accepted", made.lines[0], "--who", "Bo")
    assert reviews() == [("Ada", "Confirmed")]


def test_people_join_and_part_incidents(run: Sayso, url: Path) -> None:
    """It prints the incident that comes of it; it holds when all is found anew."""
    one, two = (Incident.model_validate(row) for row in rows(run("incidents", "--type", "PROTEST"))[:2])
    joined = run("decide", "join", one.id, two.id, "--who", "Ada", "--why", "one unrest")
    assert joined == Done(f"{one.id}\n", "", 0)
    kept = {row["id"]: row for row in rows(run("incidents", "--type", "PROTEST"))}
    assert two.id not in kept
    assert len(Incident.model_validate(kept[one.id]).reports) == len(one.reports) + len(two.reports)
    reports = [f"{report.article}/{report.event}" for report in two.reports]
    parted = run("decide", "part", one.id, *reports, "--who", "Ada")
    assert parted.status == 0
    assert parted.lines[0] in {row["id"] for row in rows(run("incidents", "--type", "PROTEST"))}
    done = run("ledger", "recluster")
    assert done.out.endswith(" reports are of another incident now\n")
    told = [Incident.model_validate(row) for row in rows(run("incidents", "--type", "PROTEST"))]
    apart = {(r.article, r.event): incident.id for incident in told for r in incident.reports}
    assert {apart[r.article, r.event] for r in one.reports}.isdisjoint(apart[r.article, r.event] for r in two.reports)
    assert [line["action"] for line in rows(run("ledger", "log"))] == ["join", "part"]
