"""Which words name a place, and which place."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from sayso.evaluation.figures import Counts, Figure, Scored, percent
from sayso.evaluation.gold import Toponym, Toponyms
from sayso.evaluation.spans import Spans, pair, shared, tidy
from sayso.gazetteer.distance import kilometres
from sayso.records import Coding, Place

NEAR_KM = 161.0
"""A hundred miles: nearer than that counts as the same place, as in the literature on geoparsing."""
"""Mean radius."""


def score_places(rows: Sequence[tuple[Toponyms, Coding | None]]) -> Scored:
    """Mentions, what they resolve to, and both at once. Headline: end-to-end F1.

    Each mention of each place is one item. Of the mentions that were found: exact GeoNames id where the gold has one;
    within 161 km where it has coordinates (a mention without is wrong); median error where both have. End-to-end:
    the gold's toponyms with coordinates, against mentions with coordinates less those on a toponym without.
    """
    strict, loose, whole, exact = Counts(), Counts(), Counts(), Counts()
    errors: list[float] = []
    resolvable = 0
    for gold, coding in rows:
        toponyms, mentions = gold.toponyms, _mentions(coding)
        spans = [toponym.span for toponym in toponyms]
        strict.compare(set(spans), {span for span, _ in mentions})
        pairs = pair(shared(spans, [span for span, _ in mentions]))
        loose.add(right=len(pairs), found=len(mentions), gold=len(toponyms))
        whole.add(found=sum(map(_located, (p for _, p in mentions))), gold=sum(map(_located, toponyms)))
        for toponym, place in ((toponyms[g], mentions[f][1]) for g, f in pairs):
            if toponym.geonameid is not None:
                exact.add(right=toponym.geonameid == str(place.geonameid), gold=1)
            if not _located(toponym):
                whole.found -= _located(place)
                continue
            resolvable += 1
            if (error := apart(toponym, place)) is not None:
                errors.append(error)
                whole.right += error <= NEAR_KM
    figures = (
        *strict.figures("mention_strict"),
        *loose.figures("mention_overlap"),
        Figure("exact_id", exact.recall, exact.gold),
        Figure("accuracy_161km", percent(whole.right, resolvable), resolvable),
        Figure("median_error_km", median(errors) if errors else 0.0, len(errors)),
        *whole.figures("end_to_end"),
    )
    return Scored(figures, whole.f1)


def _mentions(coding: Coding | None) -> list[tuple[Spans, Place]]:
    places = coding.places if coding else ()
    return [((span,), place) for place in places for span in tidy(*place.mentions)]


def _located(one: Toponym | Place) -> bool:
    return one.latitude is not None and one.longitude is not None


def apart(one: Toponym | Place, other: Toponym | Place) -> float | None:
    """Kilometres between two places; None where one of them has no coordinates."""
    degrees = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in degrees:
        return None
    south, west, north, east = (degree or 0.0 for degree in degrees)
    return kilometres((south, west), (north, east))
