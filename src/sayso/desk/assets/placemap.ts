// A small map of some places, over Natural Earth's land: what `data-url` answers, all of it in sight.
import "maplibre-gl/dist/maplibre-gl.css";
import { AttributionControl, LngLatBounds, Map as Chart, Popup, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { land } from "./land";
import { paints, style } from "./mapstyle";

setWorkerUrl(worker);

const NEAREST = 7;

function around(points: GeoJSON.FeatureCollection): LngLatBounds {
  const found = new LngLatBounds();
  for (const one of points.features) if (one.geometry.type === "Point") found.extend(one.geometry.coordinates as [number, number]);
  return found;
}

export async function start(place: HTMLElement): Promise<void> {
  const points = async (): Promise<GeoJSON.FeatureCollection> => (await fetch(place.dataset["url"] ?? "")).json();
  const [shapes, shown] = await Promise.all([land(), points()]);
  if (!shown.features.length) return place.remove();
  const chart = new Chart({
    container: place,
    attributionControl: false,
    dragRotate: false,
    cooperativeGestures: false,
    scrollZoom: false,
    bounds: around(shown),
    fitBoundsOptions: { padding: 36, maxZoom: NEAREST },
    style: style(shapes),
  });
  chart.addControl(new AttributionControl({ compact: true, customAttribution: "Natural Earth" }));
  chart.on("load", () => (chart.getSource("incidents") as GeoJSONSource).setData(shown));
  chart.on("click", "incidents", (event) => {
    const names = (event.features ?? []).map((one) => String(one.properties["name"]));
    if (names.length) new Popup({ closeButton: false }).setLngLat(event.lngLat).setText([...new Set(names)].join(", ")).addTo(chart);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paints(chart));
}
