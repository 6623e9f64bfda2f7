"""Who says what, through which channel, within whose report."""

from __future__ import annotations

import pytest

from sayso.coding.channels import media_in
from sayso.coding.coder import Coder
from sayso.coding.draft import Draft, StatementDraft
from sayso.coding.parsed import Doc
from sayso.coding.ranges import Range
from sayso.coding.tables import table
from sayso.coding.who import find_actors
from sayso.coding.whose_word import find_statements
from sayso.records import Article


def read(coder: Coder, text: str) -> Draft:
    draft = coder.draft(Article(id="test", text=text))
    find_actors(draft)
    find_statements(draft)
    return draft


def said(draft: Draft, words: str) -> StatementDraft:
    """The innermost statement whose content holds the words."""
    start = draft.doc.text.index(words)
    holding = [
        s for s in draft.statements if any(p.span(draft.doc).start <= start < p.span(draft.doc).end for p in s.content)
    ]
    assert holding, f"nobody says {words!r}"
    return max(holding, key=lambda s: len(s.chain()))


def source(draft: Draft, statement: StatementDraft) -> str:
    words = statement.speaker_range
    return "" if words is None else draft.doc.span(*words).text


@pytest.mark.parametrize(
    ("text", "words", "speaker", "act"),
    [
        ("The harbour master said the crew had left.", "crew had left", "harbour master", "say"),
        ("The crew had left, the harbour master said.", "crew had left", "harbour master", "say"),
        ("The crew had left at dawn, said the harbour master.", "crew had left", "harbour master", "say"),
        ("The crew, officials at the port told the paper, had left.", "had left", "officials", "say"),
        ("According to the port captain, the crew had left.", "crew had left", "port captain", "say"),
        ("The crew had left, according to two sailors.", "crew had left", "sailors", "say"),
        ("The guild accused Lisbon of arming the pirates.", "arming the pirates", "guild", "accuse"),
        ("The sailors demanded a better contract.", "better contract", "sailors", "demand"),
        ("Police denied that officers had fired.", "officers had fired", "Police", "deny"),
        ("The pirates threatened to burn the boats.", "burn the boats", "pirates", "threaten"),
        ("Villagers fear that the dam will break.", "dam will break", "Villagers", "fear"),
        ("In the bishop's words, the harbour is a graveyard.", "harbour is a graveyard", "bishop", "say"),
        ("To the bishop they are martyrs.", "martyrs", "bishop", "believe"),
        ("Ship sinks off Malta, coastguard says", "sinks", "coastguard", "say"),
    ],
)
def test_the_source_of_what_is_said(coder: Coder, text: str, words: str, speaker: str, act: str) -> None:
    draft = read(coder, text)
    statement = said(draft, words)
    assert speaker in source(draft, statement)
    assert statement.act == act


def test_a_quotation_is_direct_and_goes_on_after_its_cue(coder: Coder) -> None:
    draft = read(coder, "“Nobody told us to leave,” said Marta Ruiz. “We simply left.”")
    assert said(draft, "Nobody told").kind == "direct"
    assert source(draft, said(draft, "simply left")) == "Marta Ruiz"


def test_a_report_within_a_report_knows_what_holds_it(coder: Coder) -> None:
    draft = read(coder, "The clerk said a monk had told him that the gate was open.")
    inner = said(draft, "gate was open")
    assert "monk" in source(draft, inner)
    assert inner.within is not None
    assert "clerk" in source(draft, inner.within)


@pytest.mark.parametrize(
    "text",
    [
        "The queen accepted the resignation of the premier.",
        "Uruguay jailed two smugglers.",
        "The ministry blocked access to three portals.",
        "A tribunal convicted five sailors over the wreck of the ferry.",
        "More than 300 cases of theft were recorded.",
        "The pirates attacked the harbour at dawn.",
        "Detectives questioned two men.",
    ],
)
def test_an_ordinary_act_lends_nobody_a_voice(coder: Coder, text: str) -> None:
    assert not read(coder, text).statements


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The bank accepted the claim that the ledgers were false.", "ledgers were false", "bank"),
        ("Auditors questioned whether the cargo existed.", "cargo existed", "Auditors"),
    ],
)
def test_a_verb_of_deeds_may_say_a_clause(coder: Coder, text: str, words: str, speaker: str) -> None:
    draft = read(coder, text)
    assert speaker in source(draft, said(draft, words))


