"""Who: the actors of a text, what is one actor and what is two, and what they are called by whom."""

from __future__ import annotations

import pytest

from sayso.coding.draft import Draft, LabelDraft, StatementDraft
from sayso.coding.ranges import Range
from sayso.coding.who import collect_labels, find_actors


def one(actors, *words: str):
    """The only actor whose mentions hold all the words."""
    found = [a for a in actors if all(any(w in m for m in a.mentions) for w in words)]
    assert len(found) == 1, [(a.name, a.mentions) for a in actors]
    return found[0]


def different(actors, first: str, second: str) -> None:
    assert not [a for a in actors if any(first in m for m in a.mentions) and any(second in m for m in a.mentions)]


SAME = [
    ("Mayor Ilse Brandt opened the bridge. Brandt thanked the builders.", ("Ilse Brandt", "Brandt")),
    ("The League of Fishing Associations (LFA) met on Monday. The LFA wants higher prices.", ("League", "The LFA")),
    ("Omar Diallo, the commandant, was arrested. The commandant denied everything.", ("Omar Diallo", "The commandant")),
    ("A dentist and a baker were robbed in Oran. The baker died.", ("a baker", "The baker")),
    ("Miners blocked the road. The miners want new contracts.", ("Miners", "The miners")),
    ("Police in Minsk closed the square. The police then left.", ("Police", "The police")),
    ("President Ana Lobo flew to Rome. She will return on Friday.", ("Ana Lobo", "She")),
    ("Farmers burned tyres on the highway. They demanded fuel.", ("Farmers", "They")),
    ("Ukraine recalled its envoy. Kyiv accused Hungary of spying.", ("Ukraine", "Kyiv")),
    ("Thousands of people marched in Bern.", ("Thousands of people",)),
    ("Lobo is a judge. The judge freed two men.", ("Lobo", "The judge")),
]


@pytest.mark.parametrize(("text", "words"), SAME)
def test_mentions_of_one_actor_are_joined(actors_of, text: str, words: tuple[str, ...]) -> None:
    one(actors_of(text), *words)


APART = [
    ("Ana Prates sued Rui Prates.", "Ana Prates", "Rui Prates"),
    ("A soldier was shot. Another soldier fled.", "A soldier", "Another soldier"),
    ("Kenyan police arrested nine men. Ugandan police arrested two.", "Kenyan police", "Ugandan police"),
    ("The army fired at the rebels.", "army", "rebels"),
    ("Three men robbed a bank. Two men stole a car.", "Three men", "Two men"),
]


@pytest.mark.parametrize(("text", "first", "second"), APART)
def test_different_actors_stay_apart(actors_of, text: str, first: str, second: str) -> None:
    different(actors_of(text), first, second)


KINDS = [
    ("Dariush Kian spoke.", "Kian", "person"),
    ("Gunmen shot a nurse.", "Gunmen", "group"),
    ("The interior ministry denied it.", "ministry", "organization"),
    ("Reuters reported the raid.", "Reuters", "media"),
    ("Grenada asked Caracas for fuel.", "Caracas", "state"),
    ("A drone hit a pipeline.", "pipeline", "unknown"),
]


@pytest.mark.parametrize(("text", "word", "kind"), KINDS)
def test_actors_have_kinds(actors_of, text: str, word: str, kind: str) -> None:
    assert one(actors_of(text), word).kind == kind


COUNTRIES = [
    ("A Chilean baker was robbed.", "baker", "CHL"),
    ("Mali's junta expelled the envoy.", "junta", "MLI"),
    ("The president of Peru resigned.", "president", "PER"),
    ("Cairo-born violinist Mona Said was fined.", "Mona Said", None),
]


@pytest.mark.parametrize(("text", "word", "country"), COUNTRIES)
def test_a_country_comes_from_what_stands_with_the_noun(actors_of, text: str, word: str, country: str | None) -> None:
    assert one(actors_of(text), word).country == country


def test_a_place_where_something_happened_is_no_actor(actors_of) -> None:
    assert not [a for a in actors_of("Two men were arrested in Lagos.") if "Lagos" in a.mentions]


def test_the_fullest_name_is_the_name(actors_of) -> None:
    assert one(actors_of("Brandt spoke first. Later Ilse Brandt left."), "Brandt").name == "Ilse Brandt"


def test_every_coordinated_actor_has_its_own_head(draft_of) -> None:
    draft = draft_of("Lithuania, Latvia and Estonia closed their airspace.")
    find_actors(draft)
    heads = {t.text: draft.actor_at(t.i) for t in draft.doc}
    named = [heads[name] for name in ("Lithuania", "Latvia", "Estonia")]
    assert all(named)
    assert len({id(a) for a in named}) == 3


def test_first_persons_are_left_to_the_room_of_statements(draft_of) -> None:
    draft = draft_of("“We will not leave,” said a miner.")
    find_actors(draft)
    assert draft.actor_at(next(t.i for t in draft.doc if t.text == "We")) is None


