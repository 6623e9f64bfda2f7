"""Who speaks: the source words of a cue, and the actor whom they name."""

from __future__ import annotations

from functools import cache

from sayso.coding.agents import role_of
from sayso.coding.channels import document_kind, is_source_noun
from sayso.coding.draft import ActorDraft, Draft
from sayso.coding.findings import Finding
from sayso.coding.frames import agent, is_inverted
from sayso.coding.grammar import children, is_passive, noun_range
from sayso.coding.parsed import Doc, Token
from sayso.coding.ranges import MARKS, Range, subtree, trim, without
from sayso.coding.tables import table

FIRST_SINGULAR = frozenset("i me my mine myself".split())
FIRST_PLURAL = frozenset("we us our ours ourselves".split())
RELATIVE = frozenset(("who", "which", "that", "whom"))
PERSONAL = frozenset("he she they it him her them i we you".split())
EMPTY = frozenset(("it", "there", "this", "what", "these"))
"""Subjects that are nobody: "it was said", "there was said"."""
DOUBLE = MARKS - frozenset("'’‘‚")
"""Marks of a quotation, those left out that are apostrophes too."""
LONGEST = 60
"""Words of a source; beyond, a parser has gone astray, and the noun phrase alone is taken."""
MOST_MENTIONS = 200
"""Mentions of one actor among which a name is looked for."""
UPWARD = 4
"""How many clauses up a missing subject is looked for."""


def source_of(verb: Token, depth: int = 0) -> Token | None:
    """The token that heads the speaker's words: subject, by-phrase, or the noun that a participle describes."""
    bare = verb.tag_ == "VBN" and not children(verb, "nsubj", "aux", "obj") and agent(verb) is not None
    if bare or (is_passive(verb) and verb.tag_ not in ("VBD", "VBZ")):
        return agent(verb)
    if children(verb, "expl"):
        return None
    aside = thrown_in(verb)
    subjects = [*children(verb, "nsubj"), *children(verb, "nsubj:pass")] if aside is None else [aside]
    for child in subjects:
        return None if _is_nobody(child) else child
    if depth >= UPWARD or verb.head == verb or is_inverted(verb):
        return None
    return _inherited(verb, depth)


def thrown_in(verb: Token) -> Token | None:
    """Who speaks in an aside that the parser took for the main clause: "The dead, replied the lawyer, are not forgotten"."""
    before = [c for c in children(verb, "nsubj") if c.i < verb.i]
    after = [c for c in children(verb, "nsubj") if c.i > verb.i]
    aside = bool(before) and verb.i > 0 and verb.nbor(-1).text == ","
    return after[0] if aside and after and after[0].left_edge.i == verb.i + 1 else None


def _is_nobody(subject: Token) -> bool:
    return subject.lower_ in EMPTY and subject.dep_ != "nsubj:outer" and subject.lower_ != "it"


def _inherited(verb: Token, depth: int) -> Token | None:
    """The subject that a verb without one shares with, or takes from, what it hangs on."""
    head, role = verb.head, verb.relation
    if role == "acl":
        return head if verb.tag_ in ("VBG", "VBD") and head.pos_ in ("NOUN", "PROPN", "PRON") else None
    if role == "xcomp":
        obj = next((c for c in children(head, "obj", "iobj") if head.i < c.i < verb.i), None)
        return obj or source_of(head, depth + 1)
    if role == "advcl":
        told = quoted_as(verb)
        if told is not None:
            return told
        for child in children(head, "nsubj", "nsubj:pass"):
            return child
        return source_of(head, depth + 1)
    if role == "conj":
        found = source_of(head, depth + 1)
        if found is not None and head.relation == "ccomp" and head.head.i < head.i and not _may_speak(found):
            return source_of(head.head, depth + 1) or found  # "said the fees were a gift and called on …"
        return found
    return None


def _may_speak(noun: Token) -> bool:
    """Whether the noun is a name, a pronoun for people, or a word for people and bodies."""
    if noun.pos_ in ("PROPN", "PRON") or noun.ent_type_ in ("PER", "ORG", "NORP", "LOC", "GPE"):
        return True
    return is_source_noun(noun) or role_of([noun.lower_]) is not None


def quoted_as(verb: Token) -> Token | None:
    """Who is quoted: the object before "as saying", as in "the radio quoted the general as saying that"."""
    marked = any(c.lower_ == "as" and c.i < verb.i for c in children(verb, "mark", "case"))
    if verb.tag_ != "VBG" or not marked:
        return None
    return next((c for c in children(verb.head, "obj") if verb.head.i < c.i < verb.i), None)


