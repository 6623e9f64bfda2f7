"""What an incident amounts to: its standing with the reason, and every value by origin with its words."""

from __future__ import annotations

import pytest

from ledger.conftest import MakeLedger
from ledger.stories import BOMBING, ELSEWHERE, PROTEST, add, bombing, coded, in_json
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.records import Coding, Incident

POLICE = "A bomb killed 12 people in Baghdad on Wednesday, police said."
MINISTRY = "A bomb killed {} people in Baghdad on Wednesday, the health ministry said."
SHOT = "Soldiers shot dead seven protesters in Almaty on Wednesday, a human rights group said."
DENIED = "The defence ministry denied that soldiers had shot dead seven protesters in Almaty on Wednesday."


def stands(ledger: Ledger, coder: Coder, *told: tuple[str, dict[str, object]]) -> Incident:
    """The one incident that papers A, B, … make."""
    codings = [coded(coder, text, **{"outlet": "ABCDE"[at], **more}) for at, (text, more) in enumerate(told)]
    (found,) = add(ledger, codings)
    return found


def test_one_paper_is_a_single_origin(ledger: Ledger, coder: Coder) -> None:
    """What it tells in its own voice is its own word."""
    found = stands(ledger, coder, ("Police arrested nine protesters in Almaty on Wednesday.", {"outlet": "The Herald"}))
    assert (found.standing, found.because) == ("single origin", "all rests on the word of The Herald")
    assert [(one.name, one.kind) for one in found.origins] == [("The Herald", "outlet")]


def test_two_words_corroborate(ledger: Ledger, coder: Coder) -> None:
    """As many origins are counted as there are, and named."""
    found = stands(ledger, coder, (POLICE, {}), (BOMBING["gazette"], {}))
    assert (found.standing, found.because) == ("corroborated", "2 origins: Police of Baghdad and Red Crescent")
    assert [one.name for one in found.origins] == ["Police of Baghdad", "Red Crescent"]


def test_copies_and_papers_that_quote_one_ministry_are_one_origin(ledger: Ledger, coder: Coder) -> None:
    """However many print it."""
    found = stands(
        ledger, coder,
        (MINISTRY.format(12), {}),
        ("According to the health ministry, 12 people were killed by a bomb in Baghdad on Wednesday.", {}),
        (MINISTRY.format(12), {"published": "2022-01-08"}),
    )  # fmt: skip
    assert (found.standing, found.because) == ("single origin", "all rests on the word of Health Ministry of Iraq")
    assert sorted((one.article, one.copy_of) for one in found.reports) == [("a", None), ("b", None), ("c", "a")]


def test_a_denial_disputes(ledger: Ledger, coder: Coder) -> None:
    """Who denies is named, with the words, and is no origin of what he denies."""
    found = stands(ledger, coder, (SHOT, {}), (DENIED, {}))
    assert (found.standing, found.because) == ("disputed", "denied by The defence ministry")
    (denial,) = found.denials
    assert (denial.article, denial.speaker, denial.span.of(DENIED)) == ("b", "The defence ministry", "shot")
    assert denial.origin not in {one.id for one in found.origins}
    assert [one.article for one in found.reports] == ["a"]


def test_a_denial_that_came_first_waits(ledger: Ledger, coder: Coder) -> None:
    """Until there is a report of what it denies; the two orders make the same."""
    assert add(ledger, [coded(coder, DENIED, outlet="B")]) == []
    (found,) = add(ledger, [coded(coder, SHOT, outlet="A")])
    assert (found.standing, [one.article for one in found.denials]) == ("disputed", ["b"])


def test_a_denial_outlives_the_report_that_it_denied(ledger: Ledger, coder: Coder) -> None:
    """Where the only report is taken away, or is of something else now, the denial waits for the next one."""
    add(ledger, [coded(coder, SHOT, outlet="A"), coded(coder, DENIED, outlet="B")])
    assert add(ledger, [coded(coder, "The weather in Almaty was cold.", outlet="A")]) == []
    (found,) = add(ledger, [coded(coder, SHOT, outlet="C")])
    assert [one.article for one in found.denials] == ["b"]
    ledger.forget("c", who="me")
    assert list(ledger.incidents()) == []
    (found,) = add(ledger, [coded(coder, SHOT, outlet="D")])
    assert [one.article for one in found.denials] == ["b"]
    assert list(ledger.check()) == []


