// The map of a view: incidents by squares that the server has counted, over Natural Earth's land. Moving it asks for finer squares, and,
// where one wants so, for the incidents of the area alone.
import "maplibre-gl/dist/maplibre-gl.css";
import { AttributionControl, LngLatBounds, Map as Chart, NavigationControl, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, MapGeoJSONFeature } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { ask, late, shown } from "./asking";
import { land } from "./land";
import { drawNumber, paints, short, style } from "./mapstyle";

setWorkerUrl(worker);

const CALM = 400; // milliseconds after the last move
const ROUGH = 1; // degrees of the squares by which it is found how far the incidents reach
const NEAREST = 4; // as the map first shows one place: with borders around, to see where it is
const WORLD = 4; // squares of so many degrees are counted for the whole world at once

/** Degrees of a square that is as wide on the screen as the largest circle. */
function squares(zoom: number): number {
  return 32 / 2 ** Math.max(0, Math.round(zoom));
}

function boxOf(bounds: LngLatBounds, digits = 3): string {
  const wide = bounds.getEast() - bounds.getWest() >= 360;
  const [west, east] = wide ? [-180, 180] : [bounds.getWest(), bounds.getEast()];
  return [west, Math.max(-90, bounds.getSouth()), east, Math.min(90, bounds.getNorth())].map((one) => one.toFixed(digits)).join(",");
}

function boundsOf(box: string): LngLatBounds {
  const [west, south, east, north] = box.split(",").map(Number) as [number, number, number, number];
  return new LngLatBounds([west, south], [east, north]);
}

function around(points: GeoJSON.FeatureCollection): LngLatBounds {
  const found = new LngLatBounds();
  for (const one of points.features) if (one.geometry.type === "Point") found.extend(one.geometry.coordinates as [number, number]);
  return found;
}

export async function start(place: HTMLElement): Promise<void> {
  const shapes = await land();
  place.replaceChildren();
  const chart = new Chart({
    container: place,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: true,
    renderWorldCopies: false,
    center: [20, 25],
    zoom: 0.6,
    maxZoom: 13,
    style: style(shapes),
  });
  chart.touchZoomRotate.disableRotation();
  chart.addControl(new NavigationControl({ showCompass: false }), "top-right");
  chart.addControl(new AttributionControl({ compact: true, customAttribution: "Natural Earth" }));
  const area = areaSwitch(place);
  let drawn = ""; // what was asked for last
  let reach: LngLatBounds | null = null; // within which it was; null: everywhere

  const points = async (size: number, within: LngLatBounds | null): Promise<GeoJSON.FeatureCollection | null> => {
    const asked = shown();
    asked.delete("box"); // around the area one sees what else there is
    if (within) asked.set("box", boxOf(within));
    const answer = await fetch(`/situation/map.json?${asked}&size=${size}`);
    return answer.ok ? ((await answer.json()) as GeoJSON.FeatureCollection) : null;
  };
  const fill = async (): Promise<void> => {
    const size = squares(chart.getZoom());
    const seen = chart.getBounds();
    const key = `${size} ${rest()}`;
    const covers = !reach || (reach.contains(seen.getSouthWest()) && reach.contains(seen.getNorthEast()));
    if (key === drawn && covers) return;
    drawn = key;
    reach = size >= WORLD ? null : widened(seen);
    const found = await points(size, reach);
    if (found && key === drawn) draw(chart, found);
  };
  const rest = (): string => {
    const asked = shown();
    for (const name of ["box", "page", "order"]) asked.delete(name);
    return asked.toString();
  };
  const look = async (again: boolean): Promise<void> => {
    const box = shown().get("box");
    area.checked = Boolean(box);
    if (box) {
      if (!again) chart.fitBounds(boundsOf(box), { animate: false });
      return void (await fill());
    }
    const all = await points(ROUGH, null);
    const bounds = all ? around(all) : null;
    const isSeen = all?.features.some((one) => one.geometry.type === "Point" && chart.getBounds().contains(one.geometry.coordinates as [number, number]));
    if (bounds && !bounds.isEmpty() && (!again || !isSeen)) chart.fitBounds(bounds, { animate: false, padding: 48, maxZoom: NEAREST });
    await fill();
  };

  const askArea = late(CALM, () => {
    if (area.checked && place.isConnected) ask({ box: boxOf(chart.getBounds()) });
  });
  area.addEventListener("change", () => ask({ box: area.checked ? boxOf(chart.getBounds()) : "" }));
  area.disabled = true;
  chart.on("load", async () => {
    await look(false);
    area.disabled = false;
    place.dataset["ready"] = "";
  });
  chart.on("moveend", (event) => {
    void fill();
    if (event.originalEvent ?? (event as { asked?: boolean }).asked) askArea();
  });
  chart.on("click", "incidents", (event) => open(chart, event.features?.[0]));
  chart.on("mouseenter", "incidents", () => (chart.getCanvas().style.cursor = "pointer"));
  chart.on("mouseleave", "incidents", () => (chart.getCanvas().style.cursor = ""));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paints(chart));
  let before = rest() + shown().get("box");
  document.addEventListener("htmx:after:swap", () => {
    const now = rest() + shown().get("box");
    if (!place.isConnected || now === before) return;
    before = now;
    tell(place);
    void look(true);
  });
}

