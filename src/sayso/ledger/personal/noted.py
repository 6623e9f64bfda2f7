"""What people said of articles, their corrections and verdicts, without personal data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sayso.ledger.anchors import text_hash
from sayso.ledger.dossier import Annotation, Verdict
from sayso.ledger.personal.masker import Masker, hidden
from sayso.ledger.personal.sources import masked_source
from sayso.records import Span

_CUT = re.compile(r"\d+|\S*@\S*")


def masked_annotation(one: Annotation, masker: Masker) -> Annotation:
    """What a person said, and who: the quoted words and those around them as the masked text has them.

    Its words then stand in the masked text as they stood in the article's, and `text_hash` is that of the masked text. Of a
    text that the masker has not got, as orphans quote, the words are searched by themselves. They may begin or end within
    personal data, or be of a home by words that stood elsewhere: no digit of them is left, nor a word with an "@".
    """
    said = one._replace(
        creator=masker.words(one.creator), value=_masked_json(one.value, masker), body=masker.maybe(one.body)
    )
    start, end = one.span
    if one.exact and one.span.of(masker.text) == one.exact:
        before, after = Span(max(0, start - len(one.prefix)), start), Span(end, end + len(one.suffix))
        return said._replace(
            exact=one.span.of(masker.clean),
            prefix=_around(one.prefix, before, masker),
            suffix=_around(one.suffix, after, masker),
            text_hash=text_hash(masker.clean) if one.text_hash == text_hash(masker.text) else one.text_hash,
        )
    passage = _uncut(masker.words(one.prefix + one.exact + one.suffix))
    until = len(passage) - len(one.suffix)
    return said._replace(
        exact=passage[len(one.prefix) : until], prefix=passage[: len(one.prefix)], suffix=passage[until:]
    )


def _around(words: str, span: Span, masker: Masker) -> str:
    return span.of(masker.clean) if span.of(masker.text) == words else _uncut(masker.words(words))


def _uncut(words: str) -> str:
    return _CUT.sub(lambda found: hidden(found[0]), words)


def masked_value(value: Any, masker: Masker) -> Any:
    """What is corrected to: its words masked, wherever in it they are. Numbers are no words."""
    if isinstance(value, str):
        return masker.words(value)
    if isinstance(value, Mapping):
        return {key: masked_value(one, masker) for key, one in value.items()}
    return [masked_value(one, masker) for one in value] if isinstance(value, (list, tuple)) else value


def _masked_json(value: str | None, masker: Masker) -> str | None:
    """A value as annotations hold it: as it is where there is nothing to mask, else still JSON if it was."""
    if value is None:
        return None
    try:
        held = json.loads(value)
    except ValueError:
        return masker.words(value)
    clean = masked_value(held, masker)
    return value if clean == held else json.dumps(clean, ensure_ascii=False)


def masked_verdict(one: Verdict, masker: Masker | None, everyone: Masker) -> Verdict:
    """A person's judgement and who made it; the words judged as the article's masker has them.

    `masker` is None where the article is not at hand; `everyone` knows what is masked in all that are.
    """
    return one._replace(
        author=everyone.words(one.author),
        rating=everyone.words(one.rating),
        claim=_claimed(one, masker, everyone),
        url=one.url and masked_source(one.url),
    )


def _claimed(one: Verdict, masker: Masker | None, everyone: Masker) -> str:
    """The words judged; those of a text that is not at hand as `masked_annotation` has them."""
    if masker and one.span and one.span.of(masker.text) == one.claim:
        return everyone.words(one.span.of(masker.clean))
    return _uncut(everyone.words(one.claim)) if one.span else everyone.words(one.claim)
