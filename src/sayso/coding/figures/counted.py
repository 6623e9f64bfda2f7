"""Whether a number counts something, and what: the noun it stands with."""

from __future__ import annotations

from functools import cache

from sayso.coding.figures.bounds import Quantity
from sayso.coding.grammar import children, noun_range
from sayso.coding.parsed import Doc, Token
from sayso.coding.ranges import Range
from sayso.coding.tables import table

LONG_DIGITS = 7
"""Digits without a separator, from which on a number without a noun is a telephone number or a code."""
DATING = frozenset(("in", "since", "until", "during"))
"""Prepositions before a year; a thousand things and more are written with a comma."""
AGES = frozenset(("aged", "age", "ages"))
OF_AGE = 5
"""Words back in which "the age of" is looked for."""
LONGEST_LIST = 24
"""Words of the longest list of ages."""
NAMES = frozenset(("ORG", "PRODUCT", "FAC", "MISC", "LOC", "PER", "PERSON"))


@cache
def words_of(section: str, name: str) -> frozenset[str]:
    return frozenset(table("measures")[section][name])


def counted_noun(number: Range, head: Token) -> Token | None:
    """The noun that is counted: what the number modifies, or what stands "of" it; None where there is none."""
    doc = head.doc
    following = doc[number.end] if number.end < len(doc) else None
    if following is not None and following.lower_ == "of":
        if number.end + 1 < len(doc) and doc[number.end + 1].pos_ == "PRON":
            return _next_noun(doc, number.end + 2)  # nine of them policemen
        inside = [
            c
            for c in _descendants_after(head, number.end)
            if c.relation == "nmod" and c.pos_ in ("NOUN", "PROPN", "ADJ")
        ]
        if inside:
            return inside[0]
        return _next_noun(doc, number.end + 1)
    if (
        head.relation in ("nummod", "amod", "det", "compound", "advmod")
        and head.head.i >= number.end
        and head.head.pos_ in ("NOUN", "PROPN", "ADJ", "SYM", "X")
    ):
        return head.head
    return _next_noun(doc, number.end)


def is_currency(token: Token) -> bool:
    """Whether the word names money, whatever the reader makes of its plural ("hryvnias")."""
    names = words_of("currency", "nouns")
    return token.base in names or token.lower_ in names or token.lower_.removesuffix("s") in names


def currency_after(number: Range, doc: Doc) -> Token | None:
    """The currency right after the number, which a reader may take for a sign: "three billion tenge"."""
    after = doc[number.end] if number.end < len(doc) else None
    return after if after is not None and is_currency(after) and after.pos_ in ("SYM", "X", "NOUN", "PROPN") else None


def _descendants_after(head: Token, start: int) -> list[Token]:
    return [c for c in head.children if c.i >= start]


def _next_noun(doc: Doc, start: int) -> Token | None:
    """The head of a noun phrase that begins right after the number: adjectives and compounds, then a noun."""
    at, noun = start, None
    while at < min(len(doc), start + 5):
        token = doc[at]
        if token.pos_ in ("NOUN", "PROPN") and not token.is_punct and token.ent_type_ != "DATE":
            noun = token
        elif (
            noun is not None
            or token.pos_ not in ("ADJ", "NUM", "PUNCT", "DET")
            or (token.is_punct and token.text != "-")
        ):
            break
        at += 1
    return noun


def unit_range(number: Range, noun: Token) -> Range:
    """The counted noun with what stands between it and the number."""
    doc = noun.doc
    if noun.i >= number.end:
        start = number.end
        while start < noun.i and (doc[start].is_punct or doc[start].pos_ in ("ADP", "DET", "PRON", "NUM")):
            start += 1
        return Range(start, noun.i + 1)
    return noun_range(noun)


def counts(quantity: Quantity, number: Range, head: Token, noun: Token | None) -> bool:
    """Whether the number counts people, things or money: not a share, a distance, an age, a score, a label."""
    if quantity.low == -1:
        return False  # a score: 2-1
    if quantity.money or (noun is not None and is_currency(noun)):
        return True
    if quantity.digits and quantity.low is not None and quantity.low % 1:
        return False  # "a 6.4 quake": nobody counts parts of things
    doc = head.doc
    before = doc[number.start - 1] if number.start else None
    after = doc[number.end] if number.end < len(doc) else None
    if after is not None and (_measured(after) or (noun is not None and _measured(noun))):
        return False
    if _is_age(number, head, before, after) or _is_label(number, head, before, after) or _in_name(number, doc):
        return False
    return not (_is_code(quantity, number, noun, before, after) or _is_year(number, doc))


