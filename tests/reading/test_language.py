"""English is told from other languages where there is enough text, and nothing is claimed where there is not."""

from __future__ import annotations

import pytest

from sayso.reading.language import english, guess

RUSSIAN = "Полиция сообщила, что в городе задержаны десять человек, участвовавших в беспорядках на площади."
SPANISH = (
    "La policía informó el viernes de que diez personas fueron detenidas en la ciudad por su participación en los disturbios de la "
    "plaza. El ministro del interior dijo que el gobierno no va a negociar con los mineros, que piden un nuevo contrato."
)
GERMAN = (
    "Die Polizei hat am Freitag zehn Menschen in der Stadt festgenommen, die an den Unruhen auf dem Platz beteiligt waren. Der "
    "Innenminister sagte, dass die Regierung nicht mit den Bergleuten verhandeln werde, die einen neuen Vertrag fordern."
)
NAMES = "Oruro Potosi Sucre Tarija Cochabamba " * 15


@pytest.mark.parametrize(
    "text",
    [
        "The police said that ten people had been arrested in the town.",
        "THE POLICE SAID THAT TEN PEOPLE HAD BEEN ARRESTED IN THE TOWN.",
        "The police in Кызыл and Алматы said that ten people had been arrested.",
    ],
)
def test_english_is_english(text: str) -> None:
    assert english(text) is True
    assert guess(text) == "en"


@pytest.mark.parametrize(("text", "tag"), [(RUSSIAN, "ru"), (SPANISH, "es"), (GERMAN, "de")])
def test_other_languages_are_not(text: str, tag: str) -> None:
    assert english(text) is False
    assert guess(text) == tag


def test_a_sentence_full_of_names_is_not_refused() -> None:
    text = "On Monday, Interior Minister Juan Mamani ordered hard-hitting sanctions on Oruro Mining Cooperative's Supreme Council, Radio Pio Doce reported."
    assert english(text) is not False


def test_a_short_sentence_of_another_language_is_refused() -> None:
    assert (
        english("La policía informó de que las diez personas fueron detenidas por los disturbios de la plaza.") is False
    )


@pytest.mark.parametrize("text", ["", "Ten held", "Jakarta police arrest 14", "12 34", "🙂" * 400])
def test_too_little_tells_nothing(text: str) -> None:
    assert english(text) is None


def test_a_short_headline_is_of_no_other_language() -> None:
    """One word that another language has too says nothing."""
    assert guess("Rebels attacked a convoy near Gao.") is None


def test_a_long_list_of_names_is_not_prose() -> None:
    assert english(NAMES) is False
    assert guess(NAMES) is None


@pytest.mark.parametrize(
    ("text", "tag"), [("Взрыв.", "ru"), ("انفجار", "ar"), ("爆炸", "zh"), ("Shots.", None), ("🔥 12", None)]
)
def test_a_word_of_another_script_is_enough(text: str, tag: str | None) -> None:
    """Posts in channels are short; words of Latin script may be anybody's name."""
    assert english(text) is (None if tag is None else False)
    assert guess(text) == tag
