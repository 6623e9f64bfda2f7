"""`sayso evaluate corrections`: a ledger's corrections in, figures out."""

from __future__ import annotations

from collections.abc import Iterator

import sayso
from sayso.cli import running
from sayso.cli.scoring import below, tell
from sayso.cli.streams import progress, report_error, set_up_logging
from sayso.coding.coder import Coder
from sayso.errors import InputError, LedgerError
from sayso.evaluation.corrections import score_corrections
from sayso.evaluation.scoring import Evaluation
from sayso.ledger import Ledger
from sayso.ledger.people.accepted import accepted
from sayso.records import Coding


def run(
    url: str | None, model: str | None, floors: dict[str, float], format: str, time_limit: float, *, debug: bool
) -> int:
    """Score the coder, print the figures, and hold them to the floors; the exit status."""
    set_up_logging(debug)
    with Ledger.open(url, create=False) as ledger:
        corrections = accepted(ledger.engine)
        if not corrections:
            raise LedgerError(f"{ledger.name}: no accepted correction in it")
        keys = list(dict.fromkeys(one.given.article for one in corrections))
        running.make_gazetteer()
        coder = sayso.load(model, time_limit=time_limit)
        codings: dict[str, Coding] = {}
        with progress("articles", show=True) as done:
            for key, coding in _codings(ledger, coder, keys):
                codings[key] = coding
                done()
    rows = [(one, codings[one.given.article]) for one in corrections if one.given.article in codings]
    scored = score_corrections(rows)
    missing = len(keys) - len(codings)
    result = Evaluation("corrections", scored.figures, scored.headline, len(keys), missing=missing, altered=0)
    tell(result, format)
    return int(below(result, floors) or missing > 0)


def _codings(ledger: Ledger, coder: Coder, keys: list[str]) -> Iterator[tuple[str, Coding]]:
    """This coder's codings of articles: the ledger's own where it is by this coder. What cannot be coded is told."""
    for key in keys:
        kept = ledger.coding(key)
        if kept is None or kept.coder == coder.info:
            found: list[Coding | InputError] = [] if kept is None else [kept]
        else:
            found = list(coder.pipe([kept.article]))
        for one in found:
            if isinstance(one, InputError):
                report_error(str(one))
            else:
                yield key, one