def _measured(token: Token) -> bool:
    names = words_of("quantities", "nouns")
    return token.lower_ in names or token.base in names or token.lower_.rstrip("s") in names


def _is_age(number: Range, head: Token, before: Token | None, after: Token | None) -> bool:
    """ "aged 29", "Omar Diallo, 45, a teacher", "José N. [not his name] (34)"; "at 16" is left alone"""
    if before is None:
        return False
    if before.lower_ in AGES or _in_ages(number, head) or _of_age(number, head):
        return True
    last = head.doc[number.start - 2] if number.start > 1 else None
    named = last is not None and (
        (before.text in (",", "(") and last.pos_ == "PROPN") or (before.text == "(" and last.text in ("]", ")"))
    )
    return bool(
        named
        and number.end == number.start + 1
        and after is not None
        and after.text in (",", ")", ".", ";")
        and len(head.text) <= 3
    )


def _of_age(number: Range, head: Token) -> bool:
    """ "at the age of 80", "between the ages of 10 and 50", "as young as 13" """
    words = [t.lower_ for t in head.doc[max(0, number.start - OF_AGE) : number.start]]
    for at in range(len(words) - 1):
        if words[at] in AGES and words[at + 1] in ("of", "between"):
            return all(w in ("of", "between", "and", "to") or w.isdigit() or w.isalpha() for w in words[at + 1 :])
    return words[-3:] in (["as", "young", "as"], ["as", "old", "as"])


def _in_ages(number: Range, head: Token) -> bool:
    """ "aged nine, ten and 49" """
    for at in range(number.start - 1, max(-1, number.start - LONGEST_LIST), -1):
        token = head.doc[at]
        if token.lower_ in AGES:
            return True
        if not (token.like_num or token.text in (",", "and")):
            return False
    return False


def _is_label(number: Range, head: Token, before: Token | None, after: Token | None) -> bool:
    """ "Article 5", "Flight 370", "12 Baker Street", "+7 495", "1." of a list"""
    if (
        after is not None
        and after.pos_ == "PROPN"
        and any(
            head.doc[i].lower_ in words_of("quantities", "streets")
            for i in range(after.i, min(len(head.doc), after.i + 3))
        )
    ):
        return True
    if head.is_sent_start and number.end == number.start + 1 and after is not None and after.text in (".", ")"):
        return True
    if before is None:
        return False
    if before.text in ("+", "№", "#") or before.lower_ in words_of("quantities", "labels"):
        return before.lower_ not in ("number", "group", "under", "a", "top", "bus") or (
            before.lower_ == "under" and before.text[0].isupper()
        )
    named = before.pos_ == "PROPN" or (
        before.text == "-" and number.start > 1 and head.doc[number.start - 2].pos_ == "PROPN"
    )
    verb = any(
        before.lower_.rstrip("s") in words_of(measure, "objects") for measure in ("killed", "injured", "arrested")
    )
    return named and not verb and (after is None or after.pos_ not in ("NOUN", "ADJ") or before.text == "-")


def _in_name(number: Range, doc: Doc) -> bool:
    """Whether the number is part of a name: "Ukraine 24"; a number that opens what is taken for one is not."""
    token = doc[number.start]
    if token.ent_type_ not in NAMES:
        return False
    return token.ent_iob_ == "I" or (
        number.end < len(doc) and doc[number.end].ent_iob_ == "I" and doc[number.end].pos_ == "PROPN"
    )


def _is_year(number: Range, doc: Doc) -> bool:
    """The year that begins a name, or stands before a subject: "the 2017 World Championship", "in 1999 troops killed two"."""
    text = doc[number.start].text
    after = doc[number.end] if number.end < len(doc) else None
    year = number.end == number.start + 1 and len(text) == 4 and text.isdigit() and text[:2] in ("18", "19", "20")
    if not year or after is None:
        return False
    dated = number.start > 0 and doc[number.start - 1].lower_ in DATING and text[:2] in ("19", "20")
    return dated or (after.text[:1].isupper() and after.pos_ == "PROPN")


def _is_code(quantity: Quantity, number: Range, noun: Token | None, before: Token | None, after: Token | None) -> bool:
    """Telephone numbers, identifiers: long digits without a noun, or digits beside digits."""
    if not quantity.digits:
        return False
    text = before.doc[number.start].text if before is not None else ""
    if noun is None and text.isdigit() and len(text) >= LONG_DIGITS:
        return True
    beside = [t for t in (before, after) if t is not None]
    return any(t.like_num and t.text[0].isdigit() for t in beside) or any(
        t.text in ("-", "/", ":", "_", "[") and not t.whitespace_ for t in beside
    )


__all__ = ["children", "counted_noun", "counts", "unit_range", "words_of"]
