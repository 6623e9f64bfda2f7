"""How real an event is: the lexicon's examples, and clauses that need no lexicon."""

from __future__ import annotations

import tomllib

import pytest
from spacy.language import Language

from sayso.coding.parsed import Doc
from sayso.coding.realis import FILE, judge

SCOPES = tomllib.loads(FILE.read_text(encoding="utf-8"))["scope"]
EXAMPLES = [
    (text, at, kind, scope["negated"] if " not " in text else scope["realis"])
    for scope in SCOPES
    for text, at, kind in scope["examples"]
]

CLAUSES = [
    ("Soldiers shot the farmer.", "shot", "ASSAULT", "actual"),
    ("Soldiers did not shoot the farmer.", "shoot", "ASSAULT", "negated"),
    ("Soldiers never shot the farmer.", "shot", "ASSAULT", "negated"),
    ("No soldier shot the farmer.", "shot", "ASSAULT", "negated"),
    ("Workers will march on Friday.", "march", "PROTEST", "future"),
    ("Workers may march on Friday.", "march", "PROTEST", "hypothetical"),
    ("If workers march, the mayor will resign.", "march", "PROTEST", "hypothetical"),
    ("The attempted murder of the judge shocked the city.", "murder", "ASSAULT", "attempted"),
    ("A planned march alarmed the shops.", "march", "PROTEST", "future"),
    ("The police left without arresting anyone.", "arresting", "COERCE", "negated"),
    ("Thousands gathered to protest against the tax.", "protest", "PROTEST", "actual"),
    ("The court jailed a man for killing his neighbour.", "killing", "ASSAULT", "actual"),
    ("The minister denied that the police would arrest the editor.", "arrest", "COERCE", "negated"),
    ("The rally was not held.", "rally", "PROTEST", "negated"),
    ("Our goal is the overthrow of the regime.", "overthrow", "COERCE", "future"),
    ("Not everyone in the party agrees.", "agrees", "AGREE", "negated"),
    ("Inspectors found no sign of torture.", "torture", "ASSAULT", "negated"),
    ("We will try to jail the general.", "jail", "COERCE", "future"),
    ("Residents said soldiers had shot the farmer.", "shot", "ASSAULT", "actual"),
    ("The clerk told her mother that soldiers had beaten him.", "beaten", "ASSAULT", "actual"),
    ("The clerk told the men to leave.", "leave", "RETREAT", "hypothetical"),
    ("The minister said that two battalions would be sent to the border.", "sent", "MOBILIZE", "future"),
    ("The minister said he would resign if the vote failed.", "resign", "RETREAT", "hypothetical"),
    ("The guards would have shot the men, he said.", "shot", "ASSAULT", "hypothetical"),
    ("Had the guards opened fire, dozens would have died.", "opened", "ASSAULT", "hypothetical"),
    ("Neither the rebels nor the army attacked the convoy.", "attacked", "ASSAULT", "negated"),
    ("Neither side attacked the convoy.", "attacked", "ASSAULT", "negated"),
    ("Bolivian miners to strike from Monday", "strike", "PROTEST", "future"),
    ("Insurgents failed to capture the airfield despite two days of fighting.", "fighting", "ASSAULT", "actual"),
    ("Police foiled a plot to bomb the station.", "bomb", "ASSAULT", "attempted"),
    ("Relatives demanded an inquiry into the killing of two farmers.", "killing", "ASSAULT", "actual"),
    ("Relatives demanded the killing of two farmers.", "killing", "ASSAULT", "hypothetical"),
    ("The unions cancelled plans to strike.", "strike", "PROTEST", "negated"),
    ("The governor warned that anyone who joined the march would be arrested.", "march", "PROTEST", "hypothetical"),
    ("The police arrested anyone who joined the march.", "march", "PROTEST", "actual"),
]


def realis(nlp: Language, text: str, at: str, kind: str) -> str:
    doc = Doc(nlp(text))
    head = next(token for token in doc if token.text == at)
    return judge(head, kind).realis


@pytest.mark.parametrize(("text", "at", "kind", "expected"), EXAMPLES)
def test_the_examples_of_the_lexicon(nlp: Language, text: str, at: str, kind: str, expected: str) -> None:
    assert realis(nlp, text, at, kind) == expected


@pytest.mark.parametrize(("text", "at", "kind", "expected"), CLAUSES)
def test_clauses(nlp: Language, text: str, at: str, kind: str, expected: str) -> None:
    assert realis(nlp, text, at, kind) == expected


def test_the_reason_names_the_word(nlp: Language) -> None:
    doc = Doc(nlp("Police foiled a kidnapping."))
    assert "foiled" in judge(doc[3], "ASSAULT").why
