"""JSON-LD in schema.org's words: claims of speakers, and reviews by people only."""

from __future__ import annotations

import json
from typing import Any

from exports.dossiers import all_of_them, denied, disputed, nowhere
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.exports.jsonld import nodes
from sayso.exports.writers import Style
from sayso.ledger.dossier import Dossier

SCHEMA = {
    "NewsArticle": set("headline url datePublished author publisher inLanguage isBasedOn".split()),
    "Claim": set("text url author datePublished appearance about".split()),
    "ClaimReview": set("claimReviewed url author datePublished reviewRating itemReviewed".split()),
    "Event": set("startDate endDate location".split()),
    "Place": set("name geo".split()),
    "GeoCoordinates": set("latitude longitude".split()),
    "Rating": set("alternateName".split()),
    "Person": {"name"},
    "Organization": {"name"},
}
"""The properties that schema.org has for the types written here."""


def of_type(dossier: Dossier, kind: str) -> list[dict[str, Any]]:
    return [node for node in nodes(dossier) if kind in (node["@type"], *node["@type"])]


def inside(node: Any) -> list[dict[str, Any]]:
    """All objects of a document, from the outermost in."""
    if isinstance(node, list):
        return [found for one in node for found in inside(one)]
    return [node, *(f for value in node.values() for f in inside(value))] if isinstance(node, dict) else []


def test_one_document_of_all_dossiers() -> None:
    writer = INCIDENT_WRITERS["jsonld"]()
    found = json.loads(writer.before() + "".join(writer.each(d, Style()) for d in all_of_them()) + writer.after())
    assert found["@context"][0] == "https://schema.org"
    assert len(found["@graph"]) == sum(len(list(nodes(d))) for d in all_of_them())


def test_types_have_schema_orgs_properties_or_prefixed_ones() -> None:
    """A property without a prefix is one that schema.org has for the type."""
    for dossier in all_of_them():
        for node in inside(list(nodes(dossier))):
            kinds = {node["@type"]} if isinstance(node.get("@type"), str) else set(node.get("@type", ()))
            allowed = set().union(*(SCHEMA.get(kind, set()) for kind in kinds))
            if kinds & set(SCHEMA):
                assert {k for k in node if not k.startswith(("@", "sayso:"))} <= allowed


def test_references_lead_to_nodes_or_out() -> None:
    """Whatever is named by one of sayso's IRIs stands in the document, but for the articles of others' copies."""
    for dossier in all_of_them():
        found = list(nodes(dossier))
        here = {node["@id"] for node in found}
        assert len(here) == len(found)
        assert {node["@id"] for node in inside(found) if set(node) == {"@id"}} <= here


def test_a_claim_is_its_speakers_and_appears_in_its_article() -> None:
    claims = of_type(disputed(), "Claim")
    assert [claim["author"] for claim in claims] == [
        {"@type": "Organization", "name": "the interior ministry"},
        {"@type": "Person", "name": "A nurse"},
        {"@type": "Person", "name": "A nurse"},
    ]
    assert claims[0]["appearance"] == {"@id": "urn:sayso:article:city-1"}
    assert claims[0]["url"] == "https://www.city.example/news?id=1"
    assert claims[0]["text"] == "Rioters killed at least 12 guards in Almaty on Wednesday"
    assert {(c["sayso:standing"], c["sayso:realis"]) for c in claims} == {("disputed", "actual")}


def test_an_article_in_its_own_voice_claims_by_its_outlet() -> None:
    dossier = disputed()
    coding = dossier.codings["city-1"]
    own = coding.model_copy(update={"events": (coding.events[0].model_copy(update={"statements": ()}),)})
    claim = of_type(dossier._replace(codings={**dossier.codings, "city-1": own}), "Claim")[0]
    assert claim["author"] == {"@type": "Organization", "name": "City News"}
    assert claim["sayso:voices"] == {"@list": []}


def test_articles_keep_their_facts_and_copies_what_they_are_based_on() -> None:
    city, _, copy = of_type(disputed(), "NewsArticle")
    assert (city["headline"], city["author"]) == ("Guards shot dead in Almaty", "A. Writer")
    assert (city["url"], city["inLanguage"]) == ("https://www.city.example/news?id=1", "en")
    assert copy["isBasedOn"] == {"@id": "urn:sayso:article:wire-1"}
    assert "url" not in copy


def test_only_a_person_makes_a_review() -> None:
    assert of_type(disputed(), "ClaimReview") == of_type(nowhere(), "ClaimReview") == []
    (review,) = of_type(denied(), "ClaimReview")
    assert review["claimReviewed"] == "A drone struck a market in Ardel"
    assert review["author"] == {"@type": "Person", "name": "Vera"}
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Mostly true"}
    assert review["itemReviewed"] == [{"@id": "urn:sayso:report:strike-1:e1"}]


def test_denials_stand_beside_the_incident() -> None:
    (incident,) = of_type(denied(), "sayso:Incident")
    (denial,) = incident["sayso:denials"]
    assert (denial["author"], denial["text"]) == ("army spokesman Rado", "“Nothing of the kind happened,”")


def test_an_unlocated_incident_has_no_place() -> None:
    assert "location" not in of_type(nowhere(), "Event")[0]
    assert of_type(disputed(), "Event")[0]["location"]["geo"]["@type"] == "GeoCoordinates"