def test_who_is_quoted_as_saying_speaks_and_the_radio_carries_it(coder: Coder) -> None:
    draft = read(coder, "State television quoted the admiral as saying that the pirates had fled.")
    statement = said(draft, "pirates had fled")
    assert "admiral" in source(draft, statement)
    assert statement.channel is not None
    assert "television" in statement.channel.name


def test_what_somebody_denies_doing_stands_within_the_report_of_it(coder: Coder) -> None:
    draft = read(coder, "The abbot said that the treasurer had denied selling the bells.")
    inner = said(draft, "selling the bells")
    assert inner.act == "deny"
    assert "treasurer" in source(draft, inner)
    assert inner.within is not None


def test_a_quotation_belongs_to_the_person_of_whom_the_sentence_before_tells(coder: Coder) -> None:
    draft = read(
        coder, "Baker Ana Lopes hid in the cellar.\n\n“The roof fell on us. We had no water.”\n\nShe is safe now."
    )
    statement = said(draft, "roof fell")
    assert statement.kind == "direct"
    assert "Lopes" in source(draft, statement)


def test_a_count_is_the_word_of_who_counted(coder: Coder) -> None:
    draft = read(coder, "Stewards counted 700.")
    assert source(draft, said(draft, "700")) == "Stewards"


def test_a_clause_before_a_semicolon_is_not_said_by_the_next(coder: Coder) -> None:
    draft = read(coder, "The guild published a list of debtors; “they will pay”, it said.")
    assert draft.doc.span(*said(draft, "they will pay").content[0]).text.startswith("“they")


def test_a_line_below_a_quotation_names_its_speaker(coder: Coder) -> None:
    draft = read(
        coder, "The fleet met on Monday.\n\n“We ask all crews to stay in the port tonight “,\n\n– said Admiral Okafor."
    )
    assert "Okafor" in source(draft, said(draft, "all crews"))


def test_a_paragraph_without_marks_belongs_to_the_line_below(coder: Coder) -> None:
    draft = read(
        coder, "The fleet met on Monday.\n\nIt is right to ask our allies for ships,\n\n– said Admiral Okafor."
    )
    assert "Okafor" in source(draft, said(draft, "our allies"))


def test_first_person_in_a_quotation_is_the_speaker(coder: Coder) -> None:
    draft = read(coder, "“I will sell the island next year,” said Marta Ruiz.")
    statement = said(draft, "sell")
    first = next(token.i for token in draft.doc if token.text == "I")
    assert draft.actor_at(first) is statement.speaker


def test_page_furniture_never_speaks(coder: Coder) -> None:
    draft = read(coder, "The fleet met on Monday in the old port.\n\nLeave a Reply")
    assert not draft.statements


CHANNELS = [(entry["kind"], example) for entry in table("channels")["channel"] for example in entry["examples"]]


@pytest.mark.parametrize(("kind", "example"), CHANNELS)
def test_media_of_the_lexicon_are_found(coder: Coder, kind: str, example: str) -> None:
    text = example.replace("<", "").replace(">", "")
    name = example[example.index("<") + 1 : example.index(">")]
    doc = Doc(coder.nlp(text))
    found = [(m.kind, m.channel(doc).name) for m in media_in(doc, Range(0, len(doc)))]
    assert (kind, name) in found


@pytest.mark.parametrize(
    ("text", "words", "channel"),
    [
        ("In a video posted on YouTube, a pirate said the crew was alive.", "crew was alive", "YouTube"),
        ("The mayor told Reuters that the bridge would open.", "bridge would open", "Reuters"),
        ("The minister wrote on Twitter that the port was closed.", "port was closed", "Twitter"),
        ("The bishop said on the TV channel Ves 9 that the bells were stolen.", "bells were stolen", "Ves 9"),
    ],
)
def test_the_channel_is_apart_from_the_voice(coder: Coder, text: str, words: str, channel: str) -> None:
    statement = said(read(coder, text), words)
    assert statement.channel is not None
    assert statement.channel.name == channel


