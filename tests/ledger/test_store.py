"""A ledger keeps what it is given, whole, once, and every version of it."""

from __future__ import annotations

import pytest

from ledger.conftest import MakeLedger
from sayso.coding.coder import Coder
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.reading import make_article
from sayso.records import Article, CoderInfo, Coding

STORY = "Police arrested nine protesters in Almaty on Wednesday, the interior ministry said."


def article(text: str = STORY, **given: object) -> Article:
    fields = {"text": text, "published": "2022-01-06", "outlet": "The Herald", **given}
    return make_article(fields, name="a test", source=str(given.get("url") or "herald.txt"))


def by_another_coder(coding: Coding) -> Coding:
    info = CoderInfo(**{**coding.coder.model_dump(), "version": "9.9"})
    return coding.model_copy(update={"coder": info})


def test_what_is_added_comes_back_as_it_was(ledger: Ledger, coder: Coder) -> None:
    """The coding, and byte for byte the input of which the article was made."""
    made = coder.code(article(id="a").made_of(b"<p>as it was read \xff</p>"))
    kept = ledger.add(made)
    assert (kept.status, kept.key) == ("added", "a")
    assert ledger.coding("a") == made
    assert ledger.raw("a") == b"<p>as it was read \xff</p>"


def test_adding_again_changes_nothing(ledger: Ledger, examples: list[Coding]) -> None:
    """However often."""
    first = [ledger.add(one).status for one in examples]
    before = ledger.stats(), [one.to_json() for one in ledger.incidents()]
    again = [ledger.add(one).status for one in reversed(examples)]
    assert (set(first), set(again)) == ({"added"}, {"same"})
    assert (ledger.stats(), [one.to_json() for one in ledger.incidents()]) == before


def test_one_input_of_many_articles_is_kept_once(ledger: Ledger, coder: Coder) -> None:
    """Raw inputs are addressed by their content."""
    for name in "abc":
        ledger.add(coder.code(article(f"{STORY} Edition {name}.", id=name).made_of(b"the same bytes")))
    assert [ledger.raw(name) for name in "abc"] == [b"the same bytes"] * 3
    with ledger.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM raw").scalar() == 1


def test_a_newer_coder_makes_a_revision(ledger: Ledger, coder: Coder) -> None:
    """The former coding stays to be read; incidents keep their ids."""
    first = coder.code(article(id="a"))
    ledger.add(first)
    ids = [one.id for one in ledger.incidents()]
    kept = ledger.add(by_another_coder(first))
    assert kept.status == "recoded"
    assert [one.coder.version for one in ledger.revisions("a")] == [first.coder.version, "9.9"]
    assert [one.id for one in ledger.incidents()] == ids
    assert list(ledger.check()) == []


def test_a_changed_text_is_a_revision_too(ledger: Ledger, coder: Coder) -> None:
    """Of the same source; the events are those of the new text."""
    ledger.add(coder.code(article(id="a")))
    kept = ledger.add(coder.code(article("Rebels shelled the town of Idlib on Thursday.", id="a")))
    assert kept.status == "changed"
    assert {one.type for one in ledger.incidents()} == {"ASSAULT"}
    assert len(ledger.revisions("a")) == 2
    assert list(ledger.check()) == []


def test_articles_of_two_sources_may_call_themselves_the_same(ledger: Ledger, coder: Coder) -> None:
    """Rows of two files are often numbered from one."""
    keys = [
        ledger.add(coder.code(article(text, id="1", url=url))).key
        for text, url in ((STORY, "one.jsonl"), ("Rebels shelled Idlib.", "two.jsonl"))
    ]
    assert len(set(keys)) == 2
    assert keys[0] == "1"
    assert [ledger.coding(key).article.id for key in keys] == keys  # type: ignore[union-attr]


def test_what_is_there_need_not_be_coded_to_be_added(ledger: Ledger, coder: Coder) -> None:
    """By the same coder, with the same text and day."""
    read = article(id="a")
    assert not ledger.holds(read, coder.info)
    ledger.add(coder.code(read))
    assert ledger.holds(read, coder.info)
    assert not ledger.holds(article("Another text about Almaty.", id="a"), coder.info)
    assert not ledger.holds(article(id="a", published="2022-01-07"), coder.info)
    assert not ledger.holds(read, by_another_coder(coder.code(read)).coder)


def test_personal_data_are_kept_only_if_asked(new_ledger: MakeLedger, coder: Coder) -> None:
    """Else neither in the text nor in the raw input; every offset stays."""
    read = article(f"{STORY} Call his brother on +7 727 250 1234.", id="a").made_of(b"+7 727 250 1234")
    made = coder.code(read)
    without, having = new_ledger(), new_ledger()
    without.add(made)
    having.add(made, personal=True)
    clean = without.coding("a")
    assert clean is not None
    assert "250" not in clean.to_json()
    assert len(clean.article.text) == len(read.text)
    assert without.raw("a") is None
    assert having.coding("a") == made
    assert having.raw("a") == b"+7 727 250 1234"
    assert without.holds(read, coder.info)
    assert without.add(made).status == "same"


def test_a_ledger_that_is_none_is_refused_by_name(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A text file, a folder, another program's database, an address of another kind."""
    import sqlite3

    (tmp_path / "notes.txt").write_text("nothing of a database")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    other.close()
    for url, reason in (
        (tmp_path / "notes.txt", "not a ledger"),
        (tmp_path / "other.db", "not a ledger"),
        (tmp_path, "not a file"),
        ("mysql://localhost/x", "SQLite or PostgreSQL"),
        ("://", "no address"),
    ):
        with pytest.raises(LedgerError, match=reason):
            Ledger.open(url)
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger.open(tmp_path / "missing.db", create=False)


def test_a_password_is_never_shown() -> None:
    """Errors name the ledger without it."""
    with pytest.raises(LedgerError) as raised:
        Ledger.open("postgresql://me:secret@127.0.0.1:1/none?connect_timeout=1")
    assert "secret" not in str(raised.value)
    assert "127.0.0.1" in str(raised.value)
