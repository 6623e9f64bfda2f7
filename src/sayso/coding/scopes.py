"""What is not conflict: harm that is nobody's deed, and words of force in stories, in games and in law.

`Scopes.refuses` is asked of each event of harm or force that a pattern has found. Natural forces, creatures and
ideas do nothing; a fire or an explosion is an accident until something says otherwise; in an accident or a
disaster roads are closed and people moved without anybody being coerced; what a film tells, what a law provides and
what a statistic counts did not happen here. The words are in `lexicon/scopes.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from sayso.coding.draft import Draft, EventDraft, PartyDraft
from sayso.coding.fiction import UP, Fiction
from sayso.coding.grammar import ancestors, children, is_present
from sayso.coding.lexicon import LexiconTables
from sayso.coding.parsed import Span, Token
from sayso.coding.patterns import Matcher
from sayso.coding.scope_words import Words, scope_words
from sayso.coding.slots import Frame
from sayso.coding.themes import CONFLICT, ENOUGH, LONGEST, PROTESTS, Themes

FORCE = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "THREATEN"))
"""Types that need somebody who means it."""
MEASURED = frozenset(("COERCE", "MOBILIZE", "RETREAT", "THREATEN"))
"""Types that the measures against an accident or a disaster look like."""
SOMEBODY = frozenset(("@person", "@organization", "@place", "@nationality"))
ACTING = frozenset(("person", "organization", "group", "state", "media"))
POWER = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "REB", "SPY", "CRM", "UAF", "PTY", "OPP"))
"""Sectors whose trade is power or force."""
ARMED = frozenset(("MIL", "COP", "REB", "CRM", "UAF"))
MARCHING = frozenset(("march", "gather", "walk", "assemble", "chant", "procession"))
OWN = frozenset(("strike", "hunger", "boycott"))
"""Modes of PROTEST that say enough by themselves."""
MODAL = frozenset(("may", "shall", "would", "can", "must", "could", "might", "should"))
SOLDIERS = frozenset(("army", "soldier", "soldiers", "troop", "troops"))
"""Who is sent in a disaster as in a war."""
BORDERS = frozenset(("border", "frontier", "enemy", "front line", "military base"))


class Scopes:
    """What the words around an event say it is not, in one article."""

    def __init__(self, draft: Draft, tables: LexiconTables, matcher: Matcher):
        self.draft = draft
        self.tables = tables
        self.matcher = matcher
        self.words = scope_words()
        self.themes = Themes(draft, tables)
        self.fiction = Fiction(draft, matcher)

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
            return bool(doers) or at_work or "on strike" in self.themes.bag(frame.trigger.sent)
        return bool(self.themes.bag(frame.trigger.sent) & self.words.proof) and (
            bool(event.actors) or bool(event.recipients)
        )

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
            return self.themes.is_mishap(head.sent)
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
        if self._weapon(event) or self.themes.violent(sentence, word) or self._near_violence(sentence, word):
            return None
        doer = self._doer(event)
        blown_up = any(h.ent_type_ in ("PER", "PERSON") for h in self._heads(event.recipients))
        if blown_up and word in ("explode", "blow", "detonate"):
            return None
        if word in self.words.unexplained and not doer and not self.themes.violent_article:
            return "harm without a doer"
        if word in self.words.harmed | self.words.unexplained:
            peaceful = self.themes.length >= ENOUGH and self.themes.shares[1] == 0 and self.themes.shares[0] > 0
            if self.themes.mishap_article or ((peaceful or self.themes.is_mishap(sentence)) and not doer):
                return "harm in an accident or a disaster"
        return None

    def _measure(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """Roads closed, people moved, soldiers sent with sandbags."""
        measured = word in self.words.measures or frame.trigger.base in self.words.measures
        obstructed = event.type == "PROTEST" and event.mode == "obstruct" and not event.actors
        if not (obstructed or (measured and event.type in MEASURED)):
            return None
        sentence = frame.trigger.sent
        if event.type == "MOBILIZE" and self.themes.bag(sentence) & BORDERS:
            return None
        if not (self.themes.is_mishap(sentence) or self.themes.mishap_article) or self.themes.violent(
            sentence, word, SOLDIERS
        ):
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

    def _near_violence(self, sentence: Span, word: str) -> bool:
        """Whether the sentence before or after speaks of violence."""
        return (
            any(self.themes.violent(one, word) for one in self.themes.beside(sentence))
            and not self.themes.mishap_article
        )

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
            if self.themes.protest_article:
                return True
            beside = any((self.themes.bag(s) & PROTESTS) - own for s in self.themes.beside(sentence))
            hurt = frame.kind == "noun" and self.themes.violent(sentence, word)
            return beside or hurt or bool((self.themes.bag(sentence) & signs) - own)
        if event.type == "ASSAULT" and self.themes.violent_article:
            near = any(self.themes.violent(s, word) for s in self.themes.beside(sentence))
            if near or self.themes.shares[1] >= CONFLICT:
                return True
        return self.themes.violent(sentence, word) or bool((self.themes.bag(sentence) & signs) - own)

    def _political(self, event: EventDraft) -> bool:
        """Whether a state, or one whose trade is power or force, takes part."""
        actors = [p.actor for p in event.actors] if event.type in MEASURED else []
        return any(a.kind == "state" or POWER & set(a.sectors) for a in actors)

    def _play(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """What players say of their match."""
        if event.type == "ASSAULT" and word in self.themes.played and not self.proven(event, frame):
            return "said of a game"
        return None

    def _story(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        return "told by a work of fiction" if self.fiction.tells(event, frame) else None

    # ---- law, custom, number ---------------------------------------------------------------------------

    def _general(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        trigger = frame.trigger
        if event.type not in FORCE:
            return None
        if self.themes.bag(trigger.sent) & self.words.procedure.get(word, frozenset()):
            return "mere procedure"
        if frame.kind == "noun" and self._in_general(trigger):
            return "spoken of in general"
        for at in islice((trigger, *ancestors(trigger)), UP):
            provides = is_present(at) and not any(c.base == "have" for c in children(at, "aux"))
            if provides and any(self._is(c, self.words.laws) for c in children(at, "nsubj")):
                return "what a law or a rule provides"
            if at.base in self.words.speak and self._nameless(event) and self._spoken_of(trigger, at, frame):
                return "spoken of, not told"
            if at.dep_ == "acl:relcl" and at.head.base in self.words.anyone and not self._counted(at.head):
                outer = at.head.head
                if is_present(trigger) and any(c.base in MODAL for c in children(outer, "aux")):
                    return "whoever does so"
            if any(c.lower_ == "whoever" for c in at.children) and is_present(trigger):
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
            return bare and is_present(clause)
        provided = any(c.base in ("can", "may", "shall", "must") for c in children(clause, "aux"))
        return provided or any(c.lower_ == "whether" for c in children(clause, "mark"))

    def _spoken_of(self, trigger: Token, verb: Token, frame: Frame) -> bool:
        """The act as the topic of a study or a debate: "debated protests", "studied how suspects are questioned"."""
        if frame.kind == "noun":
            return trigger.head == verb and trigger.relation in ("obj", "nsubj")
        how = any(c.lower_ in ("how", "whether", "when") for c in trigger.children)
        return trigger.head == verb and how and is_present(trigger)

    def _counting(self, sentence: Span) -> bool:
        tokens = sentence[:LONGEST]
        one_in = any(
            a.lower_ == "one" and b.lower_ == "in" and c.like_num
            for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)
        )
        return one_in or bool(self.themes.bag(sentence) & self.words.counts)

    def _nameless(self, event: EventDraft) -> bool:
        return not any(h.ent_type_ for h in (*self._heads(event.actors), *self._heads(event.recipients)))

    @staticmethod
    def _counted(head: Token) -> bool:
        return bool(children(head, "nummod")) or any(c.base == "the" for c in children(head, "det"))

    # ---- words -----------------------------------------------------------------------------------------

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
