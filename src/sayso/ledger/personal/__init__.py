"""What may be passed on: codings, incidents and what people said of them, without the personal data of private people.

Telephone numbers, e-mail addresses and street addresses of homes are masked letter by letter, so that every offset stays
and `article.text[span]` still equals what a record quotes. What is taken for personal data: `personal_spans`.
Identifiers are left as they are: records and readers are led by them. Of sources see `masked_source`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sayso.ledger.dossier import Dossier
from sayso.ledger.personal.masker import Masker, hidden, masker_of, together
from sayso.ledger.personal.noted import masked_annotation, masked_verdict
from sayso.ledger.personal.sources import masked_source
from sayso.ledger.personal.spans import MASK, Found, Kind, masked, personal_spans
from sayso.records import Actor, Article, Channel, Coding, Figure, Incident, Place, Time, Value

__all__ = [
    "MASK",
    "Found",
    "Kind",
    "masked",
    "masked_coding",
    "masked_dossier",
    "masked_incident",
    "masked_source",
    "personal_spans",
]

NOWHERE: dict[str, Any] = {"geonameid": None, "latitude": None, "longitude": None, "feature": None, "precision": None}
UNTOLD: dict[str, Any] = dict.fromkeys(("start", "end", "granularity", "edtf", "duration"))


def _article(article: Article, masker: Masker) -> Article:
    return article.model_copy(
        update={
            "text": masker.clean,
            "source": masked_source(article.source),
            "outlet": masker.maybe(article.outlet),
            "title": masker.maybe(article.title),
            "byline": masker.maybe(article.byline),
            "categories": tuple(map(masker.words, article.categories)),
        }
    )


def _actor(actor: Actor, masker: Masker) -> Actor:
    labels = (label.model_copy(update={"text": masker.quoted(label.text, label.span)}) for label in actor.labels)
    return actor.model_copy(update={"name": masker.name(actor.name, actor.mentions), "labels": tuple(labels)})


def _place(place: Place, masker: Masker) -> Place:
    """A place that is only told within home addresses loses what would find it on a map."""
    unseen = bool(place.mentions) and all(map(masker.touches, place.mentions))
    return place.model_copy(
        update={
            "name": masker.name(place.name, place.mentions),
            "admin1": masker.maybe(place.admin1),
            **(NOWHERE if unseen else {}),
        }
    )


def _time(time: Time, masker: Masker) -> Time:
    changes = UNTOLD if masker.touches(time.span) else {}
    return time.model_copy(update={"text": masker.quoted(time.text, time.span), **changes})


def _figure(figure: Figure, masker: Masker) -> Figure:
    changes: dict[str, Any] = {"text": masker.quoted(figure.text, figure.span), "unit": masker.maybe(figure.unit)}
    if masker.touches(figure.span):
        changes |= {"low": None, "high": None, "unit": figure.unit and hidden(figure.unit)}
    return figure.model_copy(update=changes)


def _channel(channel: Channel | None, masker: Masker) -> Channel | None:
    return channel and channel.model_copy(update={"name": masker.quoted(channel.name, channel.span)})


def masked_coding(coding: Coding, masker: Masker | None = None) -> Coding:
    """The coding without personal data in the article's text or in any words copied from it; spans and ids stay.

    Numbers, days and coordinates that were read within personal data are null. The countries of the coding's places and
    actors say how telephone numbers may be written. A masked coding comes back equal. `masker`: the article's, where it is
    known already, or the coding is only a part of it.
    """
    masker = masker or masker_of(coding)
    statements = (
        one.model_copy(update={"channel": _channel(one.channel, masker), "act": masker.words(one.act)})
        for one in coding.statements
    )
    because = {
        name: tuple(one.model_copy(update={"because": masker.words(one.because)}) for one in getattr(coding, name))
        for name in ("events", "headline_support")
    }
    return coding.model_copy(
        update={
            "article": _article(coding.article, masker),
            "actors": tuple(_actor(one, masker) for one in coding.actors),
            "places": tuple(_place(one, masker) for one in coding.places),
            "times": tuple(_time(one, masker) for one in coding.times),
            "figures": tuple(_figure(one, masker) for one in coding.figures),
            "statements": tuple(statements),
            **because,
        }
    )


def _value(value: Value, masker: Masker) -> Value:
    changes: dict[str, Any] = {"value": masker.quoted(value.value, value.span), "speaker": masker.maybe(value.speaker)}
    if masker.touches(value.span):
        changes |= {"low": None, "high": None}
    return value.model_copy(update=changes)


def masked_incident(incident: Incident, maskers: Mapping[str, Masker] | None = None) -> Incident:
    """The incident without personal data in its values, names and reasons; spans and ids stay.

    `maskers` are those of its reports' articles by id, of texts masked or not: with them a value is masked as its article is.
    Without an article's masker its values are searched by themselves, which finds less: "14 Oak Street" alone is nobody's home.
    """
    places = (incident.place.country,) if incident.place and incident.place.country else ()
    alone = Masker("", places)
    maskers = maskers or {}
    values = {
        field: tuple(_value(value, maskers.get(value.article, alone)) for value in given)
        for field, given in incident.values.items()
    }
    denials = (
        one.model_copy(update={"speaker": maskers.get(one.article, alone).maybe(one.speaker)})
        for one in incident.denials
    )
    secrets = together((*maskers.values(), alone))
    origins = (one.model_copy(update={"name": secrets.words(masked_source(one.name))}) for one in incident.origins)
    return incident.model_copy(
        update={
            "values": values,
            "denials": tuple(denials),
            "place": _incident_place(incident, values, secrets),
            "because": secrets.words(incident.because),
            "origins": tuple(origins),
        }
    )


def _incident_place(incident: Incident, values: Mapping[str, tuple[Value, ...]], masker: Masker) -> Place | None:
    """The place, its name masked and off the map where every article that gives it gives it in a home address."""
    place = incident.place
    if place is None:
        return None
    pairs = zip(incident.values.get("place", ()), values.get("place", ()), strict=True)
    given = [MASK in after.value for before, after in pairs if before.value == place.name]
    if given and all(given):
        return place.model_copy(update={"name": hidden(place.name), **NOWHERE})
    return _place(place, masker)


def masked_dossier(dossier: Dossier) -> Dossier:
    """A dossier whose incident, codings, annotations and verdicts hold no personal data, nor the names of those who made them."""
    maskers = {name: masker_of(one) for name, one in dossier.codings.items()}
    codings = {name: masked_coding(one, maskers[name]) for name, one in dossier.codings.items()}
    masked = dossier._replace(incident=masked_incident(dossier.incident, maskers), codings=codings)
    return masked_notes(masked, maskers)


def masked_notes(dossier: Dossier, maskers: Mapping[str, Masker]) -> Dossier:
    """A dossier whose annotations and verdicts hold no personal data, nor the names of those who made them; all else is as it was."""
    if not (dossier.annotations or dossier.verdicts):
        return dossier
    everyone = together(maskers.values())
    annotations = (masked_annotation(one, maskers.get(one.article, everyone)) for one in dossier.annotations)
    verdicts = (masked_verdict(one, maskers.get(one.article or ""), everyone) for one in dossier.verdicts)
    return dossier._replace(annotations=tuple(annotations), verdicts=tuple(verdicts))
