"""What is masked in one article, for words copied from it."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from sayso.ledger.personal.spans import MASK, masked, personal_spans, told
from sayso.records import Coding, Span


def countries_of(coding: Coding) -> set[str]:
    """The alpha-3 codes of the countries that an article's places and actors are of."""
    named = (*(one.country for one in coding.places), *(one.country for one in coding.actors))
    return {code for code in named if code}


class _Of(BaseModel):
    country: str | None


class _Text(BaseModel):
    text: str


class _Masked(BaseModel):
    """Of a coding what is asked for to mask it: the rest of its JSON is passed over, which is quick."""

    article: _Text
    places: list[_Of]
    actors: list[_Of]


def masker_in(coding: str, *, is_masked: bool) -> Masker:
    """The masker of an article by its coding as JSON. `is_masked`: by these very rules."""
    found = _Masked.model_validate_json(coding)
    countries = (one.country for one in (*found.places, *found.actors))
    return Masker(found.article.text, filter(None, countries), is_masked=is_masked)


def masker_of(coding: Coding) -> Masker:
    """The masker of an article, by its text and the countries of its coding."""
    return Masker(coding.article.text, countries_of(coding))


def together(maskers: Iterable[Masker]) -> Masker:
    """One for words of no certain article: it knows what is masked in any of them."""
    known = list(maskers)
    countries = (code for one in known for code in one.countries)
    return Masker("", countries, secrets=(secret for one in known for secret in one.secrets))


def hidden(words: str) -> str:
    """Words of which nothing may be read."""
    return "".join(MASK if c.isalnum() else c for c in words)


class Masker:
    """What is personal in one article, and the article's words without it.

    `clean` is the masked text; `secrets` are the words that were masked, the longest first, with others that the caller knows.
    `is_masked`: the text was masked by these very rules, so that there is nothing to look for.
    """

    def __init__(
        self, text: str, countries: Iterable[str], *, secrets: Iterable[str] = (), is_masked: bool = False
    ) -> None:
        self.countries = frozenset(countries)
        self.text = text
        found = [] if is_masked else personal_spans(text, countries=self.countries)
        self.clean = masked(text, found)
        known = {*secrets, *told(text, found)}
        self.secrets = sorted(known, key=lambda words: (-len(words), words))

    def touches(self, span: Span) -> bool:
        """Whether some of the words are masked; so are words of a text that was masked before."""
        return MASK in span.of(self.clean)

    def words(self, value: str) -> str:
        """Words that stand on their own: without what is personal in the article or in themselves."""
        for secret in self.secrets:
            value = value.replace(secret, hidden(secret))
        return masked(value, personal_spans(value, countries=self.countries))

    def maybe(self, value: str | None) -> str | None:
        return None if value is None else self.words(value)

    def quoted(self, value: str, span: Span) -> str:
        """Words copied from a span: as the masked text has them."""
        return span.of(self.clean) if span.of(self.text) == value else self.name(value, (span,))

    def name(self, name: str, mentions: Iterable[Span]) -> str:
        """A name that the article gives in these places: masked where it is told in nothing but personal data."""
        spans = list(mentions)
        written = [span.of(self.clean) for span in spans if span.of(self.text) == name]
        if written:
            return self.words(name if name in written else written[0])
        return hidden(name) if spans and all(map(self.touches, spans)) else self.words(name)
