"""What readers report is kept, applied where an editor accepts it, and answered where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults
from desk.talked import ADDRESS, KEY, add, at, span
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.ledger.database import reading
from sayso.ledger.dossier import Annotation
from sayso.ledger.people.agreeing import agreement
from sayso.ledger.people.proposals import FAULTS
from sayso.ledger.people.reports import Wanted, found
from sayso.records import Coding

Client = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def _strange(ledger: Ledger, coder: Coder) -> None:
    add(ledger, coder)


def send(client: TestClient, words: str, fault: str, proposal: str = "", note: str = "") -> None:
    given = {**at(words), "fault": fault, "proposal": proposal, "note": note}
    answer = client.post(f"{ADDRESS}/reports", data=given)
    assert answer.status_code == 303, answer.text


def last(ledger: Ledger) -> Annotation:
    return ledger.annotations(KEY)[-1]


def corrected(ledger: Ledger) -> Coding:
    coding = ledger.corrected(KEY)
    assert coding is not None
    return coding


CORRECTIONS = [
    ("shot dead", "not-event", "", "events", lambda c: [e.type for e in c.events], ["COERCE"]),
    ("shot dead", "place", "Aktau", "events/place", lambda c: c.find(c.events[0].place).geonameid, 610612),
    ("Aktau", "place", "Tripoli, Lebanon", "places", lambda c: [p.country for p in c.places if p.name == "Tripoli"], ["LBN"]),
    ("shot dead", "time", "2022-01-03/2022-01-04", "events/time", lambda c: c.find(c.events[0].time).end, "2022-01-04"),
    ("Friday", "time", "7 January 2021", "times", lambda c: [t.start for t in c.times if t.text == "Friday"], ["2021-01-07"]),
    ("seven", "number", "at least 17", "figures", lambda c: (c.figures[0].low, c.figures[0].high), (17, None)),
    ("12 people", "number", "1,000-1,200", "figures", lambda c: (c.figures[1].low, c.figures[1].high), (1000, 1200)),
    ("said", "voice", "Police", "statements/speaker", lambda c: c.find(c.statements[0].speaker).name, "Police"),
    ("Soldiers shot", "voice", "the article", "statements", lambda c: len(c.events[0].statements), 0),
]  # fmt: skip


@pytest.mark.parametrize(("words", "fault", "proposal", "field", "read", "expected"), CORRECTIONS)
def test_what_can_be_applied_is_applied_once_it_is_accepted(
    client_of: Client, ledger: Ledger, words: str, fault: str, proposal: str, field: str, read: Callable[[Coding], object], expected: object,
) -> None:  # fmt: skip
    before = read(corrected(ledger))
    send(client_of("reader"), words, fault, proposal)
    said = last(ledger)
    assert (said.field, said.kind, said.state) == (field, "editing", "open")
    assert read(corrected(ledger)) == before != expected
    assert client_of("editor").post(f"/reports/{said.id}/accept").status_code == 303
    assert read(corrected(ledger)) == expected


@pytest.mark.parametrize(
    ("words", "fault", "proposal"),
    [
        ("Взрыв", "typo", "Взрывы"),
        ("Police came", "missed", "arrival"),
        ("Soldiers", "party", "police"),
        ("Aktau", "place", "Nowhereville-on-Sea"),
        ("Friday", "time", "someday"),
        ("12 people", "number", "many"),
        ("12 people", "number", "20-10"),
        ("Police left", "not-event", ""),
        ("قال", "voice", "الناطق"),
        ("📵", "other", ""),
    ],
)
def test_what_cannot_be_applied_is_kept_as_a_remark(
    client_of: Client, ledger: Ledger, words: str, fault: str, proposal: str
) -> None:
    before = corrected(ledger)
    send(client_of("reader"), words, fault, proposal, "seen\nthere")
    said = last(ledger)
    assert (said.field, said.exact) == (None, words)
    assert said.kind == ("editing" if proposal else "questioning")
    client_of("editor").post(f"/reports/{said.id}/accept")
    assert corrected(ledger) == before
    with reading(ledger.engine) as connection:
        _, (report,) = found(connection, Wanted(state="accepted", fault=fault))
    assert (report.fault, report.proposal, report.remark) == (fault, proposal, "seen\nthere")


def test_an_unknown_kind_of_error_is_refused(client_of: Client, ledger: Ledger) -> None:
    assert client_of().post(f"{ADDRESS}/reports", data={**at("Soldiers"), "fault": "ugly"}).status_code == 422
    assert (
        client_of()
        .post(f"{ADDRESS}/reports", data={**at("Soldiers"), "fault": "other", "note": "x" * 5000})
        .status_code
        == 422
    )
    assert ledger.annotations(KEY) == []


def test_a_reason_is_needed_to_decline_and_the_reporter_reads_it(client_of: Client, ledger: Ledger) -> None:
    reader, editor = client_of("reader"), client_of("editor")
    send(reader, "shot dead", "not-event")
    said = last(ledger)
    assert editor.post(f"/reports/{said.id}/decline", data={"why": " "}).status_code == 422
    assert editor.post(f"/reports/{said.id}/decline", data={"why": "It <b>was</b>"}).status_code == 303
    mine = reader.get("/reports?mine=1").text
    assert "declined" in mine
    assert "It &lt;b&gt;was&lt;/b&gt;" in mine
    assert editor.post(f"/reports/{said.id}/accept").status_code == 422


def test_only_editors_decide_and_assign(client_of: Client, ledger: Ledger) -> None:
    send(client_of("reader"), "shot dead", "not-event")
    number = last(ledger).id
    for deed in ("accept", "decline", "assign"):
        assert client_of("coder").post(f"/reports/{number}/{deed}", data={"why": "x"}).status_code == 403
    assert last(ledger).state == "open"


def test_a_report_is_assigned_to_an_editor_alone(client_of: Client, ledger: Ledger) -> None:
    editor, reader = client_of("editor"), client_of("reader")
    send(reader, "shot dead", "not-event")
    number = last(ledger).id
    assert editor.post(f"/reports/{number}/assign", data={"to": "the-reader"}).status_code == 422
    assert editor.post(f"/reports/{number}/assign", data={"to": "the-editor"}).status_code == 303
    assert number in editor.get("/reports?assigned=me").text
    assert number not in editor.get("/reports?assigned=-").text
    assert "assign" in {line["action"] for line in ledger.audit_log()}


def test_a_reporter_withdraws_his_own_report_and_nobody_elses(client_of: Client, ledger: Ledger) -> None:
    send(client_of("reader"), "shot dead", "not-event")
    number = last(ledger).id
    assert client_of("coder").post(f"/reports/{number}/withdraw").status_code == 422
    assert client_of("reader").post(f"/reports/{number}/withdraw").status_code == 303
    assert last(ledger).state == "withdrawn"


def test_a_correction_is_undone_by_withdrawing_it(client_of: Client, ledger: Ledger) -> None:
    editor, before = client_of("editor"), corrected(ledger)
    send(editor, "shot dead", "not-event")
    editor.post(f"/reports/{last(ledger).id}/accept")
    editor.post(f"/reports/{last(ledger).id}/withdraw")
    assert corrected(ledger) == before


@pytest.mark.parametrize(
    "back", ["state=all&page=2", "https://evil.example/", "//evil.example", "told=x&state=%0d%0aSet-Cookie:x"]
)
def test_the_way_back_is_to_the_list_whatever_is_sent(client_of: Client, ledger: Ledger, back: str) -> None:
    editor = client_of("editor")
    send(editor, "shot dead", "not-event")
    where = editor.post(f"/reports/{last(ledger).id}/accept", data={"back": back}).headers["location"]
    assert re.fullmatch(r"/reports\?[\w=&%.+-]*told=accepted", where)


def test_the_queue_is_narrowed(client_of: Client, ledger: Ledger) -> None:
    """By what is wrong: as its reporter says, or by the field of a correction that came otherwise."""
    editor = client_of("editor")
    send(client_of("reader"), "shot dead", "not-event")
    send(client_of("reader"), "Soldiers", "party", "police")
    ledger.annotate(
        KEY, span("arrested"), kind="editing", creator="cli", field="events/place", value=None, body="not there"
    )
    ledger.annotate(KEY, span("arrested"), kind="editing", creator="cli", field="events/recipients", value=[])
    assert "<h2>Wrong party</h2>" in editor.get("/reports").text
    assert "<h2>Something else</h2>" not in editor.get("/reports").text
    shown = {fault: editor.get("/reports", params={"fault": fault}).text.count('class="panel"') for fault in FAULTS}
    assert {fault: number for fault, number in shown.items() if number} == {"not-event": 1, "party": 2, "place": 1}
    assert editor.get("/reports").text.count('class="panel"') == 4
    assert editor.get("/reports", params={"article": KEY, "state": "all"}).text.count('class="panel"') == 4
    assert "No such report" in editor.get("/reports?article=none").text
    assert client_of("coder").get("/reports").text.count('class="panel"') == 0


@pytest.mark.parametrize("asked", ["state=eaten", "fault=ugly", f"article={'a' * 600}", "assigned=%00"])
def test_a_filter_that_makes_no_sense_is_refused(client_of: Client, asked: str) -> None:
    assert client_of("editor").get(f"/reports?{asked}").status_code == 422


def test_a_report_of_words_that_are_gone_says_so(client_of: Client, ledger: Ledger, coder: Coder) -> None:
    send(client_of("reader"), "shot dead", "not-event")
    coding = ledger.coding(KEY)
    assert coding is not None
    ledger.add(coder.code(coding.article.model_copy(update={"text": "Nothing happened.", "blocks": ()})))
    assert "These words are not in the article any more." in client_of("editor").get("/reports").text


def test_agreement_is_over_the_same_words_and_field(client_of: Client, ledger: Ledger) -> None:
    for who, word in (("ann", "COERCE"), ("bob", "COERCE"), ("cid", "PROTEST")):
        ledger.annotate(KEY, span("shot dead"), kind="editing", creator=who, field="events/type", value=word)
    ledger.annotate(KEY, span("arrested"), kind="editing", creator="ann", field="events/type", value="PROTEST")
    ledger.annotate(KEY, span("arrested"), kind="editing", creator="ann", field="events/type", value="ASSAULT")
    ledger.annotate(KEY, span("arrested"), kind="editing", creator="bob", field="events/type", value="ASSAULT")
    with reading(ledger.engine) as connection:
        (one,) = agreement(connection)
    # Two values of three and of two: 1 - 4 * (4 / 2) / (25 - 9)
    assert (one.field, one.units, one.people, one.alpha) == ("events/type", 2, 3, pytest.approx(0.5))
    assert "0.50" in client_of("editor").get("/reports").text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_editor_accepts_and_the_article_has_it(visit: Visit, client_of: Client, width: int, scheme: str) -> None:
    send(client_of("reader"), "shot dead", "place", "Aktau", "The ministry says so.")
    send(client_of("reader"), "стреляли", "typo", "ушли")
    page = visit("/reports", width=width, scheme=scheme)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one = page.locator(".panel", has_text="Wrong place")
    assert one.locator("del").inner_text() == "Almaty (KAZ)"
    assert one.locator("ins").inner_text() == "Aktau (KAZ)"
    assert one.locator("mark").inner_text() == "shot dead"
    one.locator("button:text('Accept')").click()
    page.wait_for_selector(".done")
    assert page.locator(".panel").count() == 1
    page.goto(page.url.split("/reports")[0] + ADDRESS)
    assert page.locator(".note.corrected ins").inner_text() == "Aktau (KAZ)"


def test_a_queue_without_reports_says_what_will_come(visit: Visit) -> None:
    assert "Nothing waits for you" in visit("/reports").inner_text("main")
    assert "You have reported nothing yet" in visit("/reports", role="reader").inner_text("main")
