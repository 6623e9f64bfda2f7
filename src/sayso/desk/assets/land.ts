// Natural Earth's countries as shapes for a flat map.
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import countries from "world-atlas/countries-50m.json?url";

type Position = GeoJSON.Position;

/**
 * A ring of a globe, laid flat. Where it crosses the 180th meridian its longitudes go on beyond 180 rather than back through the whole
 * map, which would be a line from edge to edge; one that goes round the pole is closed over it.
 */
export function unrolled(ring: Position[]): Position[] {
  let turn = 0;
  const laid = ring.map((here, at): Position => {
    const step = (here[0] ?? 0) - (ring[at - 1]?.[0] ?? here[0] ?? 0);
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [(here[0] ?? 0) + turn, here[1] ?? 0];
  });
  const [first, last] = [laid[0], laid.at(-1)];
  if (!turn || !first || !last) return laid;
  const pole = 90 * Math.sign(first[1] ?? 0);
  return [...laid, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}

function flat(shape: GeoJSON.Geometry): GeoJSON.Geometry {
  if (shape.type === "Polygon") return { ...shape, coordinates: shape.coordinates.map(unrolled) };
  if (shape.type === "MultiPolygon") return { ...shape, coordinates: shape.coordinates.map((one) => one.map(unrolled)) };
  return shape;
}

export async function land(): Promise<GeoJSON.FeatureCollection> {
  const topology = (await (await fetch(countries)).json()) as Topology;
  const found = feature(topology, topology.objects["countries"]!) as GeoJSON.FeatureCollection;
  return { ...found, features: found.features.map((one) => ({ ...one, geometry: flat(one.geometry) })) };
}
