// What every page loads: fonts, htmx for the parts that filters change, and the islands that a page asks for by `data-island`.
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/source-serif-4/index.css";
import htmx from "htmx.org";

type Island = (place: HTMLElement) => void | Promise<void>;

const islands: Record<string, () => Promise<{ start: Island }>> = {
  adding: () => import("./adding"),
  article: () => import("./article"),
  map: () => import("./map"),
  placemap: () => import("./placemap"),
  timeline: () => import("./timeline"),
  view: () => import("./view"),
};

const started = new WeakSet<Element>();

function startIslands(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-island]")) {
    const load = islands[place.dataset.island ?? ""];
    if (!load || started.has(place)) continue;
    started.add(place);
    void load().then((island) => island.start(place));
  }
}

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

window.htmx = htmx;
document.addEventListener("htmx:after:swap", () => startIslands(document));
document.querySelectorAll<HTMLDetailsElement>("details.sheet").forEach((one) => {
  if (matchMedia("(max-width: 56rem)").matches) one.open = false;
});
startIslands(document);
