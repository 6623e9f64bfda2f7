"""Who did violence, who suffered it, what was hit: the roles that an article's events fill, against lists of entities.

Three roles, at the level of the article, whatever event each is of:

- `perpetrator`: the actors of violent events and those accused of them, persons and bodies, and the organisations
  named within an actor's words ("the gunmen of the Dawn Front" are two entities);
- `victim`: their recipients that are people or groups of people, but for soldiers and people in general, rebels,
  criminals, and the tolls of a whole conflict;
- `target`: their other recipients (buildings, vehicles, premises of an organisation), but for towns and countries.

Warfare is left out: battles, shelling, air strikes, conventional force, and what is done to fighters only.

A gold entity is a set of phrases that stand for it. A predicted entity is an actor of the coding, known by its name
and by the words that made it a party. The two match where one phrase of each does:

- their cores are equal: the words without a determiner in front, up to the first comma, bracket, preposition,
  relative pronoun or participle ("the two armed men who fled" is "two armed men"); what a portion or a group is of
  counts as well ("a group of armed men" is "group" and "armed men");
- or the last words of the cores, their head nouns, are equal ("six soldiers", "soldiers");
- or the shorter core has two words or more and stands in the longer one.

Within a role, gold entities that share an equal core are one, and so are predictions. Entities are paired one to one,
those with equal cores first. A prediction left over that matches an entity which is paired already says it twice and
is left out; so is one that matches only entities the gold calls optional. Each other prediction is false, also in an
article without any gold. `exact` asks for equal cores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sayso.evaluation.figures import Counts, Scored
from sayso.evaluation.spans import pair
from sayso.records import Actor, Coding, Event, Party

ROLES = ("perpetrator", "victim", "target")
VIOLENT = frozenset(("ASSAULT",))
ARMED = frozenset(("REB", "CRM", "UAF"))
FORCES = frozenset(("MIL", "COP"))
WAR = frozenset(("Battles", "Air/drone strike", "Shelling/artillery/missile attack"))
"""ACLED types and sub-types that are warfare."""
WARFARE = frozenset(("190", "192", "194", "195"))
"""CAMEO codes of conventional force; 193, small arms, is not among them: gunmen use them too."""
WAR_MODES = frozenset(("heavy-weapons", "aerial"))
MOST_CANDIDATES = 200
"""Predictions of one role that are compared; no article names more."""

TOLL = 40
"""A number from which people are the toll of a conflict rather than the victims of an act."""
NUMBER = re.compile(r"(?<![\w.])\d[\d,]{0,11}(?![\w.-])")
WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
STOP = re.compile(r"[,;:()\[\]\"“”]|--")
LEADING = frozenset("a an the this that these those his her its their our my your some other another".split())
BREAKS = frozenset(
    "of in on at from for with by to near who whom which that where when as against during after before between "
    "through among over under into including and or was were is are has have had wearing carrying belonging working "
    "riding travelling traveling accompanying accompanied located dressed".split()
)
PORTIONS = frozenset(
    "group groups number dozens hundreds thousands scores member members column band gang one two three four five six "
    "several some many all both most each part pair series couple unit units team majority rest section sections stretch "
    "front back side windows roof rear portion".split()
)
NAMELESS = PORTIONS | frozenset("he she they we us you them him her it others other people anyone who".split())
"""Cores that name nobody when they are all of a phrase."""
SITES = frozenset(
    "town towns city cities capital village villages area areas zone zones neighborhood neighborhoods country region "
    "sector sectors place places department district districts province street streets position positions".split()
)
COUNTS = frozenset("two three four five six seven eight nine ten eleven twelve several".split())
MILITARY = frozenset(
    "military army armed brigade battalion garrison garrisons barracks tank tanks armored armoured enemy rebel guerrilla "
    "camp camps base trench trenches".split()
)
"""Words of objects of warfare."""


class RoleEntity(NamedTuple):
    """What fills a role: the phrases that stand for it; `optional` ones may be left out."""

    phrases: tuple[str, ...]
    optional: bool = False


class RoleKeys(NamedTuple):
    """The gold of one article: its entities by role."""

    perpetrator: tuple[RoleEntity, ...] = ()
    victim: tuple[RoleEntity, ...] = ()
    target: tuple[RoleEntity, ...] = ()


def score_roles(rows: Sequence[tuple[RoleKeys, Coding | None]]) -> Scored:
    """Precision, recall and F1 of each role, of all together (micro), and of all by equal cores. Headline: the micro F1."""
    counts = {role: Counts() for role in ROLES}
    whole, exact = Counts(), Counts()
    for gold, coding in rows:
        predicted = roles_of(coding) if coding else RoleKeys()
        for role in ROLES:
            wanted, found = getattr(gold, role), getattr(predicted, role)
            for strict, several in ((False, (counts[role], whole)), (True, (exact,))):
                one = compare(wanted, found, strict)
                for each in several:
                    each.add(right=one.right, found=one.found, gold=one.gold)
    figures = [figure for role in ROLES for figure in counts[role].figures(role)]
    return Scored((*figures, *exact.figures("exact"), *whole.figures("micro")), whole.f1)


def compare(gold: Sequence[RoleEntity], found: Sequence[RoleEntity], strict: bool = False) -> Counts:
    """How many entities of one role were found in one article; see the module for what counts."""
    gold, found = merged(gold), merged(found[:MOST_CANDIDATES])
    asked = [one for one in gold if not one.optional]
    edges = {
        (g, f): 1 + matches(wanted, given, True)
        for g, wanted in enumerate(asked)
        for f, given in enumerate(found)
        if matches(wanted, given, strict)
    }
    right = len(pair(edges))
    taken = {f for _, f in edges}
    spare = [one for one in gold if one.optional]
    false = sum(
        f not in taken and not any(matches(one, given, strict) for one in spare) for f, given in enumerate(found)
    )
    return Counts(right=right, found=right + false, gold=len(asked))


def merged(entities: Iterable[RoleEntity]) -> list[RoleEntity]:
    """Entities that share an equal core made one; it is optional where all of them are."""
    found: list[RoleEntity] = []
    for one in entities:
        same = [other for other in found if matches(one, other, True)]
        found = [other for other in found if other not in same]
        phrases = tuple(dict.fromkeys(phrase for other in (*same, one) for phrase in other.phrases))
        found.append(RoleEntity(phrases, all(other.optional for other in (*same, one))))
    return found


def matches(one: RoleEntity, other: RoleEntity, strict: bool = False) -> bool:
    """Whether a phrase of the one matches a phrase of the other."""
    ours = {core for phrase in one.phrases for core in cores(phrase)}
    theirs = {core for phrase in other.phrases for core in cores(phrase)}
    return any(_alike(a, b, strict) for a in ours for b in theirs)


def _alike(one: tuple[str, ...], other: tuple[str, ...], strict: bool) -> bool:
    if one == other or strict:
        return one == other
    if one[-1] == other[-1]:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def cores(phrase: str) -> list[tuple[str, ...]]:
    """The words of a phrase that it is compared by, lower case: its core, and the core of what a portion is of."""
    head = next((part for part in STOP.split(phrase) if WORD.search(part)), "")
    words = [w.lower().removesuffix("'s").removesuffix("’s") for w in WORD.findall(head)]
    found: list[tuple[str, ...]] = []
    while words:
        while len(words) > 1 and words[0] in LEADING:
            words = words[1:]
        end = next((i for i, w in enumerate(words) if i and w in BREAKS), len(words))
        found.append(tuple(words[:end]))
        if not (words[end : end + 1] == ["of"] and words[end - 1] in PORTIONS):
            break
        words = words[end + 1 :]
    return found


# --- what a coding says ---------------------------------------------------------------------------


def roles_of(coding: Coding) -> RoleKeys:
    """The entities that the coding's violent events give to each role, in the order of the text."""
    actors = {actor.id: actor for actor in coding.actors}
    found: dict[str, dict[str, list[str]]] = {role: {} for role in ROLES}
    violent = [event for event in coding.events if _counts(event, actors)]
    for event in coding.events:
        if _blames(event, violent):
            for party in event.recipients:
                if _does(actors[party.actor]):
                    _add(found["perpetrator"], coding, actors[party.actor], party)
    for event in violent:
        for party in event.actors:
            if not _does(actors[party.actor]):
                continue
            _add(found["perpetrator"], coding, actors[party.actor], party)
            for inner in _within(coding, party):
                found["perpetrator"].setdefault(inner.id, []).append(inner.name)
        for party in event.recipients:
            role = _suffers(actors[party.actor])
            if role:
                _add(found[role], coding, actors[party.actor], party)
    return RoleKeys(*(tuple(RoleEntity(tuple(p)) for p in found[role].values()) for role in ROLES))


