"""Which phrases name the same actor.

One pass in the order of the text, over an index of what has been seen: names by their plain form and by surname,
states by country, nouns by their head, and the last forty actors for pronouns. Cautious: what is not shown to
be the same stays apart. Titles, appositions and predicates tie phrases together before names and nouns do.
"""

from __future__ import annotations

from collections import deque

from sayso.coding.agents import agents, role_of, singular
from sayso.coding.bodies import body_of_name, sectors_of_name
from sayso.coding.draft import ActorDraft, Draft
from sayso.coding.grammar import ancestors, children
from sayso.coding.known import Known, finish
from sayso.coding.mentions import Phrase, words_of
from sayso.coding.names import PARTICLES, acronyms, given, is_acronym, plain, same_body, same_person, surname
from sayso.coding.nominals import Finder
from sayso.coding.notables import year_of
from sayso.coding.parsed import Token
from sayso.coding.pronouns import Recent, antecedent
from sayso.coding.ranges import Range
from sayso.coding.tables import table
from sayso.coding.ties import Ties
from sayso.gazetteer.countries import country_of, named, senses

GLOSS = 8
"""Words that a gloss in square brackets may have."""
ANY_BODY = ("group", "organisation", "organization", "movement")
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
MOST_OF_A_NOUN = 12
"""So many actors of one head noun are compared with a new phrase, the latest first."""


