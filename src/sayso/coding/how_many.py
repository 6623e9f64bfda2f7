"""How many: counted people, things and money, with their bounds, what they count, and of which event.

"At least 12" is open upwards, "up to 40" downwards, "dozens" is at least 24 and approximate, "nearly a hundred"
is 100 and approximate. Years, dates, ages, shares, distances, scores and numbers in names are not counted.
"""

from __future__ import annotations

from bisect import bisect_right

from sayso.coding.draft import Draft, FigureDraft
from sayso.coding.figures.attach import Tally
from sayso.coding.figures.bounds import Quantity, quantities
from sayso.coding.figures.counted import counted_noun, counts, currency_after, is_currency, unit_range, words_of
from sayso.coding.figures.measure import PEOPLE, measure_of
from sayso.coding.figures.parts import is_of_them, tie_parts
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range
from sayso.coding.rooms import room
from sayso.records import Measure

LIST_GAP = 4
"""Words between the members of a list: "cafes and restaurants, " after the number."""
SEVERAL = 13
"""From which on a number word that stands for people is a number in earnest."""
FAR = 8
"""Words between a toll and another that is added to it by "and"."""


@room(needs=["times"], gives=["figures"])
def find_figures(draft: Draft) -> None:
    """Add every number that counts something, with its bounds, the noun it counts and its measure."""
    starts = [token.idx for token in draft.doc]
    timed = {index for time in draft.times for index in range(*time.range)}
    previous: FigureDraft | None = None
    for quantity in quantities(draft.words):
        range_, number = _ranges(starts, quantity)
        if not draft.coded(number.start) or any(index in timed for index in range(*number)):
            continue
        figure = _figure(draft, quantity, range_, number, previous)
        if figure is not None:
            draft.figures.append(figure)
            previous = figure
    _share_lists(draft)
    _add_to_lists(draft)
    tie_parts(draft)


def _share_lists(draft: Draft) -> None:
    """Give the members of a list the measure that its last member has: "120 shops, 30 cars and a kiosk were burned"."""
    for one, after in zip(reversed(draft.figures[:-1]), reversed(draft.figures[1:]), strict=True):
        end = one.unit.end if one.unit else one.range.end
        between = list(draft.doc[end : max(end, after.range.start)])
        listed = 0 < len(between) <= LIST_GAP and all(
            t.lower_ in (",", "and", "or") or t.pos_ in ("NOUN", "ADJ") for t in between
        )
        if one.measure == "other" and listed and after.measure not in ("other", "money") and _alike(draft, one, after):
            one.measure = after.measure


def _add_to_lists(draft: Draft) -> None:
    """Give "and two drivers" the measure of the people before: "killed five pupils in a bus and two drivers"."""
    for one, after in zip(draft.figures, draft.figures[1:], strict=False):
        end = one.unit.end if one.unit else one.range.end
        between = list(draft.doc[end : after.range.start]) if end < after.range.start <= end + FAR else []
        joined = (
            len(between) > 0 and between[-1].lower_ == "and" and not any(t.pos_ in ("VERB", "AUX") for t in between)
        )
        if after.measure == "other" and one.measure in PEOPLE and joined and _alike(draft, one, after):
            noun = draft.doc[after.unit.end - 1] if after.unit else draft.doc[after.head]
            if noun.relation != "nsubj":
                after.measure = one.measure


def _alike(draft: Draft, one: FigureDraft, other: FigureDraft) -> bool:
    """Whether both figures count people, or both things."""
    if one.unit is None or other.unit is None:
        return False
    nouns = [draft.doc[figure.unit.end - 1].base for figure in (one, other) if figure.unit]
    return any(all(noun in words_of(name, "nouns") for noun in nouns) for name in ("people", "property"))