def _counts(event: Event, actors: dict[str, Actor]) -> bool:
    """Violence told as done, tried or to come, that is no warfare and does not hit only what fills no role."""
    if event.type not in VIOLENT or event.realis in ("negated", "hypothetical") or event.mode in WAR_MODES:
        return False
    if event.cameo in WARFARE:
        return False
    if event.acled is not None and (event.acled.event_type in WAR or event.acled.sub_event_type in WAR):
        return False
    suffering = [actors[party.actor] for party in event.recipients]
    return not suffering or any(_suffers(one) for one in suffering)


def _blames(event: Event, violent: list[Event]) -> bool:
    """An accusation in whose clause violence is told: whoever is accused is said to have done it."""
    if event.type != "ACCUSE" or event.realis == "negated" or event.mode != "allege":
        return False
    return any(event.span.covers(other.trigger) for other in violent)


def _does(actor: Actor) -> bool:
    """Whether it can be a perpetrator: a person, a group, a body, or somebody unknown who is named again."""
    return actor.kind in ("person", "group", "organization") or (actor.kind == "unknown" and len(actor.mentions) > 1)


def _is_target(actor: Actor) -> bool:
    """Not where only a town or an area is hit, or an object of warfare."""
    words = {word for core in cores(actor.name) for word in core}
    return actor.kind != "state" and not words & MILITARY and bool(words) and cores(actor.name)[-1][-1] not in SITES


