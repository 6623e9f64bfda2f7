"""`sayso evaluate`: how well the coding does, on gold or on cases of your own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple, Optional

import typer

from sayso.cli.options import Url

evaluate = typer.Typer(
    no_args_is_help=True,
    help="Scores: how well the coding does, against gold or on cases of your own.",
    epilog="A span is two offsets in a list: start and end, code points into text, the end exclusive.",
)


class ScoreFormat(StrEnum):
    """How figures are written."""

    table = "table"
    json = "json"


Gold = Annotated[Path, typer.Argument(metavar="GOLD", help="A gold file, also as .gz.")]
Pred = Annotated[
    Optional[Path],  # noqa: UP045  # Typer reads the annotation at run time
    typer.Option("--pred", metavar="FILE", help="Score this file that sayso wrote; nothing is coded anew."),
]
Model = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(metavar="NAME", help="Any spaCy pipeline with Universal Dependencies, by name or folder."),
]
AtLeast = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(metavar="NAME=VALUE", help="Exit with 1 where this figure, as printed, is below; may be repeated."),
]
Shown = Annotated[ScoreFormat, typer.Option("--format", "-f", help="A table, or JSON for programs.")]
TimeLimit = Annotated[float, typer.Option(metavar="S", min=0.1, help="Seconds that one article may take.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show what the rooms log, and tracebacks.")]


class Task(NamedTuple):
    """What the help says of a task."""

    what: str
    gold: str
    figures: str


TASKS = {
    "parse": Task(
        "Tokens, sentences, parts of speech, dependencies.",
        "GOLD is CoNLL-U.",
        "F1 by the CoNLL 2018 evaluation; LAS compares universal relations, LAS_subtype full ones. SCORE is LAS.",
    ),
    "entities": Task(
        "Persons, organisations and locations.",
        'A line of GOLD is {"id", "text", "entities": [{"span", "label"}]}, labels PER, ORG and LOC; or GOLD is IOB2, its '
        "name ending in .iob2.",
        "strict: the same span and label; overlap: the same label, one character in common. SCORE is strict F1.",
    ),
    "attribution": Task(
        "Who said what.",
        'A line of GOLD is {"id", "text", "attributions": [{"source", "cue", "content"}]}, each of them a span, a list of '
        "spans or null.",
        "exact: every part of a role matches; token: words under the role; relation: half of the content's words in "
        "common and the sources overlap. SCORE is relation F1.",
    ),
    "places": Task(
        "Place names, and what they resolve to.",
        'A line of GOLD is {"id", "text", "toponyms": [{"span", "geonameid", "latitude", "longitude"}]}.',
        "exact_id, accuracy_161km and median_error_km are over toponyms that were found; end_to_end: found, and within "
        "161 km. SCORE is end-to-end F1.",
    ),
    "times": Task(
        "Time expressions, and the days they name.",
        'A line of GOLD is {"id", "text", "published", "times": [{"span", "type", "value"}]}, type and value as in TimeML.',
        "strict: the same span; relaxed: one character in common; value: the same first and last day, of DATEs and TIMEs "
        "that name an interval of the calendar. SCORE is value F1.",
    ),
    "pairs": Task(
        "What one actor does to another.",
        'A line of GOLD is {"id", "text", "source_span", "target_span", "root"}, root a PLOVER type or null.',
        "coverage: rows in which an event joins the two; type_only: an event of the text has the type; accuracy and "
        "macro_f1: any event that joins them has it; first_macro_f1: the highest-scored one. SCORE is first_macro_f1.",
    ),
    "events": Task(
        "Events, judged one by one.",
        'A line of GOLD is {"id", "text", "published", "events": [{"trigger", "type", "mode", "actors", "recipients", "realis", '
        '"background", "act", "maybe"}]}; actors and recipients are lists of spans. Mentions with one `act` number are '
        "one act; `maybe` is a mention that is neither asked for nor held against the coder.",
        "event: acts found with the right type; trigger: with any. actor, recipient, mode, realis and background are of "
        "events with the right type; right and the faults are shares of all events. SCORE is event_f1.",
    ),
    "statements": Task(
        "Whose word it is: statements and their speakers.",
        'A line of GOLD is {"id", "text", "statements": [{"id", "content", "cue", "source", "who", "names", "form", "act", "channel", '
        '"within", "maybe"}]}; who is named, unnamed or nobody, names the spans that name the speaker anywhere, within the id of the '
        "outer statement; `maybe` is a statement that is neither asked for nor held against the coder.",
        "statement: half of the content's words in common; speaker: of all statements asked for, those whose speaker is the right "
        "actor; speaker_found, kind, act, channel and within are over those that were found. SCORE is speaker.",
    ),
    "actors": Task(
        "Whom a phrase names: country and sectors.",
        'A line of GOLD is {"id", "text", "phrases": [{"span", "actor", "country", "country_may", "evidence", "sectors", "sectors_may", '
        '"sector_evidence"}]}; country is alpha-3 or null; what is in …_may would do as well; actor is false where the words name nobody.',
        "country, sectors: over all phrases, those whose actor has the right ones; by_phrase, by_article, by_knowledge: both right, of the "
        "phrases where that shows it. SCORE is both right.",
    ),
    "coreference": Task(
        "Which mentions are of one actor.",
        'A line of GOLD is {"id", "text", "chains": [[span, …]]}, one list of spans for each actor.',
        "found: mentions that some actor has; b3: B cubed; link: links of MUC. Mentions beside the gold's count neither way. SCORE is b3_f1.",
    ),
    "quantities": Task(
        "How many: bounds and measures of figures.",
        'A line of GOLD is {"id", "text", "sentences": [span, …], "figures": [{"span", "low", "high", "approximate", "measure", "part_of", '
        '"maybe"}]}; only figures in the sentences are compared.',
        "measured: bounds and measure right, of figures that measure more than `other`; all_f1: of every figure; bounds, approximate, "
        "measure and part are over the figures that were found. SCORE is measured_f1.",
    ),
    "circumstances": Task(
        "Where and when each event happened.",
        'A line of GOLD is {"id", "text", "published", "events": [{"trigger", "type", "places", "start", "end", "maybe"}]}; places are the spans of '
        "all names that will do, start and end ISO days; maybe is place, time, both or null: what is not asked for.",
        "place, time: over the events that were found by their triggers; place_none and time_none: events told without one that "
        "were given none. SCORE is the mean of place_f1 and time_f1.",
    ),
    "incidents": Task(
        "Which reports are of one incident, as a ledger finds it.",
        'A line of GOLD is {"id", "text", "published", "reports": [{"incident", "spans", "background", "denial"}], "plans": [{"spans"}]}; '
        "spans are the words that tell of the incident, plans those that tell of what had not happened. The articles are put into a "
        "ledger of their own, the earliest first.",
        "found: incidents reported as news that a report of the ledger has, of each article; split_within: of these, those put into several "
        "incidents; spurious: reports of history, plans or nothing, of all reports. b3, muc, ceafe and their mean, conll_f1, are over what was "
        "found; all_…: over everything, what was missed alone. SCORE is conll_f1.",
    ),
}
PRINTED = "Prints a line for each figure: name, value (per cent unless the name says otherwise), over how many items."


@evaluate.callback()
def group() -> None:
    """Scores: how well the coding does, against gold or on cases of your own."""


def _add(name: str, task: Task) -> None:
    @evaluate.command(name, short_help=task.what, help="\n\n".join((*task, PRINTED)))
    def command(
        gold: Gold,
        pred: Pred = None,
        model: Model = None,
        at_least: AtLeast = None,
        format: Shown = ScoreFormat.table,
        time_limit: TimeLimit = 10.0,
        debug: Debug = False,
    ) -> None:
        from sayso.cli import scoring

        wish = scoring.Wish(name, gold, pred, model, time_limit, scoring.floors(at_least or []), format.value, debug)
        raise typer.Exit(scoring.run(wish))


for _name, _task in TASKS.items():
    _add(_name, _task)


@evaluate.command()
def sentences(
    gold: Gold,
    pred: Pred = None,
    labelmap: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE.py",
            help="Its labels(coding, spans) gives the labels of each sentence; else they are the types of its events.",
        ),
    ] = None,
    headline: Annotated[str, typer.Option(metavar="NAME", help="SCORE: micro, macro, weighted or a label.")] = "macro",
    model: Model = None,
    at_least: AtLeast = None,
    format: Shown = ScoreFormat.table,
    time_limit: TimeLimit = 10.0,
    debug: Debug = False,
) -> None:
    """Labels of sentences, or of whole texts.

    A line of GOLD is {"id", "text", "sentences": [{"span", "labels"}]}, or {"id", "text", "labels"}.
    FILE.py is run; its function gets a coding as `sayso code` writes it and the sentences' spans.

    Prints a line for each figure: name, value (per cent), over how many items.
    """
    from sayso.cli import scoring

    wish = scoring.Wish("sentences", gold, pred, model, time_limit, scoring.floors(at_least or []), format.value, debug)
    raise typer.Exit(scoring.run(wish, labelmap, headline))


@evaluate.command()
def corrections(
    url: Url = None,
    model: Model = None,
    at_least: AtLeast = None,
    format: Shown = ScoreFormat.table,
    time_limit: TimeLimit = 10.0,
    debug: Debug = False,
) -> None:
    """What people have corrected in a ledger.

    Codes the articles that have accepted corrections, and counts by field: right, where the record has what people corrected it to;
    still, where it has what it had then; neither, where it has something else or is not there. The ledger is not changed.

    Prints a line for each figure: name, value (per cent), over how many corrections. SCORE is right.
    """
    from sayso.cli import correcting, scoring

    floors = scoring.floors(at_least or [])
    raise typer.Exit(correcting.run(url, model, floors, format.value, time_limit, debug=debug))


@evaluate.command()
def expect(
    cases: Annotated[list[Path], typer.Argument(metavar="CASES.jsonl…", help="Texts with what a reader expects.")],
    model: Model = None,
    least: Annotated[float, typer.Option(metavar="PERCENT", help="Exit with 1 below this share of checks.")] = 0.0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the table, not what failed.")] = False,
    debug: Debug = False,
) -> None:
    """Code short texts and tell which of their checks hold, by category.

    A line of CASES.jsonl is {"id", "category", "text", "expect": [check, …]}, as in
    {"event": {"near": "shot", "type": "ASSAULT", "voice": "witnesses"}}.
    """
    from sayso.cli import expecting

    raise typer.Exit(expecting.run(cases, model, least, quiet=quiet, debug=debug))
