"""How far two points of the earth are from each other."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Along the great circle between two points, each given as its latitude and longitude in degrees."""
    (south, west), (north, east) = (map(radians, point) for point in (here, there))
    haversine = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, haversine)))
