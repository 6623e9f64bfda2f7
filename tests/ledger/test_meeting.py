"""Reports of one thing meet in one incident, and those of two things never."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.conftest import MakeLedger
from ledger.stories import BOMBING, ELSEWHERE, PROTEST, add, article, bombing, coded, in_json, of, told
from sayso.coding.coder import Coder
from sayso.ledger import Ledger
from sayso.ledger.incidents.clustering import Lists, incident_of
from sayso.ledger.incidents.pairing import incompatible
from sayso.ledger.incidents.reported import Reported

IDLIB = "Rebels shelled the town of Idlib on Wednesday, killing three people, activists said."
DIGEST = (
    "A bomb exploded at a market in Baghdad on Wednesday, killing 12 people. In Syria, rebels shelled the town of Idlib "
    "on Wednesday. In Kazakhstan, police arrested nine protesters in Almaty on Wednesday."
)
ANNIVERSARY = (
    "Families gathered in Baghdad on Sunday, three years after a bomb killed 12 people at a market in January 2022."
)
PLANS = (
    "Teachers plan to march through Nairobi next Monday, the union said.",
    "The army will attack the town of Idlib next week, a general said.",
)


def test_three_papers_tell_one_bombing(ledger: Ledger, coder: Coder) -> None:
    """Their tolls stand side by side, each with whose word it is."""
    (found,) = add(ledger, bombing(coder))
    names = {one.id: one.name for one in found.origins}
    assert {(one.article, one.value, names[one.origin or ""]) for one in found.values["killed"]} == {
        ("courier", "At least 15", "Health Ministry of Iraq"),
        ("gazette", "12", "Red Crescent"),
        ("herald", "12", "Police of Baghdad"),
    }
    assert (found.type, found.start, found.place and found.place.name) == ("ASSAULT", "2022-01-05", "Baghdad")


def test_another_town_is_another_bombing(ledger: Ledger, coder: Coder) -> None:
    """Though it is told in the same words on the same day."""
    found = add(ledger, [*bombing(coder), coded(coder, ELSEWHERE, outlet="Dawn")])
    assert told(found) == {frozenset(BOMBING), frozenset({"dawn"})}


def test_an_anniversary_makes_no_incident(ledger: Ledger, coder: Coder) -> None:
    """Neither of its own day nor as a report of what it remembers."""
    ledger.add(coded(coder, BOMBING["herald"], outlet="Herald"))
    before = in_json(ledger)
    ledger.add(coded(coder, ANNIVERSARY, outlet="Memory", published="2025-01-05"))
    assert in_json(ledger) == before
    assert ledger.stats()["events"] > ledger.stats()["reports"]


def test_a_plan_makes_no_incident(ledger: Ledger, coder: Coder) -> None:
    """What is only to come is kept, and is a report of nothing."""
    assert add(ledger, [coded(coder, one, outlet=f"Paper {at}") for at, one in enumerate(PLANS)]) == []
    assert ledger.stats()["events"] == len(PLANS)


def test_a_round_up_adds_to_three(ledger: Ledger, coder: Coder) -> None:
    """One article may tell of several things; it joins each, and joins none with another."""
    texts = {"herald": BOMBING["herald"], "levant": IDLIB, "steppe": PROTEST, "digest": DIGEST}
    found = add(ledger, [coded(coder, text, outlet=name) for name, text in texts.items()])
    assert told(found) == {frozenset({name, "digest"}) for name in ("herald", "levant", "steppe")}


def test_a_copy_is_a_report_and_no_origin(ledger: Ledger, coder: Coder) -> None:
    """It says of which article it is one, and rests on nobody's word of its own."""
    (found,) = add(
        ledger,
        [
            coded(coder, BOMBING["herald"], outlet="Herald"),
            coded(coder, BOMBING["herald"], outlet="Mirror", published="2022-01-07"),
        ],
    )
    by_article = {one.article: (one.copy_of, one.origin) for one in found.reports}
    assert by_article["mirror"] == ("herald", None)
    assert by_article["herald"][0] is None
    assert (found.standing, len(found.origins)) == ("single origin", 1)
    assert {one.article for values in found.values.values() for one in values} == {"herald"}


def test_what_was_printed_first_is_the_original(ledger: Ledger, coder: Coder) -> None:
    """Whichever comes first into the ledger; and the original may change its text and stay it."""
    late = coded(coder, BOMBING["herald"], outlet="Mirror", published="2022-01-07")
    ledger.add(late)
    (found,) = add(ledger, [coded(coder, BOMBING["herald"], outlet="Herald")])
    assert {one.article: one.copy_of for one in found.reports} == {"herald": None, "mirror": "herald"}
    again = coder.code(article(BOMBING["herald"].replace("12 people", "12 people,"), outlet="Herald"))
    (found,) = add(ledger, [again])
    assert {one.article: one.copy_of for one in found.reports} == {"herald": None, "mirror": "herald"}
    assert list(ledger.check()) == []


