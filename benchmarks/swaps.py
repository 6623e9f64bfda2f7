"""Whether a coding changes with who or where it is told of: `python benchmarks/swaps.py`.

Sentences of our own (`benchmarks/swaps.toml`) are filled with names of people, towns and states of all regions, with those who do
and those who suffer, with those who say it, and coded one by one. What ought to come out is known, since the sentence was
written so. For each group of fillers: how many codings are right in all that is asked (`right`) and in each question, and how many
are other than what most fillers of the same sentence gave (`changed`), which needs no answer to be known. Each sentence is coded alone,
and one in five at the head of a short report too (`in_report`: right in all there), since another judge weighs the events of longer texts. Needs
no data, takes some minutes on one core, and writes `benchmarks/swaps.json`. `--wrong EXPERIMENT` shows what is not right, `--page FILE` puts the
tables between the marks of a page.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.progress import track

import sayso
from sayso.coding.coder import Coder
from sayso.records import Coding, Event, Party, Span

HERE = Path(__file__).parent
ASKED = HERE / "swaps.toml"
FIGURES = HERE / "swaps.json"
PUBLISHED = "2024-03-06"
"""A Wednesday, so that "Monday" is a day of these."""
REPORT = """The news was first carried by a local radio station on Tuesday morning, and it spread quickly.

Shops in the main street stayed open, buses ran as usual, and the weekly market was well attended. The district has about eighty thousand
inhabitants. Most of them live from trade and from the fields along the river, where the harvest was good this year. It is seldom in the news.
The last time that strangers came in numbers was for the opening of the new bridge."""
"""What stands behind the sentence in a report: nothing that is an act."""
EACH = 5
"""One case in so many is put at the head of the report too, chosen by its words."""
TABLE = re.compile(r"(<!-- swaps: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
HEADS = {"by_first": "region", "by_template": "sentence", "by_group": "group"}
INTERVAL = 1.96
"""Standard errors of the range that nineteen samples in twenty keep to."""


class Case(NamedTuple):
    """A filled sentence: what it is of, and what is asked of its coding."""

    experiment: str
    group: str
    template: int
    text: str
    slots: dict[str, str]
    wanted: dict[str, Any]


class Answer(NamedTuple):
    """A case with what came out: each question right or not, the event's score, and how the whole coding looks."""

    case: Case
    right: dict[str, bool]
    score: float | None
    look: tuple[Any, ...]
    in_report: bool | None


def cases(experiment: dict[str, Any]) -> Iterator[Case]:
    """Every template with every filler."""
    for group, slots in fillers(experiment):
        for number, template in enumerate(experiment["template"], 1):
            wanted = {key: filled(value, slots) for key, value in template.items() if key != "text"}
            yield Case(experiment["name"], group, number, sentence(template["text"].format(**slots)), slots, wanted)


