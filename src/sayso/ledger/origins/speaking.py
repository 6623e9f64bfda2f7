"""Who a speaker is as an origin: the institution for which he speaks, himself, a medium, or a voice without a name."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from sayso.coding.agents import agents
from sayso.coding.bodies import body
from sayso.gazetteer import countries
from sayso.gazetteer.normal import normal
from sayso.ledger.origins import institution_words, institutions, media
from sayso.ledger.origins.institutions import Found
from sayso.ledger.origins.media import Medium
from sayso.records import Actor, Coding, Origin, OriginKind, Place, Span

MENTIONS = 8
"""Mentions of a speaker whose words are read for his office."""
UNKNOWN = "?"
"""The country in the key of an institution of which the article tells none."""
PRONOUNS = frozenset("he she they it i we him her them us who his their its which that".split())

_BEHIND = re.compile(r"\s(?:of|for)\s(?:the\s)?[^\s.,;:]+(?:\s[A-Z][^\s.,;:]*){0,4}")


class Named(NamedTuple):
    """An origin. `key` is the same for one origin in two articles (see `is_same` for keys that know less than others):

    institution/KAZ/police/almaty oblysy, body/taliban, person/jane roe, medium/reuters, outlet/article/ID (of an article
    without outlet), unnamed/witness/KEY OF WHO HEARD IT.
    """

    key: str
    name: str
    kind: OriginKind

    @property
    def id(self) -> str:
        """The id in incidents: the same in every ledger."""
        return "o" + sha256(self.key.encode()).hexdigest()[:8]

    def record(self) -> Origin:
        return Origin(id=self.id, name=self.name, kind=self.kind)


def is_same(one: Named, other: Named) -> bool:
    """Whether two origins are one, though one article tells less: no country, no town, only the surname."""
    if one.key == other.key:
        return True
    mine, theirs = one.key.split("/"), other.key.split("/")
    if mine[0] != theirs[0]:
        return False
    if mine[0] == "person":
        short, long = sorted((mine[1].split(), theirs[1].split()), key=len)
        return len(short) == 1 and len(long) > 1 and short[0] == long[-1]
    if mine[0] == "institution":
        told = ((mine[1], theirs[1]), (mine[3], theirs[3]))
        return mine[2] == theirs[2] and all(a == b or not a or not b or UNKNOWN in (a, b) for a, b in told)
    return False


def of_medium(medium: Medium) -> Named:
    return Named(f"medium/{medium.key}", medium.name, medium.kind)


def of_speaker(
    coding: Coding, actor: Actor, spans: tuple[Span, ...], place: Place | None, heard: Named
) -> Named | None:
    """A speaker as an origin; None where it is nobody in particular.

    `spans`: the words that name him here, looked at before his other mentions. `place`: where the event was, for "the
    police". `heard`: whose witness it is if it has no name.
    """
    text = coding.article.text
    mentions = (*spans, *actor.mentions[:MENTIONS])
    told = [(span, _phrase(text, span)) for span in mentions]
    told = [(span, words) for span, words in told if words.lower() not in PRONOUNS]
    phrases = list(dict.fromkeys([words for _, words in told] + ([actor.name] if not told else [])))
    medium = _medium(coding, actor, phrases, place)
    if medium is not None:
        return medium
    found = _institution(actor, phrases)
    if found is not None:
        own = place_in(coding, [span for span, _ in told])
        country = found.country or actor.country or (own.country if own else None)
        country = country or (place.country if place else None) or setting(coding)
        return of_found(found, country, own or place)
    return of_name(actor) if has_name(actor) else _unnamed(phrases, heard)


def _phrase(text: str, span: Span) -> str:
    """The words of a mention, and of what right behind it: "the president" of the Harbour Club."""
    behind = _BEHIND.match(text, span.end)
    return " ".join((span.of(text) + (behind[0] if behind else "")).split())


def _medium(coding: Coding, actor: Actor, phrases: list[str], place: Place | None) -> Named | None:
    """A medium that speaks itself."""
    if actor.kind == "person" or not (actor.kind == "media" or "MED" in actor.sectors):
        return None
    if institutions.names_nobody(actor.name):
        return None
    state = next(filter(None, map(media.state_medium, (actor.name, *phrases))), None)
    if state is not None:
        country = actor.country or (place.country if place else None) or setting(coding)
        return Named(f"institution/{country or UNKNOWN}/{state}/", titled(state.capitalize(), country), "channel")
    unknown = "web site" if set(actor.sectors) == {"MED"} else None
    known = media.medium(actor.name, unknown)
    return of_medium(known) if known else None


def _institution(actor: Actor, phrases: list[str]) -> Found | None:
    """The institution for which a speaker speaks; a state's word is its government's."""
    if actor.kind == "state" and actor.country:
        return Found(institution_words.branch("government"), country=actor.country)
    first = countries.named(phrases[0]) if phrases else None
    if first is not None:
        return Found(institution_words.branch("government"), country=first.alpha3)
    named = has_name(actor)
    every = [found for found in map(institutions.institution, (*phrases, actor.name)) if found is not None]
    if actor.kind == "person" and named:
        every = [found for found in every if not (found.branch and found.branch.loose)]
    every = [found for found in every if found.branch or not media.is_platform_name(found.body)]
    if any(map(institutions.presides_elsewhere, phrases)):
        every = [found for found in every if not institutions.is_headship(found)]
    if every:  # "the ministry" is the one that was named
        told = next((found for found in every if not institutions.is_vague(found)), every[0])
        bodies = [found for found in every if found.branch is None] if told.branch is None else [told]
        return max(bodies, key=lambda found: len(found.body))  # rather the whole name than its acronym
    branch = institution_words.branch_of_sectors(actor.sectors)
    if branch is None or branch.loose:
        return None
    if named:  # "Colonel Ivan Petrov"
        ranked = any(phrase.split()[0].lower().rstrip(".") in agents().ranks for phrase in phrases if phrase.split())
        return Found(branch) if ranked and actor.kind == "person" else None
    heads = {institutions.head_noun(phrase) for phrase in phrases}
    return Found(branch) if heads & institution_words.words().speakers else None


def of_found(found: Found, country: str | None, place: Place | None) -> Named:
    """The origin that an institution is. `country` is its state, `place` its town where each town has its own."""
    if institutions.is_medium(found):
        return Named(f"medium/{normal(media.bare(found.body))}", found.body, "channel")
    if found.branch is None:
        return Named(f"body/{normal(found.body)}", found.body, "speaker")
    there = place if place and found.branch.local and country in (None, place.country) else None
    region = normal(there.admin1 or "") if there else ""
    key = f"institution/{country or UNKNOWN}/{found.branch.key}/{region}"
    return Named(key, titled(found.branch.label, country, _town(there) if there and region else None), "speaker")


def _town(place: Place) -> str | None:
    return place.name if place.precision in ("settlement", "admin1", "admin2") else place.admin1


def titled(label: str, country: str | None, town: str | None = None) -> str:
    """ "Police of Almaty", "Foreign Ministry of Kazakhstan"."""
    state = countries.country(country) if country else None
    where = town or (state.name if state else None)
    return f"{label} of {where}" if where else label


def has_name(actor: Actor) -> bool:
    """Whether the actor is called by a proper name: each word of it begins with a capital, small words aside."""
    if body(actor.name) is not None:
        return True
    words = [w for w in actor.name.split() if w[:1].isalnum() and w.lower() not in ("the", "a", "an")]
    if institutions.is_common_noun(actor.name):
        return False
    if (
        actor.kind == "group"
        and len(words) == 1
        and (countries.is_demonym(words[0]) or words[0].lower() in _faithful())
    ):
        return False
    return (
        bool(words) and words[-1][0].isupper() and all(w[0].isupper() or w[0].isdigit() or len(w) <= 3 for w in words)
    )


@cache
def _faithful() -> frozenset[str]:
    """Believers of all faiths, in the plural: no body, though they have a capital."""
    return frozenset(f"{word.lower()}s" for word in agents().faiths)


def of_name(actor: Actor) -> Named:
    kind = "person" if actor.kind == "person" else "body"
    return Named(f"{kind}/{normal(media.bare(actor.name))}", actor.name, "speaker")


def _unnamed(phrases: list[str], heard: Named) -> Named | None:
    """A voice or a document without a name, told apart by who heard or saw it."""
    phrase = phrases[0] if phrases else ""
    head = institutions.head_noun(phrase)
    if not head or institutions.names_nobody(phrase):
        return None
    kind: OriginKind = "document" if media.is_document(head) else "speaker"
    return Named(f"unnamed/{normal(head)}/{heard.key}", f"{phrase} ({heard.name})", kind)


def setting(coding: Coding) -> str | None:
    """The country of more than half of the places that the article names: whose "state television" is where no word tells."""
    named = [place.country for place in coding.places for _ in place.mentions if place.country]
    best = max(sorted(set(named)), key=named.count, default=None)
    return best if best and 2 * named.count(best) > len(named) else None


def place_in(coding: Coding, spans: list[Span]) -> Place | None:
    """The town or region that the words name."""
    inside = (p for span in spans for p in coding.places if p.admin1 and any(span.covers(m) for m in p.mentions))
    return next(inside, None)
