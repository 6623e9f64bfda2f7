"""Subjects and objects read off trees that are written down here, so that no parser has a say."""

from __future__ import annotations

import spacy.tokens
from spacy.vocab import Vocab

from sayso.coding.clause import DEEPEST, Clauses
from sayso.coding.lexicon import LightWords
from sayso.coding.parsed import Doc, Token
from sayso.coding.triggers import singulars, stems

CLAUSES = Clauses(LightWords(object_marks=frozenset(("of", "for")), oblique_control={"call": frozenset(("on",))}))


def tree(rows: str) -> dict[str, Token]:
    """A document from lines of `word lemma tag pos head relation`, by word; heads are words."""
    cells = [row.split() for row in rows.strip().splitlines()]
    words = [cell[0] for cell in cells]
    heads = [words.index(cell[4]) for cell in cells]
    doc = spacy.tokens.Doc(
        Vocab(), words=words, lemmas=[c[1] for c in cells], tags=[c[2] for c in cells], pos=[c[3] for c in cells],
        heads=heads, deps=[c[5] for c in cells],
    )  # fmt: skip
    return {token.text: token for token in Doc(doc)}


def texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


def test_a_passive_turns_its_subject_into_the_object() -> None:
    """The by-phrase does it, the subject suffers it."""
    t = tree("""
        nuns nun NNS NOUN shot nsubj:pass
        were be VBD AUX shot aux:pass
        shot shoot VBN VERB shot ROOT
        by by IN ADP gunmen case
        gunmen gunman NNS NOUN shot obl:agent
    """)
    assert texts(CLAUSES.subject(t["shot"])) == ["gunmen"]
    assert texts(CLAUSES.objects(t["shot"])) == ["nuns"]


def test_a_relative_pronoun_stands_for_its_antecedent() -> None:
    """ "men who raided barracks": the men raided."""
    t = tree("""
        men man NNS NOUN men ROOT
        who who WP PRON raided nsubj
        raided raid VBD VERB men acl:relcl
        barracks barracks NNS NOUN raided obj
    """)
    assert texts(CLAUSES.subject(t["raided"])) == ["men"]


def test_a_relative_clause_without_an_object_takes_the_antecedent() -> None:
    """ "the town they shelled": the town was shelled."""
    t = tree("""
        town town NN NOUN town ROOT
        they they PRP PRON shelled nsubj
        shelled shell VBD VERB town acl:relcl
    """)
    assert texts(CLAUSES.objects(t["shelled"])) == ["town"]


def test_the_object_of_accusing_does_what_it_is_accused_of() -> None:
    """ "accused Paris of training men": Paris trains."""
    t = tree("""
        junta junta NN NOUN accused nsubj
        accused accuse VBD VERB accused ROOT
        Paris Paris NNP PROPN accused obj
        of of IN SCONJ training mark
        training train VBG VERB accused advcl
        men man NNS NOUN training obj
    """)
    assert texts(CLAUSES.subject(t["training"])) == ["Paris"]


def test_who_is_called_on_does_what_is_called_for() -> None:
    """ "bishops called on ministers to leave": the ministers leave."""
    t = tree("""
        bishops bishop NNS NOUN called nsubj
        called call VBD VERB called ROOT
        on on IN ADP ministers case
        ministers minister NNS NOUN called obl
        to to TO PART leave mark
        leave leave VB VERB called xcomp
    """)
    assert texts(CLAUSES.subject(t["leave"])) == ["ministers"]


def test_a_coordinated_verb_shares_the_subject() -> None:
    """ "rebels came and burned it": the rebels burned it."""
    t = tree("""
        rebels rebel NNS NOUN came nsubj
        came come VBD VERB came ROOT
        and and CC CCONJ burned cc
        burned burn VBD VERB came conj
        huts hut NNS NOUN burned obj
    """)
    assert texts(CLAUSES.subject(t["burned"])) == ["rebels"]


def test_a_participle_under_a_passive_has_no_doer_but_the_agent() -> None:
    """ "the bus was hit, killing four": not the bus kills."""
    t = tree("""
        bus bus NN NOUN hit nsubj:pass
        was be VBD AUX hit aux:pass
        hit hit VBN VERB hit ROOT
        killing kill VBG VERB hit advcl
        four four CD NUM killing obj
    """)
    assert CLAUSES.subject(t["killing"]) == []


def test_deep_nesting_is_given_up() -> None:
    """A chain of complements longer than any sentence costs no more than its first steps."""
    count = 3 * DEEPEST
    doc = spacy.tokens.Doc(
        Vocab(),
        words=[f"w{i}" for i in range(count)],
        lemmas=["want"] * count,
        tags=["VB"] * count,
        pos=["VERB"] * count,
        heads=[max(0, i - 1) for i in range(count)],
        deps=["ROOT"] + ["xcomp"] * (count - 1),
    )
    assert CLAUSES.subject(Doc(doc)[count - 1]) == []


def test_regular_forms_lead_back_to_their_verbs_and_nouns() -> None:
    """Doubled letters, mute e, y and plurals."""
    assert "stab" in stems("stabbing")
    assert "accuse" in stems("accused")
    assert "deny" in stems("denied")
    assert "loot" in stems("looted")
    assert singulars("bodies") == ("body",)
    assert "gunman" in singulars("gunmen")
