"""The words of a noun phrase: how far it reaches, what sets it apart, how many it means, whether it only says where."""

from __future__ import annotations

from sayso.coding.agents import is_role, role_of, singular
from sayso.coding.draft import Draft
from sayso.coding.figures.whole import whole_number
from sayso.coding.mentions import DEMONSTRATIVES, LONGEST, TERMS, Phrase, entity_roots, is_noun, lowered, words_of
from sayso.coding.parsed import Span, Token
from sayso.coding.ranges import Range
from sayso.gazetteer.countries import country_of, is_demonym

COUNTING = ("det", "amod", "nummod", "advmod", "compound", "case")
FINITE = ("VB", "VBD", "VBP", "VBZ", "MD")


class Wording:
    """Measures the noun phrases of one article."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.doc = draft.doc
        self.roots, self.members = entity_roots(draft.doc)
        self.gazetteer = draft.gazetteer

    def is_where(self, token: Token) -> bool:
        """Whether the phrase only says where: it stands behind "in", "at", "near", …, or is part of an address."""
        if token.relation in ("obl", "nmod", "appos", "advcl", "dep", "list", "parataxis"):
            cases = {c.lower_ for c in token.children if c.dep_ == "case"}
            if cases & words_of("locative"):
                return True
            if token.relation == "appos" and token.head.ent_type_ in ("LOC", "GPE"):
                return True
            if "from" in cases and token.relation == "nmod":
                return True
        if token.relation == "conj":
            first = token.head
            return first != token and first.dep_ != "conj" and self.is_where(first)
        return False

    @staticmethod
    def whole(token: Token) -> Token | None:
        """What a portion is a portion of: people for "thousands" in "thousands of people"."""
        for c in token.children:
            behind = c.relation == "nmod" and c.i > token.i and is_noun(c)
            if behind and any(g.lower_ == "of" for g in c.children if g.dep_ == "case"):
                return c
        return None

    def portion(self, token: Token, word: str) -> bool:
        """Whether the noun only counts what follows "of"."""
        return word in words_of("collectives") and self.whole(token) is not None

    def gather(self, found: Phrase) -> None:
        """Take in the words that count the phrase: "thousands of people" is one phrase, and names new people."""
        token = found.head
        for _ in range(3):
            outer = token.head
            counts = outer.pos_ == "NUM" or singular(outer.text) in words_of("collectives")
            if token.relation != "nmod" or not counts or self.whole(outer) != token:
                return
            start = min(
                (c.left_edge.i for c in outer.children if c.i < outer.i and c.relation in COUNTING), default=outer.i
            )
            while start < outer.i and self.doc[start].relation in ("case", "punct", "cc", "mark"):
                start += 1
            found.words = Range(max(start, outer.i - 5), found.words.end)
            found.heads.append(outer.i)
            found.numbered, found.plural = True, True
            found.definite = any(c.lower_ in DEMONSTRATIVES for c in outer.children)
            if outer.lower_ in ("one", "another"):
                found.plural, found.kind = False, "person" if found.kind == "group" else found.kind
            elif found.kind == "person":
                found.kind = "group"
            token = outer

    def phrase_words(self, token: Token) -> list[str]:
        """Up to four words that end with the noun, those of its own phrase only."""
        words = [token.text]
        at = token.i - 1
        if at > 0 and self.doc[at].text in ("-", "–"):  # "Secretary-General"
            words = [f"{self.doc[at - 1].text}-{token.text}"]
            at -= 2
        if at >= 0 and is_role(self.doc[at].text, token.text):
            words.insert(0, self.doc[at].text)
            at -= 1
        while at >= 0 and len(words) < 4:
            before = self.doc[at]
            if (
                before.is_punct
                or before.is_space
                or before.relation not in ("compound", "amod", "nmod", "flat", "goeswith")
            ):
                break
            words.insert(0, before.text.removesuffix("'s").removesuffix("’s"))
            at -= 1
        for c in token.children:
            if c.i > token.i and c.relation == "nmod" and self.doc[c.left_edge.i].lower_ == "of":
                joined = [*words, "of", c.lower_]
                if role_of(joined) is not None and len(role_of(joined).phrase.split()) > 1:  # type: ignore[union-attr]
                    return joined
        return words

    def attributes(self, token: Token) -> set[str]:
        """Adjectives and compounds before the noun, lower case."""
        return {lowered(c) for c in token.children if c.i < token.i and c.relation in ("amod", "compound", "nmod")}

    def determine(self, found: Phrase) -> None:
        """Definite, indefinite, numbered, restricted."""
        for c in found.head.children:
            word, dep = c.lower_, c.relation
            if dep == "det":
                found.definite |= word in DEMONSTRATIVES
                found.indefinite |= word in ("a", "an", "another", "some", "any", "several", "many", "no")
            elif c.dep_ == "nmod:poss":
                found.definite = True
            elif dep == "nummod":
                found.numbered = True
            elif dep == "acl":
                found.restricted = True
        if found.head.tag_ in ("NN",) and found.indefinite:
            found.plural = False

    def modifiers(self, token: Token, inside: Range | None = None) -> tuple[frozenset[str], str | None]:
        """Words that set the noun apart, and the country that they name."""
        found: set[str] = set()
        country: str | None = None
        for c in token.children:
            dep = c.relation
            if dep not in ("amod", "compound", "nmod") or (inside is not None and c.i in inside):
                continue
            entity = self.members.get(c.i)
            if entity is not None and entity.label_ in ("PER", "PERSON", "DATE", "TIME"):
                if c.dep_ == "nmod:poss":
                    found.add(entity.text.lower())
                continue
            words = entity.text if entity is not None and token.i not in range(entity.start, entity.end) else c.text
            found.add(singular(words) if dep != "amod" else words.lower())
            if country is None:
                country = self.country_in(c, words)
        return frozenset(found), country

    def country_in(self, token: Token, words: str) -> str | None:
        """The country that a modifier gives: a nationality before the noun, a country behind "of", "from", "in"."""
        after = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if after is not None and after.text in ("-", "–") and not is_demonym(words):
            return None
        if token.relation == "nmod" and token.dep_ != "nmod:poss":
            cases = {c.lower_ for c in token.children if c.dep_ == "case"}
            if cases and not cases & {"of", "from", "in"}:
                return None
            if not cases and not is_demonym(words):
                return country_of(words)
        return country_of(words)

    def is_plural(self, token: Token) -> bool:
        if token.tag_ in ("NNS", "NNPS") or token.lower_ in ("women", "men", "children", "people", "gunmen"):
            return True
        if any(c.dep_ == "nummod" and c.text.lower() not in ("one", "1") for c in token.children):
            return True
        return token.lower_ in ("police", "people", "troops", "forces") and token.tag_ != "NN"

    def extent(self, head: Token, entity: Span | None) -> Range:
        """The phrase's words: what stands before the noun, its name, and a short "of" or "for" phrase."""
        start = end = head.i
        if entity is not None:
            start, end = min(start, entity.start), max(end, entity.end - 1)
        for c in head.children:
            dep = c.relation
            if c.i < head.i and dep in ("det", "amod", "compound", "nmod", "nummod", "flat", "advmod", "case"):
                if dep in ("case", "advmod") and (
                    dep == "case" or (c.relation == "advmod" and not self._quantifies(c))
                ):
                    continue
                if c.dep_ not in TERMS:
                    start = min(start, c.left_edge.i)
            elif c.i > head.i and entity is None and (dep in ("flat", "goeswith") or c.dep_ == "compound"):
                end = max(end, c.i)
            elif c.i == end + 1 + self._gap(c) and dep == "nmod" and self._short(c):
                end = max(end, c.right_edge.i)
        for at in range(head.i - 1, start - 1, -1):  # a phrase that holds a verb was read wrongly
            token = self.doc[at]
            if (
                token.pos_ == "AUX"
                or token.tag_ in FINITE
                or (token.tag_ == "VBG" and token.relation in ("acl", "advcl"))
            ):
                start = at + 1
                break
        while start < head.i and (self.doc[start].is_punct or self.doc[start].relation in ("case", "cc", "mark")):
            if self.doc[start].head.i == start:
                break
            start += 1
        if self.doc[start].lower_ in ("least", "most") and start and self.doc[start - 1].lower_ == "at":
            start -= 1
        for at in range(head.i + 1, end + 1):  # a name of its own is not cut into
            inner = self.members.get(at)
            if inner is not None and inner.end - 1 > end and not inner.start <= head.i:
                end = inner.start - 1
                break
        if end - start >= LONGEST:
            start, end = max(start, head.i - 6), min(end, head.i + 7)
        return whole_number(self.doc, Range(start, end + 1))

    @staticmethod
    def _quantifies(token: Token) -> bool:
        return token.lower_ in ("about", "almost", "nearly", "some", "least", "more")

    @staticmethod
    def _gap(token: Token) -> int:
        """Words between the start of the dependent's phrase and its head."""
        return token.i - token.left_edge.i

    def _short(self, token: Token) -> bool:
        """A dependent behind "of", "for" or "from" that is short and has no clause in it."""
        first = self.doc[token.left_edge.i]
        if first.lower_ not in ("of", "for", "from") or token.right_edge.i - token.left_edge.i > 7:
            return False
        return not any(g.relation in ("acl", "conj", "appos", "parataxis", "advcl") for g in token.subtree)