def labelled(draft: Draft) -> dict[str, list[tuple[str, str | None]]]:
    def by(label: LabelDraft) -> str | None:
        return None if label.statement is None or label.statement.speaker is None else label.statement.speaker.name

    return {a.name: [(draft.doc.span(*x.range).text, by(x)) for x in a.labels] for a in draft.actors}


def test_a_noun_outside_of_statements_is_the_articles_own_word(draft_of) -> None:
    draft = draft_of("Angry farmers burned tyres.")
    find_actors(draft)
    collect_labels(draft)
    assert ("Angry farmers", None) in [pair for pairs in labelled(draft).values() for pair in pairs]


def test_a_noun_inside_a_statement_is_the_speakers_word(draft_of) -> None:
    text = "The prefect said looters had wrecked the kiosk."
    draft = draft_of(text)
    find_actors(draft)
    prefect = draft.actor_at(1)
    draft.statements.append(StatementDraft("indirect", "say", [Range(3, 8)], Range(2, 3), prefect, Range(0, 2)))
    collect_labels(draft)
    assert ("looters", "prefect") in [pair for pairs in labelled(draft).values() for pair in pairs]


def test_an_opinion_gives_the_noun_to_who_holds_it(draft_of) -> None:
    draft = draft_of("To the governor they are vandals.")
    find_actors(draft)
    collect_labels(draft)
    assert ("vandals", "governor") in [pair for pairs in labelled(draft).values() for pair in pairs]


def test_a_name_that_is_given_is_the_givers(draft_of) -> None:
    draft = draft_of("The mayor branded the strikers as thugs.")
    find_actors(draft)
    collect_labels(draft)
    labels = next(pairs for pairs in labelled(draft).values() if ("strikers", None) in pairs)
    assert ("thugs", "mayor") in labels


def test_contested_groups_that_do_the_same_are_joined(coder) -> None:
    text = "Protesters stormed the town hall in Jos on Friday. The governor said terrorists had stormed the building."
    coding = coder(text, published="2015-06-01")
    actor = next(a for a in coding.actors if any(x.text == "Protesters" for x in a.labels))
    said = {x.text: coding.find(x.statement) for x in actor.labels}
    assert said["Protesters"] is None
    assert said["terrorists"].speaker_span.of(text) == "The governor"


def test_groups_that_oppose_each_other_are_not_joined(coder) -> None:
    coding = coder("Militants attacked protesters in Jos. The militants stormed the market and the protesters fled.")
    assert not [a for a in coding.actors if {"Militants", "protesters"} <= {x.text for x in a.labels}]


def test_a_long_text_of_names_takes_little_time(draft_of) -> None:
    draft = draft_of(
        " ".join(f"Minister Ana{i} Lobo{i} met the workers and the rebels. They left." for i in range(300))
    )
    find_actors(draft)
    assert len(draft.actors) >= 300


def test_the_same_text_gives_the_same_actors(draft_of) -> None:
    text = "The Union of Bakers (UB) met General Sato. He asked the UB for bread, and its members agreed."
    found = []
    for _ in range(2):
        draft = draft_of(text)
        find_actors(draft)
        found.append([(a.name, a.kind, a.sectors, [m.range for m in a.mentions]) for a in draft.actors])
    assert found[0] == found[1]


def test_a_last_name_that_is_also_a_first_name_is_still_the_last_name(actors_of) -> None:
    one(actors_of("Senator Ilse Warren spoke first. Warren left early."), "Ilse Warren", "Warren")


def test_the_head_of_a_club_is_not_of_the_government(actors_of) -> None:
    assert "GOV" not in one(actors_of("Rotary Club president Ana Lobo resigned."), "Ana Lobo").sectors


def test_an_editors_gloss_says_who_a_pronoun_is(actors_of) -> None:
    one(actors_of("“We [the bakers] will not pay,” said Ana Lobo."), "We", "the bakers")


def test_counted_things_in_a_row_are_not_one_actor(actors_of) -> None:
    actors = actors_of("In all 40 kiosks, 60 bakeries and banks, about a hundred offices were looted.")
    different(actors, "40 kiosks", "60 bakeries")
    different(actors, "60 bakeries", "banks")


def test_several_bodies_are_not_one_body_of_the_kind(actors_of) -> None:
    different(
        actors_of("Crowds seized local administrations. Later the administration burned down."),
        "local administrations",
        "the administration",
    )


def test_a_town_is_no_he(actors_of) -> None:
    """A pronoun for a person never stands for a town, whatever the town's name was taken for."""
    different(actors_of("Karaganda was calm. He rejected calls to resign."), "Karaganda", "He")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Looters burned shops and cafes.", {"looters"}),
        ("The regime sent troops.", {"regime", "troops"}),
        ("Local administrations paid a list of informers.", {"informers"}),
        ("A Nepali trekker was robbed.", {"nepali trekker"}),
    ],
)
def test_labels_are_what_people_are_called_by(coder, text: str, labels: set[str]) -> None:
    """Shops, offices and councils have none."""
    assert {label.text.lower() for actor in coder(text).actors for label in actor.labels} == labels
