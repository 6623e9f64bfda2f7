"""A small map of where a place is: the coasts and borders around it as paths of a drawing, from Natural Earth's shapes.

The shapes are those that the map's script uses (world-atlas, TopoJSON), as Vite has put them down; without them there is no drawing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sayso.desk.assets import BUILT, manifest

WIDTH, HEIGHT = 300, 200
SPANS = {"facility": 9.0, "settlement": 14.0, "admin2": 14.0, "admin1": 20.0, "country": 40.0, "region": 60.0}
"""Degrees of latitude that are shown, by how precise the place is."""
RADII = {"facility": 4.0, "settlement": 5.0, "admin2": 12.0, "admin1": 26.0, "country": 44.0, "region": 60.0}

FINE, COARSE = 0.06, 0.3
"""Degrees between the corners of outlines that are kept: about one unit of the drawing."""

Corner = tuple[float, float]


class Locator(NamedTuple):
    """`land` is a path of all countries, `radius` that of the mark at the middle; `fine`: a point and no area."""

    land: str
    radius: float
    fine: bool


def locator(latitude: float | None, longitude: float | None, precision: str | None) -> Locator | None:
    """The drawing with this point at its middle; None without a point or without shapes."""
    if latitude is None or longitude is None:
        return None
    kind = precision or "country"
    land = _land(round(latitude, 2), round(longitude, 2), SPANS.get(kind, 40.0))
    return Locator(land, RADII.get(kind, 44.0), kind in ("facility", "settlement")) if land else None


@lru_cache(maxsize=512)
def _land(latitude: float, longitude: float, high: float) -> str:
    scale = HEIGHT / high
    squeeze = max(0.2, math.cos(math.radians(latitude)))
    wide = WIDTH / scale / squeeze
    paths = []
    for shift in (-360.0, 0.0, 360.0):
        west, east = longitude - wide / 2 - shift, longitude + wide / 2 - shift
        south, north = latitude - high / 2, latitude + high / 2
        for box, ring in rings(FINE if high < 20 else COARSE):
            if box[0] > east or box[2] < west or box[1] > north or box[3] < south:
                continue
            inside = clipped(ring, (west - 0.5, south - 0.5, east + 0.5, north + 0.5))
            drawn = [((x - west) * squeeze * scale, (north - y) * scale) for x, y in inside]
            paths.append(_path(drawn, 2 if high < 20 else 1))
    return "".join(filter(None, paths))


def _path(corners: Iterable[Corner], parts: int) -> str:
    """To so many parts of a unit; corners that fall together are one."""
    kept: list[str] = []
    for x, y in corners:
        here = f"{round(x * parts) / parts:g} {round(y * parts) / parts:g}"
        if not kept or kept[-1] != here:
            kept.append(here)
    return f"M{'L'.join(kept)}z" if len(kept) > 2 else ""


@cache
def rings(step: float) -> tuple[tuple[tuple[float, float, float, float], list[Corner]], ...]:
    """The outlines of all countries, with a corner every `step` degrees, and the boxes around them; none where nothing was built."""
    made = next((one for name, one in manifest().items() if name.endswith("countries-50m.json")), None)
    file = BUILT / str(made["file"]) if made else None
    if file is None or not file.exists():
        return ()
    return tuple(_boxed(ring) for ring in outlines(json.loads(file.read_text(encoding="utf-8")), "countries", step))


def outlines(topology: dict[str, Any], name: str, step: float = 0.0) -> list[list[Corner]]:
    """The outer rings of an object of a quantised TopoJSON topology, as longitude and latitude (its specification, 2.1.3 and 2.1.4).

    Arcs are thinned, not rings: so neighbours keep one border.
    """
    arcs = [_thinned(_arc(arc, topology["transform"]), step) for arc in topology["arcs"]]
    polygons: list[Any] = []
    for one in topology["objects"][name]["geometries"]:
        polygons += one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]] if one["type"] == "Polygon" else []
    return [_joined(polygon[0], arcs) for polygon in polygons]


def _arc(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Corner]:
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    corners = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        corners.append((x * across + west, y * up + south))
    return corners


def _thinned(arc: list[Corner], step: float) -> list[Corner]:
    """Its ends, and between them the corners that are `step` degrees from the one before."""
    kept = arc[:1]
    for x, y in arc[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step:
            kept.append((x, y))
    return [*kept, *arc[-1:]] if len(arc) > 1 else kept


def _joined(numbers: Sequence[int], arcs: Sequence[list[Corner]]) -> list[Corner]:
    ring: list[Corner] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _boxed(ring: list[Corner]) -> tuple[tuple[float, float, float, float], list[Corner]]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs), min(ys), max(xs), max(ys)), ring


def clipped(ring: Sequence[Corner], box: tuple[float, float, float, float]) -> list[Corner]:
    """What of a ring lies in a box (Sutherland and Hodgman 1974)."""
    west, south, east, north = box
    for axis, edge, below in ((0, west, False), (0, east, True), (1, south, False), (1, north, True)):
        kept: list[Corner] = []
        before = ring[-1] if ring else (0.0, 0.0)
        for here in ring:
            is_in, was_in = (((one[axis] <= edge) if below else (one[axis] >= edge)) for one in (here, before))
            if is_in != was_in:
                share = (edge - before[axis]) / (here[axis] - before[axis])
                kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
            if is_in:
                kept.append(here)
            before = here
        ring = kept
    return list(ring)
