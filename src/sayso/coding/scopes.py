"""What is not conflict: harm that is nobody's deed, and words of force in stories, in games and in law.

`Scopes.refuses` is asked of each event of harm or force that a pattern has found. Natural forces, creatures and
ideas do nothing; a fire or an explosion is an accident until something says otherwise; in an accident or a
disaster roads are closed and people moved without anybody being coerced; what a film tells, what a law provides and
what a statistic counts did not happen here. The words are in `lexicon/scopes.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import islice, pairwise

from sayso.coding.draft import Draft, EventDraft, PartyDraft
from sayso.coding.grammar import ancestors, children, relation_to
from sayso.coding.lexicon import LexiconTables
from sayso.coding.parsed import Span, Token
from sayso.coding.patterns import Matcher
from sayso.coding.scope_words import Words, scope_words
from sayso.coding.slots import Frame

FORCE = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "THREATEN"))
"""Types that need somebody who means it."""
MEASURED = frozenset(("COERCE", "MOBILIZE", "RETREAT", "THREATEN"))
"""Types that the measures against an accident or a disaster look like."""
SOMEBODY = frozenset(("@person", "@organization", "@place", "@nationality"))
ACTING = frozenset(("person", "organization", "group", "state", "media"))
POWER = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "REB", "SPY", "CRM", "UAF", "PTY", "OPP"))
"""Sectors whose trade is power or force."""
PROTESTS = frozenset(
    ("protest", "protester", "protesters", "demonstration", "demonstrator", "demonstrators", "riot", "rally")
)
ARMED = frozenset(("MIL", "COP", "REB", "CRM", "UAF"))
MARCHING = frozenset(("march", "gather", "walk", "assemble", "chant", "procession"))
OWN = frozenset(("strike", "hunger", "boycott"))
"""Modes of PROTEST that say enough by themselves."""
CONFLICT = 0.25
"""Share of an article's sentences from which it is about conflict."""
MODAL = frozenset(("may", "shall", "would", "can", "must", "could", "might", "should"))
SOLDIERS = frozenset(("army", "soldier", "soldiers", "troop", "troops"))
"""Who is sent in a disaster as in a war."""
BORDERS = frozenset(("border", "frontier", "enemy", "front line", "military base"))
ENOUGH = 4
"""Sentences from which an article without one word of violence is about something else."""
LONGEST = 400
"""Words of a sentence that are looked at."""
UP = 8
"""Steps from an event up to the clause that frames it."""


