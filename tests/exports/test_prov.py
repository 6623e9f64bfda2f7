"""PROV-O: every incident can be followed to articles, words and voices."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exports.dossiers import all_of_them, denied, disputed
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.exports.prov import nodes
from sayso.exports.writers import Style
from sayso.ledger.dossier import Dossier
from sayso.records import Statement

RANGES = {
    "prov:wasDerivedFrom": "prov:Entity",
    "prov:wasQuotedFrom": "prov:Entity",
    "prov:hadPrimarySource": "prov:Entity",
    "prov:wasRevisionOf": "prov:Entity",
    "prov:used": "prov:Entity",
    "prov:wasGeneratedBy": "prov:Activity",
    "prov:wasAttributedTo": "prov:Agent",
    "prov:wasAssociatedWith": "prov:Agent",
}
"""What a property leads to (PROV-O, W3C 2013)."""


def by_id(dossier: Dossier) -> dict[str, dict[str, Any]]:
    found = list(nodes(dossier))
    assert len({node["@id"] for node in found}) == len(found)
    return {node["@id"]: node for node in found}


def types(node: dict[str, Any]) -> list[str]:
    return [node["@type"]] if isinstance(node["@type"], str) else node["@type"]


def test_one_document_of_all_dossiers() -> None:
    writer = INCIDENT_WRITERS["prov"]()
    found = json.loads(writer.before() + "".join(writer.each(d, Style()) for d in all_of_them()) + writer.after())
    assert found["@context"]["prov"] == "http://www.w3.org/ns/prov#"
    assert {key for node in found["@graph"] for key in node if key.startswith("prov:")} <= {*RANGES, "prov:value"}


@pytest.mark.parametrize("dossier", all_of_them())
def test_properties_lead_to_what_prov_says_they_lead_to(dossier: Dossier) -> None:
    known = by_id(dossier)
    for node in known.values():
        for name, wanted in RANGES.items():
            targets = node.get(name, [])
            for target in targets if isinstance(targets, list) else [targets]:
                assert wanted in types(known[target["@id"]])


def test_an_incident_is_derived_from_its_reports_and_articles() -> None:
    derived = {one["@id"] for one in by_id(disputed())["urn:sayso:incident:i1"]["prov:wasDerivedFrom"]}
    assert {f"urn:sayso:article:{name}" for name in ("city-1", "wire-1", "copy-1")} < derived
    assert "urn:sayso:report:wire-1:e1" in derived


def test_a_report_has_its_words_its_source_and_the_coder_that_made_it() -> None:
    known = by_id(disputed())
    report = known["urn:sayso:report:city-1:e1"]
    assert report["prov:wasQuotedFrom"] == {"@id": "urn:sayso:article:city-1"}
    assert report["prov:value"] == "Rioters killed at least 12 guards in Almaty on Wednesday"
    assert known[report["prov:hadPrimarySource"]["@id"]]["rdfs:label"] == "the interior ministry"
    assert report["sayso:realis"] == "actual"
    activity = known[report["prov:wasGeneratedBy"]["@id"]]
    software = known[activity["prov:wasAssociatedWith"]["@id"]]
    assert [software[f"sayso:{name}"] for name in ("version", "model", "lexicon", "gazetteer")] == [
        "0.9",
        "m1",
        "l1",
        "g1",
    ]


def test_a_statement_is_its_speakers() -> None:
    known = by_id(disputed())
    statement = known["urn:sayso:statement:wire-1:s1"]
    speaker = known[statement["prov:wasAttributedTo"]["@id"]]
    assert (speaker["rdfs:label"], "prov:Person" in types(speaker)) == ("A nurse", True)
    assert known["urn:sayso:statement:city-1:s1"]["sayso:channel"] == "Radio North"


def test_a_statement_within_another_is_derived_from_it() -> None:
    dossier = disputed()
    coding = dossier.codings["wire-1"]
    (inner,) = coding.statements
    outer = Statement(id="s0", kind="indirect", act="say", content_spans=inner.content_spans)
    nested = coding.model_copy(
        update={
            "statements": (outer, inner.model_copy(update={"within": "s0"})),
            "events": (coding.events[0].model_copy(update={"statements": ("s0", "s1")}),),
        }
    )
    known = by_id(dossier._replace(codings={**dossier.codings, "wire-1": nested}))
    derived = known["urn:sayso:statement:wire-1:s1"]["prov:wasDerivedFrom"]
    assert derived == {"@id": "urn:sayso:statement:wire-1:s0"}


def test_a_copy_is_a_revision_of_what_it_repeats() -> None:
    known = by_id(disputed())
    assert known["urn:sayso:article:copy-1"]["prov:wasRevisionOf"] == {"@id": "urn:sayso:article:wire-1"}
    assert "prov:wasRevisionOf" not in known["urn:sayso:article:wire-1"]


def test_a_denial_is_attributed_to_who_denies() -> None:
    known = by_id(denied())
    (denial,) = [node for node in known.values() if "sayso:Denial" in types(node)]
    assert denial["sayso:denies"] == {"@id": "urn:sayso:incident:i3"}
    assert known[denial["prov:wasAttributedTo"]["@id"]]["rdfs:label"] == "army spokesman Rado"