def source_range(head: Token, apart: list[Range]) -> Range | None:
    """The speaker's words: the whole noun phrase with appositions and relative clauses, less `apart`."""
    doc = head.doc
    whole = subtree(head)
    start = whole.start
    while start < head.i and doc[start].relation in ("case", "mark", "cc", "punct") and doc[start].head.i == head.i:
        start += 1
    stops = [Range(i, i + 1) for i in range(*whole) if doc[i].text == ";"]
    quoted = next(
        (i for i in range(head.i + 1, whole.end - 1) if doc[i].text == "," and doc[i + 1].text in DOUBLE), None
    )
    if quoted is not None:  # "in the words of the bishop, “a grave”"
        apart = [*apart, Range(quoted, whole.end)]
    parts = without([Range(start, whole.end)], [*apart, *stops])
    if stops and apart:  # a list of clauses: the one next to the cue
        beside = [
            part for part in parts if part.end in (apart[0].start, apart[0].start - 1) or part.start == apart[0].end
        ]
        return trim(doc, beside[0]) if beside else None
    own = next((part for part in parts if head.i in part), None)
    trimmed = None if own is None else trim(doc, own)
    if trimmed is None or head.i not in trimmed:
        return Range(head.i, head.i + 1)
    trimmed = without_occasion(doc, trimmed)
    if trimmed.end - trimmed.start > LONGEST:
        return noun_range(head)
    return _with_comma(doc, _whole_names(doc, trimmed, apart))


OCCASIONS = frozenset(
    "air airwaves interview statement conference briefing speech broadcast tweet twitter facebook".split()
)
"""What one speaks on or in: no part of the speaker's name, wherever the parser hung it."""


def without_occasion(doc: Doc, words: Range) -> Range:
    """Without "on the air" at the end of "the minister on the air"."""
    if words.end - words.start > 2 and doc[words.end - 1].lower_ in OCCASIONS:
        for place in range(words.end - 2, max(words.start, words.end - 4), -1):
            if doc[place].lower_ in ("on", "in", "at", "during"):
                return Range(words.start, place)
    return words


def _whole_names(doc: Doc, words: Range, apart: list[Range]) -> Range:
    """Grown to the ends of the names that it cuts, where the parser tore one."""
    start, end = words
    while start > 0 and doc[start].ent_iob_ == "I" and not any(start - 1 in r for r in apart):
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and not any(end in r for r in apart):
        end += 1
    return Range(start, end)


def _with_comma(doc: Doc, words: Range) -> Range:
    """An apposition's closing comma belongs to it: "a spokesman, Jan Novak,"."""
    inside = any(doc[i].text == "," for i in range(*words)) and any(_opens_apposition(doc[i]) for i in range(*words))
    if inside and words.end < len(doc) and doc[words.end].text == ",":
        return Range(words.start, words.end + 1)
    return words


def _opens_apposition(token: Token) -> bool:
    return token.relation in ("appos", "acl")


def possessor(noun: Token) -> Token | None:
    """Whose claim it is: a possessive, a by-phrase, a nationality or a noun before it, the subject of a light verb."""
    for child in children(noun, "nmod:poss"):
        return child
    for child in noun.children:
        behind = child.relation in ("nmod", "obl") and child.i > noun.i
        if behind and any(c.relation == "case" and c.lower_ in ("by", "from", "among") for c in child.children):
            return child
    for child in noun.children:
        if child.i < noun.i and (child.ent_type_ in ("NORP", "ORG", "LOC", "PER", "GPE")):
            return child
    verb = noun.head
    if noun.relation == "obj" and verb.base in LIGHT:
        return source_of(verb)
    return None


LIGHT = frozenset(
    "make issue give have express voice raise file repeat renew offer deliver send launch lodge hold share air harbor "
    "harbour release post publish sound retract withdraw reiterate level".split()
)
"""Verbs by which somebody makes a claim rather than meets one."""


def describe(draft: Draft, finding: Finding) -> ActorDraft | None:
    """The actor of a finding's source, made anew where no room has seen these words as an actor."""
    if finding.source is None or finding.source_head is None:
        return None
    token = draft.doc[finding.source_head]
    writer = author(token)
    written = None if writer is None else known_actor(draft, writer, Range(writer.i, writer.i + 1))
    if written is not None:
        return written
    known = known_actor(draft, token, finding.source)
    led_in = by_office(draft, token)
    if led_in is None and (known is None or not _is_named(draft, known)):
        led_in = introduced(draft, finding, token)
    if led_in is not None and led_in is not known:
        take_over(draft, led_in, known, token)
        return led_in
    if known is not None or token.lower_ in PERSONAL | RELATIVE or token.pos_ == "PRON":
        return known
    words = trim(draft.doc, noun_range(token)) or Range(token.i, token.i + 1)
    actor = ActorDraft(name=draft.doc.span(*words).text)
    draft.actors.append(actor)
    draft.mention(actor, words, token.i)
    return actor


@cache
def authored(kind: str) -> frozenset[str]:
    """Nouns for `counts` that somebody keeps; participles by which a document is `issued`."""
    return frozenset(table("cues")["authors"][kind].split())


