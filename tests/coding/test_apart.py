"""Whoever foils, reports or survives an act is not blamed for it."""

from __future__ import annotations

import pytest

from sayso.coding.coder import Coder
from sayso.records import Coding, Event


def told(coding: Coding, trigger: str) -> Event:
    (event,) = [e for e in coding.events if trigger in e.trigger.of(coding.article.text)]
    return event


def actors(coding: Coding, trigger: str) -> list[str]:
    return [party.span.of(coding.article.text) for party in told(coding, trigger).actors]


@pytest.mark.parametrize(
    ("text", "trigger", "aside"),
    [
        ("Police foiled a plot to bomb the station.", "bomb", "Police"),
        ("An attempt to kidnap the mayor was thwarted by soldiers.", "kidnap", "soldiers"),
        ("The ministry reported an attack on a convoy.", "attack", "The ministry"),
        ("The army responded to an attack on its base.", "attack", "The army"),
        ("Journalists covered the protest.", "protest", "Journalists"),
        ("The league has not condemned the bombing.", "bombing", "The league"),
        ("The resignation of the cabinet ended the riots.", "riots", "the cabinet"),
        ("Peacekeepers failed to prevent the massacre of villagers.", "massacre", "Peacekeepers"),
        ("The court upheld the arrest of the editor.", "arrest", "The court"),
    ],
)
def test_who_is_told_to_stand_apart_is_no_actor(coder: Coder, text: str, trigger: str, aside: str) -> None:
    """The event stays; only who did it is open."""
    assert aside in text
    assert actors(coder(text), trigger) == []


@pytest.mark.parametrize(
    ("text", "trigger", "doer"),
    [
        ("Police foiled a plot by militants to bomb the station.", "bomb", "militants"),
        ("Police foiled the rebels' plot to bomb the station.", "bomb", "the rebels"),
        ("Soldiers repelled the rebels' attack on the town.", "attack", "the rebels"),
        ("A man who asked not to be named said soldiers had burned the market.", "burned", "soldiers"),
        ("Witnesses saw soldiers beating demonstrators.", "beating", "soldiers"),
        ("The killing of a pupil sparked protests by teachers.", "protests", "teachers"),
        ("Police prevented protesters from storming the parliament.", "storming", "protesters"),
    ],
)
def test_whom_the_words_name_did_it(coder: Coder, text: str, trigger: str, doer: str) -> None:
    assert actors(coder(text), trigger) == [doer]


@pytest.mark.parametrize(
    ("text", "trigger", "doer"),
    [
        ("Rebels launched an attack on the town.", "attack", "Rebels"),
        ("Rebels blocked the road in an attack on the town.", "attack", "Rebels"),
        ("The army ended its bombardment of the town.", "bombardment", "The army"),
        ("Nurses ended their strike.", "strike", "Nurses"),
        ("Militants tried to bomb the station.", "bomb", "Militants"),
        ("The army reported that its troops had shelled the village.", "shelled", "its troops"),
    ],
)
def test_who_did_it_stays(coder: Coder, text: str, trigger: str, doer: str) -> None:
    assert actors(coder(text), trigger) == [doer]