def _in_general(group: Actor) -> bool:
    """Nobody in particular: "civilians", "the people", without a number."""
    words = group.name.lower().split()
    if any(word[0].isdigit() or word in COUNTS for word in words):
        return False
    return "CVL" in group.sectors or (not group.sectors and len(words) == 1)


def _suffers(actor: Actor) -> str | None:
    """The role of a recipient: people, or things and premises; none for armies, armed men, states and tolls."""
    if any(int(number.replace(",", "")) >= TOLL for number in NUMBER.findall(actor.name)):
        return None
    if actor.kind == "person":
        return "victim"
    if actor.kind == "group":
        return None if (ARMED | {"MIL"}) & set(actor.sectors) or _in_general(actor) else "victim"
    if actor.kind == "organization" and (ARMED | FORCES | {"CVL"}) & set(actor.sectors):
        return None
    return "target" if _is_target(actor) else None


def _within(coding: Coding, party: Party) -> Iterable[Actor]:
    """Organisations named within the words of a party."""
    for actor in coding.actors:
        inside = any(party.span.covers(mention) for mention in actor.mentions)
        if actor.id != party.actor and actor.kind == "organization" and inside:
            yield actor


def _add(entities: dict[str, list[str]], coding: Coding, actor: Actor, party: Party) -> None:
    if not any(set(core) - NAMELESS for core in cores(actor.name)):
        return
    entities.setdefault(actor.id, [actor.name]).append(party.span.of(coding.article.text))