def test_tolls_of_one_day_that_exclude_each_other_dispute(ledger: Ledger, coder: Coder) -> None:
    """Both are named, with whose they are."""
    found = stands(ledger, coder, (POLICE, {}), (MINISTRY.format(25), {}))
    assert found.standing == "disputed"
    assert found.because == "killed: 12 (Police of Baghdad), 25 (Health Ministry of Iraq)"


def test_a_later_higher_toll_is_an_update(ledger: Ledger, coder: Coder) -> None:
    """And no dispute: both are kept, in the order in which they were published."""
    found = stands(ledger, coder, (MINISTRY.format(25), {"published": "2022-01-09"}), (POLICE, {}))
    assert found.standing == "corroborated"
    assert [(one.published, one.low) for one in found.values["killed"]] == [("2022-01-06", 12), ("2022-01-09", 25)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The army killed 40 rebels in Idlib on Wednesday, the army said.", "Armed forces of Syria"),
        ("Rebels shot down an army helicopter near Idlib on Wednesday, the rebels said.", "Rebels of Syria"),
    ],
)
def test_what_only_one_side_says_is_claimed(ledger: Ledger, coder: Coder, text: str, who: str) -> None:
    """By whoever did it as by whoever it was done to."""
    found = stands(ledger, coder, (text, {}))
    assert (found.standing, found.because) == ("claimed", f"only {who}, a party to it, says so")


def test_what_nobody_says_is_unattributed(ledger: Ledger, coder: Coder) -> None:
    """Such a report has no origin."""
    found = stands(ledger, coder, ("It is rumoured that soldiers killed nine protesters in Almaty on Wednesday.", {}))
    assert (found.standing, found.because) == ("unattributed", "no report names anybody whose word it is")
    assert (found.origins, found.reports[0].origin) == ((), None)


def texts(codings: list[Coding]) -> dict[str, str]:
    return {one.article.id: one.article.text for one in codings}


def test_every_value_has_its_words(ledger: Ledger, coder: Coder) -> None:
    """`article.text[span]` are the words that say it; figures and parties are given in them."""
    codings = [*bombing(coder), coded(coder, PROTEST, outlet="Steppe"), coded(coder, ELSEWHERE, outlet="Dawn")]
    said = {"killed", "arrested", "actors", "recipients", "place", "start"}
    seen = set()
    for one in add(ledger, codings):
        for field, values in one.values.items():
            for value in values:
                words = value.span.of(texts(codings)[value.article])
                seen.add(field)
                if field in ("killed", "arrested", "place"):
                    assert words == value.value
                if field in ("actors", "recipients"):
                    assert value.value.lower() in words.lower()
                if field == "start":
                    assert (words, value.value) == ("Wednesday", "2022-01-05")
                assert value.speaker is None or value.speaker in texts(codings)[value.article]
    assert seen == said


def test_first_and_last_published(ledger: Ledger, coder: Coder) -> None:
    """Of all its reports, copies too; one without a day counts for neither."""
    found = stands(
        ledger, coder,
        (POLICE, {"published": "2022-01-07"}),
        (BOMBING["gazette"], {}),
        (POLICE, {"published": "2022-01-08T10:00:00Z"}),
    )  # fmt: skip
    assert (found.first_published, (found.last_published or "")[:10]) == ("2022-01-06", "2022-01-08")


def test_two_ledgers_say_the_same(new_ledger: MakeLedger, coder: Coder, examples: list[Coding]) -> None:
    """Byte for byte, where the same was added to both."""
    codings = [*bombing(coder), *examples, coded(coder, SHOT, outlet="A"), coded(coder, DENIED, outlet="B")]
    one, other = new_ledger(), new_ledger()
    add(one, codings)
    for made in codings:
        other.add(made)
        list(other.incidents())  # to be asked between changes nothing
    assert in_json(one) == in_json(other) != []