def author(noun: Token) -> Token | None:
    """Whose a document or a count is that is cited: "a statement by the mayor", "her post", "numbers compiled by the clinic"."""
    counted = noun.lower_ in authored("counts")
    if document_kind(noun) is None and not counted:
        return None
    for child in noun.children:
        if child.relation == "acl" and child.lower_ in authored("issued") and (by := agent(child)) is not None:
            return by
    if not counted:
        for child in children(noun, "nmod:poss"):
            return child
    for child in children(noun, "nmod", "obl"):
        if child.i > noun.i and any(g.lower_ in ("by", "from") for g in children(child, "case")):
            return child
    return None


def take_over(draft: Draft, actor: ActorDraft, known: ActorDraft | None, token: Token) -> None:
    """Make the mention at the token the actor's, and forget the one that had no other."""
    words = trim(draft.doc, noun_range(token)) or Range(token.i, token.i + 1)
    if known is not None:
        known.mentions = [m for m in known.mentions if m.head != token.i]
        if not known.mentions:
            draft.actors = [a for a in draft.actors if a is not known]
        draft.by_head.pop(token.i, None)
    draft.mention(actor, words, token.i)


def _is_named(draft: Draft, actor: ActorDraft) -> bool:
    """Whether some mention of the actor has a name for its head."""
    heads = (draft.doc[m.head] for m in actor.mentions[:MOST_MENTIONS])
    return any(head.pos_ == "PROPN" and head.ent_type_ != "NORP" for head in heads)


OFFICES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("head", "of", "state"): ("president", "king", "queen", "emir", "sultan"),
    ("head", "of", "government"): ("prime minister", "premier", "chancellor"),
}
"""Paraphrases of an office, and the titles of who holds it."""


def by_office(draft: Draft, noun: Token) -> ActorDraft | None:
    """Whom "the head of state" means: the last person named before with such a title, else the first behind."""
    words = tuple(t.lower_ for t in draft.doc[noun.i : noun.i + 3])
    titles = OFFICES.get(words)
    if titles is None:
        return None
    found: list[tuple[int, ActorDraft]] = []
    for actor in draft.actors:
        for mention in actor.mentions if actor.kind == "person" else ():
            text = " ".join(draft.doc.span(*mention.range).text.lower().split())
            if any(f" {title} " in f" {text} " for title in titles):
                found.append((mention.range.start, actor))
    before = max((one for one in found if one[0] < noun.i), key=lambda one: one[0], default=None)
    nearest = before or min(found, key=lambda one: one[0], default=None)
    return None if nearest is None else nearest[1]


def introduced(draft: Draft, finding: Finding, noun: Token) -> ActorDraft | None:
    """Who "the leader" is below a quotation: the person of whom the sentence right before the quotation tells."""
    definite = any(c.lower_ in ("the", "this") and c.i < noun.i for c in noun.children)
    if not finding.quotations or not definite or "Plur" in noun.morph.get("Number", []) or noun.lower_ not in roles():
        return None
    place = min(part.start for part in finding.quotations) - 1
    while place > 0 and (draft.doc[place].is_space or draft.doc[place].is_punct):
        place -= 1
    if place <= 0:
        return None
    for token in draft.doc[place].sent:
        if token.relation == "nsubj" and token.head.relation == "root":
            actor = draft.actor_at(token.i)
            return actor if actor is not None and actor.kind == "person" else None
    return None


def roles() -> frozenset[str]:
    """Nouns for one person in an office."""
    return frozenset(table("cues")["roles"].split())


def known_actor(draft: Draft, token: Token, words: Range) -> ActorDraft | None:
    """The actor at the token, at what a relative pronoun stands for, or at a name inside the source's words."""
    found = draft.actor_at(token.i)
    if found is not None:
        return found
    if token.lower_ in RELATIVE:
        noun = antecedent(token)
        return None if noun is None else known_actor(draft, noun, Range(noun.i, noun.i + 1))
    for child in token.children:
        if child.relation in ("appos", "flat", "compound") and child.i in words and child.i in draft.by_head:
            return draft.by_head[child.i]
    if token.relation in ("flat", "appos", "compound") and token.head.i in words:
        return draft.actor_at(token.head.i)
    return None


def antecedent(pronoun: Token) -> Token | None:
    """The noun that "who", "which" or "that" stands for."""
    clause = pronoun.head
    for _ in range(UPWARD):
        if clause.relation == "acl":
            return clause.head
        if clause.head == clause:
            return None
        clause = clause.head
    return None


def head_of(doc: Doc, words: Range) -> int:
    """The token of a range on which the others hang."""
    inside = [doc[i] for i in range(*words) if not doc[i].is_punct and not doc[i].is_space]
    for token in inside:
        if token.head.i not in words or token.head == token:
            return token.i
    return words.start