def test_a_paper_hands_over_to_the_source_it_refers_to(coder: Coder) -> None:
    draft = read(
        coder, "Two men were held near the old mill, reports the newspaper Vestnik with reference to the police."
    )
    speakers = {source(draft, s): s for s in draft.statements}
    inner = next(s for words, s in speakers.items() if "police" in words)
    assert inner.within is not None
    assert "Vestnik" in source(draft, inner.within) or inner.within.channel is not None


@pytest.mark.parametrize(
    ("text", "words", "speaker", "kind"),
    [
        ("– We will not sell the boats, the skipper said.", "will not sell", "skipper", "direct"),
        ("« We will not sell the boats », said the skipper.", "will not sell", "skipper", "direct"),
        ("The skipper said: 「We will not sell the boats.」", "will not sell", "skipper", "direct"),
        ('" We will not sell the boats , said the skipper .', "will not sell", "skipper", "direct"),
        ("The skipper called the sale “a disgrace”.", "disgrace", "skipper", "mixed"),
        ("The harbour is “fully open”, the skipper insisted.", "fully open", "skipper", "mixed"),
        ("The dead, replied the lawyer Ana Serra, are not forgotten.", "not forgotten", "Ana Serra", "indirect"),
        ("By the skipper's count nine boats were lost.", "boats were lost", "skipper", "indirect"),
        ("In the judgement of the skipper, the harbour is lost.", "harbour is lost", "skipper", "indirect"),
    ],
)
def test_every_form_has_its_speaker_and_kind(coder: Coder, text: str, words: str, speaker: str, kind: str) -> None:
    draft = read(coder, text)
    statement = said(draft, words)
    assert speaker in source(draft, statement)
    assert statement.kind == kind


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("“The dam holds,” said Ivo Marek, after two days of rain had flooded the valley.", "flooded the valley"),
        ("The dam is safe, the ministry insisted, although engineers had warned of cracks.", "of cracks"),
        ("At the gate of the mine, Ivo Marek said: “The lamps came too late.”", "At the gate"),
    ],
)
def test_how_somebody_spoke_is_no_part_of_what_is_said(coder: Coder, text: str, outside: str) -> None:
    draft = read(coder, text)
    start = text.index(outside)
    by_first = min(draft.statements, key=lambda s: s.content[0].start)
    assert not any(part.span(draft.doc).start <= start < part.span(draft.doc).end for part in by_first.content)


def test_he_inside_a_quotation_is_not_its_speaker(coder: Coder) -> None:
    draft = read(
        coder, "Governor Ivo Marek sold the port. “He never asked us,” said the union leader, Jan Kos. “He will pay.”"
    )
    marek = next(a for a in draft.actors if a.name == "Ivo Marek")
    kos = next(a for a in draft.actors if a.name == "Jan Kos")
    for place in (i for i, token in enumerate(draft.doc) if token.text == "He"):
        assert draft.actor_at(place) is marek
    assert said(draft, "never asked").speaker is kos


def test_a_quotation_within_a_quotation_is_direct_speech_of_its_own(coder: Coder) -> None:
    draft = read(coder, "“The guard told us, ‘Go home,’ and we went,” said Jan Kos.")
    inner = said(draft, "Go home")
    assert inner.kind == "direct"
    assert "guard" in source(draft, inner)
    assert inner.within is said(draft, "we went")


def test_the_author_of_a_document_speaks_in_it(coder: Coder) -> None:
    draft = read(coder, "The judge Ana Serra died on Monday, according to a statement released by the Supreme Court.")
    statement = said(draft, "died")
    assert statement.speaker is not None
    assert "Supreme Court" in statement.speaker.name
    assert statement.channel is not None
    assert statement.channel.kind == "statement"


def test_an_age_tells_of_no_new_person(coder: Coder) -> None:
    draft = read(
        coder, "Ivo Marek has run the port since May. The 52-year-old former diver said the cranes would be sold."
    )
    speaker = said(draft, "cranes").speaker
    assert speaker is not None
    assert speaker.name == "Ivo Marek"


def test_a_name_in_s_is_one_person(coder: Coder) -> None:
    draft = read(coder, "Prime Minister Nikos Vardakis opened the port. “It is ours,” he said.")
    speaker = said(draft, "It is ours").speaker
    assert speaker is not None
    assert "Vardakis" in speaker.name


def test_reading_an_offer_says_nothing(coder: Coder) -> None:
    assert not read(coder, "Jan Kos has read the offer.").statements
