"""Articles in languages that are not coded are kept and found by their words, and count as no reports."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from ledger.conftest import MakeLedger
from ledger.stories import PROTEST, article, coded
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.ledger.asking.one_article import opened
from sayso.ledger.database import reading, writing
from sayso.ledger.schema import uncoded
from sayso.records import Article

RUSSIAN = "Полиция задержала девять человек на площади в Алматы, сообщило министерство. Телефон: +7 701 234 56 78."


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    """A ledger with one article of two that is coded and one that is not."""
    ledger.add_uncoded(article(RUSSIAN, outlet="Vestnik", title="Задержания").made_of(b"raw"))
    return ledger


def test_it_is_found_by_its_words_and_counts_as_no_report(kept: Ledger, coder: Coder) -> None:
    kept.add(coded(coder, PROTEST))
    assert [one.article for one in kept.search("задержала")] == ["vestnik"]
    assert {one.article for one in kept.search("Almaty or Алматы")} == {"the herald", "vestnik"}
    counted = kept.stats()
    assert [counted[name] for name in ("articles", "uncoded", "codings")] == [2, 1, 1]
    assert [made.article.id for made in kept.codings()] == ["the herald"]
    assert kept.coding("vestnik") is None
    assert list(kept.check()) == []
    assert kept.query("SELECT article, language FROM articles ORDER BY article").to_pylist()[1]["language"] == "ru"


def test_it_is_kept_once_and_masked_as_codings_are(kept: Ledger) -> None:
    assert kept.add_uncoded(article(RUSSIAN, outlet="Vestnik")).status == "same"
    one = kept.uncoded("vestnik")
    assert isinstance(one, Article)
    assert "701" not in one.text
    assert len(one.text) == len(RUSSIAN)
    assert kept.raw("vestnik") is None
    kept.add_uncoded(article(RUSSIAN, outlet="Other").made_of(b"raw"), personal=True)
    assert kept.uncoded("other") == article(RUSSIAN, outlet="Other")
    assert kept.raw("other") == b"raw"


def test_a_text_that_has_changed_takes_the_place_of_the_former(kept: Ledger) -> None:
    assert (
        kept.add_uncoded(article("Полиция отпустила всех, кого задержала вчера.", outlet="Vestnik")).status == "changed"
    )
    assert [one.article for one in kept.search("отпустила")] == ["vestnik"]
    assert kept.search("министерство") == []
    assert list(kept.check()) == []


def test_what_is_coded_later_is_uncoded_no_more(kept: Ledger, coder: Coder) -> None:
    for text, status in ((PROTEST, "changed"), (PROTEST, "same")):
        assert kept.add(coded(coder, text, outlet="Vestnik")).status == status
    assert kept.uncoded("vestnik") is None
    assert kept.stats()["uncoded"] == 0
    assert [one.reports[0].article for one in kept.incidents()] == ["vestnik"]
    assert list(kept.check()) == []


def test_a_text_that_could_be_coded_all_along_is_signed_when_it_is(ledger: Ledger, coder: Coder) -> None:
    """Copies are found by signatures, which articles without a coding have not."""
    long = " ".join(
        [
            PROTEST,
            "Hundreds had gathered on the square before the city hall to ask for lower prices of gas, and for new elections.",
        ]
        * 2
    )
    ledger.add_uncoded(article(long, outlet="Copy"))
    ledger.add(coded(coder, long))
    assert ledger.stats()["copies"] == 0
    assert ledger.add(coded(coder, long, outlet="Copy")).status == "recoded"
    assert ledger.stats()["copies"] == 1


def test_a_coded_article_stays_coded(ledger: Ledger, coder: Coder) -> None:
    ledger.add(coded(coder, PROTEST))
    assert ledger.add_uncoded(article(RUSSIAN)).status == "same"
    assert ledger.uncoded("the herald") is None
    assert len(list(ledger.incidents())) == 1


def test_it_is_merged_copied_and_forgotten_with_the_others(
    kept: Ledger, new_ledger: MakeLedger, tmp_path: object
) -> None:
    other, third = new_ledger(), new_ledger()
    assert [one.status for one in other.merge(kept, who="ann")] == ["uncoded"]
    assert [one.status for one in other.merge(kept, who="ann")] == ["same"]
    backup = tmp_path / "backup.db"  # type: ignore[operator]
    other.backup(backup)
    third.restore(backup)
    for ledger in (other, third):
        assert ledger.uncoded("vestnik") == kept.uncoded("vestnik")
        assert [one.article for one in ledger.search("задержала")] == ["vestnik"]
        ledger.forget("vestnik", who="ann")
        assert ledger.uncoded("vestnik") is None
        assert ledger.search("задержала") == []
        assert ledger.add_uncoded(article(RUSSIAN, outlet="Vestnik")).status == "forgotten"
        assert list(ledger.check()) == []


def test_it_is_opened_with_nothing_said_of_it(kept: Ledger) -> None:
    with reading(kept.engine) as connection:
        found = opened(connection, "vestnik")
    assert found is not None
    assert found.coding.article == kept.uncoded("vestnik")
    assert (found.coding.events, found.revisions, found.told) == ((), [], {})


def test_a_check_finds_what_is_wrong_with_it(kept: Ledger) -> None:
    with writing(kept.engine) as connection:
        connection.execute(update(uncoded).values(data=b"nothing"))
    assert list(kept.check()) == ["vestnik: it is not coded, and cannot be read"]
