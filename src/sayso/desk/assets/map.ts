// The map of a view: incidents by squares that the server has counted, over Natural Earth's land. Moving it asks for finer squares.
import "maplibre-gl/dist/maplibre-gl.css";
import { AttributionControl, Map as Chart, NavigationControl, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, MapGeoJSONFeature } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import countries from "world-atlas/countries-50m.json?url";

setWorkerUrl(worker);

const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Degrees of a square so that some thirty points stand side by side on the screen. */
function squares(zoom: number): number {
  return 12 / 2 ** Math.max(0, Math.round(zoom));
}

export async function start(place: HTMLElement): Promise<void> {
  const land = (await (await fetch(countries)).json()) as Topology;
  const shapes = feature(land, land.objects["countries"]!) as GeoJSON.FeatureCollection;
  place.replaceChildren();
  const chart = new Chart({
    container: place,
    attributionControl: false,
    dragRotate: false,
    renderWorldCopies: true,
    center: [20, 25],
    zoom: 0.6,
    maxZoom: 13,
    style: {
      version: 8,
      sources: {
        land: { type: "geojson", data: shapes, attribution: "Natural Earth" },
        incidents: { type: "geojson", data: EMPTY },
      },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": colour("wash") } },
        { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("card"), "fill-outline-color": colour("line") } },
        {
          id: "incidents",
          type: "circle",
          source: "incidents",
          paint: {
            "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 4, 10, 12, 60, 30],
            "circle-color": ["case", [">", ["get", "disputed"], 0], colour("disputed"), colour("accent")],
            "circle-opacity": 0.65,
            "circle-stroke-color": colour("card"),
            "circle-stroke-width": 1,
          },
        },
      ],
    },
  });
  chart.addControl(new NavigationControl({ showCompass: false }), "top-right");
  chart.addControl(new AttributionControl({ compact: true }));
  const query = place.dataset.query ?? "";
  let square = 0;
  const fill = async (): Promise<void> => {
    const wanted = squares(chart.getZoom());
    if (wanted === square) return;
    square = wanted;
    const answer = await fetch(`/situation/map.json?${query}&size=${wanted}`);
    if (answer.ok) (chart.getSource("incidents") as GeoJSONSource).setData((await answer.json()) as GeoJSON.FeatureCollection);
  };
  chart.on("load", () => void fill());
  chart.on("zoomend", () => void fill());
  chart.on("click", "incidents", (event) => open(chart, event.features?.[0]));
  chart.on("mouseenter", "incidents", () => (chart.getCanvas().style.cursor = "pointer"));
  chart.on("mouseleave", "incidents", () => (chart.getCanvas().style.cursor = ""));
}

/** One incident is opened; several are come nearer to. */
function open(chart: Chart, found: MapGeoJSONFeature | undefined): void {
  if (!found || found.geometry.type !== "Point") return;
  const incident = found.properties["incident"] as string | null;
  if (incident) location.assign(`/incidents/${incident}`);
  else chart.easeTo({ center: found.geometry.coordinates as [number, number], zoom: chart.getZoom() + 2 });
}
