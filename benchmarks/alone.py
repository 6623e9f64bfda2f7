"""Who says what, read by the network alone and by the grammar alone: `python benchmarks/alone.py --data DATA`.

Scores PolNeAR's development part as `accuracy.py` does the two together. Writes `polnear-network` and `polnear-grammar` to
`benchmarks/figures.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import sayso
from accuracy import FIGURES
from sayso.coding.draft import Draft
from sayso.coding.ranges import Range
from sayso.coding.who import find_actors
from sayso.coding.whose_word import find_statements
from sayso.errors import InputError
from sayso.evaluation import evaluate, read_gold
from sayso.records import Coding, Span, Statement

SET = "attribution/polnear-dev.jsonl.gz"


def network(draft: Draft) -> Iterable[Statement]:
    """The attributions as the network reads them."""
    for number, one in enumerate(draft.doc.attributions):
        source, cue, content = (
            [Range(*words).span(draft.doc) for words in part] for part in (one.source, one.cue, one.content)
        )
        if content:
            yield Statement(
                id=f"s{number}",
                kind="indirect",
                act="say",
                speaker_span=Span(source[0].start, source[-1].end) if source else None,
                cue_span=Span(cue[0].start, cue[-1].end) if cue else None,
                content_spans=tuple(content),
            )


def grammar(draft: Draft) -> Iterable[Statement]:
    """The statements that are found without the network's attributions."""
    draft.doc.attributions = ()
    find_actors(draft)
    find_statements(draft)
    for number, one in enumerate(draft.statements):
        yield Statement(
            id=f"s{number}",
            kind=one.kind,
            act=one.act,
            speaker_span=one.speaker_range.span(draft.doc) if one.speaker_range else None,
            cue_span=one.cue.span(draft.doc) if one.cue else None,
            content_spans=tuple(part.span(draft.doc) for part in one.content),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    coder = sayso.load(time_limit=600)
    gold = read_gold("attribution", options.data / SET)
    found: dict[str, list[Coding]] = {"polnear-network": [], "polnear-grammar": []}
    for one in gold:
        article = one.article()
        if isinstance(article, InputError):
            raise article
        draft = coder.draft(article)
        for name, read in (("polnear-network", network), ("polnear-grammar", grammar)):
            coding = Coding(coder=coder.info, article=draft.article, statements=tuple(read(draft)))
            found[name].append(coding)
    whole = json.loads(FIGURES.read_text(encoding="utf-8"))
    for name, codings in found.items():
        result = evaluate("attribution", gold, codings)
        figures: dict[str, Any] = {f.name: [round(f.value, 1), f.n] for f in result.figures}
        figures["SCORE"] = round(result.headline, 1)
        whole[name] = {"task": "attribution", "date": date.today().isoformat(), "figures": figures}
        print(name, figures["SCORE"])
    FIGURES.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
