"""What exporters and pages are given: an incident and everything that was read for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sayso.records import Coding, Incident, Span


class Annotation(NamedTuple):
    """What a person said of an article's words: a correction, a reply, a category, a question, a verdict.

    `kind` is a motivation of the Web Annotation model (`editing`, `classifying`, `questioning`, `replying`, `commenting`,
    `assessing`); `field` and `value` say what is corrected to what (`events/e1/place` → "Almaty"), null for a remark.
    Offsets are code points into the text whose SHA-256 is `text_hash`; `exact`, `prefix` and `suffix` are the words and
    up to 32 characters on either side of them. `orphan`: the words are no longer found in the article's text.
    """

    id: str
    article: str
    kind: str
    creator: str
    created: str
    span: Span
    exact: str
    prefix: str
    suffix: str
    text_hash: str
    field: str | None = None
    value: str | None = None
    body: str | None = None
    reply_to: str | None = None
    state: str = "open"
    orphan: bool = False


class Verdict(NamedTuple):
    """A person's judgement of an incident: what ClaimReview is made of, and nothing else is.

    `claim` are the words judged, which stand at `span` (code points) of the article `article`.
    """

    author: str
    created: str
    rating: str
    claim: str
    url: str | None = None
    article: str | None = None
    span: Span | None = None


class Dossier(NamedTuple):
    """One incident, the codings of its reports by article id, what people said of those articles, and their verdicts."""

    incident: Incident
    codings: Mapping[str, Coding]
    annotations: tuple[Annotation, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
