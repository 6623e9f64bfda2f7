// How the map looks: colours of the page in either scheme, circles by number, and the numbers, which are drawn here since glyphs would
// be one more request and another typeface.
import type { DataDrivenPropertyValueSpecification, Map as Chart, StyleSpecification } from "maplibre-gl";

const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const RADIUS: DataDrivenPropertyValueSpecification<number> = [
  "interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 6, 2, 10, 10, 14, 40, 18, 150, 23,
]; // prettier-ignore
const PIXELS = 2; // of an image to one of the page
const HEIGHT = 14;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** 1234 as "1.2k": it has to fit into a circle. */
export function short(count: number): string {
  return count < 1000 ? String(count) : `${(count / 1000).toFixed(count < 9950 ? 1 : 0).replace(".0", "")}k`;
}

export function style(land: GeoJSON.FeatureCollection): StyleSpecification {
  return {
    version: 8,
    sources: { land: { type: "geojson", data: land }, incidents: { type: "geojson", data: EMPTY } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("wash") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("card"), "fill-antialias": true } },
      { id: "borders", type: "line", source: "land", paint: { "line-color": colour("line"), "line-width": 0.8 } },
      {
        id: "incidents",
        type: "circle",
        source: "incidents",
        layout: { "circle-sort-key": ["get", "count"] },
        paint: {
          "circle-radius": RADIUS,
          "circle-color": colour("accent"),
          "circle-opacity": 0.88,
          "circle-stroke-color": ["case", [">", ["get", "disputed"], 0], colour("disputed"), colour("card")],
          "circle-stroke-width": ["case", [">", ["get", "disputed"], 0], 2.5, 1],
        },
      },
      {
        id: "numbers",
        type: "symbol",
        source: "incidents",
        filter: ["!=", ["coalesce", ["get", "label"], ""], ""],
        layout: {
          "icon-image": ["concat", "number:", ["get", "label"]],
          "icon-allow-overlap": true,
          "icon-ignore-placement": true,
          "symbol-sort-key": ["get", "count"],
        },
      },
    ],
  };
}

/** The colours of the scheme that holds now. */
export function paints(chart: Chart): void {
  chart.setPaintProperty("sea", "background-color", colour("wash"));
  chart.setPaintProperty("land", "fill-color", colour("card"));
  chart.setPaintProperty("borders", "line-color", colour("line"));
  chart.setPaintProperty("incidents", "circle-color", colour("accent"));
  const stroke: DataDrivenPropertyValueSpecification<string> = ["case", [">", ["get", "disputed"], 0], colour("disputed"), colour("card")];
  chart.setPaintProperty("incidents", "circle-stroke-color", stroke);
  for (const id of chart.listImages()) if (id.startsWith("number:")) chart.updateImage(id, image(id.slice(7)));
}

/** Let the map have the image of a number: before it draws, since what it finds missing it may leave out. */
export function drawNumber(chart: Chart, words: string): void {
  if (!chart.hasImage(`number:${words}`)) chart.addImage(`number:${words}`, image(words), { pixelRatio: PIXELS });
}

function image(words: string): ImageData {
  const canvas = document.createElement("canvas");
  const font = `600 ${11 * PIXELS}px "Inter Variable", system-ui, sans-serif`;
  const measuring = canvas.getContext("2d")!;
  measuring.font = font;
  canvas.width = Math.ceil(measuring.measureText(words).width) + 2 * PIXELS;
  canvas.height = HEIGHT * PIXELS;
  const pen = canvas.getContext("2d")!;
  pen.font = font;
  pen.fillStyle = colour("accent-ink");
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(words, canvas.width / 2, canvas.height / 2 + PIXELS / 2);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
