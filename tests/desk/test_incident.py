"""An incident's page: who says what, in whose words; and editors merge, split, confirm and judge it, with reasons."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults
from sayso.ledger import Ledger
from sayso.records import Article, Coding, Incident

Client = Callable[..., TestClient]


def largest(ledger: Ledger) -> Incident:
    return max(ledger.incidents(), key=lambda one: len(one.reports))


def disputed(ledger: Ledger) -> Incident:
    """Of which two origins give numbers of dead that cannot both be true."""
    return next(one for one in ledger.incidents() if one.standing == "disputed" and "killed" in one.values)


def two(ledger: Ledger) -> tuple[Incident, Incident]:
    one, other, *_ = sorted(ledger.incidents(), key=lambda one: -len(one.reports))
    return one, other


def by_id(ledger: Ledger, key: str) -> Incident:
    found = ledger.incident(key)
    assert found is not None
    return found


def names(incident: Incident) -> set[str]:
    return {f"{one.article}/{one.event}" for one in incident.reports}


def test_it_says_what_it_is_and_why_it_stands_so(client_of: Client, ledger: Ledger) -> None:
    one = disputed(ledger)
    text = client_of().get(f"/incidents/{one.id}").text
    assert "<h1>Assault" in text
    assert one.because in text
    assert f"<b>{len(one.reports)}</b> report" in text
    assert f"<b>{len(one.origins)}</b> origin" in text


def test_an_unknown_incident_is_told_in_words(client_of: Client) -> None:
    answer = client_of().get("/incidents/i0000000000")
    assert answer.status_code == 404
    assert "The ledger has no incident i0000000000" in answer.text


@pytest.mark.parametrize("key", ["x" * 5000, "%00", "%F0%9F%98%80", "<script>"])
def test_no_id_breaks_it(client_of: Client, key: str) -> None:
    answer = client_of().get(f"/incidents/{key}")
    assert answer.status_code in (404, 307)
    assert "<script>" not in answer.text.replace('<script type="module"', "")


def test_a_merged_incident_leads_to_the_one_it_became(client_of: Client, ledger: Ledger) -> None:
    one, other = two(ledger)
    ledger.join(one.id, other.id, who="me")
    answer = client_of().get(f"/incidents/{other.id}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/incidents/{one.id}")


def test_every_origin_is_a_column_and_every_value_has_its_words(client_of: Client, ledger: Ledger) -> None:
    one = disputed(ledger)
    text = client_of().get(f"/incidents/{one.id}").text
    table = text[text.index('<table class="matrix">') : text.index("</table>")]
    for origin in one.origins:
        assert origin.name in table
    for value in one.values["killed"]:
        coding = ledger.coding(value.article)
        assert coding is not None
        assert f"<mark>{' '.join(value.span.of(coding.article.text).split())}</mark>" in table
        assert f'href="/articles/{value.article}?at={value.span.start}-{value.span.end}#here"' in table
    assert "contradicts Interior Ministry of Kazakhstan" in table


def test_the_toll_is_drawn_with_a_table_of_the_same_numbers(client_of: Client, ledger: Ledger) -> None:
    text = client_of().get(f"/incidents/{disputed(ledger).id}").text
    assert 'aria-label="Killed over time by origin' in text
    assert '<td class="number">200</td><td class="number">open</td>' in text


def test_what_each_calls_them(client_of: Client, ledger: Ledger) -> None:
    text = client_of().get(f"/incidents/{disputed(ledger).id}").text
    labels = text[text.index('<table class="labels">') :]
    assert "armed criminals" in labels
    assert "protesters" in labels


def test_words_of_an_article_are_never_markup(client_of: Client, ledger: Ledger, six: list[Coding]) -> None:
    """Whatever an article's title and text hold."""
    hostile = '<img src=x onerror="alert(1)">'
    article = six[0].article
    changed = Article(
        **{**article.model_dump(exclude={"id"}), "id": "hostile/é?#", "title": hostile, "outlet": hostile}
    )
    ledger.add(six[0].model_copy(update={"article": changed}))
    ledger.refresh()
    for one in ledger.incidents():
        answer = client_of("editor").get(f"/incidents/{one.id}")
        assert answer.status_code == 200
        assert "<img" not in answer.text
    assert "/articles/hostile%2F%C3%A9%3F%23?at=" in "".join(
        client_of().get(f"/incidents/{i.id}").text for i in ledger.incidents()
    )


def test_an_accepted_correction_shows_at_once(client_of: Client, ledger: Ledger) -> None:
    one = disputed(ledger)
    value = next(v for v in one.values["killed"] if v.value == "26")
    made = ledger.annotate(value.article, value.span, kind="editing", creator="r", field="figures/low", value=4444)
    ledger.review(made, "accepted", who="e")
    assert "4,444" in client_of().get(f"/incidents/{one.id}").text