def fillers(experiment: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """What goes into the slots, with the name of the group."""
    groups, slots = experiment["groups"], experiment["slots"]
    if experiment.get("crossed"):
        for one, other in product(groups, groups):
            if one != other:
                yield from (
                    (f"{one} to {other}", dict(zip(slots, pair, strict=True)))
                    for pair in product(groups[one], groups[other])
                )
        return
    words = experiment.get("words", {})
    for group, entries in groups.items():
        for entry in entries:
            own = dict(zip(slots, entry.split(" | "), strict=True))
            yield group, own | words.get(group.rpartition(", ")[2], {})


def filled(value: Any, slots: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [one.format(**slots) for one in value]
    return value.format(**slots) if isinstance(value, str) else value


def sentence(text: str) -> str:
    """With a capital at its head and after each stop, and inside a quotation that begins it."""
    return re.sub(r'(^"?|\. )(\w)', lambda m: m[1] + m[2].upper(), text) if text[-1:] in '."' else text


def span(text: str, words: str) -> Span:
    """Where the words first stand, whatever their capitals. Raises ValueError where they do not."""
    found = next(occurrences(text, words), None)
    if found is None:
        raise ValueError(f"{words!r} is not in {text!r}")
    return Span(*found.span())


def occurrences(text: str, words: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)


def met(coding: Coding, parties: Iterable[Party], wanted: Iterable[str]) -> bool:
    """Whether the parties are just those: each wanted phrase is a mention of one of them, and no party is none."""
    text = coding.article.text
    spans = [span(text, words) for words in wanted]
    mentions = [[*coding.find(party.actor).mentions, party.span] for party in parties]
    return len(mentions) == len(spans) and all(any(m.overlaps(s) for own in mentions for m in own) for s in spans)


def event_of(coding: Coding, case: Case) -> Event | None:
    """The event of the wanted type at the wanted word; without one of the type, any that stands there."""
    words = span(coding.article.text, case.wanted["trigger"])
    there = [event for event in coding.events if event.trigger.overlaps(words)]
    return next((e for e in there if e.type == case.wanted["type"]), there[0] if there else None)


def answer(coder: Coder, case: Case) -> Answer:
    """The case coded alone, and some at the head of a report too."""
    alone = coder(case.text, published=PUBLISHED)
    event = event_of(alone, case)
    in_report = None
    if zlib.crc32(case.text.encode()) % EACH == 0:
        in_report = all(judged(coder(f"{case.text}\n\n{REPORT}", published=PUBLISHED), case).values())
    return Answer(case, judged(alone, case), event.score if event else None, look(alone, case), in_report)


def judged(coding: Coding, case: Case) -> dict[str, bool]:
    """Each question that the template asks, and whether the answer is right. What is asked of an event that is not there is not."""
    text, wanted, event = coding.article.text, case.wanted, event_of(coding, case)
    right = {"event": event is not None and event.type == wanted["type"]}
    for name in ("actors", "recipients"):
        if name in wanted:
            right[name] = event is not None and met(coding, getattr(event, name), wanted[name])
    realis = wanted.get("realis", "actual")
    right["realis"] = event is not None and realis in (event.realis, "any") and not event.background
    if "place" in wanted:
        place = coding.find(event.place) if event is not None and event.place else None
        words = span(text, wanted["place"])
        right["place"] = place is not None and any(m.overlaps(words) for m in place.mentions)
        right["country"] = place is not None and place.country == case.slots["country"]
    if wanted.get("speaker") != "any":
        right["voice"] = event is not None and voice_is_right(coding, event, wanted.get("speaker"))
    if "person" in wanted:
        words = span(text, wanted["person"])
        right["person"] = any(a.kind == "person" and any(m.overlaps(words) for m in a.mentions) for a in coding.actors)
    if "state" in wanted:
        words = span(text, wanted["state"])
        there = [a for a in coding.actors if any(m.overlaps(words) for m in a.mentions)]
        right["country"] = any(a.country == case.slots["country"] for a in there)
    if "killed" in wanted:
        right["figure"] = any(
            (f.low, f.high, f.measure) == (wanted["killed"], wanted["killed"], "killed") for f in coding.figures
        )
    return right


def voice_is_right(coding: Coding, event: Event, speaker: str | None) -> bool:
    """The innermost statement is that of the speaker; no statement where nobody is said to speak."""
    if speaker is None or not event.statements:
        return speaker is None and not event.statements
    said = coding.find(event.statements[-1])
    words = span(coding.article.text, speaker)
    mentions = coding.find(said.speaker).mentions if said.speaker else ()
    return any(m.overlaps(words) for m in (*mentions, *([said.speaker_span] if said.speaker_span else [])))


def look(coding: Coding, case: Case) -> tuple[Any, ...]:
    """The coding with the names of slots in the places of what fills them: the same for all fillers, were they alike to the coder."""
    text = coding.article.text
    places = [(name, m.span()) for name, value in case.slots.items() for m in occurrences(text, value)]

    def called(one: Span) -> str:
        name = next((name for name, at in places if Span(*at).overlaps(one)), one.of(text).casefold())
        return "pronoun" if name in ("he", "his", "him") else name

    def event(one: Event) -> tuple[Any, ...]:
        place = coding.find(one.place)
        parties = [tuple(sorted(called(p.span) for p in side)) for side in (one.actors, one.recipients)]
        voices = tuple(called(s.speaker_span) if s.speaker_span else "" for s in map(coding.find, one.statements))
        return (
            one.type, one.mode or "", one.realis, one.background, *parties, voices, bool(place and place.latitude is not None),
            tuple(sorted((f.low or -1, f.high or -1, f.measure) for f in map(coding.find, one.figures))),
        )  # fmt: skip

    return tuple(sorted(event(one) for one in coding.events if one.trigger.start < len(case.text)))


def share(of: Iterable[bool]) -> float:
    """Per cent of those that are true."""
    given = list(of)
    return round(100 * sum(given) / len(given), 1) if given else 0.0


def error(percent: float, n: int) -> float:
    """Half the range in which the per cent of so many lies, by Wilson; fillers of one group are taken to be independent."""
    p, z = percent / 100, INTERVAL
    return round(100 * z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5, 1)


def summary(answers: list[Answer], usual: dict[int, tuple[Any, ...]]) -> dict[str, Any]:
    """The figures of some codings."""
    questions = sorted({name for one in answers for name in one.right}, key=list(ORDER).index)
    framed = [one.in_report for one in answers if one.in_report is not None]
    right = share(all(one.right.values()) for one in answers)
    scores = [one.score for one in answers if one.score is not None]
    return {
        "n": len(answers),
        "right": right,
        "error": error(right, len(answers)),
        **({"in_report": share(framed)} if framed else {}),
        **({"changed": share(one.look != usual[one.case.template] for one in answers)} if usual else {}),
        **{name: share(one.right[name] for one in answers if name in one.right) for name in questions},
        "score": round(sum(scores) / len(scores), 3) if scores else None,
    }


ORDER = ("event", "actors", "recipients", "realis", "voice", "place", "country", "person", "figure")
"""The questions, in the order of the tables."""


def figures(answers: list[Answer], experiment: dict[str, Any]) -> dict[str, Any]:
    """What is told of an experiment: by group, by what the groups' names have before and behind the comma, by template."""
    looks: dict[int, Counter[tuple[Any, ...]]] = {}
    for one in answers:
        looks.setdefault(one.case.template, Counter())[one.look] += 1
    usual = {number: min(count, key=lambda kind: (-count[kind], repr(kind))) for number, count in looks.items()}
    usual = usual if experiment.get("alike", True) else {}

    def by(key: Any) -> dict[str, Any]:
        names = dict.fromkeys(map(key, answers))
        return {name: summary([one for one in answers if key(one) == name], usual) for name in names}

    told = {"about": experiment["about"], "all": summary(answers, usual), "by_group": by(lambda one: one.case.group)}
    if all(", " in one.case.group for one in answers):
        told["by_first"] = by(lambda one: one.case.group.rpartition(", ")[0])
        told["by_second"] = by(lambda one: one.case.group.rpartition(", ")[2])
    templates = [template["text"] for template in experiment["template"]]
    if len(templates) > 1:
        told["by_template"] = by(lambda one: templates[one.case.template - 1])
    return told


def table(told: dict[str, Any], first: str) -> str:
    """Groups as the rows of a Markdown table. `first` heads the first column. How a group fares in reports is told by sentence alone:
    which sentences are tried there is left to chance."""
    rows = list(told.items())
    kept = ("changed", *ORDER) if first != "sentence" else ("in_report", "changed", *ORDER)
    columns = [
        "n",
        "right",
        *(name for name in kept if any(name in row for _, row in rows)),
    ]
    lines = [f"| {first} | {' | '.join(columns)} |", f"| --- |{' ---: |' * len(columns)}"]
    for name, row in rows:
        cells = [f"{row['right']} ± {row['error']}" if c == "right" else str(row.get(c, "")) for c in columns]
        lines.append(f"| {name.replace('|', '')} | {' | '.join(cells)} |")
    return "\n".join(lines)


def on_page(page: str, told: dict[str, Any]) -> str:
    """The page with the tables that it names between their marks: `<!-- swaps: EXPERIMENT/by_first -->`."""

    def put(mark: re.Match[str]) -> str:
        experiment, _, by = mark[2].partition("/")
        return f"{mark[1]}{table(told[experiment][by], HEADS.get(by, experiment))}\n{mark[3]}"

    return TABLE.sub(put, page)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="one experiment; nothing is written")
    parser.add_argument("--wrong", action="store_true", help="show what is not right")
    parser.add_argument(
        "--page", type=Path, help="a page with marks; nothing is coded, the figures are those of the file"
    )
    options = parser.parse_args()
    if options.page:
        told = json.loads(FIGURES.read_text(encoding="utf-8"))
        options.page.write_text(on_page(options.page.read_text(encoding="utf-8"), told), encoding="utf-8")
        return
    experiments = tomllib.loads(ASKED.read_text(encoding="utf-8"))["experiment"]
    asked = [one for one in experiments if options.only in (None, one["name"])]
    if not asked:
        sys.exit(f"no experiment {options.only!r}; there are {', '.join(one['name'] for one in experiments)}")
    coder = sayso.load()
    whole: dict[str, Any] = {}
    for experiment in asked:
        rows = list(cases(experiment))
        found = [answer(coder, case) for case in track(rows, experiment["name"], console=Console(stderr=True))]
        whole[experiment["name"]] = figures(found, experiment)
        if options.wrong:
            for one in found:
                if not all(one.right.values()):
                    print(
                        one.case.text, [name for name, right in one.right.items() if not right], *one.look, sep="\n    "
                    )
        print(json.dumps({name: row for name, row in whole[experiment["name"]].items() if name != "about"}, indent=1))
    if options.only is None:
        FIGURES.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
