"""Which words of an article name a place.

Most are entities that the language model found; the gazetteer adds capitalised words that grammar puts after a
locative preposition, and takes away demonyms, names of channels and parts of names of people.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sayso.coding.bodies import body
from sayso.coding.containers import contain
from sayso.coding.draft import Draft
from sayso.coding.parsed import Doc, Span, Token
from sayso.coding.place_words import Toponym, is_locative, is_moved_to, root, words
from sayso.coding.ranges import Range
from sayso.coding.towns import is_seat, is_where
from sayso.gazetteer import countries
from sayso.gazetteer.lookup import Candidate, Gazetteer

LARGE = 50_000
"""People from which a town is known well enough to be read out of a wrongly labelled name."""
KNOWN = 5_000
"""The same for a capitalised word behind a locative preposition that is no entity at all."""
HALF = 0.5
"""Of the words around a capitalised one: in a headline all of them are capitalised, and it means nothing."""
LONGEST_NAME = 6
"""Tokens of a name that the gazetteer is asked for."""
JOINTS = frozenset(
    ("on", "upon", "the", "am", "an", "der", "de", "la", "del", "le", "sur", "of", "al", "el", "-", "–", "and")
)
"""Words inside names: "Frankfurt on the Oder", "Stratford-upon-Avon"."""
MEDIA = frozenset(
    ("channel", "newspaper", "daily", "agency", "radio", "magazine", "website", "portal", "outlet", "club", "team", "party", "movement",
     "company", "ship", "vessel", "film", "band", "novel", "song", "brand", "airline", "tv", "television")
)  # fmt: skip
"""Nouns whose name may be a place's: 'the channel "Kazakhstan"' is no place."""
COMMON = frozenset(("ADJ", "ADP", "ADV", "DET", "NOUN"))
"""Parts of speech of words that only describe the place whose name follows."""


