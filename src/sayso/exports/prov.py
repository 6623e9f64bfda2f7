"""PROV-O as JSON-LD: where an incident comes from, down to the words and the voices that said them.

incident —wasDerivedFrom→ reports, articles · report —wasGeneratedBy→ the coding of its article, —hadPrimarySource→ its origin,
—wasDerivedFrom→ the statements it is told in · statement —wasQuotedFrom→ article, —wasAttributedTo→ speaker,
—wasDerivedFrom→ the statement that reports it · a copy —wasRevisionOf→ the article it repeats.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sayso.exports.iris import TERMS, Node, iri, known, ref
from sayso.exports.tellings import Telling, denier, denying_words, outlet, tellings
from sayso.exports.view import View
from sayso.ledger.dossier import Dossier
from sayso.records import CoderInfo, Denial, Incident, Statement

CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sayso": TERMS,
}
HEAD = f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [\n'
FOOT = "\n]}\n"


def nodes(dossier: Dossier) -> Iterator[Node]:
    """The nodes of one dossier, each once: incident, denials, origins, and of every article its coding and its reports.

    Raises:
        LedgerError: a report is not in the dossier.
    """
    told = tellings(dossier)
    yield from {node["@id"]: node for node in _all(dossier, told)}.values()


def text(dossier: Dossier) -> str:
    """The nodes, one a line, without the comma after the last."""
    return ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes(dossier))


def _all(dossier: Dossier, told: list[Telling]) -> Iterator[Node]:
    yield _incident(dossier.incident, told)
    for origin in dossier.incident.origins:
        yield {
            "@id": iri("origin", origin.id),
            "@type": ["prov:Entity", "sayso:Origin"],
            "rdfs:label": origin.name,
            "sayso:kind": origin.kind,
        }
    for telling in told:
        yield from _article(telling)
        for statement in telling.view.chain(telling.event):
            yield from _statement(telling.view, statement)
        yield _report(telling)
    for denial in dossier.incident.denials:
        yield from _denial(dossier, denial)


def _incident(incident: Incident, told: list[Telling]) -> Node:
    sources = dict.fromkeys([*map(_report_name, told), *(iri("article", t.article.id) for t in told)])
    return known(
        {
            "@id": iri("incident", incident.id),
            "@type": ["prov:Entity", "sayso:Incident"],
            "prov:wasDerivedFrom": list(map(ref, sources)),
            "sayso:type": incident.type,
            "sayso:standing": incident.standing,
            "sayso:because": incident.because,
        }
    )


def _article(telling: Telling) -> Iterator[Node]:
    article, coder = telling.article, telling.view.coding.coder
    agent, copied = iri("outlet", outlet(article)), telling.report.copy_of
    yield known(
        {
            "@id": iri("article", article.id),
            "@type": "prov:Entity",
            "rdfs:label": article.title,
            "prov:wasAttributedTo": ref(agent),
            "prov:wasRevisionOf": ref(iri("article", copied)) if copied else None,
            "sayso:published": article.published,
            "sayso:source": article.source or None,
        }
    )
    yield {"@id": agent, "@type": ["prov:Agent", "prov:Organization"], "rdfs:label": outlet(article)}
    yield {
        "@id": _activity(telling),
        "@type": "prov:Activity",
        "prov:used": ref(iri("article", article.id)),
        "prov:wasAssociatedWith": ref(_software(coder)),
    }
    yield {
        "@id": _software(coder),
        "@type": ["prov:Agent", "prov:SoftwareAgent"],
        "rdfs:label": f"sayso {coder.version}",
        **{f"sayso:{field}": value for field, value in coder.model_dump().items()},
    }


def _software(coder: CoderInfo) -> str:
    """Two coders are the same where all that reproduces a coding is."""
    return iri("coder", coder.version, hashlib.sha256(coder.model_dump_json().encode()).hexdigest()[:16])


def _activity(telling: Telling) -> str:
    return iri("coding", telling.article.id, _software(telling.view.coding.coder).rpartition(":")[2])


def _report_name(telling: Telling) -> str:
    return iri("report", telling.report.article, telling.report.event)


def _report(telling: Telling) -> Node:
    article, event = telling.article, telling.event
    said = [ref(_statement_name(telling.view, s)) for s in telling.view.chain(event)]
    return known(
        {
            "@id": _report_name(telling),
            "@type": ["prov:Entity", "sayso:Report"],
            "prov:value": event.span.of(article.text),
            "prov:wasQuotedFrom": ref(iri("article", article.id)),
            "prov:wasDerivedFrom": said,
            "prov:hadPrimarySource": ref(iri("origin", telling.origin.id)) if telling.origin else None,
            "prov:wasGeneratedBy": ref(_activity(telling)),
            "sayso:type": event.type,
            "sayso:realis": event.realis,
            "sayso:because": event.because,
        }
    )


def _statement_name(view: View, statement: Statement) -> str:
    return iri("statement", view.article.id, statement.id)


def _statement(view: View, statement: Statement) -> Iterator[Node]:
    speaker = iri("speaker", view.article.id, statement.speaker or statement.id)
    outer = view.statement(statement.within)
    yield known(
        {
            "@id": _statement_name(view, statement),
            "@type": ["prov:Entity", "sayso:Statement"],
            "prov:value": view.content(statement) or None,
            "prov:wasAttributedTo": ref(speaker),
            "prov:wasQuotedFrom": ref(iri("article", view.article.id)),
            "prov:wasDerivedFrom": ref(_statement_name(view, outer)) if outer else None,
            "sayso:act": statement.act,
            "sayso:channel": statement.channel.name if statement.channel else None,
        }
    )
    actor = view.actor(statement.speaker)
    kind = ["prov:Person"] if actor and actor.kind == "person" else []
    yield {"@id": speaker, "@type": ["prov:Agent", *kind], "rdfs:label": view.speaker(statement)}


def _denial(dossier: Dossier, denial: Denial) -> Iterator[Node]:
    """The denying words, attributed to who denies."""
    start, end = denial.span
    speaker = iri("denier", denial.article, str(start))
    yield known(
        {
            "@id": iri("denial", dossier.incident.id, denial.article, str(start), str(end)),
            "@type": ["prov:Entity", "sayso:Denial"],
            "prov:value": denying_words(dossier, denial),
            "prov:wasQuotedFrom": ref(iri("article", denial.article)),
            "prov:wasAttributedTo": ref(speaker),
            "sayso:denies": ref(iri("incident", dossier.incident.id)),
        }
    )
    yield {"@id": speaker, "@type": "prov:Agent", "rdfs:label": denier(dossier.incident, denial)}