class Linker:
    """Links the phrases of one article to actors."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.phrases = list(Finder(draft).phrases())
        self.ties = Ties(draft, self.phrases)
        self.at = self.ties.at
        self.known: dict[int, Known] = {}
        self.order: list[Known] = []
        self.by_name: dict[str, Known] = {}
        self.by_surname: dict[str, list[Known]] = {}
        self.by_body: dict[str, Known] = {}
        self.by_acronym: dict[str, Known] = {}
        self.by_first: dict[str, Known] = {}
        self.by_country: dict[str, Known] = {}
        self.by_noun: dict[str, deque[Known]] = {}
        self.bodies: deque[Known] = deque(maxlen=10)
        self.recent = Recent(draft)
        self.bodies_at = {e.root.i: sectors_of_name(e.text) for e in draft.doc.ents if e.label_ == "ORG"}
        self.sentences = draft.doc.sentence_numbers
        self.year = year_of(draft.article.published)

    def link(self) -> None:
        """Give every phrase its actor, and the draft its actors and heads."""
        self.tied = self.ties.all()
        for phrase in self.phrases:
            if phrase.form == "pronoun":
                continue
            self._settle(phrase)
        self._glosses()
        self._pronouns()
        self._reflexives()
        for known in self.order:
            if not known.phrases:
                continue
            finish(known, self.draft, self.year)
            self.draft.actors.append(known.actor)
        self._relatives()

    # settling: what each phrase is

    def _settle(self, phrase: Phrase) -> Known | None:
        if phrase.head.i in self.known:
            return self.known[phrase.head.i]
        target = self.tied.get(phrase.head.i)
        if target is not None and target.form == "pronoun":
            return None  # told when the pronoun is
        found = self._settle(target) if target is not None else self._find(phrase)
        if found is not None and target is not None and self._named_otherwise(found, phrase):
            found = self._find(phrase)
        if found is None:
            found = self._make(phrase)
        self._add(found, phrase)
        return found

    @staticmethod
    def _named_otherwise(known: Known, phrase: Phrase) -> bool:
        """Whether the phrase is a person's name that the actor, who has a name, does not bear."""
        if phrase.form != "name" or phrase.kind != "person" or not known.names:
            return False
        return not any(same_person(name, phrase.name or "") for name in known.names)

    def _find(self, phrase: Phrase) -> Known | None:
        if phrase.form == "name":
            return self._named(phrase)
        return self._described(phrase)

    def _named(self, phrase: Phrase) -> Known | None:
        name = phrase.name or ""
        if phrase.kind == "person":
            return self._person(name, phrase)
        if phrase.kind == "state" and phrase.country:
            if ":" in self._state_key(phrase):
                phrase.kind = "unknown"
            return self.by_country.get(self._state_key(phrase))
        known = self._person(name, phrase) if self._may_be_surname(name, phrase) else None
        if known is not None:
            return known
        found = (
            self.by_name.get(plain(name))
            or self.by_body.get(body_of_name(name).name)
            or self._short(phrase)
            or (self.by_acronym.get(name.replace(".", "")) if is_acronym(name) else None)
        )
        if found is None and acronyms(name):
            for short in sorted(acronyms(name)):
                other = self.by_name.get(plain(short))
                if other is not None and any(same_body(name, n) for n in other.names):
                    return other
        return found if found is not None and self._kinds_agree(found.kind, phrase.kind) else None

    def _may_be_surname(self, name: str, phrase: Phrase) -> bool:
        """Whether a name that is not read as a person's may be the last name of one named before."""
        if phrase.kind == "unknown" and phrase.entity == "":
            return True
        alone = plain(name)
        return phrase.kind == "organization" and alone not in self.by_name and alone in self.by_surname

    def _short(self, phrase: Phrase) -> Known | None:
        """A body by the first word of its name: "Ford Motor Company" … "Ford"."""
        word = plain(phrase.name or "")
        return None if " " in word or phrase.entity not in ("PER", "ORG", "") else self.by_first.get(word)

    @staticmethod
    def _kinds_agree(one: str, other: str) -> bool:
        if "unknown" in (one, other) or one == other:
            return True
        return {one, other} <= {"organization", "media", "group"}

    def _state_key(self, phrase: Phrase) -> str:
        """A capital or seat stands for its state where it acts or is spoken to; else it is a town."""
        sense = senses(phrase.name or "")
        country = phrase.country or ""
        if "name" in sense or "demonym" in sense or "seat" in sense or named(phrase.name or ""):
            return country
        return country if _as_government(phrase.head) else f"{country}:{plain(phrase.name or '')}"

    def _person(self, name: str, phrase: Phrase) -> Known | None:
        exact = self.by_name.get(plain(name))
        if exact is not None and exact.kind in ("person", "unknown"):
            return exact
        short = self._short(phrase)
        if short is not None:
            phrase.kind = "unknown"
            return short
        for key in dict.fromkeys((surname(name), given(name) or surname(name))):
            for other in self.by_surname.get(key, [])[-MOST_OF_A_NOUN:][::-1]:
                alone = " " not in plain(name)  # "Warren" may be a first name, and is here a last one
                if other.gender and phrase.gender and other.gender != phrase.gender and not alone:
                    continue
                if all(same_person(n, name) for n in other.names[:MOST_OF_A_NOUN]):
                    return other
        return None

    def _described(self, phrase: Phrase) -> Known | None:
        """The actor that a noun repeats, or None."""
        if phrase.indefinite or (phrase.numbered and not phrase.definite):
            return None
        possessed = any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in phrase.head.children)
        bare = not phrase.definite
        if bare and (not phrase.plural and phrase.kind == "person" and phrase.head.pos_ != "PROPN"):
            return None
        if bare and (phrase.noun in words_of("persons") or phrase.restricted):
            return None
        for noun in (phrase.noun, *table("groups")["synonyms"].get(phrase.noun, [])):
            for other in list(self.by_noun.get(noun, ()))[::-1][:MOST_OF_A_NOUN]:
                if self._repeats(phrase, other, noun, possessed):
                    return other
        named_next = self.ties.beginning(phrase.words.end) is not None
        if (
            phrase.definite
            and not possessed
            and phrase.noun in words_of("hypernyms")
            and not (phrase.plural or named_next)
        ):
            return self._body_of(phrase)
        return self._last_person(phrase) if phrase.definite and _tells_age(phrase, self.draft) else None

    def _last_person(self, phrase: Phrase) -> Known | None:
        """The named person spoken of last: "the 52-year-old former rancher" is no new one."""
        named_before = [k for k in self.order if k.kind == "person" and k.names and not k.plural]
        last = max(named_before, key=lambda known: known.last, default=None)
        if last is None or self.sentences[phrase.head.i] - self.sentences[last.last] > 2:
            return None
        return last if last.last < phrase.head.i else None

    def _repeats(self, phrase: Phrase, other: Known, noun: str, possessed: bool) -> bool:
        if other.plural != phrase.plural and {other.kind, phrase.kind} & {"person", "group"}:
            return False
        bodies = phrase.kind == "organization" and phrase.noun not in words_of("uncounted")
        if bodies and not other.names and other.plural != phrase.plural:
            return False
        if noun != phrase.noun and (not phrase.definite or phrase.kind != other.kind):
            return False
        if phrase.country and other.actor.country and phrase.country != other.actor.country:
            return False
        mine = phrase.modifiers - words_of("judging")
        if possessed or phrase.restricted:
            return bool(mine) and mine == other.modifiers - words_of("judging") and self._near(phrase, other)
        if phrase.kind == "unknown" and not phrase.definite and mine != other.modifiers:
            return False
        return mine <= other.modifiers | {phrase.noun} | other.nouns | ({"same", "latter"} & mine)

    def _near(self, phrase: Phrase, other: Known) -> bool:
        return phrase.head.i - other.last < 150

    def _body_of(self, phrase: Phrase) -> Known | None:
        """The named body that "the group", "the company", "the country" stands for: the last that may be one."""
        if phrase.modifiers - words_of("judging") or phrase.head.i == 0:
            return None
        wanted = singular(phrase.noun.split()[-1])
        state = wanted in words_of("countries")
        sectors = set(role.sectors) if (role := role_of([wanted])) is not None else set()
        for other in reversed(self.bodies):
            if self.sentences[phrase.head.i] - self.sentences[other.last] > 3:
                break
            if (other.kind == "state") != state:
                continue
            if state or sectors & set(other.actor.sectors) or any(wanted in plain(n).split() for n in other.names):
                return other
            official = {"GOV", "IGO", "JUD", "LEG", "COP"} & set(other.actor.sectors)
            if wanted in ANY_BODY and other.kind != "media" and not official:
                return other
        return None

    # keeping

    def _make(self, phrase: Phrase) -> Known:
        known = Known(ActorDraft(name=""))
        self.order.append(known)
        return known

    def _add(self, known: Known, phrase: Phrase) -> None:
        known.phrases.append(phrase)
        known.last = phrase.head.i
        self.known[phrase.head.i] = known
        actor = known.actor
        if actor.kind == "unknown" or (phrase.form == "name" and phrase.kind in ("person", "media")):
            actor.kind = phrase.kind if phrase.kind != "unknown" else actor.kind
        actor.country = actor.country or phrase.country
        known.gender = known.gender or phrase.gender
        known.plural = known.plural or phrase.plural
        if phrase.form != "pronoun":
            self._index(known, phrase)
        self.draft.mention(actor, phrase.words, phrase.head.i)
        for index in phrase.heads:
            self.known.setdefault(index, known)
            self.draft.by_head.setdefault(index, actor)
        self.recent.saw(known, phrase)

    def _index(self, known: Known, phrase: Phrase) -> None:
        for code in self._sectors(phrase):
            if code not in known.actor.sectors:
                known.actor.sectors.append(code)
        if phrase.form == "name" and phrase.name:
            if phrase.name not in known.names[-MOST_OF_A_NOUN:]:
                known.names.append(phrase.name)
            self.by_name.setdefault(plain(phrase.name), known)
            if phrase.country and phrase.entity in ("LOC", "GPE", "NORP", "ORG", "") and senses(phrase.name):
                self.by_country.setdefault(self._state_key(phrase), known)
            if phrase.kind == "person":
                for key in dict.fromkeys(plain(phrase.name).split()):
                    if (
                        len(key) > 1
                        and key not in PARTICLES
                        and known not in self.by_surname.get(key, [])[-MOST_OF_A_NOUN:]
                    ):
                        self.by_surname.setdefault(key, []).append(known)
                known.modifiers |= phrase.modifiers
            elif phrase.kind != "unknown" or phrase.entity == "ORG":
                self.bodies.append(known)
                if known_as := body_of_name(phrase.name).name:
                    self.by_body.setdefault(known_as, known)
                for short in (self._first_word(phrase), self._last_word(phrase)):
                    if short:
                        self.by_first.setdefault(short, known)
                for short in acronyms(phrase.name):
                    self.by_acronym.setdefault(short, known)
                if phrase.kind in ("organization", "media"):
                    self._file(known, phrase.noun)
            return
        known.modifiers |= phrase.modifiers
        if phrase.noun not in known.nouns:
            known.nouns.add(phrase.noun)
        self._file(known, phrase.noun)
        if " " in phrase.noun and not phrase.noun.startswith(("deputy ", "vice ", "former ")):
            self._file(known, phrase.noun.partition(" of ")[0].rpartition(" ")[2])
        if known.names and known.kind == "person":
            self._absorb(known, phrase.noun)

    def _first_word(self, phrase: Phrase) -> str:
        """The first word of a body's name where it may be used for the whole; else nothing."""
        words = plain(phrase.name or "").split()
        if len(words) < 2 or phrase.entity != "ORG" or words[0] in words_of("common_first"):
            return ""
        common = country_of(words[0].title()) or role_of(words[:1]) or self.draft.doc.vocab[words[0]].is_stop
        return "" if common else words[0]

    def _last_word(self, phrase: Phrase) -> str:
        """What a body of something is called by for short: Scientology for "the Church of Scientology"; else nothing."""
        first, of, last = plain(phrase.name or "").rpartition(" of ")
        single = bool(first and of) and " " not in last and phrase.entity == "ORG"
        return last if single and not country_of(last.title()) and role_of([last]) is None else ""

    def _absorb(self, known: Known, noun: str) -> None:
        """Who was only "the president" before is the first president who is named."""
        for other in list(self.by_noun.get(noun, ())):
            if other is known or other.names or other.plural or other.kind != "person" or not other.phrases:
                continue
            if not all(p.definite and p.form == "noun" and not p.restricted for p in other.phrases):
                continue
            if other.actor.country not in (None, known.actor.country) or other.modifiers - known.modifiers - {noun}:
                continue
            self.by_noun[noun].remove(other)
            self.recent.rename(other, known)
            for phrase in other.phrases:
                self.known[phrase.head.i] = known
                known.phrases.append(phrase)
            for mention in other.actor.mentions:
                self.draft.by_head.pop(mention.head, None)
                self.draft.mention(known.actor, mention.range, mention.head)
            other.phrases = []

    def _file(self, known: Known, noun: str) -> None:
        row = self.by_noun.setdefault(noun, deque(maxlen=MOST_OF_A_NOUN))
        if not row or row[-1] is not known:
            row.append(known)

    def _sectors(self, phrase: Phrase) -> tuple[str, ...]:
        """A phrase's codes; where its head is a leader, member or spokesman, those of what it is head of."""
        if phrase.form == "name":
            return phrase.sectors
        bodies = [
            self.bodies_at[c.i] for c in phrase.head.children if c.i in self.bodies_at and c.relation == "compound"
        ]
        if not phrase.generic:
            armed = {"MIL", "COP"} & set(phrase.sectors)
            return ("IGO",) if any("IGO" in one for one in bodies) and not armed else phrase.sectors
        found: list[str] = [code for one in bodies for code in one]
        for c in phrase.head.children:
            if c.relation not in ("compound", "nmod", "amod") or c.ent_type_ == "NORP":
                continue
            if c.relation == "nmod" and any(
                g.lower_ in ("to", "on", "in", "at", "by", "about") for g in children(c, "case")
            ):
                continue
            inner = self.at.get(c.i)
            known = self.known.get(c.i)
            if known is not None and known.actor.sectors:
                found += known.actor.sectors
            elif inner is not None and inner.sectors:
                found += inner.sectors
            elif inner is None:
                role = role_of([c.lower_])
                found += role.sectors if role is not None and role.nature != "generic" else ()
        codes = tuple(dict.fromkeys(found)) or (() if self._of_a_body(phrase) else phrase.sectors)
        if not codes and (code := agents().of_states.get(phrase.noun)) and (phrase.country or self._of_states(phrase)):
            codes = (code,)
        data = agents()
        former = {c.lower_ for c in phrase.head.children} & data.former
        return (data.former_code,) if former and data.former_sectors & set(codes) else codes

    @staticmethod
    def _of_states(phrase: Phrase) -> bool:
        """ "leaders from ten countries" """
        return any(singular(c.text) in words_of("countries") for c in children(phrase.head, "nmod", "compound"))

    @staticmethod
    def _of_a_body(phrase: Phrase) -> bool:
        """Whether a named body stands before the noun: "Lions Club president" is not of the government."""
        return any(
            c.ent_type_ == "ORG" and c.relation in ("compound", "nmod") and not country_of(c.text)
            for c in phrase.head.children
        )

    # pronouns

    def _pronouns(self) -> None:
        """A second pass: pronouns take the likeliest actor before them."""
        waiting = {
            t.head.i: p for p in self.phrases if (t := self.tied.get(p.head.i)) is not None and t.form == "pronoun"
        }
        placed = self.recent.replay()
        for phrase in self.phrases:
            placed.upto(phrase.head.i)
            if phrase.form != "pronoun" or phrase.head.i in self.known:
                continue
            found = antecedent(phrase, placed)
            described = waiting.get(phrase.head.i)
            if found is None and (phrase.noun in ("they", "them") or described is not None):
                found = self._unresolved(phrase)
            if found is not None:
                self.known[phrase.head.i] = found
                found.phrases.append(phrase)
                self.draft.mention(found.actor, phrase.words, phrase.head.i)
                placed.add(found, phrase)
            if described is not None:
                self._add(found or self._make(described), described)

    def _unresolved(self, phrase: Phrase) -> Known:
        """People who are only ever "they"."""
        known = self._make(phrase)
        known.actor.kind = "group" if phrase.plural else "person" if phrase.gender else "unknown"
        known.plural = phrase.plural
        known.gender = phrase.gender
        return known

    def _reflexives(self) -> None:
        """ "Introduce themselves": whoever does it to himself."""
        for token in self.draft.doc:
            if token.lower_ in REFLEXIVE and token.i not in self.known:
                verb = next((a for a in ancestors(token) if a.pos_ in ("VERB", "AUX")), None)
                subject = next(iter(children(verb, "nsubj", "nsubj:pass")), None) if verb is not None else None
                known = self.known.get(subject.i) if subject is not None else None
                if known is not None:
                    self.known[token.i] = known
                    self.draft.mention(known.actor, Range(token.i, token.i + 1), token.i)

    def _glosses(self) -> None:
        """An editor's words in square brackets say who a pronoun is: "we [the dockers]"."""
        doc = self.draft.doc
        for token in doc:
            if token.text != "[" or not token.i or doc[token.i - 1].pos_ != "PRON":
                continue
            for at in range(token.i + 1, min(token.i + GLOSS, len(doc))):
                if doc[at].text == "]":
                    break
                known = self.known.get(at)
                if known is not None:
                    self.known[token.i - 1] = known
                    self.draft.mention(known.actor, Range(token.i - 1, token.i), token.i - 1)
                    break

    def _relatives(self) -> None:
        """Relative pronouns stand for their noun; they are no mentions."""
        for token in self.draft.doc:
            if token.tag_ in ("WP", "WDT", "WP$") and token.i not in self.draft.by_head:
                clause = next((a for a in ancestors(token) if a.relation in ("acl", "root", "ccomp", "advcl")), None)
                if clause is not None and clause.dep_ == "acl:relcl":
                    known = self.known.get(clause.head.i)
                    if known is not None:
                        self.draft.by_head[token.i] = known.actor


def _tells_age(phrase: Phrase, draft: Draft) -> bool:
    """Whether a noun for one person has "52-year-old" before it."""
    words = draft.doc.span(phrase.words.start, phrase.head.i).text.lower()
    return phrase.kind in ("person", "unknown") and not phrase.plural and "year-old" in words


def _as_government(head: Token) -> bool:
    """Whether a capital's name stands where a government does: it speaks, or is spoken to or acted against."""
    dep = head.dep_
    verb = head.head
    if head.relation == "conj":
        return _as_government(head.head) if head.head.dep_ != "conj" else False
    if dep in ("nsubj", "obj", "iobj", "nsubj:pass", "obl", "obl:agent", "ccomp"):
        return verb.base in words_of("speech")
    return dep == "nmod:poss" or (
        head.relation == "nmod" and any(c.lower_ in ("with", "between", "against") for c in head.children)
    )
