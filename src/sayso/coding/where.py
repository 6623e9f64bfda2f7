"""Where: the places that an article names, and the place where each event happened."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace

from sayso.coding.draft import Draft, EventDraft, PlaceDraft
from sayso.coding.parsed import Token
from sayso.coding.place_words import Toponym, prepositions
from sayso.coding.ranges import Range
from sayso.coding.resolution import Group, Resolver
from sayso.coding.rooms import room
from sayso.coding.running import carry
from sayso.coding.sites import Atlas, abreast, find_site
from sayso.coding.toponyms import Finder
from sayso.gazetteer import countries
from sayso.gazetteer.lookup import Candidate, Gazetteer
from sayso.gazetteer.normal import normal

DEMONYM = 0.6
"""What a demonym counts as evidence for its country, beside 1 for a mention of the country."""
IN_CONTAINER = 0.3
"""Score of an unknown place of which only what is written behind it is known."""
IN_RUNNING_TOWN = 0.4
"""Score of a facility that is put into the town that the article speaks of."""
NEXT, BACK = 4, 120
"""Tokens behind and before a facility in which its town is looked for."""
FINER = ("facility", "settlement", "admin2", "admin1")
SEVERAL = 2
"""Mentions from which the places of an article show where its others are."""
MOST_HINTS = 4.0
"""What all demonyms together count for one country at most."""


@room(needs=("doc",), gives=("places",))
def find_places(draft: Draft) -> None:
    """Reads the document's entities and words; adds every place that the article names, resolved where it can be."""
    table = draft.gazetteer
    toponyms = Finder(draft, table).find()
    groups = Resolver(table, country_hints(draft)).resolve(toponyms)
    draft.places = sorted(places(draft, groups), key=lambda p: p.mentions[0])


def country_hints(draft: Draft) -> dict[str, float]:
    """Countries that demonyms and seats of government speak for."""
    found: dict[str, float] = defaultdict(float)
    doc = draft.doc
    for token in doc:
        if not token.text[:1].isupper() or not draft.coded(token) or token.ent_type_ == "LOC":
            continue
        senses = countries.senses(token.text)
        if "demonym" in senses and "name" not in senses:
            code = senses["demonym"]
            found[code] = min(MOST_HINTS, found[code] + DEMONYM)
    outlet = _outlet_country(draft.article.outlet) if draft.article.outlet else None
    if outlet:
        found[outlet] += DEMONYM
    return dict(sorted(found.items()))


def _outlet_country(outlet: str) -> str | None:
    for word in outlet.replace("-", " ").split():
        senses = countries.senses(word)
        if code := senses.get("name") or senses.get("demonym"):
            return str(code)
    return None


def places(draft: Draft, groups: list[Group]) -> list[PlaceDraft]:
    """One place for each thing named: names that mean the same place are one."""
    found: dict[object, PlaceDraft] = {}
    towns = Towns(groups, draft.gazetteer)
    meant = {id(t): g.choice for g in groups for t in g.toponyms}
    for group in groups:
        for one in group.toponyms:
            if one.facility and group.choice and group.choice.precision != "facility" and _spot(one, group.choice):
                key: object = ("spot", normal(one.name), one.facility)
            else:
                key = group.choice.id if group.choice else ("name", group.key)
            place = found.get(key)
            if place is None:
                place = found[key] = PlaceDraft(_words(draft, one.range))
                if group.choice:
                    settle(place, group.choice, group.score, spot=isinstance(key, tuple))
                elif one.facility and (town := towns.near(one.range)):
                    settle(place, town, IN_RUNNING_TOWN, spot=True)
                elif outer := next((c for t in group.toponyms if t.beside and (c := meant.get(id(t.beside)))), None):
                    lie_in(place, outer)
                elif (one.facility or one.found in ("LOC", "FAC")) and towns.division:
                    lie_in(place, towns.division)
            place.mentions.append(one.range)
    result = list(found.values())
    for place in result:
        place.mentions.sort()
        written = [_words(draft, mention) for mention in place.mentions]
        place.name = next((name for name in written if not name.isupper()), written[0])  # not as a dateline shouts it
    return result


