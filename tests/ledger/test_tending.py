"""A ledger is checked, copied, merged, and what it is to forget it forgets."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.conftest import MakeLedger
from ledger.stories import (
    BOMBING,
    ELSEWHERE,
    PROTEST,
    add,
    article,
    bombing,
    by_another_coder,
    coded,
    in_json,
    of,
    told,
)
from sayso.coding.coder import Coder
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.checking import faults
from sayso.ledger.schema import metadata
from sayso.records import Coding, Span

SECRET = "Zanzibarian saboteurs shot dead Mrs Quillfeather in Nairobi on Wednesday, Colonel Featherstonehaugh said."
WORDS = ("zanzibar", "sabot", "quillfeather", "nairobi", "featherstonehaugh")
LONG = (
    "A bomb exploded at a crowded market in Baghdad on Wednesday morning, killing 12 people and wounding dozens, police said. "
    "Shopkeepers carried the wounded to ambulances, and firemen put out the burning stalls before noon. It was the second "
    "attack on the market within a year, and nobody has said that he did it."
)


@pytest.fixture
def rich(ledger: Ledger, coder: Coder) -> Ledger:
    """A ledger with all that there can be: revisions, copies, inputs, joined incidents, annotations with replies, verdicts."""
    fill(ledger, coder)
    return ledger


def fill(ledger: Ledger, coder: Coder) -> None:
    add(ledger, [coded(coder, LONG, outlet="Mirror", published="2022-01-08"), *bombing(coder)])
    ledger.add(coder.code(article(LONG, outlet="Times").made_of(b"<p>as it came</p>")))  # printed first: the original
    add(ledger, [by_another_coder(coded(coder, BOMBING["herald"], outlet="Herald"))])
    (other,) = [one.id for one in add(ledger, [coded(coder, PROTEST, outlet="Steppe")]) if one.type == "COERCE"]
    (first,) = [one.id for one in ledger.incidents() if one.type == "ASSAULT"]
    asked = ledger.annotate("steppe", Span(0, 6), kind="questioning", creator="a", body="Who?")
    for _ in range(4):  # ids are drawn by lot: some of the replies come before what they reply to
        asked = ledger.annotate("steppe", Span(0, 6), kind="replying", creator="b", body="They.", reply_to=asked)
    made = ledger.annotate("steppe", Span(7, 15), kind="editing", creator="c", field="events/type", value="PROTEST")
    ledger.review(made, "accepted", who="editor")
    verdict = ledger.annotate("steppe", Span(16, 20), kind="assessing", creator="c", body="True", incident=other)
    ledger.review(verdict, "accepted", who="editor")
    ledger.join(other, first, who="me")  # into the younger one


def everything(ledger: Ledger) -> object:
    """All that a ledger is asked for."""
    return (
        in_json(ledger), ledger.annotations(), ledger.audit_log(), list(ledger.codings()), ledger.revisions("herald"),
        ledger.raw("times"), {one.article for one in ledger.search("bomb market")}, ledger.stats(), list(ledger.dossiers(with_corrections=True)),
    )  # fmt: skip


def test_a_sound_ledger_has_nothing_wrong(rich: Ledger) -> None:
    """Whether what its incidents say was computed before or not."""
    assert list(rich.check()) == []
    rich.refresh()
    assert list(rich.check()) == []


DAMAGES = [
    ("UPDATE raw SET data = NULL_BYTE", "raw .*: cannot be unpacked"),
    ("UPDATE raw SET size = size + 1", "raw .*: holds other bytes than it was made of"),
    ("UPDATE article SET text_hash = 'x' WHERE key = 'times'", "times: its text is not that of which the hash was kept"),
    ("UPDATE article SET revision = 7 WHERE key = 'times'", "times: its current coding is missing"),
    ("UPDATE coding SET data = NULL_BYTE WHERE revision = 1 AND article = (SELECT id FROM article WHERE key = 'times')",
     "times: its coding cannot be read"),
    ("UPDATE coding SET data = NULL_BYTE WHERE revision = 1 AND article = (SELECT id FROM article WHERE key = 'herald')",
     "herald: its coding of revision 1 cannot be read"),
    ("UPDATE event SET name = 'e77' WHERE name = 'e1'", "steppe: its events are not those of its coding"),
    ("UPDATE event SET incident = NULL WHERE name = 'e1'", "event .*: a report without an incident"),
    ("UPDATE event SET facts = '{' WHERE name = 'e1'", "event .*: its facts cannot be read"),
    ("UPDATE event SET incident = (SELECT id FROM incident WHERE became IS NOT NULL)",
     "i.*: merged into another incident, and still has events"),
    ("UPDATE incident SET became = id WHERE became IS NOT NULL", "incident .*: merged into itself in the end"),
    ("UPDATE incident SET record = NULL_BYTE WHERE became IS NULL", "i.*: its record cannot be read"),
    ("UPDATE event SET role = 'other' WHERE name = 'e2'", "i.*: its record has .* reports, and .* are there"),
    ("UPDATE article SET copy_of = (SELECT id FROM article WHERE key = 'mirror') WHERE key = 'steppe'",
     "steppe: a copy of what is itself a copy"),
    ("DELETE FROM words", "times: not in the index of words"),
    ("UPDATE article SET forgotten = 'today' WHERE key = 'steppe'", "steppe: forgotten, and still in the index of words"),
    ("DELETE FROM setting WHERE name = 'identity'", "setting identity: missing"),
    ('UPDATE annotation SET exact = \'x\' WHERE kind = \'editing\'', "annotation .*: its words do not stand where it says"),
    ("UPDATE annotation SET value = '{' WHERE kind = 'editing'", "annotation .*: its value cannot be read"),
    ("UPDATE decision SET one = '[1]'", "decision .*: what it is of cannot be read"),
]  # fmt: skip


def test_every_damage_is_named(rich: Ledger) -> None:
    """With what it is of; each is undone before the next."""
    rich.refresh()
    null = "x'00'" if rich.engine.dialect.name == "sqlite" else "'\\x00'::bytea"
    for sql, reason in DAMAGES:
        with rich.engine.connect() as connection, connection.begin() as transaction:
            connection.exec_driver_sql(sql.replace("NULL_BYTE", null))
            found = list(faults(connection))
            transaction.rollback()
        assert any(re.match(reason, one) for one in found), (sql, found)
    assert list(rich.check()) == []


def test_a_row_that_names_none_is_found(tmp_path: Path, coder: Coder) -> None:
    """SQLite lets such rows be written by who asks it to."""
    with Ledger.open(tmp_path / "a.db") as ledger:
        fill(ledger, coder)
        with sqlite3.connect(tmp_path / "a.db") as file:
            file.execute("UPDATE event SET origin = 999 WHERE name = 'e2'")
        file.close()
        assert any(one.startswith("event: row") and "origin" in one for one in ledger.check())


def test_a_backup_is_the_ledger(rich: Ledger, new_ledger: MakeLedger, tmp_path: Path, coder: Coder) -> None:
    """One file; what is restored of it says the same, and takes more as the first one does."""
    rich.backup(tmp_path / "copy.sayso")
    assert not list(tmp_path.glob("copy.sayso?*"))
    with Ledger.open(tmp_path / "copy.sayso") as copied:
        assert everything(copied) == everything(rich)
        again = new_ledger()
        again.restore(tmp_path / "copy.sayso")
    assert everything(again) == everything(rich)
    assert list(again.check()) == []
    for ledger in (again, rich):
        add(ledger, [coded(coder, ELSEWHERE, outlet="Dawn"), coded(coder, BOMBING["gazette"], outlet="Echo")])
    assert in_json(again) == in_json(rich)
    assert [one.article for one in again.search("karachi")] == ["dawn"]
    assert list(again.check()) == []


def test_a_backup_overwrites_nothing(rich: Ledger, new_ledger: MakeLedger, tmp_path: Path) -> None:
    """Neither a file nor a ledger that has articles; and it is not taken from what is no ledger."""
    (tmp_path / "there").write_text("mine")
    with pytest.raises(LedgerError, match="there: is there already"):
        rich.backup(tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"
    rich.backup(tmp_path / "copy")
    with pytest.raises(LedgerError, match="holds articles already"):
        rich.restore(tmp_path / "copy")
    empty = new_ledger()
    with pytest.raises(LedgerError, match="no such ledger"):
        empty.restore(tmp_path / "missing")
    with pytest.raises(LedgerError, match="not a ledger"):
        empty.restore(tmp_path / "there")
    assert empty.stats()["articles"] == 0


def test_what_is_left_of_a_backup_that_was_killed_is_no_part_of_the_next(rich: Ledger, tmp_path: Path) -> None:
    """Nor does one that fails leave anything."""
    for end in ("", "-wal", "-shm"):
        (tmp_path / f"copy.part{end}").write_bytes(b"of another file")
    rich.backup(tmp_path / "copy")
    with Ledger.open(tmp_path / "copy") as copied:
        assert in_json(copied) == in_json(rich)

    def fails(_what: str, _done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rich.backup(tmp_path / "other", fails)
    assert not list(tmp_path.glob("other*"))


def test_a_merge_adds_what_the_other_has(rich: Ledger, new_ledger: MakeLedger, coder: Coder) -> None:
    """Codings, inputs, decisions, annotations with replies and verdicts. Doing it twice changes nothing."""
    into = new_ledger()
    add(into, [coded(coder, ELSEWHERE, outlet="Dawn")])
    first = list(into.merge(rich, who="me"))
    assert {one.status for one in first} == {"added", "recoded"}
    assert {one.key for one in first} == {one.article.id for one in rich.codings()}
    assert {one.id for one in into.annotations()} == {one.id for one in rich.annotations()}
    assert {one.reply_to for one in into.annotations()} == {one.reply_to for one in rich.annotations()}
    assert into.revisions("herald") == rich.revisions("herald")
    assert into.raw("times") == b"<p>as it came</p>"
    assert told(into.incidents()) == told(rich.incidents()) | {frozenset({"dawn"})}
    assert [one.verdicts for one in into.dossiers() if one.verdicts] == [one.verdicts for one in rich.dossiers()]
    assert list(into.check()) == []
    before = in_json(into), into.stats() | {"audited": 0}, into.annotations()
    assert {one.status for one in into.merge(rich, who="me")} == {"same"}
    assert (in_json(into), into.stats() | {"audited": 0}, into.annotations()) == before


def test_a_merge_knows_articles_by_their_source(new_ledger: MakeLedger, coder: Coder) -> None:
    """Two that call themselves alike stay two, and what was decided of the one is not said of the other."""
    one, other = new_ledger(), new_ledger()
    add(one, [coder.code(article(PROTEST, outlet="Steppe", id="1", url="mine.jsonl"))])
    texts = (BOMBING["herald"], BOMBING["courier"])
    add(other, [coder.code(article(t, id=str(at), url="theirs.jsonl")) for at, t in enumerate(texts, 1)])
    (whole,) = other.incidents()
    other.part(whole.id, [(r.article, r.event) for r in whole.reports if r.article == "1"], who="me")
    keys = [kept.key for kept in one.merge(other, who="me")]
    assert keys[0] != "1"
    assert told(one.incidents()) == {frozenset({"1"}), frozenset(keys[:1]), frozenset(keys[1:])}
    one.recluster()
    assert told(one.incidents()) == {frozenset({"1"}), frozenset(keys[:1]), frozenset(keys[1:])}


def test_decisions_of_another_ledger_are_heeded(new_ledger: MakeLedger, coder: Coder) -> None:
    """Though both have the same articles already."""
    one, other = new_ledger(), new_ledger()
    for ledger in (one, other):
        (whole,) = add(ledger, bombing(coder))
    other.part(whole.id, [(r.article, r.event) for r in whole.reports if r.article == "courier"], who="me")
    list(one.merge(other, who="me"))
    assert told(one.incidents()) == told(other.incidents())
    assert list(one.check()) == []


def test_what_is_forgotten_stays_forgotten(ledger: Ledger, new_ledger: MakeLedger, coder: Coder) -> None:
    """In either ledger of a merge, under this id and with another text from the same source."""
    made = coder.code(article(SECRET, outlet="Whisper"))
    ledger.add(made)
    ledger.forget("whisper", who="me", why="asked to")
    with pytest.raises(LedgerError, match="whisper: forgotten already"):
        ledger.forget("whisper", who="me")
    with pytest.raises(LedgerError, match="nobody: no such article"):
        ledger.forget("nobody", who="me")
    assert ledger.add(made).status == "forgotten"
    assert ledger.add(coder.code(article(f"Updated. {SECRET}", outlet="Whisper"))).status == "forgotten"
    assert ledger.holds(made.article, made.coder)
    other = new_ledger()
    other.add(made)
    add(other, [coded(coder, SECRET, outlet="Echo")])
    (whole,) = other.incidents()
    other.part(whole.id, [(r.article, r.event) for r in whole.reports if r.article == "echo"], who="me")
    other.annotate("whisper", Span(0, 12), kind="commenting", creator="me", body="Who?")
    other.forget("echo", who="me")
    assert [one.status for one in ledger.merge(other, who="me")] == ["forgotten"]
    assert words_left(ledger) == {}
    assert [one.key for one in other.merge(ledger, who="me")] == []
    assert (ledger.coding("whisper"), ledger.revisions("whisper"), list(ledger.incidents())) == (None, [], [])
    assert ledger.stats()["forgotten"] == 1
    log = [(a["who"], a["action"], a["target"], a["detail"]) for a in ledger.audit_log()]
    assert ("me", "forget", "whisper", {"why": "asked to"}) in log


def words_left(ledger: Ledger) -> dict[str, set[str]]:
    """In which tables, or where in the file, a word of the secret is, compressed or not."""
    found: dict[str, set[str]] = {}

    def look(where: str, data: bytes) -> None:
        for one in WORDS:
            if one.encode() in data.lower():
                found.setdefault(where, set()).add(one)

    with ledger.engine.connect() as connection:
        for table in (*metadata.tables, "words"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):  # our own names
                for value in row:
                    look(table, str(value).encode())
                    if isinstance(value, bytes):
                        with suppress(zlib.error):
                            look(table, zlib.decompress(value))
    if ledger.engine.dialect.name == "sqlite":
        path = Path(str(ledger.engine.url.database))
        for file in path.parent.glob(f"{path.name}*"):
            look(file.suffix, file.read_bytes())
    return found


def test_forgetting_leaves_no_word(ledger: Ledger, coder: Coder) -> None:
    """Of any text that the article has had; not in a table, and of an SQLite file not in its bytes either. Its copies stay."""
    others = [*bombing(coder), coded(coder, PROTEST, outlet="Steppe")]
    add(ledger, others)
    before = in_json(ledger)
    read = article(f"Rumour. {SECRET}", outlet="Whisper", title="Zanzibar").made_of(SECRET.encode())
    ledger.add(coder.code(read))
    ledger.add(coder.code(article(SECRET, outlet="Whisper", title="Quillfeather").made_of(f"<p>{SECRET}".encode())))
    start = SECRET.index("Mrs")
    made = ledger.annotate("whisper", Span(start, start + 16), kind="commenting", creator="me", body="Not Quillfeather")
    ledger.annotate("whisper", Span(0, 12), kind="replying", creator="me", body="Sabotage", reply_to=made)
    added = [one.id for one in ledger.incidents() if "whisper" in {r.article for r in one.reports}]
    ledger.join(of(ledger.incidents(), "COERCE").id, added[0], who="me")
    list(ledger.incidents())
    assert set().union(*words_left(ledger).values()) == set(WORDS)
    ledger.forget("whisper", who="me", why="a private person")
    ledger.refresh()
    assert words_left(ledger) == {}
    assert in_json(ledger) == before
    assert ledger.search("protesters")
    assert ledger.annotations() == []
    assert list(ledger.check()) == []
    assert list(ledger.query("SELECT DISTINCT article FROM events").to_pydict()["article"]).count("whisper") == 0


def test_copies_of_what_is_forgotten_stay(ledger: Ledger, coder: Coder) -> None:
    """The first of them is the original then."""
    days = {"Whisper": "2022-01-06", "Late": "2022-01-09", "Echo": "2022-01-07", "Undated": None}
    add(ledger, [coded(coder, SECRET, outlet=name, published=day) for name, day in days.items()])
    ledger.forget("whisper", who="me")
    reports = [one for found in ledger.incidents() for one in found.reports]
    assert {one.article: one.copy_of for one in reports} == {"echo": None, "late": "echo", "undated": "echo"}
    assert list(ledger.check()) == []


@pytest.mark.parametrize("gone", ["raw of another", "raw of its own"])
def test_an_input_goes_with_the_last_of_its_articles(new_url: Callable[[], str], coder: Coder, gone: str) -> None:
    """Of many rows of one input each keeps it."""
    with Ledger.open(new_url()) as ledger:
        made: list[Coding] = [
            coder.code(
                article(f"{PROTEST} Edition {name}.", outlet=name).made_of(
                    b"both" if "another" in gone else name.encode()
                )
            )
            for name in ("One", "Two")
        ]
        add(ledger, made)
        ledger.forget("one", who="me")
        assert ledger.raw("one") is None
        assert ledger.raw("two") == (b"both" if "another" in gone else b"Two")
        with ledger.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM raw").scalar() == 1