class Finder:
    """Finds the toponyms of one draft."""

    def __init__(self, draft: Draft, gazetteer: Gazetteer):
        self.draft = draft
        self.doc = draft.doc
        self.gazetteer = gazetteer
        self.taken = bytearray(len(self.doc))
        self.places = bytearray(len(self.doc))
        self.words = words()

    def find(self) -> list[Toponym]:
        """All of them in the order of the text, with their containers."""
        found: list[Toponym] = []
        entities = [e for e in self.doc.ents if self.is_open(e.start)]
        for entity in entities:
            if entity.label_ in ("PER", "NORP", "MONEY", "DATE", "PRODUCT", "MISC"):
                if entity.label_ == "MISC" and (one := self.mislabelled(entity)):
                    found.append(one)
                self.mark(Range(entity.start, entity.end))
        for entity in entities:
            if entity.label_ == "ORG":
                found += self.of_organization(entity)
                for one in found[-1:]:
                    self.places[one.range.start : one.range.end] = b"\1" * (one.range.end - one.range.start)
            elif entity.label_ in ("LOC", "FAC"):
                found += self.of_entity(entity)
            else:
                continue
            self.mark(Range(entity.start, entity.end))
        found += self.scan()
        found += self.glossed(found)
        found.sort(key=lambda t: t.range)
        found = list(self.states_after(found))
        contain(self.draft.article.text, self.doc, found)
        return found

    def is_open(self, at: int) -> bool:
        """Whether places are read here: in what is coded, and in datelines."""
        return self.draft.coded(at) or self.draft.kind_of(at) == "date"

    def mark(self, span: Range) -> None:
        self.taken[span.start : span.end] = b"\1" * (span.end - span.start)

    def is_code(self, text: str) -> bool:
        """Short capitals that are more often an organisation's letters than a place's; not "KYIV" or "U.S."."""
        if not (text.isupper() and text.isalpha() and len(text) <= 4) or countries.named(text):
            return False
        return len(text) < 4 or not any(c.own and c.population >= LARGE for c in self.gazetteer.candidates(text))

    def ask(self, span: Range) -> tuple[Candidate, ...]:
        return self.gazetteer.candidates(self.doc.span(*span).text)

    def of_entity(self, entity: Span) -> Iterator[Toponym]:
        """The toponyms of a LOC or FAC entity: one, or one for each part between commas."""
        span = self.trimmed(Range(entity.start, entity.end))
        if span is None or self.taken[span.start]:
            return
        if not any(t.text[:1].isupper() for t in self.doc[span.start : span.end]):
            return
        span = self.extended(span)
        titled = any(c.dep_ == "nmod:desc" and c.i < span.start for c in root(self.doc, span).children)
        if titled or self.is_agency(span) or self.is_title_of_medium(span):
            return
        if (known := body(self.doc[span.start].text)) is not None and "MED" in known.sectors:
            return
        self.mark(span)
        parts = self.split(span)
        for part in parts:
            text = self.doc.span(*part).text
            if not countries.is_demonym(text) and not self.is_code(text):
                yield self.toponym(part, entity.label_)

    def trimmed(self, span: Range) -> Range | None:
        """Without articles, possessives, quotation marks and brackets at the ends, and common words before the name:
        "northern Kenya", "the port of Durban".
        """
        start, end = span
        named = next((i for i in range(start, end) if self.doc[i].text[:1].isupper()), start)
        if all(t.is_alpha and t.pos_ in COMMON for t in self.doc[start:named]):
            start = named
        while start < end and (self.doc[start].lower_ in ("the", "a", "an") or _is_mark(self.doc[start])):
            start += 1
        while end > start and (self.doc[end - 1].lower_ in ("'s", "’s", "'", "’") or _is_mark(self.doc[end - 1])):
            end -= 1
        return Range(start, end) if start < end else None

    def extended(self, span: Range) -> Range:
        """Longer where the gazetteer knows the longer name: "Frankfurt" + "on the Oder"; "Mangystau" + "Oblast"."""
        doc = self.doc
        end = span.end
        while end < len(doc) and end - span.start < LONGEST_NAME and doc[end].lower_ in JOINTS:
            end += 1
        if end > span.end and end < len(doc) and doc[end].text[:1].isupper() and doc[end].lower_ not in JOINTS:
            longer = Range(span.start, end + 1)
            if any(c.own or c.population > KNOWN for c in self.ask(longer)):
                return longer
        if span.end < len(doc) and doc[span.end].text in self.words.after and doc[span.end].text[0].isupper():
            return Range(span.start, span.end + 1)
        return span

    def split(self, span: Range) -> list[Range]:
        commas = [i for i in range(span.start + 1, span.end - 1) if self.doc[i].text in (",", "(", "/")]
        if not commas or self.ask(span):
            return [span]
        edges = [span.start - 1, *commas, span.end]
        parts = [self.trimmed(Range(a + 1, b)) for a, b in pairwise(edges)]
        return [p for p in parts if p]

    def toponym(self, span: Range, found: str) -> Toponym:
        """The toponym at these words, with what stands around it."""
        doc = self.doc
        name = doc.span(*span).text
        one = Toponym(span, name, found)
        kind = doc[span.start - 1].text.capitalize() if span.start else ""
        if kind in self.words.physical and doc[span.start - 1].text.islower():
            one.physical = kind
        last, after = doc[span.end - 1], doc[span.end] if span.end < len(doc) else None
        if (
            last.text in self.words.after
            or (doc[span.start].text in self.words.before and span.end - span.start > 2)
            or (after is not None and after.text in self.words.after and last.head.i == after.i)
        ):
            one.division = True
        if span.end - span.start > 1 and last.lower_ in self.words.facilities:
            one.facility = last.lower_
            if last.text.islower() and self.ask(Range(span.start, span.end - 1)):
                one.name = doc.span(span.start, span.end - 1).text  # "Karachi airport" lies in Karachi
        elif after is not None and after.text.islower() and self.is_facility_after(span, after):
            head = next(t for t in doc[span.end : span.end + 3] if t.lower_ in self.words.facilities)
            one.facility = head.lower_
            one.range = Range(span.start, head.i + 1)
        return one

    def is_facility_after(self, span: Range, after: Token) -> bool:
        """A lower-case noun of a facility that the name modifies: "Almaty airport", "Aktau international airport"."""
        for token in self.doc[after.i : after.i + 3]:
            if not token.text.islower():
                return False
            if token.lower_ in self.words.facilities:
                return root(self.doc, span).head.i == token.i and root(self.doc, span).dep_ in (
                    "compound",
                    "amod",
                    "nmod",
                )
        return False

    def is_agency(self, span: Range) -> bool:
        """The agency of a dateline: between brackets, before a dash."""
        words = [t.text for t in self.doc[max(0, span.start - 1) : span.end + 2]]
        return words[0] == "(" and words[-2] == ")" and words[-1] in ("-", "–", "—", "--")

    def is_title_of_medium(self, span: Range) -> bool:
        """The name of a channel, paper, club or ship."""
        top = root(self.doc, span)
        if top.dep_ not in ("appos", "flat", "nmod:desc", "nmod", "compound", "dep", "nmod:unmarked"):
            return False
        if any(c.dep_ == "case" for c in top.children) or top.i < top.head.i:
            return False
        if top.head.base not in MEDIA or span.start == 0:
            return False
        return not any(t.text == "," for t in self.doc[top.head.i : span.start])

    def mislabelled(self, entity: Span) -> Toponym | None:
        """Another name that is a place's by its grammar: "in Phnom Penh"."""
        span = self.trimmed(Range(entity.start, entity.end))
        if span is None or not is_where(self.doc.span(*span), self.gazetteer):
            return None
        return self.toponym(span, entity.label_)

    def of_organization(self, entity: Span) -> Iterator[Toponym]:
        """A place labelled as an organisation, or the place whose public body it is ("Jakarta Police")."""
        span = self.trimmed(Range(entity.start, entity.end))
        if span is None or self.taken[span.start]:
            return
        candidates = self.ask(span)
        large = [c for c in candidates if c.precision in ("country", "admin1") or (c.own and c.population >= LARGE)]
        if not large and (body := self.body_of(span)):
            yield body
        if not large or countries.is_demonym(self.doc.span(*span).text):
            return
        if self.is_code(self.doc.span(*span).text):
            return
        top = root(self.doc, span)
        possessive = any(c.dep_ == "case" and c.lower_ in ("'s", "’s", "'", "’") for c in top.children)
        coordinated = (top.dep_ in ("conj", "appos") and top.head.ent_type_ == "LOC") or self.follows_place(span)
        is_country = any(c.precision == "country" for c in large)
        seat = is_seat(self.doc.span(*span).text, top, self.gazetteer)
        if (
            is_country
            or seat
            or is_locative(self.doc, span)
            or is_moved_to(self.doc, span)
            or possessive
            or coordinated
        ):
            yield self.toponym(span, "ORG")

    def body_of(self, span: Range) -> Toponym | None:
        """The place at the head of a public body's name: "Jakarta Police", "U.S. Supreme Court"."""
        if self.doc[span.end - 1].lower_ not in self.words.bodies:
            return None
        for stop in range(min(span.start + 3, span.end - 1), span.start, -1):
            part = Range(span.start, stop)
            text = self.doc.span(span.start, stop).text
            if countries.is_demonym(text) or self.is_code(text):
                return None
            if any(c.precision in ("country", "admin1") or (c.own and c.population >= LARGE) for c in self.ask(part)):
                return Toponym(part, text, "ORG")
        return None

    def follows_place(self, span: Range) -> bool:
        """Behind a place and "and", a comma or a bracket: "in Aktobe (Aktyubinsk) and Atyrau (Guryev)"."""
        before = list(self.doc[max(0, span.start - 3) : span.start])
        while before and before[-1].lower_ in ("and", "or", ",", "(", ")"):
            before.pop()
        joined = len(before) < min(3, span.start)
        return joined and bool(before) and (before[-1].ent_type_ == "LOC" or bool(self.places[before[-1].i]))

    def scan(self) -> Iterator[Toponym]:
        """Names that are no entity: countries anywhere, towns behind a preposition of place."""
        doc = self.doc
        at = 0
        while at < len(doc):
            token = doc[at]
            if self.taken[at] or not token.text[:1].isupper() or not self.is_open(at):
                at += 1
                continue
            end = at + 1
            while end < len(doc) and end - at < LONGEST_NAME and not self.taken[end] and self.is_name_part(doc, end):
                end += 1
            span = self.longest(at, end)
            if span:
                yield self.toponym(span, "scan")
                at = span.end
            else:
                at = end if end > at + 1 else at + 1

    def glossed(self, found: list[Toponym]) -> Iterator[Toponym]:
        """Names with another name of the same town in brackets, of which not both were found: "Atyrau (Guryev)"."""
        doc = self.doc
        known = {i for t in found for i in range(t.range.start, t.range.end)}
        for at in range(1, len(doc) - 2):
            if doc[at].text != "(" or not self.is_open(at):
                continue
            inner = next((Range(at + 1, i) for i in range(at + 2, min(at + 5, len(doc))) if doc[i].text == ")"), None)
            outer = next((r for n in (3, 2, 1) if (r := Range(max(0, at - n), at)) and self.is_name(r)), None)
            if inner is None or outer is None or not self.is_name(inner):
                continue
            ids = {c.id for c in self.ask(outer) if c.precision == "settlement" and c.population >= LARGE}
            if ids & {c.id for c in self.ask(inner)}:
                for span in (outer, inner):
                    if span.start not in known:
                        yield self.toponym(span, "scan")

    def is_name(self, span: Range) -> bool:
        """Capitalised words that the gazetteer knows."""
        return all(t.text[:1].isupper() for t in self.doc[span.start : span.end]) and bool(self.ask(span))

    @staticmethod
    def is_name_part(doc: Doc, at: int) -> bool:
        return doc[at].text[:1].isupper() or (
            doc[at].lower_ in JOINTS and at + 1 < len(doc) and doc[at + 1].text[:1].isupper()
        )

    def longest(self, start: int, end: int) -> Range | None:
        """The longest name that begins here and may be read as a place."""
        for stop in range(end, start, -1):
            span = Range(start, stop)
            text = self.doc.span(start, stop).text
            if text.isupper() and len(text) < 4 and text not in ("UK", "US", "UAE", "USA", "DRC"):
                continue
            country = countries.named(text)
            if country and (text.isupper() or stop - start > 1 or self.is_proper(start)):
                return span
            if countries.senses(text).keys() & {"demonym", "seat"} and not country:
                continue
            least = KNOWN
            if self.doc[start].pos_ != "PROPN" and stop - start == 1:
                standing = self.stands_out(start)
                if standing >= HALF and stop == end and self.lies_in_country(stop):
                    return span
                if standing <= HALF:
                    continue
                least = LARGE
            if stop == end and self.heads_line(span) and any(c.own and c.population >= LARGE for c in self.ask(span)):
                return span
            seat = stop == end and is_seat(text, root(self.doc, span), self.gazetteer)
            if seat or (
                is_locative(self.doc, span)
                and stop == end
                and any(c.own and c.population >= least for c in self.ask(span))
            ):
                return span
        return None

    def heads_line(self, span: Range) -> bool:
        """Whether the words stand in capitals at the head of a line, before a mark: "ALMATY. Two men …"."""
        doc = self.doc
        text = doc.span(*span).text
        if not text.isupper() or len(text) < 4 or span.end >= len(doc):
            return False
        begins = span.start == 0 or "\n" in doc[span.start - 1].text
        return begins and doc[span.end].text in (".", ",", ":", "—", "–", "-", "(")

    def stands_out(self, at: int) -> float:
        """How much a capital letter means here: the share of words around that begin with small ones; 0 but for behind "in", "at", …"""
        doc = self.doc
        if not at or doc[at].is_sent_start or doc[at - 1].lower_ not in ("in", "near", "at", "outside"):
            return 0.0
        around = [t for t in doc[max(0, at - 8) : at + 8] if t.is_alpha and len(t.text) > 3 and t.i != at]
        return sum(t.text.islower() for t in around) / len(around) if around else 0.0

    def lies_in_country(self, at: int) -> bool:
        """Whether what ends here is said to lie in a country: "at Lokwamosing in Kenya". No gazetteer has every village."""
        behind = self.doc[at : at + 2]
        return len(behind) == 2 and behind[0].lower_ in ("in", ",") and countries.named(behind[1].text) is not None

    def is_proper(self, at: int) -> bool:
        return self.doc[at].pos_ == "PROPN" and self.doc[at].dep_ not in ("flat",)

    def states_after(self, found: list[Toponym]) -> Iterator[Toponym]:
        """The toponyms, and the abbreviated states behind commas: "Athens, Ga."."""
        starts = {t.range.start for t in found}
        for one in found:
            at = one.range.end
            if one.name == "Washington" and self.doc.span(at, at + 2).text in (", D.C.", ", DC"):
                one.range, one.name = Range(one.range.start, at + 2), "Washington, D.C."
                starts.add(at + 1)
            elif (
                one.name in ("D.C.", "DC")
                and self.doc.span(max(0, one.range.start - 2), one.range.start).text == "Washington,"
            ):
                continue
            yield one
            at = one.range.end
            if at + 1 < len(self.doc) and self.doc[at].text == "," and at + 1 not in starts:
                for stop in (at + 3, at + 2):
                    text = self.doc.span(at + 1, stop).text if stop <= len(self.doc) else ""
                    if text in self.words.states:
                        yield Toponym(Range(at + 1, stop), text, "scan")
                        break


def _is_mark(token: Token) -> bool:
    return token.is_punct or token.is_space or token.lex.is_quote or token.lex.is_bracket