/** Half as much again on each side, so that a small move needs no new points. */
function widened(seen: LngLatBounds): LngLatBounds {
  const [wide, high] = [(seen.getEast() - seen.getWest()) / 2, (seen.getNorth() - seen.getSouth()) / 2];
  if (4 * wide >= 360) return new LngLatBounds([-180, -90], [180, 90]);
  return new LngLatBounds(
    [seen.getWest() - wide, Math.max(-90, seen.getSouth() - high)],
    [seen.getEast() + wide, Math.min(90, seen.getNorth() + high)],
  );
}

function draw(chart: Chart, found: GeoJSON.FeatureCollection): void {
  for (const one of found.features) {
    const told = one.properties ?? {};
    told["label"] = told["count"] > 1 ? short(told["count"]) : told["disputed"] ? "≠" : "";
    if (told["label"]) drawNumber(chart, told["label"]);
  }
  (chart.getSource("incidents") as GeoJSONSource).setData(found);
}

/** What the legend says of what is shown: events that nobody tells as fact are no incidents, and none is disputed. */
function tell(place: HTMLElement): void {
  const untold = !["", "actual"].includes(shown().get("realis") ?? "");
  place.querySelector<HTMLElement>(".legend .what")!.textContent = untold ? "events, by number" : "incidents, by number";
  for (const one of place.querySelectorAll<HTMLElement>(".legend .odd")) one.hidden = untold;
}

/** The switch that keeps the list to what the map shows, and the legend. */
function areaSwitch(place: HTMLElement): HTMLInputElement {
  const label = document.createElement("label");
  label.className = "area";
  const made = document.createElement("input");
  made.type = "checkbox";
  label.append(made, " Filter by this area");
  const legend = document.createElement("p");
  legend.className = "legend";
  const one = document.createElement("i");
  const odd = document.createElement("i");
  odd.className = "odd";
  const [what, some] = [document.createElement("span"), document.createElement("span")];
  what.className = "what";
  some.className = "odd";
  some.textContent = "some disputed";
  legend.append(one, what, odd, some);
  place.append(label, legend);
  tell(place);
  return made;
}

/** One incident, or event, is opened; several are come nearer to. */
function open(chart: Chart, found: MapGeoJSONFeature | undefined): void {
  if (!found || found.geometry.type !== "Point") return;
  const path = found.properties["path"] as string | null;
  if (path) location.assign(path);
  else chart.easeTo({ center: found.geometry.coordinates as [number, number], zoom: chart.getZoom() + 2 }, { asked: true });
}
