"""W3C Web Annotations (model, 2017) from what people said of articles, and back.

The target holds both selectors — TextQuoteSelector with the words around, TextPositionSelector — and a state with the
SHA-256 of the text that the positions count in. Positions are code points, 0-based, end-exclusive; browsers count UTF-16
units, so who anchors in a page converts. The source is the page's URL where the article has one; the article's own id goes with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.errors import InputError
from sayso.exports.iris import TERMS, Node, identifier, iri, known, url
from sayso.ledger.dossier import Annotation, Dossier
from sayso.records import Article, Span

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sayso": TERMS}]
HEAD = f'{{"@context": {json.dumps(CONTEXT)}, "id": "{iri("annotations")}", "type": "AnnotationPage", "items": [\n'
FOOT = "\n]}\n"


def web_annotations(dossier: Dossier) -> Iterator[Node]:
    """One Annotation for each that people made of the dossier's articles; their context is that of HEAD."""
    for annotation in dossier.annotations:
        coding = dossier.codings.get(annotation.article)
        yield to_web(annotation, coding.article if coding else None)


def to_web(annotation: Annotation, article: Article | None = None) -> Node:
    """The annotation in the words of the Web Annotation model; `article` gives its source a URL."""
    return known(
        {
            "id": iri("annotation", annotation.id),
            "type": "Annotation",
            "motivation": annotation.kind,
            "creator": {"type": "Person", "name": annotation.creator},
            "created": annotation.created,
            "body": list(_bodies(annotation)),
            "target": [_target(annotation, article), *_replied(annotation)],
            "sayso:state": annotation.state,
            "sayso:orphan": annotation.orphan,
        }
    )


def _bodies(annotation: Annotation) -> Iterator[Node]:
    if annotation.body is not None:
        yield {"type": "TextualBody", "value": annotation.body, "format": "text/plain"}
    if annotation.field is not None or annotation.value is not None:
        yield known(
            {
                "type": "TextualBody",
                "value": annotation.value,
                "purpose": annotation.kind,
                "sayso:field": annotation.field,
                "sayso:correction": True,
            }
        )


def _target(annotation: Annotation, article: Article | None) -> Node:
    return {
        "type": "SpecificResource",
        "source": (url(article) if article else None) or iri("article", annotation.article),
        "sayso:article": annotation.article,
        "state": {"type": "sayso:TextState", "sayso:sha256": annotation.text_hash},
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": annotation.exact,
                "prefix": annotation.prefix,
                "suffix": annotation.suffix,
            },
            {"type": "TextPositionSelector", "start": annotation.span.start, "end": annotation.span.end},
        ],
    }


def _replied(annotation: Annotation) -> list[str]:
    return [iri("annotation", annotation.reply_to)] if annotation.reply_to is not None else []


def read_annotations(text: str, *, name: str = "annotations") -> list[Annotation]:
    """The annotations of a page, a collection with its pages, a list or one annotation, as JSON.

    What others wrote is read where its target has both selectors; what it lacks besides is empty, and ids that are not
    sayso's stay the IRIs that they are.

    Raises:
        InputError: no JSON, or an annotation whose words or positions are missing.
    """
    try:
        return [_read(item) for item in _items(json.loads(text))]
    except json.JSONDecodeError as error:
        raise InputError(name, f"no JSON: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(name, f"no Web Annotation that sayso can read: {error!r}") from error


def _items(found: Any) -> list[Any]:
    if isinstance(found, list):
        return found
    if "first" in found:
        return _items(found["first"])
    return list(found["items"]) if "items" in found else [found]


def _read(item: Node) -> Annotation:
    targets = _listed(item["target"])
    target: Node = next((t for t in targets if isinstance(t, dict)), {})
    quote, position = (_selector(target, kind) for kind in ("TextQuoteSelector", "TextPositionSelector"))
    bodies = _listed(item.get("body"))
    correction: Node = next((b for b in bodies if b.get("sayso:correction")), {})
    remark: Node = next((b for b in bodies if b is not correction), {})
    return Annotation(
        id=_own(item["id"]),
        article=_article(target),
        kind=_listed(item.get("motivation"))[0] if item.get("motivation") else "commenting",
        creator=_name(item.get("creator")),
        created=item.get("created", ""),
        span=_span(position),
        exact=_words(quote["exact"]),
        prefix=quote.get("prefix", ""),
        suffix=quote.get("suffix", ""),
        text_hash=target.get("state", {}).get("sayso:sha256", ""),
        field=correction.get("sayso:field"),
        value=correction.get("value"),
        body=remark.get("value"),
        reply_to=next((_own(t) for t in targets if isinstance(t, str)), None),
        state=item.get("sayso:state", "open"),
        orphan=bool(item.get("sayso:orphan", False)),
    )


def _article(target: Node) -> str:
    if "sayso:article" in target:
        return str(target["sayso:article"])
    own = identifier(target["source"], "article")
    return str(target["source"]) if own is None else own


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"the words of a quote are no text: {value!r}")
    return value


def _span(position: Node) -> Span:
    start, end = position["start"], position["end"]
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        raise ValueError(f"no positions in a text: {start!r} to {end!r}")
    return Span(start, end)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _own(name: str) -> str:
    own = identifier(name, "annotation")
    return name if own is None else own


def _name(creator: Any) -> str:
    """The creator's name; an IRI where it is only that."""
    return str(creator.get("name", creator.get("id", ""))) if isinstance(creator, dict) else str(creator or "")


def _selector(target: Node, kind: str) -> Node:
    found = [s for s in _listed(target.get("selector")) if s.get("type") == kind]
    if not found:
        raise ValueError(f"no {kind} in the target")
    return dict(found[0])
