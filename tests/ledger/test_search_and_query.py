"""What a ledger is asked in words and in SQL, on both databases alike."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.stories import BOMBING, ELSEWHERE, PROTEST, add, article, bombing, coded
from sayso.coding.coder import Coder
from sayso.errors import LedgerError
from sayso.ledger import Ledger, Selection, fulltext
from sayso.ledger.asking import answers, querying
from sayso.ledger.asking.querying import TABLES

MORE = {
    "steppe": PROTEST,
    "dawn": ELSEWHERE,
    "review": "The Kazakh-Chinese committee didn't discuss protests; Covid-19 was on its agenda, and 3.5 million tenge.",
}
EVERY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def filled(ledger: Ledger, coder: Coder) -> Ledger:
    """A ledger of six articles, one of them with what people said of it."""
    more = (coded(coder, text, outlet=name, title=f"From {name}") for name, text in MORE.items())
    add(ledger, [*bombing(coder), *more])
    made = ledger.annotate("herald", (0, 6), kind="editing", creator="me", field=None, body="?")  # type: ignore[arg-type]
    ledger.review(made, "declined", who="me")
    return ledger


def found(ledger: Ledger, asked: str, **wanted: Any) -> set[str]:
    return {one.article for one in ledger.search(asked, Selection(**wanted))}


ASKED = {
    "bomb": {*BOMBING, "dawn"},
    "BOMBS Markets": {*BOMBING, "dawn"},
    "bomb baghdad": set(BOMBING),
    '"red crescent"': {"gazette"},
    '"crescent red"': set(),
    "bomb -baghdad": {"dawn"},
    "bomb -baghdad -karachi": set(),
    'bomb -"red crescent"': {"herald", "courier", "dawn"},
    "karachi or almaty": {"dawn", "steppe"},
    "karachi OR almaty": {"dawn", "steppe"},
    "bomb karachi or almaty": {"dawn", "steppe"},
    "karachi or bomb -baghdad": {"dawn"},
    "almaty or bomb -baghdad": {"dawn", "steppe"},
    "karachi or": {"dawn"},
    "kazakh-chinese": {"review"},
    "kazakh": {"review"},
    '"chinese committee"': {"review"},
    "covid-19": {"review"},
    "3.5": {"review"},
    "nothing of the kind": set(),
    "from review": {"review"},
    'bomb "karachi': {"dawn"},
}


def test_words_phrases_and_what_is_not_to_be_there(filled: Ledger) -> None:
    """English stems in any case; `or` binds more loosely than words beside each other."""
    assert {asked: found(filled, asked) for asked in ASKED} == ASKED


def test_a_snippet_shows_what_was_asked_for(filled: Ledger) -> None:
    """Between the two marks, among the words around it."""
    (one,) = filled.search("crescents")
    assert f"{fulltext.ON}Crescent{fulltext.OFF}" in one.snippet
    assert "market in Baghdad" in one.snippet.replace(fulltext.ON, "").replace(fulltext.OFF, "")
    assert (one.article, one.outlet, one.published) == ("gazette", "gazette", "2022-01-06")


def test_a_changed_text_is_found_by_its_new_words(filled: Ledger, coder: Coder) -> None:
    """And no more by those that it had."""
    filled.add(coder.code(article("Farmers blocked a road in Osh.", outlet="Steppe")))
    assert (found(filled, "farmers"), found(filled, "protesters arrested")) == ({"steppe"}, set())


def test_filters(filled: Ledger) -> None:
    """With words and without; every one must hold, of one and the same event."""
    assert found(filled, "", type="coerce") == {"steppe"}
    assert found(filled, "", place="Baghdad") == set(BOMBING)
    assert found(filled, "", place="pak") == found(filled, "", place="pakistan") == {"dawn"}
    assert found(filled, "", actor="protester") == {"steppe"}
    assert found(filled, "", standing="disputed") == set(BOMBING)
    assert found(filled, "", since="2022-01-05", until="2022-01-05") == {*BOMBING, "dawn", "steppe"}
    assert found(filled, "", until="2022-01-04") == set()
    assert found(filled, "bomb", place="karachi") == {"dawn"}
    assert found(filled, "bomb", type="COERCE") == set()
    assert found(filled, "", type="ASSAULT", place="Almaty") == set()
    assert found(filled, "", place="%") == found(filled, "", actor="_") == set()
    assert [one.article for one in filled.search("", Selection(type="ASSAULT"), limit=2)] == ["herald", "courier"]
    assert len(filled.search("bomb", limit=3)) == 3


def test_incidents_by_the_same_filters(filled: Ledger) -> None:
    """Of the incident as a whole."""

    def places(**wanted: Any) -> list[str | None]:
        return [one.place.name if one.place else None for one in filled.incidents(Selection(**wanted))]

    assert sorted(map(str, places())) == ["Almaty", "Baghdad", "Karachi"]
    assert places(type="coerce") == places(place="almaty") == places(place="KAZ") == places(actor="COP") == ["Almaty"]
    assert places(place="Kazakhstan") == ["Almaty"]
    assert places(standing="disputed") == places(least_reports=3) == ["Baghdad"]
    assert places(since="2022-01-06") == places(until="2022-01-04") == places(place="%") == []


def test_a_search_for_no_word_is_refused(ledger: Ledger) -> None:
    """What is only not to be there finds nothing that could be ranked."""
    for asked in ("", "  ", "-", '"', "()", "-bomb", "or", "almaty or -bomb", "***", '""', "\0"):
        with pytest.raises(LedgerError, match="name a word that must be there"):
            ledger.search(asked)
    with pytest.raises(LedgerError, match="limit 0: at least 1"):
        ledger.search("bomb", limit=0)
    with pytest.raises(LedgerError, match="limit 99999999999999999999: at least 1, at most"):
        ledger.search("bomb", limit=99999999999999999999)


def test_what_is_no_day_is_refused() -> None:
    """By its name."""
    with pytest.raises(LedgerError, match="since 'yesterday': no ISO date"):
        Selection(since="yesterday")
    with pytest.raises(LedgerError, match="until '2022-02-30': no ISO date"):
        Selection(until="2022-02-30")


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ({"type": "PROTST"}, "type 'PROTST': there is none; there are: AGREE, .*ASSAULT"),
        ({"standing": "sure"}, "standing 'sure': there is none; there are: single origin, corroborated"),
        ({"least_reports": 10**22}, "least reports 10000000000000000000000: a number from 0 to"),
        ({"least_reports": -1}, "least reports -1: a number from 0 to"),
    ],
)
def test_what_no_incident_can_be_is_refused(wanted: dict[str, Any], reason: str) -> None:
    """And what there is is told: else nothing would be found, and nobody would know why."""
    with pytest.raises(LedgerError, match=reason):
        Selection(**wanted)


HOSTILE = (
    *("bomb", " or ", " OR ", " AND ", " NOT ", "NEAR(", "title:", "'; DROP TABLE article; --", '" OR 1=1', ":query"),
    *("<->", ":*", "$1", "%s", "--", "/*", "\x00", "\x02", "\ud800", "é", "²", "،", "🜃", "ß", "٣"),
    *"\"'*()-^+:\\;%_{}!&|@#~` ",
)
PARTS = st.sampled_from(HOSTILE)


@given(st.lists(PARTS | st.text(max_size=6), max_size=10).map("".join))
@EVERY
def test_whatever_is_searched_for(filled: Ledger, asked: str) -> None:
    """There are results, or a LedgerError that says why not; and the ledger is as it was."""
    try:
        hits = filled.search(asked)
    except LedgerError:
        return
    assert {one.article for one in hits} <= {*BOMBING, *MORE}


@given(st.lists(PARTS | st.text(max_size=6), max_size=6).map("".join))
@EVERY
def test_whatever_is_filtered_by(filled: Ledger, asked: str) -> None:
    """The same of filters, which are words and no patterns."""
    for field in ("type", "place", "actor", "standing"):
        try:
            hits = {one.article for one in filled.search("bomb", Selection(**{field: asked}))}
        except LedgerError:
            continue
        assert hits <= {*BOMBING, "dawn"}


def test_every_table_is_as_documented(filled: Ledger) -> None:
    """Its columns, their order and their types; and there is something in each but where nothing was said."""
    for name, view in TABLES.items():
        answer = filled.query(f"SELECT * FROM {name}")  # our own names
        types = filled.query(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {name})").to_pydict()
        assert dict(zip(types["column_name"], types["column_type"], strict=True)) == view.columns, name
        assert answer.column_names == list(view.columns)
        assert answer.num_rows > 0 or name == "denials"
        assert view.about.endswith(".")


def test_columns_of_one_name_are_told_apart(filled: Ledger) -> None:
    """In any case of the letters, and beside a column that has such a name already."""
    answer = filled.query('SELECT 1 AS a, 2 AS a, 3 AS a_1, 4 AS "A"')
    assert answer.to_pylist() == [{"a": 1, "a_2": 2, "a_1": 3, "A_3": 4}]
    joined = filled.query("SELECT e.*, a.* FROM events e JOIN articles a USING (article)")
    assert (
        len(set(joined.column_names))
        == len(joined.column_names)
        == len(TABLES["events"].columns) + len(TABLES["articles"].columns)
    )


GREEDY = "SELECT list(range) FROM range(1000000000)"
WRONG_LATE = "SELECT CAST(CASE WHEN range = 3000000 THEN 'x' ELSE '1' END AS INT) FROM range(4000000)"


@pytest.mark.parametrize(
    ("sql", "reason"), [(GREEDY, "it needs more memory than it may take .300MB"), (WRONG_LATE, "Could not convert")]
)
def test_a_query_has_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, reason: str) -> None:
    """More memory than it may take, or an error after the first rows, is a LedgerError."""
    for room in (querying, answers):
        monkeypatch.setattr(room, "memory", lambda: "300MB")
    with Ledger.open(tmp_path / "ledger.db") as ledger, pytest.raises(LedgerError, match=reason):
        ledger.query(sql)


def test_an_answer_comes_as_it_is_read(tmp_path: Path) -> None:
    """Of ever so many rows only some are in memory."""
    sql = "SELECT a.range AS n FROM range(1000000000000) a"
    with Ledger.open(tmp_path / "ledger.db") as ledger, querying.answered(ledger.engine, sql) as answer:
        rows = list(islice(answer.rows(), 3))
    assert [len(row) for row in rows] == [1, 1, 1]


def test_tables_say_what_the_incidents_say(filled: Ledger) -> None:
    """A join over them is an answer about the ledger."""
    answer = filled.query(
        "SELECT i.incident, i.standing, i.start_day, count(DISTINCT e.article) AS papers FROM incidents i "
        "JOIN events e USING (incident) WHERE i.country = 'IRQ' AND e.role = 'report' GROUP BY ALL"
    ).to_pylist()
    (one,) = filled.incidents(Selection(place="IRQ"))
    assert answer == [{"incident": one.id, "standing": "disputed", "start_day": date(2022, 1, 5), "papers": 3}]
    tolls = filled.query(
        "SELECT low, origin FROM incident_values WHERE field = 'killed' AND incident = '" + one.id + "'"
    )
    assert {(row["low"], row["origin"]) for row in tolls.to_pylist()} == {
        (value.low, value.origin) for value in one.values["killed"]
    }
    origins = filled.query("SELECT DISTINCT origin FROM events WHERE role = 'report' AND country = 'IRQ'").to_pydict()
    assert set(origins["origin"]) == {origin.id for origin in one.origins}


def test_names_of_tables_are_in_any_case(filled: Ledger) -> None:
    """As SQL has it."""
    assert filled.query("select COUNT(*) AS n from Articles").to_pylist() == [{"n": len(BOMBING) + len(MORE)}]
    assert filled.query("WITH a AS (FROM articles) SELECT COUNT(*) AS n FROM a;").to_pylist()[0]["n"] == 6


REFUSED = [
    "CREATE TABLE x AS SELECT 1", "DROP TABLE articles", "INSERT INTO articles VALUES (1)", "DELETE FROM articles",
    "UPDATE articles SET source = ''", "COPY (SELECT 1) TO '{file}'", "COPY articles TO '{file}'", "ATTACH '{file}'",
    "EXPORT DATABASE '{file}'", "INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true",
    "SELECT * FROM read_csv('{there}')", "SELECT * FROM read_text('{there}')", "SELECT * FROM read_blob('{there}')",
    "SELECT * FROM '{there}'", "SELECT * FROM glob('{there}')", "SELECT * FROM sniff_csv('{there}')",
    "SELECT * FROM parquet_scan('{there}')", "SELECT * FROM sqlite_scan('{there}', 'article')",
    "SELECT 1; COPY (SELECT 1) TO '{file}'", "SELECT 1; SELECT 2", "", "--", "PRAGMA version", "CALL pragma_version()",
    "SELECT * FROM engine", "SELECT * FROM article", "SELECT nothing FROM articles", "SELEC 1", "SELECT ?", "SELECT '\ud800'",
    "WITH x AS (DELETE FROM articles RETURNING *) SELECT * FROM x",
]  # fmt: skip


def test_a_query_writes_nothing_and_reads_no_file(filled: Ledger, tmp_path: Path) -> None:
    """It is refused, in one error that says so; the ledger is as it was and no file is made."""
    there, file = tmp_path / "there.csv", tmp_path / "made.csv"
    there.write_text("a,b\n1,2\n")
    before, files = filled.stats(), {one.name for one in tmp_path.iterdir()}
    for sql in REFUSED:
        with pytest.raises(LedgerError):
            filled.query(sql.replace("{file}", str(file)).replace("{there}", str(there)))
    assert filled.stats() == before
    assert {one.name for one in tmp_path.iterdir()} == files


@given(st.lists(st.sampled_from(["SELECT ", "* ", "FROM ", "articles ", "events ", "'", '"', "(", ")", ";", "1", ",", "--"]) | PARTS, max_size=8).map("".join))  # fmt: skip
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_queried(filled: Ledger, sql: str) -> None:
    """There is a table, or a LedgerError."""
    try:
        answer = filled.query(sql)
    except LedgerError:
        return
    assert answer.num_rows >= 0


def test_an_empty_ledger_has_every_table(ledger: Ledger) -> None:
    """With no rows."""
    for name in TABLES:
        assert ledger.query(f"FROM {name}").num_rows == 0