def test_an_original_that_becomes_another_story_leaves_its_copies(ledger: Ledger, coder: Coder) -> None:
    """They are copies of nothing then, or of the first of them."""
    for name in ("Herald", "Mirror", "Echo"):
        ledger.add(coded(coder, BOMBING["herald"], outlet=name))
    (found,) = [
        one
        for one in add(ledger, [coded(coder, ELSEWHERE, outlet="Herald")])
        if len(told([one]) & {frozenset({"mirror", "echo"})})
    ]
    assert {one.article: one.copy_of for one in found.reports} == {"mirror": None, "echo": "mirror"}
    assert list(ledger.check()) == []


def test_ids_stay_whatever_is_added(ledger: Ledger, coder: Coder) -> None:
    """The incident is known by what it was called when it had one report."""
    codings = [*bombing(coder), coded(coder, DIGEST, outlet="Digest"), coded(coder, ELSEWHERE, outlet="Dawn")]
    (first,) = add(ledger, codings[:1])
    for one in codings[1:]:
        ledger.add(one)
        found = ledger.incident(first.id)
        assert found is not None
        assert found.id == first.id
    assert {one.article for one in found.reports} == {*BOMBING, "digest"}


def test_it_does_not_matter_which_process_adds(new_url: Callable[[], str], coder: Coder) -> None:
    """What one remembers of the ledger is not what makes an incident: two writers in turn make the same as one."""
    texts = {
        "digest": DIGEST,
        "levant": IDLIB,
        "steppe": PROTEST,
        "dawn": ELSEWHERE,
        "echo": BOMBING["herald"],
        **BOMBING,
    }
    codings = [coded(coder, text, outlet=name) for name, text in texts.items()]
    with Ledger.open(new_url()) as alone:
        add(alone, codings)
        expected = in_json(alone)
    url = new_url()
    with Ledger.open(url) as one, Ledger.open(url) as other:
        for at, made in enumerate(codings):
            (one, other, one, one, other)[at % 5].add(made)
        assert in_json(one) == expected
        assert in_json(other) == expected


def test_a_moved_paragraph_moves_no_incident(new_ledger: MakeLedger, coder: Coder) -> None:
    """An article that grows at its head keeps the incidents of what it told before."""
    ledger = new_ledger()
    (before,) = add(ledger, [coded(coder, PROTEST, outlet="Steppe")])
    grown = coder.code(
        article(f"This story was updated at noon and at six in the evening.\n\n{PROTEST}", outlet="Steppe")
    )
    assert ledger.add(grown).status == "changed"
    assert of(ledger.incidents(), "COERCE").id == before.id


POINTS = {"Baghdad": (33.3, 44.4), "Fallujah": (33.35, 43.78), "Mosul": (36.34, 43.13), "Basra": (30.51, 47.78)}
WORDS = frozenset({1, 2, 3, 4})


@st.composite
def reports(draw: st.DrawFn) -> list[Reported]:
    """Reports of bombings in words that are all alike, in four towns on twelve days, with tolls from one to thousands."""
    made = []
    for number in range(draw(st.integers(2, 12))):
        point = draw(st.sampled_from([None, *POINTS.values()]))
        first = draw(st.none() | st.integers(738000, 738012))
        dead = draw(st.none() | st.sampled_from([1.0, 6.0, 12.0, 60.0, 400.0, 5000.0]))
        named = draw(st.lists(st.sampled_from(sorted(POINTS.values())), max_size=1))
        made.append(
            Reported(
                event=number, article=number, type="ASSAULT", mode="explosives", country="IRQ", admin1=None,
                latitude=point and point[0], longitude=point and point[1], precision="settlement" if point else "country",
                first=first, last=first, published=draw(st.integers(738000, 738012)), who=(), whom=(),
                figures=() if dead is None else (("killed", dead, dead),), trigger=frozenset({1}), words=WORDS,
                names=WORDS, about=WORDS, spots=tuple(named), lands=("IRQ",), same_text=number,
            )
        )  # fmt: skip
    return made


@given(reports(), st.randoms())
@settings(max_examples=150, deadline=None)
def test_no_incident_holds_what_is_incompatible(made: list[Reported], random) -> None:  # type: ignore[no-untyped-def]
    """However alike the words are, and in whatever order they come."""
    random.shuffle(made)
    lists, incidents = Lists(), dict[int, list[Reported]]()
    for one in made:
        found = incident_of(one, lists, alike=lambda a, b: 1.0)
        number = one.event if found is None else found
        lists.add(one, number)
        incidents.setdefault(number, []).append(one)
    assert not [(a, b) for members in incidents.values() for a, b in combinations(members, 2) if incompatible(a, b)]
