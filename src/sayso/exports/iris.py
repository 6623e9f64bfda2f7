"""Names for the linked data that sayso writes: IRIs that depend on ids alone, so that every export says the same of a thing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

from sayso.exports.tellings import is_web
from sayso.records import Article

BASE = "urn:sayso:"
TERMS = "urn:sayso:term:"
"""What the prefix `sayso` stands for in JSON-LD: terms that the vocabularies have no word for."""
LEGAL = "%/:=&?~#+!$,;'@()*[]-._"
"""What is not escaped in a URL: RFC 3986's reserved and unreserved characters, and escapes that are there already."""

Node = dict[str, Any]


def iri(kind: str, *parts: str) -> str:
    """ "urn:sayso:report:article-1:e2": a kind of thing and the ids that tell it from others, percent-encoded."""
    return BASE + ":".join((kind, *(quote(part, safe="") for part in parts)))


def identifier(name: str, kind: str) -> str | None:
    """The id in an IRI of `iri(kind, id)`; None for any other IRI."""
    prefix = f"{BASE}{kind}:"
    return unquote(name.removeprefix(prefix)) if name.startswith(prefix) else None


def url(article: Article) -> str | None:
    """Where on the web an article was read, as a URI of RFC 3986; None for one that was read elsewhere."""
    return quote(article.source, safe=LEGAL) if is_web(article.source) else None


def ref(name: str) -> Node:
    """A reference to a node."""
    return {"@id": name}


def known(node: Node) -> Node:
    """The node without what is not known: None and empty lists."""
    return {key: value for key, value in node.items() if value is not None and value != []}