def test_readers_see_no_forms_and_decide_nothing(client_of: Client, ledger: Ledger) -> None:
    one, other = two(ledger)
    for role in ("reader", "coder"):
        client = client_of(role)
        assert "Merge into this one" not in client.get(f"/incidents/{one.id}").text
        for act in ("merge", "split", "confirm", "verdict", "undo"):
            answer = client.post(f"/incidents/{one.id}/{act}", data={"why": "x", "other": other.id, "line": "1"})
            assert answer.status_code == 403, act
    assert ledger.audit_log() == [] or all(row["action"] not in ("join", "part") for row in ledger.audit_log())


def test_merging_needs_a_reason_and_is_in_the_log(client_of: Client, ledger: Ledger) -> None:
    one, other = two(ledger)
    client = client_of("editor")
    assert client.post(f"/incidents/{one.id}/merge", data={"other": other.id, "why": "  "}).status_code == 422
    answer = client.post(f"/incidents/{one.id}/merge", data={"other": other.id, "why": "one night, one square"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/incidents/{one.id}#decisions")
    assert names(by_id(ledger, one.id)) == names(one) | names(other)
    line = ledger.audit_log()[-1]
    assert (line["who"], line["action"], line["target"]) == ("the-editor", "join", one.id)
    text = client.get(f"/incidents/{one.id}").text
    assert f'Merged with <a href="/incidents/{other.id}">' in text
    assert "one night, one square" in text


@pytest.mark.parametrize("other", ["", "i0000000000", "self", "\0"])
def test_what_cannot_be_merged_is_refused_in_words(client_of: Client, ledger: Ledger, other: str) -> None:
    one = largest(ledger)
    given = one.id if other == "self" else other
    answer = client_of("editor").post(f"/incidents/{one.id}/merge", data={"other": given, "why": "x"})
    assert answer.status_code in (404, 422)
    assert "<h1>" in answer.text
    assert by_id(ledger, one.id) == one


def test_splitting_makes_an_incident_of_the_chosen_reports(client_of: Client, ledger: Ledger) -> None:
    one = largest(ledger)
    leaving = sorted(names(one))[:2]
    answer = client_of("editor").post(f"/incidents/{one.id}/split", data={"report": leaving, "why": "of Aktau"})
    assert answer.status_code == 303
    new = answer.headers["location"].split("/")[-1].split("#")[0]
    assert names(by_id(ledger, new)) == set(leaving)
    assert names(by_id(ledger, one.id)) == names(one) - set(leaving)
    text = client_of("editor").get(f"/incidents/{new}").text
    assert f'Split off from <a href="/incidents/{one.id}">' in text


@pytest.mark.parametrize("chosen", ["none", "all", "strange", "slash"])
def test_what_cannot_be_split_is_refused_in_words(client_of: Client, ledger: Ledger, chosen: str) -> None:
    one = largest(ledger)
    given = {"none": [], "all": sorted(names(one)), "strange": ["nowhere/e1"], "slash": ["/"]}[chosen]
    answer = client_of("editor").post(f"/incidents/{one.id}/split", data={"report": given, "why": "x"})
    assert answer.status_code == 422
    assert by_id(ledger, one.id) == one


def line_of(text: str) -> str:
    found = re.search(r'name="line" value="(\d+)"', text)
    assert found is not None
    return found[1]


def test_a_merge_can_be_undone(client_of: Client, ledger: Ledger) -> None:
    """Both are what they were, with their ids, and stay so when all is clustered anew; it can be undone once."""
    one, other = two(ledger)
    client = client_of("editor")
    client.post(f"/incidents/{one.id}/merge", data={"other": other.id, "why": "hasty"})
    line = line_of(client.get(f"/incidents/{one.id}").text)
    answer = client.post(f"/incidents/{one.id}/undo", data={"line": line, "why": "two squares"})
    assert answer.status_code == 303
    for _ in range(2):
        assert by_id(ledger, one.id) == one
        assert by_id(ledger, other.id) == other
        ledger.recluster()
    assert list(ledger.check()) == []
    assert client.post(f"/incidents/{one.id}/undo", data={"line": line, "why": "again"}).status_code == 422


def test_the_log_holds_no_words_of_articles(client_of: Client, ledger: Ledger) -> None:
    """It forgets nothing, and an article may have to be forgotten."""
    one, other = two(ledger)
    client_of("editor").post(f"/incidents/{one.id}/merge", data={"other": other.id, "why": "hasty"})
    detail = ledger.audit_log()[-1]["detail"]
    assert isinstance(detail, dict)
    assert set(detail) == {"other", "why", "decisions", "denials"}
    assert all(isinstance(number, int) for number in detail["decisions"])


def test_a_split_can_be_undone_from_either_side(client_of: Client, ledger: Ledger) -> None:
    one = largest(ledger)
    client = client_of("editor")
    for side in ("kept", "made"):
        answer = client.post(f"/incidents/{one.id}/split", data={"report": sorted(names(one))[:1], "why": "hasty"})
        new = answer.headers["location"].split("/")[-1].split("#")[0]
        at = one.id if side == "kept" else new
        line = line_of(client.get(f"/incidents/{at}").text)
        answer = client.post(f"/incidents/{at}/undo", data={"line": line, "why": "it is one"})
        assert answer.headers["location"] == f"/incidents/{one.id}#decisions"
        assert names(by_id(ledger, one.id)) == names(one)
        assert by_id(ledger, new).id == one.id
    assert list(ledger.check()) == []


def test_confirming_says_so_until_reports_come(client_of: Client, ledger: Ledger) -> None:
    """And binds its reports together; twice adds no decision."""
    one = largest(ledger)
    client = client_of("editor")
    for _ in range(2):
        answer = client.post(f"/incidents/{one.id}/confirm", data={"why": "I was there"})
        assert answer.status_code == 303
        assert ledger.stats()["decisions"] == len(one.reports) - 1
    text = client.get(f"/incidents/{one.id}").text
    assert "Confirmed by the-editor" in text
    assert "when it had" not in text
    _, other = two(ledger)
    client.post(f"/incidents/{one.id}/merge", data={"other": other.id, "why": "same"})
    assert f"when it had {len(one.reports)} reports" in client_of().get(f"/incidents/{one.id}").text


def test_a_verdict_is_shown_with_its_author(client_of: Client, ledger: Ledger) -> None:
    one = largest(ledger)
    client = client_of("editor")
    given = {"report": sorted(names(one))[0], "rating": "Misleading: the hall burned a day later"}
    assert client.post(f"/incidents/{one.id}/verdict", data=given).status_code == 303
    text = client_of().get(f"/incidents/{one.id}").text
    assert "Misleading: the hall burned a day later" in text[text.index('<h2 id="verdicts">') :]
    assert client.post(f"/incidents/{one.id}/verdict", data={**given, "report": "x/e1"}).status_code == 422
    (dossier,) = [found for found in ledger.dossiers() if found.incident.id == one.id]
    assert [verdict.author for verdict in dossier.verdicts] == ["the-editor"]


def test_others_are_suggested_and_found_by_words(client_of: Client, ledger: Ledger) -> None:
    """By id, by place and day; never itself, never what has other words."""
    one, other = two(ledger)
    client = client_of("editor")
    for words in (other.id, "alma-ata 2022-01-05"):
        text = client.get(f"/incidents/{one.id}?like={words}").text
        assert f'name="other" value="{other.id}"' in text, words
        assert f'name="other" value="{one.id}"' not in text
    assert "No other incident has these words" in client.get(f"/incidents/{one.id}?like=xyzzy%25_%00").text
    assert "Near in place and time" in client.get(f"/incidents/{one.id}").text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_cell_opens_the_words(visit: Visit, ledger: Ledger, width: int, scheme: str) -> None:
    """By keyboard too; nothing runs over the edge, on a telephone each entry names its origin."""
    page = visit(f"/incidents/{disputed(ledger).id}", width=width, scheme=scheme)
    cell = page.locator(".matrix details").filter(has_text="26 armed criminals").first
    assert not cell.locator("mark").first.is_visible()
    cell.locator("summary").focus()
    page.keyboard.press("Enter")
    assert cell.locator("mark").first.is_visible()
    assert "Interior Ministry" in cell.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("document.querySelectorAll('.matrix summary')[0].getBoundingClientRect().height") >= (
        40 if width < 600 else 24
    )
    assert page.locator(".matrix .whose").first.is_visible() == (width < 600)
    assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_an_editor_splits_and_merges_in_the_browser(visit: Visit, ledger: Ledger, width: int) -> None:
    """Without scripts as with them."""
    one = largest(ledger)
    for script in (True, False):
        page = visit(f"/incidents/{one.id}", width=width, script=script)
        page.locator("input[name=report]").nth(0).check()
        page.fill("#why-split", "of another town")
        page.get_by_role("button", name="Split off").click()
        page.wait_for_selector("text=Split off from")
        assert page.locator(".reports > li").count() == 1
        page.fill("#like", one.id)
        page.get_by_role("button", name="Look").click()
        page.wait_for_url("**like=*")
        page.locator(f"input[name=other][value={one.id}]").first.check()
        page.fill("#why-merge", "one after all")
        page.get_by_role("button", name="Merge into").click()
        page.wait_for_url("**#decisions")
        assert page.locator(".reports > li").count() == len(one.reports)
        one = by_id(ledger, one.id)