class Towns:
    """The settlements of an article, to find the one in which a street or a building stands."""

    def __init__(self, groups: list[Group], gazetteer: Gazetteer):
        self.mentions = sorted(
            (
                (t.range.start, g.choice)
                for g in groups
                for t in g.toponyms
                if g.choice and g.choice.precision == "settlement"
            ),
            key=lambda m: m[0],
        )
        self.starts = [at for at, _ in self.mentions]
        self.only = self.mentions[0][1] if len({c.id for _, c in self.mentions}) == 1 else None
        self.division = self._division(groups, gazetteer)

    @staticmethod
    def _division(groups: list[Group], gazetteer: Gazetteer) -> Candidate | None:
        """The first-order division in which all places of the article lie, where several mentions say so."""
        inside = [g for g in groups if g.choice and g.choice.precision in FINER and g.choice.admin1]
        named = {(g.choice.country, g.choice.admin1) for g in inside if g.choice}
        if len(named) != 1 or sum(len(g.toponyms) for g in inside) < SEVERAL:
            return None
        ((country, name),) = named
        found = gazetteer.candidates(name or "")
        return next((c for c in found if c.precision == "admin1" and c.country == country), None)

    def near(self, span: Range) -> Candidate | None:
        """The settlement named right behind the words or last before them; else the article's, where it has one."""
        number = bisect_left(self.starts, span.end)
        if number < len(self.starts) and self.starts[number] - span.end <= NEXT:
            return self.mentions[number][1]
        number = bisect_left(self.starts, span.start) - 1
        if number >= 0 and span.start - self.starts[number] <= BACK:
            return self.mentions[number][1]
        return self.only


def _spot(one: Toponym, choice: Candidate) -> bool:
    """Whether the toponym is a facility in the chosen place, not the place itself ("College Park")."""
    return (choice.precision in ("settlement", "admin1", "admin2") and normal(one.name) != normal(choice.name)) or (
        one.facility is not None and not normal(one.name).endswith(one.facility)
    )


def settle(place: PlaceDraft, choice: Candidate, score: float, *, spot: bool) -> None:
    """Put the place where the gazetteer's candidate is; `spot`: it is a facility there."""
    place.geonameid = None if spot else choice.geonameid
    place.latitude, place.longitude = round(choice.latitude, 5), round(choice.longitude, 5)
    place.country, place.admin1 = choice.country, choice.admin1
    place.feature = "SPOT" if spot else choice.feature
    place.precision = "facility" if spot else choice.precision  # type: ignore[assignment]
    place.score = score


def lie_in(place: PlaceDraft, outer: Candidate) -> None:
    """Put an unknown place where the place is that is written behind it, no more precisely than that.

    In a country, which is too wide for a point, it has no coordinates.
    """
    if outer.precision == "region":
        return
    place.country = outer.country
    place.admin1 = outer.admin1
    place.score = IN_CONTAINER
    if outer.precision != "country":
        place.latitude, place.longitude = round(outer.latitude, 5), round(outer.longitude, 5)
        place.precision = outer.precision  # type: ignore[assignment]


def _words(draft: Draft, span: Range) -> str:
    return span.span(draft.doc).of(draft.article.text)


@room(needs=("events", "places"), gives=("events.place",))
def place_events(draft: Draft) -> None:
    """Reads events and places; sets each event's place where grammar, or a running place, makes it clear.

    An act told of several towns at once becomes an event in each.
    """
    atlas = Atlas(draft)
    others: list[EventDraft] = []
    sited: dict[int, PlaceDraft] = {}
    for event in draft.events:
        found = find_site(event, atlas)
        if found is not None:
            event.place = found.place
            leave_out_the_site(event, atlas)
            others += [elsewhere_too(event, place) for place in abreast(found, event, atlas)]
            event.because.append(f"place: {found.why}")
            if found.place.precision in ("settlement", "facility", "admin2"):
                sited.setdefault(atlas.sentence_of[event.head], found.place)
    for event, place, why in carry(draft, atlas, sited):
        event.place = place
        event.because.append(f"place: {why}")
    draft.events += others


def leave_out_the_site(event: EventDraft, atlas: Atlas) -> None:
    """Take the place in which an act is done from its parties: "ministers met in Cairo" is no meeting with Cairo."""
    at = [one.range for one in atlas.of(event) if one.place is event.place and stands_in(one.root)]
    for parties in (event.actors, event.recipients):
        parties[:] = [p for p in parties if p.actor.kind == "person" or not any(p.range.overlaps(r) for r in at)]


def stands_in(token: Token) -> bool:
    """Whether "in", "at" or "near" stands before the word, and nothing that one can act on is meant."""
    return token.relation == "obl" and any(p in ("in", "at", "near", "outside") for p in prepositions(token))


def elsewhere_too(event: EventDraft, place: PlaceDraft) -> EventDraft:
    """The same act in another town of its list."""
    because = [*event.because, "place: one of several in its locative"]
    return replace(
        event, place=place, because=because, figures=[], contexts=list(event.contexts),
        actors=list(event.actors), recipients=list(event.recipients),
    )  # fmt: skip