def _ranges(starts: list[int], quantity: Quantity) -> tuple[Range, Range]:
    """The tokens of the figure with its bounds, and of the number alone."""

    def at(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    end = at(quantity.end - 1) + 1
    return Range(at(quantity.start), end), Range(at(quantity.core), end)


def _figure(
    draft: Draft, quantity: Quantity, range_: Range, number: Range, previous: FigureDraft | None
) -> FigureDraft | None:
    head = _head(draft, number)
    noun = currency_after(number, draft.doc) or counted_noun(number, head)
    if not counts(quantity, Range(range_.start, number.end), head, noun):
        return None
    measure: Measure = (
        "money"
        if quantity.money or (noun is not None and is_currency(noun))
        else measure_of(Range(range_.start, number.end), head, noun)
    )
    if _is_whole(draft, number, previous):
        measure = "other"
    elif measure == "other" and (inherited := _inherited(draft, number, noun, previous)):
        measure = inherited
    if _is_idle(quantity, head, noun, measure):
        return None
    return FigureDraft(
        range_,
        head.i,
        quantity.low,
        quantity.high,
        quantity.approximate,
        unit_range(number, noun) if noun is not None else None,
        measure,
    )


def _is_whole(draft: Draft, number: Range, previous: FigureDraft | None) -> bool:
    """ "two of the 12 hostages": the 12 are those of whom it is told, not the toll."""
    if previous is None or not 0 < number.start - previous.range.end <= 2:
        return False
    return draft.doc[previous.range.end].lower_ == "of"


def _head(draft: Draft, number: Range) -> Token:
    """The token of the number by which the grammar attaches it: the one whose head stands outside."""
    inside = [draft.doc[i] for i in range(*number)]
    return next((t for t in reversed(inside) if t.head.i not in number and not t.is_punct), inside[-1])


def _inherited(draft: Draft, number: Range, noun: Token | None, previous: FigureDraft | None) -> Measure | None:
    """The measure of the figure before, for a part of it ("eight of them") or a number without a noun of its own."""
    if previous is None or previous.measure not in PEOPLE:
        return None
    doc = draft.doc
    if doc[previous.head].sent.start != doc[number.start].sent.start:
        return previous.measure if noun is None and _recounted(doc[previous.head], doc[number.start]) else None
    part = is_of_them(doc, number.end)
    before = [doc[i].lower_ for i in range(max(0, number.start - 4), number.start)]
    among = any(word in ("including", "among", "plus") for word in before)
    people = noun is None or noun.base in words_of("people", "nouns")
    return previous.measure if part or (people and (among or noun is None)) else None


def _recounted(before: Token, number: Token) -> bool:
    """ "Organisers spoke of 90,000 marchers. Police counted 20,000.": another's count, in the next sentence."""
    verb = number.head
    return (
        number.relation == "obj"
        and verb.base in words_of("recount", "verbs")
        and 0 < number.sent.start - before.sent.end + 1 <= 1
    )


def _is_idle(quantity: Quantity, head: Token, noun: Token | None, measure: Measure) -> bool:
    """Whether a number word counts nothing: "one" as a pronoun, "none" of no toll, bare numbers of no measure."""
    if measure != "other":
        return False
    if quantity.high == 0 or quantity.low == 0:
        return True
    if quantity.low == quantity.high == 1:
        return noun is None or noun.base not in words_of("people", "nouns")
    large = (quantity.low or 0) >= SEVERAL and head.relation in ("nsubj", "obj")  # "a hundred and six were rescued"
    return noun is None and not large and (not quantity.digits or head.pos_ not in ("NUM", "NOUN"))


@room(needs=["figures", "events", "statements"], gives=["events.figures"])
def count_events(draft: Draft) -> None:
    """Tie each figure to the event that it measures and to the statement it stands in."""
    tally = Tally(draft)
    for figure in draft.figures:
        figure.statement = draft.innermost(figure.head)
        event = tally.event_of(figure)
        if event is not None:
            figure.event = event
            event.figures.append(figure)
