"""JSON-LD with schema.org's words: articles, the incident as an Event, a Claim for every report, a ClaimReview for every verdict.

A claim's author is whose word it is: the innermost speaker, or the outlet where the article speaks for itself; its address is
that of the article. Only a person's verdict makes a ClaimReview, whose address is the one that the verdict gives: that of the
article would be that of what is reviewed. schema.org has no word for standing, realis or denial: those are terms of sayso's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sayso.exports.iris import TERMS, Node, iri, known, ref, url
from sayso.exports.tellings import Telling, denier, denying_words, outlet, tellings, whose
from sayso.ledger.dossier import Dossier, Verdict
from sayso.records import ActorKind, Denial, Incident, Place

CONTEXT = ["https://schema.org", {"sayso": TERMS}]
HEAD = f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [\n'
FOOT = "\n]}\n"
AUTHORS: dict[ActorKind, str] = {
    "person": "Person",
    "organization": "Organization",
    "group": "Organization",
    "state": "Organization",
    "media": "Organization",
    "unknown": "Thing",
}


def nodes(dossier: Dossier) -> Iterator[Node]:
    """The nodes of one dossier: its articles, the incident, its claims, its reviews.

    Raises:
        LedgerError: a report is not in the dossier.
    """
    told = tellings(dossier)
    yield from {t.article.id: _article(t) for t in told}.values()
    yield _incident(dossier)
    for telling in told:
        yield _claim(dossier.incident, telling)
    for number, verdict in enumerate(dossier.verdicts, 1):
        yield _review(dossier.incident, told, verdict, number)


def text(dossier: Dossier) -> str:
    """The nodes, one a line, without the comma after the last."""
    return ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes(dossier))


def _article(telling: Telling) -> Node:
    article, copied = telling.article, telling.report.copy_of
    return known(
        {
            "@id": iri("article", article.id),
            "@type": "NewsArticle",
            "headline": article.title,
            "url": url(article),
            "datePublished": article.published,
            "author": article.byline,
            "publisher": _outlet(telling),
            "inLanguage": article.language,
            "isBasedOn": ref(iri("article", copied)) if copied else None,
        }
    )


def _outlet(telling: Telling) -> Node:
    return {"@type": "Organization", "name": outlet(telling.article)}


def _author(telling: Telling) -> Node:
    chain = telling.view.chain(telling.event)
    if not chain:
        return _outlet(telling)
    actor = telling.view.actor(chain[-1].speaker)
    return {"@type": AUTHORS[actor.kind if actor else "unknown"], "name": telling.view.speaker(chain[-1])}


def _claim_name(telling: Telling) -> str:
    return iri("report", telling.report.article, telling.report.event)


def _claim(incident: Incident, telling: Telling) -> Node:
    return known(
        {
            "@id": _claim_name(telling),
            "@type": "Claim",
            "text": telling.event.span.of(telling.article.text),
            "author": _author(telling),
            "datePublished": telling.report.published,
            "url": url(telling.article),
            "appearance": ref(iri("article", telling.article.id)),
            "about": ref(iri("incident", incident.id)),
            "sayso:type": telling.event.type,
            "sayso:mode": telling.event.mode,
            "sayso:realis": telling.event.realis,
            "sayso:origin": telling.origin.name if telling.origin else None,
            "sayso:voices": {"@list": telling.voices},
            "sayso:standing": incident.standing,
        }
    )


def _incident(dossier: Dossier) -> Node:
    incident = dossier.incident
    return known(
        {
            "@id": iri("incident", incident.id),
            "@type": ["Event", "sayso:Incident"],
            "startDate": incident.start,
            "endDate": incident.end,
            "location": _place(incident.place) if incident.place else None,
            "sayso:type": incident.type,
            "sayso:mode": incident.mode,
            "sayso:standing": incident.standing,
            "sayso:because": incident.because,
            "sayso:origins": [{"name": o.name, "sayso:kind": o.kind} for o in incident.origins],
            "sayso:values": list(_values(incident)),
            "sayso:denials": [_denial(dossier, denial) for denial in incident.denials],
        }
    )


def _place(place: Place) -> Node:
    located = place.latitude is not None and place.longitude is not None
    at = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude} if located else None
    return known({"@type": "Place", "name": place.name, "geo": at, "sayso:precision": place.precision})


def _values(incident: Incident) -> Iterator[Node]:
    for field, values in incident.values.items():
        for value in values:
            yield known(
                {
                    "sayso:field": field,
                    "sayso:value": value.value,
                    "sayso:low": value.low,
                    "sayso:high": value.high,
                    "sayso:by": whose(incident, value.origin, value.speaker),
                    "sayso:in": ref(iri("article", value.article)),
                }
            )


def _denial(dossier: Dossier, denial: Denial) -> Node:
    return known(
        {
            "@type": "sayso:Denial",
            "author": denier(dossier.incident, denial),
            "text": denying_words(dossier, denial),
            "appearance": ref(iri("article", denial.article)),
        }
    )


def _review(incident: Incident, told: list[Telling], verdict: Verdict, number: int) -> Node:
    return known(
        {
            "@id": iri("verdict", incident.id, str(number)),
            "@type": "ClaimReview",
            "claimReviewed": verdict.claim,
            "url": verdict.url,
            "author": {"@type": "Person", "name": verdict.author},
            "datePublished": verdict.created,
            "reviewRating": {"@type": "Rating", "alternateName": verdict.rating},
            "itemReviewed": [ref(_claim_name(t)) for t in told],
        }
    )