class Scopes:
    """What the words around an event say it is not, in one article."""

    def __init__(self, draft: Draft, tables: LexiconTables, matcher: Matcher):
        self.draft = draft
        self.tables = tables
        self.matcher = matcher
        self.words = scope_words()
        self._bags: dict[int, frozenset[str]] = {}
        self._violent: dict[int, frozenset[str]] = {}

    def refuses(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """Why the event is none, or None where it stands."""
        if event.type not in FORCE and event.type not in MEASURED:
            return None
        checks = (self._figure_of_speech, self._mishap, self._weak, self._play, self._story, self._general)
        return next((why for why in (check(event, frame, word) for check in checks) if why), None)

    def proven(self, event: EventDraft, frame: Frame) -> bool:
        """Whether somebody did it in earnest, whatever else the sentence is about."""
        if self._armed(event):
            return True
        doers = [h for h in self._heads(event.actors) if self._is(h, self.words.hands)]
        if doers and event.type != "ASSAULT":
            return True
        if event.type == "PROTEST" and event.mode in ("strike", "obstruct", "boycott", "hunger"):
            at_work = any(self._acts(h) for h in self._heads(event.actors))
            return bool(doers) or at_work or "on strike" in self.bag(frame.trigger.sent)
        return bool(self.bag(frame.trigger.sent) & self.words.proof) and (bool(event.actors) or bool(event.recipients))

    # ---- manner of speaking --------------------------------------------------------------------------

    def _figure_of_speech(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """Nobody who could mean it did it, or nothing that could suffer it was done to."""
        if event.type not in FORCE:
            return None
        if event.type == "PROTEST" and self._idle(frame, word):
            return "no protest in the street"
        actors = self._heads(event.actors) or [h for h in frame.fill("subject") if frame.kind == "verb"]
        doing = [h for h in actors if not self.unable(h)]
        if actors and not doing and not self._armed(event):
            return "nobody who could mean it"
        with_what = frame.fill("with")
        if any(self._is(h, self.words.figurative) for h in with_what) and not self._armed(event):
            return "a manner of speaking"
        if event.type != "ASSAULT":
            return None
        struck = self._heads(event.recipients) or (list(frame.fill("subject")) if frame.kind == "noun" else [])
        if struck and all(not h.ent_type_ and self._is_unhurt(h) and not self._acts(h) for h in struck):
            return "nothing that harm could reach"
        about = [h for slot in ("over", "of", "from") for h in frame.fill(slot)]
        if frame.kind == "noun" and frame.trigger.relation == "nsubj":
            about += [c for c in children(frame.trigger.head, "obl") if any(g.lower_ == "over" for g in c.children)]
        if any(self._is(h, self.words.figurative) for h in about) and not self._armed(event):
            return "a manner of speaking"
        return None

    @staticmethod
    def _idle(frame: Frame, word: str) -> bool:
        """ "resigned in protest", "demonstrated a robot"."""
        trigger = frame.trigger
        if frame.kind == "verb":
            return word in ("demonstrate", "march") and bool(children(trigger, "obj", "ccomp"))
        bare = not children(trigger, "det", "amod", "compound", "nmod:poss") and trigger.tag_ == "NN"
        return word == "protest" and bare and any(c.lower_ == "in" for c in children(trigger, "case"))

    def unable(self, head: Token) -> bool:
        """Whether it is a thing, a creature or an idea that can mean to do nothing."""
        if self._acts(head):
            return False
        if head.ent_type_:
            return False
        if head.lower_ == "it" and self.draft.actor_at(head.i) is None:
            return self.is_mishap(head.sent)
        return self._is(head, self.words.unable)

    def _acts(self, head: Token) -> bool:
        """Whether it names a person, a body or a state."""
        if head.ent_type_ in ("PER", "PERSON", "ORG", "NORP"):
            return True
        actor = self.draft.actor_at(head.i)
        return actor is not None and actor.kind in ACTING and not self._is(head, self.words.unable)

    def _person(self, head: Token) -> bool:
        """Whether it names somebody, by what is known of it or by the words alone."""
        if self._acts(head) or (head.pos_ == "PRON" and head.lower_ not in ("it", "which", "that", "this")):
            return True
        names = self.matcher.names(head)
        return bool(
            names & self.words.hands or names & self.tables.light.agents or names & SOMEBODY
        ) and not self.unable(head)

    # ---- accidents and disasters ---------------------------------------------------------------------

    def _mishap(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """Harm that nobody meant, and what is done about it."""
        if word in self.words.certain:
            return None
        if event.type != "ASSAULT":
            return self._measure(event, frame, word)
        sentence = frame.trigger.sent
        if self._weapon(event) or self.violent(sentence, word) or self._near_violence(sentence, word):
            return None
        doer = self._doer(event)
        blown_up = any(h.ent_type_ in ("PER", "PERSON") for h in self._heads(event.recipients))
        if blown_up and word in ("explode", "blow", "detonate"):
            return None
        if word in self.words.unexplained and not doer and not self.violent_article:
            return "harm without a doer"
        if word in self.words.harmed | self.words.unexplained:
            peaceful = self._length >= ENOUGH and self._shares[1] == 0 and self._shares[0] > 0
            if self.mishap_article or ((peaceful or self.is_mishap(sentence)) and not doer):
                return "harm in an accident or a disaster"
        return None

    def _measure(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """Roads closed, people moved, soldiers sent with sandbags."""
        measured = word in self.words.measures or frame.trigger.base in self.words.measures
        obstructed = event.type == "PROTEST" and event.mode == "obstruct" and not event.actors
        if not (obstructed or (measured and event.type in MEASURED)):
            return None
        sentence = frame.trigger.sent
        if event.type == "MOBILIZE" and self.bag(sentence) & BORDERS:
            return None
        if not (self.is_mishap(sentence) or self.mishap_article) or self.violent(sentence, word, SOLDIERS):
            return None
        return "a measure in an accident or a disaster"

    def _doer(self, event: EventDraft) -> bool:
        """Whether a person or body did it who was not merely at the wheel."""
        heads = [h for h in self._heads(event.actors) if not self._is(h, self.words.wheel)]
        return any(self._person(h) or self._armed_word(h) for h in heads)

    def _weapon(self, event: EventDraft) -> bool:
        """Whether it was done with something that is no mere vehicle."""
        if event.instrument is None:
            return False
        head = self.draft.doc.span(*event.instrument).root
        return not self._is(head, self.words.wheel | self.words.unexplained) and not self.unable(head)

    def is_mishap(self, sentence: Span) -> bool:
        """Whether the sentence speaks of an accident, a disaster or an illness."""
        return bool(self.bag(sentence) & self.words.mishap)

    def _near_violence(self, sentence: Span, word: str) -> bool:
        """Whether the sentence before or after speaks of violence."""
        return any(self.violent(one, word) for one in self._beside(sentence)) and not self.mishap_article

    @cached_property
    def _shares(self) -> tuple[float, float]:
        """Shares of the article's sentences that speak of mishaps, and of violence."""
        sentences = [s for s in self.draft.doc.sents if self.draft.coded(s.start)]
        mishaps = sum(self.is_mishap(s) for s in sentences)
        violent = sum(self.violent(s, "") for s in sentences)
        return mishaps / max(1, len(sentences)), violent / max(1, len(sentences))

    @cached_property
    def _length(self) -> int:
        return sum(self.draft.coded(s.start) for s in self.draft.doc.sents)

    @cached_property
    def mishap_article(self) -> bool:
        mishap, violent = self._shares
        needed = self.words.mishap_share / (2 if self._titled else 1)
        return mishap >= needed and mishap > violent and not self._title & self.words.violence

    @cached_property
    def _titled(self) -> bool:
        """Whether the headline names a mishap and no violence."""
        return bool(self._title & self.words.mishap) and not self._title & self.words.violence

    @cached_property
    def _title(self) -> Words:
        """Forms of the headline's words, with and without a plural's ending."""
        words = {word.strip(".,:;'\"") for word in (self.draft.article.title or "").lower().split()[:LONGEST]}
        return frozenset(
            words
            | {word[:-1] for word in words if word.endswith("s")}
            | {word[:-2] for word in words if word.endswith("es")}
        )

    @cached_property
    def violent_article(self) -> bool:
        mishap, violent = self._shares
        return violent > 0 and violent >= mishap / 2

    # ---- weak words ----------------------------------------------------------------------------------

    def _weak(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """Words that are conflict only among other words of conflict: a shop closes, a crowd gathers, a team is beaten."""
        weak = self.words.weak.get(event.type, frozenset())
        if event.mode in self.words.strong_modes or (word not in weak and frame.trigger.base not in weak):
            return None
        doing, struck = self._heads(event.actors), self._heads(event.recipients)
        if event.type == "THREATEN" and frame.kind == "noun":
            return None if any(map(self._person, (*doing, *struck))) else "a danger that nobody threatens with"
        if event.type == "THREATEN" and event.mode == "relations":
            return "a trader's own business" if any(self._is(h, self.words.traders) for h in doing) else None
        if event.type in ("ASSAULT", "THREATEN") and struck and (self._doer(event) or any(map(self._acts, struck))):
            return None
        cause = word in MARCHING and any(self._is(h, self.words.marchers) for h in doing)
        if event.type == "PROTEST" and (event.mode in OWN or cause):
            return None
        if event.type == "ASSAULT" and any(ARMED & set(p.actor.sectors) for p in event.actors):
            return None
        if event.type == "COERCE" and frame.kind == "noun" and not doing and not struck:
            return "spoken of, not told"
        if self._political(event):
            return None
        if (
            event.type in ("COERCE", "MOBILIZE")
            and doing
            and all(set(p.actor.sectors) == {"BUS"} for p in event.actors)
        ):
            return "a trader's own business"
        return None if self._signed(event, frame, word) else "a weak word without signs of conflict"

    def _signed(self, event: EventDraft, frame: Frame, word: str) -> bool:
        """Whether the sentence, or for crowds the one beside it, or the whole article speaks of conflict."""
        sentence = frame.trigger.sent
        own = {word, frame.trigger.base, frame.trigger.lower_}
        signs = self.words.signs.get(event.type, frozenset())
        if event.type == "PROTEST":
            if self.protest_article:
                return True
            beside = any((self.bag(s) & PROTESTS) - own for s in self._beside(sentence))
            hurt = frame.kind == "noun" and self.violent(sentence, word)
            return beside or hurt or bool((self.bag(sentence) & signs) - own)
        if event.type == "ASSAULT" and self.violent_article:
            near = any(self.violent(s, word) for s in self._beside(sentence))
            if near or self._shares[1] >= CONFLICT:
                return True
        return self.violent(sentence, word) or bool((self.bag(sentence) & signs) - own)

    @cached_property
    def protest_article(self) -> bool:
        """Whether a good part of the article is about protest."""
        sentences = [s for s in self.draft.doc.sents if self.draft.coded(s.start)]
        told = sum(bool(self.bag(s) & PROTESTS) for s in sentences)
        return told >= CONFLICT * max(1, len(sentences))

    def _political(self, event: EventDraft) -> bool:
        """Whether a state, or one whose trade is power or force, takes part."""
        actors = [p.actor for p in event.actors] if event.type in MEASURED else []
        return any(a.kind == "state" or POWER & set(a.sectors) for a in actors)

    def _beside(self, sentence: Span) -> list[Span]:
        doc = self.draft.doc
        return [doc[i].sent for i in (sentence.start - 1, sentence.end) if 0 <= i < len(doc)]

    def _play(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """What players say of their match."""
        if event.type == "ASSAULT" and word in self._play_triggers and not self.proven(event, frame):
            return "said of a game"
        return None

    @cached_property
    def _play_triggers(self) -> Words:
        """Triggers that mean a game in an article that is about one."""
        for setting in self.tables.settings:
            if setting.name != "sport" or self._shares[1] > 0.1:
                continue
            sentences = [s for s in self.draft.doc.sents if self.draft.coded(s.start)]
            told = sum(bool(self.bag(s) & setting.words) for s in sentences)
            if len(sentences) >= ENOUGH and told >= len(sentences) / 2:
                return setting.triggers
        return frozenset()

    # ---- stories -------------------------------------------------------------------------------------

    def _story(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """What a film or a novel tells."""
        trigger = frame.trigger
        for at in islice((trigger, *ancestors(trigger)), UP):
            if (
                at.pos_ in ("NOUN", "PROPN")
                and at != trigger
                and self._is_work(at)
                and relation_to(trigger, at) in ("acl", "advcl")
            ):
                return "told by a work of fiction"
            for c in at.children:
                kind = c.dep_.partition(":")[0]
                told = (
                    kind == "nsubj"
                    and c.dep_ != "nsubj:pass"
                    and self._is_work(c)
                    and (at != trigger or self._present(at))
                )
                tells = (
                    told and (at.base in self.words.tell or self._present(at)) and (at != trigger or self._is_player(c))
                )
                told = told or (
                    kind == "nsubj" and at != trigger and at.base == "play" and self._is(c, self.words.players)
                )
                if told and at.base == "play" and at != trigger:
                    return "told by a work of fiction"
                within = kind == "obl" and self._is_work(c, strict=True) and any(g.base == "in" for g in c.children)
                if (tells or (within and self._tells(at))) and not self._is_news(event, frame):
                    return "told by a work of fiction"
            if at.dep_ in ("root", "ROOT"):
                break
        subjects = [*frame.fill("subject"), *frame.fill("object")]
        if any(
            self._is(s, frozenset(("character", "villain", "protagonist", "heroine", "antagonist"))) for s in subjects
        ):
            return "told by a work of fiction"
        return None

    def _tells(self, verb: Token) -> bool:
        return self._present(verb) or any(c.i < verb.i and self._is_work(c, strict=True) for c in verb.children)

    def _is_player(self, head: Token) -> bool:
        return head.base not in self.words.wide

    def _is_work(self, head: Token, strict: bool = False) -> bool:
        names = self.matcher.names(head)
        return bool(names & self.words.works) and not (strict and names <= self.words.wide)

    @staticmethod
    def _present(verb: Token) -> bool:
        return verb.tag_ in ("VBZ", "VBP") or any(
            c.tag_ in ("VBZ", "VBP") for c in children(verb, "aux", "aux:pass", "cop")
        )

    def _is_news(self, event: EventDraft, frame: Frame) -> bool:
        """Told in the past with somebody of this world: "police arrested the director"."""
        return not self._present(frame.trigger) and any(
            h.ent_type_ in ("PER", "PERSON", "ORG") for h in self._heads(event.actors)
        )

    # ---- law, custom, number ---------------------------------------------------------------------------

    def _general(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        trigger = frame.trigger
        if event.type not in FORCE:
            return None
        if self.bag(trigger.sent) & self.words.procedure.get(word, frozenset()):
            return "mere procedure"
        if frame.kind == "noun" and self._in_general(trigger):
            return "spoken of in general"
        for at in islice((trigger, *ancestors(trigger)), UP):
            provides = self._present(at) and not any(c.base == "have" for c in children(at, "aux"))
            if provides and any(self._is(c, self.words.laws) for c in children(at, "nsubj")):
                return "what a law or a rule provides"
            if at.base in self.words.speak and self._nameless(event) and self._spoken_of(trigger, at, frame):
                return "spoken of, not told"
            if at.dep_ == "acl:relcl" and at.head.base in self.words.anyone and not self._counted(at.head):
                outer = at.head.head
                if self._present(trigger) and any(c.base in MODAL for c in children(outer, "aux")):
                    return "whoever does so"
            if any(c.lower_ == "whoever" for c in at.children) and self._present(trigger):
                return "whoever does so"
        if self._nameless(event) and self._counting(trigger.sent):
            return "a count over years"
        return None

    def _in_general(self, noun: Token) -> bool:
        """ "where piracy is a risk", "a curfew can be declared only by …", "whether protests should need a permit"."""
        if noun.base == "threat" and noun.relation == "nsubj" and children(noun.head, "cop"):
            return True
        clause, definite = (
            noun.head,
            any(c.base in ("the", "this", "that") or c.dep_ == "nmod:poss" for c in noun.children),
        )
        if definite or noun.relation != "nsubj" or noun.ent_type_:
            return False
        bare = not children(noun, "det", "nummod", "nmod", "compound", "amod")
        if children(clause, "cop") and clause.pos_ == "NOUN":
            return bare and self._present(clause)
        provided = any(c.base in ("can", "may", "shall", "must") for c in children(clause, "aux"))
        return provided or any(c.lower_ == "whether" for c in children(clause, "mark"))

    def _spoken_of(self, trigger: Token, verb: Token, frame: Frame) -> bool:
        """The act as the topic of a study or a debate: "debated protests", "studied how suspects are questioned"."""
        if frame.kind == "noun":
            return trigger.head == verb and trigger.relation in ("obj", "nsubj")
        how = any(c.lower_ in ("how", "whether", "when") for c in trigger.children)
        return trigger.head == verb and how and self._present(trigger)

    def _counting(self, sentence: Span) -> bool:
        tokens = sentence[:LONGEST]
        one_in = any(
            a.lower_ == "one" and b.lower_ == "in" and c.like_num
            for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)
        )
        return one_in or bool(self.bag(sentence) & self.words.counts)

    def _nameless(self, event: EventDraft) -> bool:
        return not any(h.ent_type_ for h in (*self._heads(event.actors), *self._heads(event.recipients)))

    @staticmethod
    def _counted(head: Token) -> bool:
        return bool(children(head, "nummod")) or any(c.base == "the" for c in children(head, "det"))

    # ---- words -----------------------------------------------------------------------------------------

    def bag(self, sentence: Span) -> frozenset[str]:
        """Lemmas, forms and two-word names of the sentence."""
        if sentence.start not in self._bags:
            tokens = list(sentence[:LONGEST])
            single, forms = [t.base for t in tokens], [t.lower_ for t in tokens]
            pairs = (f"{a} {b}" for names in (single, forms) for a, b in pairwise(names))
            men = (f"{form[:-3]}man" for form in forms if form.endswith("men"))
            self._bags[sentence.start] = frozenset((*single, *forms, *pairs, *men))
        return self._bags[sentence.start]

    def violent(self, sentence: Span, word: str, beside: Words = frozenset()) -> bool:
        """Whether the sentence speaks of violence, by other words than the trigger itself."""
        if sentence.start not in self._violent:
            found = self.bag(sentence) & self.words.violence
            if found & self.words.nouns_only:
                nouns = {w for t in sentence[:LONGEST] if t.pos_ in ("NOUN", "PROPN") for w in (t.base, t.lower_)}
                found -= self.words.nouns_only - nouns
            self._violent[sentence.start] = found
        return bool(self._violent[sentence.start] - {word} - beside)

    def _heads(self, parties: Iterable[PartyDraft]) -> list[Token]:
        return [self._head(party) for party in parties]

    def _head(self, party: PartyDraft) -> Token:
        return self.draft.doc.span(*party.range).root

    def _is(self, head: Token, words: Words) -> bool:
        return bool(self.matcher.names(head) & words)

    def _is_unhurt(self, head: Token) -> bool:
        """What harm does not reach: a line, but no power line."""
        built = self.tables.classes.get("infrastructure", frozenset()) - self.words.unhurt
        return self._is(head, self.words.unhurt) and not self._is(head, built)

    def _armed(self, event: EventDraft) -> bool:
        return event.instrument is not None or any(self._armed_word(h) for h in self._heads(event.actors))

    def _armed_word(self, head: Token) -> bool:
        word = head.base
        weapon = word in self.words.violence or word in self.tables.classes.get("weapon", frozenset())
        return weapon and not self._is(head, self.words.unable)
